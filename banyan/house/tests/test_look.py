"""The gallery in a real browser: nothing overflows, is refused by the policy, or fails a reader's needs."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

pytestmark = pytest.mark.browser
TOO_SMALL = """() =>
    [...document.querySelectorAll('a.button, a.exit, button, input, select, textarea, nav a')]
    .map(e => [e.outerHTML.slice(0, 60), (e.closest('label') || e).getBoundingClientRect()])
    .filter(([_, box]) => box.width && box.height < 43).map(([name, _]) => name)"""

LEADING = """() => [...document.querySelectorAll('h1, p, label')]
    .filter(e => /[\u1000-\u109f]/.test(e.textContent))
    .map(e => getComputedStyle(e)).map(s => parseFloat(s.lineHeight) / parseFloat(s.fontSize))"""


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser for the pictures of this file."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def look(browser: Browser, url: str, width: int, locale: str, scheme: str = "light") -> None:
    """Ask a page the questions of this file; BANYAN_PICTURES names a folder for its picture."""
    plain = browser.new_context(viewport={"width": width, "height": 800}, locale=locale)
    page, refused = plain.new_page(), list[str]()
    page.on("console", lambda message: refused.append(message.text))
    page.goto(url)
    assert refused == []
    plain.close()
    # axe is a script, which the policy would refuse: only for it the policy is lifted
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        locale=locale,
        bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(url)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_SMALL) == []
    if locale == "my":  # stacked consonants clip on lines set closer
        leadings = page.evaluate(LEADING)
        assert len(leadings) > 3
        assert min(leadings) > 1.69
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    if folder := os.environ.get("BANYAN_PICTURES"):
        name = "-".join([*urlsplit(url).path.strip("/").split("/"), locale, str(width), scheme])
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/my/", "/en/", "/my/write", "/en/write"])
def test_the_door(browser: Browser, door_address: str, path: str, width: int) -> None:
    look(browser, door_address + path, width, path[1:3])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("locale", ["en", "my"])
def test_a_desk(browser: Browser, desk_address: str, locale: str, width: int) -> None:
    look(browser, desk_address + "/desk", width, locale)


def test_the_door_in_the_dark(browser: Browser, door_address: str) -> None:
    look(browser, door_address + "/my/write", 360, "my", "dark")


def test_a_desk_in_the_dark(browser: Browser, desk_address: str) -> None:
    look(browser, desk_address + "/desk", 1280, "en", "dark")
