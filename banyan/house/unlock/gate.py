"""The gate of a desk: every request passes it, after the check of the host and before any page.

Other users and other programs of the same machine reach the port too. Only the browser that was opened with the
one-time link has the cookie; without it no page says more than how to come in. While the desk is locked only the
unlock page answers, and a form that came too late is kept in memory until somebody has unlocked.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from banyan.house.unlock.sitting import HeldForm, Sitting, here

Answer = Callable[[HttpRequest], HttpResponseBase]
COOKIE = "banyan_desk"
START, UNLOCK, DRAFT = "/start", "/unlock", "/draft"
WITHOUT_COOKIE = ("/static/", "/language")
WHILE_LOCKED = ("/", UNLOCK)
LARGEST_HELD = 128 * 1024


def gate(get_response: Answer) -> Answer:
    """Middleware of a desk's own process; in others, where nobody sits, it lets everything through."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        sitting = here()
        if sitting is None or request.path_info.startswith(WITHOUT_COOKIE):
            return get_response(request)
        if sitting.locking:
            return _ended()
        if request.path_info == START:
            return _start(request, sitting)
        if not sitting.knows(request.COOKIES.get(cookie_name(request), "")):
            return render(request, "unlock/shut.html", status=403)
        return _inside(request, sitting, get_response)

    return answer


def cookie_name(request: HttpRequest) -> str:
    """Cookies ignore ports, so two desks in one browser need cookies of different names."""
    return f"{COOKIE}_{request.META['SERVER_PORT']}"


def _start(request: HttpRequest, sitting: Sitting) -> HttpResponseBase:
    """The one-time token becomes a cookie that ends with the browser."""
    if not sitting.let_in(request.GET.get("key", "")):
        known = sitting.knows(request.COOKIES.get(cookie_name(request), ""))
        return HttpResponseRedirect("/") if known else render(request, "unlock/shut.html", status=403)
    response = HttpResponseRedirect("/")
    response.set_cookie(cookie_name(request), sitting.cookie, httponly=True, samesite="Strict")
    return response


def _inside(request: HttpRequest, sitting: Sitting, get_response: Answer) -> HttpResponseBase:
    if not sitting.open:
        if request.path_info in WHILE_LOCKED:
            return get_response(request)
        return _too_early(request, sitting)
    sitting.touch()
    if request.method not in ("GET", "HEAD"):
        sitting.changed = True
    request.drafts = sitting.drafts  # type: ignore[attr-defined]
    with sitting.turns:
        return get_response(request)


def _too_early(request: HttpRequest, sitting: Sitting) -> HttpResponseBase:
    """Locked: a form is kept for whoever unlocks, a draft is not (its text is still in the page)."""
    if request.path_info == DRAFT:
        return HttpResponse(status=409)
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) <= LARGEST_HELD:
        fields = tuple((name, str(value)) for name in request.POST for value in request.POST.getlist(name))
        kept = tuple((name, value) for name, value in fields if name not in _NEVER_KEPT)
        if kept:
            sitting.hold(HeldForm(request.path_info, kept))
    return HttpResponseRedirect("/")


_NEVER_KEPT = ("csrfmiddlewaretoken", "phrase")


def _ended() -> HttpResponse:
    """This process is about to end: the browser asks again, and the fresh one answers."""
    response = HttpResponse(status=503, content_type="text/plain")
    response.headers["Refresh"] = "1"
    return response
