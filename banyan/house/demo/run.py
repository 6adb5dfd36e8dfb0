"""Starts the demo's hub and one desk as programs of their own, says where to click, and stops both.

It is a parent and nothing else: it holds no key and serves no page.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.demo import founding
from banyan.house.demo.cast import MEMBERS

HERE = "127.0.0.1"
FIRST = "Aye"
LINK = "Open this link once: "
UP_WITHIN, END_WITHIN, LOOK_EVERY = 60.0, 12.0, 0.2
BANYAN = (sys.executable, "-c", "from banyan.house.cli import main; main()")


@dataclass
class Program:
    """One child. What it prints is kept until `shown`, then passed on line by line."""

    name: str
    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)
    shown: bool = False

    def follow(self) -> None:
        """Read what it prints, in a thread of its own, so that it never waits for somebody to read."""
        threading.Thread(target=self._read, name=self.name, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append(line.rstrip("\n"))
            if self.shown:
                click.echo(line.rstrip("\n"))

    def said(self, start: str) -> str:
        """The rest of the first line that begins so, or nothing yet."""
        return next((line[len(start) :] for line in self.lines if line.startswith(start)), "")


def run(home: Path, *, port: int, desk_port: int) -> None:
    """Start hub and desk, say where they are, and wait for Ctrl-C. Refused where one does not start."""
    hub_port = free_port(port)
    desk_at = free_port(desk_port, taken=hub_port)
    address = f"http://{HERE}:{hub_port}"
    (home / places.ADDRESS).write_text(address + "\n", encoding="ascii")
    signal.signal(signal.SIGTERM, _end)
    programs: list[Program] = []
    try:
        programs.append(start("hub", home, "--port", str(hub_port)))
        programs.append(
            start("desk", home, "--port", str(desk_at), "--hub", address, "--name", FIRST, "--no-browser")
        )
        wait_until_up(programs, (hub_port, desk_at))
        click.echo("\n".join(_where(home, address, programs[1].said(LINK))))
        for program in programs:
            program.shown = True
        _watch(programs)
    except KeyboardInterrupt:
        click.echo("\nStopping the hub and the desk ...")
    finally:
        stop(programs)


def free_port(wanted: int, *, taken: int = 0) -> int:
    """The wanted port, or where it is busy a free one near it."""
    choices = [wanted + step for step in range(0, 40, 2) if 0 < wanted + step != taken] if wanted else []
    for choice in [*choices, 0]:
        try:
            found = places.listen(HERE, choice, exactly=True)
        except Refused:
            continue
        with found:
            return int(found.getsockname()[1])
    raise Refused(f"No free port near {wanted}.")


def start(name: str, home: Path, *options: str) -> Program:
    """Start one command of Banyan for `home` as a program of its own."""
    # What this process was told of its own place is not for its children.
    own = ("BANYAN_HUB_DIR", "BANYAN_DESK_DIR", "BANYAN_VIEW_NAME", "DJANGO_SETTINGS_MODULE")
    process = subprocess.Popen(
        [*BANYAN, name, "--home", str(home), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={name: value for name, value in os.environ.items() if name not in own},
    )
    program = Program(name, process)
    program.follow()
    return program


def wait_until_up(programs: Sequence[Program], ports: Sequence[int]) -> None:
    """Until something answers at every port. Refused where a program ends before, or is too slow."""
    until = time.monotonic() + UP_WITHIN
    for port in ports:
        while not _answers(port):
            _refuse_dead(programs)
            if time.monotonic() > until:
                raise Refused(f"Nothing answers at port {port} after {UP_WITHIN:.0f} seconds.")
            time.sleep(LOOK_EVERY)


def _answers(port: int) -> bool:
    asked = http.client.HTTPConnection(HERE, port, timeout=2)
    with suppress(OSError, http.client.HTTPException):
        asked.request("GET", "/")
        return asked.getresponse().status < 500
    return False


def _watch(programs: Sequence[Program]) -> None:
    while True:
        _refuse_dead(programs)
        time.sleep(LOOK_EVERY)


def _refuse_dead(programs: Sequence[Program]) -> None:
    for program in programs:
        code = program.process.poll()
        if code is not None:
            time.sleep(LOOK_EVERY)  # its last line may still be on the way
            last = next((line for line in reversed(program.lines) if line.strip()), "it said nothing")
            raise Refused(f"The {program.name} stopped by itself (exit code {code}): {last}")


def stop(programs: Sequence[Program]) -> None:
    """Ask all to end, then see to it. A second Ctrl-C meanwhile leaves no child behind."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    for program in programs:
        if program.process.poll() is None:
            program.process.terminate()
    for program in programs:
        try:
            program.process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            program.process.kill()
            program.process.wait()
    for number, handler in before.items():
        signal.signal(number, handler)


def _end(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _where(home: Path, address: str, link: str) -> Iterator[str]:
    yield from (
        "",
        f"  Front door   {address}/",
        f"  Desk         {link}",
        "               (the link works once; Enter prints a new one)",
        "",
    )
    yield from members_block(home)
    yield from (
        "",
        f"  Come back at the door as one of five: their eight words are in {home / founding.CODES}",
        "  This is a demo. Everybody knows these phrases: never write anything true into it.",
        "  Ctrl-C stops everything.",
        "",
    )


def members_block(home: Path) -> Iterator[str]:
    """The members of the demo, their seats, and the phrases that unlock their desks."""
    told = founding.told(home)
    words = founding.phrases(told["seed"] if told else 1).members
    yield "  Unlock the desk as       with these seven words"
    for name, seats in MEMBERS.items():
        yield f"  {name:<5} {', '.join(seats):<21}{words[name]}"
