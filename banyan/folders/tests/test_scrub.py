"""What was erased is gone from every file of the store, also where a backup reads it at that moment."""

import secrets
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from banyan.folders import scrub
from banyan.folders.grave import Grave
from banyan.folders.graveyard import bury_own
from banyan.folders.store import Store
from banyan.folders.tests.places import MakeStore, folder, junk_seal, make_store, programme
from banyan.house.settings_shared import on_disk
from banyan.sealing.keys import Keys

__all__ = ["make_store"]


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(scrub, "FIRST_PAUSE", 0.05)
    yield
    until(lambda: not scrub._behind, "a thread that tries again ends")


def until(true, what, seconds=10.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


class Erased:
    """A store with one folder of a person, which can be erased, and what stands in its files."""

    def __init__(self, store: Store) -> None:
        self.store, self.person = store, Keys.generate()
        one = programme()
        self.terms, epoch = folder(one, "ama", owner=self.person)
        self.folder = epoch.folder
        secret = junk_seal(epoch.folder)
        self.needle = secret[-200:]
        store.add([one.founding, *epoch.items, secret])

    @property
    def path(self) -> Path:
        return Path(connections[self.store.alias].settings_dict["NAME"])

    def files(self) -> list[Path]:
        return sorted(self.path.parent.glob(f"{self.path.name}*"))

    def stands(self) -> list[str]:
        return [file.name for file in self.files() if self.needle in file.read_bytes()]

    def bury(self) -> None:
        self.store.add(
            [bury_own(self.person, self.terms.digest, Grave(folder=self.folder, seals=(), names=()))]
        )

    def reader(self):
        line = sqlite3.connect(self.path)
        line.execute("BEGIN")
        line.execute("SELECT count(*) FROM folders_held").fetchone()
        return closing(line)


def test_what_is_erased_is_gone_from_the_log_at_once(make_store: MakeStore):
    one = Erased(make_store("hub"))
    one.bury()
    assert one.stands(), "the log still holds it"
    one.store.scrub()
    assert one.stands() == [] and not scrub._behind


def test_beside_a_backup_who_erases_waits_a_moment_and_the_rest_is_done_when_it_has_left(
    make_store: MakeStore,
):
    one = Erased(make_store("hub"))
    with one.reader():
        one.bury()
        began = time.monotonic()
        one.store.scrub()
        one.store.scrub()
        assert time.monotonic() - began < 2
        assert one.stands() and len([t for t in threading.enumerate() if t.name == "scrub"]) == 1
        began = time.monotonic()
        for _ in range(20):
            one.store.add([junk_seal(secrets.token_bytes(32))])
        assert time.monotonic() - began < 5, "and nobody who writes is held up"
        assert one.stands()
    until(lambda: not one.stands(), "the erased bytes stay in the log")


def test_what_is_erased_while_it_is_tried_again_is_not_forgotten(make_store: MakeStore):
    one = Erased(make_store("hub"))
    with one.reader():
        one.store.scrub()
    with one.reader():
        one.bury()
        one.store.scrub()
        time.sleep(0.2)
    until(lambda: not one.stands(), "the erased bytes stay in the log")


def test_a_log_that_a_killed_process_left_is_cut_at_the_next_start(make_store: MakeStore, tmp_path):
    one = Erased(make_store("hub"))
    one.bury()
    place = tmp_path / "after"
    place.mkdir()
    for file in one.files():
        (place / file.name).write_bytes(file.read_bytes())
    connections.databases["after"] = connections.configure_settings(
        {"default": {}, "after": on_disk(place / one.path.name)}
    )["after"]
    try:
        Store("after").scrub()
        assert not any(one.needle in file.read_bytes() for file in place.iterdir())
        assert Store("after").is_buried(one.folder)
    finally:
        connections["after"].close()
        del connections["after"], connections.databases["after"]


def test_a_store_that_is_gone_meanwhile_is_not_made_anew(make_store: MakeStore):
    one = Erased(make_store("hub"))
    with one.reader():
        one.bury()
        one.store.scrub()
        connections[one.store.alias].close()
        for file in one.files():
            file.unlink()
    until(lambda: not scrub._behind, "the thread ends")
    assert one.files() == []
