"""The front door: the public, script-free site where a person makes contact, and comes back with their code.

Used by frightened people on cheap phones over slow, watched lines: light pages, one thing a page, nothing
kept on the phone. Pages call `actions`, which take the `Door` and work through `banyan.cases.visit`.

It never keeps a code, a text or an address; never asks for positions, plans or colleagues' names; never sends
anything to the phone.
"""
