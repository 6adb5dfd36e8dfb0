"""The staff's sync: desks push and pull sealed items with signed requests.

Every request is signed by an active member of the roster. Whatever is asked twice is done once; whatever
breaks off is taken up again. Used by the desks alone, through `banyan.folders.remote`.

It never opens an item, never keeps the order in which items came, and gives a member only the folders that
they hold a wrap of.
"""
