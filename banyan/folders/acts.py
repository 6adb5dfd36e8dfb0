"""Acts that wait for signatures: proposed by one member, signed by others, then placed in the roster's chain.

An act and each signature under it travel as public items, so that every member's desk shows what waits. Nothing
here is believed because it arrived: each signature is held against the roster, an act is shown only when somebody
signed it who may propose it, and it lapses after fourteen days.

Who knows which folders belong to somebody may propose to erase them, and nothing else: intake and planning. The office,
which opens none of them, signs.

Signers sign the act and not its place. So an act that lost the race for a place is placed again by whichever of
its signers comes next, and nobody is asked twice; an act that was used once is never used again.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from banyan.folders.items import Sort, body_of, mark, read_item
from banyan.folders.membership import Member, Roster, Standing, check_next, check_publish, needed, next_serial
from banyan.folders.published import Publish, enough_sign
from banyan.folders.roster import (
    EXPIRES,
    Act,
    Add,
    Assent,
    Bury,
    Change,
    Founding,
    Link,
    Mend,
    act_id,
    assent,
    check_assent,
    place,
    read_act,
    read_link,
)
from banyan.folders.seats import IncompatibleSeats, Seat, check_seats
from banyan.folders.store import Store
from banyan.sealing.faults import Damaged, Forged, SealingFault
from banyan.sealing.format import read, write
from banyan.sealing.keys import Keys

HANDS = frozenset({Seat.OFFICE, Seat.OVERSIGHT})
KNOW_FOLDERS = frozenset({Seat.INTAKE, Seat.PLANNING})
CLOCKS_APART = 24 * 3600
FEWEST = 2


class Why(StrEnum):
    """Why an act cannot be proposed or signed."""

    NOT_A_MEMBER = "only an active member signs"
    NOT_OFFICE = "only the office or oversight proposes"
    OWN = "nobody signs what is to happen to themselves"
    NOBODY_THERE = "nobody there to be changed"
    NO_CHANGE = "nothing would change"
    SEATS = "seats that never meet in one member"
    NO_SEAT = "a member has at least one seat"
    CARD = "the card was not signed by its own keys"
    KNOWN_KEYS = "these keys are or were on the roster"
    KNOWN_NAME = "somebody has this pseudonym"
    TOO_FEW_LEFT = "nobody could change the roster any more"
    FORKED = "after a fork the next act mends it"
    NOT_FORKED = "there is no fork to mend"
    WAITS_ALREADY = "the same act waits for signatures"
    SIGNED_ALREADY = "this member has signed it"
    NOT_NEXT = "figures that do not follow the last publication, or of a quarter that is not over"
    NO_FIGURES = "figures that must not be shown so"
    ERASED = "all of it was erased by two already"
    NEEDS_OFFICE = "an erasure needs somebody of the office or of oversight"
    GONE = "the act was used, has lapsed or does not hold any more"


class NotPossible(SealingFault):
    """An act that would not hold; `why` says which rule it breaks."""

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Pending:
    """An act that waits: its id, its bytes, the signatures under it that hold today and count, their signers' seats."""

    id: bytes
    data: bytes
    act: Act
    assents: tuple[Assent, ...]
    made: int
    seats: tuple[frozenset[Seat], ...]

    @property
    def missing(self) -> int:
        """How many more signatures it needs; two of the same side are not enough for figures,
        and two who know the folders are not enough to erase them.
        """
        lacking = not _who_is_enough(self.act, self.seats)
        return max(int(lacking), needed(self.act) - len(self.assents))

    @property
    def signers(self) -> frozenset[bytes]:
        """The members whose signatures count."""
        return frozenset(one.member for one in self.assents)

    @property
    def expires(self) -> int:
        """When it lapses, in seconds since 1970."""
        return self.made + EXPIRES


@dataclass(frozen=True)
class Told:
    """A link that holds, for readers: its id, place, time in seconds, act, and who signed it."""

    id: bytes
    index: int
    time: int
    act: Act
    signers: tuple[bytes, ...]


def new_nonce() -> bytes:
    """Sixteen bytes that make an act different from every other."""
    return secrets.token_bytes(16)


def propose(keys: Keys, roster: Roster, act: Act, waiting: Iterable[Pending] = ()) -> list[bytes]:
    """The items of a new act and of the proposer's own signature. Raises `NotPossible` where it would not hold.

    `waiting` are the acts that wait already: the same one is not proposed twice.
    """
    me = _signer(keys, roster, act)
    if not me.seats & proposers(act):
        raise NotPossible(Why.NOT_OFFICE)
    check_act(roster, act)
    if any(_same(one.act, act) for one in waiting):
        raise NotPossible(Why.WAITS_ALREADY)
    data = write(act)
    return [mark(Sort.ACT, data), _assent_item(keys, roster, data)]


def second(keys: Keys, roster: Roster, pending: Pending) -> bytes:
    """The item of one more signature under an act that waits. Raises `NotPossible`."""
    me = _signer(keys, roster, pending.act)
    if keys.id in pending.signers:
        raise NotPossible(Why.SIGNED_ALREADY)
    check_act(roster, pending.act)
    if isinstance(pending.act, Bury) and not _who_is_enough(pending.act, [*pending.seats, me.seats]):
        raise NotPossible(Why.NEEDS_OFFICE)
    return _assent_item(keys, roster, pending.data)


def pending(store: Store, roster: Roster, now: int) -> tuple[Pending, ...]:
    """The acts that wait in a store, what takes power away first, then the oldest. `now` in seconds since 1970."""
    signed = _assents(store, roster)
    found = {}
    for item in store.public(Sort.ACT):
        one = _pending(body_of(item), roster, signed, now)
        if one is not None:
            found[one.id] = one
    return tuple(sorted(found.values(), key=lambda one: (_urgency(one.act), one.made, one.id)))


def may_sign(pending: Pending, me: Member | None) -> bool:
    """Any active member may give a signature that is still missing, but nobody for what happens to themselves;
    figures and erasures only by those whose signature is enough with the others.
    """
    if me is None or not me.active or not pending.missing:
        return False
    if not _who_is_enough(pending.act, [*pending.seats, me.seats]):
        return False
    return me.id not in pending.signers and subject(pending.act) != me.id


def ready_links(keys: Keys, store: Store, roster: Roster, now: int) -> list[bytes]:
    """The links that `keys` may place: acts with enough signatures, theirs among them, each following the one
    before from the head on. To be placed in this order, one at a time, until one is refused.
    """
    links: list[bytes] = []
    for one in pending(store, roster, now):
        if one.missing or keys.id not in one.signers:
            continue
        link = place(
            keys,
            index=roster.index + 1,
            previous=tuple(sorted(roster.head)),
            time=now,
            act=one.data,
            assents=one.assents,
        )
        try:
            roster = check_next(roster, read_item(link))
        except SealingFault:
            continue  # what was placed before it leaves no room for it any more
        links.append(link)
    return links


def told(store: Store, roster: Roster) -> list[Told]:
    """The links of the roster that hold, the founding first."""
    links = ((item.id, read_link(item)) for item in store.get(roster.known))
    return sorted((_told(ident, link) for ident, link in links), key=lambda one: (one.index, one.id))


def proposers(act: Act) -> frozenset[Seat]:
    """The seats that may propose an act: the office and oversight, for figures also those who count, and for an
    erasure those who know the folders alone.
    """
    if isinstance(act, Bury):
        return KNOW_FOLDERS
    return HANDS | {Seat.FIGURES} if isinstance(act, Publish) else HANDS


def check_act(roster: Roster, act: Act) -> None:
    """Raise `NotPossible` where an act would not hold on this roster, however many sign it."""
    if roster.forked != isinstance(act, Mend):
        raise NotPossible(Why.FORKED if roster.forked else Why.NOT_FORKED)
    if isinstance(act, Founding):
        raise NotPossible(Why.GONE)
    if isinstance(act, Add):
        _check_add(roster, act)
    elif isinstance(act, Change):
        _check_change(roster, act)
    elif isinstance(act, Publish):
        _check_figures(roster, act)
    elif isinstance(act, Bury) and set(act.graves) <= set(roster.graves):
        raise NotPossible(Why.ERASED)


def _check_figures(roster: Roster, act: Publish) -> None:
    if act.serial != next_serial(roster):
        raise NotPossible(Why.NOT_NEXT)
    try:
        check_publish(roster, act, act.made)
    except Damaged:
        raise NotPossible(Why.NO_FIGURES) from None


def _check_add(roster: Roster, act: Add) -> None:
    try:
        act.card.check()
    except (Forged, Damaged):
        raise NotPossible(Why.CARD) from None
    _check_seats(act.seats)
    if act.card.id in roster.members:
        raise NotPossible(Why.KNOWN_KEYS)
    old = roster.members.get(act.replaces) if act.replaces is not None else None
    if act.replaces is not None and (old is None or old.standing is Standing.REMOVED):
        raise NotPossible(Why.NOBODY_THERE)
    there = (member for member in roster.members.values() if member.standing is not Standing.REMOVED)
    if any(member.name.casefold() == act.card.name.casefold() and member is not old for member in there):
        raise NotPossible(Why.KNOWN_NAME)


def _check_change(roster: Roster, act: Change) -> None:
    member = roster.members.get(act.member)
    if member is None or member.standing is Standing.REMOVED:
        raise NotPossible(Why.NOBODY_THERE)
    if act.what == "seats":
        _check_seats(act.seats)
    same = {
        "seats": frozenset(act.seats) == member.seats,
        "freeze": not member.active,
        "thaw": member.active,
        "remove": False,
    }
    if same[act.what]:
        raise NotPossible(Why.NO_CHANGE)
    if act.what in ("remove", "seats") and not _enough_left(roster, act):
        raise NotPossible(Why.TOO_FEW_LEFT)


def _enough_left(roster: Roster, act: Change) -> bool:
    """Whether two active members are left, one of them of the office or of oversight."""
    left = {member.id: member.seats for member in roster.active() if member.id != act.member}
    if act.what == "seats" and roster.members[act.member].active:
        left[act.member] = frozenset(act.seats)
    return len(left) >= FEWEST and any(seats & HANDS for seats in left.values())


def _check_seats(seats: Sequence[Seat]) -> None:
    if not seats:
        raise NotPossible(Why.NO_SEAT)
    try:
        check_seats(seats)
    except IncompatibleSeats:
        raise NotPossible(Why.SEATS) from None


def _signer(keys: Keys, roster: Roster, act: Act) -> Member:
    me = roster.members.get(keys.id)
    if me is None or not me.active:
        raise NotPossible(Why.NOT_A_MEMBER)
    if subject(act) == keys.id:
        raise NotPossible(Why.OWN)
    return me


def subject(act: Act) -> bytes | None:
    """The member to whom an act happens, whose own signature does not count."""
    return act.member if isinstance(act, Change) else None


def _assent_item(keys: Keys, roster: Roster, data: bytes) -> bytes:
    return mark(Sort.ASSENT, write(assent(keys, roster.programme, data)))


def _same(one: Act, other: Act) -> bool:
    if isinstance(one, Add) and isinstance(other, Add):
        return one.card.id == other.card.id or (one.replaces is not None and one.replaces == other.replaces)
    if isinstance(one, Change) and isinstance(other, Change):
        return (one.what, one.member, set(one.seats)) == (other.what, other.member, set(other.seats))
    if isinstance(one, Publish) and isinstance(other, Publish):
        return one.serial == other.serial
    if isinstance(one, Bury) and isinstance(other, Bury):
        return set(other.graves) <= set(one.graves)  # what waits erases all of it
    return isinstance(one, Mend) and isinstance(other, Mend)


def _who_is_enough(act: Act, seats: Iterable[frozenset[Seat]]) -> bool:
    """Whether those who sign are of the right seats, apart from how many they are."""
    if isinstance(act, Publish):
        return enough_sign(seats)
    return not isinstance(act, Bury) or any(held & HANDS for held in seats)


def _urgency(act: Act) -> int:
    """Mending first, for nothing else holds before it; then what takes power away; then the rest."""
    if isinstance(act, Mend):
        return 0
    return {"freeze": 1, "remove": 2}.get(act.what, 3) if isinstance(act, Change) else 3


def _assents(store: Store, roster: Roster) -> dict[bytes, dict[bytes, Assent]]:
    """The signatures of active members that hold, by act and member."""
    found: dict[bytes, dict[bytes, Assent]] = defaultdict(dict)
    for item in store.public(Sort.ASSENT):
        try:
            one = read(body_of(item), Assent)
            member = roster.members.get(one.member)
            if member is None or not member.active:
                continue
            check_assent(one, roster.programme, member.keys)
        except SealingFault:
            continue  # anybody may hand over anything: what is no signature is not one
        found[one.act][one.member] = one
    return found


def _pending(
    data: bytes, roster: Roster, signed: dict[bytes, dict[bytes, Assent]], now: int
) -> Pending | None:
    """An act that still waits, or None: unreadable, used, lapsed, signed by nobody who may propose, or pointless."""
    name = act_id(data)
    try:
        act = read_act(data)
        check_act(roster, act)
    except SealingFault:
        return None
    if isinstance(act, Founding) or name in roster.acts:
        return None
    if not now - EXPIRES <= act.made <= now + CLOCKS_APART:
        return None
    counted = {who: one for who, one in signed.get(name, {}).items() if who != subject(act)}
    if not any(roster.members[who].seats & proposers(act) for who in counted):
        return None
    assents = tuple(counted[who] for who in sorted(counted))
    return Pending(
        name, data, act, assents, act.made, tuple(roster.members[one.member].seats for one in assents)
    )


def _told(ident: bytes, link: Link) -> Told:
    signers = tuple(sorted({one.member for one in link.assents}))
    return Told(ident, link.index, link.time, read_act(link.act), signers)
