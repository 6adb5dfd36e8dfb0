"""A flood in a real browser: looked at, put aside step by step without a press, and taken back."""

import pytest
from playwright.sync_api import Browser

from banyan.cases.folders.conversation import Message
from banyan.desks.intake import flood_pages
from banyan.desks.intake.tests.conftest import Street
from banyan.desks.intake.tests.test_flood import JUNK, flood_of
from banyan.house.testing import look, served, visit, window

pytestmark = pytest.mark.browser


def test_a_flood_goes_and_comes_back(
    street: Street, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood_of(street, 60)
    street.person("I want to leave. I am no watch.", danger=True)
    apart = street.person(JUNK, danger=True)
    street.say(apart, Message(text=JUNK, language="en"))
    monkeypatch.setattr(flood_pages, "A_STEP", 0.0)
    with served() as start:
        address, wrong = f"{start}/intake/flood", []
        with window(browser, "my", 360) as page:
            page.goto(address)
            page.locator("[name=words]").fill(JUNK)
            page.locator("main form button").first.click()
            wrong += look(page, "intake-flood-shown-my-360")
        with window(browser, "en", 1280) as page:
            page.goto(address)
            page.get_by_label("With these words near the beginning").fill(JUNK)
            page.get_by_role("button", name="Show them").click()
            wrong += look(page, "intake-flood-shown-en-1280")
            page.get_by_role("heading", name="One more looks like that, but ticked danger").wait_for()
            page.get_by_role("button", name="Put 60 aside").click()
            page.get_by_role("heading", name="60 conversations are put aside").wait_for()
            wrong += look(page, "intake-flood-done-en-1280")
        wrong += visit(browser, f"{start}/intake/", "intake", {"flood": "flood"})
        with window(browser, "en", 1280) as page:
            page.goto(address)
            page.get_by_role("button", name="Take all of it back").click()
            page.get_by_role("heading", name="60 conversations are open again").wait_for()
            wrong += look(page, "intake-flood-back-en-1280")
    assert wrong == []
