"""Opening: from sealed items to statements and entries whose signatures held.

Nothing is trusted but keys: a wrap that opens gives a seed, a seed opens its epoch's statement, a statement
gives its parents' seeds, seeds open entries. What does not hold is named as a fault, and everything else goes
on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from banyan.folders.entry import PURPOSE, OpenedEntry, read_signed
from banyan.folders.epoch import PURPOSE as STATEMENT_PURPOSE
from banyan.folders.epoch import OpenedStatement, drop_keys, read_statement, seed_commitment
from banyan.folders.items import Item, Sort
from banyan.folders.membership import Roster
from banyan.sealing import boxes
from banyan.sealing.faults import Forged, SealingFault
from banyan.sealing.keys import Keys, PublicKeys


@dataclass(frozen=True, slots=True)
class Fault:
    """An item that was refused, by its id, and why in plain words."""

    item: bytes
    words: str


@dataclass
class Ring:
    """What one reader has opened of one folder: seeds by epoch, statements and entries by the id of their
    seal.
    """

    folder: bytes
    seeds: dict[bytes, bytes] = field(default_factory=dict)
    statements: dict[bytes, OpenedStatement] = field(default_factory=dict)
    entries: dict[bytes, OpenedEntry] = field(default_factory=dict)
    faults: dict[bytes, Fault] = field(default_factory=dict)
    waiting: dict[bytes, str] = field(default_factory=dict)

    @property
    def owner(self) -> PublicKeys | None:
        """The person whose conversation this is, as its founding says."""
        found = (one.statement.terms for one in self.statements.values() if one.statement.terms)
        return next((terms.owner for terms in found if terms.owner), None)

    def keys_of(self, ident: bytes, roster: Roster) -> PublicKeys | None:
        """The keys of an author: a member, the door, or the owner."""
        owner = self.owner
        return owner if owner is not None and owner.id == ident else roster.keys_of(ident)


def take(ring: Ring, items: Iterable[Item], keys: Keys | Mapping[bytes, bytes], roster: Roster) -> Ring:
    """Open what can be opened of one folder's items into the ring (which is changed and given back).

    `keys` are the reader's, or seeds by epoch that a recovery brought. Items that wait for a seed or an
    author's keys are kept in `ring.waiting` by id; pass them again when more has arrived.
    """
    items = [item for item in items if item.folder == ring.folder]
    _take_wraps(ring, (item for item in items if item.sort is Sort.WRAP), keys)
    seals = [item for item in items if item.sort is Sort.SEAL and item.id not in ring.entries]
    _take_statements(ring, [item for item in seals if item.seal_sort == boxes.STATEMENT], roster)
    for item in seals:
        if item.seal_sort != boxes.STATEMENT:
            _take_entry(ring, item, roster)
    return ring


def _take_wraps(ring: Ring, wraps: Iterable[Item], keys: Keys | Mapping[bytes, bytes]) -> None:
    if not isinstance(keys, Keys):
        ring.seeds.update(keys)
        return
    for item in wraps:
        if item.recipient != keys.id or item.epoch in ring.seeds:
            continue
        try:
            ring.seeds[item.epoch] = boxes.unwrap(keys, item.data)
        except SealingFault as fault:
            ring.faults[item.id] = Fault(item.id, str(fault))


def _take_statements(ring: Ring, seals: list[Item], roster: Roster) -> None:
    """Statements give their parents' seeds, so go round until no more opens."""
    left = [item for item in seals if item.id not in ring.statements]
    while left:
        opened = [item for item in left if item.epoch in ring.seeds]
        left = [item for item in left if item.epoch not in ring.seeds]
        if not opened:
            break
        for item in sorted(opened, key=lambda one: one.id):
            _take_statement(ring, item, roster)
    for item in left:
        ring.waiting[item.id] = "no key for its epoch yet"


def _take_statement(ring: Ring, item: Item, roster: Roster) -> None:
    seed = ring.seeds[item.epoch]
    try:
        signed, statement = read_statement(
            boxes.open_seal(seed, item.data), boxes.read_header(item.data), seed
        )
        terms = statement.terms
        author = terms.owner if terms and terms.owner and terms.owner.id == signed.author else None
        author = author or ring.keys_of(signed.author, roster)
        if author is None:
            ring.waiting[item.id] = "its author is not on the roster that is known here"
            return
        signed.check(STATEMENT_PURPOSE, author)
        for parent in statement.parents:
            known = ring.seeds.setdefault(parent.epoch, parent.seed)
            if seed_commitment(known) != seed_commitment(parent.seed):
                raise Forged("a statement that gives another seed for its parent")
    except SealingFault as fault:
        ring.faults[item.id] = Fault(item.id, str(fault))
        return
    ring.waiting.pop(item.id, None)
    ring.statements[item.id] = OpenedStatement(
        item.id, signed.name(STATEMENT_PURPOSE), signed.author, statement, seed
    )


def _take_entry(ring: Ring, item: Item, roster: Roster) -> None:
    seed = ring.seeds.get(item.epoch)
    if seed is None:
        ring.waiting[item.id] = "no key for its epoch yet"
        return
    drop = item.seal_sort == boxes.DROP
    try:
        plaintext = boxes.open_drop(drop_keys(seed), item.data) if drop else boxes.open_seal(seed, item.data)
        signed, entry = read_signed(plaintext, boxes.read_header(item.data))
        author = ring.keys_of(signed.author, roster)
        if author is None:
            ring.waiting[item.id] = "its author is not on the roster that is known here"
            return
        signed.check(PURPOSE, author)
    except SealingFault as fault:
        ring.faults[item.id] = Fault(item.id, str(fault))
        return
    ring.waiting.pop(item.id, None)
    ring.entries[item.id] = OpenedEntry(item.id, signed.name(PURPOSE), signed.author, entry, drop)
