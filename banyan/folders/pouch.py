"""A pouch: one file of items, carried by hand when lines are cut, kept as a backup, or handed to a partner.

A pouch for a member carries what that member is given. A backup carries everything but wraps: no old backup
opens what has since been erased or handed over. Wraps are backed up apart, with the time, and are taken in for
seven days. That time is a rule for careful people: who can change the file can change it, and old wraps are
safe only where they were destroyed.

A pouch of another programme is refused whole, before anything of it is taken in.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from banyan.folders.given import given
from banyan.folders.items import MARK_OF, Item, Sort, read_item
from banyan.folders.peers import batches
from banyan.folders.pouch_file import (
    ITEMS,
    WRAPS,
    Broken,
    ForeignPouch,
    Head,
    Progress,
    read_head,
    read_pouch,
    write_file,
)
from banyan.folders.roster import Link, read_link
from banyan.folders.store import Store
from banyan.folders.union import Pulled, quiet, take_in
from banyan.sealing.faults import SealingFault

KEPT = timedelta(days=7)
MOST_ADDED = 500


@dataclass
class Report:
    """What a pouch brought: as of a pull, and the places that were broken."""

    pulled: Pulled = field(default_factory=Pulled)
    broken: list[Broken] = field(default_factory=list)
    wraps_refused: int = 0


def write_pouch(path: Path, items: Iterable[bytes], *, wraps: bool, progress: Progress = quiet) -> int:
    """Write items into a new pouch at `path` (0600) and give their number; without `wraps` those are left out.

    The file appears whole or not at all. Raises `OSError` where it cannot be written.
    """
    chosen = (data for data in items if wraps or data[:4] != MARK_OF[Sort.WRAP])
    return write_file(path, chosen, ITEMS, 0, progress)


def write_wraps(path: Path, store: Store, progress: Progress = quiet) -> int:
    """Back up the wraps of a store apart, with the time: after seven days they are not taken in any more."""
    ids = (ident for ident, sort in given(store, None).sorts.items() if sort is Sort.WRAP)
    return write_file(path, _in_turn(store, list(ids)), WRAPS, int(store.clock().timestamp()), progress)


def items_for(store: Store, member: bytes | None) -> Iterator[bytes]:
    """What a pouch for a member carries, or with None all that is here: links and burials first."""
    ids = given(store, member).under(bytes(range(256)))
    return _in_turn(store, [*ids.public, *ids.private])


def _in_turn(store: Store, ids: list[bytes]) -> Iterator[bytes]:
    for start in range(0, len(ids), 64):
        part = ids[start : start + 64]
        found = {item.id: item.data for item in store.get(part)}
        yield from (found[ident] for ident in part if ident in found)


def take_in_pouch(store: Store, path: Path, progress: Progress = quiet) -> Report:
    """Unite a store with a pouch. Doing it again changes nothing. Raises `NoPouch` and `ForeignPouch`."""
    report, head = Report(), read_head(path)
    _refuse_foreign(store, path, head)
    fresh = _wraps_may_come(head, store)

    def whole() -> Iterator[bytes]:
        for one in read_pouch(path):
            if isinstance(one, Broken):
                report.broken.append(one)
            elif one[:4] == MARK_OF[Sort.WRAP] and not fresh:
                report.wraps_refused += 1
            else:
                yield one

    done = 0
    for batch in batches(whole(), MOST_ADDED):
        take_in(store, batch, report.pulled)
        done += len(batch)
        progress(done, head.count)
    return report


def _refuse_foreign(store: Store, path: Path, head: Head) -> None:
    """Raise `ForeignPouch` where the pouch holds the founding of another programme than the one here.

    Where its own founding is broken, what its links follow says the same, and in a backup of wraps whom they are
    for. Anybody can make a link that follows nothing, so a pouch with our founding in it is always ours.
    """
    foundings, followed, readers = set[bytes](), set[bytes](), set[bytes]()
    for item in _items(path):
        readers |= {item.recipient} if item.sort is Sort.WRAP else set()
        if item.sort is Sort.LINK and (link := _link(item)):
            foundings |= {item.id} if link.index == 0 else set()
            followed |= set(link.previous) if link.index == 1 else set()
    try:
        roster = store.roster()
    except SealingFault:
        if len(foundings) > 1:
            raise ForeignPouch("a pouch of two programmes") from None
        return
    elsewhere = bool(followed) and roster.programme not in foundings | followed
    strangers = head.kind == WRAPS and bool(readers) and not readers & roster.members.keys()
    if foundings - {roster.programme} or elsewhere or strangers:
        raise ForeignPouch("a pouch of another programme")


def _items(path: Path) -> Iterator[Item]:
    """What can be read; the rest is named where it is taken in."""
    for one in read_pouch(path):
        if not isinstance(one, Broken):
            with suppress(SealingFault):
                yield read_item(one)


def _link(item: Item) -> Link | None:
    try:
        return read_link(item)
    except SealingFault:
        return None


def _wraps_may_come(head: Head, store: Store) -> bool:
    """Not from a backup of wraps older than seven days or of a time to come, nor where nobody can tell."""
    age = timedelta(seconds=int(store.clock().timestamp()) - head.made)
    return head.kind == ITEMS or (head.kind == WRAPS and timedelta(days=-1) <= age <= KEPT)
