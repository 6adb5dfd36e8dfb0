"""The bell says that somebody wrote, and nothing else; what fails in it fails nobody's message."""

import smtplib
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from banyan.doors.front import actions
from banyan.doors.front import bell as bells
from banyan.doors.front.bell import (
    Belfry,
    Bells,
    BellsFault,
    CommandBell,
    Mail,
    MailBell,
    Rung,
    belfry,
    read_bells,
)

AYE = Rung(member="Aye", kind="command", run=("ring",))
BA = Rung(member="Ba", kind="command", run=("ring",))


class Heard:
    """A bell that writes down what it is told, and may be slow or broken."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.rung: list[tuple[str, bool]] = []
        self.go = threading.Event()
        self.go.set()
        self.fault = fault

    def ring(self, member, contact, danger):
        self.go.wait(10)
        self.rung.append((member, danger))
        if self.fault:
            raise self.fault


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_only_those_concerned_are_rung(monkeypatch):
    heard = Heard()
    tower = Belfry([AYE, BA], {"command": heard})
    tower.ring(["Ba", "Chit"], danger=False)
    tower.wait()
    assert heard.rung == [("Ba", False)]


def test_once_a_minute_but_danger_always():
    heard, clock = Heard(), Seconds()
    tower = Belfry([AYE], {"command": heard}, clock=clock)

    def ring(danger: bool, after: float) -> None:
        clock.now += after
        tower.ring(["Aye"], danger=danger)
        tower.wait()

    ring(False, 0)
    ring(False, 59)
    assert heard.rung == [("Aye", False)]
    ring(True, 0)
    ring(True, 0)
    assert heard.rung == [("Aye", False), ("Aye", True), ("Aye", True)]
    ring(False, 61)
    assert len(heard.rung) == 4


def test_a_flood_waits_in_a_bounded_line_and_never_holds_a_post_up():
    heard = Heard()
    heard.go.clear()
    many = [Rung(member=f"m{n}", kind="command", run=("ring",)) for n in range(bells.MOST_WAITING + 50)]
    tower = Belfry(many, {"command": heard})
    for _ in range(5):
        tower.ring([one.member for one in many], danger=True)
    assert tower._queue.qsize() <= bells.MOST_WAITING
    heard.go.set()
    tower.wait()
    assert bells.MOST_WAITING <= len(heard.rung) <= bells.MOST_WAITING + 2 + 50


@pytest.mark.parametrize("fault", [OSError("to aye@example.org"), smtplib.SMTPServerDisconnected("Aye")])
def test_a_broken_bell_is_logged_without_content_and_rings_on(logged, fault):
    heard = Heard(fault)
    tower = Belfry([AYE, BA], {"command": heard})
    tower.ring(["Aye", "Ba"], danger=True)
    tower.wait()
    assert heard.rung == [("Aye", True), ("Ba", True)]
    said = " ".join(logged)
    assert said.count("a bell could not be rung") == 2
    assert "Aye" not in said and "example" not in said


def test_a_broken_bell_fails_no_message(programme, person, monkeypatch):
    broken = Heard(OSError("no network"))
    tower = Belfry([AYE, BA], {"command": broken})
    monkeypatch.setattr(actions, "belfry", lambda: tower)
    _, sent = person.tell("I am here", danger="yes")
    tower.wait()
    assert sent.says("We have your message")
    assert sorted(broken.rung) == [("Aye", True), ("Ba", True)]


def test_a_command_is_told_only_whether_there_is_danger(tmp_path: Path):
    heard = tmp_path / "heard"
    script = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text('|'.join(sys.argv[2:]))"
    run = (sys.executable, "-c", script, str(heard), "{words}", "{danger}", "; touch /nowhere", "$HOME")
    CommandBell().ring("Aye", run, True)
    assert heard.read_text() == "Somebody is in danger now.|yes|; touch /nowhere|$HOME"
    CommandBell().ring("Aye", run, False)
    assert heard.read_text().startswith("Somebody wrote.|no|")


def test_a_command_that_fails_or_is_missing_says_so():
    with pytest.raises(OSError):
        CommandBell().ring("Aye", ("/no/such/command",), True)
    with pytest.raises(subprocess.CalledProcessError):
        CommandBell().ring("Aye", (sys.executable, "-c", "raise SystemExit(3)"), True)


def test_a_mail_has_no_content(monkeypatch):
    asked: dict[str, Any] = {}

    def connect(backend, **kwargs):
        asked.update(kwargs, backend=backend)
        return mail.get_connection("django.core.mail.backends.locmem.EmailBackend")

    monkeypatch.setattr(bells, "get_connection", connect)
    mail.outbox = []
    MailBell(Mail(host="mail.example", sender="bell@example.org")).ring("Aye", ("aye@example.org",), True)
    MailBell(Mail()).ring("Aye", ("aye@example.org",), False)
    assert asked["backend"].endswith("smtp.EmailBackend") and asked["timeout"]
    assert [(one.subject, one.body) for one in mail.outbox] == [
        ("Somebody is in danger now.", "Somebody is in danger now."),
        ("Somebody wrote.", "Somebody wrote."),
    ]
    assert mail.outbox[0].to == ["aye@example.org"] and mail.outbox[0].from_email == "bell@example.org"


GOOD = """
[mail]
host = "mail.example"
[[bell]]
member = "Aye"
kind = "mail"
to = "aye@example.org"
[[bell]]
member = "Ba"
kind = "command"
run = ["notify-send", "{words}"]
"""


def test_the_file_of_bells_is_read_strictly(tmp_path: Path):
    path = tmp_path / "bells.toml"
    assert read_bells(path) == Bells()
    path.write_text(GOOD)
    read = read_bells(path)
    assert [one.contact for one in read.bell] == [("aye@example.org",), ("notify-send", "{words}")]
    for wrong in (
        "[[bell",
        GOOD + 'shell = "sh"',
        GOOD.replace('"mail"', '"pigeon"'),
        GOOD.replace("to =", "at ="),
        GOOD.replace('run = ["notify-send", "{words}"]', "run = []"),
        GOOD.replace("aye@example.org", ""),
    ):
        path.write_text(wrong)
        with pytest.raises(BellsFault) as refused:
            read_bells(path)
        assert "example" not in str(refused.value)


def test_a_hub_without_a_readable_file_rings_nobody_and_stays_up(tmp_path: Path):
    (tmp_path / "bells.toml").write_text("[[bell")
    for folder in (None, tmp_path):
        belfry.cache_clear()
        with override_settings(HUB_DIR=folder):
            belfry().ring(["Aye"], danger=True)
            assert belfry().rung == ()
    (tmp_path / "bells.toml").write_text(GOOD)
    belfry.cache_clear()
    with override_settings(HUB_DIR=tmp_path):
        assert [one.member for one in belfry().rung] == ["Aye", "Ba"]
    belfry.cache_clear()
