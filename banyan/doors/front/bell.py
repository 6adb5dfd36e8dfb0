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
fails is logged without content and never fails a post.
"""

import logging
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from smtplib import SMTPException
from typing import Literal, Protocol

import msgspec
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

log = logging.getLogger(__name__)

QUIET_SECONDS = 60
MOST_WAITING = 200
SECONDS_TO_RING = 20
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


class Belfry:
    """All bells of a hub, and the one thread that rings them."""

    def __init__(
        self, rung: Iterable[Rung], bells: Mapping[str, Bell], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rung, self.bells, self.clock = tuple(rung), bells, clock
        self._last: dict[Rung, float] = {}
        self._waiting: set[tuple[Rung, bool]] = set()
        self._queue: queue.Queue[tuple[Rung, bool]] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self, members: Iterable[str], *, danger: bool) -> None:
        """Ring these members soon. Each at most once a minute, unless somebody is in danger."""
        names = set(members)
        with self._lock:
            for rung in self.rung:
                if rung.member in names and self._is_time(rung, danger):
                    self._line_up(rung, danger)

    def _is_time(self, rung: Rung, danger: bool) -> bool:
        if (rung, danger) in self._waiting:
            return False
        return danger or self.clock() - self._last.get(rung, -QUIET_SECONDS) >= QUIET_SECONDS

    def _line_up(self, rung: Rung, danger: bool) -> None:
        try:
            self._queue.put_nowait((rung, danger))
        except queue.Full:
            log.warning("more bells wait to be rung than fit: one was left out")
            return
        self._waiting.add((rung, danger))
        self._last[rung] = self.clock()
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="bell", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Until all that was lined up has been rung (for tests, and for a hub that stops)."""
        self._queue.join()

    def _work(self) -> None:
        while True:
            rung, danger = self._queue.get()
            with self._lock:
                self._waiting.discard((rung, danger))
            try:
                self.bells[rung.kind].ring(rung.member, rung.contact, danger)
            except (OSError, SMTPException, subprocess.SubprocessError, ValueError, LookupError):
                # Neither whom nor how: a log may be read by somebody else than the programme.
                log.warning("a bell could not be rung: look at bells.toml")
            finally:
                self._queue.task_done()


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
