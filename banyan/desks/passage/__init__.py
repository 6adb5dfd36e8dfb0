"""Passage: plans a safe way out with the person, and sees to it until they have arrived.

Used by members with the seat *planning*, and by guides. A planner writes the safety plan, asks the person, proposes
the go that intake signs too, and gives each leg of the way to its guide. A guide sees their own legs and nothing
else: no case, no reference, no other leg.

It never moves anybody against their own no, never without admission and two signatures, and never holds who
somebody is. One member is always enough to halt.
"""
