"""What the pages of support say of a household, a payment or a run: titles, rows, facts. Nothing here decides."""

from collections.abc import Callable, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from banyan.cases.desk import Desk
from banyan.cases.folders.support import Line as PaymentLine
from banyan.cases.folders.support import Payment
from banyan.cases.models import CaseRow
from banyan.desks import frame
from banyan.desks.frame import Line, slug_of
from banyan.desks.support import actions, codes, rules
from banyan.desks.support.rules import ALARMS, Entry, Household, Offer, Snag
from banyan.folders.seats import Seat
from banyan.language import times
from banyan.language.pack import load_pack


def row(
    weight: int,
    reference: str,
    what: str,
    url: str,
    action: str,
    tag: str = "",
    tone: str = "quiet",
    detail: str = "",
) -> Line:
    """A row of a list; what is in alarm cannot wait."""
    return Line(reference, what, url, action, tag, tone, detail, main=tone == "alarm", weight=weight)


def in_order(found: Iterable[Line]) -> list[Line]:
    """The most urgent first."""
    return sorted(found, key=lambda line: (line.weight, line.reference))


def title(count: int) -> str:
    """The state of the world in a sentence."""
    if count == 0:
        return _("Nothing is due before tomorrow")
    said = ngettext("One thing needs you now", "%(count)s things need you now", count)
    return said % {"count": frame.in_words(count)}


def people(adults: int | None, children: int | None) -> str:
    """A household in words: "2 adults, 1 child"."""
    said = []
    for many, one, more in (
        (adults, _("%(n)s adult"), _("%(n)s adults")),
        (children, _("%(n)s child"), _("%(n)s children")),
    ):
        if many:
            said.append((one if many == 1 else more) % {"n": frame.number(many)})
    return ", ".join(said) or _("nobody")


def lines(of: Sequence[PaymentLine], currency: str) -> list[tuple[str, str]]:
    """The lines of a payment: what it is for, and how much."""
    return [(codes.rule(line.code), codes.amount(line.amount, currency)) for line in of]


def snags(found: Iterable[Snag]) -> list[tuple[str, str, str]]:
    """What stands out: tone, a word, a sentence."""
    return [
        ("alarm" if snag in ALARMS else "sun", str(codes.SNAGS[snag][0]), str(codes.SNAGS[snag][1]))
        for snag in found
    ]


def page_of(one: Household, page: str = "case") -> str:
    """The address of a page about a household."""
    return reverse(f"support:{page}", args=[slug_of(one.case.folder)])


def page_of_payment(one: Household, payment: Payment, page: str) -> str:
    """The address of a page about a payment."""
    return reverse(f"support:{page}", args=[slug_of(one.case.folder), payment.name[:8].hex()])


# Who enters


def entering(desk: Desk, households: Sequence[Household], month: str) -> list[Line]:
    """What who enters has to see to."""
    found = [row for one in households for row in _of_household(desk, one)]
    run = _run_of(desk, households, month)
    return in_order([*found, *([run] if run else [])])


def _of_household(desk: Desk, one: Household) -> list[Line]:
    in_force, reference, found = load_pack().entitlements(), one.case.reference, []
    waiting = actions.closing(desk, one.case)
    if waiting:
        found.append(row(2, reference, _("a colleague has signed that this case is to be closed"),
            page_of(one, "second"), _("Look"), _("To sign"), "sky",
            codes.close_reason(waiting.statement.reason)))  # fmt: skip
    moving = any(payment.state in ("entered", "approved") for payment in one.payments)
    if not rules.gives_money(one, in_force) and len(one.case.stages) == 1 and not moving:
        return found
    if one.main is None and one.case.part("support"):
        return found  # a colleague who came at once has begun, and three read it
    if one.main is None:
        found.append(row(3, reference, _("has come, and support has not begun"), page_of(one, "begin"),
            _("Begin"), _("New"), "sky", people(*_heads(one))))  # fmt: skip
        return found
    out = rules.standing(one, in_force)
    if out:
        found.append(_snagged(one, out))
    return found


def _snagged(one: Household, out: Sequence[Snag]) -> Line:
    tag, sentence = codes.SNAGS[out[0]]
    page = "entitle" if out[0] in (Snag.NOT_ENTITLED, Snag.TORN, Snag.CHANGED, Snag.OLD_RULES) else "case"
    page = "people" if out[0] in (Snag.NO_PAYER, Snag.NO_APPROVER, Snag.SHUT_OUT) else page
    tone, weight = (
        ("alarm", 0) if out[0] in ALARMS else ("quiet", 5) if out[0] is Snag.OLD_RULES else ("sun", 2)
    )
    more = " · ".join(str(codes.SNAGS[snag][0]) for snag in out[1:])
    return row(
        weight, one.case.reference, str(sentence), page_of(one, page), _("See to it"), str(tag), tone, more
    )


def _heads(one: Household) -> tuple[int | None, int | None]:
    adults, children = one.case.one("adults"), one.case.one("children")
    return adults if isinstance(adults, int) else None, children if isinstance(children, int) else None


def _run_of(desk: Desk, households: Sequence[Household], month: str) -> Line | None:
    """The run of a month, while somebody is not entered who may be."""
    due, now = codes.due_moment(month), desk.clock()
    left = sum(
        one.entitled and rules.belongs(one, month) and not one.of_month(month)
        and not (one.until and one.until < month) and rules.gives_money(one, load_pack().entitlements())
        for one in households
    )  # fmt: skip
    if not left:
        return None
    said = ngettext("%(count)s household is not entered", "%(count)s households are not entered", left)
    late = times.is_late(due, now)
    return row(1 if late else 4, codes.month(month), said % {"count": frame.number(left)},
        reverse("support:enter", args=[month]), _("Enter"), times.due(due, now), "sun" if late else "leaf")  # fmt: skip


# Who pays


def paying(desk: Desk, households: Sequence[Household]) -> tuple[list[Line], list[Line]]:
    """What who pays has to see to now, and what was handed over and waits to be confirmed at the door."""
    now: list[Line] = []
    later: list[Line] = []
    for one in households:
        for payment in one.payments:
            if payment.payer != desk.keys.id:
                continue
            if payment.state == "approved":
                now.append(_to_hand_over(one, payment))
            elif payment.state == "paid":
                row = _unconfirmed(desk, one, payment)
                (later if row.tone == "quiet" else now).append(row)
    return in_order(now), in_order(later)


def _to_hand_over(one: Household, payment: Payment) -> Line:
    entered, held = payment.entered, rules.held_up(one, payment)
    return row(0 if held else 2, one.case.reference,
        _("%(amount)s for %(month)s") % {"amount": codes.amount(entered.due, entered.currency),
            "month": codes.month(entered.month)},
        page_of_payment(one, payment, "pay"), _("Pay"),
        str(codes.SNAGS[held][0]) if held else _("To hand over"), "alarm" if held else "sky",
        str(codes.SNAGS[held][1]) if held else codes.way(one.text("way")))  # fmt: skip


def _unconfirmed(desk: Desk, one: Household, payment: Payment) -> Line:
    entered = payment.entered
    what = _("%(amount)s for %(month)s, handed over %(ago)s") % {
        "amount": codes.amount(entered.due, entered.currency), "month": codes.month(entered.month),
        "ago": times.ago(frame.moment(payment.paid_at or 0), desk.clock()),
    }  # fmt: skip
    weight, tone, tag, detail = 9, "quiet", _("Not confirmed"), ""
    if rules.is_late(payment, desk.now):
        weight, tone, tag = 1, "sun", _("Not confirmed for a week")
        detail = _("Ask in a way that is safe whether it came, and say the word again.")
    if payment.doubtful:
        weight, tone, tag = 0, "alarm", str(codes.SNAGS[Snag.DOUBTFUL][0])
        detail = _("At the door a wrong word was said. Ask them yourself before the next money goes out.")
    if rules.unsettled(payment):
        weight, tone, tag = 0, "alarm", str(codes.SNAGS[Snag.PAID_AND_STOPPED][0])
        detail = _("Somebody stopped it while you handed it over. Speak with who approves.")
    return row(weight, one.case.reference, what, page_of(one), _("Open"), str(tag), tone, detail)


# Lists


def listed(desk: Desk, households: Sequence[Household]) -> list[Line]:
    """All households, each with its newest payment."""
    found = []
    for one in households:
        newest = next(iter(one.payments), None)
        what = (
            people(one.number("adults"), one.number("children")) if one.entitled else _("no entitlement yet")
        )
        detail = _("%(month)s: %(amount)s") % {
            "month": codes.month(newest.entered.month),
            "amount": codes.amount(newest.entered.due, newest.entered.currency),
        } if newest else frame.stages(one.case.stages)  # fmt: skip
        tag = codes.said(codes.STATES, newest.state) if newest else _("Nothing paid yet")
        tone = codes.STATE_TONES[newest.state] if newest else "quiet"
        found.append(row(0, one.case.reference, what, page_of(one), _("Open"), tag, tone, detail))
    return found


def how_many_over(count: int) -> str:
    """How many households there are whose case is over, or nothing."""
    said = ngettext(
        "The case of one household is over.", "The cases of %(count)s households are over.", count
    )
    return said % {"count": frame.number(count)} if count else ""


def over(case: CaseRow) -> Line:
    """A household whose case is over, by its row alone."""
    url = reverse("support:case", args=[slug_of(bytes(case.folder))])
    return row(0, case.reference, frame.stages(case.stage.split(" / ")), url, _("Open"))


def facts(one: Household) -> list[tuple[str, str]]:
    """What a household is entitled to, for a card. Of two values at once both are said."""
    fields = one.main.fields if one.main else {}
    named: dict[str, tuple[str, Callable[[str], str]]] = {
        "since": (_("Since"), codes.month), "until": (_("Last month"), codes.month),
        "adults": (_("Adults"), frame.number), "children": (_("Children"), frame.number),
        "currency": (_("Paid in"), codes.currency), "way": (_("It reaches them by"), codes.way),
        "version": (_("Version of the rules"), frame.number),
    }  # fmt: skip
    return [
        (label, " / ".join(show(str(value)) for value in fields[key].values))
        for key, (label, show) in named.items()
        if key in fields and fields[key].values != (rules.NO_END,)
    ]


def rests_on(one: Household, payment: Payment) -> list[tuple[str, str]]:
    """What a payment says, for whoever approves it or hands it over."""
    entered = payment.entered
    total = sum(line.amount for line in entered.lines)
    found = [(_("Month"), codes.month(entered.month)), *lines(entered.lines, entered.rules_currency)]
    if entered.currency != entered.rules_currency:
        found += [
            (_("By the rules"), codes.amount(total, entered.rules_currency)),
            (_("Rate"), rate(payment)),
        ]
    return [
        *found,
        (_("To hand over"), codes.amount(entered.due, entered.currency)),
        (_("It reaches them by"), codes.way(one.text("way"))),
    ]


def rate(payment: Payment) -> str:
    """The rate with its source and day: "1 baht = 66.5 kyat (bank, Thursday 5 March 2026)"."""
    entered = payment.entered
    return _("one %(base)s is %(rate)s %(paid_in)s (%(source)s, %(day)s)") % {
        "base": codes.currency(entered.rules_currency), "rate": entered.rate,
        "paid_in": codes.currency(entered.currency), "source": entered.rate_source, "day": codes.day(entered.rate_day),
    }  # fmt: skip


NOTHING_DUE = {Snag.ENDED, Snag.STAGE, Snag.ALREADY, Snag.MISSED, Snag.OLD_RULES}


def offered(one: Offer, base: str) -> dict[str, object]:
    """A household in a run's table."""
    home = one.household
    return {
        "slug": slug_of(home.case.folder), "reference": home.case.reference, "may": one.may,
        "people": people(home.number("adults"), home.number("children")), "lines": lines(one.lines, base),
        "total": codes.amount(one.total, base), "snags": snags(one.snags), "url": page_of(home),
        "paid_in": one.paid_in, "nothing_due": not one.may and set(one.snags) <= NOTHING_DUE,
    }  # fmt: skip


def households_title(count: int) -> str:
    """How many households there are, in a sentence."""
    if not count:
        return _("No household is with you yet")
    return ngettext("One household is with you", "%(count)s households are with you", count) % {
        "count": frame.number(count)
    }


def heads_of(one: Household) -> str:
    """The household as the cover of the case says it."""
    return people(*_heads(one))


def start_of(one: Household, month: str) -> dict[str, object]:
    """What the form of an entitlement starts from: what stands; else the cover, this month and cash in hand."""
    adults, children = _heads(one)
    start: dict[str, object] = {"since": month, "adults": adults, "children": children, "way": "cash"}
    start["currency"] = load_pack().entitlements().currency
    fields = one.main.fields if one.main else {}
    stands = {key: fields[key].values[0] for key in rules.FIELDS if key in fields}
    if stands.get("until") == rules.NO_END:
        stands.pop("until")
    return {**start, **stands}


def entered_by(desk: Desk, entry: Entry) -> str:
    """Who entered a payment, and when."""
    member = desk.roster.members.get(entry.payment.by)
    return _("Entered by %(name)s, %(ago)s. Look at what it rests on before you approve.") % {
        "name": member.name if member else "",
        "ago": times.ago(frame.moment(entry.payment.time), desk.clock()),
    }


def with_you(count: int) -> str:
    """How many households there are in all."""
    said = ngettext("One household is with you in all.", "%(count)s households are with you in all.", count)
    return said % {"count": frame.number(count)} if count else _("No household is with you yet.")


def open_payments(desk: Desk, one: Household, seat: Seat | None) -> list[Line]:
    """The payments of a household with which this member may do something now."""
    found = []
    for payment in one.payments:
        may = {
            Seat.ENTERING: ("stop", _("Stop it"), payment.state in ("entered", "approved")),
            Seat.APPROVING: ("approve", _("Look and approve"), payment.state == "entered"),
            Seat.PAYING: ("pay", _("Pay"), payment.state == "approved" and payment.payer == desk.keys.id),
        }
        if seat is Seat.APPROVING and payment.state == "approved":
            may[seat] = ("stop", _("Stop it"), True)
        if seat in may and may[seat][2]:
            page, action, _may = may[seat]
            what = codes.amount(payment.entered.due, payment.entered.currency)
            tag, tone = codes.said(codes.STATES, payment.state), codes.STATE_TONES[payment.state]
            url = page_of_payment(one, payment, page)
            found.append(row(0, codes.month(payment.entered.month), what, url, action, tag, tone))
    return found
