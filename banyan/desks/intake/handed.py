"""Who handed a folder over to whom, as its history and its epochs show it. Nothing here decides or writes."""

from dataclasses import dataclass

from banyan.folders.epoch import OpenedStatement
from banyan.folders.history import HANDED_OVER, HandedOver, History, Told
from banyan.folders.unseal import Ring
from banyan.sealing.faults import Damaged
from banyan.sealing.format import read

Readers = frozenset[bytes]


@dataclass(frozen=True)
class Handed:
    """A hand-over: by whom, when (milliseconds), the ids of who came in and of who went beside its author."""

    author: bytes
    time: int
    come: Readers
    go: Readers
    counts: bool = True


class HandOvers:
    """The hand-overs of a folder: those that were told to who was left out, and those whose author left."""

    def __init__(self, ring: Ring, history: History) -> None:
        refused = {fault.item for fault in history.faults}
        statements = [one for one in ring.statements.values() if one.seal_id not in refused]
        self._readers = {one.statement.epoch: one.readers for one in statements}
        self._told = {one.name: one for one in history.told}
        self._left: dict[bytes | None, list[Handed]] = {}
        names = [one.name for one in history.told]
        for one in sorted(statements, key=lambda one: one.statement.time):
            if self._left_by_its_author(one):
                seen = [name for name in names if name in one.statement.closes]
                handed = _handed(one.author, one.statement.time, self._before(one), one.readers)
                self._left.setdefault(seen[-1] if seen else None, []).append(handed)

    def after(self, name: bytes | None) -> list[Handed]:
        """Those whose author left when this was the last entry they had seen; with None when there was none."""
        return self._left.get(name, [])

    def told(self, told: Told) -> list[Handed]:
        """What an entry of the kind handed-over says; nothing where it cannot be read."""
        entry = told.opened.entry
        try:
            after = frozenset(read(entry.document, HandedOver).readers)
        except Damaged:
            return []
        before = self._readers.get(entry.epoch, frozenset())
        return [_handed(told.opened.author, entry.time, before, after, told.counts)]

    def _before(self, one: OpenedStatement) -> Readers:
        parents = (self._readers.get(parent.epoch, frozenset()) for parent in one.statement.parents)
        return frozenset[bytes]().union(*parents)

    def _left_by_its_author(self, one: OpenedStatement) -> bool:
        """Whether its author went by it, and did not also tell so in an entry."""
        closed = [self._told[name] for name in one.statement.closes if name in self._told]
        said = any(e.opened.kind == HANDED_OVER and e.opened.author == one.author for e in closed)
        return one.author in self._before(one) - one.readers and not said


def _handed(author: bytes, time: int, before: Readers, after: Readers, counts: bool = True) -> Handed:
    return Handed(author, time, after - before, before - after - {author}, counts)
