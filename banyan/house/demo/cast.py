"""The members of the demo and their seats, and who of them takes part in what one person goes through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from banyan.folders.seats import Seat

if TYPE_CHECKING:
    from banyan.cases.desk import Desk
    from banyan.folders.membership import Member, Roster

# Nobody of the who side sits on the where side; whoever enters, approves and pays are three.
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "Aye": ("intake",),
    "Ba": ("intake",),
    "Chit": ("office",),
    "Dway": ("office", "figures"),
    "Ei": ("intake",),
    "Gyi": ("intake",),
    "Hla": ("screening",),
    "Kyi": ("screening",),
    "Lwin": ("deciding", "testimony"),
    "Mya": ("planning",),
    "Nu": ("guide",),
    "Oo": ("entering",),
    "Pyu": ("approving",),
    "Su": ("paying",),
    "Tin": ("oversight",),
    "Thet": ("planning",),
    "Wai": ("guide",),
    "Win": ("shelter",),
    "Yin": ("figures",),
    "Zaw": ("shelter",),
}


class Cast:
    """Who plays which seat. A desk is opened when it is asked for, and not before."""

    def __init__(self, roster: Roster, desk: Callable[[bytes], Desk]) -> None:
        self.roster = roster
        self._desk = desk

    def members(self, seat: Seat) -> list[Member]:
        """The active members with a seat, by name."""
        return sorted(self.roster.active(seat), key=lambda member: member.name)

    def one(self, seat: Seat, number: int) -> Desk:
        """One desk with a seat: with each number the next, so that all have as much to do."""
        members = self.members(seat)
        return self._desk(members[number % len(members)].id)
