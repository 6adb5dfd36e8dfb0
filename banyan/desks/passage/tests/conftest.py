"""Kyi's desk in a browser, with a second planner Kha and a second guide Lwin beside the whole programme."""

import secrets
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from banyan.cases import casework
from banyan.cases.desk import Desk
from banyan.cases.folders import passage as documents
from banyan.cases.folders.cover import Answer, Case
from banyan.cases.folders.passage import Passage
from banyan.cases.journey import Journey
from banyan.cases.testing import WHOLE, Programme
from banyan.desks.passage import actions, lists
from banyan.folders.seats import Seat
from banyan.house import standing
from banyan.house.settings_shared import DESK_MIDDLEWARE

HOUR = 3_600_000
PLAN: dict[str, Any] = {
    "threats": ("checkpoint", "phone"), "stays_behind": 2, "first_step": "Wait for the second word.",
    "if_silent": "Ask the guide after six hours.", "call_off": "The word is rain.", "region": "TH",
}  # fmt: skip
LEG: dict[str, Any] = {
    "meet": "Under the old tamarind", "end": "The blue gate", "means": "foot", "people": 3, "sign": "A red thread",
}  # fmt: skip


class Road:
    """One person's case that was admitted, and whose desk the browser sits at."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.programme = programme
        self.client = client
        self.way = Journey(programme).admitted()
        self.cover = self.way.cover
        self.sit("Kyi")

    def sit(self, name: str) -> None:
        """Sit down at somebody's desk."""
        self.name = name
        self.desk: Desk = self.programme.desks[name]
        standing.stand_at(self.desk)

    def carry(self) -> None:
        """Everything reaches everybody."""
        self.way.carry()

    # What is so

    def case(self, name: str = "") -> Case:
        """The case at somebody's desk."""
        return casework.case_of(self.programme.desks[name or self.name], self.cover)

    def passage(self, name: str = "") -> Passage:
        """Its passage."""
        found = lists.way_of(self.programme.desks[name or self.name], self.case(name)).passage
        assert found is not None
        return found

    # What others do

    def second_planner(self) -> None:
        """Kha comes to the case too."""
        kyi = self.programme.desks["Kyi"]
        casework.give_seats(kyi, self.cover, [(self.way.member("Kha"), Seat.PLANNING)])
        self.carry()

    def planned(self, **changed: Any) -> None:
        """Kyi writes a whole plan."""
        desk = self.programme.desks["Kyi"]
        actions.plan(desk=desk, cover=self.cover, seen="", **{**PLAN, **changed})
        self.carry()

    def answers(self, yes: bool = True) -> None:
        """The person is asked where they were not yet, and answers at the door."""
        if not any(one.kind == "way" for one in self.way.visit().letters()):
            actions.ask(
                desk=self.programme.desks["Kyi"], cover=self.cover, text="Do you want this?", language="en"
            )
            self.carry()
        letter = [one for one in self.way.visit().letters() if one.kind == "way"][-1]

        def answered(nth: int) -> Answer:
            return Answer(nth=nth, yes=yes)

        self.way.visit().answer(
            secrets.token_bytes(16), letter.name, "cover", answered, said="yes" if yes else "no"
        )
        self.carry()

    def gives_word(self, how: Any) -> None:
        """The person gives word from the way."""
        letter = [one for one in self.way.visit().letters() if one.kind == "word"][-1]

        def said(nth: int) -> documents.Word:
            return documents.Word(nth=nth, how=how)

        self.way.visit().answer(secrets.token_bytes(16), letter.name, "passage", said, said=how)
        self.carry()

    def goes(self) -> None:
        """Planned, agreed and signed by two."""
        self.planned()
        self.answers()
        actions.propose_go(desk=self.programme.desks["Kyi"], cover=self.cover)
        self.carry()
        self.signs()

    def signs(self, name: str = "Aye") -> None:
        """Intake signs the go that waits."""
        desk = self.programme.desks[name]
        (waiting,) = [one for one in self.case(name).waiting(desk.now) if one.statement.act == "go"]
        casework.second(desk, self.cover, waiting)
        self.carry()

    # Pages

    @property
    def at(self) -> str:
        """Where the case's page is."""
        return f"/passage/{self.cover[:8].hex()}"

    def get(self, path: str, status: int = 200) -> str:
        """A page's text."""
        response = self.client.get(path)
        assert response.status_code == status, response.status_code
        return unescape(response.content.decode())

    def post(self, path: str, **data: object) -> str:
        """The page where a form leads."""
        response = self.client.post(path, data, follow=True)
        assert response.status_code == 200, response.status_code
        return unescape(response.content.decode())

    def moment(self, hours: float) -> str:
        """A time as a form takes it, so many hours from now, on the desk's clock."""
        from datetime import timedelta

        from django.utils.timezone import localtime

        return localtime(self.programme.clock.now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def road(tmp_path: Path, django_db_blocker: Any) -> Iterator[Road]:
    """Kyi's desk, and a case that was admitted."""
    middleware = [name for name in DESK_MIDDLEWARE if "unlock" not in name]
    members = {**WHOLE, "Kha": (Seat.PLANNING,), "Lwin": (Seat.GUIDE,)}
    with django_db_blocker.unblock():
        programme = Programme(tmp_path, members)
        with override_settings(ROOT_URLCONF="banyan.desks.passage.tests.addresses", MIDDLEWARE=middleware):
            made = Road(programme, Client(headers={"host": "desk.localhost"}))
            kyi = programme.keys["Kyi"].id
            if not made.case("Ei").sits(kyi, Seat.PLANNING):
                raise AssertionError("Kyi plans")
            yield made
        standing.stand_at(None)
        programme.close()


def leg_form(road: Road, guide: str = "Lin", hours: float = 30, **changed: object) -> dict[str, object]:
    """A leg as its form is sent."""
    filled = {**LEG, "guide": road.programme.keys[guide].id.hex(), "starts": road.moment(hours)}
    return {**filled, **changed}
