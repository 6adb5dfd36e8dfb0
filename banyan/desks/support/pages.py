"""The pages of support: today, households and their payments. Runs stand in `run_pages`."""

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banyan.cases import casework
from banyan.cases.asked import DeskRequest
from banyan.cases.folders.support import Payment
from banyan.desks import frame
from banyan.desks.support import actions, codes, forms, lists, rules, run_words, showing, words
from banyan.desks.support.rules import MONEY
from banyan.desks.support.showing import only
from banyan.folders.seats import Seat
from banyan.language import times
from banyan.language.pack import load_pack


@require_safe
@only(*MONEY)
def today(request: DeskRequest) -> HttpResponse:
    """What this member's seat has to see to."""
    desk, seat, later = request.desk, lists.seat_of(request.desk), list[frame.Line]()
    if seat is Seat.ENTERING:
        opened = lists.households(desk)
        rows = words.entering(desk, opened, times.month_of(desk.clock()))
    elif seat is Seat.APPROVING:
        opened = lists.households(desk, "entered")
        rows = run_words.approving(rules.runs(opened), desk.keys.id)
    else:
        opened = lists.households(desk, "approved", "paid")
        rows, later = words.paying(desk, opened)
    warned = [(one.case.reference, showing.warnings(desk, one)) for one in lists.odd(desk, opened)]
    return showing.show(request, "today", "today", rows=rows, later=later, warned=warned,
        title=words.title(sum(row.weight < 5 for row in rows)), many=words.with_you(lists.count(desk)))  # fmt: skip


@require_safe
@only(*MONEY)
def households(request: DeskRequest) -> HttpResponse:
    """The households of this member's whose case goes on."""
    found = words.listed(request.desk, lists.households(request.desk))
    return showing.show(
        request, "households", "households", rows=found, title=words.households_title(len(found)),
        over=words.how_many_over(lists.over(request.desk).count()),
    )  # fmt: skip


@require_safe
@only(*MONEY)
def over(request: DeskRequest) -> HttpResponse:
    """The households whose case is over, as their rows say it: none of them is opened."""
    found = [words.over(row) for row in lists.over(request.desk)]
    return showing.show(request, "over", "households", rows=found, title=_("Their case is over"))


@require_safe
@only(*MONEY)
def help_page(request: DeskRequest) -> HttpResponse:
    """How support works, for this seat."""
    return showing.show(request, "help", "help", who_sees="")


# A household


@require_safe
@only(*MONEY)
def case(request: DeskRequest, slug: str) -> HttpResponse:
    """One household."""
    return showing.case_page(request, slug)


@require_safe
@only(*MONEY)
def statement(request: DeskRequest, slug: str) -> HttpResponse:
    """What was paid to a household, to be printed."""
    desk, one = request.desk, showing.household_or_404(request.desk, slug)
    counted = [payment for payment in reversed(one.payments) if payment.state in ("paid", "received")]
    confirmed = [payment for payment in counted if payment.state == "received"]
    both = [rules.totals((p.entered.currency, p.entered.due) for p in of) for of in (counted, confirmed)]
    sums = [
        (codes.amount(much, code), codes.amount(both[1].get(code, 0), code)) for code, much in both[0].items()
    ]
    return showing.show(request, "statement", one=one, slug=slug, reference=one.case.reference, sums=sums,
        lines=[showing.payment_line(desk, one, payment) for payment in counted],
        who_sees=showing.sees(desk, one), exactly=times.exact(desk.clock()))  # fmt: skip


@only(Seat.ENTERING)
def begin(request: DeskRequest, slug: str) -> HttpResponse:
    """Begin support for a case that came."""
    one = showing.household_or_404(request.desk, slug)
    start = words.start_of(one, times.month_of(request.desk.clock()))
    return showing.task(request, one, forms.EntitlementForm(request.POST or None, initial=start), actions.begin,
        stop=_("Support has begun already.") if one.case.part("support") and request.method != "POST" else "",
        title=_("Begin support"), button=_("Begin"),
        about=_("A folder for the money is made. Who approves and who pays for this case can read it, and nobody"
            " else. Every month is worked out by version %(version)s of the rules.")
            % {"version": frame.number(load_pack().entitlements().version)})  # fmt: skip


@only(Seat.ENTERING)
def entitle(request: DeskRequest, slug: str) -> HttpResponse:
    """Change what a household is entitled to."""
    one = showing.household_or_404(request.desk, slug)
    start = words.start_of(one, times.month_of(request.desk.clock()))
    return showing.task(request, one, forms.EntitlementForm(request.POST or None, initial=start), actions.entitle,
        stop="" if one.main else _("Support has not begun for this case."),
        title=_("What they are entitled to"), button=_("Keep it"),
        about=_("The next months are worked out from this, by version %(version)s of the rules. What was entered"
            " before stays as it was. The cover of the case says: %(people)s.")
            % {"version": frame.number(load_pack().entitlements().version), "people": words.heads_of(one)})  # fmt: skip


@only(Seat.ENTERING)
def people(request: DeskRequest, slug: str) -> HttpResponse:
    """Say who approves and who pays for a case."""
    desk, one = request.desk, showing.household_or_404(request.desk, slug)
    offered = {
        seat: [*(desk.roster.members[ident] for ident in lists.seated(desk, one.case, seat)),
            *(member for member in casework.choose(desk, one.case, seat, 6) if not one.case.sits(member.id, seat))]
        for seat in (Seat.APPROVING, Seat.PAYING)
    }  # fmt: skip
    approvers, payers = offered[Seat.APPROVING], offered[Seat.PAYING]
    start = {"approver": next(iter(one.approvers), b"").hex(), "payer": next(iter(one.payers), b"").hex()}
    form = forms.PeopleForm(request.POST or None, approvers=approvers, payers=payers, initial=start)
    return showing.task(request, one, form, actions.change_people, title=_("Who approves and who pays"),
        button=_("Give it to them"), stop="" if approvers and payers
        else _("There is nobody on the roster who could. Tell your office."),
        about=_("From now on exactly these two read the money of this case, beside who enters. Who leaves reads"
            " nothing new. What waits for a payer who left must be stopped and entered again."))  # fmt: skip


@only(Seat.ENTERING)
def move_on(request: DeskRequest, slug: str) -> HttpResponse:
    """Move a case to the next stage."""
    one = showing.household_or_404(request.desk, slug)
    torn = len(one.case.stages) > 1
    form: django_forms.Form = django_forms.Form(request.POST if request.method == "POST" else None)
    if torn:
        form = forms.StageForm(request.POST or None, stages=one.case.stages)
    to = rules.NEXT.get(one.case.stage) if one.case.stage else None
    return showing.task(request, one, form, actions.move_on, title=_("Move the case on"),
        stop="" if torn or to else _("From where the case stands there is no next stage of support."),
        button=_("Choose this") if torn else _("Move to %(stage)s") % {"stage": showing.next_stage(one)},
        about=_("The case was moved to two stages at once.") if torn
        else str(codes.MEANINGS[to]) if to else "")  # fmt: skip


@only(Seat.ENTERING)
def close(request: DeskRequest, slug: str) -> HttpResponse:
    """Propose that a case is closed."""
    one = showing.household_or_404(request.desk, slug)
    return showing.task(request, one, forms.CloseForm(request.POST or None), actions.propose_close,
        title=_("Propose to close"), button=_("Sign first"),
        about=_("You sign first. The case is closed when a case worker has signed too, within fourteen days. It"
            " can be opened again."))  # fmt: skip


@only(Seat.ENTERING)
def second(request: DeskRequest, slug: str) -> HttpResponse:
    """Sign what a colleague proposed."""
    desk, one = request.desk, showing.household_or_404(request.desk, slug)
    waiting = actions.closing(desk, one.case)
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    about = _("%(name)s has signed that this case is to be closed: %(reason)s. With your signature it is closed.") % {
        "name": showing.name_of(desk, waiting.signature.member), "reason": codes.close_reason(waiting.statement.reason)
    } if waiting else ""  # fmt: skip
    return showing.task(request, one, form, actions.second_close, title=_("Close the case"), button=_("Sign and close"),
        about=about,
        stop="" if waiting or request.method == "POST" else _("Nothing waits for your signature."))  # fmt: skip


# A payment


@only(Seat.APPROVING)
def approve(request: DeskRequest, slug: str, nth: str) -> HttpResponse:
    """Approve one payment, or see why not."""
    desk, entry = request.desk, showing.entry_or_404(request.desk, slug, nth)
    payers = [desk.roster.members[ident] for ident in entry.household.payers]
    doubts = run_words.doubts_of(entry) if entry.payment.state == "entered" else ()
    return showing.payment_task(request, entry, forms.ApproveForm(request.POST or None, payers=payers), actions.approve,
        snags=words.snags(doubts), title=_("Approve a payment"), button=_("Approve"),
        about=words.entered_by(desk, entry),
        stop=_stop(entry.payment, ("entered",)) if request.method != "POST" else "",
        other=words.page_of_payment(entry.household, entry.payment, "stop"), other_words=_("Stop it"))  # fmt: skip


@only(Seat.ENTERING, Seat.APPROVING)
def stop(request: DeskRequest, slug: str, nth: str) -> HttpResponse:
    """Stop one payment."""
    entry = showing.entry_or_404(request.desk, slug, nth)
    return showing.payment_task(request, entry, forms.StopForm(request.POST or None), actions.stop,
        title=_("Stop a payment"), button=_("Stop this payment"), cannot_undo=True,
        stop=_stop(entry.payment, ("entered", "approved")) if request.method != "POST" else "",
        about=_("It is not paid, whoever approves it. To pay after all, it is entered again."))  # fmt: skip


@only(Seat.PAYING)
def pay(request: DeskRequest, slug: str, nth: str) -> HttpResponse:
    """Hand the money over, with a word."""
    desk, entry = request.desk, showing.entry_or_404(request.desk, slug, nth)
    payment = entry.payment
    if payment.payer not in (None, desk.keys.id):
        raise Http404
    words_ = [(code, actions.word_for(desk, payment.name, code)) for code in ("my", "en")]
    held = rules.held_up(entry.household, payment)
    return showing.payment_task(request, entry, forms.PaidForm(request.POST or None), actions.hand_over_money,
        title=_("Hand over the money"), button=_("I have handed it over"), words=words_,
        snags=words.snags([held] if held and payment.state == "approved" else []),
        stop=_stop(payment, ("approved",)) if request.method != "POST" else "",
        about=_("Give the word below with the money, by mouth. At the door they say it, and you see that it came."
            " It can be said in either language."))  # fmt: skip


def _stop(payment: Payment, states: tuple[str, ...]) -> str:
    """Why nothing can be done with a payment now, or nothing."""
    if payment.state in states:
        return ""
    return _("Nothing is to be done here now: %(state)s.") % {
        "state": codes.said(codes.STATES, payment.state)
    }
