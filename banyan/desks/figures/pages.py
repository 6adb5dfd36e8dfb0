"""The pages of figures: function views. A page reads the boxes, shows a table, and lets an action sign."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.desks.figures import actions, lists, rules, words
from banyan.desks.frame import Frame, who_sees
from banyan.folders.published import MEASURES
from banyan.language import counts

ask = require_http_methods(["GET", "HEAD", "POST"])
FRAME = Frame(
    "figures", gettext_lazy("Figures"),
    (("today", gettext_lazy("Today")), ("prepare", gettext_lazy("Prepare")),
     ("published", gettext_lazy("Published")), ("help", gettext_lazy("Help"))),
)  # fmt: skip


@require_safe
def today(request: DeskRequest) -> HttpResponse:
    """What was counted by month, and whether something can be published."""
    return _today(request)


@require_POST
def open_box(request: DeskRequest) -> HttpResponse:
    """Open a box for this month."""
    try:
        actions.open_box(desk=request.desk)
    except NotYet as refused:
        return _today(request, str(refused))
    return redirect("figures:today")


def _today(request: DeskRequest, refused: str = "") -> HttpResponse:
    desk = request.desk
    held, waits = lists.boxes(desk), lists.waiting(desk)
    known = lists.known(desk, held)
    months = lists.by_month(held)
    events = [
        one
        for one in lists.EVENTS
        if one in ("asked", "arrived") or any(found[one] for found in months.values())
    ]
    head = [_("Month"), *(str(words.EVENTS[event]) for event in events)]
    rows = [[counts.month(month), *(found[event] for event in events)] for month, found in months.items()]
    bars = [
        (counts.month(month), found["asked"], found["arrived"]) for month, found in [*months.items()][11::-1]
    ]
    return FRAME.show(
        request, "figures/today.html", "today", refused=refused, head=head, rows=rows, bars=bars,
        series=[_("Month"), *map(counts.measure, MEASURES)], waits=waits, may_open=actions.may_open_box(desk, held),
        title=words.title(None if known.missing else lists.prepared(desk, known), waits),
        notes=list(filter(None, [words.unsigned(known.unsigned), *_missing(known)])),
        who_sees=who_sees(desk, *(box.folder for box in held)),
    )  # fmt: skip


@ask
def prepare(request: DeskRequest) -> HttpResponse:
    """The whole table that would be published, what was joined and held back, and one button to sign it."""
    desk, refused = request.desk, ""
    if request.method == "POST":
        try:
            actions.publish(desk=desk, seen=request.POST.get("seen", ""))
            return redirect("figures:published")
        except NotYet as why:
            refused = str(why)
    known, waits = lists.known(desk, lists.boxes(desk)), lists.waiting(desk)
    prepared = None if known.missing else lists.prepared(desk, known)
    return FRAME.show(
        request, "figures/prepare.html", "prepare", refused=refused, title=words.title(prepared, waits), waits=waits,
        prepared=prepared, notes=[*_missing(known), words.not_over(known.people, lists.through(desk))],
        who_sees=_("Only you, until you sign. Then all members see the table, and with a second signature everybody."),
        **(_shown(prepared) if prepared else {}),
    )  # fmt: skip


def _shown(prepared: rules.Prepared) -> dict[str, Any]:
    return {
        "table": counts.table(prepared.rows), "sums": words.sums(prepared.rows),
        "joined": words.joined(prepared.rows), "held": words.held(prepared), "seen": actions.mark_of(prepared),
    }  # fmt: skip


@require_safe
def published(request: DeskRequest) -> HttpResponse:
    """All publications, and what waits for a signature."""
    desk = request.desk
    return FRAME.show(
        request, "figures/published.html", "published", waits=lists.waiting(desk),
        publications=[(one.act.serial, words.publication(one, desk.roster)) for one in lists.publications(desk)],
        who_sees=_("Everybody: these figures stand on the public page."),
    )  # fmt: skip


@require_safe
def publication(request: DeskRequest, serial: int) -> HttpResponse:
    """One publication: its whole table and who signed it."""
    desk = request.desk
    found = next((one for one in lists.publications(desk) if one.act.serial == serial), None)
    if found is None:
        raise Http404
    return FRAME.show(
        request, "figures/publication.html", "published", act=found.act, table=counts.table(found.act.rows),
        item=words.publication(found, desk.roster),
        who_sees=_("Everybody: these figures stand on the public page."),
    )  # fmt: skip


@require_safe
def help_page(request: DeskRequest) -> HttpResponse:
    """How this desk is worked."""
    return FRAME.show(request, "figures/help.html", "help", who_sees="")


def _missing(known: lists.Known) -> list[str]:
    return [words.missing(known.missing)] if known.missing else []
