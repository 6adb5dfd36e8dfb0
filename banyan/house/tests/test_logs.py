"""What a log line says, and what it never repeats."""

import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.test import Client

from banyan.house.logs import BareFormatter
from banyan.house.settings_shared import LOGGING
from banyan.house.tests.street import CANARY


@pytest.fixture
def line() -> Iterator[list[str]]:
    """Lines that Django's loggers write while a test runs, as the settings shape them."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keeper = Keep()
    keeper.setFormatter(BareFormatter())
    logger = logging.getLogger("django")
    logger.addHandler(keeper)
    yield lines
    logger.removeHandler(keeper)


def said(name: str, message: str, *args: object) -> str:
    return BareFormatter().format(logging.LogRecord(name, logging.ERROR, "f.py", 1, message, args, None))


def test_a_broken_page_is_logged_by_its_kind_and_name_alone(door: Client, line: list[str]) -> None:
    door.get("/en/broken?name=Ko-Canary")
    errors = [text for text in line if "django.request" in text]
    assert len(errors) == 1
    assert "LookupError" in errors[0]
    assert "banyan.house.tests.street.broken" in errors[0]
    for secret in (CANARY, "Canary", "/en/", "Traceback"):
        assert secret not in errors[0]


def test_only_numbers_survive_in_our_own_messages() -> None:
    assert said("banyan.doors.sync", "took %d of %s", 3, CANARY).endswith("took 3 of …")
    assert said("banyan.doors.sync", "odd %d", CANARY).endswith("odd %d")


def test_other_people_s_messages_are_dropped_whole() -> None:
    assert CANARY not in said("waitress", f"failed at {CANARY}")
    assert CANARY not in said("django.db", "%s", CANARY)


def test_every_handler_of_the_settings_is_bare_or_none() -> None:
    kinds = {handler["class"] for handler in LOGGING["handlers"].values()}
    assert kinds == {"logging.StreamHandler", "logging.NullHandler"}
    assert LOGGING["handlers"]["bare"]["formatter"] == "bare"
    named = {name for logger in LOGGING["loggers"].values() for name in logger["handlers"]}
    assert named <= {"bare", "nowhere"}
    assert not any(logger["propagate"] for logger in LOGGING["loggers"].values())
