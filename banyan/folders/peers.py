"""Another place to unite with: what it can be asked, and a store on this machine that answers so.

The hub answers its members through a `LocalPeer`, the same that the tests unite with: there is one set of
rules for what goes out and what comes in. Everything may be asked twice and is done once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Protocol

import msgspec

from banyan.folders.given import Ids, Summary, given
from banyan.folders.items import PRIVATE, Item, Sort, read_item
from banyan.folders.membership import check_next
from banyan.folders.roster import Bury, read_act, read_link
from banyan.folders.store import Store
from banyan.sealing.boxes import seal_id
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import Bytes32, Record

BATCH_BYTES = 1024 * 1024  # of items in one message, or one larger item alone
MOST_PUSHED = 256
MOST_ASKED = 1024
LOOKED_UP = 32  # rows read at once, so that an answer never takes much memory

Words = Annotated[str, msgspec.Meta(max_length=200)]
Heads = Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=64)]
Refusals = Annotated[tuple[tuple[Bytes32, Words], ...], msgspec.Meta(max_length=MOST_PUSHED)]


class Pushed(Record, frozen=True):
    """What another place says of a batch: the ids that are durable there (or buried), and what it refused."""

    confirmed: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=MOST_PUSHED)]
    refused: Refusals


class Placed(Record, frozen=True):
    """Whether a link of the roster got its place, and the head that the place has now; `words` say why not."""

    accepted: bool
    head: Heads
    words: Words


class Peer(Protocol):
    """A place to unite with. Every call may be repeated after a break."""

    def summary(self) -> Summary:
        """The fingerprints of all that this reader is given there."""

    def ids(self, prefixes: bytes) -> Ids:
        """The ids under these first bytes."""

    def fetch(self, ids: Sequence[bytes]) -> tuple[bytes, ...]:
        """The items with these ids that are there, in the order asked, as many as fit into 1 MiB."""

    def push(self, datas: Sequence[bytes]) -> Pushed:
        """Hand items over. What is confirmed is durable there."""

    def place(self, link: bytes) -> Placed:
        """Put one link at the head of the roster, if it follows that head."""

    def duty(self, on: bool) -> None:
        """Say whether this reader is on duty."""

    def aside(self, folders: Sequence[bytes], *, back: bool = False) -> None:
        """Say which conversations were put aside as junk, or taken back; at most 1024 at once."""


class LocalPeer:
    """A store on this machine as a peer, for one reader (16 bytes), or with None for all that it holds."""

    def __init__(self, store: Store, reader: bytes | None = None) -> None:
        self.store = store
        self.reader = reader

    def summary(self) -> Summary:
        """The fingerprints of all that the reader is given."""
        return given(self.store, self.reader).summary

    def ids(self, prefixes: bytes) -> Ids:
        """The ids under these first bytes."""
        return given(self.store, self.reader).under(prefixes)

    def fetch(self, ids: Sequence[bytes]) -> tuple[bytes, ...]:
        """Of these ids those that the reader is given, in this order, 1 MiB or one larger item."""
        folders = None if self.reader is None else self.store.folders_for(self.reader)
        items = (
            item.data
            for item in self._in_order(ids[:MOST_ASKED])
            if folders is None or item.sort not in PRIVATE or item.folder in folders
        )
        return next(batches(items, MOST_ASKED), ())

    def _in_order(self, ids: Sequence[bytes]) -> Iterator[Item]:
        for start in range(0, len(ids), LOOKED_UP):
            part = ids[start : start + LOOKED_UP]
            found = {item.id: item for item in self.store.get(part)}
            yield from (found[ident] for ident in dict.fromkeys(part) if ident in found)

    def push(self, datas: Sequence[bytes]) -> Pushed:
        """Take items in. Links are taken as `place` takes them, those that are known are confirmed again."""
        fit: list[bytes] = []
        links: list[Item] = []
        confirmed: list[bytes] = []
        refused: list[tuple[bytes, str]] = []
        for data in dict.fromkeys(datas):
            try:
                item = read_item(data)
                if item.sort is Sort.LINK:
                    links.append(item)
                else:
                    fit.append(data)
            except SealingFault as fault:
                refused.append((seal_id(data), str(fault)))
        for item in sorted(links, key=_index):
            placed = self.place(item.data)
            if placed.accepted:
                confirmed.append(item.id)
            else:
                refused.append((item.id, placed.words))
        added = self.store.add(fit)
        refused += added.refused
        lost = {ident for ident, _ in added.refused}
        confirmed += [ident for ident in map(seal_id, fit) if ident not in lost]
        return Pushed(confirmed=tuple(confirmed), refused=tuple((i, words[:200]) for i, words in refused))

    def place(self, link: bytes) -> Placed:
        """Put a link at the head, in one transaction: of two that race one wins, and the other is told."""
        head: tuple[bytes, ...] = ()
        buries = False
        try:
            item = read_item(link)
            with self.store.alone(self.store.roster().programme):
                roster = self.store.roster()
                head = tuple(sorted(roster.head))
                if item.id not in roster.known:
                    head = check_next(roster, item).head
                    self.store.add([link])
                    buries = isinstance(read_act(read_link(item).act), Bury)
            if buries:
                self.store.scrub()
        except SealingFault as fault:
            return Placed(accepted=False, head=head, words=str(fault)[:200])
        return Placed(accepted=True, head=head, words="")

    def duty(self, on: bool) -> None:
        """Keep what the reader says of being on duty."""
        if self.reader is not None:
            self.store.say_duty(self.reader, on)

    def aside(self, folders: Sequence[bytes], *, back: bool = False) -> None:
        """Only of conversations that the door gave to the reader; of others there is no word."""
        if self.reader is None:
            return
        quota = self.store.quota
        with self.store.alone(self.reader + bytes(16)):
            (quota.take_back if back else quota.put_aside)(folders, reader=self.reader)


def batches(datas: Iterable[bytes], most: int) -> Iterator[tuple[bytes, ...]]:
    """Batches of at most `most` items and 1 MiB; an item that is larger goes alone."""
    batch: list[bytes] = []
    size = 0
    for data in datas:
        if batch and (len(batch) == most or size + len(data) > BATCH_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(data)
        size += len(data)
    if batch:
        yield tuple(batch)


def _index(item: Item) -> int:
    """Where a link wants to stand, so that several pushed at once are placed one after the other."""
    try:
        return read_link(item).index
    except SealingFault:
        return 0
