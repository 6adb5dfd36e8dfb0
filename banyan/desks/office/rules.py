"""Pure decisions of the office: who may act, what goes together, what is missing. No request, no database."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from banyan.folders.acts import HANDS
from banyan.folders.membership import Member, Roster, Standing
from banyan.folders.roster import fingerprint
from banyan.folders.seats import APART, LEAST, Seat, least_members
from banyan.sealing.keys import PublicKeys

LAST = 4


def may_propose(me: Member | None) -> bool:
    """Members of the office and of oversight propose; everybody else only sees."""
    return me is not None and me.active and bool(me.seats & HANDS)


def may_be(what: str, member: Member) -> bool:
    """Whether this can happen to a member as they stand."""
    if member.standing is Standing.REMOVED:
        return False
    return {"freeze": member.active, "thaw": not member.active}.get(what, True)


@dataclass(frozen=True)
class Clash:
    """Two seats that never meet in one member, and which row of the table of seats says so."""

    one: Seat
    other: Seat
    row: int


def clash_of(seats: Iterable[Seat]) -> Clash | None:
    """The first two that do not go together."""
    held = frozenset(seats)
    for row, (left, right, _) in enumerate(APART):
        if held & left and held & right:
            return Clash(min(held & left), min(held & right), row)
    return None


def groups(keys: PublicKeys) -> list[str]:
    """The six groups of a fingerprint."""
    return fingerprint(keys).split()


def heard_right(keys: PublicKeys, heard: str) -> bool:
    """Whether what was typed after listening is the last group of the fingerprint, or all of it."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in heard if sign.isdecimal())
    whole = "".join(groups(keys))
    return digits in (whole, whole[-LAST:])


@dataclass(frozen=True)
class Filled:
    """A seat, who sits on it now, and how many it needs at least."""

    seat: Seat
    members: tuple[Member, ...]
    least: int

    @property
    def missing(self) -> int:
        """How many are missing."""
        return max(0, self.least - len(self.members))


def filled(roster: Roster) -> list[Filled]:
    """Every seat, with its active members and the least that a whole programme needs."""
    return [Filled(seat, roster.active(seat), LEAST.get(seat, 1)) for seat in Seat]


def whole() -> int:
    """The fewest members that fill every seat."""
    return least_members()


def left_after(roster: Roster, gone: Member) -> tuple[int, int]:
    """How many active members stay when one is gone, and how many of them are of the office or oversight."""
    stay = [member for member in roster.active() if member.id != gone.id]
    return len(stay), sum(bool(member.seats & HANDS) for member in stay)
