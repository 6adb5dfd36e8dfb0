"""The office in a real browser: two sign a member in by hand, and every page fits, in both languages."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, sync_playwright

from banyan.desks.office.tests.sitting import Newcomer, Office

pytestmark = pytest.mark.browser
PICTURES = Path(os.environ.get("BANYAN_PICTURES", "artefacts"))
TOO_SMALL = """() =>
    [...document.querySelectorAll('a.button, button, input, select, textarea, nav a')]
    .map(e => [e.outerHTML.slice(0, 60), (e.closest('label') || e).getBoundingClientRect()])
    .filter(([_, box]) => box.width && box.height < 43).map(([name, _]) => name)"""


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """Where a browser finds the office's pages."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}/office/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser for the pictures of this file. Its loop runs in this thread, where the tests also act."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def look(page: Page, name: str) -> None:
    """Ask the page that stands there what every page is asked, and keep its picture."""
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.evaluate(TOO_SMALL) == []
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("locale", ["en", "my"])
def test_two_sign_somebody_in(
    browser: Browser, address: str, office: Office, newcomer: Newcomer, locale: str, width: int
) -> None:
    # axe is a script, which the policy would refuse: only for it the policy is lifted
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale, bypass_csp=True)
    page = context.new_page()

    def at(path: str, name: str) -> None:
        page.goto(address + path)
        look(page, f"office-{name}-{locale}-{width}")

    at("", "today")
    at("add", "card")
    page.fill("[name=text]", newcomer.text)
    page.click("main form button")
    page.fill("[name=heard]", newcomer.heard)
    page.check("[value=intake]")
    page.check("[value=screening]")
    page.click("main form button")
    look(page, f"office-refused-{locale}-{width}")
    page.uncheck("[value=screening]")
    page.click("main form button")
    look(page, f"office-signed-{locale}-{width}")
    page.goto(f"{address}{office.member('Aye')}/remove")
    look(page, f"office-remove-{locale}-{width}")
    page.click("main form button")
    office.sync()
    office.sit("Dway")
    at("", "waits")
    page.locator("a", has_text="Ei").first.click()
    look(page, f"office-second-{locale}-{width}")
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
    context.close()
