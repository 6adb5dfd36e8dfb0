"""The supervisor of a desk: it owns the listening socket, holds no key and reads no HTTP.

It starts the child that serves the unlock page and becomes the desk, and a fresh one whenever a child has ended: by the
lock, or because it was killed. What it knows of the browser is one cookie and the one-time tokens, neither of which
opens anything sealed.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from banyan.house.cli.refused import Refused

MOST_FAILED_STARTS = 3
END_WITHIN = 10.0
HOST_NAME = "desk.localhost"


@dataclass
class Supervisor:
    """One desk's supervisor. `ready` is called each time that a child serves."""

    home: Path
    taken: socket.socket
    name: str = ""
    hub: str = ""
    ready: Callable[[], None] = lambda: None
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    tokens: set[str] = field(default_factory=set)
    child: subprocess.Popen[str] | None = None
    last: str = ""
    ending: bool = False

    def __post_init__(self) -> None:
        self.address: tuple[str, int] = self.taken.getsockname()[:2]

    @property
    def port(self) -> int:
        """Where the desk listens."""
        return self.address[1]

    def link(self) -> str:
        """A new address that opens the desk in one browser, once."""
        token = secrets.token_urlsafe(24)
        self.tokens.add(token)
        self._tell({"token": token})
        return f"http://{HOST_NAME}:{self.port}/start?key={token}"

    def run(self) -> None:
        """Keep a child running until `end`. Refused where none can be started."""
        failed = 0
        while not self.ending:
            self.child = self._start()
            failed = 0 if self._follow(self.child) else failed + 1
            self.child.wait()
            if failed >= MOST_FAILED_STARTS and not self.ending:
                raise Refused("The desk's own process does not start. What it said stands above.")

    def end(self) -> None:
        """Let the child save and end, and start no other. Safe to call from another thread, and twice."""
        self.ending = True
        child = self.child
        if child is None:
            return
        if child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()
        try:
            child.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _start(self) -> subprocess.Popen[str]:
        if os.name == "nt":  # no sockets by number there: the child binds the same port again
            self.taken.close()
        fd = None if os.name == "nt" else self.taken.fileno()
        child = subprocess.Popen(
            # -P: nothing is loaded from the folder that somebody stands in.
            [sys.executable, "-P", "-m", "banyan.house.unlock.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=(fd,) if fd is not None else (),
        )
        told = {
            "home": str(self.home.absolute()), "name": self.name, "last": self.last, "hub": self.hub,
            "cookie": self.cookie,
            "tokens": sorted(self.tokens), "fd": fd, "host": self.address[0], "port": self.address[1],
        }  # fmt: skip
        self._tell(told, child)
        return child

    def _follow(self, child: subprocess.Popen[str]) -> bool:
        """Listen to a child until it ends. Whether it ever served."""
        served = False
        for line in child.stdout or ():
            word, _, rest = line.strip().partition(" ")
            if word == "ready":
                served = True
                self.ready()
            elif word == "used":
                self.tokens.discard(rest)
            elif word == "sat":
                self.last = rest
        return served

    def _tell(self, what: Mapping[str, object], child: subprocess.Popen[str] | None = None) -> None:
        child = child or self.child
        if child is None or child.stdin is None:
            return
        try:
            child.stdin.write(json.dumps(what) + "\n")
            child.stdin.flush()
        except (OSError, ValueError):  # it has just ended; the next one is told everything
            return


def follow_terminal(supervisor: Supervisor, say: Callable[[str], None], lines: TextIO = sys.stdin) -> None:
    """Each time that somebody presses Enter in the terminal, say a new link."""

    def follow() -> None:
        for _line in lines:
            say(supervisor.link())

    threading.Thread(target=follow, name="terminal", daemon=True).start()
