"""Leaving by the red button, in a real browser that keeps pages as they were left: no text comes back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from banyan.doors.front.tests.test_browser import QUIET
from banyan.house.testing import served

pytestmark = pytest.mark.browser
SECRET = "Lantern orchard, we go on market day"
# Playwright turns off what a phone does: to keep a page as it was left, for Back.
AS_ON_A_PHONE = ["--disable-back-forward-cache"]


@pytest.fixture(scope="module")
def keeping(chromium: str) -> Iterator[Browser]:
    """A browser that keeps pages for Back."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = play.chromium.launch(
            executable_path=chromium, args=QUIET, ignore_default_args=AS_ON_A_PHONE
        )
        yield browser
        browser.close()


@pytest.fixture
def elsewhere(settings, monkeypatch) -> Iterator[str]:
    """Another site to which the red button leads: the same server by its other name."""
    settings.ALLOWED_HOSTS = ["*"]
    with served() as start:
        settings.QUICK_EXIT_URL = start.replace("localhost", "127.0.0.1") + "/en/figures/"
        yield start


def has_text(page: Page) -> bool:
    """Whether anything that was typed or chosen is in the page or its fields."""
    typed = [box.input_value() for box in page.locator("textarea, input:not([type=hidden])").all()]
    chosen = [one.is_checked() for one in page.locator("[type=radio]").all()]
    return SECRET in " ".join([page.content(), *typed]) or any(chosen)


def step(page: Page, how: str) -> None:
    """Back or Reload, as somebody does who has the phone in hand; what comes of it is looked at, whatever it is."""
    try:
        page.go_back(timeout=1_500) if how == "back" else page.reload(timeout=3_000)
    except Error:
        page.wait_for_timeout(
            200
        )  # a page that was kept, or that the browser will not ask for again, ends no loading


def at_write(page: Page, start: str, language: str) -> None:
    page.goto(f"{start}/{language}/")
    page.click("form[action$='/words/'] button")
    page.click("button[formaction$='/write/']")
    page.check("[name=danger][value=yes]")
    page.fill("[name=message]", SECRET)
    page.click("details:not(.why) > summary")
    page.fill("[name=safe_times]", SECRET)


def at_back(page: Page, start: str, language: str) -> None:
    page.goto(f"{start}/{language}/back/")
    page.fill("[name=words]", SECRET)


def at_practise(page: Page, start: str, language: str) -> None:
    page.goto(f"{start}/{language}/")
    page.click("form[action$='/words/'] button")
    page.click("button[formaction$='/practise/']")
    page.fill("[name=words]", SECRET)


PLACES = {"write": at_write, "back": at_back, "practise": at_practise}
WAYS = (("back",), ("back", "back"), ("back", "reload"), ("back", "back", "reload"))


def attempt(browser: Browser, start: str, place: str, way: tuple[str, ...], language: str) -> bool:
    """Type, leave, and try to get it back; whether anything of it was seen."""
    context = browser.new_context(java_script_enabled=False, locale=language)
    try:
        page = context.new_page()
        PLACES[place](page, start, language)
        assert has_text(page)
        page.click(".exit")
        page.wait_for_url("**/figures/")
        found = False
        for how in way:
            step(page, how)
            found = found or has_text(page)
        return found
    finally:
        context.close()


@pytest.mark.parametrize("place", list(PLACES))
@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_back_and_reload_never_bring_the_text_back(keeping, elsewhere, person, place, way):
    assert not attempt(keeping, elsewhere, place, way, "en")


@pytest.mark.soak
def test_in_fifty_attempts_no_text_comes_back(keeping, elsewhere, person):
    tries = [(place, way, language) for place in PLACES for way in WAYS for language in ("en", "my")] * 3
    found = [one for one in tries[:50] if attempt(keeping, elsewhere, *one)]
    assert len(tries) >= 50 and found == []


def test_the_browser_would_give_it_back_if_the_page_let_it(keeping, elsewhere, person, monkeypatch):
    """The failure beside the success: an ordinary page of status 200 is kept with all that was typed."""
    monkeypatch.setattr("banyan.doors.front.pages.NOT_HELD", 200)
    assert attempt(keeping, elsewhere, "back", ("back",), "en")


def test_the_page_is_hidden_from_the_touch_on_and_never_from_the_keyboard(keeping, elsewhere, person):
    context = keeping.new_context(has_touch=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{elsewhere}/en/who/")
    hidden = "getComputedStyle(document.querySelector('main')).visibility"
    page.focus("main a")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "exit":
            break
    assert page.evaluate("document.activeElement.className") == "exit" and page.evaluate(hidden) == "visible"
    box = page.locator(".exit").bounding_box()
    page.evaluate("document.activeElement.blur()")
    page.evaluate("window.scrollTo(0, 300)")
    assert page.locator(".exit").bounding_box() == box, "always in reach"
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    assert page.evaluate(hidden) == "hidden"
    page.mouse.move(5, 5)
    page.mouse.up()  # elsewhere, so that nothing is loaded: as on a line that is dead
    assert page.evaluate(hidden) == "hidden"
    context.close()
