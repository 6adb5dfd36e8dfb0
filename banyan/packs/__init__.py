"""Packs: everything that belongs to one country and to no other, as data.

A pack is a folder of TOML files: the forces and ranks people leave, the regions they speak of, currencies,
languages, the few coded answers at the door. `banyan.language.pack` reads and checks them; a programme in
another country writes a folder like `myanmar/` and names it, and no code changes.
A pack never holds a township, a coordinate, a unit, a base or a command: what is not here cannot be asked.
"""
