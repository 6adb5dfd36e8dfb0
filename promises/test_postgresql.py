"""The hub on PostgreSQL keeps what SQLite keeps: once each, none doubled, nothing of the erased."""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dj_database_url
import pytest
from django.core.management import call_command
from django.db import connections

from banyan.cases.folders.conversation import Message
from banyan.cases.visit import Door
from banyan.folders.peers import LocalPeer
from banyan.folders.store import Store
from banyan.sealing import codes

SENDERS, EACH = 8, 5


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(shutil.which("initdb") or "/nowhere")
    ]
    return found[-1].parent if found[-1].exists() else None


@pytest.fixture
def postgresql(tmp_path):
    """A PostgreSQL of its own on a free loopback port, stopped at the end; as root it runs as nobody."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine")
    as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    place = Path("/tmp") / f"banyan-pg-{os.getpid()}"  # a short path: PostgreSQL's socket lies in it
    place.mkdir(mode=0o700)
    if as_user:
        shutil.chown(place, "nobody", "nogroup")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = [*as_user, "env", "HOME=/tmp"]
    subprocess.run(
        [*run, programs / "initdb", "-D", place, "-U", "banyan", "-A", "trust"],
        check=True,
        capture_output=True,
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={place}"
    start = [*run, programs / "pg_ctl", "-D", place, "-w", "-l", place / "log", "-o", options, "start"]
    subprocess.run(start, check=True, capture_output=True, cwd="/")
    try:
        yield f"postgres://banyan@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*run, programs / "pg_ctl", "-D", place, "-m", "immediate", "stop"],
            check=False,
            capture_output=True,
            cwd="/",
        )
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def door_on(postgresql: str, programme) -> Iterator[Door]:
    """The programme's door with a store on this PostgreSQL."""
    alias = "hub-on-postgresql"
    connections.databases[alias] = {
        **connections.databases["default"],
        "OPTIONS": {},
        **dj_database_url.parse(postgresql),
    }
    try:
        call_command("migrate", database=alias, verbosity=0)
        store = Store(alias, programme.clock)
        store.add(programme.founded.items)
        yield Door(keys=programme.door.keys, store=store, clock=programme.clock)
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def test_a_full_hub_drops_junk_and_nothing_else(programme, postgresql, monkeypatch):
    with door_on(postgresql, programme) as door:
        store, text = door.store, Message(text="watches " * 2000, language="en")
        visits = [door.visit(codes.new_code()) for _ in range(60)]
        for visit in visits:
            visit.post(bytes(16), text)
        junk = {visit.history.folder for visit in visits[1:]}
        LocalPeer(store, programme.desks["Aye"].keys.id).aside(sorted(junk))
        used = store.quota.used()
        monkeypatch.setenv("BANYAN_ROOM", str(used + 30_000))
        assert store.has_room(20_000, message=True) and store.quota.aside() == junk
        assert store.has_room(60_000, message=True)
        assert 0 < len(store.quota.aside()) < len(junk) and store.quota.used() < used
        assert door.store.folders_for(visits[0].keys.id)


def test_many_senders_at_once_and_erasure(programme, postgresql):
    with door_on(postgresql, programme) as door:
        store, alias, code = door.store, door.store.alias, codes.new_code()

        def send(number: int) -> None:
            for turn in range(EACH):
                for _ in range(2):  # every reply is lost once, and sent again
                    text = Message(text=f"{number} {turn}", language="en")
                    door.visit(code).post(bytes([number, turn]) * 8, text)
            connections[alias].close()

        senders = [threading.Thread(target=send, args=(number,)) for number in range(SENDERS)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        history = door.visit(code).history
        assert history is not None and history.doubled == () and history.faults == ()
        assert sorted(t.opened.entry.seq for t in history.told) == list(range(SENDERS * EACH))
        old = [item.data for item in store.of_folder(history.folder)]
        assert door.visit(code).erase()
        assert set(store.counts()) == {"link", "quorum", "burial"}
        assert store.add(old).buried == len(old)
