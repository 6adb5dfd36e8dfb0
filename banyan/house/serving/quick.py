"""The hub's front: cheap answers before anything costs, and where everything else waits.

Pages that hold nothing of their request are kept for a minute, byte for byte as the application gave them. The line and
the page that keeps a text are filled into kept pages. A page of a person whose code opens something here goes by its
own lane, newcomers by another; which it is costs half a millisecond to find out, and is only asked where people wait.

No address, cookie or name of a browser is looked at: over Tor they say nothing, and elsewhere they must not be known.
"""

import io
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import DatabaseError, connections
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.html import escape

from banyan.cases.visit import Door
from banyan.doors.front import line as pages
from banyan.doors.front.further import page_at
from banyan.doors.front.line import Line, Ticket
from banyan.doors.front.posted import number
from banyan.doors.sync.callers import signer
from banyan.folders.wire import WINDOW
from banyan.house.serving import even
from banyan.house.serving.known import Known
from banyan.house.serving.lanes import Ready, Spot
from banyan.house.serving.reading import (
    all_fields,
    code_in,
    fields_of,
    from_elsewhere,
    is_one_of,
    is_parts,
    language_of,
    signed,
    takes_gzip,
)
from banyan.house.standing import door_here
from banyan.sealing import codes

KEPT_SECONDS = 60.0
# A door has some 30 pages, each in every language, compressed and not. No more are kept, whatever is asked for.
MOST_KEPT = 600
LONGEST_PATH = 300  # signs; a ticket of the line is the longest that any page has
# Of a lane: below it nobody waits for long, and nobody is asked whether their code opens something.
CALM = 0.4
AGAIN_SECONDS = 4
STAGES = {"write": 20, "practise": 10}
MOST_A_MINUTE = 15  # pages of one code, while many wait
CACHED_ROOMS = ("front",)
Application = Callable[..., Iterable[bytes]]

_TEXT = re.compile(rf"{pages.TEXT_BEGINS}.*?{pages.TEXT_ENDS}", re.DOTALL)
# The longest text field of each form, shown where the form is given back; the rest goes along unseen.
TEXT_FIELDS = ("message", "words")


@dataclass(frozen=True)
class Kept:
    """A page as the application gave it, and until when it is given."""

    ready: Ready
    until: float


class Quick:
    """A WSGI application, and before it the front that answers cheaply and sorts. Safe for many threads."""

    def __init__(self, application: Application, line: Line, door: Door, hosts: tuple[str, ...] = ()) -> None:
        self.application, self.line, self.door = application, line, door
        self.hosts = hosts or tuple(settings.ALLOWED_HOSTS)
        self._kept: dict[tuple[str, str, bool], Kept] = {}
        self._known = Known()
        self._full: dict[str, float] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """What was sorted and has its turn goes to the application."""
        return self.application(environ, start_response)

    # What the server asks

    def at_once(self, request: Any) -> Ready | None:
        """A kept page, if this is a plain request for one."""
        if (
            request.command != "GET"
            or request.query
            or not is_one_of(request.headers.get("HOST", ""), self.hosts)
        ):
            return None
        kept = self._kept.get((request.path, language_of(request), takes_gzip(request)))
        if kept and kept.until > time.monotonic():
            return kept.ready
        name, ticket = _page(request.path)
        return self._step(request, ticket) if name == "line" and self._warm(request) else None

    def _warm(self, request: Any) -> bool:
        """Whether the pages of the line are kept in this language, so that a step asks nobody."""
        until, language = time.monotonic() + 1, language_of(request)
        asked = (
            self._kept.get((_of_line(which, language), language, False)) for which in (pages.WAIT, pages.TURN)
        )
        return all(kept is not None and kept.until > until for kept in asked)

    def sort(self, request: Any) -> Ready | Spot:
        """A cheap answer, or where the request waits."""
        if not is_one_of(request.headers.get("HOST", ""), self.hosts) or request.command not in (
            "GET",
            "POST",
        ):
            return Spot("other")
        if request.path.startswith("/sync/"):
            return self._sort_sync(request)
        name, argument = _page(request.path)
        if not name:
            return self._page(f"/{language_of(request)}/-/", request)
        if request.command == "GET" and name == "line":
            return self._step(request, argument)
        if request.command == "GET":
            plain = name != "elsewhere" and not request.query
            return self._page(request.path, request) if plain else Spot("other")
        # The application refuses it: no page of the door carries on what another site's page began.
        return Spot("other") if from_elsewhere(request) else self._sort_post(request, name)

    def no_place(self, request: Any) -> Ready:
        """All lanes that this may wait in are full: what was sent comes back, and waiting counts."""
        if request.command != "POST" or request.path.startswith("/sync/") or from_elsewhere(request):
            return Ready(
                "503 Service Unavailable", (("Content-Type", "text/plain"),), b"Try again in a minute."
            )
        one = self.line.read(fields_of(request).get("ticket", ""))
        ticket = self.line.forward(one, at_once=pages.MOST_AT_ONCE) if one else ""
        return self._hold(request, ticket, AGAIN_SECONDS)

    def crowded(self, lane: str, share: float) -> None:
        """How full a lane is; the line grows with that of newcomers."""
        self._full[lane] = share
        if lane == "new":
            self.line.crowding = share

    # Posts

    def _sort_sync(self, request: Any) -> Spot:
        """Members have a lane; whoever only says so waits with all others, and nothing that they send is held."""
        try:
            asked = None if request.query else signer(signed(request), self.door.roster)
        except DatabaseError:
            connections.close_all()
            return Spot("staff")  # whoever it is, the application says what is wrong
        if asked is None:
            request.let_go()
            return Spot("other")
        fresh = abs(self.door.clock() - asked.created) <= WINDOW
        return Spot("staff" if fresh else "other", whose=asked.member)

    def _sort_file(self, fields: dict[str, str]) -> Spot:
        """Cleaning a file takes long: it has threads of its own, for those whose code opens something."""
        code = self._known.mark(code_in(fields))
        found = code and (code in self._known or self._opens(fields, code))
        return Spot("files" if found else "other", whose=code)

    def _sort_post(self, request: Any, name: str) -> Ready | Spot:
        fields = fields_of(request)
        if name == "file" and is_parts(request):
            return self._sort_file(fields)
        one = self.line.read(fields.get("ticket", ""))
        if name == "words" and (one is None or not one.done):
            return self._ask(request, one)
        newcomer = name == "write" and "again" not in fields
        if name != "words" and not self._calm():
            code = self._known.mark(code_in(fields))
            found = code and (code in self._known or (not newcomer and self._opens(fields, code)))
            if found and not (name == "write" and self.line.steps() and self._known.is_young(code)):
                uses = self._known.use(code)
                # Who asks for more pages than anybody reads comes after those who ask for few.
                return Spot("known" if uses <= MOST_A_MINUTE else "other", uses, code)
            if one is None and name == "write":
                return self._write_without(request)
        if one is None:
            return Spot("new" if newcomer else "other")
        if not one.done:
            return self._wait_longer(request, one)
        if name == "write" and one.asked:
            self._known.add(self._known.mark(code_in(fields)), young=True)
        return self._among_new(name, one)

    def _among_new(self, name: str, one: Ticket) -> Spot:
        """Who has written comes before who has not; a ticket that asks for more pages than anybody needs after all."""
        merit = one.merit + STAGES.get(name, 0) if self.line.use(one) else -256
        return Spot("new", -merit, one.serial)

    def _calm(self) -> bool:
        return not self.line.steps() and max(self._full.values(), default=0.0) < CALM

    def _ask(self, request: Any, one: Ticket | None) -> Ready | Spot:
        """Somebody new wants words: at once in peace, else by the line."""
        if one is None:
            steps = self.line.ask()
            if not steps:
                return Spot("new")
            one = self.line.read(self.line.new(steps))
        return self._in_line(request, one) if one else Spot("new")

    def _write_without(self, request: Any) -> Ready | Spot:
        """Somebody new sends a form that has no ticket: it comes back with one, and with all that was typed."""
        steps = self.line.ask()
        if not steps:
            return Spot("new")
        return self._hold(request, self.line.new(steps), AGAIN_SECONDS)

    def _wait_longer(self, request: Any, one: Ticket) -> Ready | Spot:
        text = self.line.forward(one, at_once=pages.MOST_AT_ONCE)
        further = self.line.read(text)
        if further and further.done:
            return self._among_new("write", further)
        return self._hold(request, text, AGAIN_SECONDS)

    def _opens(self, fields: dict[str, str], mark: bytes) -> bool:
        """Whether a code opens something here. Whoever had no ticket and is known all the same waits for this once."""
        keys = codes.keys_of(code_in(fields), self.door.roster.programme)
        try:
            found = bool(self.door.store.folders_for(keys.id))
        except DatabaseError:
            connections.close_all()
            return True  # whoever it is, the application says what is wrong
        if found:
            self._known.add(mark)
        return found

    # Answers from kept pages

    def _step(self, request: Any, text: str) -> Ready:
        one = self.line.read(text)
        if one and not one.done:
            one = self.line.read(self.line.forward(one))
        if one is None:
            one = self.line.read(self.line.new(max(1, self.line.steps())))
        if one is None:
            return self._page(f"/{language_of(request)}/", request)
        return self._in_line(request, one)

    def _in_line(self, request: Any, one: Ticket) -> Ready:
        which = pages.TURN if one.done else pages.WAIT
        said = {which: self.line.signed(one), pages.SECONDS: _said(pages.seconds_left(one), request)}
        return self._filled(request, which, said)

    def _hold(self, request: Any, ticket: str, seconds: int) -> Ready:
        # Who sent a file is given back all but the file, and chooses it again.
        sent = list(fields_of(request).items()) if is_parts(request) else all_fields(request)
        if sent is None:
            return self._too_long(request)
        if ticket:
            sent = [(name, value) for name, value in sent if name != "ticket"] + [("ticket", ticket)]
        text = next(((name, value) for name, value in sent if name in TEXT_FIELDS and value), None)
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in sent
            if (name, value) != text
        )
        said = {pages.ACTION: escape(request.path), pages.SECONDS: _said(seconds, request)}
        said |= {pages.FIELDS: hidden, pages.NAME: text[0] if text else ""}
        said |= {pages.TEXT: "\n" + escape(text[1]) if text else ""}
        made = self._filled(request, pages.HOLD, said, with_text=bool(text))
        return Ready("503 Service Unavailable", made.headers, made.body)

    def _filled(self, request: Any, which: str, said: dict[str, str], *, with_text: bool = True) -> Ready:
        language = language_of(request)
        page = self._kept_page(_of_line(which, language), language, gzip=False)
        pieces = _pieces(page.body, with_text)
        made = [(still, data if still else said[data.decode()].encode()) for still, data in pieces]
        least = even.OF_A_POST if request.command == "POST" else 0
        headers = [(name, value) for name, value in page.headers if name != "Content-Length"]
        if takes_gzip(request):
            body = even.gzipped(made, least)
            headers.append(("Content-Encoding", "gzip"))
        else:
            body = even.filled(b"".join(data for _, data in made), least)
        return Ready(page.status, (*headers, ("Content-Length", str(len(body)))), body)

    def _page(self, path: str, request: Any) -> Ready:
        return self._kept_page(path, language_of(request), gzip=takes_gzip(request))

    def _too_long(self, request: Any) -> Ready:
        path = f"/{language_of(request)}/write/"
        return self._kept_page(path, language_of(request), gzip=takes_gzip(request), long=True)

    def _kept_page(self, path: str, language: str, *, gzip: bool, long: bool = False) -> Ready:
        """The application's own page, of at most a minute ago. There are few: only paths that are pages come here."""
        key = ("long" if long else path, language, gzip)
        kept = self._kept.get(key)
        if kept is None or kept.until < time.monotonic():
            with self._lock:
                kept = Kept(self._fetch(path, language, gzip, long), time.monotonic() + KEPT_SECONDS)
                self._kept.pop(key, None)
                self._kept[key] = kept
                while len(self._kept) > MOST_KEPT:
                    del self._kept[next(iter(self._kept))]  # the oldest
        return kept.ready

    def _fetch(self, path: str, language: str, gzip: bool, long: bool) -> Ready:
        environ: dict[str, Any] = {
            "PATH_INFO": path,
            "HTTP_HOST": self.hosts[0],
            "HTTP_ACCEPT_LANGUAGE": language,
            "HTTP_ACCEPT_ENCODING": "gzip" if gzip else "",
            "REQUEST_METHOD": "POST" if long else "GET",
            "CONTENT_LENGTH": str(10**12) if long else "",
            "wsgi.input": io.BytesIO(),
        }
        setup_testing_defaults(environ)
        said: list[Any] = []
        answer = self.application(
            environ, lambda status, headers, _fault=None: said.extend((status, headers))
        )
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        return Ready(said[0], tuple(said[1]), body)


def front_of(application: Application, hosts: tuple[str, ...] = ()) -> Quick:
    """The front of the door at which this process stands, for these names (else all that the hub has)."""
    door = door_here()
    if door is None:
        raise RuntimeError("this process stands at no door")
    return Quick(application, pages.line(), door, hosts)


def _of_line(which: str, language: str) -> str:
    return f"/{language}/line/{which}/"


def _said(count: int, request: Any) -> str:
    with translation.override(language_of(request)):
        return number(count)


@lru_cache(maxsize=16)
def _pieces(page: bytes, with_text: bool) -> list[tuple[bool, bytes]]:
    """A page cut at its marks: (True, what is the same for all) and (False, the name of a mark)."""
    text = page.decode().rstrip()
    text = (
        text.replace(pages.TEXT_BEGINS, "").replace(pages.TEXT_ENDS, "") if with_text else _TEXT.sub("", text)
    )
    marks = (pages.WAIT, pages.TURN, pages.SECONDS, pages.FIELDS, pages.ACTION, pages.NAME, pages.TEXT)
    cut = re.split(f"({'|'.join(marks)})", text)
    return [(nth % 2 == 0, piece.encode()) for nth, piece in enumerate(cut)]


def _page(path: str) -> tuple[str, str]:
    return _resolved(path) if len(path) <= LONGEST_PATH else ("", "")


@lru_cache(maxsize=512)
def _resolved(path: str) -> tuple[str, str]:
    """The name of the page at a path and its argument; "elsewhere" for pages of other rooms, "" for none."""
    first = path.lstrip("/").partition("/")[0]
    try:
        # Pages are found in the language of their address; this thread has none of its own.
        with translation.override(first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            match = resolve(path)
    except Resolver404:
        return "", ""
    if match.app_name and match.app_name not in CACHED_ROOMS:
        return "elsewhere", ""
    if "address" in match.kwargs and page_at(match.kwargs["address"]) is None:
        return "", ""
    return match.url_name or "first", str(match.kwargs.get("ticket", ""))
