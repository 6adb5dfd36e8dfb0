"""The hub's doors: everything that answers on the internet.

Each door is a room of its own that knows no other: `front` for the people who write, `sync` for the members'
desks. They run in the hub's process, which loads no desk and holds no key that opens a folder of the staff.

Used by whoever reaches the hub, through `banyan.house.urls_hub`.
It never keeps in clear what passes a door, and never tells one caller of another.
"""
