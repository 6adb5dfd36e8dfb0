"""The hub as an onion service: the configuration of Debian's tor, its process, and the two addresses.

`banyan hub --onion` runs tor beside the hub with two onion services: the door, for everybody, and the staff's own
address, which is found only with a key (`banyan onion`). Each ends in a socket file of its own that only this user
opens, so a visitor of the door cannot reach the sync by naming another host. The hub then listens nowhere else, and
it ends when tor ends: nothing is ever answered over the open net instead.
Used by `banyan hub` and `banyan onion`.
It speaks no part of Tor's protocol and makes no onion key: tor does. It never logs an address of a visitor; tor
knows none.
"""
