"""Mon's desk in a real browser, at the width of a phone and of a laptop, in both languages; pictures are kept."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.cases.folders import house
from banyan.desks.shelter import actions
from banyan.desks.shelter.tests.conftest import Yard, slug
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def address(yard: Yard) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield f"{start}/shelter/"


def test_every_page_can_be_read_and_used(yard: Yard, browser: Browser, address: str) -> None:
    heron, owl = yard.house(), yard.house("Owl", beds=6, keeper="Mon")
    yard.house("Stork", beds=2)
    case = f"case/{yard.slug}"
    wrong = visit(
        browser,
        address,
        "shelter",
        {"today-no-bed": "", "case-begin": case, "new-house": "houses/new", "help": "help"},
    )
    yard.begins()
    wrong += visit(browser, address, "shelter", {"ask": f"{case}/ask"})
    one, other = yard.asks(heron), yard.asks(owl, "Nwe")
    yard.desk("Nwe").write(heron, house.About(beds=5))
    yard.at.write(heron, house.About(beds=3))
    yard.meet()
    pages = {"today": "", "case-conflict": case, "house-conflict": f"houses/{slug(heron)}"}
    wrong += visit(browser, address, "shelter", {**pages, "house-asked": f"houses/{slug(owl)}"})
    actions.choose(desk=yard.at, cover=yard.cover, key=other)
    actions.confirm(desk=yard.at, folder=owl, key=other)
    wrong += visit(
        browser, address, "shelter", {"case-ready": case, "letter": f"{case}/letter", "here": f"{case}/here"}
    )
    actions.they_are_here(desk=yard.at, cover=yard.cover)
    pages = {"case-lives": case, "households": "households", "houses": "houses", "leave": f"{case}/leave"}
    wrong += visit(
        browser,
        address,
        "shelter",
        {**pages, "household": f"{case}/household", "house": f"houses/{slug(owl)}"},
    )
    assert wrong == []
    assert [bed.ended for bed in yard.household().beds if bed.asked.key == one] == ["withdrawn"]


def test_a_keeper_confirms_and_a_household_comes_in_the_browser(
    yard: Yard, browser: Browser, address: str
) -> None:
    yard.house(keeper="Mon")
    page = browser.new_context(locale="en").new_page()
    page.goto(address)
    page.get_by_role("link", name="Find a bed").click()
    page.get_by_role("button", name="Begin the placement").click()
    page.get_by_role("link", name="Ask a house for beds").click()
    page.get_by_label("Heron").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("link", name="Today").click()
    page.get_by_role("link", name="Answer").click()
    page.get_by_role("button", name="Confirm: there is room").click()
    page.get_by_role("link", name="Today").click()
    page.get_by_role("link", name=yard.case().reference).click()
    page.get_by_role("link", name="They are there").click()
    page.get_by_role("button", name="They are there").click()
    assert page.get_by_role("heading", level=1).inner_text() == f"{yard.case().reference} lives in Heron"
    yard.meet()
