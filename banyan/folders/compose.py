"""Writing: the next entry and the next epoch of a folder, from what its author knows of it."""

from collections.abc import Iterable

from banyan.folders.entry import Entry, seal_drop, seal_entry
from banyan.folders.epoch import (
    CARD,
    UNKNOWN,
    DropCard,
    NewEpoch,
    QuorumKeys,
    Slot,
    Terms,
    found_terms,
    make_epoch,
)
from banyan.folders.history import History
from banyan.folders.items import Item, body_of
from banyan.folders.membership import Roster
from banyan.sealing.faults import Forged, SealingFault
from banyan.sealing.format import read
from banyan.sealing.keys import Keys, PublicKeys
from banyan.sealing.signed import Signed


class NotHeld(SealingFault):
    """This author does not hold the folder now, so nothing can be written into it."""


class Unmerged(SealingFault):
    """Two epochs stand side by side; a new one must merge them before anybody writes."""


def found_folder(
    keys: Keys,
    *,
    roster: Roster,
    kind: str,
    readers: Iterable[PublicKeys],
    owner: PublicKeys | None,
    quorum: QuorumKeys | None,
    time: int,
    drops: bool = False,
    hears: PublicKeys | None = None,
) -> tuple[Terms, NewEpoch]:
    """A new folder with its first epoch. `time` in milliseconds; the owner, where there is one, is a reader
    too; a person whom it `hears` is not.
    """
    epoch = make_epoch(
        keys,
        terms=found_terms(keys, programme=roster.programme, kind=kind, owner=owner, hears=hears),
        folder=bytes(32),
        parents=(),
        closes=(),
        readers=[*([owner] if owner else []), *readers],
        quorum=quorum,
        roster=roster.head[0],
        time=time,
        drops=kind if drops else None,
        programme=roster.programme,
    )
    assert epoch.terms is not None  # noqa: S101 - given above
    return epoch.terms, epoch


def next_epoch(
    keys: Keys,
    history: History,
    *,
    roster: Roster,
    readers: Iterable[PublicKeys],
    quorum: QuorumKeys | None,
    time: int,
    drops: bool = False,
) -> NewEpoch:
    """The epoch that follows all current ones, with these readers. Raises `NotHeld` for somebody without a
    key.
    """
    held = any(keys.id in leaf.readers for leaf in history.current)
    if not held or any(leaf.seed == UNKNOWN for leaf in history.current):
        raise NotHeld("only somebody who holds the folder can change who holds it")
    return make_epoch(
        keys,
        terms=None,
        folder=history.folder,
        parents=history.current,
        closes=history.heads,
        readers=readers,
        quorum=quorum,
        roster=roster.head[0],
        time=time,
        drops=history.kind if drops else None,
        programme=roster.programme,
    )


def next_entry(
    keys: Keys, history: History, *, roster: Roster, kind: str, document: bytes, time: int
) -> tuple[bytes, bytes]:
    """The author's next entry: the seal's bytes and the entry's name. Raises `NotHeld` or `Unmerged`."""
    if len(history.current) != 1:
        raise Unmerged("two epochs stand side by side")
    epoch = history.current[0]
    if keys.id not in epoch.readers:
        raise NotHeld("this author does not hold the folder")
    last = history.last_of(keys.id)
    entry = Entry(
        folder=history.folder,
        epoch=epoch.statement.epoch,
        roster=roster.head[0],
        seq=last.opened.entry.seq + 1 if last else 0,
        previous=last.name if last else None,
        time=time,
        after=history.heads,
        kind=kind,
        document=document,
    )
    return seal_entry(keys, epoch.seed, entry)


def drop(
    keys: Keys, slot: DropCard | Slot, *, roster: Roster, kind: str, document: bytes, time: int
) -> bytes:
    """An entry dropped into a folder that its author cannot read."""
    entry = Entry(
        folder=slot.folder,
        epoch=slot.epoch,
        roster=roster.head[0],
        seq=0,
        previous=None,
        time=time,
        after=(),
        kind=kind,
        document=document,
    )
    return seal_drop(keys, slot.drop, entry)


def read_card(item: Item, roster: Roster) -> DropCard:
    """The drop card of an item, signed by an active member of this programme. Raises `Forged` or `Damaged`."""
    signed = read(body_of(item), Signed)
    card = read(signed.body, DropCard)
    member = roster.members.get(signed.author)
    if member is None or card.programme != roster.programme:
        raise Forged("a drop card of somebody who is no member here")
    signed.check(CARD, member.keys)
    return card
