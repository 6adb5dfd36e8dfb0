"""Support: what a household is entitled to, and each payment from its entry to the person's own receipt.

Who enters, who approves and who pays are three members; an approval names the one payer whose word counts.
Amounts are whole numbers of the currency's smallest part, a rate is a decimal written out.
"""

from dataclasses import dataclass, field
from itertools import product
from typing import Annotated, Literal

import msgspec

from banyan.cases.folders.reading import counting
from banyan.cases.registers import Merged, Register, fields_of, put_fields
from banyan.folders.history import History, Told
from banyan.sealing import words
from banyan.sealing.format import Bytes16, Bytes32, Count, Record

Code = Annotated[str, msgspec.Meta(max_length=40)]
Month = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Currency = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$")]
Rate = Annotated[str, msgspec.Meta(pattern=r"^\d{1,9}(\.\d{1,9})?$")]
Words = Annotated[str, msgspec.Meta(max_length=300)]


class Begun(Record, frozen=True):
    """The folder belongs to the case with this cover."""

    cover: Bytes32


class Entitled(Record, frozen=True):
    """Since when the household is entitled, by which version of the pack's rules; each field merged by itself."""

    version: Count | None = None
    since: Month | None = None
    until: Month | None = None
    adults: Annotated[int, msgspec.Meta(ge=0, le=99)] | None = None
    children: Annotated[int, msgspec.Meta(ge=0, le=99)] | None = None
    currency: Currency | None = None
    way: Code | None = None


class Line(Record, frozen=True):
    """One line of a payment: its code in the pack's rules and its amount in the currency of the rules."""

    code: Code
    amount: Count


class Entered(Record, frozen=True):
    """A payment is entered for a month, in a run. `due` is what is handed over, in `currency`, by `rate` (how many of
    `currency` for one of `rules_currency`) from the source that is named.
    """

    run: Bytes16
    month: Month
    lines: Annotated[tuple[Line, ...], msgspec.Meta(min_length=1, max_length=20)]
    rules_currency: Currency
    due: Count
    currency: Currency
    rate: Rate
    rate_source: Words
    rate_day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
    payer: Bytes16


class Approved(Record, frozen=True):
    """Another member approves, and names the payer anew: nobody else's word that it was paid counts."""

    payment: Bytes32
    payer: Bytes16


class Stopped(Record, frozen=True):
    """The payment is not to be made. It wins over an approval at once."""

    payment: Bytes32
    why: Code


class Paid(Record, frozen=True):
    """The payer has handed it over, with a word for the person to say at the door."""

    payment: Bytes32
    word: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Receipt(Record, frozen=True):
    """The person says that they have it, with the word that came with it."""

    payment: Bytes32
    word: Annotated[str, msgspec.Meta(max_length=60)]


DOCUMENTS: dict[str, type[Record]] = {
    "begun": Begun,
    "entitled": Entitled,
    "entered": Entered,
    "approved": Approved,
    "stopped": Stopped,
    "paid": Paid,
    "receipt": Receipt,
}
PaymentState = Literal["entered", "approved", "paid", "received", "stopped"]


@dataclass
class Payment:
    """One payment, by the name of its entry. `doubtful` where a receipt came with another word; `stops` why it was not
    to be made; `approvals` the entry, by whom, and which payer it names: where two at once name two, nobody is to
    pay. Money that was handed over while somebody stopped it, or by two, is paid, and stands in `conflict`.
    """

    name: bytes
    entered: Entered
    by: bytes
    time: int
    approvals: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    paid_by: set[bytes] = field(default_factory=set)
    stops: dict[bytes, str] = field(default_factory=dict)
    paid_at: int | None = None
    word: str = ""
    received_at: int | None = None
    doubtful: bool = False

    @property
    def approved_by(self) -> bytes | None:
        """Who approved it; of several at once one of them."""
        return self.approvals[0][1] if self.approvals else None

    @property
    def payer(self) -> bytes | None:
        """Who paid it, or is to pay it; None where two were named at once."""
        named = self.paid_by or {payer for _, _, payer in self.approvals}
        return next(iter(named)) if len(named) == 1 else None

    @property
    def conflict(self) -> bool:
        """Whether it was paid and stopped at once, or paid by two."""
        return self.paid_at is not None and (bool(self.stops) or len(self.paid_by) > 1)

    @property
    def state(self) -> PaymentState:
        """How far it is."""
        if self.received_at is not None:
            return "received"
        if self.paid_at is not None:
            return "paid"
        if self.stops:
            return "stopped"
        return "approved" if self.approved_by else "entered"


@dataclass
class Support(Merged):
    """What a support folder comes to."""

    folder: bytes
    cover: bytes = b""
    fields: dict[str, Register[object]] = field(default_factory=dict)
    payments: dict[bytes, Payment] = field(default_factory=dict)
    refused: list[tuple[bytes, str]] = field(default_factory=list)

    def of_month(self, month: str) -> list[Payment]:
        """The payments of a month that were not stopped. Two or more: a visible conflict, and none may be approved."""
        return [
            one for one in self.payments.values() if one.entered.month == month and one.state != "stopped"
        ]


def fold(history: History) -> Support:
    """The state of a support folder."""
    state = Support(history.folder)
    for told, document in counting(history, DOCUMENTS):
        if isinstance(document, Begun):
            state.cover = state.cover or document.cover
        elif isinstance(document, Entitled):
            put_fields(state.fields, told.name, fields_of(document), history.causal)
        elif isinstance(document, Entered):
            author, time = told.opened.author, told.opened.entry.time
            state.payments[told.name] = Payment(told.name, document, author, time)
        elif isinstance(document, Approved | Stopped | Paid | Receipt):
            payment = state.payments.get(document.payment)
            why = _apply(payment, told, document, history) if payment else "no such payment"
            if why:
                state.refused.append((told.name, why))
    return state


def _apply(payment: Payment, told: Told, document: Record, history: History) -> str:
    """Why it has no effect, or nothing."""
    time = told.opened.entry.time
    if isinstance(document, Receipt):
        right = payment.paid_at is not None and _same_word(document.word, payment.word)
        payment.received_at = payment.received_at or (time if right else None)
        payment.doubtful = payment.received_at is None
        return "" if right else "a receipt with another word"
    if not history.causal.before(payment.name, told.name):
        return "about a payment that its author had not seen"
    if isinstance(document, Stopped):
        payment.stops[told.name] = document.why
    elif isinstance(document, Approved):
        return _approve(payment, told, document, history)
    elif isinstance(document, Paid):
        return _pay(payment, told, document, history)
    return ""


def _same_word(said: str, given: str) -> bool:
    """Whether it is the word that was given, however it is spelt, or the one at its place in the other list."""
    listed = [
        (words.find(said, language), words.find(given, other))
        for language, other in product(("en", "my"), repeat=2)
    ]
    same = words.normalise(said) == words.normalise(given)
    return same or any(place is not None and place == wanted for place, wanted in listed)


def _pay(payment: Payment, told: Told, document: Paid, history: History) -> str:
    before = history.causal.before
    named = {payer for name, _, payer in payment.approvals if before(name, told.name)}
    if told.opened.author not in named:
        return "paid by somebody who was not named"
    if any(before(stop, told.name) for stop in payment.stops):
        return "paid after it was stopped"
    payment.paid_at, payment.word = payment.paid_at or told.opened.entry.time, payment.word or document.word
    payment.paid_by.add(told.opened.author)
    return ""


def _approve(payment: Payment, told: Told, document: Approved, history: History) -> str:
    author = told.opened.author
    if author == payment.by or document.payer in (author, payment.by):
        return "who enters, who approves and who pays are three"
    if any(history.causal.before(name, told.name) for name, *_ in payment.approvals):
        return "approved already"
    payment.approvals.append((told.name, author, document.payer))
    return ""
