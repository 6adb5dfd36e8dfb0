"""Aye's desk in a browser, people who write at the door, and the others whose desks stand beside."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client, override_settings

from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import About, Consent, Message
from banyan.cases.testing import Programme
from banyan.cases.visit import Visit
from banyan.house import standing
from banyan.house.settings_shared import DESK_MIDDLEWARE
from banyan.sealing import codes
from banyan.sealing.format import Record

WITH_PLACE = "banyan.house.standing.with_place"


class Street:
    """A programme, whose desk the browser sits at, and what people wrote in."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.programme = programme
        self.client = client
        self.letters = 0

    def sit(self, name: str) -> None:
        """Sit down at somebody's desk."""
        self.desk = self.programme.desks[name]
        standing.stand_at(self.desk)

    def carry(self) -> None:
        """Both desks renew the epoch of a first contact, so twice."""
        self.programme.carry()
        self.programme.carry()

    def bring(self, start: Desk, end: Desk, items: list[bytes]) -> None:
        """Some items by hand from one desk to the other."""
        end.store.add(item.data for item in start.store.get(items))
        end.take_in_all()

    def person(self, text: str = "I want to leave", **about: Any) -> Visit:
        """Somebody writes in; their visit."""
        visit = self.programme.door.visit(codes.new_code())
        self.say(visit, About(**{"force": "army", **about}), Message(text=text, language="en"))
        return visit

    def say(self, visit: Visit, *documents: Record) -> None:
        """The person writes again."""
        self.letters += 1
        assert visit.post(self.letters.to_bytes(16, "big"), *documents).new
        self.carry()

    def agrees(self, visit: Visit, adult: bool | None = True, given: bool = True) -> None:
        """The person answers to what was asked."""
        self.say(visit, Consent(purpose="service", given=given, adult=adult))

    def get(self, path: str) -> str:
        """A page's text; it must be there."""
        response = self.client.get(path)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    def post(self, path: str, **data: object) -> str:
        """The page where a form leads."""
        response = self.client.post(path, data, follow=True)
        assert response.status_code == 200, response.status_code
        return response.content.decode()


@contextmanager
def sitting(programme: Programme) -> Iterator[Street]:
    """Aye's desk of a programme."""
    middleware = [*DESK_MIDDLEWARE, *([] if WITH_PLACE in DESK_MIDDLEWARE else [WITH_PLACE])]
    # Without the house's gate: it asks for a phrase, which is tested where it stands.
    middleware = [name for name in middleware if "unlock" not in name]
    with override_settings(ROOT_URLCONF="banyan.desks.intake.tests.addresses", MIDDLEWARE=middleware):
        made = Street(programme, Client(headers={"host": "desk.localhost"}))
        made.sit("Aye")
        yield made
    standing.stand_at(None)


@pytest.fixture
def street(programme: Programme) -> Iterator[Street]:
    """Aye's desk."""
    with sitting(programme) as made:
        yield made


@pytest.fixture
def town(whole: Programme) -> Iterator[Street]:
    """Aye's desk, where somebody sits on every seat."""
    with sitting(whole) as made:
        yield made


def slug(visit: Visit) -> str:
    """How a conversation's address begins."""
    history = visit.history
    assert history is not None
    return history.folder[:8].hex()
