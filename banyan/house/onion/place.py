"""HOME/hub/tor: what tor and the hub keep there, for this user alone.

    torrc, defaults          the configuration, written anew at each start, and no other
    data/                    tor's own: guards and what it knows of the network
    door/, staff/            the keys of the two addresses, and `hostname`; staff/authorized_clients/ says who may come
    *.socket                 where tor finds the hub's door and sync, and where the hub speaks with tor

Whoever has `door/` and `staff/` can stand at these addresses: keep a copy as safe as the door's key.
"""

from __future__ import annotations

import os
import re
import socket
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from banyan.house.cli import places
from banyan.house.cli.refused import Refused

LONGEST_SOCKET = 107  # bytes of a path that the system takes for a socket
ADDRESS = re.compile(r"[a-z2-7]{56}\.onion")


@dataclass(frozen=True)
class OnionPlace:
    """The folder of tor beside a hub."""

    folder: Path

    @staticmethod
    def of(home: Path) -> OnionPlace:
        """That of the hub in this home. Refused where tor could not be told its path."""
        folder = (places.hub_dir(home) / "tor").absolute()
        if not str(folder).isprintable() or set('"\\') & set(str(folder)):
            raise Refused(f"Tor cannot be told a folder with such signs in its name: {folder}.")
        if len(os.fsencode(folder / "control.socket")) > LONGEST_SOCKET:
            raise Refused(f"{folder} is too long a name for the sockets in it. Choose a shorter --home.")
        return OnionPlace(folder)

    @cached_property
    def torrc(self) -> Path:
        """The configuration."""
        return self.folder / "torrc"

    @cached_property
    def defaults(self) -> Path:
        """An empty file, so that nothing of the system's own tor is taken over."""
        return self.folder / "defaults"

    @cached_property
    def control(self) -> Path:
        """Where the hub speaks with tor."""
        return self.folder / "control.socket"

    @cached_property
    def cookie(self) -> Path:
        """What tor wants to see there first."""
        return self.folder / "control.cookie"

    def service(self, name: str) -> Path:
        """The folder of one address: `door` or `staff`."""
        return self.folder / name

    def socket_of(self, name: str) -> Path:
        """Where tor finds the hub for one address."""
        return self.folder / f"{name}.socket"

    def make(self) -> None:
        """All folders, for this user alone."""
        for folder in (self.folder, self.folder / "data", self.service("door"), self.service("staff")):
            places.made(folder).chmod(0o700)
        self.defaults.write_bytes(b"")

    def address(self, name: str) -> str:
        """The onion address of a service, or nothing where tor has not made it yet."""
        path = self.service(name) / "hostname"
        kept = path.read_text(encoding="ascii", errors="replace").strip() if path.is_file() else ""
        return kept if ADDRESS.fullmatch(kept) else ""

    def listen(self, name: str) -> socket.socket:
        """A socket that listens for one address. Refused where a hub listens already."""
        path = self.socket_of(name)
        taken = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if _answers(path):
                raise Refused("The hub of this folder runs already.")
            path.unlink(missing_ok=True)
            taken.bind(str(path))
            path.chmod(0o600)
            taken.listen(256)
        except OSError as fault:
            taken.close()
            raise Refused(f"Nothing can listen at {path}: {fault.strerror}.") from None
        return taken


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True
