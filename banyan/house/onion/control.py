"""The few words that the hub has with its own tor, over a socket that only this user opens."""

from __future__ import annotations

import contextlib
import re
import socket
from dataclasses import dataclass
from pathlib import Path

from banyan.house.onion.place import OnionPlace

SECONDS = 20.0
PHASE = re.compile(r"PROGRESS=(\d+) .*SUMMARY=\"([^\"]*)\"")
UPLOADED = re.compile(r"650 HS_DESC UPLOADED ([a-z2-7]{56})\b")


class TorSilent(Exception):
    """Tor does not answer there, or answers no."""


@dataclass(frozen=True)
class Phase:
    """How far tor is on its way into the network: of a hundred, and in its own words."""

    done: int
    words: str


class Control:
    """One conversation with tor. Raises `TorSilent`."""

    def __init__(self, place: OnionPlace) -> None:
        self.published: set[str] = set()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(SECONDS)
        try:
            self._socket.connect(str(place.control))
        except OSError:
            self._socket.close()
            raise TorSilent("tor does not answer") from None
        self._lines = self._socket.makefile("r", encoding="ascii", errors="replace", newline="\r\n")
        try:
            self.ask(f"AUTHENTICATE {_cookie(place.cookie)}")
        except TorSilent:
            self.close()
            raise

    def own(self) -> None:
        """From now on tor ends when this conversation ends, and says when an address is known to the network."""
        self.ask("TAKEOWNERSHIP")
        self.ask("SETEVENTS HS_DESC")

    def reload(self) -> None:
        """Let tor read its configuration and the members' keys again."""
        self.ask("SIGNAL HUP")

    def renew(self, without: str) -> None:
        """Let tor forget what this other configuration lacks, and read its own again: an address that is missing there
        gets new ways to it, and everybody who was on an old one is cut off.
        """
        lines = "\r\n".join(without.splitlines())
        self.ask(f"+LOADCONF\r\n{lines}\r\n.")
        self.reload()

    def phase(self) -> Phase:
        """How far tor is."""
        found = PHASE.search(" ".join(self.ask("GETINFO status/bootstrap-phase")))
        return Phase(int(found[1]), found[2]) if found else Phase(0, "")

    def ask(self, command: str) -> list[str]:
        """The lines of the answer. What tor tells unasked is remembered on the way."""
        told = []
        try:
            self._socket.sendall(f"{command}\r\n".encode())
            while line := self._lines.readline().rstrip("\r\n"):
                if line.startswith("650"):
                    self.published.update(UPLOADED.findall(line))
                    continue
                told.append(line)
                if line[3:4] == " ":
                    break
        except OSError:
            raise TorSilent("tor does not answer") from None
        if not told or not told[-1].startswith("250 "):
            raise TorSilent("tor answers no")
        return told

    def close(self) -> None:
        """End the conversation; another thread that waits for an answer is told that there is none."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _cookie(path: Path) -> str:
    try:
        return path.read_bytes().hex()
    except OSError:
        raise TorSilent("tor has left no cookie") from None
