"""The pages of planners: function views. A page reads the desk, shows a form, and lets an action write."""

from collections.abc import Callable
from functools import partial

from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.desks import frame
from banyan.desks.frame import done, who_sees
from banyan.desks.frame.drafts import typed
from banyan.desks.passage import (
    actions,
    codes,
    erasing,
    erasing_pages,
    forms,
    leg_actions,
    lists,
    rules,
    showing,
    words,
)
from banyan.desks.passage.rules import Need
from banyan.folders.seats import Seat

QUICK: dict[str, Callable[..., object]] = {
    "halt": partial(actions.halt, reason="person_no"),
    "shelter": actions.call_shelter,
    "off": actions.call_off_legs,
    "take-up": actions.take_up,
    "share": actions.open_to_colleague,
}


# Lists


@require_safe
def today(request: DeskRequest) -> HttpResponse:
    """What needs the planner now, soonest first; a guide goes to their legs."""
    me = request.desk.me
    if me and Seat.PLANNING not in me.seats and leg_actions.guides(me):
        return redirect("passage:my_legs")
    desk = showing.planner(request)
    found, now = lists.today(desk), desk.clock()
    left = erasing.left_over(desk)
    return showing.FRAME.show(
        request,
        "passage/today.html",
        "today",
        title=words.title(len(found.needed) + sum(one.waits is None for one in left)),
        guides=leg_actions.guides(me),
        left_over=erasing_pages.lines(left, now),
        lines=[words.line(way, need, now, showing.asked(desk, way.case)) for way, need in found.needed],
        going_on=[words.line(way, need, now, showing.asked(desk, way.case)) for way, need in found.going_on],
        warned=[(case.reference, showing.warnings(desk, case)) for case in found.warned],
        who_sees=_("Only you. Each plan also opens for the other planner of its case."),
    )


@require_safe
def cases(request: DeskRequest) -> HttpResponse:
    """Every case that is or was here."""
    lines = [words.known(row) for row in lists.all_cases(showing.planner(request))]
    return showing.FRAME.show(request, "passage/cases.html", "cases", lines=lines)


@require_safe
def help_page(request: DeskRequest) -> HttpResponse:
    """How this desk is worked."""
    showing.planner(request)
    return showing.FRAME.show(request, "passage/help.html", "help", who_sees="")


# One case


@require_safe
def case(request: DeskRequest, slug: str) -> HttpResponse:
    """All that a planner knows of a way."""
    return showing.case_page(request, showing.planned(request, slug))


@require_POST
def quick(request: DeskRequest, slug: str, what: str) -> HttpResponse:
    """What one button does."""
    case, act = showing.planned(request, slug), QUICK.get(what)
    if act is None:
        raise Http404
    refused = frame.refusal(act, desk=request.desk, cover=case.folder)
    return showing.case_page(request, case, refused) if refused else redirect("passage:case", slug)


@require_POST
def settle(request: DeskRequest, slug: str) -> HttpResponse:
    """Choose one of two stages."""
    case, form = showing.planned(request, slug), forms.StageForm(request.POST)
    if done(request.desk, form, partial(actions.settle, cover=case.folder)):
        return redirect("passage:case", slug)
    return showing.case_page(request, case, " ".join(str(one) for one in form.non_field_errors()))


def plan(request: DeskRequest, slug: str) -> HttpResponse:
    """The safety plan: write it, change it, settle what two wrote at once."""
    passage = lists.way_of(request.desk, showing.planned(request, slug)).passage
    draft = typed(request, showing.draft_key("plan", slug)) if request.method == "GET" else QueryDict()
    return showing.task(
        request, slug, forms.PlanForm, partial(actions.plan, seen=request.POST.get("seen", "")), draft="plan",
        start=frame.stands(passage.fields) if passage else {},
        title=_("The safety plan"), button=_("Keep the plan"), template="passage/plan.html",
        about=_("Make it with the person. Each field is kept by itself. A go rests on the plan as it is then."),
        seen=draft.get("seen", actions.mark_of(passage)), conflicts=words.two_at_once(passage),
        stands=words.plan(passage) if passage and request.method == "POST" else [],
        who_sees=who_sees(request.desk, passage.folder) if passage
        else _("You, and the other planner of this case."),
    )  # fmt: skip


def ask(request: DeskRequest, slug: str) -> HttpResponse:
    """Ask the person."""
    return showing.task(
        request, slug, forms.LetterForm, actions.ask, draft="ask", start={"language": frame.language()},
        title=_("Ask the person"), button=_("Send"),
        about=_("They read this at the door and answer yes or no. A no stops everything while it stands."),
        who_sees=_("The person alone. All on this case see their yes or no, and nothing else of it."),
    )  # fmt: skip


def word(request: DeskRequest, slug: str) -> HttpResponse:
    """Agree when the person gives word."""
    about = _(
        "Choose times at which it is safe for them. From the second word that does not come, this case stands first."
    )
    return showing.task(
        request, slug, forms.WordForm, actions.agree_words, draft="word",
        start={"language": frame.language(), "next_due": frame.next_morning(localtime(request.desk.clock()))},
        title=_("Agree when they give word"), button=_("Agree"), about=f"{about} {codes.clock()}",
    )  # fmt: skip


def go(request: DeskRequest, slug: str) -> HttpResponse:
    """Propose a go, or read why that is not done yet."""
    stop = rules.stop_before_go(lists.way_of(request.desk, showing.planned(request, slug)), request.desk.now)
    return showing.task(
        request, slug, Form, actions.propose_go, title=_("Propose a go"), button=_("Propose go"),
        stop="" if request.method == "POST" or stop is None else actions.words_of(stop),
        about=_("You say: they are admitted, the plan is whole, and they said yes. Intake "
                "signs too, and only then they may go. Anybody of you may halt it at any time."),
    )  # fmt: skip


def halt(request: DeskRequest, slug: str) -> HttpResponse:
    """No go."""
    return showing.task(
        request, slug, forms.HaltForm, actions.halt, title=_("Halt: no go"), button=_("Halt"), cannot_undo=True,
        about=_("One of you is enough, always. Whatever was signed is off at once; to go on, two sign again. "
                "Tell the person: they do not read this."),
    )  # fmt: skip


def stay(request: DeskRequest, slug: str) -> HttpResponse:
    """Back to waiting inside."""
    return showing.task(
        request, slug, forms.StayForm, actions.stay_inside, title=_("They stay inside for now"),
        button=_("Back to waiting"),
        about=_("A go ends, all legs are called off, and intake keeps in contact with them. The plan is "
                "kept: you can take it up again."),
    )  # fmt: skip


def expect(request: DeskRequest, slug: str) -> HttpResponse:
    """Tell shelter who comes when."""
    case = showing.planned(request, slug)
    passage = lists.way_of(request.desk, case).passage
    return showing.task(
        request, slug, forms.ExpectForm, actions.expect, start={"region": passage.one("region") if passage else ""},
        title=_("Tell shelter when they come"), button=_("Tell shelter"),
        stop="" if case.part("placement")
        else _("Shelter has not begun to look for a place yet. Call them, or wait for them."),
        who_sees=_("Those of shelter who look for a place for them."),
        about=_("So that a bed waits. You will not see which house it is.") + " " + codes.clock(),
    )  # fmt: skip


def arrive(request: DeskRequest, slug: str) -> HttpResponse:
    """Confirm the arrival."""
    case, desk = showing.planned(request, slug), request.desk
    way = lists.way_of(desk, case)
    half = rules.need_of(way, desk.now) is Need.HALF
    about = (
        _("It was left half done. Press again: nothing is done twice.")
        if half
        else words.arrived(way, desk.clock())
    )
    then = _("Shelter comes to the case, and you leave it: you read nothing new of it from then on.")
    return showing.task(
        request, slug, Form, actions.arrive, title=_("They have arrived"), button=_("Confirm the arrival"),
        stop="" if request.method == "POST" or case.may_go
        else _("No go stands. Two sign a go first; then the arrival can be confirmed."),
        cannot_undo=True, about=f"{about} {then}",
    )  # fmt: skip
