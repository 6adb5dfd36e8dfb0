"""Where this process stands: at a hub's door or at one member's desk. The one place that a process may ask.

Whoever starts the process says so with `stand_at`; the middleware hands the place to every request, and from there on
it goes as an argument. Nothing below this room knows of it. The hub never imports what only a desk needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBase

from banyan.cases.visit import Door

if TYPE_CHECKING:
    from banyan.cases.desk import Desk

Answer = Callable[[HttpRequest], HttpResponseBase]
_here: list[Desk | Door] = []


def stand_at(place: Desk | Door | None) -> None:
    """Say where this process stands; None leaves again (for tests)."""
    _here[:] = [place] if place is not None else []


def desk_here() -> Desk | None:
    """The desk of this process, once it is unlocked."""
    return next((place for place in _here if not isinstance(place, Door)), None)


def door_here() -> Door | None:
    """The door of this process."""
    return next((place for place in _here if isinstance(place, Door)), None)


def with_place(get_response: Answer) -> Answer:
    """Middleware: `request.desk` or `request.door`, for pages that act."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.desk = desk_here()  # type: ignore[attr-defined]
        request.door = door_here()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
