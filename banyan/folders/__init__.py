"""Sealed folders: append-only sets of signed entries that only their holders open.

Everything at rest is an *item*: bytes named by their hash. A seal holds an entry or an epoch statement, a
wrap gives an epoch's seed to one reader, a link carries the roster, a burial takes items away for good. Every
place - hub, desk, pouch - keeps a set of items, and moving data is the union of two sets (`store`, `union`,
`pouch`).

What a set of items *means* is worked out by those who hold keys: `roster` says who is a member, `unseal`
opens what a key opens and checks every signature, `history` puts one folder's entries into causal order and
says which of them count. Used by `banyan.cases`, the doors and the command line.

It never knows what a document says, never trusts the place that an item came from, and never lets a row out:
`models` is private to this room.
"""
