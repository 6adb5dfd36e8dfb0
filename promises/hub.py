"""A real hub for the promises: `banyan hub` as a process on a free port, to be started, killed and looked into."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

from banyan.cases.testing import Programme
from banyan.cases.visit import Door


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class HubProcess:
    """The hub of a small programme, in a folder of its own."""

    def __init__(self, programme: Programme, home: Path) -> None:
        self.programme = programme
        self.home = home
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        place = home / "hub"
        place.mkdir(parents=True)
        (place / "door.key").write_bytes(programme.door.keys.secret)
        (place / "door.key").chmod(0o600)
        self.store = programme.store_at("hub-process", place / "store.sqlite3")
        self.store.add(programme.founded.items)
        self.log = (home / "hub.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def door(self) -> Door:
        """The door as this process of tests sees it, on the same store."""
        return Door(keys=self.programme.door.keys, store=self.store)

    def start(self) -> None:
        """Start it and wait until it answers."""
        banyan = Path(sys.executable).with_name("banyan")
        command = [banyan, "hub", "--home", str(self.home), "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=clean_environment())
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if requests.get(f"{self.address}/en/", timeout=5).ok:
                    return
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(0.02)
        raise AssertionError(f"the hub did not start: {(self.home / 'hub.log').read_text()}")

    def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        """Kill it and let go."""
        self.kill()
        self.log.close()


def clean_environment() -> dict[str, str]:
    """This environment without what the tests set for themselves."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("DJANGO_", "BANYAN_", "DATABASE_"))
    }
