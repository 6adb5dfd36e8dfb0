"""Mon's desk in a browser, a household that arrived, and the desks of the others beside it."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Assigned, Case
from banyan.cases.folders.house import House
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage
from banyan.cases.testing import Programme
from banyan.desks.shelter import actions, lists
from banyan.desks.shelter.rules import Household
from banyan.folders.seats import Seat
from banyan.house import standing
from banyan.house.settings_shared import DESK_MIDDLEWARE


class Yard:
    """A programme with somebody on every seat, the case of one person, and whose desk the browser sits at."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.programme = programme
        self.client = client
        self.journey = Journey(programme)
        self.sit("Mon")

    def sit(self, name: str) -> None:
        """Sit down at somebody's desk."""
        self.at = self.desk(name)
        standing.stand_at(self.at)

    def desk(self, name: str) -> Desk:
        """A member's desk."""
        return self.programme.desks[name]

    def id(self, name: str) -> bytes:
        """A member's id."""
        return self.programme.keys[name].id

    @property
    def cover(self) -> bytes:
        """The case's cover."""
        return self.journey.cover

    def case(self, name: str = "Mon") -> Case:
        """The case as a desk has it."""
        return self.journey.case(name)

    def household(self, name: str = "Mon") -> Household:
        """The household as a desk has it."""
        return lists.household(self.desk(name), self.case(name))

    def meet(self, *names: str) -> None:
        """These desks sync with the hub; the others stay away. First all bring, then all take."""
        self.programme.clock.forward(minutes=20)
        self.programme.carry(*(self.desk(name) for name in names or ("Mon", "Nwe")))

    def house(self, label: str = "Heron", beds: int = 4, keeper: str = "Nwe", by: str = "Mon") -> bytes:
        """A house that all of shelter reads; its folder."""
        folder = actions.found_house(
            desk=self.desk(by), label=label, region="TH", beds=beds, step_free=True, keeper=self.id(keeper), open=True,
            words="",
        )  # fmt: skip
        self.meet()
        return folder

    def state(self, folder: bytes, name: str = "Mon") -> House:
        """A house as a desk has it."""
        return self.journey.state(name, folder, House)

    def begins(self) -> None:
        """Mon begins the placement, and Nwe reads it too."""
        actions.begin(desk=self.desk("Mon"), cover=self.cover)
        self.meet()

    def asks(self, house: bytes, name: str = "Mon", people: int = 3) -> bytes:
        """A desk asks a house for beds; the key."""
        return actions.ask(desk=self.desk(name), cover=self.cover, shelter=house, people=people)

    def settles(self, house: bytes) -> bytes:
        """The household is asked for, confirmed and there; the key of its beds."""
        key = self.asks(house)
        self.meet()
        actions.confirm(desk=self.desk("Nwe"), folder=house, key=key)
        self.meet()
        actions.they_are_here(desk=self.desk("Mon"), cover=self.cover)
        self.meet()
        return key

    def get(self, path: str = "") -> str:
        """A page's text; it must be there."""
        response = self.client.get(f"/shelter/{path}")
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    def post(self, path: str, **data: object) -> str:
        """The page where a form leads."""
        response = self.client.post(f"/shelter/{path}", data or {"yes": "1"}, follow=True)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    @property
    def slug(self) -> str:
        """The case in an address."""
        return slug(self.cover)


@pytest.fixture
def gate(whole: Programme) -> Iterator[Yard]:
    """Mon's desk before anybody came."""
    with override_settings(ROOT_URLCONF="banyan.desks.shelter.tests.addresses", MIDDLEWARE=DESK_MIDDLEWARE):
        yield Yard(whole, Client(headers={"host": "desk.localhost"}))
    standing.stand_at(None)


@pytest.fixture
def yard(gate: Yard) -> Yard:
    """A household has arrived; Mon and Nwe of shelter sit on its case."""
    gate.journey.arrives()
    return gate


def slug(folder: bytes) -> str:
    """A folder in an address."""
    return folder[:8].hex()


def title(page: str) -> str:
    """The page's first heading."""
    return str(re.findall(r"<h1>(.*?)</h1>", page, re.S)[0])


__all__ = ["Assigned", "Seat", "Stage", "Yard", "gate", "slug", "title", "yard"]
