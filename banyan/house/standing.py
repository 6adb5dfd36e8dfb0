"""Where this process stands: at a hub's door or at one member's desk. The one place that a process may ask.

Whoever starts the process says so with `stand_at`; the middleware hands the place to every request, and from there on
it goes as an argument. Nothing below this room knows of it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from banyan.cases.desk import Desk
from banyan.cases.place import Place
from banyan.cases.visit import Door

Answer = Callable[[HttpRequest], HttpResponse]
_here: list[Place] = []


def stand_at(place: Place | None) -> None:
    """Say where this process stands; None leaves again (for tests)."""
    _here[:] = [place] if place is not None else []


def desk_here() -> Desk | None:
    """The desk of this process, once it is unlocked."""
    return next((place for place in _here if isinstance(place, Desk)), None)


def door_here() -> Door | None:
    """The door of this process."""
    return next((place for place in _here if isinstance(place, Door)), None)


def with_place(get_response: Answer) -> Answer:
    """Middleware: `request.desk` or `request.door`, for pages that act."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.desk = desk_here()  # type: ignore[attr-defined]
        request.door = door_here()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
