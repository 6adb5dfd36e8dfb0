"""Pure decisions of support: what is due, what stands in the way. No request, no database, no words for pages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from banyan.cases.folders.cover import Case
from banyan.cases.folders.support import Line, Payment, Support
from banyan.cases.stages import ARRIVED, Stage
from banyan.folders.seats import Seat, fits_in_case
from banyan.language import money
from banyan.language.entitlements import Entitlements, lines_for

MONEY = (Seat.ENTERING, Seat.APPROVING, Seat.PAYING)
DAY = 24 * 3_600_000
CONFIRMED_WITHIN = 7 * DAY
NO_END = "9999-12"
NEXT = {Stage.SUPPORT: Stage.REINTEGRATION, Stage.REINTEGRATION: Stage.FOLLOW_UP}
FIELDS = ("version", "since", "until", "adults", "children", "currency", "way")
NEEDED = tuple(field for field in FIELDS if field != "until")


@dataclass(frozen=True)
class Household:
    """A case with what this desk knows of its money. `supports` has more than one folder only where two were begun at
    once; the first is the case's own. `payers` and `approvers` sit on the case and are active; those of them who do not
    read that folder are `shut_out`. `sat` has the seats that each member ever had on the case;
    `odd` is whether something has not arrived or does not fit.
    """

    case: Case
    supports: tuple[Support, ...]
    payers: tuple[bytes, ...]
    approvers: tuple[bytes, ...]
    shut_out: tuple[bytes, ...] = ()
    sat: Mapping[bytes, frozenset[Seat]] = field(default_factory=dict)
    odd: bool = False

    @property
    def main(self) -> Support | None:
        """The case's support folder."""
        return self.supports[0] if self.supports else None

    @property
    def payments(self) -> list[Payment]:
        """All payments, the newest month first."""
        found = [one for support in self.supports for one in support.payments.values()]
        return sorted(found, key=lambda one: (one.entered.month, one.time), reverse=True)

    def folder_of(self, payment: bytes) -> bytes | None:
        """The folder in which a payment was entered."""
        return next((one.folder for one in self.supports if payment in one.payments), None)

    def had(self, member: bytes, seat: Seat) -> bool:
        """Whether a member ever had a seat on the case, and none that never meets it."""
        held = self.sat.get(member, frozenset())
        return seat in held and fits_in_case(held)

    def of_month(self, month: str) -> list[Payment]:
        """The payments of a month that were not stopped, in whichever folder."""
        return [one for support in self.supports for one in support.of_month(month)]

    def text(self, key: str) -> str:
        """A coded field of the entitlement, or nothing."""
        value = self.main.one(key) if self.main else None
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        """A number of the entitlement, or None."""
        value = self.main.one(key) if self.main else None
        return value if isinstance(value, int) else None

    @property
    def until(self) -> str:
        """The last month, or nothing while there is no end."""
        until = self.text("until")
        return "" if until == NO_END else until

    @property
    def torn(self) -> tuple[str, ...]:
        """The fields of the entitlement that two set at once."""
        fields = self.main.fields if self.main else {}
        return tuple(key for key in FIELDS if key in fields and fields[key].conflict)

    @property
    def entitled(self) -> bool:
        """Whether everything that a payment needs is set, and by one alone."""
        fields = self.main.fields if self.main else {}
        return all(key in fields and not fields[key].conflict for key in NEEDED)


# What stands in the way


class Snag(StrEnum):
    """What somebody must look at before a household is paid for a month, in the order in which it is shown."""

    TWICE = "twice"
    PAID_AND_STOPPED = "paid-and-stopped"
    DOUBTFUL = "doubtful"
    STRANGER = "stranger"
    TORN = "torn"
    STAGE_TORN = "stage-torn"
    ALREADY = "already"
    NOT_ENTITLED = "not-entitled"
    ENDED = "ended"
    STAGE = "stage"
    NO_PAYER = "no-payer"
    NO_APPROVER = "no-approver"
    SHUT_OUT = "shut-out"
    PAYER_GONE = "payer-gone"
    AMOUNT = "amount"
    CHANGED = "changed"
    MISSED = "missed"
    OLD_RULES = "old-rules"


MAY_STILL = frozenset(
    {
        Snag.PAID_AND_STOPPED, Snag.DOUBTFUL, Snag.STRANGER, Snag.PAYER_GONE, Snag.CHANGED, Snag.MISSED,
        Snag.OLD_RULES,
    }
)  # fmt: skip
ALARMS = frozenset({Snag.TWICE, Snag.PAID_AND_STOPPED, Snag.DOUBTFUL, Snag.STRANGER, Snag.AMOUNT})


def snags(one: Household, month: str, rules: Entitlements) -> tuple[Snag, ...]:
    """Everything that stands out before a household is entered for a month; `rules` are those in force."""
    there, found = one.of_month(month), set(standing(one, rules))
    if there:
        return tuple(
            snag for snag in Snag if snag in {Snag.TWICE if len(there) > 1 else Snag.ALREADY, *_past(one)}
        )
    if one.entitled and one.until and one.until < month:
        found.add(Snag.ENDED)
    if one.entitled and _missed(one, month):
        found.add(Snag.MISSED)
    return tuple(snag for snag in Snag if snag in found)


def standing(one: Household, rules: Entitlements) -> tuple[Snag, ...]:
    """What stands out whatever the month."""
    found = {*_past(one), *_people(one)}
    if len(one.case.stages) > 1:
        found.add(Snag.STAGE_TORN)
    elif not gives_money(one, rules):
        found.add(Snag.STAGE)
    if one.torn:
        found.add(Snag.TORN)
    elif not one.entitled:
        found.add(Snag.NOT_ENTITLED)
    else:
        if any(one.number(key) != one.case.one(key) for key in ("adults", "children")):
            found.add(Snag.CHANGED)
        if (one.number("version") or 0) < rules.version:
            found.add(Snag.OLD_RULES)
    return tuple(snag for snag in Snag if snag in found)


def gives_money(one: Household, rules: Entitlements) -> bool:
    """Whether the case is in a stage in which money is due."""
    return bool(set(one.case.stages) & set(_from(rules)))


def _from(rules: Entitlements) -> tuple[Stage, ...]:
    """The stages in which the rules hold."""
    start = Stage(rules.from_stage)
    return ARRIVED[ARRIVED.index(start) :] if start in ARRIVED else ARRIVED


def _past(one: Household) -> set[Snag]:
    """What is wrong with what was paid before."""
    found = {Snag.PAID_AND_STOPPED for payment in one.payments if unsettled(payment)}
    months = Counter(payment.entered.month for payment in one.payments if payment.state != "stopped")
    if max(months.values(), default=0) > 1:
        found.add(Snag.TWICE)
    if any(payment.doubtful for payment in one.payments):
        found.add(Snag.DOUBTFUL)
    if any(
        payment.state in ("entered", "approved", "paid") and strange(one, payment) for payment in one.payments
    ):
        found.add(Snag.STRANGER)
    if any(payment.state == "approved" and payment.payer not in one.payers for payment in one.payments):
        found.add(Snag.PAYER_GONE)
    return found


def unsettled(payment: Payment) -> bool:
    """Whether it was handed over and stopped at once, and nobody has said at the door that it came."""
    return payment.conflict and payment.received_at is None


def strange(one: Household, payment: Payment) -> bool:
    """Whether somebody entered, approved or paid it who never had that seat on this case: the folder knows who three
    are, and only the cover who of them may.
    """
    did = [(payment.by, Seat.ENTERING), *((who, Seat.APPROVING) for _, who, _ in payment.approvals)]
    return not all(one.had(*each) for each in (*did, *((who, Seat.PAYING) for who in payment.paid_by)))


def held_up(one: Household, payment: Payment) -> Snag | None:
    """Why no money may go out: its month stands twice, or it rests on somebody without that seat on the case."""
    if len(one.of_month(payment.entered.month)) > 1:
        return Snag.TWICE
    return Snag.STRANGER if strange(one, payment) else None


def _people(one: Household) -> set[Snag]:
    found = set()
    if not one.payers:
        found.add(Snag.NO_PAYER)
    if not one.approvers:
        found.add(Snag.NO_APPROVER)
    if one.shut_out:
        found.add(Snag.SHUT_OUT)
    return found


def _missed(one: Household, month: str) -> bool:
    """Whether an earlier month has no payment at all."""
    start = one.text("since")
    return any(not one.of_month(earlier) for earlier in months_between(start, month))


def months_between(start: str, end: str) -> list[str]:
    """The months from one up to another, without that: "2026-11", "2027-01" gives "2026-11", "2026-12"."""
    found: list[str] = []
    month = start
    while month < end and len(found) < 600:
        found.append(month)
        month = next_month(month)
    return found


def next_month(month: str) -> str:
    """The month after a month."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02}"


# A payment of a month


@dataclass(frozen=True)
class Offer:
    """A household in a run: what it is due by the rules, and what stands in the way. `lines` are empty where nothing
    can be worked out.
    """

    household: Household
    snags: tuple[Snag, ...]
    lines: tuple[Line, ...]
    paid_in: str

    @property
    def total(self) -> int:
        """All lines together, in the currency of the rules."""
        return sum(line.amount for line in self.lines)

    @property
    def may(self) -> bool:
        """Whether it may be entered now."""
        return bool(self.lines) and all(snag in MAY_STILL for snag in self.snags)


def belongs(one: Household, month: str) -> bool:
    """Whether a household stands in the run of a month: not before it is entitled."""
    return one.main is not None and not (one.text("since") and one.text("since") > month)


def offer(one: Household, month: str, rules: Entitlements, now_in_force: Entitlements) -> Offer:
    """What a household is due for a month by its own version of the rules."""
    return Offer(one, snags(one, month, now_in_force), lines_of(one, month, rules), one.text("currency"))


def lines_of(one: Household, month: str, rules: Entitlements, without: bytes = b"") -> tuple[Line, ...]:
    """The lines of a month; what is given once is due in the first month, where it was not given before in another
    payment than `without`.
    """
    adults, children = one.number("adults"), one.number("children")
    if not one.entitled or adults is None or children is None or adults < 1:
        return ()
    once = {item.code for item in rules.items if item.counts == "household_once"}
    given = any(
        line.code in once
        for payment in one.payments
        if payment.state != "stopped" and payment.name != without
        for line in payment.entered.lines
    )
    first = month == one.text("since") and not given
    return tuple(
        Line(code=line.code, amount=line.minor_units) for line in lines_for(rules, adults, children, first)
    )


def due(total: int, rules_currency: str, currency: str, rate: str) -> int:
    """What is handed over. Raises `MoneyFault` for a rate or a currency that cannot be meant."""
    return money.convert(total, rules_currency, currency, Decimal(rate))


def doubts(one: Household, payment: Payment, rules: Entitlements) -> tuple[Snag, ...]:
    """What stands out before a payment is approved; the amount is worked out once more."""
    found = {
        snag for snag in (*standing(one, rules), *_unlike(one, payment, rules)) if snag is not Snag.OLD_RULES
    }
    if len(one.of_month(payment.entered.month)) < 2:
        found.discard(Snag.TWICE)
    if payment.entered.payer not in one.payers and one.payers:
        found.add(Snag.PAYER_GONE)
    if one.until and one.until < payment.entered.month:
        found.add(Snag.ENDED)
    return tuple(snag for snag in Snag if snag in found)


def _unlike(one: Household, payment: Payment, rules: Entitlements) -> set[Snag]:
    entered = payment.entered
    total = sum(line.amount for line in entered.lines)
    try:
        right = due(total, entered.rules_currency, entered.currency, entered.rate) == entered.due
    except money.MoneyFault:
        right = False
    lines = lines_of(one, entered.month, rules, without=payment.name)
    fits = lines == entered.lines and entered.rules_currency == rules.currency
    return set() if right and fits else {Snag.AMOUNT}


# A household that is larger than its cover says is not among them: whoever enters writes how many they are.
APPROVED_ANYWAY = frozenset({Snag.PAID_AND_STOPPED, Snag.DOUBTFUL, Snag.NO_APPROVER, Snag.SHUT_OUT})


def may_approve(found: Iterable[Snag]) -> bool:
    """Whether a payment with these doubts may be approved together with others, without a look at it alone."""
    return all(snag in APPROVED_ANYWAY for snag in found)


def is_late(payment: Payment, now: int) -> bool:
    """Whether money was handed over a week ago and nobody said at the door that it came."""
    return (
        payment.state == "paid" and payment.paid_at is not None and payment.paid_at + CONFIRMED_WITHIN < now
    )


# Runs


@dataclass(frozen=True)
class Entry:
    """A payment with its household."""

    household: Household
    payment: Payment


@dataclass(frozen=True)
class Run:
    """What was entered together for a month."""

    ident: bytes
    month: str
    entries: tuple[Entry, ...]

    def totals(self, *states: str) -> dict[str, int]:
        """What is handed over, by currency, of payments in these states (or all that were not stopped)."""
        return totals(
            (entry.payment.entered.currency, entry.payment.entered.due)
            for entry in self.entries
            if (entry.payment.state in states if states else entry.payment.state != "stopped")
        )

    def by_state(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(state, currency): how many payments, and how much."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for entry in self.entries:
            key = (entry.payment.state, entry.payment.entered.currency)
            many, much = found.get(key, (0, 0))
            found[key] = (many + 1, much + entry.payment.entered.due)
        return found


def totals(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Amounts added up currency by currency, by its code."""
    found: dict[str, int] = {}
    for currency, amount in amounts:
        found[currency] = found.get(currency, 0) + amount
    return dict(sorted(found.items()))


def runs(households: Iterable[Household]) -> list[Run]:
    """All runs, the newest month first."""
    found: dict[tuple[str, bytes], list[Entry]] = {}
    for one in households:
        for payment in one.payments:
            found.setdefault((payment.entered.month, payment.entered.run), []).append(Entry(one, payment))
    return [Run(ident, month, tuple(found[month, ident])) for month, ident in sorted(found, reverse=True)]
