"""The line before the first words, while many people come at once: nobody is turned away, everybody waits a little.

A ticket is what somebody has waited for, signed with a key of this process: how many steps were asked of them, how
many they have made, and when the last one was. It names nobody, is kept nowhere, and serves one new contact. In peace
no step is asked. In a flood a step is a request and a second, so who wants a thousand tickets sends thousands of
requests, and waits as long as everybody for each.
"""

import base64
import binascii
import hmac
import math
import os
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from banyan.doors.front.posted import number, show_first

MOST_STEPS, MORE_STEPS = 12, 8  # by how many ask, and as many more by how many wait after the line
STEP_SECONDS = 1.0
# A browser's own clock may be a little fast.
LEAST_SECONDS = 0.9 * STEP_SECONDS
# Who presses Send again waited in one request for as many steps as seconds, up to so many.
MOST_AT_ONCE = 4
VALID_SECONDS = 3 * 3600
MOST_USES = 40
MOST_SPENT, MOST_USED = 100_000, 20_000
AVERAGED_OVER = 8.0  # seconds
MAC_BYTES, SERIAL_BYTES = 16, 8


@dataclass(frozen=True)
class Ticket:
    """What somebody has waited for. `since` is in milliseconds of this process's clock."""

    serial: bytes
    asked: int
    made: int
    since: int

    @property
    def done(self) -> bool:
        """Whether every step was made."""
        return self.made >= self.asked

    @property
    def merit(self) -> int:
        """How much more than was asked they have waited: those with more come earlier."""
        return self.made - self.asked


class Line:
    """The tickets of one hub, and how many people ask for one. Safe for many threads."""

    def __init__(self, begins_at: float = 5.0, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.begins_at, self.clock = begins_at, clock
        self.crowding = 0.0  # how full the lane of new contacts is: 0 to 1, said by whoever runs it
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._weight, self._looked = 0.0, clock()
        self._spent: OrderedDict[bytes, int] = OrderedDict()
        self._used: OrderedDict[bytes, int] = OrderedDict()
        self._valid_from = 0

    # How many people come

    def ask(self) -> int:
        """Somebody new came without a ticket: how many steps are asked of them."""
        with self._lock:
            self._fade()
            self._weight += 1
        return self.steps()

    def steps(self) -> int:
        """The steps asked of those who come now: 0 in peace, and more the more people ask or wait."""
        with self._lock:
            self._fade()
            rate = self._weight / AVERAGED_OVER
        by_rate = math.ceil(rate / self.begins_at) if rate > self.begins_at else 0
        by_crowd = math.ceil(MORE_STEPS * (2 * self.crowding - 1))
        return min(MOST_STEPS, by_rate) + max(0, by_crowd)

    def _fade(self) -> None:
        now = self.clock()
        self._weight *= math.exp((self._looked - now) / AVERAGED_OVER)
        self._looked = now

    # Tickets

    def new(self, steps: int) -> str:
        """A ticket of which so many steps are asked."""
        return self.signed(Ticket(secrets.token_bytes(SERIAL_BYTES), steps, 0, self._now()))

    def read(self, text: str) -> Ticket | None:
        """The ticket that this text is, or None where it is none, has run out or was used up."""
        try:
            data = base64.urlsafe_b64decode(text.encode("ascii", "replace"))
        except (binascii.Error, ValueError):
            return None
        body, mac = data[:-MAC_BYTES], data[-MAC_BYTES:]
        if len(body) != SERIAL_BYTES + 7 or not hmac.compare_digest(mac, self._mac(body)):
            return None
        serial, numbers = body[:SERIAL_BYTES], body[SERIAL_BYTES:]
        one = Ticket(serial, numbers[0], numbers[1], int.from_bytes(numbers[2:], "big"))
        fresh = one.since >= max(self._valid_from, self._now() - int(VALID_SECONDS * 1000))
        return one if fresh and serial not in self._spent else None

    def forward(self, one: Ticket, *, at_once: int = 1) -> str:
        """The ticket one step on, if a step's time has passed; with `at_once` as many as seconds passed, up to it."""
        made = min(at_once, int((self._now() - one.since) / 1000 / LEAST_SECONDS))
        if made <= 0:
            return self.signed(one)
        return self.signed(replace(one, made=min(255, one.made + made), since=self._now()))

    def use(self, one: Ticket) -> bool:
        """Count one page asked for with this ticket; False where that is more than one contact needs."""
        with self._lock:
            uses = self._used.pop(one.serial, 0) + 1
            self._used[one.serial] = uses
            while len(self._used) > MOST_USED:
                self._used.popitem(last=False)
        return uses <= MOST_USES

    def spend(self, text: str) -> None:
        """A contact was made with this ticket; it serves no other."""
        one = self.read(text)
        if one is None:
            return
        with self._lock:
            self._spent[one.serial] = one.since
            while len(self._spent) > MOST_SPENT:
                _, since = self._spent.popitem(last=False)
                # What is not remembered is not taken again: tickets as old as that one have run out.
                self._valid_from = max(self._valid_from, since + 1)

    def carried(self, text: str) -> str:
        """The ticket that a form brought, or a new one where it brought none that holds."""
        return text if text and self.read(text) else self.new(self.steps())

    def signed(self, one: Ticket) -> str:
        """The ticket as text."""
        body = one.serial + bytes([one.asked, one.made]) + one.since.to_bytes(5, "big")
        return base64.urlsafe_b64encode(body + self._mac(body)).decode()

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:MAC_BYTES]

    def _now(self) -> int:
        return int(self.clock() * 1000)


@cache
def line() -> Line:
    """The line of this hub. BANYAN_LINE_BEGINS says at how many new people a second it begins."""
    return Line(float(os.environ.get("BANYAN_LINE_BEGINS", "5")))


def ticket_in(request: HttpRequest) -> dict[str, str]:
    """What the forms of a first contact carry: the ticket that was brought, or a new one."""
    return {"ticket": line().carried(request.POST.get("ticket", ""))}


# Its pages. The server's front renders each once a minute with these marks, and fills them in itself: a page made anew
# for everybody in line would cost more than what the line holds back.

WAIT, TURN, HOLD = "wait-here", "turn-here", "hold-here"
SECONDS, FIELDS, ACTION, NAME, TEXT = "seconds-here", "fields-here", "action-here", "name-here", "text-here"
TEXT_BEGINS, TEXT_ENDS = "<!--text-->", "<!--/text-->"


def wait(request: HttpRequest, ticket: str) -> HttpResponse:
    """One step: a page that goes on by itself, says how long at most, and asks for nothing. At the end a button."""
    if ticket in (WAIT, TURN, HOLD):
        return _marked(request, ticket)
    one = line().read(ticket)
    if one is None:
        one = line().read(line().new(max(1, line().steps())))
    elif not one.done:
        one = line().read(line().forward(one))
    if one is None:
        return show_first(request)
    return _page(request, "turn" if one.done else "line", line().signed(one), number(seconds_left(one)))


def seconds_left(one: Ticket) -> int:
    """About how long the rest of the line takes: a step and its way over the line."""
    return math.ceil(1.5 * STEP_SECONDS * max(1, -one.merit))


def _marked(request: HttpRequest, which: str) -> HttpResponse:
    if which == HOLD:
        marks = {"here": ACTION, "seconds": SECONDS, "fields": FIELDS, "name": NAME, "text": TEXT}
        return render(request, "front/hold.html", {**marks, "language_links": []})
    return _page(request, "turn" if which == TURN else "line", which, SECONDS)


def _page(request: HttpRequest, name: str, ticket: str, seconds: str) -> HttpResponse:
    links = [(code, label, f"/{code}/line/{ticket}/") for code, label in reversed(settings.LANGUAGES)]
    on = reverse("front:line", args=[ticket])
    step = math.ceil(STEP_SECONDS)
    context = {"on": on, "step": step, "ticket": ticket, "seconds": seconds, "language_links": links}
    return render(request, f"front/{name}.html", context)
