"""What the roster's links come to: a pure fold from a set of link items to the members of today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from banyan.folders.grave import Grave
from banyan.folders.items import Item
from banyan.folders.published import Publish, check_rows, enough_sign, quarter_at
from banyan.folders.roster import (
    EXPIRES,
    Act,
    Add,
    Bury,
    Change,
    Founding,
    Link,
    Mend,
    act_id,
    check_assent,
    check_placing,
    read_act,
    read_link,
)
from banyan.folders.seats import Seat, check_seats
from banyan.sealing.faults import Damaged, Forged, SealingFault
from banyan.sealing.keys import PublicKeys

NOBODY = bytes(32)


class Standing(StrEnum):
    """How a member stands today."""

    ACTIVE = "active"
    FROZEN = "frozen"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the roster has them: pseudonym, keys, seats and standing.

    `sat` are all seats that they ever had, `removed_at` is the link that removed them.
    """

    id: bytes
    name: str
    keys: PublicKeys
    seats: frozenset[Seat]
    standing: Standing
    replaced_by: bytes | None = None
    sat: frozenset[Seat] = frozenset()
    removed_at: int | None = None

    @property
    def as_ever(self) -> "Member":
        """The same with every seat that they ever had: what they did from another seat still stands."""
        return self if self.sat <= self.seats else replace(self, seats=self.seats | self.sat)

    @property
    def active(self) -> bool:
        """Neither frozen nor removed."""
        return self.standing is Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class Publication:
    """Figures that two members signed: the act and its id, its place, when it was placed, and who signed it."""

    id: bytes
    index: int
    time: int
    act: Publish
    signers: tuple[bytes, ...]


@dataclass(frozen=True)
class Roster:
    """The members of today. `forked` says that two chains were shown; `refused` names links that do not hold."""

    programme: bytes
    name: str
    demo: bool
    door: PublicKeys
    trustees: tuple[str, ...]
    quorum: bytes
    members: Mapping[bytes, Member]
    head: tuple[bytes, ...]
    index: int
    known: frozenset[bytes]
    acts: frozenset[bytes] = frozenset()
    graves: tuple[Grave, ...] = ()
    publications: tuple[Publication, ...] = ()
    forked: bool = False
    refused: tuple[tuple[bytes, str], ...] = field(default=())

    def active(self, seat: Seat | None = None) -> tuple[Member, ...]:
        """Active members, with this seat where one is named, by pseudonym."""
        chosen = (m for m in self.members.values() if m.active and (seat is None or seat in m.seats))
        return tuple(sorted(chosen, key=lambda member: (member.name, member.id)))

    def keys_of(self, ident: bytes) -> PublicKeys | None:
        """The keys of a member, past ones too, or of the door."""
        if ident == self.door.id:
            return self.door
        member = self.members.get(ident)
        return member.keys if member else None


@lru_cache(maxsize=8)
def found(item: Item) -> Roster:
    """The roster of a founding link. Raises a `SealingFault` where the founding does not hold.

    Kept for the same bytes: whoever reads a roster begins here, with a signature of every founder to check.
    """
    link = read_link(item)
    act = read_act(link.act)
    if not isinstance(act, Founding) or link.index != 0 or link.previous:
        raise Damaged("not a founding")
    members = {}
    for card, seats in act.members:
        card.check()
        check_seats(seats)
        members[card.id] = Member(card.id, card.name, card.keys, frozenset(seats), Standing.ACTIVE)
    signed = _signers(link, members, NOBODY)
    if len(members) < 2 or signed != set(members) or len(act.trustees) != 5:
        raise Forged("a founding is signed by all its members, at least two, and names five trustees")
    _check_placer(link, members)
    return Roster(
        item.id, act.name, act.demo, act.door, act.trustees, act.quorum, members, (item.id,), 0, frozenset({item.id}),
        frozenset({act_id(link.act)}),
    )  # fmt: skip


def fold(items: Iterable[Item], programme: bytes | None = None) -> Roster:
    """The roster that a set of link items comes to. Raises where there is no founding, or not the one named."""
    links: dict[bytes, Item] = {item.id: item for item in items if _is_readable(item)}
    following: dict[bytes, list[bytes]] = defaultdict(list)
    foundings = []
    for ident, item in sorted(links.items()):
        link = read_link(item)
        if link.index == 0:
            foundings.append(ident)
        for before in link.previous:
            following[before].append(ident)
    if programme is not None:
        foundings = [ident for ident in foundings if ident == programme]
    if len(foundings) != 1:
        raise Damaged(
            "no founding of this programme" if not foundings else "two foundings and none was named"
        )
    return _follow(found(links[foundings[0]]), links, following)


def _is_readable(item: Item) -> bool:
    try:
        read_link(item)
    except SealingFault:
        return False
    return True


def check_next(roster: Roster, item: Item) -> Roster:
    """The roster with one more link at its head. Raises where the link does not belong there or does not
    hold.
    """
    link = read_link(item)
    if link.index != roster.index + 1 or tuple(sorted(link.previous)) != tuple(sorted(roster.head)):
        raise Damaged("a link that does not follow the head of the roster")
    act = read_act(link.act)
    if roster.forked != isinstance(act, Mend):
        raise Forged("after a fork the next link mends it, and only then")
    return _apply(roster, item, link, act)


def _follow(roster: Roster, links: dict[bytes, Item], following: dict[bytes, list[bytes]]) -> Roster:
    """Walk the chain from the roster's head as far as it holds."""
    while True:
        valid, refused = [], list(roster.refused)
        for ident in dict.fromkeys(n for head in roster.head for n in following[head]):
            try:
                valid.append(check_next(roster, links[ident]))
            except SealingFault as fault:
                if set(read_link(links[ident]).previous) <= set(roster.head):
                    refused.append((ident, str(fault)))
        roster = replace(roster, refused=tuple(dict.fromkeys(refused)))
        if not valid:
            return roster
        roster = (
            replace(valid[0], refused=roster.refused)
            if len(valid) == 1
            else _fork(roster, [_follow(side, links, following) for side in valid])
        )


def _fork(base: Roster, sides: list[Roster]) -> Roster:
    """Both sides' removals and freezes on the last common roster; no side's additions."""
    members = dict(base.members)
    for side in sides:
        for ident, member in side.members.items():
            before = members.get(ident)
            if before is not None and _harder(member.standing, before.standing):
                members[ident] = replace(before, standing=member.standing, removed_at=member.removed_at)
    heads = tuple(sorted({head for side in sides for head in side.head}))
    return replace(
        base,
        members=members,
        head=heads,
        index=max(side.index for side in sides),
        known=frozenset().union(*(side.known for side in sides)),
        graves=tuple(dict.fromkeys(grave for side in sides for grave in side.graves)),
        # What the public was told on either side cannot be taken back; who was counted there is not counted again.
        publications=tuple(dict.fromkeys(one for side in sides for one in side.publications)),
        acts=base.acts | frozenset().union(*(side.acts for side in sides)),
        forked=True,
    )


def _harder(new: Standing, old: Standing) -> bool:
    order = [Standing.ACTIVE, Standing.FROZEN, Standing.REMOVED]
    return order.index(new) > order.index(old)


def _apply(roster: Roster, item: Item, link: Link, act: Act) -> Roster:
    members = dict(roster.members)
    name = act_id(link.act)
    if name in roster.acts:
        raise Forged("an act that was already used")
    signers = {ident for ident in _signers(link, members, roster.programme) if members[ident].active}
    _check_placer(link, members)
    if isinstance(act, Founding) or link.placed_by not in signers or link.time > act.made + EXPIRES:
        raise Forged("a link placed by nobody who signed it, or too late")
    _check_enough(act, signers, members)
    if isinstance(act, Publish):
        check_publish(roster, act, link.time)
    if isinstance(act, Add):
        _add(members, act, link.index)
    elif isinstance(act, Change):
        _change(members, act, link.index)
    return replace(
        roster,
        members=members,
        graves=(*roster.graves, *(act.graves if isinstance(act, Bury) else ())),
        publications=(*roster.publications, *_published(link, act)),
        head=(item.id,),
        index=link.index,
        known=roster.known | {item.id},
        acts=roster.acts | {name},
        forked=False,
    )


def _signers(link: Link, members: Mapping[bytes, Member], programme: bytes) -> set[bytes]:
    name = act_id(link.act)
    for one in link.assents:
        if one.act != name or one.member not in members:
            raise Forged("signed by somebody who is no member")
        check_assent(one, programme, members[one.member].keys)
    return {one.member for one in link.assents}


def _check_placer(link: Link, members: Mapping[bytes, Member]) -> None:
    if link.placed_by not in members:
        raise Forged("placed by somebody who is no member")
    check_placing(link, members[link.placed_by].keys)


def needed(act: Act) -> int:
    """How many signers an act needs."""
    return 1 if isinstance(act, Change) and act.what == "freeze" else 2


def _check_enough(act: Act, signers: set[bytes], members: Mapping[bytes, Member]) -> None:
    counted = signers - ({act.member} if isinstance(act, Change) else set())
    if len(counted) < needed(act):
        raise Forged("too few signatures for this act")
    if not any(members[ident].seats & {Seat.OFFICE, Seat.OVERSIGHT} for ident in counted):
        raise Forged("an act of the roster needs somebody of the office or of oversight")
    if isinstance(act, Publish) and not enough_sign(members[ident].seats for ident in counted):
        raise Forged("figures need somebody who counts, and somebody else of the office or of oversight")


def next_serial(roster: Roster) -> int:
    """The number of the next publication; the first is 1."""
    return max((one.act.serial for one in roster.publications), default=0) + 1


def check_publish(roster: Roster, act: Publish, time: int) -> None:
    """Raise `Damaged` where a publication does not follow the one before, its last quarter is not over at `time`
    (in seconds), or its groups do not hold.
    """
    last = max((one.act.through for one in roster.publications), default="")
    if act.serial != next_serial(roster) or act.through < last:
        raise Damaged("a publication that does not follow the one before")
    if act.through >= quarter_at(time):
        raise Damaged("figures of a quarter that is not over")
    check_rows(act)


def _published(link: Link, act: Act) -> tuple[Publication, ...]:
    signers = tuple(sorted({one.member for one in link.assents}))
    return (
        (Publication(act_id(link.act), link.index, link.time, act, signers),)
        if isinstance(act, Publish)
        else ()
    )


def _add(members: dict[bytes, Member], act: Add, index: int) -> None:
    act.card.check()
    check_seats(act.seats)
    if act.card.id in members:
        raise Forged("these keys are or were on the roster")
    if act.replaces is not None:
        old = members.get(act.replaces)
        if old is None or old.standing is Standing.REMOVED:
            raise Damaged("nobody there to be given new keys")
        check_seats(old.sat | old.seats | frozenset(act.seats))
        members[old.id] = replace(old, standing=Standing.REMOVED, replaced_by=act.card.id, removed_at=index)
    members[act.card.id] = Member(
        act.card.id, act.card.name, act.card.keys, frozenset(act.seats), Standing.ACTIVE
    )


def _change(members: dict[bytes, Member], act: Change, index: int) -> None:
    member = members.get(act.member)
    if member is None or member.standing is Standing.REMOVED:
        raise Damaged("nobody there to be changed")
    if act.what == "seats":
        # Never meet: not one after the other either, for what was read is not forgotten.
        sat = member.sat | member.seats
        check_seats(sat | frozenset(act.seats))
        members[member.id] = replace(member, seats=frozenset(act.seats), sat=sat)
        return
    standing = {"remove": Standing.REMOVED, "freeze": Standing.FROZEN, "thaw": Standing.ACTIVE}[act.what]
    removed_at = index if standing is Standing.REMOVED else None
    members[member.id] = replace(member, standing=standing, removed_at=removed_at)
