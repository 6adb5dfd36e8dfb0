"""Playing a story in a real browser: a person's phone at the door, and a laptop with a desk of its own for each member.

The phone runs no script and is 360 px wide, in Burmese; the laptops are 1280 px wide, in English.
"""

import html
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from banyan.house.processes import Home, Process, until
from banyan.house.testing import PICTURES

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 40.0
FETCH = "async path => { const answer = await fetch(path); return [answer.status, await answer.text()]; }"


@pytest.fixture
def chrome(chromium: str) -> Iterator[Browser]:
    """A browser with nothing in it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


class Story:
    """A programme with its hub, the person's phone, and the laptops that were needed so far."""

    def __init__(self, chrome: Browser, home: Home, started: Callable[..., Process], name: str) -> None:
        self.chrome, self.home, self.started, self.name = chrome, home, started, name
        self.hub = started("hub", "--home", str(home.path), "--port", "0")
        self.desks: dict[str, Process] = {}
        self.pages: dict[str, Page] = {}
        self.number = 0
        self.closed: list[tuple[str, tuple[str, ...], str]] = []

    def hub_away(self) -> None:
        """The hub ends: from now on every desk is by itself."""
        self.hub.end()

    def hub_back(self) -> None:
        """The hub stands where it stood."""
        port = self.hub.address.rpartition(":")[2]
        self.hub = self.started("hub", "--home", str(self.home.path), "--port", port)

    # The person

    def phone(self, path: str = "/") -> Page:
        """A phone of its own, without script; what it kept is gone with it."""
        context = self.chrome.new_context(
            java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="my"
        )
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.goto(self.hub.address + path)
        return page

    def comes_back(self, words: str) -> Page:
        """The person at the door again, with their words."""
        page = self.phone("/my/back/")
        page.locator("[name=words]").fill(words)
        page.locator("button[name=open]").click()
        return page

    def opens_letter(self, words: str, picture: str = "") -> Page:
        """The person opens the newest letter that waits."""
        page = self.comes_back(words)
        if picture:
            self.picture(page, f"{picture}-waits")
        page.locator("button[formaction$='/my/letter/'][name=letter]").first.click()
        if picture:
            self.picture(page, picture)
        return page

    # The members

    def at(self, name: str, path: str = "") -> Page:
        """A member's laptop, unlocked, at a page of their desk (or where it stands)."""
        if name not in self.pages:
            where = ("--home", str(self.home.path), "--port", "0", "--no-browser", "--hub", self.hub.address)
            self.desks[name] = self.started("desk", *where, "--name", name)
            context = self.chrome.new_context(viewport={"width": 1280, "height": 800}, locale="en")
            context.set_default_timeout(PATIENCE * 1000)
            self.pages[name] = context.new_page()
            self.pages[name].goto(self.desks[name].link)
            self.unlock(name)
        if path:
            self.pages[name].goto(self.origin(name) + path)
        return self.pages[name]

    def origin(self, name: str) -> str:
        """Where a member's desk answers in their browser."""
        found = re.match(r"https?://[^/]+", self.desks[name].link)
        assert found is not None
        return found[0]

    def unlock(self, name: str) -> None:
        """The member types their phrase."""
        page = self.pages[name]
        there = page.locator(f"[name=member][value={name}]")
        until(lambda: there.count() or not page.reload(), PATIENCE)
        there.check()
        page.locator("[name=phrase]").fill(self.home.members[name])
        page.locator("main form button").first.click()
        page.locator("#lock, main a.button").first.wait_for()  # today, or what was held while locked

    def lock_elsewhere(self, name: str) -> None:
        """The member's laptop is locked from another window, while they type in this one."""
        other = self.pages[name].context.new_page()
        other.goto(self.origin(name) + "/")
        other.locator("#lock button").click()
        until(
            lambda: other.locator("[name=phrase]").count() or not other.goto(self.origin(name) + "/"),
            PATIENCE,
        )
        other.close()

    def sync(self, *names: str) -> None:
        """These desks bring what they have to the hub and take what it has, one after the other."""
        for name in names:
            page = self.at(name)
            page.locator("form[action$='sync-now'] button").first.click()
            self._is_sent(page)

    def _is_sent(self, page: Page) -> None:
        until(lambda: page.locator(".sync .dot.leaf").count() or not page.reload(), PATIENCE)

    def press(self, page: Page, what: str) -> None:
        """Press the main button or link whose words begin so."""
        page.locator(".page").locator("button, a.button").filter(
            has_text=re.compile(rf"^\s*{what}")
        ).first.click()

    def picture(self, page: Page, name: str) -> None:
        """A picture of the whole page, in the order of the story."""
        self.number += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{self.name}-{self.number:02}-{name}.png", full_page=True)

    def closed_to(self, page: Page, *names: str, secret: str = "") -> None:
        """The page's address answers 404 at these members' desks, and their own page says nothing of a secret; now, and
        again once they have all that their desks ever get (`ask_again`).
        """
        path = re.sub(r"^https?://[^/]+", "", page.url)
        assert secret == "" or (secret not in page.url and secret not in page.title())
        self.closed.append((path, names, secret))
        self._refused(path, names, secret)

    def ask_again(self) -> None:
        """Every desk takes what the hub has, and whatever was closed to a member is closed to them still."""
        self.sync(*self.pages)
        for path, names, secret in self.closed:
            self._refused(path, names, secret)

    def _refused(self, path: str, names: tuple[str, ...], secret: str) -> None:
        for name in names:
            status, text = self._asked(name, path)
            assert status == 404, (name, path, status)
            assert not secret or (secret not in text and secret not in self._asked(name, "/")[1]), (
                name,
                path,
            )

    def all_read(self, name: str) -> str:
        """All that a member can come to, each page once: from the first page by links, and by every address that was
        closed to somebody.
        """
        wanted, read, said = ["/", *{path for path, _names, _secret in self.closed}], set[str](), []
        while wanted:
            path = wanted.pop()
            _status, text = self._asked(name, path)
            read.add(path)
            said.append(html.unescape(text))
            links = {link.split("#")[0] for link in re.findall(r'<a [^>]*href="(/[^"]*)"', text)}
            wanted += sorted(links - read - set(wanted))
        return "\n".join(said)

    def _asked(self, name: str, path: str) -> tuple[int, str]:
        """What a member's desk answers at an address, asked from the page where they are."""
        found: tuple[int, str] = self.at(name).evaluate(FETCH, path)
        return found
