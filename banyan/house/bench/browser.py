"""The front door in Chromium with an empty cache: what a browser really asks for, receives and shows, and when.

Playwright and a browser are tools of those who develop; where either is missing, `with_chromium` gives None.
"""

import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # only where a browser is driven
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 120_000  # ms
FIRST_TEXT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


@dataclass
class Seen:
    """What went over the line of one visit: requests, bytes with heads, of which script; and how long it took."""

    requests: int = 0
    received: int = 0
    script: int = 0
    first_text: float = 0.0
    seconds: float = 0.0
    elsewhere: list[str] = field(default_factory=list)
    _scripts: set[str] = field(default_factory=set)

    def watch(self, page: "Page", address: str) -> None:
        """Count all that this page asks for, as the browser itself tells it."""
        told = page.context.new_cdp_session(page)
        told.send("Network.enable")
        told.on("Network.requestWillBeSent", lambda event: self._asked(event, address))
        told.on("Network.loadingFinished", self._received)

    def _asked(self, event: dict[str, Any], address: str) -> None:
        url = event["request"]["url"]
        if url.startswith("data:"):
            return
        self.requests += 1
        if event.get("type") == "Script":
            self._scripts.add(event["requestId"])
        if not url.startswith(address + "/"):
            self.elsewhere.append(url)

    def _received(self, event: dict[str, Any]) -> None:
        self.received += int(event["encodedDataLength"])
        if event["requestId"] in self._scripts:
            self.script += int(event["encodedDataLength"])


def chromium() -> str | None:
    """Where a browser is that can be driven here, if any."""
    if importlib.util.find_spec("playwright") is None:
        return None
    return os.environ.get("BANYAN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browsing(executable: str) -> Iterator["Browser"]:
    """A browser, closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


def first(browser: "Browser", address: str, language: str) -> Seen:
    """The first page, in a browser that was never here."""
    seen = Seen()
    with _visit(browser, address, language, seen) as page:
        page.goto(f"{address}/{language}/")
        _settle(page, seen)
    return seen


def path(
    browser: "Browser", address: str, language: str, message: str, answered: Callable[[str], str]
) -> Seen:
    """Open, take the words, write, leave; come back in a new browser and read. `answered` is given the words, has
    them answered, and gives a part of the answer.
    """
    seen = Seen()
    with _visit(browser, address, language, seen) as page:
        page.goto(f"{address}/{language}/")
        _settle(page, seen)
        _press(page, seen, "form[action$='/words/'] button")
        words = " ".join(page.locator(".code li").all_inner_texts())
        _press(page, seen, "button[formaction$='/write/']")
        page.check("[name=danger][value=no]")
        page.fill("[name=message]", message)
        _press(page, seen, "button[name=send]")
    answer = answered(words)
    with _visit(browser, address, language, seen) as page:
        page.goto(f"{address}/{language}/")
        _press(page, seen, "a[href$='/back/']")
        page.fill("[name=words]", words)
        _press(page, seen, "button[name=open]")
        if answer not in page.inner_text("main"):
            raise OSError("the answer was not on the page inside")
    return seen


@contextmanager
def _visit(browser: "Browser", address: str, language: str, seen: Seen) -> Iterator["Page"]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale=language)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    seen.watch(page, address)
    began = time.monotonic()
    yield page
    seen.seconds += time.monotonic() - began
    page.wait_for_load_state("networkidle")  # nothing comes late
    context.close()


def _press(page: "Page", seen: Seen, button: str) -> None:
    with page.expect_navigation():
        page.click(button)
    _settle(page, seen)


def _settle(page: "Page", seen: Seen) -> None:
    """The page is whole; script that stands in it counts as script. When the first one showed text is kept."""
    page.wait_for_load_state()
    seen.first_text = seen.first_text or page.evaluate(FIRST_TEXT) / 1000
    seen.script += page.evaluate("[...document.scripts].reduce((all, one) => all + one.text.length, 0)")
