"""Where the demo takes place: the hub's door and some desks, each with its own store, in one process.

What one place has goes to another by adding items, which is all that a union is.
"""

import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import connections

from banyan.cases.desk import Desk
from banyan.cases.memory.base import forget
from banyan.cases.view import View
from banyan.cases.visit import Door
from banyan.folders import union
from banyan.folders.items import Sort
from banyan.folders.peers import LocalPeer
from banyan.folders.store import Store
from banyan.house.cli import places
from banyan.house.demo.clock import Clock
from banyan.sealing.keys import Keys

_numbers = itertools.count()  # never given twice, unlike the address of an object


class Stage:
    """The door and some desks of a programme in `home`, by the ids of their members."""

    def __init__(self, home: Path, keys: Mapping[str, Keys], clock: Clock) -> None:
        self.home = home
        self.clock = clock
        self._aliases: list[str] = []
        self._number = next(_numbers)
        self.desks: dict[bytes, Desk] = {}
        self.door = self._door()
        for name, own in keys.items():
            self.seat(name, own)

    def _door(self) -> Door:
        folder = places.hub_dir(self.home)
        keys = Keys((folder / places.DOOR_KEY).read_bytes())
        return Door(keys=keys, store=Store(self._file(folder, "hub"), self.clock), clock=self.clock)

    def seat(self, name: str, keys: Keys) -> Desk:
        """Open the desk of a member."""
        folder, ident = places.desk_dir(self.home, name), keys.id.hex()
        store = Store(self._file(folder, ident), self.clock)
        view = View(keys, folder / places.VIEW, store, self._memory(ident))
        return self._sits(Desk(keys=keys, store=store, view=view, clock=self.clock))

    def _sits(self, desk: Desk) -> Desk:
        desk.view.open()
        self.desks[desk.keys.id] = desk
        return desk

    def _file(self, folder: Path, name: str, **settings: Any) -> str:
        """The alias of a store's database."""
        wanted = {**connections.databases["default"], "NAME": str(folder / places.STORE), **settings}
        return self._alias(f"demo-{name}-{self._number}", wanted)

    def _memory(self, name: str) -> str:
        """The alias of a view's database."""
        alias = f"view-demo-{name}-{self._number}"
        return self._alias(alias, {**connections.databases["view"], "NAME": alias})

    def _alias(self, alias: str, wanted: dict[str, Any]) -> str:
        connections.databases[alias] = wanted
        self._aliases.append(alias)
        return alias

    def hub_to(self, desk: Desk, folders: Iterable[bytes]) -> None:
        """What the hub has of some folders goes to a desk, which opens it."""
        for folder in folders:
            desk.store.add(item.data for item in self.door.store.of_folder(folder))
            desk.take_in_folder(folder)

    def desk_to_hub(self, desk: Desk) -> None:
        """What only a desk has goes to the hub."""
        unsent = desk.store.unsent()
        self.door.store.add(item.data for item in desk.store.get(unsent))
        desk.store.sent(unsent)

    def settle(self) -> int:
        """Unite every desk with the hub and seal its view; how many items were still missing somewhere."""
        late = 0
        for desk in self.desks.values():
            peer = LocalPeer(self.door.store, desk.keys.id)
            late += union.push_unsent(desk.store, peer).confirmed
            late += len(union.pull(desk.store, peer, desk.keys.id).new)
            desk.take_in_all()
            desk.view.save()
        return late

    def counts(self) -> dict[str, int]:
        """How many items of each sort the hub holds."""
        return self.door.store.counts()

    def entries(self) -> int:
        """How many seals the hub holds."""
        return self.counts().get(str(Sort.SEAL.value), 0)

    def wraps(self) -> int:
        """How many wraps the hub holds."""
        return self.counts().get(str(Sort.WRAP.value), 0)

    def close(self) -> None:
        """Let go of all databases."""
        for alias in self._aliases:
            forget(alias)
        self._aliases.clear()
