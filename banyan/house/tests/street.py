"""Addresses of a small street for the tests: one page of each kind, at the door and at a desk."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from banyan.house import pages

NOW = datetime(2027, 3, 9, 14, 5, tzinfo=UTC)
CANARY = "Ko-Canary-of-Hpa-An"


class Letter(forms.Form):
    """A form with every kind of control, one of them wrong when it is sent empty."""

    words = forms.CharField(
        label=lazy("Your words"), widget=forms.Textarea, help_text=lazy("As much or as little as you like.")
    )
    with_whom = forms.ChoiceField(
        label=lazy("Who is with you?"),
        widget=forms.RadioSelect,
        choices=[("alone", lazy("I am alone")), ("family", lazy("My family is with me"))],
    )
    danger = forms.BooleanField(label=lazy("I am in danger now"), required=False)
    force = forms.ChoiceField(label=lazy("Where do you serve?"), choices=[("", "-"), ("army", lazy("Army"))])


def parts() -> dict[str, Any]:
    """Everything the gallery shows, with made-up words."""
    bars = [(f"W{n}", value) for n, value in enumerate((7, 10, 9, 13, 12, 18, 24, 26, 21, 15, 13, 0), 1)]
    return {
        "now": NOW,
        "soon": NOW + timedelta(minutes=38),
        "past": NOW - timedelta(hours=2),
        "form": Letter(data={}),
        "bars": bars,
        "two": [("Jan", 4, 2), ("Feb", 7, 3), ("Mar", 5, 6)],
        "series": [_("month"), _("came"), _("left")],
        "head": [_("For"), _("Month"), _("Amount, THB")],
        "money": [(_("Stipend"), "2027-02", Decimal("1000.00")), (_("Rent"), "2027-02", Decimal("12500.00"))],
        "nothing": [],
        "foot": [_("Together"), "", Decimal("13500.00")],
        "items": [
            {
                "when": NOW - timedelta(minutes=22),
                "title": _("Wrote from the door"),
                "tone": "alarm",
                "detail": _("In danger now"),
            },
            {
                "when": NOW - timedelta(hours=3),
                "title": _("Answered"),
                "who": "lotus",
                "late": True,
                "tone": "leaf",
            },
            {"when": NOW - timedelta(days=30), "title": _("First contact")},
        ],
    }


def desk(request: HttpRequest) -> HttpResponse:
    """A desk page with every part on it."""
    sync = SimpleNamespace(unsent=3, last=NOW - timedelta(minutes=3), busy=False, problem="")
    sections = [
        (_("Today"), "/", True),
        (_("Conversations"), "/c", False),
        (_("Waiting inside"), "/w", False),
    ]
    context = {
        **parts(),
        "desk_name": _("Intake"),
        "sections": sections,
        "sync": sync,
        "member": "lotus",
        "who_sees": _("Only you. Each conversation also opens for its second reader, named on its page."),
    }
    return show(request, "desk", context)


def empty(request: HttpRequest) -> HttpResponse:
    """A desk page to which nobody gave anything."""
    page = engines["django"].from_string('{% extends "desk/base.html" %}')
    return HttpResponse(page.render({}, request))


def front(request: HttpRequest) -> HttpResponse:
    """The door's first page."""
    return show(request, "first", {})


@csrf_exempt
def write(request: HttpRequest) -> HttpResponse:
    """The door's form, and what was typed into it."""
    return show(request, "write", {**parts(), "typed": request.POST.get("words", "")})


def show(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """The gallery's page of this name."""
    source = Path(__file__).with_name("gallery") / f"{name}.html"
    return HttpResponse(engines["django"].from_string(source.read_text()).render(context, request))


def broken(request: HttpRequest) -> HttpResponse:
    """A page that fails with a person's words in the exception."""
    raise LookupError(CANARY)


handler403, handler404, handler500 = pages.door_403, pages.door_404, pages.door_500

urlpatterns = [
    path("", pages.door_first),
    path("desk", desk),
    path("empty", empty),
    path("broken", broken),
    path("static/<str:name>", pages.asset, name="asset"),
    path("language", set_language, name="set_language"),
    path("lock", empty, name="lock"),
    path("sync-now", empty, name="sync_now"),
    *i18n_patterns(path("", front), path("write", write), path("broken", broken)),
]
