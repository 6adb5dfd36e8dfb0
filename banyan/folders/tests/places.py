"""Places for tests: stores in files of their own, a founded programme, and folders to fill them with."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from django.apps import apps
from django.db import connections

from banyan.folders import roster as chain
from banyan.folders.compose import found_folder, next_entry
from banyan.folders.epoch import NewEpoch, Terms
from banyan.folders.history import tell
from banyan.folders.items import read_item
from banyan.folders.membership import NOBODY, Roster, found
from banyan.folders.seats import Seat
from banyan.folders.store import Store
from banyan.folders.unseal import Ring, take
from banyan.house.settings_shared import on_disk
from banyan.sealing import boxes
from banyan.sealing.format import write
from banyan.sealing.keys import Keys
from banyan.sealing.padding import CLASSES

NOW = 1_790_000_000  # seconds
MakeStore = Callable[[str], Store]
What = Literal["remove", "freeze", "thaw"]


@pytest.fixture
def make_store(tmp_path: Path, django_db_blocker) -> Iterator[MakeStore]:
    """Stores in SQLite files with the settings of a real place, each under an alias of its own."""
    made = []

    def make(name: str) -> Store:
        alias = f"{name}-{secrets.token_hex(4)}"
        add_database(alias, tmp_path / f"{alias}.sqlite3")
        made.append(alias)
        return Store(alias)

    with django_db_blocker.unblock():
        yield make
        for alias in made:
            connections[alias].close()
            del connections[alias]
            del connections.databases[alias]


def add_database(alias: str, path: Path) -> None:
    """A new database with the tables of a store."""
    connections.databases[alias] = connections.configure_settings({"default": {}, alias: on_disk(path)})[
        alias
    ]
    with connections[alias].schema_editor() as editor:
        for model in apps.get_app_config("folders").get_models():
            editor.create_model(model)


@dataclass
class Programme:
    """A founded programme: everybody's keys by name, and the founding."""

    keys: dict[str, Keys]
    door: Keys
    founding: bytes
    roster: Roster

    @property
    def id(self) -> bytes:
        """The programme's id."""
        return self.roster.programme

    def link(self, act: chain.Act, *signers: str, on: Roster | None = None, time: int = NOW) -> bytes:
        """A link at the head of a roster, placed by the first of its signers."""
        head, data = on or self.roster, write(act)
        assents = tuple(chain.assent(self.keys[name], self.id, data) for name in signers)
        return chain.place(
            self.keys[signers[0]],
            index=head.index + 1,
            previous=tuple(sorted(head.head)),
            time=time,
            act=data,
            assents=assents,
        )

    def change(self, what: What, name: str, *signers: str, on: Roster | None = None) -> bytes:
        """A link that removes, freezes or thaws a member."""
        act = chain.Change(
            what=what, member=self.keys[name].id, seats=(), made=NOW, nonce=secrets.token_bytes(16)
        )
        return self.link(act, *signers, on=on)


SEATS = {"ama": (Seat.INTAKE,), "bo": (Seat.INTAKE,), "cho": (Seat.OFFICE,), "dali": (Seat.OFFICE,)}


def programme() -> Programme:
    """Ama and Bo of intake, Cho and Dali of the office."""
    keys = {name: Keys.generate() for name in SEATS}
    door = Keys.generate()
    act = chain.Founding(
        name="Test",
        demo=True,
        members=tuple((chain.make_card(keys[name], name), seats) for name, seats in SEATS.items()),
        door=door.public,
        trustees=("t1", "t2", "t3", "t4", "t5"),
        quorum=bytes(32),
        nonce=secrets.token_bytes(32),
    )
    data = write(act)
    assents = tuple(chain.assent(one, NOBODY, data) for one in keys.values())
    founding = chain.place(keys["cho"], index=0, previous=(), time=NOW, act=data, assents=assents)
    return Programme(keys, door, founding, found(read_item(founding)))


class AnythingGoes:
    """Rules under which every folder is lawful."""

    def may_found(self, *_args: object, **_named: object) -> bool:
        """Yes."""
        return True

    may_hold = may_write = may_drop = may_found


def folder(one: Programme, *readers: str, owner: Keys | None = None) -> tuple[Terms, NewEpoch]:
    """A folder founded by its first reader."""
    author = one.keys[readers[0]]
    public = [one.keys[name].public for name in readers]
    owned = owner.public if owner else None
    return found_folder(
        author,
        roster=one.roster,
        kind="conversation",
        readers=public,
        owner=owned,
        quorum=None,
        time=NOW * 1000,
    )


def entry(one: Programme, store: Store, name: str, folder_id: bytes, text: str = "words") -> bytes:
    """The next entry of a member in a folder that the store holds, as bytes that are not added yet."""
    ring = take(Ring(folder_id), store.of_folder(folder_id), one.keys[name], one.roster)
    history = tell(ring, one.roster, AnythingGoes())
    assert history is not None
    data, _ = next_entry(
        one.keys[name], history, roster=one.roster, kind="note", document=text.encode(), time=NOW * 1000
    )
    return data


def junk_seal(folder_id: bytes, epoch: bytes = bytes(16), size_class: int = 0) -> bytes:
    """Bytes with the shape of a seal, made fast: a place without keys cannot tell them apart."""
    head = boxes.Header(boxes.ENTRY, size_class, folder_id, epoch, secrets.token_bytes(32), bytes(32)).write()
    return head + secrets.token_bytes(CLASSES[size_class] - len(head))


def junk_wrap(folder_id: bytes, reader: bytes, epoch: bytes = bytes(16)) -> bytes:
    """Bytes with the shape of a wrap."""
    return boxes.WRAP_MARK + folder_id + epoch + reader + secrets.token_bytes(boxes.WRAPPED)
