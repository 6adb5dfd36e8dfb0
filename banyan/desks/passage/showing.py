"""What the pages of planners share: the frame, who may see them, one form for one action, and the page of a case."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from banyan.cases.asked import DeskRequest
from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.desks import frame
from banyan.desks.frame import Frame, case_or_404, slug_of, who_sees
from banyan.desks.passage import actions, leg_words, lists, rules, timeline, words
from banyan.desks.passage.rules import Way
from banyan.folders.seats import Seat

FRAME = Frame(
    "passage", gettext_lazy("Passage"),
    (("today", gettext_lazy("Today")), ("cases", gettext_lazy("Cases")), ("help", gettext_lazy("Help"))),
)  # fmt: skip


def planner(request: DeskRequest) -> Desk:
    """The desk of an active planner; for everybody else there is no such page."""
    me = request.desk.me
    if me is None or Seat.PLANNING not in me.seats:
        raise Http404
    return request.desk


def planned(request: DeskRequest, slug: str) -> Case:
    """The case that an address names, whose way this member plans or planned."""
    case = case_or_404(planner(request), slug)
    if not rules.planned_ever(case, request.desk.keys.id):
        raise Http404
    return case


def task(
    request: DeskRequest, slug: str, kind: Callable[..., BaseForm], act: Callable[..., object], *,
    start: dict[str, Any] | None = None, draft: str = "", **context: Any,
) -> HttpResponse:  # fmt: skip
    """One form of this kind for one action on a case; `start` is what the form starts from, and `draft` names it where
    what is typed is kept until it was sent.
    """
    case = planned(request, slug)
    where = {
        "back": reverse("passage:case", args=[slug]), "reference": case.reference, "template": "passage/task.html",
        "who_sees": who_sees(request.desk, case.folder),
    }  # fmt: skip
    form = kind(frame.posted(request), initial=start)
    key = draft_key(draft, slug) if draft else ""
    return FRAME.task(request, form, partial(act, cover=case.folder), draft=key, **{**where, **context})


def draft_key(what: str, slug: str) -> str:
    """Under which key a form's draft is kept."""
    return f"passage {what} {slug}"


def case_page(request: DeskRequest, case: Case, refused: str = "") -> HttpResponse:
    """The page of a case, with what was refused."""
    desk, now = request.desk, request.desk.clock()
    way, mine = lists.way_of(desk, case), rules.plans(case, desk.keys.id) and desk.holds(case.folder)
    need = rules.need_of(way, desk.now)
    return FRAME.show(
        request,
        "passage/case.html",
        title=words.headline(way, need if mine else None, now),
        slug=slug_of(case.folder),
        refused=refused,
        mine=mine,
        need=need.name if need is not None else "",
        warnings=warnings(desk, case),
        stages=[(stage.value, frame.STAGES[stage]) for stage in case.stages] if len(case.stages) > 1 else [],
        household=words.household(case),
        events=timeline.happened(way, desk.roster, desk.keys.id),
        who_sees=who_sees(desk, case.folder),
        case=case,
        signed_first=frame.signed_first(desk, case, "passage"),
        **_the_plan(desk, way),
        **_the_way(desk, way, now),
    )


def _the_plan(desk: Desk, way: Way) -> dict[str, Any]:
    """The plan and what the person says to it."""
    passage = way.passage
    return {
        "passage": passage,
        "plan": words.plan(passage) if passage else [],
        "lacks": words.lacks(passage) if passage else "",
        "conflicts": bool(passage and rules.conflicts(passage)),
        "other_plans": [words.plan(one) for one in lists.other_plans(desk, way.case)],
        "newcomers": _newcomers(desk, way),
        "plan_seen": who_sees(desk, passage.folder) if passage else "",
        "answer": words.answer(way.case),
        "asked": frame.moment(time) if (time := asked(desk, way.case)) else None,
    }


def _the_way(desk: Desk, way: Way, now: datetime) -> dict[str, Any]:
    """The go, the legs, the word from the way and who waits at its end."""
    case = way.case
    halts = bool(case.standing("go") or rules.waiting_go(case, desk.now))
    told = desk.view.noted(actions.told_key(case.folder))
    return {
        "go": words.go(way, desk.roster, now),
        "can_go": rules.stop_before_go(way, desk.now) is None,
        "stands": case.may_go is not None,
        "halts": halts,
        "said_no": halts and case.says is False,
        "legs": [leg_words.leg_line(one, desk.roster, now) for one in way.legs],
        "reporting": words.reporting(way.passage, now),
        "missed": way.passage.missed(desk.now) if way.passage else 0,
        "shelter": words.shelter(case, desk.roster),
        "told": frame.moment(int.from_bytes(told, "big")) if told else None,
    }


def asked(desk: Desk, case: Case) -> int | None:
    noted = desk.view.noted(actions.asked_key(case.folder))
    return int.from_bytes(noted, "big") if noted else None


def warnings(desk: Desk, case: Case) -> list[tuple[str, str]]:
    slot = case.part("passage")
    return frame.warnings(desk.history(case.folder), desk.history(slot.folder) if slot else None)


def _newcomers(desk: Desk, way: Way) -> str:
    """The planners of the case who have no key to the plan yet."""
    if way.passage is None or not desk.holds(way.passage.folder):
        return ""
    held = {member.id for member in desk.holders(way.passage.folder)}
    members = (
        desk.roster.members.get(ident) for ident in way.case.seated(Seat.PLANNING) if ident not in held
    )
    return ", ".join(member.name for member in members if member and member.active)
