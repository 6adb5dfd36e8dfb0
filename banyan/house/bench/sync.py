"""Pushing to a hub's store, pulling from it, and uniting two whole stores; without the network between."""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from banyan.house.bench import scratch
from banyan.house.bench.figures import Figure, Figures
from banyan.house.cli import places

if TYPE_CHECKING:
    from banyan.folders.membership import Roster
    from banyan.folders.store import Store
    from banyan.sealing.keys import Keys

ENTRIES_A_FOLDER = 20
UNIT = "entries/s"


def measure(quick: bool) -> Figures:
    """Rates of one desk and one hub. The keys for PostgreSQL need DATABASE_URL to name a server of it."""
    entries = 2_000 if quick else 20_000
    with scratch.programme() as (home, _):
        figures = _with_hub("sqlite", home, entries, _on_disk(home / "hub"))
        if os.environ.get("DATABASE_URL", "").startswith("postgres"):
            with _scratch_postgresql() as alias:
                figures |= _with_hub("postgresql", home, entries, alias)
        return figures


def _with_hub(name: str, home: Path, entries: int, hub_alias: str) -> Figures:
    from banyan.folders import union
    from banyan.folders.peers import LocalPeer
    from banyan.folders.store import Store
    from banyan.sealing.keys import Keys

    desk, other, whole = (_new_store(home, f"{name}-{number}") for number in range(3))
    founding = Store(_on_disk(home / "hub")).get(Store(_on_disk(home / "hub")).ids_for(None))
    hub = Store(hub_alias)
    for store in (hub, desk, other, whole):
        store.add(item.data for item in founding)
    reader = Keys.generate()
    items = list(_items(desk.roster(), reader, entries))
    for start in range(0, len(items), 500):
        desk.add(items[start : start + 500], unsent=True)
    peer = LocalPeer(hub, reader.id)
    pushed = _per_s(entries, lambda: union.push_unsent(desk, peer))
    pulled = _per_s(entries, lambda: union.pull(other, peer, reader.id))
    figures = {
        f"push_entries_per_s_{name}": Figure(pushed, UNIT),
        f"pull_entries_per_s_{name}": Figure(pulled, UNIT),
    }
    if name == "sqlite":
        united = _per_s(entries, lambda: union.pull(whole, LocalPeer(hub), None))
        figures["union_entries_per_s"] = Figure(united, UNIT)
    missing = set(desk.ids_for(None)) - set(other.ids_for(None))
    if missing:
        raise AssertionError(f"{len(missing)} items were lost on the way")
    return figures


def _per_s(entries: int, act: Callable[[], object]) -> int:
    began = time.perf_counter()
    act()
    return round(entries / (time.perf_counter() - began))


def _items(roster: "Roster", reader: "Keys", entries: int) -> Iterator[bytes]:
    """Folders with a wrap, a statement and entries, as a busy desk has them."""
    from banyan.folders import compose
    from banyan.folders.entry import Entry, seal_entry

    for _ in range(entries // ENTRIES_A_FOLDER):
        _, epoch = compose.found_folder(
            reader, roster=roster, kind="cover", readers=[reader.public], owner=None, quorum=None, time=0
        )
        yield from epoch.items
        for number in range(ENTRIES_A_FOLDER):
            entry = Entry(
                folder=epoch.folder, epoch=epoch.epoch, roster=roster.head[0], seq=number, previous=None,
                time=number, after=(), kind="note", document=secrets.token_bytes(200),
            )  # fmt: skip
            yield seal_entry(reader, epoch.seed, entry)[0]


def _new_store(home: Path, name: str) -> "Store":
    from django.core.management import call_command

    from banyan.folders.store import Store

    alias = _on_disk(places.made(home / name))
    call_command("migrate", database=alias, verbosity=0, interactive=False)
    return Store(alias)


def _on_disk(folder: Path) -> str:
    from django.db import connections

    path = str(folder / places.STORE)
    connections.databases[path] = {**connections.databases["default"], "NAME": path}
    return path


@contextmanager
def _scratch_postgresql() -> Iterator[str]:
    """A database of its own on the server that DATABASE_URL names, dropped afterwards."""
    import dj_database_url
    from django.db import connections

    alias = "bench-postgresql"
    given = dict(dj_database_url.parse(os.environ["DATABASE_URL"]))
    given["TEST"] = {"NAME": f"banyan_bench_{secrets.token_hex(4)}"}
    connections.databases[alias] = {**connections.databases["default"], "OPTIONS": {}, **given}
    creation = connections[alias].creation
    before = str(connections.databases[alias]["NAME"])
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield alias
    finally:
        creation.destroy_test_db(before, verbosity=0)
