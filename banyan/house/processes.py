"""For tests: a founded programme on disk, and hub and desks as real processes that a test starts and ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

FOUND = """
import json, sys
from pathlib import Path
from banyan.house.cli.founding import Plan, found
from banyan.sealing.phrases import Cost
plan = Plan("Harbour", ["one", "two", "three", "four", "five"], json.loads(sys.argv[2]))
made = found(Path(sys.argv[1]), plan, cost=Cost(memory_kib=32, passes=1))
print(json.dumps({"members": dict(made.members), "trustees": dict(made.trustees)}))
"""
FIRST = {"Aye": ["intake"], "Ba": ["intake"], "Chit": ["office"], "Dway": ["office", "figures"]}
WHOLE = {
    **FIRST, "Ei": ["screening"], "Gyi": ["screening"], "Hla": ["deciding"], "Kyi": ["planning"], "Lin": ["guide"],
    "Mon": ["shelter"], "Nwe": ["shelter"], "Oo": ["entering"], "Phyu": ["approving"], "San": ["paying"],
    "Thi": ["figures"], "Yu": ["oversight"], "Zin": ["testimony"],
}  # fmt: skip
BANYAN = [sys.executable, "-c", "from banyan.house.cli import main; main()"]
PATIENCE = 15.0


def environment(**more: str) -> dict[str, str]:
    """A process's environment without what the tests' own Django was told."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BANYAN_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **more}


def python(program: str, *args: str) -> str:
    """What a small program in a process of its own printed."""
    done = subprocess.run(
        [sys.executable, "-c", program, *args], env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    return done.stdout


def banyan(*args: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`banyan` with these arguments, to its end."""
    return subprocess.run(
        [*BANYAN, *args], env=environment(**more), capture_output=True, text=True, check=False, timeout=60
    )


def until(what: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something is so; fails when it never is."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise AssertionError("it never came to that")
        time.sleep(0.03)


class Home:
    """A programme on disk, with everybody's phrases."""

    def __init__(self, path: Path, told: dict[str, dict[str, str]]) -> None:
        self.path = path
        self.members = told["members"]
        self.trustees = told["trustees"]


class Process:
    """A started `banyan hub` or `banyan desk`."""

    def __init__(self, *args: str, **more: str) -> None:
        self.popen = subprocess.Popen(
            [*BANYAN, *args],
            env=environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        found = None
        lines = []
        for line in self.popen.stdout or ():
            lines.append(line)
            found = re.search(r"http://[^\s]+", line)
            if found:
                break
        if not found:
            raise AssertionError("".join(lines) + (self.popen.stderr.read() if self.popen.stderr else ""))
        self.link = found[0]
        self.said = "".join(lines)

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return re.sub(r"(http://)[^/:]+(:\d+).*", r"\g<1>127.0.0.1\2", self.link)

    def children(self) -> list[int]:
        """The ids of its child processes (Linux)."""
        listed = Path(f"/proc/{self.popen.pid}/task/{self.popen.pid}/children").read_text()
        return [int(number) for number in listed.split()]

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """End it; its exit code and what it said to its last breath."""
        if self.popen.poll() is None:
            self.popen.send_signal(number)
        out, err = self.popen.communicate(timeout=20)
        return self.popen.returncode, out + err


class Browser:
    """A browser at a desk: it keeps cookies and brings the mark that forms need."""

    def __init__(self, desk: Process) -> None:
        self.desk = desk
        self.session = requests.Session()

    @property
    def cookie(self) -> str:
        """The cookie that lets this browser in: its name and value."""
        name = f"banyan_desk_{self.desk.address.rpartition(':')[2]}"
        return f"{name}={self.session.cookies[name]}"

    def open(self) -> requests.Response:
        """Follow the one-time link."""
        return self.get(self.desk.link.partition(self.desk.link.split("/")[2])[2])

    def get(self, path: str, **more: object) -> requests.Response:
        """A page."""
        return self.session.get(self.desk.address + path, timeout=PATIENCE, **more)  # type: ignore[arg-type]

    def post(self, path: str, fields: dict[str, str], **more: object) -> requests.Response:
        """A form, with its mark."""
        marked = {**fields, "csrfmiddlewaretoken": self._mark()}
        return self.session.post(self.desk.address + path, marked, timeout=PATIENCE, **more)  # type: ignore[arg-type]

    def unlock(self, name: str, phrase: str) -> None:
        """Type a phrase and wait until the desk is open."""
        self.post("/unlock", {"member": name, "phrase": phrase})
        until(self.is_open)

    def is_open(self) -> bool:
        """Whether the first address leads to a desk's work."""
        answer = self.get("/", allow_redirects=False)
        return answer.status_code == 302 and answer.headers.get("Location", "/") != "/"

    def is_locked(self) -> bool:
        """Whether the unlock page answers."""
        return 'name="phrase"' in self.get("/", allow_redirects=False).text

    def _mark(self) -> str:
        found = self.session.cookies.get("banyan_csrf")
        return found or ""


def _founded(tmp_path_factory: pytest.TempPathFactory, members: dict[str, list[str]]) -> Home:
    path = tmp_path_factory.mktemp("founded") / "home"
    return Home(path, json.loads(python(FOUND, str(path), json.dumps(members))))


def _copied(founded: Home, place: Path) -> Home:
    path = Path(shutil.copytree(founded.path, place))
    return Home(path, {"members": dict(founded.members), "trustees": dict(founded.trustees)})


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A founded programme, to be copied."""
    return _founded(tmp_path_factory, FIRST)


@pytest.fixture(scope="session")
def founded_whole(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A founded programme with somebody on every seat, to be copied."""
    return _founded(tmp_path_factory, WHOLE)


@pytest.fixture
def home(founded: Home, tmp_path: Path) -> Home:
    """A programme of one's own: Aye and Ba of intake, Chit and Dway of the office."""
    return _copied(founded, tmp_path / "home")


@pytest.fixture
def whole_home(founded_whole: Home, tmp_path: Path) -> Home:
    """A programme of one's own with the members of `banyan.cases.testing.WHOLE`, and Zin who keeps testimony."""
    return _copied(founded_whole, tmp_path / "home")


@pytest.fixture
def started() -> Iterator[Callable[..., Process]]:
    """Starts processes, and ends them after the test."""
    running: list[Process] = []

    def start(*args: str, **more: str) -> Process:
        running.append(Process(*args, **more))
        return running[-1]

    yield start
    for one in running:
        one.end()
