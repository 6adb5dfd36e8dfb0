"""Thi's desk of figures in a browser, a programme whose cases are counted, and the hub that gives places."""

import secrets
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client, override_settings

from banyan.cases import acts as statements
from banyan.cases.desk import Desk
from banyan.cases.folders.tally import Counted, Event
from banyan.cases.testing import Programme
from banyan.desks.figures import actions
from banyan.folders import acts
from banyan.folders.peers import LocalPeer
from banyan.house import standing
from banyan.house.settings_shared import DESK_MIDDLEWARE


class Counting:
    """A whole programme, whose desk the browser sits at, and what its desks drop into Thi's box."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.programme = programme
        self.client = client
        self.sit("Thi")
        actions.open_box(desk=self.desk)
        programme.carry()

    def sit(self, name: str) -> None:
        """Sit down at somebody's desk."""
        self.desk: Desk = self.programme.desks[name]
        standing.stand_at(self.desk)

    def drop(
        self, name: str, number: bytes, event: Event, month: str, *, signed: tuple[str, ...] = (), **more: Any
    ) -> None:
        """Something that happened to a case is dropped by a member's desk, with the signatures of an act."""
        desk, programme = self.programme.desks[name], self.programme.hub.roster().programme
        statement = statements.new_statement(
            programme=programme, act="go", number=number, rests=(), time=desk.now
        )
        signatures = tuple(statements.sign(self.programme.keys[one], statement) for one in signed)
        slot = desk.tally_slot()
        assert slot is not None
        desk.drop(
            slot, "tally",
            Counted(number=number, event=event, month=month, statement=statement if signed else None,
                    signatures=signatures, **more),
        )  # fmt: skip

    def people(
        self,
        count: int,
        month: str = "2025-11",
        *,
        out: str = "",
        force: str = "army",
        rank_band: str = "nco",
    ) -> list[bytes]:
        """People ask, and in another month come out; their numbers."""
        numbers = [secrets.token_bytes(16) for _ in range(count)]
        for number in numbers:
            self.drop("Aye", number, "asked", month, force=force, rank_band=rank_band)
            if out:
                self.drop("Kyi", number, "arrived", out, signed=("Kyi", "Aye"))
        self.programme.carry()
        return numbers

    def sync(self) -> None:
        """Carry, let every desk place what it may, and carry again."""
        self.programme.carry()
        for desk in self.programme.desks.values():
            for link in acts.ready_links(desk.keys, desk.store, desk.roster, desk.now // 1000):
                assert LocalPeer(self.programme.hub, desk.keys.id).place(link).accepted
            self.programme.carry()

    def sign(self, name: str) -> None:
        """A member seconds what waits."""
        desk = self.programme.desks[name]
        (one,) = acts.pending(desk.store, desk.roster, desk.now // 1000)
        desk.store.add([acts.second(desk.keys, desk.roster, one)], unsent=True)
        self.sync()

    def get(self, path: str = "", status: int = 200, at: str = "figures") -> str:
        """A page's text."""
        answer = self.client.get(f"/{at}/{path}")
        assert answer.status_code == status
        return unescape(answer.content.decode())

    def post(self, path: str, at: str = "figures", **data: object) -> str:
        """The page where a form leads."""
        answer = self.client.post(f"/{at}/{path}", data, follow=True)
        assert answer.status_code == 200
        return unescape(answer.content.decode())


@pytest.fixture
def counting(whole: Programme) -> Iterator[Counting]:
    """Thi's desk, with an open box."""
    middleware = [name for name in DESK_MIDDLEWARE if "unlock" not in name]
    with override_settings(ROOT_URLCONF="banyan.desks.figures.tests.addresses", MIDDLEWARE=middleware):
        yield Counting(whole, Client(headers={"host": "desk.localhost"}))
    standing.stand_at(None)
