"""A small programme for tests: a hub and desks with stores of their own, in one process, with a clock to set.

Every test may ask for three people, of whom one must see nothing: Aye and Ba of intake, and Chit of the
office.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from banyan.cases.desk import Desk
from banyan.cases.founding import FirstMember, Founded, found_programme
from banyan.cases.memory.base import forget
from banyan.cases.view import View
from banyan.cases.visit import Door
from banyan.folders import acts
from banyan.folders.peers import LocalPeer
from banyan.folders.seats import Seat
from banyan.folders.store import Store
from banyan.sealing.keys import Keys

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        """Let time pass: `hours=3`, `minutes=20`."""
        self.now += timedelta(**delta)


class Programme:
    """A hub's door and the desks of its members."""

    def __init__(self, folder: Path, members: dict[str, tuple[Seat, ...]] | None = None) -> None:
        self.folder = folder
        self.clock = Clock()
        self.aliases: list[str] = []
        self.keys = {name: Keys.generate() for name in (members or FIRST)}
        self.founded: Founded = found_programme(
            name="Harbour",
            demo=True,
            members=[FirstMember(self.keys[name], name, seats) for name, seats in (members or FIRST).items()],
            door=(door_keys := Keys.generate()),
            trustees=("one", "two", "three", "four", "five"),
            time=int(self.clock().timestamp()),
        )
        self.door = Door(keys=door_keys, store=self.store("hub"), clock=self.clock)
        self.hub = self.door.store
        self.hub.add(self.founded.items)
        self.desks = {name: self.desk(keys, name) for name, keys in self.keys.items()}

    def store(self, name: str) -> Store:
        """A new store on disk."""
        return self.store_at(name, self.folder / f"{name}.sqlite3")

    def store_at(self, name: str, path: Path) -> Store:
        """A store in a file of the test's choosing."""
        if not path.exists():
            path.write_bytes(_empty())
        alias = self._database(f"{self.folder.name}-{name}", settings.DATABASES["default"], path)
        return Store(alias, self.clock)

    def desk(self, keys: Keys, name: str, *, store: Store | None = None) -> Desk:
        """A new desk that knows the founding and nothing else."""
        store = store or self.store(name)
        store.add(self.founded.items)
        alias = self._database(f"view-{self.folder.name}-{name}", settings.DATABASES["view"], None)
        view = View(keys, self.folder / f"{name}.sealed", store, alias)
        view.open()
        return Desk(keys=keys, store=store, view=view, clock=self.clock)

    def carry(self, *desks: Desk) -> None:
        """Bring what the desks have to the hub and what the hub has for them back, by plain union."""
        for desk in desks or self.desks.values():
            self.hub.add(item.data for item in desk.store.get(desk.store.unsent()))
            desk.store.sent(desk.store.unsent())
        for desk in desks or self.desks.values():
            wanted = self.hub.ids_for(desk.keys.id)
            new = set(wanted) - desk.store.known(wanted)
            if new:
                desk.store.add(item.data for item in self.hub.get(new))
                desk.take_in_all()

    def place(self, *desks: Desk) -> int:
        """Carry, let these desks (or all) place the acts that they may, and carry again; how many got their place."""
        placed, there = 0, desks or tuple(self.desks.values())
        self.carry(*there)
        for desk in there:
            for link in acts.ready_links(desk.keys, desk.store, desk.roster, desk.now // 1000):
                placed += LocalPeer(self.hub, desk.keys.id).place(link).accepted
            self.carry(*there)
        return placed

    def _database(self, alias: str, like: dict[str, object], path: Path | None) -> str:
        connections.databases[alias] = {**connections.databases["default" if path else "view"], **like}
        connections.databases[alias]["NAME"] = str(path) if path else alias
        self.aliases.append(alias)
        return alias

    def close(self) -> None:
        """Let go of all databases."""
        for alias in self.aliases:
            forget(alias)


@cache
def _empty() -> bytes:
    """A store in which nothing is, as the migrations make it; made once, for they take most of a short test's time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        connections.databases["empty"] = {**settings.DATABASES["default"], "NAME": str(path)}
        call_command("migrate", database="empty", verbosity=0)
        with connections["empty"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        forget("empty")
        return path.read_bytes()


FIRST: dict[str, tuple[Seat, ...]] = {
    "Aye": (Seat.INTAKE,),
    "Ba": (Seat.INTAKE,),
    "Chit": (Seat.OFFICE,),
    "Dway": (Seat.OFFICE, Seat.FIGURES),
}


WHOLE: dict[str, tuple[Seat, ...]] = {
    **FIRST,
    "Ei": (Seat.SCREENING,),
    "Gyi": (Seat.SCREENING,),
    "Hla": (Seat.DECIDING,),
    "Kyi": (Seat.PLANNING,),
    "Lin": (Seat.GUIDE,),
    "Mon": (Seat.SHELTER,),
    "Nwe": (Seat.SHELTER,),
    "Oo": (Seat.ENTERING,),
    "Phyu": (Seat.APPROVING,),
    "San": (Seat.PAYING,),
    "Thi": (Seat.FIGURES,),
    "Yu": (Seat.OVERSIGHT,),
}


@pytest.fixture
def whole(tmp_path: Path, django_db_blocker: object) -> Iterator[Programme]:
    """The programme with somebody on every seat, each with a desk: Ei and Gyi screen, Hla decides, Kyi plans, Lin
    guides, Mon and Nwe shelter, Oo enters, Phyu approves, San pays, Thi counts, Yu oversees.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = Programme(tmp_path, WHOLE)
        yield made
        made.close()


@pytest.fixture
def programme(tmp_path: Path, django_db_blocker: object) -> Iterator[Programme]:
    """The programme Harbour, with stores of its own: the tests' own database is not used."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = Programme(tmp_path)
        yield made
        made.close()
