"""Who sits on a case, as far as somebody had seen: the first part of the fold of a cover.

Each entry is judged by what its author had seen, never by a clock.
"""

from dataclasses import dataclass

from banyan.cases.folders.cover import Assigned, Case
from banyan.cases.registers import Remembered
from banyan.cases.stages import ASSIGNED_BY, ENDED_BY
from banyan.folders.causal import Causal
from banyan.folders.history import Told
from banyan.folders.membership import Roster
from banyan.folders.seats import IncompatibleSeats, Seat, check_seats_in_case, fits_in_case


@dataclass
class Seats:
    """A case while its entries are taken in, one by one in causal order. `opening` is the entry that opens it."""

    case: Case
    causal: Causal[bytes]
    roster: Roster
    opening: bytes

    def _seen(self, name: bytes, by: bytes) -> bool:
        """Whether the author of the entry `by` had seen another, or it is that entry itself."""
        return name == by or self.causal.before(name, by)

    def _who(self, ident: bytes) -> bytes:
        """A member by the newest of their keys: who was given new ones keeps their seats and is still one person."""
        member = self.roster.members.get(ident)
        while member is not None and member.replaced_by:
            ident, member = member.replaced_by, self.roster.members.get(member.replaced_by)
        return ident

    def _seat(self, told: Told, document: Assigned) -> str:
        member, author = self.roster.members.get(document.member), told.opened.author
        if member is None or document.seat not in member.as_ever.seats:
            return "assigned to a seat that the roster does not give"
        leaves = not document.on and self._who(author) == self._who(document.member)
        by = ASSIGNED_BY if document.on else ENDED_BY
        if not leaves and not self._sat(author, by[document.seat], told.name):
            return "assigned by somebody who may not"
        try:
            check_seats_in_case((*self._held(document.member, told.name), document.seat))
        except IncompatibleSeats as why:
            return str(why)
        self._put_seat(told, document)
        return ""

    def _put_seat(self, told: Told, document: Assigned) -> None:
        key = (self._who(document.member), document.seat)
        self.case.seats_.setdefault(key, Remembered()).put(told.name, document.on, self.causal)

    def _held(self, ident: bytes, by: bytes) -> set[Seat]:
        """The seats that a member ever had on the case, as far as the author of the entry `by` knew."""
        ever = ((seat, one.said) for (who, seat), one in self.case.seats_.items() if who == self._who(ident))
        return {seat for seat, said in ever if any(self._seen(name, by) for name, _ in said)}

    def _sat(self, ident: bytes, seats: frozenset[Seat], by: bytes) -> bool:
        """Whether a member had one of these seats on the case, as far as the author of the entry `by` knew."""
        who, held = self._who(ident), self._held(ident, by)
        if not fits_in_case(held):
            return False  # two gave them seats at once that never meet: neither counts
        said = (self.case.seats_[who, seat] for seat in held & seats)
        last = (one.as_seen(lambda name: self._seen(name, by), self.causal) for one in said)
        return any(values and all(values) for values in last)
