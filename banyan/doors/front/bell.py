"""The bell: tells intake on duty that somebody wrote, for their desks are often locked. It says nothing else.

HOME/hub/bells.toml names who is rung and how; without the file nobody is:

    [mail]                                   # only for bells of kind "mail"
    host = "localhost"
    sender = "bell@example.org"

    [[bell]]
    member = "Aye"
    kind = "mail"
    to = "aye@example.org"

    [[bell]]
    member = "Ba"
    kind = "command"                         # run without a shell; {words} and {danger} (yes or no) are filled in
    run = ["notify-send", "{words}"]

A notice never names a person, a case or a place. It is rung after the commit, in a thread of its own: a bell that
fails is logged without content and never fails a post. Anybody can say that they are in danger, as often as they
like: the first is rung at once, and what comes within its quiet time is rung once, at the end of it.
"""

import logging
import math
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from smtplib import SMTPException
from typing import Literal, Protocol

import msgspec
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

log = logging.getLogger(__name__)

QUIET_SECONDS = 60
QUIET_AFTER_DANGER = 25
SECONDS_TO_RING = 20
TRIES = 5
DANGER, WROTE = "Somebody is in danger now.", "Somebody wrote."
Contact = tuple[str, ...]


class BellsFault(Exception):
    """A bells.toml that cannot be read; the text says why and quotes nothing of it."""


class Bell(Protocol):
    """One way to ring. Raises `OSError`, `SMTPException` or `SubprocessError` where it could not."""

    def ring(self, member: str, contact: Contact, danger: bool) -> None:
        """Tell a member (their pseudonym), reached at a contact, that somebody wrote."""


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The mail server that the bell uses; it learns who is rung and when."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    sender: str = "bell@localhost"


class Rung(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to ring, and how."""

    member: str
    kind: Literal["mail", "command"]
    to: str = ""
    run: Contact = ()

    @property
    def contact(self) -> Contact:
        """Where this kind of bell reaches the member."""
        return self.run if self.kind == "command" else (self.to,)


class Bells(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of bells.toml."""

    bell: tuple[Rung, ...] = ()
    mail: Mail = Mail()


def read_bells(path: Path) -> Bells:
    """What bells.toml says; no bells where there is no file. Raises `BellsFault`."""
    if not path.exists():
        return Bells()
    try:
        bells = msgspec.toml.decode(path.read_bytes(), type=Bells)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise BellsFault("bells.toml cannot be read") from error
    if any(not all(one.contact) or not one.contact for one in bells.bell):
        raise BellsFault("a bell in bells.toml has no contact: mail needs `to`, command needs `run`")
    return bells


class MailBell:
    """Rings by a mail without content."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail

    def ring(self, member: str, contact: Contact, danger: bool) -> None:
        """Send one line, the same as subject and body."""
        mail, words = self.mail, DANGER if danger else WROTE
        connection = get_connection(
            "django.core.mail.backends.smtp.EmailBackend", host=mail.host, port=mail.port, username=mail.user,
            password=mail.password, use_tls=mail.tls, timeout=SECONDS_TO_RING,
        )  # fmt: skip
        EmailMessage(words, words, mail.sender, list(contact), connection=connection).send()


class CommandBell:
    """Rings by a command of the programme's own: a notifier, a modem, a lamp."""

    def ring(self, member: str, contact: Contact, danger: bool) -> None:
        """Run the command without a shell; it is told only whether somebody is in danger."""
        filled = {"{words}": DANGER if danger else WROTE, "{danger}": "yes" if danger else "no"}
        command = [_filled(part, filled) for part in contact]
        nowhere = subprocess.DEVNULL
        subprocess.run(
            command, check=True, timeout=SECONDS_TO_RING, stdin=nowhere, stdout=nowhere, stderr=nowhere
        )


def _filled(part: str, filled: Mapping[str, str]) -> str:
    for name, value in filled.items():
        part = part.replace(name, value)
    return part


@dataclass
class _Rope:
    """When one bell was rung last, and for what it is to be rung next."""

    rung: float = -math.inf
    rung_for_danger: float = -math.inf
    somebody_wrote: bool = False
    danger: bool = False
    failed: int = 0

    def due(self) -> float:
        """When it is to be rung: for danger once its short quiet time is over, and for nothing never."""
        if self.danger:
            return self.rung_for_danger + QUIET_AFTER_DANGER
        return self.rung + QUIET_SECONDS if self.somebody_wrote else math.inf

    def pull(self, now: float) -> bool:
        """It is rung now, for all that waited; whether for danger."""
        danger, self.rung = self.danger, now
        self.rung_for_danger = now if danger else self.rung_for_danger
        self.somebody_wrote = self.danger = False
        return danger

    def heard(self, rang: bool, danger: bool) -> None:
        """What was not heard is rung again after the quiet time, a few times."""
        self.failed = 0 if rang else self.failed + 1
        if not rang and self.failed < TRIES:
            self.danger, self.somebody_wrote = self.danger or danger, True


class Belfry:
    """All bells of a hub, and the one thread that rings them. What waits is two marks a bell, however much is said."""

    def __init__(
        self, rung: Iterable[Rung], bells: Mapping[str, Bell], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rung, self.bells, self.clock = tuple(rung), bells, clock
        self._ropes = {one: _Rope() for one in self.rung}
        self._changed = threading.Condition()
        self._ringing = False
        self._thread: threading.Thread | None = None

    def ring(self, members: Iterable[str], *, danger: bool) -> None:
        """Ring these members: at once where their bell was quiet, else when its quiet time is over. That is a minute,
        and where somebody is in danger 25 seconds after the last that was.
        """
        names = set(members)
        with self._changed:
            for rung, rope in self._ropes.items():
                if rung.member in names:
                    rope.danger, rope.somebody_wrote = rope.danger or danger, True
            self._changed.notify_all()
            if self._ropes and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._work, name="bell", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until all that was to be rung by now has been (for tests)."""
        with self._changed:
            self._changed.wait_for(lambda: not self._ringing and self._next()[0] > self.clock())

    def _next(self) -> tuple[float, Rung | None]:
        """Who has waited longest, and since when they could be rung."""
        due = ((rope.due(), not rope.danger, rung) for rung, rope in self._ropes.items())
        moment, _, rung = min(due, key=lambda one: one[:2], default=(math.inf, True, None))
        return moment, rung

    def _work(self) -> None:
        while True:
            with self._changed:
                moment, rung = self._next()
                now = self.clock()
                if rung is None or moment > now:
                    self._changed.wait(None if math.isinf(moment) else moment - now)
                    continue
                danger, self._ringing = self._ropes[rung].pull(now), True
            rang = self._rang(rung, danger)
            with self._changed:
                self._ringing = False
                self._ropes[rung].heard(rang, danger)
                self._changed.notify_all()

    def _rang(self, rung: Rung, danger: bool) -> bool:
        try:
            self.bells[rung.kind].ring(rung.member, rung.contact, danger)
        except (OSError, SMTPException, subprocess.SubprocessError, ValueError, LookupError):
            # Neither whom nor how: a log may be read by somebody else than the programme.
            log.warning("a bell could not be rung: look at bells.toml")
            return False
        return True


@cache
def belfry() -> Belfry:
    """This hub's bells. A file that cannot be read rings nobody and says so in the log."""
    folder = getattr(settings, "HUB_DIR", None)
    try:
        bells = read_bells(Path(folder) / "bells.toml") if folder else Bells()
    except BellsFault:
        log.warning("bells.toml cannot be read: nobody is rung")
        bells = Bells()
    return Belfry(bells.bell, {"mail": MailBell(bells.mail), "command": CommandBell()})
