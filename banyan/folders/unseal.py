"""Opening: from sealed items to statements and entries whose signatures held.

Nothing is trusted but keys: a wrap that opens offers a seed, a statement that holds proves one, a statement
offers its parents' seeds, proven seeds open entries. Whoever offers a false seed displaces nothing. What does
not hold is named as a fault, and everything else goes on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from banyan.folders.entry import PURPOSE, OpenedEntry, read_signed
from banyan.folders.epoch import PURPOSE as STATEMENT_PURPOSE
from banyan.folders.epoch import UNKNOWN, OpenedStatement, Statement, drop_keys, read_statement
from banyan.folders.items import Item, Sort
from banyan.folders.membership import Roster
from banyan.sealing import boxes
from banyan.sealing.faults import NotForUs, SealingFault
from banyan.sealing.keys import Keys, PublicKeys
from banyan.sealing.signed import Signed


@dataclass(frozen=True, slots=True)
class Fault:
    """An item that was refused, by its id, and why in plain words."""

    item: bytes
    words: str


@dataclass
class Ring:
    """What one reader has opened of one folder: statements and entries by the id of their seal; `seeds` by
    epoch that a statement has proven, and those that were only `offered`.
    """

    folder: bytes
    seeds: dict[bytes, bytes] = field(default_factory=dict)
    offered: dict[bytes, set[bytes]] = field(default_factory=dict)
    statements: dict[bytes, OpenedStatement] = field(default_factory=dict)
    entries: dict[bytes, OpenedEntry] = field(default_factory=dict)
    faults: dict[bytes, Fault] = field(default_factory=dict)
    waiting: dict[bytes, str] = field(default_factory=dict)

    @property
    def owner(self) -> PublicKeys | None:
        """The person whose conversation this is, as its founding says."""
        found = (one.statement.terms for one in self.statements.values() if one.statement.terms)
        return next((terms.owner for terms in found if terms.owner), None)

    @property
    def hears(self) -> PublicKeys | None:
        """The person who may drop answers here, as its founding says."""
        found = (one.statement.terms for one in self.statements.values() if one.statement.terms)
        return next((terms.hears for terms in found if terms.hears), None)

    def offer(self, epoch: bytes, seed: bytes) -> None:
        """A seed that somebody says is this epoch's."""
        if epoch not in self.seeds:
            self.offered.setdefault(epoch, set()).add(seed)

    def prove(self, statement: Statement, seed: bytes) -> None:
        """The seed of a statement that holds, where it is known; it offers its parents' seeds."""
        if seed != UNKNOWN:
            self.seeds[statement.epoch] = seed
            self.offered.pop(statement.epoch, None)
        for parent in statement.parents:
            self.offer(parent.epoch, parent.seed)

    def is_open(self, seal: bytes) -> bool:
        """Whether a statement was opened, and its seed kept."""
        return seal in self.statements and self.statements[seal].seed != UNKNOWN

    def forget_seed(self, seal: bytes) -> None:
        """Keep a statement and not its seed: how an author leaves a folder to others."""
        one = self.statements[seal]
        self.statements[seal] = replace(one, seed=UNKNOWN)
        self.seeds.pop(one.statement.epoch, None)

    def keys_of(self, ident: bytes, roster: Roster) -> PublicKeys | None:
        """The keys of an author: a member, the door, the owner, or the person who is heard."""
        known = roster.keys_of(ident)
        persons = (self.owner, self.hears) if known is None else ()
        return next((person for person in persons if person is not None and person.id == ident), known)


def take(ring: Ring, items: Iterable[Item], keys: Keys | Mapping[bytes, bytes], roster: Roster) -> Ring:
    """Open what can be opened of one folder's items into the ring (which is changed and given back).

    `keys` are the reader's, or seeds by epoch that a recovery brought. Items that wait for a seed or an
    author's keys are kept in `ring.waiting` by id; pass them again when more has arrived.
    """
    items = [item for item in items if item.folder == ring.folder]
    wraps = [item for item in items if item.sort is Sort.WRAP]
    _take_wraps(ring, wraps, keys)
    seals = [item for item in items if item.sort is Sort.SEAL and item.id not in ring.entries]
    _take_statements(ring, [item for item in seals if item.seal_sort == boxes.STATEMENT], roster)
    _name_foreign_wraps(ring, wraps, keys, roster)
    for item in seals:
        if item.seal_sort != boxes.STATEMENT:
            _take_entry(ring, item, roster)
    return ring


def _take_wraps(ring: Ring, wraps: Iterable[Item], keys: Keys | Mapping[bytes, bytes]) -> None:
    if not isinstance(keys, Keys):
        for epoch, seed in keys.items():
            ring.offer(epoch, seed)
        return
    for item in wraps:
        if item.recipient != keys.id or item.epoch in ring.seeds:
            continue
        try:
            ring.offer(item.epoch, boxes.unwrap(keys, item.data))
        except SealingFault as fault:
            ring.faults[item.id] = Fault(item.id, str(fault))


def _name_foreign_wraps(
    ring: Ring, wraps: Iterable[Item], keys: Keys | Mapping[bytes, bytes], roster: Roster
) -> None:
    """Wraps that their epoch's statement does not name: for nobody of the roster, or with another seed.

    A recovery wraps a seed again to a member, so that alone is no fault.
    """
    named: dict[bytes, set[bytes]] = {}
    for one in ring.statements.values():
        hashes = named.setdefault(one.statement.epoch, set())
        hashes.update(recipient.wrap for recipient in one.statement.recipients)
    for item in wraps:
        if item.epoch not in named or item.id in named[item.epoch]:
            continue
        mine = isinstance(keys, Keys) and item.recipient == keys.id
        if ring.keys_of(item.recipient, roster) is None or (mine and not _opens(ring, item, keys)):
            ring.faults[item.id] = Fault(item.id, "a wrap that its epoch's statement does not name")


def _opens(ring: Ring, item: Item, keys: Keys | Mapping[bytes, bytes]) -> bool:
    try:
        return isinstance(keys, Keys) and boxes.unwrap(keys, item.data) == ring.seeds[item.epoch]
    except SealingFault:
        return False


def _take_statements(ring: Ring, seals: list[Item], roster: Roster) -> None:
    """Statements give their parents' seeds, so go round until no more opens."""
    left = sorted((item for item in seals if not ring.is_open(item.id)), key=lambda one: one.id)
    opened = True
    while opened and left:
        opened = False
        for item in left:
            opened = _take_statement(ring, item, roster) or opened
        left = [item for item in left if not ring.is_open(item.id) and item.id not in ring.faults]


def _take_statement(ring: Ring, item: Item, roster: Roster) -> bool:
    """Whether the statement opened now."""
    try:
        found = _open_statement(ring, item)
        if found is None:
            if item.id not in ring.statements:
                ring.waiting[item.id] = "no key for its epoch yet"
            return False
        seed, signed, statement = found
        terms = statement.terms
        author = terms.owner if terms and terms.owner and terms.owner.id == signed.author else None
        author = author or ring.keys_of(signed.author, roster)
        if author is None:
            ring.waiting[item.id] = "its author is not on the roster that is known here"
            return False
        signed.check(STATEMENT_PURPOSE, author)
    except SealingFault as fault:
        ring.faults[item.id] = Fault(item.id, str(fault))
        return False
    ring.waiting.pop(item.id, None)
    ring.faults.pop(item.id, None)
    ring.prove(statement, seed)
    ring.statements[item.id] = OpenedStatement(
        item.id, signed.name(STATEMENT_PURPOSE), signed.author, statement, seed
    )
    return True


def _open_statement(ring: Ring, item: Item) -> tuple[bytes, Signed, Statement] | None:
    """With the proven seed, or with the one that opens of those that were offered; None where none does."""
    proven = ring.seeds.get(item.epoch)
    for seed in [proven] if proven else sorted(ring.offered.get(item.epoch, ())):
        try:
            plaintext = boxes.open_seal(seed, item.data)
        except NotForUs:
            if proven:
                raise
            continue
        return seed, *read_statement(plaintext, boxes.read_header(item.data), seed)
    return None


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
    ring.faults.pop(item.id, None)
    ring.entries[item.id] = OpenedEntry(item.id, signed.name(PURPOSE), signed.author, entry, drop)
