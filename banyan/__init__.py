"""Banyan runs a programme that helps soldiers and police leave an abusive armed force safely.

The rooms, from the top down; imports run down only:
house (settings, commands, base page) > desks and doors > cases > folders > sealing, language, packs.
A desk is a page set for staff on their own machine; a door is a page set that the hub serves.
No module here holds state: whoever acts passes the desk it acts with.
What Banyan will never hold or do is said in README.md.
"""

__version__ = "0.1.0"
