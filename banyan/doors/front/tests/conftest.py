"""A person with a browser at the door of a small programme, and a bell that only remembers."""

import gzip
import logging
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from banyan.cases.testing import Programme
from banyan.doors.front import actions
from banyan.folders.seats import Seat
from banyan.house.standing import stand_at

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
WORD = re.compile(r"<li>([^<]+)</li>")


class Answer:
    """One page as a person has it."""

    def __init__(self, response) -> None:
        self.response = response
        self.status = response.status_code
        body = response.content
        self.size = len(body) + sum(len(f"{k}: {v}\r\n") for k, v in response.headers.items()) + 19
        packed = response.headers.get("Content-Encoding") == "gzip"
        self.text = (gzip.decompress(body) if packed else body).decode().rstrip(" ")  # what fills it up

    @property
    def hidden(self) -> dict[str, str]:
        return dict(HIDDEN.findall(self.text))

    @property
    def words(self) -> list[str]:
        return WORD.findall(self.text.partition('class="code')[2].partition("</ol>")[0])

    def says(self, words: str) -> bool:
        return words in re.sub(r"&#x27;", "'", self.text)


class Person:
    """Somebody who goes from page to page; keeps all that went over the line."""

    def __init__(self, client: Client, language: str = "en") -> None:
        self.client = client
        self.language = language
        self.seen: list[Answer] = []

    def get(self, path: str = "") -> Answer:
        return self._keep(self.client.get(f"/{self.language}/{path}", headers={"accept-encoding": "gzip"}))

    def post(self, path: str, data: dict[str, str] | None = None, **more: str) -> Answer:
        return self._keep(
            self.client.post(
                f"/{self.language}/{path}/", {**(data or {}), **more}, headers={"accept-encoding": "gzip"}
            )
        )

    def _keep(self, response) -> Answer:
        self.seen.append(Answer(response))
        return self.seen[-1]

    def form(self) -> Answer:
        """Through the code to the empty form."""
        return self.post("write", self.post("words").hidden)

    def tell(self, message: str, **more: str) -> tuple[list[str], Answer]:
        """Write a first message; the words and the page that answers."""
        code = self.post("words")
        form = self.post("write", code.hidden)
        return code.words, self.post("write", form.hidden, message=message, send="1", **more)

    def back(self, words) -> Answer:
        text = words if isinstance(words, str) else " ".join(words)
        return self.post("back", words=text, open="1")


class Remembering:
    """A belfry that remembers who was to be rung."""

    def __init__(self) -> None:
        self.rung: list[tuple[tuple[str, ...], bool]] = []

    def ring(self, members, *, danger: bool) -> None:
        self.rung.append((tuple(sorted(members)), danger))


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> Remembering:
    """What is rung."""
    belfry = Remembering()
    monkeypatch.setattr(actions, "belfry", lambda: belfry)
    return belfry


@pytest.fixture
def person(programme: Programme, door: Client, bell: Remembering) -> Iterator[Person]:
    """Somebody at the door of Harbour."""
    stand_at(programme.door)
    yield Person(door)
    stand_at(None)


@pytest.fixture
def court(tmp_path, django_db_blocker, door, bell):
    """A programme in which Zin keeps testimony, and a person at its door who has written."""
    with django_db_blocker.unblock():
        seats: dict[str, tuple[Seat, ...]] = {
            "Aye": (Seat.INTAKE,),
            "Chit": (Seat.OFFICE,),
            "Dway": (Seat.OFFICE,),
            "Zin": (Seat.TESTIMONY,),
        }
        made = Programme(tmp_path, seats)
        stand_at(made.door)
        yield made, Person(door)
        stand_at(None)
        made.close()


@pytest.fixture
def burmese(person: Person) -> Person:
    """The same, in Burmese."""
    return Person(person.client, "my")


class Kept(logging.Handler):
    """Every record as it was logged, before any formatter takes something away."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.getMessage()} {record.exc_info or ''}")


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """All that is logged, by whomever, at the levels that a hub runs with."""
    kept = Kept()
    loggers = [logging.getLogger(name) for name in ("", "banyan", "django", "django.db.backends")]
    for logger in loggers:
        logger.addHandler(kept)
    yield kept.said
    for logger in loggers:
        logger.removeHandler(kept)
