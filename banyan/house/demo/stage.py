"""Where the play takes place: the hub's door and the desks of intake, each with its own store, in one process.

What one place has goes to another by adding items, which is all that a union is. The stores' transactions are
held open over a batch of people, so that a thousand small writes wait for the disk once.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.db import connections, transaction

from banyan.cases.desk import Desk
from banyan.cases.memory.base import vanish
from banyan.cases.view import View
from banyan.cases.visit import Door
from banyan.folders import union
from banyan.folders.items import Sort
from banyan.folders.peers import LocalPeer
from banyan.folders.store import Store
from banyan.house.cli import places
from banyan.house.demo.clock import Clock
from banyan.sealing.keys import Keys


class Stage:
    """The door and some desks of a programme in `home`, by the names of their members."""

    def __init__(self, home: Path, keys: Mapping[str, Keys], clock: Clock) -> None:
        self.clock = clock
        self._aliases: list[str] = []
        door_keys = Keys((places.hub_dir(home) / places.DOOR_KEY).read_bytes())
        self.door = Door(keys=door_keys, store=self._store(places.hub_dir(home), "hub"), clock=clock)
        self.desks = {own.id: self._desk(places.desk_dir(home, name), own) for name, own in keys.items()}

    def _store(self, folder: Path, name: str) -> Store:
        alias = f"demo-{name}-{id(self)}"
        connections.databases[alias] = {
            **connections.databases["default"],
            "NAME": str(folder / places.STORE),
        }
        self._aliases.append(alias)
        return Store(alias, self.clock)

    def _desk(self, folder: Path, keys: Keys) -> Desk:
        store = self._store(folder, keys.id.hex())
        alias = f"view-{store.alias}"
        connections.databases[alias] = {**connections.databases["view"], "NAME": alias}
        self._aliases.append(alias)
        view = View(keys, folder / places.VIEW, alias)
        view.open()
        return Desk(keys=keys, store=store, view=view, clock=self.clock)

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

    @contextmanager
    def one_batch(self) -> Iterator[None]:
        """All stores and views write as one: durable when it ends."""
        with ExitStack() as stack:
            for alias in self._aliases:
                stack.enter_context(transaction.atomic(using=alias))
            yield

    def settle(self) -> int:
        """Unite every desk with the hub, seal its view, and let go of all; how many items were still missing."""
        late = 0
        for desk in self.desks.values():
            peer = LocalPeer(self.door.store, desk.keys.id)
            union.push_unsent(desk.store, peer)
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
            connections[alias].close()
            if alias.startswith("view-"):
                vanish(alias)
            del connections.databases[alias]
        self._aliases.clear()
