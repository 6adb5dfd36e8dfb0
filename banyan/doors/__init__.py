"""The hub's side: what stands on the internet.

`front` is where a person makes contact, `sync` where the staff's desks exchange sealed items. They hold no key that opens a
staff folder. A door never imports a door, and never a desk: the public process cannot load a staff page.
What passes in clear is what a person is typing or reading at that second; nothing of it is kept in clear.
"""
