"""Shelter: finds a bed for a household that arrived, and walks with it until it lives by its own means.

A house has one keeper, who alone says that there is room; it knows households by a random key and no case. A
placement says in which house a household lives, and two members of shelter hold it. Used by members with the seat
*shelter*, each of whom sees the cases that they sit on.

It never holds an address, never learns who somebody was found to be, and gives no bed to a case whose way was not
signed by two.
"""
