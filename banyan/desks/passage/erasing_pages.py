"""Legs whose case was erased, as their planner sees them: rows on the page of today, and one button."""

from datetime import datetime
from functools import partial

from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from banyan.cases.asked import DeskRequest
from banyan.cases.reference import reference_of
from banyan.desks import frame
from banyan.desks.frame import Line, slug_of, who_sees
from banyan.desks.passage import erasing, showing
from banyan.desks.passage.erasing import LeftOver


def lines(found: list[LeftOver], now: datetime) -> list[Line]:
    """The left over legs of each way as a row."""
    return [_line(one, now) for one in found]


def _line(one: LeftOver, now: datetime) -> Line:
    legs = ngettext("one leg of it is left", "%(count)s legs of it are left", len(one.legs))
    waits = one.waits is not None
    since = _("Waits for the office since %(time)s") % {
        "time": frame.exact(one.waits.made * 1000 if one.waits else 0, now)
    }
    return Line(
        reference=reference_of(one.legs[0]), what=_("The case was erased: erase these legs too"),
        detail=" · ".join([legs % {"count": frame.number(len(one.legs))}, *([since] if waits else [])]),
        tag=_("To be erased"), tone="quiet" if waits else "sun", action=_("Open") if waits else _("Erase"),
        url=reverse("passage:erase_legs", args=[slug_of(one.passage)]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def erase_legs(request: DeskRequest, slug: str) -> HttpResponse:
    """What goes with the legs of an erased case, and the first signature."""
    desk = showing.planner(request)
    found = next((one for one in erasing.left_over(desk) if slug_of(one.passage) == slug), None)
    if found is None:
        raise Http404
    state = ""
    if found.waits is not None:
        names = frame.who(desk.roster, desk.keys.id, *found.waits.signers)
        state = _("Signed by %(names)s. It waits for somebody of the office.") % {"names": names}
    return showing.FRAME.task(
        request, Form(frame.posted(request)), partial(erasing.erase_legs, passage=found.passage),
        template="passage/erase_legs.html", back=reverse("passage:today"), title=_("Erase the legs too"),
        about=_("The case was erased by two, and the way with it. These legs are folders of their own that only you,"
                " the other planner and their guides know, so you sign first that they go too."),
        button=_("Erase them: sign first"), line=_line(found, desk.clock()), state=state,
        who_sees=who_sees(desk, *found.legs),
    )  # fmt: skip
