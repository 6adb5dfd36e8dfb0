"""The pages of cases in a real browser, at the width of a phone and of a laptop, in both languages; with pictures."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.cases import casework
from banyan.cases.folders.conversation import Message, Triage
from banyan.cases.journey import Journey
from banyan.desks.intake import case_actions
from banyan.desks.intake.tests.conftest import Street
from banyan.desks.intake.tests.test_cases import at, declined, go_rests, ident, says
from banyan.desks.intake.tests.test_signing import sign, waiting
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def address(town: Street) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield start


def cases(town: Street) -> dict[str, str]:
    """Cases of every kind that intake meets; the addresses of the pages to look at."""
    fresh = Journey(town.programme).opens()
    back = Journey(town.programme).to_screening()
    says(back, "service", False)
    two = Journey(town.programme).opens()
    casework.propose(town.desk, two.cover, "close", (), "left")
    two.carry()
    case_actions.go_on(desk=town.desk, folder=two.cover, stage="waiting")
    name = waiting(two, "Ba").name
    case_actions.second(desk=two.desk("Ba"), folder=two.cover, name=name)
    two.carry()
    turned_down = declined(Journey(town.programme))
    ready, unready = Journey(town.programme).planned(), Journey(town.programme).planned()
    for way in (ready, unready):
        casework.propose(way.desk("Kyi"), way.cover, "go", go_rests(way))
        way.carry()
    town.desk.write(unready.folder, Triage(danger=True))
    town.desk.write(ready.folder, Message(text="We wait for your word.", language="en"))
    case_actions.write_note(
        desk=town.desk, folder=ready.cover, text="Prefers mornings.\nSpeaks two languages."
    )
    town.programme.clock.forward(days=3, hours=2)
    ready.carry()
    return {
        "today": "/intake/", "help": "/intake/help", "fresh": at(fresh), "screening": at(fresh, "screening"),
        "waiting": at(fresh, "to", "waiting"), "withdraw": at(fresh, "withdraw"),
        "close": at(fresh, "propose", "close"),
        "refer": at(fresh, "propose", "refer"), "change": at(fresh, "change"),
        "seat": at(ready, "seat", "planning", ident(ready, "Kyi")), "taken-back": at(back), "two-stages": at(two),
        "declined": at(turned_down), "again": at(turned_down, "screening"), "ready": at(ready), "sign": sign(ready),
        "unready": sign(unready), "stop": at(unready, "stop"), "letters": f"/intake/{ready.folder[:8].hex()}",
    }  # fmt: skip


def test_every_page_of_a_case_can_be_read_and_used(town: Street, browser: Browser, address: str) -> None:
    assert visit(browser, address, "intake-case", cases(town)) == []


def test_a_go_is_read_and_signed_in_the_browser(town: Street, browser: Browser, address: str) -> None:
    way = Journey(town.programme).planned()
    casework.propose(way.desk("Kyi"), way.cover, "go", go_rests(way))
    way.carry()
    page = browser.new_context(locale="en").new_page()
    page.goto(f"{address}/intake/")
    page.get_by_role("link", name="Read and sign").click()
    page.get_by_role("link", name="Read and sign").click()
    assert page.get_by_text("Their last answer about the way").is_visible()
    page.get_by_role("button", name="Sign this").click()
    assert way.case("Aye").standing("go") is not None
    page.get_by_role("link", name="Stop the way").click()
    page.get_by_label("The person said no").check()
    page.get_by_role("button", name="Stop the way").click()
    assert way.case("Aye").standing("go") is None
