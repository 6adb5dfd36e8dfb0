"""What is being played is kept near: a store and a view that hold a batch of folders in memory.

Only a part of the play uses them, on scratch files that nobody else writes to. What is kept near goes to the file
when the batch ends, in one write by `Store.add` with all that it checks; a play that breaks before is thrown away as
a whole, so nothing is ever undone.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from banyan.cases.models import FolderRow
from banyan.cases.view import View
from banyan.cases.visit import Door, Visit
from banyan.folders.grave import Grave
from banyan.folders.items import Item, Sort, read_item
from banyan.folders.membership import Roster
from banyan.folders.shapes import check_shape
from banyan.folders.store import Added, Store
from banyan.folders.unseal import Ring
from banyan.sealing.keys import Keys


class NearStore(Store):
    """A scratch store that remembers the folders in play, and which of them something new came into."""

    def __init__(self, alias: str, clock: Callable[[], datetime]) -> None:
        super().__init__(alias, clock)
        self.changed: dict[bytes, datetime] = {}  # folders, and when something new came
        self._near: dict[bytes, dict[bytes, Item]] = {}
        self._written: set[bytes] | None = None  # folders in the file
        self._readers: dict[bytes, set[bytes]] = {}
        self._unwritten: list[Item] = []
        self._own: list[Item] = []
        self._told: list[bytes] = []
        self._held: dict[bytes, int] = {}
        self._gave: dict[bytes, int] = {}
        self._once: set[bytes] = set()
        self._public: dict[tuple[Sort, ...], list[Item]] = {}
        self._known_roster: dict[bytes | None, Roster] = {}
        self._known_graves: dict[bytes, Grave] | None = None

    # Adding

    def add(self, datas: Iterable[bytes], *, unsent: bool = False) -> Added:
        """As `Store.add`, but it raises for what would be refused: nothing in a play should be."""
        added, items = Added(), []
        for data in datas:
            item = read_item(bytes(data))
            check_shape(item)
            items.append(item)
        public = [item for item in items if not item.folder]
        if public:
            added = super().add([item.data for item in public])
            self._told += [item.data for item in public if item.id in set(added.new)]
            self._public.clear()
            self._known_roster.clear()
            self._known_graves = None
        added.new += self._add_near([item for item in items if item.folder])
        if unsent:
            new = set(added.new)
            self._own += [item for item in items if item.id in new]
        return added

    def _add_near(self, items: Iterable[Item]) -> list[bytes]:
        new = []
        for item in items:
            near = self._folder(item.folder)
            if item.id in near:
                continue
            near[item.id] = item
            self._unwritten.append(item)
            self.changed[item.folder] = self.clock()
            if item.sort is Sort.WRAP:
                self._readers.setdefault(item.recipient, set()).add(item.folder)
                if item.recipient in self._held:
                    self._held[item.recipient] += 1
            new.append(item.id)
        return new

    def write_down(self) -> None:
        """Put what is near into the file, and let go of it."""
        super().add(item.data for item in self._unwritten)
        self._in_file().update(item.folder for item in self._unwritten)
        for kept in (self._unwritten, self._near, self._readers, self._once):
            kept.clear()

    def take_own(self) -> list[bytes]:
        """What was written here since this was last asked."""
        own, self._own = self._own, []
        return [item.data for item in own]

    def take_public(self) -> list[bytes]:
        """What became public here since this was last asked."""
        told, self._told = self._told, []
        return told

    # Reading

    def _folder(self, folder: bytes) -> dict[bytes, Item]:
        if folder not in self._near:
            held = super().of_folder(folder) if folder in self._in_file() else []
            self._near[folder] = {item.id: item for item in held}
        return self._near[folder]

    def _in_file(self) -> set[bytes]:
        if self._written is None:
            self._written = {item.folder for item in super().public(Sort.SEAL)}
        return self._written

    def of_folder(self, folder: bytes) -> list[Item]:
        """All seals and wraps of one folder."""
        return list(self._folder(folder).values())

    def lacking(self, folder: bytes, other: "NearStore") -> list[bytes]:
        """What another place has of a folder and this one does not."""
        here = self._folder(folder)
        return [item.data for item in other.of_folder(folder) if item.id not in here]

    def seals_in(self, folder: bytes) -> int:
        """How many seals of a folder are here."""
        return sum(item.sort is Sort.SEAL for item in self._folder(folder).values())

    def readers_of(self, folder: bytes) -> set[bytes]:
        """The ids of all who hold a wrap of this folder."""
        return {item.recipient for item in self._folder(folder).values() if item.sort is Sort.WRAP}

    def folders_for(self, recipient: bytes) -> set[bytes]:
        """The folders of which this reader holds a wrap."""
        near = self._readers.get(recipient, set())
        if near and recipient not in self.roster().members:
            return set(near)  # a person has no folder from before this batch
        return near | super().folders_for(recipient)

    def loads(self, members: Iterable[bytes]) -> dict[bytes, int]:
        """How many wraps each of these members holds."""
        members = list(members)
        if unknown := [member for member in members if member not in self._held]:
            self._held |= super().loads(unknown)
        return {member: self._held[member] for member in members}

    def public(self, *sorts: Sort) -> list[Item]:
        """The items of these sorts that go to every member."""
        if sorts not in self._public:
            self._public[sorts] = super().public(*sorts)
        return self._public[sorts]

    def roster(self, programme: bytes | None = None) -> Roster:
        """The roster, folded once: it changes only by what is added here."""
        if programme not in self._known_roster:
            self._known_roster[programme] = super().roster(programme)
        return self._known_roster[programme]

    def graves(self) -> dict[bytes, Grave]:
        """What was erased."""
        if self._known_graves is None:
            self._known_graves = super().graves()
        return self._known_graves

    def is_buried(self, folder: bytes) -> bool:
        """Whether a folder was erased."""
        return any(grave.whole and grave.folder == folder for grave in self.graves().values())

    # Once, duty, and one at a time: one process alone stands here

    @contextmanager
    def alone(self, folder: bytes) -> Iterator[None]:
        """Nobody else writes here."""
        yield

    def once(self, mark: bytes) -> bool:
        """Whether this mark is new in this batch."""
        new = mark not in self._once
        self._once.add(mark)
        return new

    def give(self, members: Iterable[bytes]) -> None:
        """Count a new conversation for each of these members."""
        for member in members:
            self._gave[member] = self._gave.get(member, 0) + 1

    def given(self, members: Iterable[bytes]) -> dict[bytes, int]:
        """How many conversations were given to each of these members in this part of the play."""
        return {member: self._gave.get(member, 0) for member in members}


class NearDoor(Door):
    """A door that remembers what the people of a batch have opened, as if each left the page open."""

    def __init__(self, *, keys: Keys, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(keys=keys, store=store, clock=clock)
        self._visits: dict[bytes, Visit] = {}

    def visit(self, code: bytes) -> Visit:
        """The visit of whoever has this code; it looks anew at what has come since."""
        before = self._visits.get(code)
        visit = Visit(self, before.keys) if before else super().visit(code)
        if before:
            visit._ring, visit._letters = before._ring, before._letters
        self._visits[code] = visit
        return visit

    def forget(self) -> None:
        """The batch is over, and everybody has left."""
        self._visits.clear()


class NearView(View):
    """A view that remembers the rings of the folders in play."""

    def __init__(self, keys: Keys, path: Path, store: Store, alias: str) -> None:
        super().__init__(keys, path, store, alias)
        self._near: dict[bytes, Ring] = {}
        self._known: dict[bytes, set[bytes]] = {}
        self._shown: set[bytes] | None = None  # folders that something is kept of

    def ring(self, folder: bytes) -> Ring:
        """What was opened of a folder, as a ring to go on with."""
        if folder not in self._near:
            if self._shown is None:
                self._shown = self._all()
            self._near[folder] = super().ring(folder) if folder in self._shown else Ring(folder)
        return self._near[folder]

    def _all(self) -> set[bytes]:
        rows = FolderRow.objects.using(self.alias)
        return set(map(bytes, rows.values_list("folder", flat=True)))

    def keep(self, ring: Ring, known: set[bytes]) -> None:
        """Keep what a ring opened beyond the seals that were `known`: from the end of the batch on."""
        if self._shown is not None:
            self._shown.add(ring.folder)
        self._near[ring.folder] = ring
        self._known[ring.folder] = self._known.get(ring.folder, known) & known

    def trim(self, folder: bytes, there: set[bytes]) -> None:
        """Nothing leaves a scratch store."""

    def write_down(self) -> None:
        """Put what is near into the view, and let go of it."""
        for folder, known in self._known.items():
            super().keep(self._near[folder], known)
        self._known.clear()
        self._near.clear()
        self._rings.clear()
