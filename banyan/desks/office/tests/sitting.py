"""Chit's desk in a browser, the desks of the others beside it, and the hub that gives places."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client, override_settings

from banyan.cases.testing import Programme
from banyan.folders import acts
from banyan.folders.cards import card_text
from banyan.folders.peers import LocalPeer
from banyan.folders.roster import fingerprint, make_card
from banyan.house import standing
from banyan.house.settings_shared import DESK_MIDDLEWARE
from banyan.sealing.keys import Keys


class Office:
    """A programme, and whoever sits at the browser."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.programme = programme
        self.client = client
        self.sit("Chit")

    def sit(self, name: str) -> None:
        """Sit down at somebody's desk."""
        self.desk = self.programme.desks[name]
        standing.stand_at(self.desk)

    def get(self, path: str = "", status: int = 200) -> str:
        """A page's text."""
        answer = self.client.get(f"/office/{path}")
        assert answer.status_code == status
        return unescape(answer.content.decode())

    def post(self, path: str, status: int = 200, **data: object) -> str:
        """The page where a form leads."""
        answer = self.client.post(f"/office/{path}", data, follow=True)
        assert answer.status_code == status
        self.path = answer.request["PATH_INFO"].removeprefix("/office/")
        return unescape(answer.content.decode())

    def member(self, name: str) -> str:
        """The address of a member's page."""
        return f"members/{self.id(name).hex()}"

    def id(self, name: str) -> bytes:
        """A member's id."""
        return self.programme.keys[name].id

    def waiting(self) -> list[str]:
        """The addresses of what waits, from the page of today."""
        return re.findall(r'"/office/(sign/[0-9a-f]{64})"', self.get())

    def sync(self) -> None:
        """Carry, let every desk place what it may, and carry again."""
        self.programme.carry()
        for desk in self.programme.desks.values():
            for link in acts.ready_links(desk.keys, desk.store, desk.roster, desk.now // 1000):
                if not LocalPeer(self.programme.hub, desk.keys.id).place(link).accepted:
                    break
            self.programme.carry()

    @property
    def roster(self) -> dict[str, tuple[str, set[str]]]:
        """Who is on the hub's roster: name, standing and seats."""
        members = self.programme.hub.roster().members.values()
        return {one.name: (one.standing.value, {seat.value for seat in one.seats}) for one in members}


class Newcomer:
    """Somebody who wants to join: their keys, their card and what they read aloud."""

    def __init__(self, name: str = "Ei") -> None:
        self.keys = Keys.generate()
        self.card = make_card(self.keys, name)
        self.text = card_text(self.card)
        self.heard = fingerprint(self.keys.public)[-4:]


@pytest.fixture
def office(programme: Programme) -> Iterator[Office]:
    """Chit's desk."""
    middleware = [name for name in DESK_MIDDLEWARE if "unlock" not in name]
    with override_settings(ROOT_URLCONF="banyan.desks.office.tests.addresses", MIDDLEWARE=middleware):
        yield Office(programme, Client(headers={"host": "desk.localhost"}))
    standing.stand_at(None)


@pytest.fixture
def newcomer() -> Newcomer:
    """Ei."""
    return Newcomer()
