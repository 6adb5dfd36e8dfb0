"""Pages of the house itself: first address, errors, the desk's own files, and what every page is told."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import get_language

from banyan.folders.acts import may_sign, pending
from banyan.house.parts import assets
from banyan.house.rooms import rooms_of
from banyan.house.unlock.sitting import here
from banyan.language.frontage import said_in
from banyan.language.pack import front_of_pack

if TYPE_CHECKING:
    from banyan.cases.desk import Desk


def door_first(request: HttpRequest) -> HttpResponseBase:
    """The bare address shows the first page at once: a redirect costs seconds on a slow line."""
    match = resolve(f"/{get_language()}/")
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return response


def door_context(request: HttpRequest) -> dict[str, Any]:
    """What the pack gives every page: its name, its quick exit, its further guidance. And this page's address in each
    language: only the path, no query comes along.
    """
    front, language = front_of_pack(), get_language() or "en"
    first, _, rest = request.path_info.lstrip("/").partition("/")
    tail = rest if first in dict(settings.LANGUAGES) else ""
    links = [(code, name, f"/{code}/{tail}") for code, name in reversed(settings.LANGUAGES)]
    return {
        "quick_exit_url": settings.QUICK_EXIT_URL or front.quick_exit,
        "language_links": links,
        "door_name": said_in(front.name, language),
        "further": [
            {"address": page.address, "title": said_in(page.title, language)} for page in front.pages
        ],
    }


def desk_context(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page of a desk says: who sits here, how sync stands, when the page locks."""
    context: dict[str, Any] = {"idle_seconds": settings.IDLE_SECONDS, "here": request.path}
    desk, sitting = getattr(request, "desk", None), here()
    if desk is not None:
        me = desk.me
        rooms = [
            (room.label, room.url, request.path.startswith(room.url))
            for room in rooms_of(me.seats if me else ())
        ]
        context |= {
            "member": me.name if me else "",
            "now": desk.clock(),
            "to_sign": _to_sign(desk),
            "rooms": rooms,
        }
    if sitting is not None and sitting.open:
        context |= {"sync": sitting.sync, "member": context.get("member") or sitting.name}
    return context


def _to_sign(desk: "Desk") -> int:
    """How many acts of the roster wait for this member's signature."""
    return sum(may_sign(one, desk.me) for one in pending(desk.store, desk.roster, desk.now // 1000))


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the house that browsers may keep for ever: its address changes with its bytes."""
    found = assets.served(name)
    if found is None:
        raise Http404
    response = HttpResponse(found.body, content_type=found.content_type)
    if request.GET.get("v") == found.version:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def error(request: HttpRequest, side: str, status: int) -> HttpResponse:
    """The plain page of an error at the "door" or the "desk". Of the exception it says nothing."""
    return render(request, f"{side}/error.html", {"status": status}, status=status)


def door_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The door could not read what the browser sent."""
    return error(request, "door", 400)


def door_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The door does not take this."""
    return error(request, "door", 403)


def door_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page at the door."""
    return error(request, "door", 404)


def door_500(request: HttpRequest) -> HttpResponse:
    """Something broke at the hub."""
    return error(request, "door", 500)


def desk_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The desk could not read what the browser sent."""
    return error(request, "desk", 400)


def desk_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The desk does not take this."""
    return error(request, "desk", 403)


def desk_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or no key for it: the two look the same."""
    return error(request, "desk", 404)


def desk_500(request: HttpRequest) -> HttpResponse:
    """Something broke in this program."""
    return error(request, "desk", 500)


def desk_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without this desk's mark: from a foreign page, or open since before the last lock."""
    return error(request, "desk", 403)
