"""Zin and Yan keep testimony, and whoever sits at the browser; a person who leaves accounts and files at the door."""

import re
import secrets
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import Client, override_settings

from banyan.cases.desk import Desk
from banyan.cases.folders.file import File, Kind
from banyan.cases.folders.testimony import PURPOSES, Account, Agreed, Part, Purpose, Testimony
from banyan.cases.testing import Programme
from banyan.desks.testimony import actions
from banyan.folders import roster as chain
from banyan.folders.seats import Seat
from banyan.house import standing
from banyan.house.settings_shared import DESK_MIDDLEWARE
from banyan.sealing import codes
from banyan.sealing.format import write

MEMBERS: dict[str, tuple[Seat, ...]] = {
    "Aye": (Seat.INTAKE,), "Chit": (Seat.OFFICE,), "Dway": (Seat.OFFICE,), "Ei": (Seat.SCREENING,),
    "Kyi": (Seat.PLANNING,), "Yan": (Seat.TESTIMONY,), "Zin": (Seat.TESTIMONY,),
}  # fmt: skip
YES = {"keep": True, "investigators": True, "open_court": True}


class Court:
    """A programme in which two keep testimony, and whose desk the browser sits at."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.programme = programme
        self.client = client
        self.code = codes.new_code()
        self.sit("Zin")

    def sit(self, name: str) -> None:
        """Sit down at somebody's desk."""
        self.at = self.desk(name)
        standing.stand_at(self.at)

    def desk(self, name: str) -> Desk:
        """A member's desk."""
        return self.programme.desks[name]

    # At the door

    def leaves(
        self, text: str = "I saw it", typed: str = "", code: bytes | None = None, **uses: bool
    ) -> bytes:
        """Somebody leaves an account, with a yes or no to some uses; its folder."""
        code = code or self.code
        said = [Agreed(purpose=use, given=uses[use]) for use in PURPOSES if use in uses]
        visit = self.programme.door.testimony(code)
        visit.post(secrets.token_bytes(16), *said, Account(text=text, language="en", typed=typed))
        assert visit.history is not None
        return visit.history.folder

    def sends(self, data: bytes, kind: Kind = "jpeg", *, media_type: str = "", cleaned: bool = False) -> None:
        """They send a file, which a door that was taken over may call whatever it likes."""
        self.programme.door.testimony(self.code).attach(
            secrets.token_bytes(16), data, kind=kind, media_type=media_type, cleaned=cleaned,
            why="" if cleaned else "original",
        )  # fmt: skip

    def says(self, use: Purpose, given: bool) -> None:
        """They change their mind."""
        self.programme.door.testimony(self.code).post(
            secrets.token_bytes(16), Agreed(purpose=use, given=given)
        )

    # On the way

    def meet(self, *names: str) -> None:
        """These desks (else all) sync with the hub, twice: what a first of them renewed reaches the other too."""
        for _ in range(2):
            self.programme.clock.forward(minutes=20)
            self.programme.carry(*(self.desk(name) for name in names))

    def remove(self, name: str) -> None:
        """Two of the office remove a member; the desks hear of it when they sync."""
        programme, keys = self.programme, self.programme.keys
        roster, now = programme.hub.roster(), int(programme.clock().timestamp())
        gone = chain.Change(
            what="remove", member=keys[name].id, seats=(), made=now, nonce=secrets.token_bytes(16)
        )
        act = write(gone)
        signed = tuple(chain.assent(keys[one], roster.programme, act) for one in ("Chit", "Dway"))
        link = chain.place(
            keys["Chit"], index=roster.index + 1, previous=roster.head, time=now, act=act, assents=signed
        )
        programme.hub.add([link])

    def opened(self, name: str = "Zin") -> None:
        """All arrives, and one keeper opens it."""
        self.meet()
        actions.open_account(desk=self.desk(name), folder=self.folder)
        self.meet()

    @property
    def folder(self) -> bytes:
        """What the person left."""
        history = self.programme.door.testimony(self.code).history
        assert history is not None
        return history.folder

    def state(self, name: str = "Zin") -> Testimony:
        """The same as a desk has it."""
        state = self.desk(name).state(self.folder, Testimony)
        assert state is not None
        return state

    def notes(self, name: str = "Zin") -> list[tuple[str, bytes]]:
        """The chain of custody: what was done, and by whom."""
        return [(part.document.what, part.author) for part in self.state(name).custody]

    @property
    def file(self) -> Part[File]:
        """The file sent last."""
        return self.state().files[-1]

    # In the browser

    @property
    def path(self) -> str:
        """The account in an address."""
        return f"account/{self.folder[:8].hex()}"

    def file_path(self, what: str, part: Part[File] | None = None) -> str:
        """A file, else the last one, in an address."""
        return f"{self.path}/file/{(part or self.file).name[:8].hex()}/{what}"

    def get(self, path: str = "") -> str:
        """A page's text; it must be there."""
        response = self.client.get(f"/testimony/{path}")
        assert response.status_code == 200, response.status_code
        return unescape(response.content.decode())

    def post(self, path: str, **data: object) -> str:
        """The page where a form leads."""
        response = self.client.post(f"/testimony/{path}", data or {"yes": "1"}, follow=True)
        assert response.status_code == 200, response.status_code
        return unescape(response.content.decode())


@pytest.fixture
def court(tmp_path: Path, django_db_blocker: object) -> Iterator[Court]:
    """Zin's desk, with nothing on it yet."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(ROOT_URLCONF="banyan.desks.testimony.tests.addresses", MIDDLEWARE=DESK_MIDDLEWARE),
    ):
        made = Programme(tmp_path, MEMBERS)
        yield Court(made, Client(headers={"host": "desk.localhost"}))
        standing.stand_at(None)
        made.close()


def title(page: str) -> str:
    """The page's first heading."""
    return str(re.findall(r"<h1>(.*?)</h1>", page, re.S)[0])
