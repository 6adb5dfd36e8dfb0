"""The bell says that somebody wrote, and nothing else; what fails in it fails nobody's message."""

import smtplib
import subprocess
import sys
import threading
import time
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


class Tower:
    """A belfry with the bell of Aye, by a clock that is moved by hand."""

    def __init__(self, heard: Heard) -> None:
        self.heard, self.clock = heard, Seconds()
        self.belfry = Belfry([AYE], {"command": heard}, clock=self.clock)

    def after(self, seconds: float, *said: bool) -> list[str]:
        """What is rung within these seconds, and then when each of `said` (whether in danger) is said."""
        before = len(self.heard.rung)
        self.clock.now += seconds
        for danger in said or (None,):
            self.belfry.ring(["Aye"] if danger is not None else [], danger=bool(danger))
            self.belfry.wait()
        return ["danger" if danger else "wrote" for _, danger in self.heard.rung[before:]]


def test_once_a_minute_and_what_came_meanwhile_is_rung_at_its_end():
    tower = Tower(Heard())
    assert tower.after(0, False) == ["wrote"]
    assert tower.after(30, False, False) == []
    assert tower.after(29) == [] and tower.after(1) == ["wrote"], "the end of the minute"
    assert tower.after(1000) == [], "and nothing for nothing"


def test_danger_is_rung_at_once_and_then_once_in_25_seconds_with_the_last_heard():
    tower = Tower(Heard())
    assert tower.after(0, False) == ["wrote"]
    assert tower.after(1, True) == ["danger"], "no quiet time holds the first up"
    assert tower.after(1, True) == [] and tower.after(23) == []
    assert tower.after(1) == ["danger"], "what came within the quiet time is not lost"
    assert tower.after(5, False) == [] and tower.after(50) == []
    assert tower.after(5) == ["wrote"]


def test_who_floods_with_danger_rings_a_member_every_25_seconds_and_no_more():
    tower = Tower(Heard())
    rung = [one for _ in range(200) for one in tower.after(1, True, True, False)]
    assert rung == ["danger"] * 8
    assert tower.after(25) == ["danger"] and tower.after(1000) == []


def test_the_trailing_ring_comes_by_itself(monkeypatch):
    monkeypatch.setattr(bells, "QUIET_AFTER_DANGER", 0.3)
    heard = Heard()
    tower = Belfry([AYE], {"command": heard})
    tower.ring(["Aye"], danger=True)
    tower.wait()
    for _ in range(20):
        tower.ring(["Aye"], danger=True)
    until = time.monotonic() + 10
    while len(heard.rung) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    tower.wait()
    assert heard.rung == [("Aye", True)] * 2


def test_a_flood_never_holds_a_post_up_and_rings_everybody_once():
    heard = Heard()
    heard.go.clear()
    many = [Rung(member=f"m{n}", kind="command", run=("ring",)) for n in range(250)]
    tower = Belfry(many, {"command": heard})
    began = time.monotonic()
    for _ in range(5):
        tower.ring([one.member for one in many], danger=False)
    tower.ring(["m249"], danger=True)
    assert time.monotonic() - began < 5 and len(heard.rung) == 0, "the first is still being rung"
    heard.go.set()
    tower.wait()
    assert sorted(heard.rung) == sorted((f"m{n}", n == 249) for n in range(250))
    assert ("m249", True) in heard.rung[:2], "who is in danger comes before who only wrote"


def test_what_could_not_be_rung_is_rung_again_after_its_quiet_time_a_few_times():
    tower = Tower(Heard(OSError("no network")))
    assert tower.after(0, True) == ["danger"] and tower.after(24) == []
    assert tower.after(1) == ["danger"]
    tower.heard.fault = None
    assert tower.after(25) == ["danger"] and tower.after(1000) == []
    tower.heard.fault = OSError("for ever")
    tower.after(0, True)
    assert len([one for _ in range(100) for one in tower.after(25)]) == bells.TRIES - 1


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
