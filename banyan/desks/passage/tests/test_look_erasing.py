"""Left over legs in a real browser, at the width of a phone and of a laptop, in both languages; with pictures."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.desks.passage.tests.conftest import Road
from banyan.desks.passage.tests.test_erasing import case_erased, with_legs
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def address(road: Road) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield start


def test_left_over_legs_can_be_read_and_erased(road: Road, browser: Browser, address: str) -> None:
    with_legs(road)
    erased = f"/passage/erased/{road.passage().folder[:8].hex()}"
    case_erased(road)
    wrong = visit(browser, address, "passage-erasing", {"today": "/passage/", "legs": erased})
    road.post(erased)
    assert wrong + visit(browser, address, "passage-erasing", {"waits": erased}) == []
