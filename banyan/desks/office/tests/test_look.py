"""The office in a real browser: two sign a member in by hand, and every page fits, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.cases import burials
from banyan.desks.office.tests.sitting import Newcomer, Office
from banyan.house.testing import look, served, window

pytestmark = pytest.mark.browser


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """Where a browser finds the office's pages."""
    with served() as start:
        yield f"{start}/office/"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("locale", ["en", "my"])
def test_two_sign_somebody_in(
    browser: Browser, address: str, office: Office, newcomer: Newcomer, locale: str, width: int
) -> None:
    with window(browser, locale, width) as page:

        def see(name: str) -> None:
            assert look(page, f"office-{name}-{locale}-{width}") == []

        def at(path: str, name: str) -> None:
            page.goto(address + path)
            see(name)

        at("", "today")
        at("add", "card")
        page.fill("[name=text]", newcomer.text)
        page.click("main form button")
        page.fill("[name=heard]", newcomer.heard)
        page.check("[value=intake]")
        page.check("[value=screening]")
        page.click("main form button")
        see("refused")
        page.uncheck("[value=screening]")
        page.click("main form button")
        see("signed")
        page.goto(f"{address}{office.member('Aye')}/remove")
        see("remove")
        page.click("main form button")
        office.sync()
        office.sit("Dway")
        at("", "waits")
        page.locator("a", has_text="Ei").first.click()
        see("second")
        page.fill("[name=heard]", newcomer.heard)
        page.click("main form button")
        office.sync()
        at("members", "members")
        at(office.member("Aye"), "member")
        at(f"{office.member('Aye')}/freeze", "freeze")
        at(f"{office.member('Aye')}/seats", "change-seats")
        at("seats", "seats")
        at("help", "help")
        assert office.roster["Ei"] == ("active", {"intake"})


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("locale", ["en", "my"])
def test_an_erasure_is_read_and_signed(
    browser: Browser, address: str, office: Office, locale: str, width: int
) -> None:
    burials.propose(office.programme.desks["Aye"], [bytes([nth]) * 32 for nth in range(1, 8)], "asked")
    office.sync()
    with window(browser, locale, width) as page:
        page.goto(address)
        assert look(page, f"office-erasure-today-{locale}-{width}") == []
        page.goto(address + office.waiting()[0])
        assert look(page, f"office-erasure-{locale}-{width}") == []
        page.click("main form button")
        assert look(page, f"office-erasure-signed-{locale}-{width}") == []
