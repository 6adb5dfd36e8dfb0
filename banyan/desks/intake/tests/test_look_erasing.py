"""The pages of erasing in a real browser, in both languages, at the width of a phone and of a laptop; with pictures."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.cases.folders.conversation import Message
from banyan.cases.journey import Journey
from banyan.desks.intake import erasing
from banyan.desks.intake.tests.conftest import Street
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def address(town: Street) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield start


def test_every_page_of_erasing_can_be_read_and_used(town: Street, browser: Browser, address: str) -> None:
    way, waits, again = (
        Journey(town.programme).goes(),
        Journey(town.programme).opens(),
        Journey(town.programme).opens(),
    )
    for one in (way, waits, again):
        assert one.visit().ask_erasure().new
    town.programme.clock.forward(hours=3)
    again.visit().post(b"a" * 16, Message(text="Please wait, I am not sure any more", language="en"))
    way.carry()
    erasing.erase_all(desk=town.desk, folder=waits.folder, reason="asked")
    town.programme.clock.forward(hours=1)
    pages = {
        "today": "/intake/", "asked": f"/intake/{way.folder[:8].hex()}",
        "erase": f"/intake/{way.folder[:8].hex()}/erase", "waits": f"/intake/{waits.folder[:8].hex()}",
        "again": f"/intake/{again.folder[:8].hex()}/erase",
    }  # fmt: skip
    assert visit(browser, address, "intake-erasing", pages) == []
    town.programme.clock.forward(days=4)
    assert visit(browser, address, "intake-erasing", {"late": "/intake/"}) == []
