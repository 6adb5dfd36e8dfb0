"""A counter: the desks of those who see to money, with households of a whole test programme, and a browser at one."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from banyan.cases.desk import Desk
from banyan.cases.folders import support
from banyan.cases.folders.support import Payment, Support
from banyan.cases.journey import Journey
from banyan.cases.testing import WHOLE, Programme
from banyan.desks.support import actions, lists
from banyan.desks.support.actions import Rate
from banyan.desks.support.rules import Household
from banyan.folders.seats import Seat
from banyan.house import standing
from banyan.house.settings_shared import DESK_MIDDLEWARE

MONTH = "2026-03"
BANK = {
    "MMK": Rate("66.5", "the bank's board", "2026-03-02"),
    "USD": Rate("0.0287", "the bank", "2026-03-02"),
}
RUN = b"r" * 16


class Counter:
    """A programme whose households need money."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.programme = programme
        self.client = client
        self.ways: list[Journey] = []

    def desk(self, name: str) -> Desk:
        """A member's desk."""
        return self.programme.desks[name]

    def ident(self, name: str) -> bytes:
        """A member's id."""
        return self.programme.keys[name].id

    def carry(self) -> None:
        """Everything reaches everybody."""
        self.programme.carry()

    def lets_in(self, way: Journey, name: str) -> None:
        """Somebody comes to a household's folder as a fourth, past the actions, which give it to three."""
        readers = [way.member(one) for one in ("Oo", "Phyu", "San", name)]
        self.desk("Oo").hand_over(way.part("Oo", "support"), readers)
        self.carry()

    def comes(self) -> Journey:
        """A household has come to those who see to money; nothing is begun."""
        way = Journey(self.programme).housed()
        self.ways.append(way)
        return way

    def entitled(self, currency: str = "THB", **other: Any) -> Journey:
        """A household of two adults and a child that is entitled since March."""
        way = self.comes()
        said: dict[str, Any] = {
            "since": MONTH,
            "until": "",
            "adults": 2,
            "children": 1,
            "currency": currency,
            "way": "cash",
            **other,
        }
        actions.begin(desk=self.desk("Oo"), cover=way.cover, **said)
        self.carry()
        return way

    def entered(self, way: Journey, month: str = MONTH, name: str = "Oo", run: bytes = RUN) -> bytes:
        """A payment is entered, and everybody has it."""
        payment = actions.enter(desk=self.desk(name), run=run, month=month, cover=way.cover, rates=BANK)
        self.carry()
        return payment

    def approved(self, way: Journey, payment: bytes) -> None:
        """Phyu approves, and names San."""
        actions.approve(desk=self.desk("Phyu"), cover=way.cover, payment=payment, payer=self.ident("San"))
        self.carry()

    def paid(self, way: Journey, payment: bytes) -> None:
        """San hands it over."""
        actions.hand_over_money(desk=self.desk("San"), cover=way.cover, payment=payment, given=True)
        self.carry()

    def says(self, way: Journey, payment: bytes, word: str) -> None:
        """The person says a word at the door, in answer to the letter about this payment."""
        letter = next(one for one in way.visit().letters() if one.letter.payment == payment)
        way.visit().answer(
            secrets.token_bytes(16), letter.name, "support",
            lambda _nth: support.Receipt(payment=payment, word=word),
        )  # fmt: skip
        self.carry()

    def household(self, way: Journey, name: str = "Oo") -> Household:
        """A household as a member's desk has it."""
        return lists.household(self.desk(name), way.case(name))

    def payment(self, way: Journey, payment: bytes, name: str = "Oo") -> Payment:
        """A payment as a member's desk has it."""
        return next(one for one in self.household(way, name).payments if one.name == payment)

    def folder(self, way: Journey) -> Support:
        """The state of the support folder at Oo's desk."""
        return way.state("Oo", way.part("Oo", "support"), Support)

    # Pages

    def sit(self, name: str) -> None:
        """Sit down at somebody's desk."""
        standing.stand_at(self.desk(name))

    def answer(self, path: str, **data: Any) -> HttpResponse:
        """What a path answers; with data it is posted."""
        if data:
            return self.client.post(f"/support/{path}", data, follow=True)  # type: ignore[return-value]
        return self.client.get(f"/support/{path}")  # type: ignore[return-value]

    def page(self, path: str = "", **data: Any) -> str:
        """A page's text; it must be there."""
        response = self.answer(path, **data)
        assert response.status_code == 200, response.status_code
        return response.content.decode()


def slug(way: Journey) -> str:
    """How a household's address ends."""
    return way.cover[:8].hex()


def counter_of(programme: Programme) -> Iterator[Counter]:
    """A counter, and a browser without the house's gate, which is tested where it stands."""
    middleware = [name for name in DESK_MIDDLEWARE if "unlock" not in name]
    with override_settings(ROOT_URLCONF="banyan.house.urls_desk", MIDDLEWARE=middleware):
        yield Counter(programme, Client(headers={"host": "desk.localhost"}))
    standing.stand_at(None)


@pytest.fixture
def counter(whole: Programme) -> Iterator[Counter]:
    """Everybody on their seat."""
    yield from counter_of(whole)


@pytest.fixture
def two_who_enter(tmp_path: Path, django_db_blocker: Any) -> Iterator[Counter]:
    """Everybody on their seat, and a second one who enters: Ohn."""
    yield from _with(tmp_path, django_db_blocker, {"Ohn": (Seat.ENTERING,)})


@pytest.fixture
def two_who_pay(tmp_path: Path, django_db_blocker: Any) -> Iterator[Counter]:
    """Everybody on their seat, and a second one who pays: Soe."""
    yield from _with(tmp_path, django_db_blocker, {"Soe": (Seat.PAYING,)})


@pytest.fixture
def two_of_each(tmp_path: Path, django_db_blocker: Any) -> Iterator[Counter]:
    """Everybody on their seat, and a second one for each seat of money."""
    more: dict[str, tuple[Seat, ...]] = {
        "Ohn": (Seat.ENTERING,),
        "Tun": (Seat.APPROVING,),
        "Soe": (Seat.PAYING,),
    }
    yield from _with(tmp_path, django_db_blocker, more)


@pytest.fixture
def works_and_approves(tmp_path: Path, django_db_blocker: Any) -> Iterator[Counter]:
    """Everybody on their seat, and Ba, who is on each case for intake, approves money of other cases."""
    yield from _with(tmp_path, django_db_blocker, {"Ba": (Seat.INTAKE, Seat.APPROVING)})


def _with(folder: Path, blocker: Any, more: dict[str, tuple[Seat, ...]]) -> Iterator[Counter]:
    with blocker.unblock():
        made = Programme(folder, {**WHOLE, **more})
        yield from counter_of(made)
        made.close()
