"""Pages that are answered to a post: nothing fetches them early, and no address holds what they carry.

Each is one form with hidden fields (the code, a nonce), so that every button of it leads on without a cookie, and
the buttons for other languages ask for the same page again with all that was typed.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime

from banyan.cases.asked import DoorRequest
from banyan.cases.visit import NobodyToRead, NothingHere
from banyan.doors.front import rules
from banyan.language import times
from banyan.language.numerals import to_burmese_digits
from banyan.sealing.faults import SealingFault, WrongCode

# What a post meets when it could not be kept: nothing of it was.
NOT_KEPT = (NobodyToRead, DatabaseError, SealingFault)


class OpenPage(Protocol):
    """A page that has the person's code."""

    def __call__(self, request: DoorRequest, code: bytes) -> HttpResponse:
        """The answer."""


def show_first(request: HttpRequest) -> HttpResponse:
    """The first page. Whoever comes to a page by its bare address finds this one, and learns nothing."""
    return render(request, "front/first.html")


def by_post(page: Callable[[DoorRequest], HttpResponse]) -> Callable[[DoorRequest], HttpResponse]:
    """Only a post is answered; anything else finds the first page."""

    def answer(request: DoorRequest) -> HttpResponse:
        return page(request) if request.method == "POST" else show_first(request)

    answer.__module__, answer.__qualname__ = page.__module__, page.__qualname__
    return answer


def with_code(page: OpenPage) -> Callable[[DoorRequest], HttpResponse]:
    """Only a post that carries a code is answered; anything else finds the first page, and so does who meanwhile erased
    what the code opened.
    """

    def answer(request: DoorRequest) -> HttpResponse:
        try:
            code = rules.uncarried(request.POST.get("code", "") if request.method == "POST" else "")
        except WrongCode:
            return show_first(request)
        try:
            return page(request, code)
        except NothingHere:
            return show_first(request)

    answer.__module__, answer.__qualname__ = page.__module__, getattr(page, "__qualname__", "page")
    return answer


def nonce_in(request: HttpRequest) -> bytes:
    """The nonce that the form carried, or a fresh one."""
    try:
        return rules.nonce_of(request.POST.get("nonce", ""))
    except WrongCode:
        return secrets.token_bytes(16)


def carry_on(code: bytes) -> dict[str, str]:
    """What every page inside carries: the code, a fresh nonce, and that this person has written before."""
    return {"code": rules.carried(code), "nonce": secrets.token_hex(16), "again": "1"}


def ago(request: DoorRequest, milliseconds: int) -> str:
    """How long ago, as a person says it."""
    return times.ago(_moment(milliseconds), request.door.clock())


def exact(request: DoorRequest, milliseconds: int) -> str:
    """The day and the time on the clock."""
    return times.exact(_moment(milliseconds), request.door.clock())


def day(request: DoorRequest, milliseconds: int) -> str:
    """The day alone, as it is in the programme's own zone."""
    return times.day(localtime(_moment(milliseconds)).date())


def number(count: int | str) -> str:
    """A number in the digits of the page's language."""
    return to_burmese_digits(count) if (translation.get_language() or "").startswith("my") else str(count)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def show(
    request: HttpRequest, name: str, *, here: str, carry: Mapping[str, str], status: int = 200, **context: Any
) -> HttpResponse:
    """The page `name`, whose form carries these hidden fields and leads by default `here` (a name in `urls`).

    The languages in its header are labels of buttons at the end of that form: a link would lose what it holds, and
    a button before all others would be what Enter presses.
    """
    context |= {
        "here": reverse(here),
        "carry": [(field, value) for field, value in carry.items() if value],
        "language_links": [
            (code, label, _address(here, code)) for code, label in reversed(settings.LANGUAGES)
        ],
        "posts": True,
    }
    return render(request, f"front/{name}.html", context, status=status)


def _address(name: str, language: str) -> str:
    with translation.override(language):
        return reverse(name)
