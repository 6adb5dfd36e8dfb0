"""What every place has: keys, a store, a clock; and what follows from them. Nothing here is global."""

from collections.abc import Callable
from datetime import datetime

from banyan.folders.compose import read_card
from banyan.folders.epoch import DropCard, QuorumKeys
from banyan.folders.items import Sort, body_of
from banyan.folders.membership import Member, Roster
from banyan.folders.seats import Seat
from banyan.folders.store import Store, system_clock
from banyan.sealing.faults import Damaged, SealingFault
from banyan.sealing.format import read
from banyan.sealing.keys import Keys


class Place:
    """A hub's door or a member's desk."""

    def __init__(self, *, keys: Keys, store: Store, clock: Callable[[], datetime] = system_clock) -> None:
        self.keys = keys
        self.store = store
        self.clock = clock
        self._quorum: QuorumKeys | None = None

    @property
    def roster(self) -> Roster:
        """The roster as it is known here."""
        return self.store.roster()

    @property
    def now(self) -> int:
        """Milliseconds since 1970 by this place's clock."""
        return int(self.clock().timestamp() * 1000)

    @property
    def quorum(self) -> QuorumKeys:
        """The recovery quorum's public keys, held against the founding. Raises `Damaged` where they are not
        here.
        """
        if self._quorum is None:
            wanted = self.roster.quorum
            held = [item for item in self.store.public(Sort.QUORUM) if item.id == wanted]
            if not held:
                raise Damaged("the recovery quorum's keys are not here")
            self._quorum = read(body_of(held[0]), QuorumKeys)
        return self._quorum

    def loads(self, members: list[bytes]) -> dict[bytes, int]:
        """How much each of these members has to do, as far as it is known here."""
        return self.store.loads(members)

    def least_loaded(
        self, seat: Seat, number: int, *, without: frozenset[bytes] = frozenset()
    ) -> list[Member]:
        """Active members with a seat who hold the fewest wraps; those on duty first."""
        members = [member for member in self.roster.active(seat) if member.id not in without]
        loads, duty = self.loads([member.id for member in members]), self.store.duty()
        members.sort(key=lambda member: (not duty.get(member.id, True), loads[member.id], member.name))
        return members[:number]

    def tally_slot(self) -> DropCard | None:
        """The newest box for counting that somebody of figures has opened, or None."""
        boxes = []
        for item in self.store.public(Sort.CARD):
            try:
                card = read_card(item, self.roster)
            except SealingFault:
                continue
            if card.kind == "tally":
                boxes.append(card)
        return max(boxes, key=lambda card: (card.time, card.epoch), default=None)
