"""What the pages of support share: the frame of each seat, who may open a page, and the pages about one household."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from banyan.cases.asked import DeskRequest
from banyan.cases.desk import Desk
from banyan.cases.folders.support import Payment
from banyan.desks.frame import Frame, case_or_404, moment, signed_first, slug_of, stages, who_sees
from banyan.desks.frame import warnings as warnings_of
from banyan.desks.support import actions, codes, lists, rules, words
from banyan.desks.support.rules import MONEY, Entry, Household
from banyan.folders.seats import Seat

HELP = ("help", _("Help"))
FRAMES = {
    Seat.ENTERING: Frame("support", _("Support"), (
        ("today", _("Today")), ("households", _("Households")), ("choose", _("Enter a month")),
        ("runs", _("Runs")), HELP,
    )),
    Seat.APPROVING: Frame("support", _("Support"), (
        ("today", _("Today")), ("households", _("Households")), ("runs", _("Runs")), HELP,
    )),
    Seat.PAYING: Frame("support", _("Support"), (("today", _("Today")), ("households", _("Households")), HELP)),
}  # fmt: skip
Page = Callable[..., HttpResponse]


def only(*seats: Seat) -> Callable[[Page], Page]:
    """For members with one of these seats; for anybody else there is no such page."""

    def around(page: Page) -> Page:
        @wraps(page)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if lists.seat_of(request.desk) not in seats:
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return around


def frame_of(request: DeskRequest) -> Frame:
    """The frame of this member's seat."""
    seat = lists.seat_of(request.desk)
    if seat is None:
        raise Http404
    return FRAMES[seat]


def show(request: DeskRequest, template: str, active: str = "", **context: Any) -> HttpResponse:
    """A page in the frame of this member's seat."""
    context.setdefault("who_sees", _("Of each household: who enters, who approves and who pays for it."))
    return frame_of(request).show(
        request, f"support/{template}.html", active, seat=lists.seat_of(request.desk), **context
    )


def household_or_404(desk: Desk, slug: str) -> Household:
    """A household whose case this member sits on with their seat of money, or once did."""
    case, seat = case_or_404(desk, slug), lists.seat_of(desk)
    if seat is None or (desk.keys.id, seat) not in case.seats_:
        raise Http404
    return lists.household(desk, case)


def entry_or_404(desk: Desk, slug: str, nth: str) -> Entry:
    """A payment of a household by how its name begins."""
    one = household_or_404(desk, slug)
    found = next((entry for entry in one.payments if entry.name[:8].hex() == nth), None)
    if found is None:
        raise Http404
    return Entry(one, found)


def task(
    request: DeskRequest, one: Household, form: BaseForm, act: Callable[..., object], **context: Any
) -> HttpResponse:
    """One form for one action on a household; what was typed stays where it was refused."""

    def about_this(desk: Desk, **fields: Any) -> None:
        act(desk=desk, cover=one.case.folder, **fields)

    where = {"template": "support/task.html", "who_sees": sees(request.desk, one), **context}
    return frame_of(request).task(
        request, form, about_this, back=words.page_of(one), reference=one.case.reference, **where
    )


def payment_task(
    request: DeskRequest, entry: Entry, form: BaseForm, act: Callable[..., object], **context: Any
) -> HttpResponse:
    """One form for one action on a payment, below what the payment rests on."""

    def about_this(desk: Desk, cover: bytes, **fields: Any) -> None:
        act(desk=desk, cover=cover, payment=entry.payment.name, **fields)

    one, payment = entry.household, entry.payment
    before = [other for other in one.payments if other.entered.month <= payment.entered.month]
    before = [other for other in before if other.name != payment.name][:3]
    return task(
        request, one, form, about_this, template="support/payment.html", facts=words.rests_on(one, payment),
        payment=payment, household=words.facts(one), now_in_case=words.heads_of(one),
        before=[payment_line(request.desk, one, other) for other in before], **context,
    )  # fmt: skip


def payment_line(desk: Desk, one: Household, payment: Payment) -> dict[str, object]:
    """A payment as tables and statements say it."""
    entered = payment.entered
    return {
        "payment": payment, "slug": payment.name[:8].hex(), "month": codes.month(entered.month),
        "reference": one.case.reference, "url": words.page_of(one), "state": codes.said(codes.STATES, payment.state),
        "tone": "alarm" if payment.conflict or payment.doubtful else codes.STATE_TONES[payment.state],
        "lines": words.lines(entered.lines, entered.rules_currency),
        "amount": codes.amount(entered.due, entered.currency),
        "paid_at": moment(payment.paid_at) if payment.paid_at else None,
        "received_at": moment(payment.received_at) if payment.received_at else None,
        "whys": [codes.said(codes.WHYS, why) for why in payment.stops.values()],
        "by": name_of(desk, payment.by), "approved_by": name_of(desk, payment.approved_by),
        "payer": name_of(desk, payment.payer or entered.payer),
        "rate": words.rate(payment) if entered.currency != entered.rules_currency else "",
    }  # fmt: skip


def name_of(desk: Desk, ident: bytes | None) -> str:
    """A member's pseudonym."""
    member = desk.roster.members.get(ident) if ident else None
    return member.name if member else ""


def sees(desk: Desk, one: Household) -> str:
    """Who else holds the money of a household; before it has a folder, its cover."""
    return who_sees(desk, one.main.folder if one.main else one.case.folder)


def warnings(desk: Desk, one: Household) -> list[tuple[str, str]]:
    """What has not arrived or does not fit, in the cover and in the money: tone and sentence."""
    folders = (one.case.folder, *(each.folder for each in one.supports))
    return warnings_of(*(desk.history(folder) for folder in folders), not_allowed=len(one.case.refused))


def case_page(request: DeskRequest, slug: str, **context: Any) -> HttpResponse:
    """A household: what it is entitled to, every payment, and what this member may do."""
    desk, one = request.desk, household_or_404(request.desk, slug)
    seat = lists.seat_of(desk)
    rules_now = rules.standing(one, lists.rules_of(one)) if seat in MONEY else ()
    return show(
        request, "case", one=one, slug=slug_of(one.case.folder), reference=one.case.reference,
        sits=bool(seat) and one.case.sits(desk.keys.id, *MONEY), who_sees=sees(desk, one),
        snags=words.snags(rules_now), warnings=warnings(desk, one), facts=words.facts(one),
        now_in_case=words.heads_of(one), stage=stages(one.case.stages),
        payments=[payment_line(desk, one, payment) for payment in one.payments],
        open_payments=words.open_payments(desk, one, seat),
        next_stage=next_stage(one), closing=actions.closing(desk, one.case), me=desk.keys.id,
        signed_first=signed_first(desk, one.case, "support"),
        approvers=", ".join(name_of(desk, ident) for ident in one.approvers),
        payers=", ".join(name_of(desk, ident) for ident in one.payers), **context,
    )  # fmt: skip


def next_stage(one: Household) -> str:
    """What the next stage is called, where who enters may move the case there."""
    stage = one.case.stage
    to = rules.NEXT.get(stage) if stage else None
    return stages([to]) if to else ""
