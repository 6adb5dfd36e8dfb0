"""A case on its way through screening, and whoever sits at the browser: Ei and Gyi screen, Hla decides."""

import secrets
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client, override_settings

from banyan.cases.desk import Desk
from banyan.cases.folders import identity
from banyan.cases.folders.finding import Answer, Criterion, Verdict
from banyan.cases.journey import Journey
from banyan.cases.testing import Programme
from banyan.desks.screening import actions, rules
from banyan.folders import roster as chain
from banyan.folders.seats import Seat
from banyan.house import standing
from banyan.house.settings_shared import DESK_MIDDLEWARE
from banyan.language.pack import load_pack
from banyan.sealing.format import write


def answers(**other: Answer) -> tuple[Criterion, ...]:
    """Every criterion of the pack as somebody has them who can be admitted, or otherwise where a test says so."""
    start: dict[str, Answer] = {
        item.code: "unknown" if item.rule == "flag" else "met" for item in load_pack().criteria().items
    }
    given = {**start, **other}
    return tuple(
        Criterion(item.code, given[item.code], "" if given[item.code] == "unknown" else item.evidence[0])
        for item in load_pack().criteria().items
    )


def as_form(found: tuple[Criterion, ...], verdict: str = "eligible", **more: str) -> dict[str, str]:
    """The same as a browser sends it."""
    fields: dict[str, str] = {f"answer_{one.criterion}": one.answer for one in found}
    fields |= {f"evidence_{one.criterion}": one.evidence for one in found}
    return {**fields, "verdict": verdict, "force": "army", "rank_band": "nco", "text": "", **more}


class Room:
    """A case with its screeners, and the desk at which the browser sits."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.way = Journey(programme).to_screening()
        self.programme = programme
        self.client = client
        self.sit("Ei")

    def another(self) -> "Room":
        """One more case comes to screening, and from here on it is the case."""
        self.way = Journey(self.programme).to_screening()
        return self

    def sit(self, name: str) -> "Room":
        """Sit down at somebody's desk."""
        self.desk: Desk = self.programme.desks[name]
        standing.stand_at(self.desk)
        return self

    @property
    def cover(self) -> bytes:
        """The case."""
        return self.way.cover

    @property
    def at(self) -> str:
        """The address of the case."""
        return self.cover[:8].hex()

    def get(self, path: str = "", status: int = 200) -> str:
        """A page's text."""
        answer = self.client.get(f"/screening/{path}")
        assert answer.status_code == status, answer.status_code
        return unescape(answer.content.decode())

    def post(self, path: str, status: int = 200, **data: str) -> str:
        """The page where a form leads."""
        answer = self.client.post(f"/screening/{path}", data, follow=True)
        assert answer.status_code == status, answer.status_code
        return unescape(answer.content.decode())

    def carry(self) -> None:
        """Everything reaches everybody."""
        self.way.carry()

    def finds(self, name: str, verdict: Verdict = "eligible", **other: Answer) -> None:
        """A screener writes a finding."""
        found = answers(**(other or ({} if verdict == "eligible" else {"served": "not_met"})))
        actions.write_finding(
            desk=self.programme.desks[name], cover=self.cover, answers=found, verdict=verdict, force="army",
            rank_band="nco", text="as I saw it",
        )  # fmt: skip

    def found(self, one: Verdict = "eligible", other: Verdict = "eligible") -> "Room":
        """Both find, and both open theirs."""
        self.finds("Ei", one)
        self.finds("Gyi", other)
        self.carry()
        for name in ("Ei", "Gyi"):
            actions.open_finding(desk=self.programme.desks[name], cover=self.cover)
        self.carry()
        return self

    def proposes(self, name: str, act: str, reason: str = "") -> None:
        """Somebody signs first."""
        actions.propose(desk=self.programme.desks[name], cover=self.cover, act=act, reason=reason)

    def signs(self, name: str, act: str) -> None:
        """Somebody signs what waits of this act."""
        desk = self.programme.desks[name]
        (one,) = [w for w in self.way.case(name).waiting(desk.now) if w.statement.act == act]
        actions.sign(desk=desk, cover=self.cover, proposal=one.name)

    def tells(self, **said: str) -> None:
        """The person answers the newest letter."""
        visit = self.way.visit()
        visit.answer(
            secrets.token_bytes(16), visit.letters()[-1].name, "identity",
            lambda nth: identity.Told(nth=nth, **said),  # type: ignore[arg-type]
        )  # fmt: skip
        self.carry()

    def change(self, what: str, name: str, *seats: Seat) -> None:
        """The roster changes, signed by Chit and Dway; every desk knows at the next carry."""
        programme, keys = self.programme, self.programme.keys
        roster = programme.hub.roster()
        now, nonce = int(programme.clock().timestamp()), secrets.token_bytes(16)
        act = write(chain.Change(what=what, member=keys[name].id, seats=seats, made=now, nonce=nonce))  # type: ignore[arg-type]
        signed = tuple(chain.assent(keys[one], roster.programme, act) for one in ("Chit", "Dway"))
        link = chain.place(
            keys["Chit"], index=roster.index + 1, previous=roster.head,
            time=now, act=act, assents=signed,
        )  # fmt: skip
        for store in (programme.hub, *(desk.store for desk in programme.desks.values())):
            store.add([link])

    def need(self, name: str) -> rules.Need | None:
        """Why the case stands on a member's list."""
        from banyan.desks.screening import lists

        desk = self.programme.desks[name]
        needed, _others = lists.listed(desk)
        return next((one.need for one in needed if bytes(one.row.folder) == self.cover), None)


@pytest.fixture
def room(whole: Programme) -> Iterator[Room]:
    """A case that was just sent to screening."""
    middleware = [name for name in DESK_MIDDLEWARE if "unlock" not in name]
    with override_settings(ROOT_URLCONF="banyan.desks.screening.tests.addresses", MIDDLEWARE=middleware):
        yield Room(whole, Client(headers={"host": "desk.localhost"}))
    standing.stand_at(None)
