"""A private Tor network on loopback: three authorities, three relays, and clients. Debian's own tor, nothing else.

Every process is ended by its id, however the test went.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AUTHORITIES, RELAYS = 3, 3
PATIENCE = 90.0
SHARED = """
TestingTorNetwork 1
PathsNeededToBuildCircuits 0.67
TestingDirAuthVoteExit *
TestingDirAuthVoteHSDir *
TestingDirAuthVoteGuard *
TestingMinExitFlagThreshold 0
V3AuthNIntervalsValid 2
ShutdownWaitLength 0
"""
RELAY = """
Address 127.0.0.1
AssumeReachable 1
SocksPort 0
ContactInfo nobody
"""
AUTHORITY = """
AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
TestingV3AuthInitialVotingInterval 10
TestingV3AuthInitialVoteDelay 2
TestingV3AuthInitialDistDelay 2
V3AuthVotingInterval 10
V3AuthVoteDelay 2
V3AuthDistDelay 2
"""


def free_ports(many: int) -> list[int]:
    """Ports of loopback that nobody listens at."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(many)]
    found = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return found


class Network:
    """The network in a folder. `lines` are what every tor in it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.lines: list[str] = []
        self.person = ""  # the SOCKS address of somebody who knows nothing
        (folder / "defaults").write_text("")

    def begin(self) -> None:
        """Make the authorities' keys and start all of them."""
        names = [f"auth{number}" for number in range(AUTHORITIES)]
        ports = dict(zip(names, zip(*[iter(free_ports(2 * AUTHORITIES))] * 2, strict=True), strict=True))
        named = [self._authority_line(name, *ports[name]) for name in names]
        self.lines = [*SHARED.split("\n"), *named]
        for name, (orport, dirport) in ports.items():
            lines = [*RELAY.split("\n"), *AUTHORITY.split("\n"), f"Nickname {name}"]
            self.start(name, [*lines, f"OrPort 127.0.0.1:{orport} IPv4Only", f"DirPort 127.0.0.1:{dirport}"])
        for number, orport in enumerate(free_ports(RELAYS)):
            lines = [*RELAY.split("\n"), f"Nickname relay{number}", f"OrPort 127.0.0.1:{orport} IPv4Only"]
            self.start(f"relay{number}", lines)

    def client(self, name: str, key: str = "") -> str:
        """A person's or a member's own tor, with a client key where one is given; its SOCKS address."""
        (port,) = free_ports(1)
        keys = self.folder / name / "keys-for-onions"
        keys.mkdir(parents=True, mode=0o700)
        if key:
            (keys / "staff.auth_private").write_text(key + "\n")
        self.start(name, [f"SocksPort 127.0.0.1:{port}", f"ClientOnionAuthDir {keys}"])
        return f"socks5h://127.0.0.1:{port}"

    def start(self, name: str, lines: list[str]) -> None:
        """Start one tor."""
        place = self.folder / name
        place.mkdir(mode=0o700, exist_ok=True)
        place.chmod(0o700)
        wanted = [*self.lines, f"DataDirectory {place}", f"Log notice file {place / 'log'}", *lines]
        (place / "torrc").write_text("\n".join(wanted) + "\n")
        self.processes.append(
            subprocess.Popen(
                ["tor", "-f", place / "torrc", "--defaults-torrc", self.folder / "defaults"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def ready(self, name: str) -> None:
        """Wait until this tor is in the network."""
        log, end = self.folder / name / "log", time.monotonic() + PATIENCE
        while not (log.exists() and "Bootstrapped 100%" in log.read_text()):
            if time.monotonic() > end:
                raise AssertionError(f"{name} never came in: {log.read_text()[-2000:]}")
            time.sleep(0.2)

    def log(self, name: str) -> str:
        """The last that a tor said."""
        return "".join((self.folder / name / "log").read_text().splitlines(keepends=True)[-25:])

    def end(self) -> None:
        """End every process that was started here."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _authority_line(self, name: str, orport: int, dirport: int) -> str:
        keys = self.folder / name / "keys"
        keys.mkdir(parents=True)
        for folder in (keys, keys.parent):
            folder.chmod(0o700)
        made = [keys / f"authority_{what}" for what in ("identity_key", "signing_key", "certificate")]
        subprocess.run(
            [
                "tor-gencert", "--create-identity-key", "--passphrase-fd", "0", "-i", made[0], "-s", made[1],
                "-c", made[2], "-m", "12", "-a", f"127.0.0.1:{dirport}",
            ],
            input=b"nothing\n", check=True, capture_output=True,
        )  # fmt: skip
        identity = re.search(r"^fingerprint (\w+)$", made[2].read_text(), re.MULTILINE)
        listed = subprocess.run(
            [
                "tor", "--quiet", "--defaults-torrc", self.folder / "defaults", "-f", self.folder / "defaults",
                "--list-fingerprint", "--orport", str(orport), "--dirserver", f"x 127.0.0.1:1 {'f' * 40}",
                "--datadirectory", keys.parent, "--nickname", name,
            ],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        fingerprint = "".join(listed.stdout.split()[-10:])
        assert identity and re.fullmatch(r"[0-9A-F]{40}", fingerprint), listed.stdout
        return f"DirAuthority {name} orport={orport} no-v2 v3ident={identity[1]} 127.0.0.1:{dirport} {fingerprint}"


@contextmanager
def network(folder: Path) -> Iterator[Network]:
    """A network while it is needed."""
    made = Network(folder)
    try:
        made.begin()
        yield made
    finally:
        made.end()


def is_here() -> bool:
    """Whether Debian's tor is installed, with what makes an authority's keys."""
    return os.name == "posix" and all(map(shutil.which, ("tor", "tor-gencert")))
