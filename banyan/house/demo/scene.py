"""Where one part of the play takes place: scratch copies of the hub and of the desks, of which one process plays
with some of the people.

A member's desk is opened when it is first needed. What anybody wrote is carried by turns: `carry` takes it to the
hub and notes whom it concerns, `bring` takes it to one of those desks, which opens it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connections, transaction

from banyan.cases.desk import Desk
from banyan.folders.items import PRIVATE, Sort
from banyan.folders.seats import Seat
from banyan.house.cli import places
from banyan.house.demo.cast import Cast
from banyan.house.demo.clock import Clock
from banyan.house.demo.near import NearDoor, NearStore, NearView
from banyan.house.demo.stage import Stage
from banyan.sealing.keys import Keys

PUBLIC = tuple(sort for sort in Sort if sort not in PRIVATE)
# Whoever has no other seat takes no part in what one person goes through: they sync when all is over.
LOOK_ON = frozenset({Seat.OFFICE, Seat.FIGURES, Seat.OVERSIGHT, Seat.TESTIMONY})
# A scratch file need not outlive a loss of power.
SCRATCH = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY"


class Scene(Stage):
    """The door and the desks of a scratch copy in `home`; `unlock` gives the keys of a member by name."""

    def __init__(self, home: Path, unlock: Callable[[str], Keys], clock: Clock) -> None:
        self._unlock = unlock
        self._stores: list[NearStore] = []
        self._views: list[NearView] = []
        self._waiting: dict[bytes, dict[bytes, datetime]] = {}
        self._batch: ExitStack | None = None
        self.houses: dict[
            bytes, bytes
        ] = {}  # the newest house that each member of shelter founded in this part
        super().__init__(home, {}, clock)
        self.cast = Cast(self.door.roster, self.desk)

    def _door(self) -> NearDoor:
        folder = places.hub_dir(self.home)
        keys = Keys((folder / places.DOOR_KEY).read_bytes())
        return NearDoor(keys=keys, store=self._near_store(folder, "hub"), clock=self.clock)

    def seat(self, name: str, keys: Keys) -> Desk:
        """Open the desk of a member, who knows at once what is public."""
        folder, ident = places.desk_dir(self.home, name), keys.id.hex()
        store = self._near_store(folder, ident)
        view = NearView(keys, folder / places.VIEW, store, self._memory(ident))
        store.add(item.data for item in self._stores[0].public(*PUBLIC))
        desk = self._sits(Desk(keys=keys, store=store, view=view, clock=self.clock))
        self._views.append(view)
        if self._batch is not None:
            self._batch.enter_context(transaction.atomic(using=view.alias))
        return desk

    def _near_store(self, folder: Path, name: str) -> NearStore:
        options = {**connections.databases["default"]["OPTIONS"], "init_command": SCRATCH}
        self._stores.append(NearStore(self._file(folder, name, OPTIONS=options), self.clock))
        return self._stores[-1]

    # Who is here

    def desk(self, member: bytes) -> Desk:
        """The desk of a member, opened when it is first needed."""
        if member not in self.desks:
            name = self.door.roster.members[member].name
            self.seat(name, self._unlock(name))
        return self.desks[member]

    # What goes from place to place

    def carry(self) -> None:
        """What the desks wrote reaches the hub; what is public there reaches them all, and what is not will be
        brought to those who hold it.
        """
        hub, desks = self._stores[0], self._stores[1:]
        for store in desks:
            hub.add(store.take_own())
        if public := hub.take_public():
            for store in desks:
                store.add(public)
        members = self.door.roster.members
        for folder, when in hub.changed.items():
            for ident in hub.readers_of(folder) & members.keys():
                if not members[ident].seats <= LOOK_ON:
                    self._waiting.setdefault(ident, {})[folder] = when
        hub.changed.clear()

    def bring(self, desk: Desk, folders: Iterable[bytes]) -> None:
        """What waits for a desk in some folders is opened there, as late as the newest of it."""
        waiting, now = self._waiting.get(desk.keys.id, {}), self.clock.now
        store = desk.store
        assert isinstance(store, NearStore)  # noqa: S101 - a scene seats no other
        for folder in folders:
            if folder not in waiting:
                continue
            self.clock.set(waiting.pop(folder))
            if lacking := store.lacking(folder, self._stores[0]):
                store.add(lacking)
                desk.take_in_folder(folder)
        self.clock.set(now)

    def bring_all(self) -> None:
        """Everybody is brought everything, until nothing waits for anybody."""
        self.carry()
        while any(self._waiting.values()):
            for member in sorted(self._waiting):
                self.bring(self.desk(member), list(self._waiting[member]))
                self.carry()

    @contextmanager
    def one_batch(self) -> Iterator[None]:
        """What is played in it is written down when it ends."""
        with ExitStack() as stack:
            self._batch = stack
            for view in self._views:
                stack.enter_context(transaction.atomic(using=view.alias))
            yield
            self.bring_all()
            for view in self._views:
                view.write_down()
        self._batch = None
        for store in self._stores:
            store.write_down()
        if isinstance(self.door, NearDoor):
            self.door.forget()

    def given(self) -> Mapping[bytes, int]:
        """How many conversations the door gave to each member."""
        return self.door.store.given(self.door.roster.members)

    def save(self) -> None:
        """Seal the views of the desks that were needed."""
        for view in self._views:
            view.save()
