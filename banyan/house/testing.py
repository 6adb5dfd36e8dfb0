"""What the tests of doors and desks share: one side's addresses and middleware around Django's client, and pages in a
real browser, each asked what every page is asked.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings

from banyan.house.settings_shared import DESK_MIDDLEWARE, HUB_MIDDLEWARE

if TYPE_CHECKING:  # only tests with a browser load what drives one
    from playwright.sync_api import Browser, ConsoleMessage, Page

PICTURES = Path(os.environ.get("BANYAN_PICTURES", Path(__file__).resolve().parents[2] / "artefacts"))
NARROW, WIDE = 360, 1280
TOO_SMALL = """() =>
    [...document.querySelectorAll('a.button, button, input:not([type=hidden]), select, textarea, nav a')]
    .map(e => [e.outerHTML.slice(0, 60), (e.closest('label') || e).getBoundingClientRect()])
    .filter(([_, box]) => box.width && box.height < 43).map(([name, _]) => name)"""


@pytest.fixture
def door() -> Iterator[Client]:
    """A browser at the hub's door, which stands at hub.localhost."""
    with override_settings(ROOT_URLCONF="banyan.house.urls_hub", MIDDLEWARE=HUB_MIDDLEWARE):
        yield Client(headers={"host": "hub.localhost"})


@pytest.fixture
def at_desk() -> Iterator[Client]:
    """A browser at a desk, which stands at desk.localhost. Forms pass without the CSRF mark."""
    with override_settings(ROOT_URLCONF="banyan.house.urls_desk", MIDDLEWARE=DESK_MIDDLEWARE):
        yield Client(headers={"host": "desk.localhost"})


# Pages in a real browser


class _Silent(WSGIRequestHandler):
    timeout = 1  # browsers open connections ahead, ask nothing there, and this server sees to one at a time

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        """One request, if one comes."""
        with suppress(TimeoutError):
            super().handle()


@contextmanager
def served() -> Iterator[str]:
    """The addresses that the settings name, over a real socket; gives where they begin."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser for the tests of one file. Its driver's loop runs in their thread, which Django would refuse."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def window(browser: Browser, locale: str, width: int) -> Iterator[Page]:
    """A window of this width for a reader of this language; `look` may load its script there."""
    # axe is a script, which the policy would refuse: only for it the policy is lifted
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale, bypass_csp=True)
    try:
        yield context.new_page()
    finally:
        context.close()


def look(page: Page, name: str, *, axe: bool = True) -> list[str]:
    """What is wrong with the page that stands there, in words; its picture is kept under this name."""
    from axe_playwright_python.sync_playwright import Axe

    wrong = []
    page.wait_for_load_state()  # a click returns when the next page is begun, not when it is there
    if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
        wrong.append("is wider than the window")
    wrong += page.evaluate(TOO_SMALL)
    if axe:
        wrong += [fault["id"] for fault in Axe().run(page).response["violations"]]
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    return [f"{name}: {one}" for one in wrong]


def _note(wrong: list[str], message: ConsoleMessage) -> None:
    wrong.append(message.text)


def visit(browser: Browser, address: str, prefix: str, pages: Mapping[str, str]) -> list[str]:
    """What is wrong with these pages (paths by name), with what their consoles say, in each language and at each
    width. A path may hold `{locale}`.
    """
    wrong = list[str]()
    for locale in ("en", "my"):
        with window(browser, locale, NARROW) as page:
            page.on("console", partial(_note, wrong))
            for name, path in pages.items():
                answer = page.goto(address + path.format(locale=locale))
                if answer is None or answer.status != 200:
                    wrong.append(f"{name} did not answer")
                full = f"{prefix}-{name}-{locale}"
                wrong += look(page, f"{full}-{NARROW}")
                page.set_viewport_size({"width": WIDE, "height": 800})
                wrong += look(page, f"{full}-{WIDE}", axe=False)  # the same elements, further apart
                page.set_viewport_size({"width": NARROW, "height": 800})
    return wrong
