"""One folder's history: which epochs stand, who holds it now, and which entries count, in causal order.

A pure function of what was opened and of the roster: the same set gives the same history at every desk,
whatever the order of arrival. What does not count is still here, with the reason, to be shown.
"""

from dataclasses import dataclass, field

from banyan.folders.causal import Causal
from banyan.folders.entry import MOST_HEADS, OpenedEntry
from banyan.folders.epoch import OpenedStatement
from banyan.folders.membership import Roster
from banyan.folders.rules import Rules
from banyan.folders.standing import Epochs, epochs_of
from banyan.folders.unseal import Fault, Ring
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Bytes16, Record, read

COUNTERSIGN, HANDED_OVER = "countersign", "handed-over"


class HandedOver(Record, frozen=True):
    """From here on these hold the folder. Written under the epoch that ends, where all who are left out can read it."""

    readers: tuple[Bytes16, ...]


@dataclass(frozen=True)
class Told:
    """An entry as it is told: whether it counts, and if not why. `by_owner` where the person wrote it, or
    dropped it.
    """

    opened: OpenedEntry
    counts: bool
    by_owner: bool
    why: str = ""

    @property
    def name(self) -> bytes:
        """The entry's name."""
        return self.opened.name


@dataclass(frozen=True)
class History:
    """A folder as a whole. `current` are the leaf epochs (two or more until somebody merges them); `ahead` says
    how many entries and epochs were written by those who knew a roster that is not known here.
    """

    folder: bytes
    kind: str
    founder: bytes
    owner: bytes | None
    heard: bytes | None
    holders: frozenset[bytes]
    current: tuple[OpenedStatement, ...]
    told: tuple[Told, ...]
    heads: tuple[bytes, ...]
    missing: int
    doubled: tuple[tuple[bytes, bytes], ...]
    faults: tuple[Fault, ...]
    waiting: int
    ahead: int
    causal: Causal[bytes] = field(repr=False)

    @property
    def counting(self) -> tuple[Told, ...]:
        """The entries that count, in causal order."""
        return tuple(told for told in self.told if told.counts)

    def went_on_without(self, reader: bytes, active: frozenset[bytes]) -> frozenset[bytes]:
        """Who holds the folder now, where an active holder said that they go on without this reader; else nobody.

        A signed word of a holder is needed: a wrap says nothing, for anybody can make one. Somebody who was removed
        goes on alone in vain.
        """
        without: frozenset[bytes] = frozenset()
        for told in self.counting:
            if told.opened.kind != HANDED_OVER or told.opened.author not in active:
                continue
            if self._given_again(reader, told.name):
                continue
            try:
                readers = frozenset(read(told.opened.entry.document, HandedOver).readers)
            except Damaged:
                continue
            without |= readers if reader not in readers and readers & active else frozenset()
        return without

    def _given_again(self, reader: bytes, since: bytes) -> bool:
        """Whether a current epoch that had seen this entry has the reader."""
        seen = (self.causal.reached(leaf.statement.closes) for leaf in self.current if reader in leaf.readers)
        return any(self.causal.within(since, closed) for closed in seen)

    def last_of(self, author: bytes) -> Told | None:
        """The author's own last entry."""
        mine = [told for told in self.told if told.opened.author == author and not told.opened.drop]
        return max(mine, key=lambda told: told.opened.entry.seq, default=None)


def tell(
    ring: Ring, roster: Roster, rules: Rules, forgotten: frozenset[bytes] = frozenset()
) -> History | None:
    """The history of what the ring holds, or None while its founding has not been opened.

    `forgotten` are names of entries that the person had erased: they are not waited for.
    """
    faults = dict(ring.faults)
    epochs = epochs_of(ring, roster, rules, faults)
    if epochs is None or epochs.founding.statement.terms is None:
        return None
    terms = epochs.founding.statement.terms
    kind, owner_id = terms.kind, terms.owner.id if terms.owner else None
    heard = terms.hears.id if terms.hears else None
    entries, unplaced = _lawful(ring, epochs, kind, (owner_id, heard), roster, rules, faults)
    causal = _order(entries)
    told = _count(entries, _late(entries, epochs, owner_id, causal), causal, owner_id or heard, roster)
    heads = tuple(causal.heads(t.name for t in told if t.counts and not t.opened.drop))[-MOST_HEADS:]
    known = [one.statement.roster for one in ring.statements.values()]
    known += [one.entry.roster for one in entries.values()]
    return History(
        folder=ring.folder,
        kind=kind,
        founder=epochs.founding.author,
        owner=owner_id,
        heard=heard,
        holders=epochs.holders(roster),
        current=epochs.leaves,
        told=tuple(told),
        heads=heads,
        missing=len(causal.missing - forgotten),
        doubled=_doubled(entries),
        faults=tuple(sorted(faults.values(), key=lambda fault: fault.item)),
        waiting=len(ring.waiting) + epochs.lost + unplaced,
        ahead=sum(head not in roster.known for head in known),
        causal=causal,
    )


def _lawful(
    ring: Ring,
    epochs: Epochs,
    kind: str,
    persons: tuple[bytes | None, bytes | None],
    roster: Roster,
    rules: Rules,
    faults: dict[bytes, Fault],
) -> tuple[dict[bytes, OpenedEntry], int]:
    """Entries by name whose author could and might write them (one entry sealed twice is one), and how many
    wait for the parents of their epoch.
    """
    entries: dict[bytes, OpenedEntry] = {}
    refused = {one.statement.epoch for one in ring.statements.values() if one.seal_id in faults}
    unplaced = 0
    for one in sorted(ring.entries.values(), key=lambda one: one.seal_id):
        epoch = epochs.standing.get(one.entry.epoch) or epochs.fallen.get(one.entry.epoch)
        if epoch is None and one.entry.epoch not in refused:
            unplaced += 1
        elif epoch is not None and _fits(one, epoch, kind, persons, roster, rules):
            entries.setdefault(one.name, one)
        else:
            faults[one.seal_id] = Fault(one.seal_id, "written by somebody who may not write this here")
    return entries, unplaced


def _fits(
    one: OpenedEntry,
    epoch: OpenedStatement,
    kind: str,
    persons: tuple[bytes | None, bytes | None],
    roster: Roster,
    rules: Rules,
) -> bool:
    """Whether the author may write this here. `persons` are the owner and the one who is heard."""
    owner, heard = persons
    member = None if one.author == owner else roster.members.get(one.author)
    if one.drop:
        known = member is not None or one.author == heard
        return known and rules.may_drop(kind, one.kind, member.as_ever if member else None)
    if one.author not in epoch.readers or (member is None and one.author != owner):
        return False
    if one.kind in (COUNTERSIGN, HANDED_OVER):
        return member is not None
    return rules.may_write(kind, one.kind, member.as_ever if member else None)


def _order(entries: dict[bytes, OpenedEntry]) -> Causal[bytes]:
    after = {
        name: [*one.entry.after, *([one.entry.previous] if one.entry.previous else [])]
        for name, one in entries.items()
    }
    return Causal(after, {name: (one.entry.time, name) for name, one in entries.items()})


def _late(
    entries: dict[bytes, OpenedEntry], epochs: Epochs, owner: bytes | None, causal: Causal[bytes]
) -> set[bytes]:
    """Names of entries by those whom an epoch shut out and that no such epoch had seen; and of those written
    under an epoch that fell, but for the person and those who hold the folder anyway.
    """
    entitled = frozenset[bytes]().union({owner} if owner else (), *(leaf.readers for leaf in epochs.leaves))
    fallen = {
        n for n, one in entries.items() if one.entry.epoch in epochs.fallen and one.author not in entitled
    }
    shutters: dict[bytes, dict[bytes, int]] = {}
    for epoch, one in epochs.standing.items():
        for author in epochs.shut_out(one):
            shutters.setdefault(author, {})[epoch] = causal.reached(one.statement.closes)
    late = {
        name
        for name, one in entries.items()
        if one.author in shutters and not one.drop and name in causal
        and _is_late(name, one, shutters[one.author], epochs, causal)
    }  # fmt: skip
    return late | {name for name in fallen if not entries[name].drop and name in causal}


def _is_late(
    name: bytes, one: OpenedEntry, shutters: dict[bytes, int], epochs: Epochs, causal: Causal[bytes]
) -> bool:
    """Whether an epoch that shut out the author had not seen the entry, nor had another made at the same time."""
    for epoch, closed in shutters.items():
        if causal.within(name, closed) or _written_after(one, epoch, epochs):
            continue
        at_once = (
            other for other in shutters
            if other != epoch and not epochs.order.before(other, epoch) and not epochs.order.before(epoch, other)
        )  # fmt: skip
        if not any(causal.within(name, shutters[other]) for other in at_once):
            return True
    return False


def _written_after(one: OpenedEntry, epoch: bytes, epochs: Epochs) -> bool:
    """Whether the entry's own epoch came after its author had been shut out: they were given the folder again."""
    return one.entry.epoch in epochs.standing and epochs.order.before(epoch, one.entry.epoch)


def _count(
    entries: dict[bytes, OpenedEntry],
    late: set[bytes],
    causal: Causal[bytes],
    owner: bytes | None,
    roster: Roster,
) -> list[Told]:
    countersigned = {
        (bytes(one.entry.document), one.author)
        for one in entries.values()
        if one.kind == COUNTERSIGN and not one.drop and one.name not in late and one.author in roster.members
    }
    told = []
    for name in causal.order:
        one = entries[name]
        by_another = any(signed == name and author != one.author for signed, author in countersigned)
        why = "" if name not in late or by_another else "written after its author had been shut out"
        told.append(Told(one, not why, one.author == owner, why))
    return told


def _doubled(entries: dict[bytes, OpenedEntry]) -> tuple[tuple[bytes, bytes], ...]:
    """Pairs of entries of one author with one number: proof that somebody wrote two histories."""
    first: dict[tuple[bytes, int], bytes] = {}
    pairs = []
    for name in sorted(entries):
        one = entries[name]
        if one.drop:
            continue
        other = first.setdefault((one.author, one.entry.seq), name)
        if other != name:
            pairs.append((other, name))
    return tuple(pairs)
