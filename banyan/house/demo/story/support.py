"""Support: what a household is entitled to, runs month by month by three, money by hand, a word at the door."""

from datetime import UTC, datetime

from banyan.cases import casework
from banyan.cases.desk import Desk
from banyan.cases.folders.support import Payment
from banyan.desks.support import actions as support
from banyan.desks.support import lists, rules
from banyan.desks.support.actions import Rate
from banyan.doors.front import actions as front
from banyan.folders.seats import Seat
from banyan.house.demo.people import Person, Turns, nonce
from banyan.house.demo.plan import CONFIRMED
from banyan.sealing.format import digest

# Invented, and so it says where a payment is shown.
RATES = {"MMK": ("66.5", "a bank's board, invented"), "USD": ("0.0287", "a bank, invented")}
DUE_DAY = 5


def months(start: str, number: int) -> list[str]:
    """So many months from one on."""
    found = [start]
    while len(found) < number:
        found.append(rules.next_month(found[-1]))
    return found


def month_at(moment: datetime) -> str:
    """The month of a moment."""
    return f"{moment:%Y-%m}"


def begins(person: Person, since: str, until: str) -> Turns:
    """Who enters writes what the household is entitled to."""
    person.after(4, 40)
    desk = person.desk_of(Seat.ENTERING)
    case = casework.case_of(desk, person.cover)
    currency = person.random.choice(("THB", "THB", "THB", "THB", "MMK", "USD"))
    adults, children = case.one("adults"), case.one("children")
    folder = support.begin(
        desk=desk, cover=person.cover, since=since, until=until, adults=int(str(adults)),
        children=int(str(children)), currency=currency, way="cash",
    )  # fmt: skip
    person.knows(folder)
    yield


def entered(person: Person, month: str) -> Turns:
    """Their part of the month's run is entered."""
    person.until(
        datetime(int(month[:4]), int(month[5:]), DUE_DAY, 3 + person.random.randint(0, 6), tzinfo=UTC)
    )
    desk = person.desk_of(Seat.ENTERING)
    day = f"{person.at:%Y-%m-%d}"
    rates = {code: Rate(rate, source, day) for code, (rate, source) in RATES.items()}
    support.enter(
        desk=desk, run=digest("demo run", month.encode())[:16], month=month, cover=person.cover, rates=rates
    )
    yield


def approved(person: Person, month: str) -> Turns:
    """Somebody else approves it and names who pays."""
    person.after(1, 12)
    desk = person.desk_of(Seat.APPROVING)
    payer = person.scene.cast.members(Seat.PAYING)[0].id
    support.approve(desk=desk, cover=person.cover, payment=_payment(desk, person, month).name, payer=payer)
    yield


def paid(person: Person, month: str) -> Turns:
    """The payer hands it over, with a word."""
    person.after(4, 40)
    desk = person.desk_of(Seat.PAYING)
    payment = _payment(desk, person, month).name
    support.hand_over_money(desk=desk, cover=person.cover, payment=payment, given=True)
    person.word = support.word_for(desk, payment, person.contact.language)
    yield


def receives(person: Person) -> Turns:
    """The person says the word at the door."""
    person.after(1, 60)
    front.say_received(visit=person.visit, nonce=nonce(), letter=person.letter("money"), word=person.word)
    yield


def month_of_support(person: Person, month: str, *, says_so: bool = True) -> Turns:
    """One month from entry to receipt; some receipts stay open."""
    yield from entered(person, month)
    yield from approved(person, month)
    yield from paid(person, month)
    if says_so:
        yield from receives(person)


def supported(person: Person) -> Turns:
    """Two or three months of support in the past."""
    run = months(month_at(person.at), person.random.choice((2, 2, 3)))
    yield from begins(person, run[0], run[-1])
    for month in run:
        yield from month_of_support(person, month, says_so=person.happens(CONFIRMED))


def _payment(desk: Desk, person: Person, month: str) -> Payment:
    """The payment of a month."""
    household = lists.household(desk, casework.case_of(desk, person.cover))
    (payment,) = household.of_month(month)
    return payment
