"""What the office does, each in one function: the only writes of this desk.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` where the rule is not
met. What it returns is the act's id; the act and the signature under it are on disk, and travel with the next
sync. An act with enough signatures is put in its place by that sync.
"""

from typing import Literal

from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.desks.office import rules, words
from banyan.folders import acts
from banyan.folders.acts import NotPossible, Pending, Why
from banyan.folders.roster import Act, Add, Card, Change, Mend, act_id
from banyan.folders.seats import Seat
from banyan.sealing.format import write


def add_member(*, desk: Desk, card: Card, seats: tuple[Seat, ...], heard: str) -> bytes:
    """Two members sign a new one in, each after hearing the fingerprint from their own mouth."""
    return _propose_card(desk, card, seats, None, heard)


def give_new_keys(*, desk: Desk, card: Card, member: bytes, heard: str) -> bytes:
    """Two members sign new keys for one whose phrase is lost; the seats stay, and the old keys are removed."""
    old = desk.roster.members.get(member)
    if old is None:
        raise NotYet(words.why(Why.NOBODY_THERE))
    return _propose_card(desk, card, tuple(sorted(old.seats)), member, heard)


def freeze(*, desk: Desk, member: bytes) -> bytes:
    """One signature is enough to freeze: it does no harm that two others cannot undo."""
    return _propose(desk, _change(desk, "freeze", member))


def thaw(*, desk: Desk, member: bytes) -> bytes:
    """Two sign before a frozen member works again."""
    return _propose(desk, _change(desk, "thaw", member))


def remove(*, desk: Desk, member: bytes) -> bytes:
    """Two sign a member out for good; their colleagues' desks close the folders to them."""
    return _propose(desk, _change(desk, "remove", member))


def change_seats(*, desk: Desk, member: bytes, seats: tuple[Seat, ...]) -> bytes:
    """Two sign other seats for a member; seats that never meet in one member are refused here already."""
    return _propose(desk, _change(desk, "seats", member, seats))


def mend(*, desk: Desk) -> bytes:
    """After a fork two sign that the roster goes on; what was added on either side is added again afterwards."""
    return _propose(desk, Mend(made=desk.now // 1000, nonce=acts.new_nonce()))


def sign(*, desk: Desk, act: bytes, heard: str = "") -> bytes:
    """Any active member may second an act that waits; for new keys only after hearing their fingerprint."""
    pending = waiting(desk).get(act)
    if pending is None:
        raise NotYet(words.why(Why.GONE))
    if isinstance(pending.act, Add):
        _listen(pending.act.card, heard)
    try:
        item = acts.second(desk.keys, desk.roster, pending)
    except NotPossible as refused:
        raise NotYet(words.why(refused.why)) from refused
    desk.store.add([item], unsent=True)
    return act


def waiting(desk: Desk) -> dict[bytes, Pending]:
    """The acts that wait at this desk, by id."""
    return {one.id: one for one in acts.pending(desk.store, desk.roster, desk.now // 1000)}


def _propose_card(
    desk: Desk, card: Card, seats: tuple[Seat, ...], replaces: bytes | None, heard: str
) -> bytes:
    _listen(card, heard)
    made = desk.now // 1000
    return _propose(desk, Add(card=card, seats=seats, replaces=replaces, made=made, nonce=acts.new_nonce()))


def _change(
    desk: Desk,
    what: Literal["remove", "freeze", "thaw", "seats"],
    member: bytes,
    seats: tuple[Seat, ...] = (),
) -> Change:
    made = desk.now // 1000
    return Change(what=what, member=member, seats=seats, made=made, nonce=acts.new_nonce())


def _listen(card: Card, heard: str) -> None:
    if not rules.heard_right(card.keys, heard):
        raise NotYet(words.not_the_same())


def _propose(desk: Desk, act: Act) -> bytes:
    try:
        items = acts.propose(desk.keys, desk.roster, act, waiting(desk).values())
    except NotPossible as refused:
        seats = getattr(act, "seats", ())
        raise NotYet(words.clash(seats) if refused.why is Why.SEATS else words.why(refused.why)) from refused
    desk.store.add(items, unsent=True)
    return act_id(write(act))
