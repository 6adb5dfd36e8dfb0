"""What support does, each in one function: the only writes of this desk.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` with words for the page where
the rule is not met. What it returns is durable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from django.utils.translation import gettext as _

from banyan.cases import casework
from banyan.cases.casework import NotYet, in_words, put
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Letter
from banyan.cases.folders.cover import Case, Waiting
from banyan.cases.folders.support import Approved, Begun, Entered, Entitled, Paid, Stopped
from banyan.cases.stages import Stage
from banyan.desks.support import codes, lists, rules
from banyan.desks.support.rules import Entry, Household, Offer
from banyan.folders.membership import Member
from banyan.folders.seats import Seat
from banyan.language.money import MoneyFault
from banyan.language.pack import load_pack
from banyan.sealing import words
from banyan.sealing.keys import derive

A_WHILE = 2.0


@dataclass(frozen=True)
class Rate:
    """How many of a currency for one of the rules' currency: a decimal written out, where it is from, its day."""

    rate: str
    source: str
    day: str


# Households


def begin(
    *, desk: Desk, cover: bytes, since: str, until: str, adults: int, children: int, currency: str, way: str
) -> bytes:
    """Who enters founds the support folder for those who approve and pay, with what the household is entitled to."""
    case = _seated(desk, cover, Seat.ENTERING)
    if case.part("support"):
        raise NotYet(_("Support has begun already."))
    with desk.store.alone(cover):
        _fill_seats(desk, case)
        case = casework.case_of(desk, cover)
        others = [member for member in _readers(desk, case) if member.id != desk.keys.id]
        folder = casework.found_part(desk, cover, "support", others, Begun(cover=cover))
        entitle(desk=desk, cover=cover, since=since, until=until, adults=adults, children=children,
            currency=currency, way=way)  # fmt: skip
    return folder


def entitle(
    *, desk: Desk, cover: bytes, since: str, until: str, adults: int, children: int, currency: str, way: str
) -> None:
    """Who enters writes what the household is entitled to, by the rules in force; the end never before the start."""
    _seated(desk, cover, Seat.ENTERING)
    if until and until < since:
        raise NotYet(_("The last month is before the first one."), "until")
    put(desk, _folder(desk, cover), Entitled(
        version=load_pack().entitlements().version, since=since, until=until or rules.NO_END, adults=adults,
        children=children, currency=currency, way=way,
    ))  # fmt: skip


def change_people(*, desk: Desk, cover: bytes, approver: bytes, payer: bytes) -> None:
    """Who enters says who approves and who pays for a case from now on; the folder is given to exactly them."""
    case = _seated(desk, cover, Seat.ENTERING)
    with desk.store.alone(cover):
        come, leave = [], set[bytes]()
        for seat, ident in ((Seat.APPROVING, approver), (Seat.PAYING, payer)):
            member = desk.roster.members.get(ident)
            if member is None:
                raise NotYet(_("This member has no such seat now. Choose somebody else."))
            come += [(member, seat)] if ident not in case.seated(seat) else []
            leave |= set(case.seated(seat)) - {ident}
        if come or leave:
            casework.give_seats(desk, cover, come, leave)
        if case.part("support"):
            with in_words():
                desk.hand_over(_folder(desk, cover), _readers(desk, casework.case_of(desk, cover)))


def _fill_seats(desk: Desk, case: Case) -> None:
    """Where nobody approves or pays yet, who has least to do comes to the case."""
    come = []
    for seat, words_ in (
        (Seat.APPROVING, _("There is nobody who could approve for this case. Tell your office.")),
        (Seat.PAYING, _("There is nobody who could pay for this case. Tell your office.")),
    ):
        if not lists.seated(desk, case, seat):
            chosen = casework.choose(desk, case, seat, 1)
            if not chosen:
                raise NotYet(words_)
            come.append((chosen[0], seat))
    if come:
        casework.give_seats(desk, case.folder, come)


def _readers(desk: Desk, case: Case) -> list[Member]:
    """Three: this member who enters, one who approves and one who pays, also where two came to a seat at once."""
    seated = (lists.seated(desk, case, seat)[:1] for seat in (Seat.APPROVING, Seat.PAYING))
    return [desk.roster.members[ident] for ident in (desk.keys.id, *(one for ones in seated for one in ones))]


def _seated(desk: Desk, cover: bytes, seat: Seat) -> Case:
    case = casework.case_of(desk, cover)
    if not case.sits(desk.keys.id, seat):
        raise NotYet(_("Your seat on this case cannot do this."))
    return case


def _folder(desk: Desk, cover: bytes) -> bytes:
    slot = casework.case_of(desk, cover).part("support")
    if slot is None:
        raise NotYet(_("Support has not begun for this case."))
    return slot.folder


# Entering


@dataclass(frozen=True)
class Batch:
    """How far a run is: how many were entered just now, whose turn is still to come, and what could not be."""

    entered: int
    left: tuple[bytes, ...]
    refused: tuple[tuple[bytes, str], ...]


def enter_run(
    *,
    desk: Desk,
    run: bytes,
    month: str,
    covers: Sequence[bytes],
    rates: Mapping[str, Rate],
    seconds: float | None = None,
) -> Batch:
    """Who enters writes a run's payments household by household, for a moment (or `seconds`); the rest is left."""
    start, entered, most = monotonic(), 0, A_WHILE if seconds is None else seconds
    refused: list[tuple[bytes, str]] = []
    for nth, cover in enumerate(covers):
        if nth and monotonic() - start > most:
            return Batch(entered, tuple(covers[nth:]), tuple(refused))
        try:
            enter(desk=desk, run=run, month=month, cover=cover, rates=rates)
            entered += 1
        except NotYet as not_yet:
            refused.append((cover, str(not_yet)))
    return Batch(entered, (), tuple(refused))


def enter(*, desk: Desk, run: bytes, month: str, cover: bytes, rates: Mapping[str, Rate]) -> bytes:
    """Who enters writes one payment for a month, by the rules and a rate with its source; never a second one."""
    case = _seated(desk, cover, Seat.ENTERING)
    offered = lists.offer_of(lists.household(desk, case), month)
    if not rules.belongs(offered.household, month):
        raise NotYet(_("They are not entitled yet in this month."))
    if not offered.may:
        blocked = next((snag for snag in offered.snags if snag not in rules.MAY_STILL), None)
        raise NotYet(str(codes.SNAGS[blocked][1]) if blocked else _("Nothing is due by the rules."))
    base = lists.rules_of(offered.household).currency
    rate = rates.get(offered.paid_in) or (
        Rate("1", "", f"{desk.clock():%Y-%m-%d}") if base == offered.paid_in else None
    )
    if rate is None:
        raise NotYet(_("There is no rate for %(currency)s.") % {"currency": codes.currency(offered.paid_in)})
    payer = next(ident for ident in offered.household.payers)
    return put(desk, _folder(desk, cover), Entered(
        run=run, month=month, lines=offered.lines, rules_currency=base, due=worth(offered, base, rate),
        currency=offered.paid_in, rate=rate.rate, rate_source=rate.source, rate_day=rate.day, payer=payer,
    ))  # fmt: skip


def worth(offered: Offer, base: str, rate: Rate) -> int:
    """What is handed over for an offer, rounded to what is paid in its currency. Raises `NotYet`."""
    try:
        return rules.due(offered.total, base, offered.paid_in, rate.rate)
    except MoneyFault as fault:
        raise NotYet(_("With this rate nothing sensible comes out. Look at it again.")) from fault


# Approving, stopping, paying


def approve(*, desk: Desk, cover: bytes, payment: bytes, payer: bytes) -> bytes:
    """Who approves did not enter it and names the one payer anew: once, and never while two stand for the month."""
    _seated(desk, cover, Seat.APPROVING)
    entry = payment_or_not_yet(desk, cover, payment)
    one = entry.payment
    if desk.keys.id in (one.by, payer) or payer == one.by:
        raise NotYet(_("Who enters, who approves and who pays are three."))
    if one.state != "entered":
        raise NotYet(
            _("This cannot be approved any more: %(state)s.") % {"state": codes.said(codes.STATES, one.state)}
        )
    _refuse_held_up(entry)
    if payer not in entry.household.payers:
        raise NotYet(_("This member does not pay for this case. Choose who does."), "payer")
    name = put(desk, _folder_of(entry), Approved(payment=payment, payer=payer))
    if payment_or_not_yet(desk, cover, payment).payment.approved_by != desk.keys.id:
        raise NotYet(_("This does not hold: something it rests on has changed. Look at the case again."))
    return name


def stop(*, desk: Desk, cover: bytes, payment: bytes, why: str) -> bytes:
    """Who enters or approves may stop what is not handed over yet, with a reason; it wins over an approval."""
    case, entry = casework.case_of(desk, cover), payment_or_not_yet(desk, cover, payment)
    if not case.sits(desk.keys.id, Seat.ENTERING, Seat.APPROVING):
        raise NotYet(_("Your seat on this case cannot do this."))
    if entry.payment.state not in ("entered", "approved"):
        raise NotYet(_("It is too late to stop this: %(state)s.")
            % {"state": codes.said(codes.STATES, entry.payment.state)})  # fmt: skip
    return put(desk, _folder_of(entry), Stopped(payment=payment, why=why))


def hand_over_money(*, desk: Desk, cover: bytes, payment: bytes, given: bool) -> None:
    """Only the named payer says that money was handed over, with a word; the person is asked at the door to say it."""
    _seated(desk, cover, Seat.PAYING)
    entry = payment_or_not_yet(desk, cover, payment)
    one = entry.payment
    if one.state != "approved" or one.payer != desk.keys.id:
        raise NotYet(
            _("You are not to hand this over now: %(state)s.")
            % {"state": codes.said(codes.STATES, one.state)}
        )
    _refuse_held_up(entry)
    if not given:
        raise NotYet(_("Tick this once the money is in their hand."), "given")
    folder = _folder_of(entry)
    letter = Letter(
        amount=one.entered.due, currency=one.entered.currency, month=one.entered.month, payment=payment
    )
    with desk.store.alone(folder):
        put(desk, folder, Paid(payment=payment, word=word_for(desk, payment, "en")))
        casework.write_to_person(desk, cover, "money", letter, answer_to=folder)


def _refuse_held_up(entry: Entry) -> None:
    held = rules.held_up(entry.household, entry.payment)
    if held:
        raise NotYet(str(codes.SNAGS[held][1]))


def word_for(desk: Desk, payment: bytes, language: str) -> str:
    """The word that goes with a payment, in a language: the same however often the page is opened, and known to
    nobody but this payer before it is handed over.
    """
    place = int.from_bytes(derive(desk.keys.secret, "word of a receipt", salt=payment, length=8), "big")
    return words.load(language)[place % words.LISTED]


def payment_or_not_yet(desk: Desk, cover: bytes, payment: bytes) -> Entry:
    """A payment as it stands now, with its household."""
    one: Household = lists.household(desk, casework.case_of(desk, cover))
    found = next((entry for entry in one.payments if entry.name == payment), None)
    if found is None:
        raise NotYet(_("This payment is not on this desk."))
    return Entry(one, found)


def _folder_of(entry: Entry) -> bytes:
    folder = entry.household.folder_of(entry.payment.name)
    if folder is None:
        raise NotYet(_("This payment is not on this desk."))
    return folder


# The case


def move_on(*, desk: Desk, cover: bytes, stage: str = "") -> None:
    """Who enters moves a case to the next stage of support, or says which of two it is in."""
    case = _seated(desk, cover, Seat.ENTERING)
    to = Stage(stage) if stage else rules.NEXT.get(case.stage) if case.stage else None
    if to is None:
        raise NotYet(_("The case cannot go there from where it stands."))
    casework.go_to(desk, cover, to)


def propose_close(*, desk: Desk, cover: bytes, reason: str) -> None:
    """Who enters may sign first that a case is to be closed; nothing may still be on its way."""
    case = _seated(desk, cover, Seat.ENTERING)
    _refuse_open_payments(lists.household(desk, case))
    casework.propose(desk, cover, "close", (), reason)


def second_close(*, desk: Desk, cover: bytes) -> None:
    """Who enters may sign what a colleague proposed, and with that the case is closed."""
    case = _seated(desk, cover, Seat.ENTERING)
    waiting = closing(desk, case)
    if waiting is None:
        raise NotYet(_("Nothing waits for your signature."))
    _refuse_open_payments(lists.household(desk, case))
    with desk.store.alone(cover):
        done = casework.second(desk, cover, waiting)
        casework.go_to(desk, cover, Stage.CLOSED, act=done)
        casework.count(desk, cover, "closed", act=done)


def closing(desk: Desk, case: Case) -> Waiting | None:
    """A colleague's proposal to close that this member may sign."""
    waits = (one for one in case.waiting(desk.now) if one.statement.act == "close")
    return next((one for one in waits if one.signature.member != desk.keys.id), None)


def _refuse_open_payments(one: Household) -> None:
    if any(payment.state in ("entered", "approved") for payment in one.payments):
        raise NotYet(_("A payment is still on its way. Stop it, or wait until it is handed over."))
