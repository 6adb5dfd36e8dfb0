"""One folder's history: which epochs stand, who holds it now, and which entries count, in causal order.

A pure function of what was opened and of the roster: the same set gives the same history at every desk,
whatever the order of arrival. What does not count is still here, with the reason, to be shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from banyan.folders.causal import Causal
from banyan.folders.entry import MOST_HEADS, OpenedEntry
from banyan.folders.epoch import OpenedStatement
from banyan.folders.membership import Member, Roster
from banyan.folders.unseal import Fault, Ring

COUNTERSIGN = "countersign"


class Rules(Protocol):
    """What the programme allows, given by the table of folders: this room knows no kinds."""

    def may_found(self, kind: str, author: Member | None, *, door: bool) -> bool:
        """Whether a member, or the door, founds folders of this kind."""

    def may_hold(self, kind: str, member: Member) -> bool:
        """Whether a member may be given a key to folders of this kind."""

    def may_write(self, kind: str, document: str, author: Member | None) -> bool:
        """Whether a member (or with None the owner) writes such documents into folders of this kind."""

    def takes_drops(self, kind: str, document: str) -> bool:
        """Whether a member who cannot read such a folder may drop such a document into it."""


@dataclass(frozen=True)
class Told:
    """An entry as it is told: whether it counts, and if not why. `by_owner` where the person wrote it."""

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
    """A folder as a whole. `current` are the leaf epochs (two or more until somebody merges them)."""

    folder: bytes
    kind: str
    owner: bytes | None
    holders: frozenset[bytes]
    current: tuple[OpenedStatement, ...]
    told: tuple[Told, ...]
    heads: tuple[bytes, ...]
    missing: int
    doubled: tuple[tuple[bytes, bytes], ...]
    faults: tuple[Fault, ...]
    waiting: int
    causal: Causal[bytes] = field(repr=False)

    @property
    def counting(self) -> tuple[Told, ...]:
        """The entries that count, in causal order."""
        return tuple(told for told in self.told if told.counts)

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
    founding = _founding(ring, roster, rules, faults)
    if founding is None or founding.statement.terms is None:
        return None
    kind, owner = founding.statement.terms.kind, founding.statement.terms.owner
    standing, epochs, lost = _epochs(ring, roster, rules, founding, faults)
    entries = _lawful(ring, standing, kind, owner.id if owner else None, roster, rules, faults)
    causal = _order(entries)
    late = _late(entries, standing, epochs, causal)
    told = _count(entries, late, causal, owner.id if owner else None)
    leaves = tuple(standing[name] for name in epochs.heads())
    heads = tuple(causal.heads(t.name for t in told if t.counts and not t.opened.drop))[-MOST_HEADS:]
    return History(
        folder=ring.folder,
        kind=kind,
        owner=owner.id if owner else None,
        holders=_holders(leaves, standing, epochs),
        current=leaves,
        told=tuple(told),
        heads=heads,
        missing=len(causal.missing - forgotten),
        doubled=_doubled(entries),
        faults=tuple(sorted(faults.values(), key=lambda fault: fault.item)),
        waiting=len(ring.waiting) + len(lost),
        causal=causal,
    )


def _founding(ring: Ring, roster: Roster, rules: Rules, faults: dict[bytes, Fault]) -> OpenedStatement | None:
    lawful = []
    for one in ring.statements.values():
        terms = one.statement.terms
        if terms is None:
            continue
        door = one.author == roster.door.id
        author = roster.members.get(one.author)
        if terms.programme != roster.programme or not rules.may_found(terms.kind, author, door=door):
            faults[one.seal_id] = Fault(one.seal_id, "founded by somebody who may not found such a folder")
            continue
        lawful.append(one)
    return min(lawful, key=lambda one: one.name, default=None)


def _epochs(
    ring: Ring, roster: Roster, rules: Rules, founding: OpenedStatement, faults: dict[bytes, Fault]
) -> tuple[dict[bytes, OpenedStatement], Causal[bytes], list[bytes]]:
    """The epochs that stand, by id; their order; and the ids of those whose parents have not arrived."""
    standing = (
        {founding.statement.epoch: founding}
        if _readers_fit(founding, founding, roster, rules, faults)
        else {}
    )
    left = [one for one in ring.statements.values() if one.statement.terms is None]
    while left:
        ready = [one for one in left if all(p.epoch in standing for p in one.statement.parents)]
        if not ready:
            break
        left = [one for one in left if one not in ready]
        for one in sorted(ready, key=lambda one: one.name):
            parents = [standing[parent.epoch] for parent in one.statement.parents]
            if (
                not any(one.author in parent.readers for parent in parents)
                or one.author not in roster.members
            ):
                faults[one.seal_id] = Fault(one.seal_id, "an epoch by somebody who did not hold the folder")
            elif _readers_fit(one, founding, roster, rules, faults):
                standing[one.statement.epoch] = one
    _drop_late_epochs(standing, roster, faults)
    after = {name: [p.epoch for p in one.statement.parents] for name, one in standing.items()}
    order = Causal(after, {name: (one.statement.time, name) for name, one in standing.items()})
    return standing, order, [one.seal_id for one in left]


def _readers_fit(
    one: OpenedStatement, founding: OpenedStatement, roster: Roster, rules: Rules, faults: dict[bytes, Fault]
) -> bool:
    """Whether every reader is one that the roster and the table allow, and the owner is among them."""
    terms = founding.statement.terms
    if terms is None:
        return False
    owner = terms.owner.id if terms.owner else None
    members = [ident for ident in one.readers if ident in roster.members]
    strangers = len(one.readers) - len(members) - (1 if owner in one.readers else 0)
    allowed = all(rules.may_hold(terms.kind, roster.members[ident]) for ident in members)
    if strangers > 1 or not allowed or (owner is not None and owner not in one.readers):
        faults[one.seal_id] = Fault(
            one.seal_id, "an epoch with a reader whom the roster or the table does not allow"
        )
        return False
    return True


def _drop_late_epochs(
    standing: dict[bytes, OpenedStatement], roster: Roster, faults: dict[bytes, Fault]
) -> None:
    """Epochs made by somebody after they were shut out, unless both are active members who handed over at
    once.
    """
    while True:
        after = {name: [p.epoch for p in one.statement.parents] for name, one in standing.items()}
        present = {name: [p for p in parents if p in standing] for name, parents in after.items()}
        orphans = [name for name, parents in after.items() if len(present[name]) < len(parents)]
        order = Causal(present, {name: (one.statement.time, name) for name, one in standing.items()})
        gone = orphans or [
            name for name, one in standing.items() if _is_late_epoch(name, one, standing, order, roster)
        ]
        if not gone:
            return
        for name in gone:
            one = standing.pop(name)
            faults[one.seal_id] = Fault(one.seal_id, "an epoch by somebody who had been shut out")


def _is_late_epoch(
    name: bytes,
    one: OpenedStatement,
    standing: dict[bytes, OpenedStatement],
    order: Causal[bytes],
    roster: Roster,
) -> bool:
    author = roster.members.get(one.author)
    for other_name, other in standing.items():
        if (
            other_name == name
            or one.author not in _shut_out(other, standing)
            or order.before(name, other_name)
        ):
            continue
        mutual = other.author in _shut_out(one, standing) and not order.before(other_name, name)
        if not (mutual and author is not None and author.active):
            return True
    return False


def _shut_out(one: OpenedStatement, standing: dict[bytes, OpenedStatement]) -> frozenset[bytes]:
    """The readers of its parents whom an epoch no longer has."""
    before: frozenset[bytes] = frozenset()
    for parent in one.statement.parents:
        if parent.epoch in standing:
            before |= standing[parent.epoch].readers
    return before - one.readers


def _holders(
    leaves: Iterable[OpenedStatement], standing: dict[bytes, OpenedStatement], order: Causal[bytes]
) -> frozenset[bytes]:
    """Who holds the folder: with one leaf its readers; with several all of theirs less whom any side shut
    out.
    """
    leaves = tuple(leaves)
    readers = frozenset().union(*(leaf.readers for leaf in leaves))
    if len(leaves) < 2:
        return readers
    ends = [leaf.statement.epoch for leaf in leaves]
    since = [
        one
        for name, one in standing.items()
        if not all(end == name or order.before(name, end) for end in ends)
    ]
    return readers - frozenset().union(*(_shut_out(one, standing) for one in since))


def _lawful(
    ring: Ring,
    standing: dict[bytes, OpenedStatement],
    kind: str,
    owner: bytes | None,
    roster: Roster,
    rules: Rules,
    faults: dict[bytes, Fault],
) -> dict[bytes, OpenedEntry]:
    """Entries by name whose author could and might write them; one entry sealed twice is one."""
    entries: dict[bytes, OpenedEntry] = {}
    for one in sorted(ring.entries.values(), key=lambda one: one.seal_id):
        epoch = standing.get(one.entry.epoch)
        member = None if one.author == owner else roster.members.get(one.author)
        if epoch is None:
            continue
        if one.drop:
            fits = member is not None and rules.takes_drops(kind, one.kind)
        else:
            known = one.author == owner or member is not None
            fits = known and one.author in epoch.readers
            fits = fits and (one.kind == COUNTERSIGN or rules.may_write(kind, one.kind, member))
        if fits:
            entries.setdefault(one.name, one)
        else:
            faults[one.seal_id] = Fault(one.seal_id, "written by somebody who may not write this here")
    return entries


def _order(entries: dict[bytes, OpenedEntry]) -> Causal[bytes]:
    after = {
        name: [*one.entry.after, *([one.entry.previous] if one.entry.previous else [])]
        for name, one in entries.items()
    }
    return Causal(after, {name: (one.entry.time, name) for name, one in entries.items()})


def _late(
    entries: dict[bytes, OpenedEntry],
    standing: dict[bytes, OpenedStatement],
    epochs: Causal[bytes],
    causal: Causal[bytes],
) -> set[bytes]:
    """Names of entries by those whom an epoch shut out, that are no ancestors of the heads it closed."""
    late: set[bytes] = set()
    for name, one in standing.items():
        for author in _shut_out(one, standing):
            closed = causal.reached(one.statement.closes)
            back = [n for n, other in standing.items() if author in other.readers and epochs.before(name, n)]
            for entry in entries.values():
                if entry.author != author or entry.drop or entry.entry.epoch in back:
                    continue
                if entry.name in causal and not causal.within(entry.name, closed):
                    late.add(entry.name)
    return late


def _count(
    entries: dict[bytes, OpenedEntry], late: set[bytes], causal: Causal[bytes], owner: bytes | None
) -> list[Told]:
    signed_again = {
        bytes(one.entry.document)
        for one in entries.values()
        if one.kind == COUNTERSIGN and one.name not in late
    }
    told = []
    for name in causal.order:
        one = entries[name]
        why = "" if name not in late or name in signed_again else "written after its author had been shut out"
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
