"""The pages of a case at intake: function views. A page reads the desk, shows a form, and lets an action write."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import BaseForm, Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.folders.cover import Case
from banyan.cases.stages import Stage
from banyan.desks import frame
from banyan.desks.intake import (
    case_actions,
    case_forms,
    case_rules,
    case_showing,
    case_words,
    codes,
    lists,
    showing,
)
from banyan.desks.intake.case_showing import case_or_404
from banyan.folders.seats import Seat

ask = require_http_methods(["GET", "HEAD", "POST"])
QUICK: dict[str, Callable[..., None]] = {
    "count": case_actions.count_as_agreed,
    **{stage.value: partial(case_actions.settle_stage, stage=stage.value) for stage in Stage},
}


@require_safe
def case(request: DeskRequest, slug: str) -> HttpResponse:
    """A case: where it stands, what waits, what may come next, what happened."""
    return case_showing.case_page(request, case_or_404(request.desk, slug))


@require_POST
def note(request: DeskRequest, slug: str) -> HttpResponse:
    """Write a note for those assigned."""
    found, form = case_or_404(request.desk, slug), case_forms.NoteForm(request.POST)
    if frame.done(request.desk, form, partial(case_actions.write_note, folder=found.folder)):
        return redirect("intake:case", slug)
    return case_showing.case_page(request, found, note=form)


@require_POST
def quick(request: DeskRequest, slug: str, what: str) -> HttpResponse:
    """What one button does: choose one of two stages, count as agreed."""
    found, act = case_or_404(request.desk, slug), QUICK.get(what)
    if act is None:
        raise Http404
    if refused := frame.refusal(act, desk=request.desk, folder=found.folder):
        return case_showing.case_page(request, found, refused=refused)
    return redirect("intake:case", slug)


@ask
def change(request: DeskRequest, slug: str) -> HttpResponse:
    """Change the household, or settle what two wrote of it at once."""
    found = case_or_404(request.desk, slug)
    form = frame.HouseholdForm(request.POST or None, initial=frame.stands(found.fields))
    return _task(request, found, form, case_actions.change_household, title=_("Household and needs"),
        button=_("Keep it"), about=_("Everybody on the case sees this. What you leave stays as it is."))  # fmt: skip


@ask
def screening(request: DeskRequest, slug: str) -> HttpResponse:
    """Choose who screens the case; those with least to do are chosen already."""
    desk, found = request.desk, case_or_404(request.desk, slug)
    members = [lists.candidates(desk, found, seat) for seat in case_rules.JUDGES]
    again = found.stage is Stage.DECLINED
    form = case_forms.ScreeningForm(
        request.POST or None, screeners=members[0], deciding=members[1], again=again
    )
    against = case_rules.against_going_on(desk.conversation(found.conversation))
    few = (
        []
        if len(members[0]) > 1 and members[1]
        else [_("There are not two screeners and a deciding officer. Tell your office.")]
    )
    chosen = _("Those who have least to do are chosen. Change it where you know better.")
    about = case_words.again_meaning() if again else str(case_words.WAYS["screening", ""][1])
    return _task(request, found, form, case_actions.ask_screening, title=_("Ask for screening"), button=_("Ask"),
        stop=" ".join([*(str(case_words.AGAINST[one]) for one in against), *few]),
        about=f"{about} {chosen}")  # fmt: skip


@ask
def go_on(request: DeskRequest, slug: str, stage: str) -> HttpResponse:
    """One move: what it means, and a button."""
    found = case_or_404(request.desk, slug)
    way = next((one for one in case_rules.ways(found, request.desk.now) if one.to == stage), None)
    if way is None:
        return case_showing.case_page(
            request, found, refused=_("The case cannot go there from where it stands.")
        )
    name, meaning = case_words.WAYS[way.to.value, way.act]
    form = Form(request.POST if request.method == "POST" else None)
    act = partial(case_actions.go_on, stage=stage)
    return _task(request, found, form, act, title=str(name), about=str(meaning), button=str(name))


@ask
def withdraw(request: DeskRequest, slug: str) -> HttpResponse:
    """Withdraw a case on the person's word."""
    found = case_or_404(request.desk, slug)
    took_back = case_rules.took_back(found, request.desk.conversation(found.conversation))
    start = {"reason": "consent", "said": True} if took_back else {}
    form = case_forms.WithdrawForm(
        request.POST or None, reasons=case_words.reasons("withdraw"), initial=start
    )
    about = str(case_words.WAYS["withdrawn", ""][1])
    return _task(request, found, form, case_actions.withdraw, title=_("Withdraw the case"), about=about,
        button=_("Withdraw the case"), cannot_undo=True)  # fmt: skip


@ask
def stop(request: DeskRequest, slug: str) -> HttpResponse:
    """Stop the way: one is enough."""
    form = case_forms.ReasonForm(request.POST or None, reasons=case_words.reasons("stop"))
    return _task(request, case_or_404(request.desk, slug), form, case_actions.stop_way, title=_("Stop the way"),
        button=_("Stop the way"), cannot_undo=True,
        about=_("What was signed about setting out counts no more. To go on, two sign again."))  # fmt: skip


@ask
def propose(request: DeskRequest, slug: str, act: str) -> HttpResponse:
    """Sign first to close, refer or open again."""
    if act not in case_rules.LEADS_TO:
        raise Http404
    desk, found = request.desk, case_or_404(request.desk, slug)
    form = case_forms.ReasonForm(request.POST or None, reasons=case_words.reasons(act))
    against = case_rules.against(act, found, desk.conversation(found.conversation))
    name, meaning = case_words.WAYS[case_rules.LEADS_TO[act].value, act]
    about = " ".join([str(meaning), _("A colleague has fourteen days to sign after you.")])
    return _task(request, found, form, partial(case_actions.propose, act=act), title=str(name), about=about,
        button=_("Sign first"), stop=" ".join(str(case_words.AGAINST[one]) for one in against))  # fmt: skip


@ask
def sign(request: DeskRequest, slug: str, name: str) -> HttpResponse:
    """What is signed in words, what it rests on, what intake knows, and one button; or why it is not signed now."""
    desk, found = request.desk, case_or_404(request.desk, slug)
    waits = (one for one in found.waiting(desk.now) if one.name[:8].hex() == name)
    waiting = next(waits, None)
    if waiting is None:
        gone = _("This does not wait any more: it was signed or stopped, or its time is over.")
        return case_showing.case_page(request, found, refused=gone)
    refused = ""
    if request.method == "POST":
        refused = frame.refusal(case_actions.second, desk=desk, folder=found.folder, name=waiting.name)
        if not refused:
            return redirect("intake:case", slug)
    return case_showing.sign_page(request, found, waiting, refused)


@ask
def seat(request: DeskRequest, slug: str, seat: str, who: str = "") -> HttpResponse:
    """Somebody comes to a seat of the case, in a colleague's place or where nobody sits."""
    desk, found, leaves = request.desk, case_or_404(request.desk, slug), codes.named(who) or None
    if seat not in codes.SEATS:
        raise Http404
    held = Seat(seat)
    members = [one for one in lists.candidates(desk, found, held) if not found.sits(one.id, held)]
    nobody = leaves is not None and held is not Seat.INTAKE
    form = case_forms.SeatForm(request.POST or None, members=members, may_be_nobody=nobody)
    act = partial(case_actions.give_seat, seat=held, leaves=leaves)
    title = _("Somebody else for %(seat)s") if leaves else _("Somebody for %(seat)s")
    stop = "" if members or nobody else _("There is nobody else who may take this seat. Tell your office.")
    return _task(request, found, form, act, title=title % {"seat": codes.SEATS[held]}, button=_("Keep it"), stop=stop,
        about=case_showing.about_seat(found, desk, held, leaves))  # fmt: skip


def _task(
    request: DeskRequest, found: Case, form: BaseForm, act: Callable[..., object], **context: Any
) -> HttpResponse:
    """One form of its own for one action on a case; who left the case finds none."""
    if not case_showing.works_on(request.desk, found):
        gone = (
            _("You do not work on this case any more, so nothing was written.")
            if request.method == "POST"
            else ""
        )
        return case_showing.case_page(request, found, refused=gone)
    return showing.FRAME.task(
        request, form, partial(act, folder=found.folder), template="intake/case_task.html",
        back=reverse("intake:case", args=[found.folder[:8].hex()]),
        reference=found.reference, who_sees=showing.who_sees(request.desk, found.folder), **context,
    )  # fmt: skip
