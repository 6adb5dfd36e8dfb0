"""Debian's tor as a child of the hub: found, held against its configuration, started, followed and ended."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.onion import clients, torrc
from banyan.house.onion.control import Control, Phase, TorSilent
from banyan.house.onion.place import OnionPlace

START_SECONDS, END_SECONDS, EVERY = 30.0, 10.0, 0.3
MODULE = re.compile(r"^(\w+): yes$", re.MULTILINE)


def find(program: str = "") -> str:
    """Where tor is. Refused where it is not there."""
    found = shutil.which(program or "tor")
    if found is None and program:
        raise Refused(f"There is no program {program}.")
    if found is None:
        raise Refused(
            "Tor is not installed here. On Debian: `apt install tor`. Or say where it is with --tor PATH."
        )
    return found


class Tor:
    """The tor of one hub."""

    def __init__(self, place: OnionPlace, program: str, extra: Collection[str] = ()) -> None:
        self.place, self.program, self.extra = place, program, tuple(extra)
        self.modules = frozenset(MODULE.findall(self._run("--list-modules").stdout))
        self.ending = False
        self._said: deque[str] = deque(maxlen=20)
        self._process: subprocess.Popen[str] | None = None
        self._control: Control | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start it, off the network, and end it afterwards however that came. Then its addresses are known."""
        clients.close(self.place)
        self._write(online=False)
        checked = self._run(*self._files(), "--verify-config")
        if checked.returncode:
            self._refuse(checked.stdout.splitlines(), "Tor does not take its configuration")
        try:
            self._start()
            yield
        finally:
            self._end()

    def go_online(self) -> None:
        """Let it into the network: from now on the addresses can be found."""
        self._write(online=True)
        self._speaking(Control.reload)

    def wait(self, tell: Callable[[Phase], None]) -> None:
        """Wait until it is in the network, telling each step. Refused where it ends."""
        last = None
        while last is None or last.done < 100:
            phase = self._speaking(Control.phase)
            if phase != last:
                tell(phase)
            last = phase
            time.sleep(EVERY)

    def follow(self, published: Callable[[], None], ended: Callable[[], None]) -> None:
        """In a thread of its own: say once when both addresses are known to the network, and when tor has ended."""
        threading.Thread(target=self._follow, args=(published, ended), name="tor", daemon=True).start()

    def gone(self) -> Refused:
        """What to say when it has ended by itself."""
        last = _complaints(self._said, "[err]")
        why = f" It said: {last[-1]}" if last else ""
        return Refused(f"Tor has ended, so the hub has stopped: nothing is answered without it.{why}")

    def _follow(self, published: Callable[[], None], ended: Callable[[], None]) -> None:
        wanted = {self.place.address(name).removesuffix(".onion") for name in ("door", "staff")}
        try:
            while not self.ending:
                self._speaking(Control.phase)
                if wanted and self._control and wanted <= self._control.published:
                    wanted = set()
                    published()
                time.sleep(EVERY if wanted else 1.0)
        except Refused:
            if not self.ending:
                ended()

    def _write(self, *, online: bool) -> None:
        told = torrc.text(
            self.place, modules=self.modules, online=online, owner=os.getpid(), extra=self.extra
        )
        places.write_private(self.place.torrc, told.encode("utf-8"))

    def _files(self) -> list[str]:
        return ["-f", str(self.place.torrc), "--defaults-torrc", str(self.place.defaults)]

    def _run(self, *args: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                [self.program, *args], capture_output=True, text=True, check=False, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired):
            raise Refused(f"{self.program} does not run.") from None

    def _start(self) -> None:
        self.place.control.unlink(missing_ok=True)
        # a session of its own: Ctrl-C in the terminal ends the hub, and the hub ends tor
        self._process = subprocess.Popen(
            [self.program, *self._files()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(self._process,), name="tor says", daemon=True).start()
        end = time.monotonic() + START_SECONDS
        while not (self._owned() and self.place.address("door") and self.place.address("staff")):
            if self._process.poll() is not None or time.monotonic() > end:
                self._refuse(self._said, "Tor does not start")
            time.sleep(0.05)

    def _owned(self) -> bool:
        if self._control is None:
            with contextlib.suppress(TorSilent):
                self._control = Control(self.place)
                self._control.own()
        return self._control is not None

    def _speaking(self, ask: Callable[[Control], Phase | None]) -> Phase:
        try:
            if self._control is None:
                raise TorSilent("no conversation")
            return ask(self._control) or Phase(0, "")
        except TorSilent:
            raise self.gone() from None

    def _listen(self, process: subprocess.Popen[str]) -> None:
        """Read what tor says, so that its pipe never fills; only warnings are kept, and only in memory."""
        for line in process.stdout or ():
            if "[warn]" in line or "[err]" in line:
                self._said.append(line)

    def _refuse(self, lines: Iterable[str], words: str) -> None:
        warned = _complaints(lines, "[warn]", "[err]")
        raise Refused(f"{words}: {warned[-1] if warned else 'it does not say why'}")

    def _end(self) -> None:
        self.ending = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._control is not None:
            self._control.close()
        for name in ("door", "staff"):
            self.place.socket_of(name).unlink(missing_ok=True)


def _complaints(lines: Iterable[str], *levels: str) -> list[str]:
    """What tor complains of at these levels, without its time; nothing of the advice that it repeats."""
    found = (line.partition("] ")[2].strip() for line in lines if any(level in line for level in levels))
    return [line for line in found if line and "as root" not in line and "see warnings above" not in line]
