"""The pages of legs, as their planner sees them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.folders.cover import Case
from banyan.cases.folders.leg import LegState
from banyan.cases.folders.passage import Leg
from banyan.desks import frame
from banyan.desks.frame import folder_or_404, who_sees
from banyan.desks.passage import codes, forms, leg_actions, leg_words, lists, rules, showing, timeline, words


def new_leg(request: DeskRequest, slug: str) -> HttpResponse:
    """Give a leg to a guide."""
    case = showing.planned(request, slug)
    start = {"people": _people(case), "starts": frame.next_morning(localtime(request.desk.clock()))}
    return _leg_task(request, case, leg_actions.add_leg, start, "leg", title=_("A new leg"))


def give_leg(request: DeskRequest, slug: str) -> HttpResponse:
    """Ask for a leg anew: of another guide, or with another time."""
    way, leg, state = _leg(request, slug)
    start = frame.stands(state.fields)
    start |= {"starts": frame.moment(rules.starts_of(state) or 0), "guide": leg.guide.hex()}
    act = partial(_given, leg=leg.folder)
    return _leg_task(request, way.case, act, start, f"leg {slug}", title=_("Ask for this leg anew"))


def _given(*, cover: bytes, **given: Any) -> bytes:
    """A leg's action knows its case by the leg."""
    return leg_actions.give_leg(**given)


def _leg_task(
    request: DeskRequest,
    case: Case,
    act: Callable[..., object],
    start: dict[str, Any],
    draft: str,
    title: str,
) -> HttpResponse:
    guides = lists.guides(request.desk)
    about = _("The guide reads this and nothing else: no case, no reference, no other leg.")
    return showing.task(
        request, frame.slug_of(case.folder), partial(forms.LegForm, guides=guides), act, start=start, draft=draft,
        title=title, button=_("Ask the guide"), about=f"{about} {codes.clock()}",
        stop="" if guides else _("There is no other member with the seat guide. Ask your office to add one."),
        who_sees=_("You, the other planner of this case, and the guide whom you choose."),
    )  # fmt: skip


@require_safe
def leg(request: DeskRequest, slug: str) -> HttpResponse:
    """A leg, as its planner sees it."""
    return _leg_page(request, slug)


@require_POST
def call_off_leg(request: DeskRequest, slug: str) -> HttpResponse:
    """Call a leg off."""
    _way, leg, _state = _leg(request, slug)
    refused = frame.refusal(leg_actions.call_off_leg, desk=request.desk, leg=leg.folder)
    return _leg_page(request, slug, refused) if refused else redirect("passage:leg", slug)


def _leg_page(request: DeskRequest, slug: str, refused: str = "") -> HttpResponse:
    desk = request.desk
    way, leg, state = _leg(request, slug)
    return showing.FRAME.show(
        request,
        "passage/leg.html",
        refused=refused,
        leg=leg,
        state=state,
        slug=slug,
        number=frame.number(leg.nth),
        line=leg_words.leg_line(rules.HeldLeg(leg, state), desk.roster, desk.clock()),
        facts=words.way(state),
        events=timeline.said(state, desk.roster, desk.keys.id),
        reference=way.case.reference,
        case_slug=way.case.folder[:8].hex(),
        mine=rules.plans(way.case, desk.keys.id),
        ended=state.state in rules.ENDED,
        warnings=frame.warnings(desk.history(leg.folder)),
        who_sees=who_sees(desk, leg.folder),
    )


def _leg(request: DeskRequest, slug: str) -> tuple[rules.Way, Leg, LegState]:
    desk = showing.planner(request)
    found = lists.leg_of(desk, folder_or_404(desk, slug, "leg"))
    if found is None:
        raise Http404
    return found


def _people(case: Case) -> int:
    heads = [value for key in ("adults", "children") if isinstance(value := case.one(key), int)]
    return max(1, sum(heads))
