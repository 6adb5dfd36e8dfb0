"""The store of one place: a durable, append-only set of items, with the graveyard applied.

Adding is idempotent and atomic: when it returns, all of it is on disk or none. Items are checked on the way
in (mark, length, shape, and for burials the signatures); what is refused is named, and the rest goes in. On
the way out every item is held against its id again, so a byte that was changed on disk is refused by name and
nothing else is lost.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock

from django.db import IntegrityError, connections, transaction
from django.db.models import Count, F, QuerySet

from banyan.folders.grave import Grave
from banyan.folders.graveyard import read_burial
from banyan.folders.items import PRIVATE, Item, Sort, read_item
from banyan.folders.membership import Roster, fold
from banyan.folders.models import Buried, Duty, Held, Once, Unsent
from banyan.folders.quota import Quota
from banyan.folders.scrub import scrub
from banyan.folders.shapes import check_shape, is_founding
from banyan.sealing.boxes import seal_id
from banyan.sealing.faults import Damaged, SealingFault
from banyan.sealing.format import digest, write
from banyan.sealing.padding import CLASSES

_TURNS: dict[str, AbstractContextManager[object]] = {}  # by the file
WEEK = 7 * 24 * 3600
LARGE = {"sort": Sort.PIECE, "size_class": len(CLASSES) - 1}
CHUNK = 500


@dataclass
class Added:
    """What became of a batch: ids that are new here, ids that were here, what was refused and why, what is
    buried.
    """

    new: list[bytes] = field(default_factory=list)
    known: int = 0
    buried: int = 0
    refused: list[tuple[bytes, str]] = field(default_factory=list)


def system_clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


class Store:
    """One place's items, in the database that `alias` names."""

    def __init__(self, alias: str = "default", clock: Callable[[], datetime] = system_clock) -> None:
        self.alias = alias
        self.clock = clock
        self.quota = Quota(alias, self._turn)
        self.has_room = self.quota.has_room
        self.damaged: dict[bytes, str] = {}
        self.undone: Callable[[], None] = lambda: None
        self._roster: tuple[tuple[bytes | None, frozenset[bytes]], Roster] | None = None
        self._graves: tuple[frozenset[bytes], dict[bytes, Grave]] | None = None
        self._forgotten: tuple[dict[bytes, Grave], frozenset[bytes]] | None = None

    # Adding

    def add(self, datas: Iterable[bytes], *, unsent: bool = False) -> Added:
        """Take items in. `unsent` marks the new ones as still to be sent on. Durable when it returns."""
        added, items = Added(), {}
        for data in datas:
            try:
                item = read_item(bytes(data))
                check_shape(item)
                items[item.id] = item
            except SealingFault as fault:
                added.refused.append((seal_id(bytes(data)), str(fault)))
        with self._turn(), transaction.atomic(using=self.alias):
            self._refuse_foreign(items, added)
            self._bury(items, added)
            wanted = self._not_buried(list(items.values()))
            added.buried = len(items) - len(wanted)
            known = self.known(item.id for item in wanted)
            new = [item for item in wanted if item.id not in known]
            self._insert(new, unsent)
            added.known, added.new = len(known), [item.id for item in new]
        return added

    def _insert(self, items: Sequence[Item], unsent: bool) -> None:
        week = self._week()
        rows = [
            Held(
                item=item.id, sort=item.sort, folder=item.folder, epoch=item.epoch, recipient=item.recipient,
                size_class=item.size_class, week=week, data=item.data,
            )
            for item in items
        ]  # fmt: skip
        Held.objects.using(self.alias).bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
        if unsent:
            marks = [Unsent(item=item.id) for item in items]
            Unsent.objects.using(self.alias).bulk_create(marks, batch_size=CHUNK, ignore_conflicts=True)

    def _week(self) -> int:
        return int(self.clock().timestamp()) // WEEK

    def _bury(self, items: dict[bytes, Item], added: Added) -> None:
        """Apply what a batch buries: persons' own burials, and those that its links put into the roster."""
        for item in [one for one in items.values() if one.sort is Sort.BURIAL]:
            try:
                self._apply(read_burial(item))
            except SealingFault as fault:
                added.refused.append((item.id, str(fault)))
                del items[item.id]
        if any(item.sort is Sort.LINK for item in items.values()):
            roster = self._roster_with(items.values())
            for grave in roster.graves if roster else ():
                self._apply(grave)

    def _refuse_foreign(self, items: dict[bytes, Item], added: Added) -> None:
        """A place belongs to one programme: the founding of another is not taken in."""
        foundings = [i for i in items.values() if i.sort is Sort.LINK and is_founding(i)]
        if not foundings:
            return
        here = next((item.id for item in self.public(Sort.LINK) if is_founding(item)), foundings[0].id)
        for item in foundings:
            if item.id != here:
                added.refused.append((item.id, "the founding of another programme"))
                del items[item.id]

    def _roster_with(self, items: Iterable[Item]) -> Roster | None:
        links = {item.id: item for item in (*self.public(Sort.LINK), *items) if item.sort is Sort.LINK}
        try:
            return fold(links.values())
        except SealingFault:
            return None

    def _apply(self, grave: Grave) -> None:
        gone = [grave.folder] if grave.whole else [_place_of(grave.folder, seal) for seal in grave.seals]
        rows = [Buried(gone=ident, whole_folder=grave.whole) for ident in gone]
        Buried.objects.using(self.alias).bulk_create(rows, ignore_conflicts=True)
        held = Held.objects.using(self.alias).filter(folder=grave.folder)
        held = held if grave.whole else held.filter(item__in=list(grave.seals))
        ids = [bytes(ident) for ident in held.values_list("item", flat=True)]
        held.delete()
        for part in _chunks(ids):
            Unsent.objects.using(self.alias).filter(item__in=part).delete()

    def _not_buried(self, items: list[Item]) -> list[Item]:
        """A grave holds for its own folder alone: nobody buries a seal of another, and nothing public."""
        places = {item.id: {item.folder, _place_of(item.folder, item.id)} for item in items if item.folder}
        idents = set().union(*places.values())
        gone = self._ids_in(Buried, "gone", idents)
        return [item for item in items if not places.get(item.id, set()) & gone]

    def _ids_in(self, model: type[Buried] | type[Held], column: str, idents: Iterable[bytes]) -> set[bytes]:
        """Those of the ids that stand in a column; asked with every batch, so without the detour of a query set."""
        found: set[bytes] = set()
        for part in _chunks(list(idents)):
            marks = ", ".join(["%s"] * len(part))
            query = f"SELECT {column} FROM {model._meta.db_table} WHERE {column} IN ({marks})"  # noqa: S608
            with connections[self.alias].cursor() as cursor:
                cursor.execute(query, part)
                found.update(bytes(row[0]) for row in cursor.fetchall())
        return found

    # Reading

    def known(self, idents: Iterable[bytes]) -> set[bytes]:
        """Which of these items are here."""
        return self._ids_in(Held, "item", idents)

    def get(self, idents: Iterable[bytes]) -> list[Item]:
        """The items with these ids that are here and whole."""
        held: list[Item] = []
        for part in _chunks(list(idents)):
            held.extend(self._items(Held.objects.using(self.alias).filter(item__in=part)))
        return held

    def of_folder(self, folder: bytes) -> list[Item]:
        """All seals and wraps of one folder; pieces of files, which are large, only by their ids."""
        return list(
            self._items(Held.objects.using(self.alias).filter(folder=folder).exclude(sort=Sort.PIECE))
        )

    def public(self, *sorts: Sort) -> list[Item]:
        """The items of these sorts that go to every member."""
        return list(self._items(Held.objects.using(self.alias).filter(sort__in=sorts)))

    def folders_for(self, recipient: bytes) -> set[bytes]:
        """The folders of which this reader holds a wrap."""
        rows = Held.objects.using(self.alias).filter(recipient=recipient)
        return {bytes(folder) for folder in rows.values_list("folder", flat=True).distinct()}

    def readers_of(self, folder: bytes) -> set[bytes]:
        """The ids of all who hold a wrap of this folder."""
        rows = Held.objects.using(self.alias).filter(folder=folder, sort=Sort.WRAP)
        return {bytes(recipient) for recipient in rows.values_list("recipient", flat=True)}

    def ids_for(self, recipient: bytes | None) -> list[bytes]:
        """The ids of all that a reader is given in a pull, or with None of all that is here; sorted. The large pieces
        of files are not given: a desk asks for them when somebody wants the file.
        """
        rows = Held.objects.using(self.alias)
        if recipient is None:
            return sorted(bytes(ident) for ident in rows.values_list("item", flat=True))
        ids = set(self._public_ids(*(sort for sort in Sort if sort not in PRIVATE)))
        for part in _chunks(list(self.folders_for(recipient))):
            held = rows.filter(folder__in=part).exclude(**LARGE)
            ids.update(bytes(i) for i in held.values_list("item", flat=True))
        return sorted(ids)

    def seal_counts(self, recipient: bytes) -> dict[bytes, int]:
        """How many seals there are in each folder of which this reader holds a wrap."""
        rows = Held.objects.using(self.alias)
        mine = rows.filter(recipient=recipient).values("folder")
        seals = rows.filter(sort=Sort.SEAL, folder__in=mine)
        return {bytes(folder): n for folder, n in seals.values_list("folder").annotate(n=Count("*"))}

    def seals_in(self, folder: bytes) -> int:
        """How many seals of a folder are here."""
        return Held.objects.using(self.alias).filter(folder=folder, sort=Sort.SEAL).count()

    def loads(self, members: Iterable[bytes]) -> dict[bytes, int]:
        """How many wraps each of these members holds: the measure of who has least to do."""
        members = list(members)
        rows = Held.objects.using(self.alias).filter(recipient__in=members)
        counted = {bytes(ident): n for ident, n in rows.values_list("recipient").annotate(n=Count("*"))}
        return {member: counted.get(member, 0) for member in members}

    def counts(self) -> dict[str, int]:
        """How many items of each sort are here."""
        rows = Held.objects.using(self.alias).values_list("sort").annotate(n=Count("*"))
        return dict(sorted((str(sort), int(n)) for sort, n in rows))

    def _items(self, rows: "QuerySet[Held]") -> Iterator[Item]:
        columns = ("item", "data", "sort", "folder", "epoch", "recipient", "size_class")
        for ident, data, *said in rows.values_list(*columns).iterator(chunk_size=CHUNK):
            try:
                item = read_item(bytes(data))
                if item.id != bytes(ident):
                    raise Damaged("its bytes are not those that its name was made from")
                clear = (str(item.sort), item.folder, item.epoch, item.recipient, item.size_class)
                if clear != (said[0], *map(bytes, said[1:4]), said[4]):
                    raise Damaged("its row says something else than its bytes")
                yield item
            except SealingFault as fault:
                self.damaged[bytes(ident)] = str(fault)

    def drop_damaged(self, among: Sequence[bytes] | None = None) -> list[bytes]:
        """Look at these rows or at all, and remove those whose bytes are not those of their id, so that the next
        union brings them whole; their ids. The graveyard is made anew from the burials.
        """
        rows = Held.objects.using(self.alias)
        list(self._items(rows if among is None else rows.filter(item__in=among)))
        gone = list(self.damaged)
        for part in _chunks(gone):
            rows.filter(item__in=part).delete()
        self.damaged.clear()
        self._roster = self._graves = None
        for grave in self.graves().values():
            self._apply(grave)
        return gone

    # Roster, duty and graveyard

    def roster(self, programme: bytes | None = None) -> Roster:
        """The roster that the links here come to. Raises a `SealingFault` where there is none."""
        key = (programme, frozenset(self._public_ids(Sort.LINK)))
        if self._roster is None or self._roster[0] != key:
            self._roster = (key, fold(self.public(Sort.LINK), programme))
        return self._roster[1]

    def graves(self) -> dict[bytes, Grave]:
        """What was erased: each grave by an id of its own."""
        key = frozenset(self._public_ids(Sort.BURIAL, Sort.LINK))
        if self._graves is None or self._graves[0] != key:
            roster = self._roster_with(())
            graves = {item.id: read_burial(item) for item in self.public(Sort.BURIAL)}
            graves |= {digest("grave", write(grave)): grave for grave in (roster.graves if roster else ())}
            self._graves = (key, graves)
        return self._graves[1]

    def forgotten(self) -> frozenset[bytes]:
        """The names of entries that were erased one by one: nobody waits for them."""
        graves = self.graves()
        if self._forgotten is None or self._forgotten[0] is not graves:
            self._forgotten = (graves, frozenset(name for grave in graves.values() for name in grave.names))
        return self._forgotten[1]

    def _public_ids(self, *sorts: Sort) -> list[bytes]:
        """The ids of such items; asked many times a request, so without the detour of a query set."""
        marks = ", ".join(["%s"] * len(sorts))
        with connections[self.alias].cursor() as cursor:
            query = f"SELECT item FROM folders_held WHERE sort IN ({marks})"  # noqa: S608 - only marks of parameters
            cursor.execute(query, [str(sort) for sort in sorts])
            return [bytes(row[0]) for row in cursor.fetchall()]

    def is_buried(self, folder: bytes) -> bool:
        """Whether a folder was erased."""
        return Buried.objects.using(self.alias).filter(gone=folder).exists()

    def buried_folders(self) -> set[bytes]:
        """The folders that were erased as a whole."""
        rows = Buried.objects.using(self.alias).filter(whole_folder=True)
        return {bytes(ident) for ident in rows.values_list("gone", flat=True)}

    def say_duty(self, member: bytes, on_duty: bool) -> None:
        """Keep what a member says about being on duty."""
        said = int(self.clock().timestamp())
        Duty.objects.using(self.alias).update_or_create(
            member=member, defaults={"on_duty": on_duty, "said": said}
        )

    def give(self, members: Iterable[bytes]) -> None:
        """Count a new conversation for each of these members: the hub's own count, that nobody else can raise."""
        for member in members:
            start = {"on_duty": True, "said": 0}
            row, _ = Duty.objects.using(self.alias).get_or_create(member=member, defaults=start)
            Duty.objects.using(self.alias).filter(key=row.key).update(given=F("given") + 1)

    def given(self, members: Iterable[bytes]) -> dict[bytes, int]:
        """How many conversations this hub gave to each of these members."""
        rows = Duty.objects.using(self.alias).values_list("member", "given")
        counted = {bytes(ident): given for ident, given in rows}
        return {member: counted.get(member, 0) for member in members}

    def duty(self) -> dict[bytes, bool]:
        """Who said last that they are on or off duty."""
        return {bytes(m): on for m, on in Duty.objects.using(self.alias).values_list("member", "on_duty")}

    # Once, unsent, and one at a time

    def _turn(self) -> AbstractContextManager[object]:
        """Writers of one process queue up here: SQLite lets them try again and again, and fails who has no luck."""
        connection = connections[self.alias]
        if connection.vendor != "sqlite":
            return nullcontext()
        return _TURNS.setdefault(str(connection.settings_dict["NAME"]), RLock())

    @contextmanager
    def alone(self, folder: bytes) -> Iterator[None]:
        """One transaction in which nobody else writes to this folder here. Where it breaks, all of it is undone, and
        `undone` is called once nothing of it is left.
        """
        whole = False
        connection = connections[self.alias]
        try:
            with self._turn(), transaction.atomic(using=self.alias):
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute(
                            "SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(folder[:7], "big")]
                        )
                yield
            whole = True
        finally:
            if not whole and not connection.in_atomic_block:
                self.undone()

    def once(self, mark: bytes) -> bool:
        """Whether this 32-byte mark is new here. Inside `alone`, so that it stands or falls with what it
        marks.
        """
        try:
            with transaction.atomic(using=self.alias):
                Once.objects.using(self.alias).create(mark=mark, week=self._week())
        except IntegrityError:
            return False
        return True

    def unsent(self) -> list[bytes]:
        """The ids of items that no other place has confirmed."""
        return [bytes(ident) for ident in Unsent.objects.using(self.alias).values_list("item", flat=True)]

    def unsent_count(self) -> int:
        """How many items are only here."""
        return Unsent.objects.using(self.alias).count()

    def sent(self, idents: Iterable[bytes]) -> None:
        """Another place has confirmed these."""
        for part in _chunks(list(idents)):
            Unsent.objects.using(self.alias).filter(item__in=part).delete()

    def scrub(self) -> None:
        """Take what was erased out of SQLite's log as well: at once, or as soon as nobody else reads it."""
        with self._turn():
            scrub(connections[self.alias])


def _place_of(folder: bytes, seal: bytes) -> bytes:
    """What stands for one seal of one folder in the graveyard."""
    return digest("buried", folder, seal)


def _chunks(idents: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(idents), CHUNK):
        yield idents[start : start + CHUNK]
