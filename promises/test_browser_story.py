"""The whole story in a real browser: a person writes in Burmese, intake answers, the person comes back and reads.

The door without script on a phone's screen, the desk on a laptop's. Pictures of each step are kept in `artefacts/`.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from banyan.house.processes import Home, founded, home, started
from promises.story import chrome

__all__ = ["chrome", "founded", "home", "started"]
pytestmark = pytest.mark.browser
QUESTION, ANSWER = "ကျွန်တော် ထွက်ချင်ပါတယ်။ ဘယ်လိုလုပ်ရမလဲ။", "သင့်စာကို ဖတ်ပြီးပါပြီ။ ဘေးကင်းပါစေ။"
PICTURES = Path(__file__).parent.parent / "artefacts"


def _picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"story-{name}.png", full_page=True)


def _phone(chrome: Browser) -> Page:
    """A phone of its own, without script; what it kept is gone with it."""
    context = chrome.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="my"
    )
    return context.new_page()


def _write(page: Page, address: str) -> str:
    """From the first page to "we have your message"; the eight words."""
    page.goto(address)
    assert page.locator("html").get_attribute("lang") == "my"
    _picture(page, "1-first")
    page.locator("form[action$='/words/'] button").first.click()
    words = page.locator(".code").inner_text()
    _picture(page, "2-words")
    page.locator("button[formaction$='/my/write/']").click()
    page.locator("[name=danger][value=yes]").check()
    page.locator("[name=message]").fill(QUESTION)
    page.locator("details:has([name=concern]) summary").first.click()
    page.locator("[name=concern]").select_option("self")
    page.locator("[name=force]").select_option("police")
    _picture(page, "3-write")
    page.locator("button[name=send]").click()
    _picture(page, "4-sent")
    assert "code" not in page.url and QUESTION not in page.title()
    return " ".join(re.findall(r"[\u1000-\u109f]{2,}", words))


def _come_back(page: Page, address: str, words: str) -> str:
    """What the person finds with the words."""
    page.goto(f"{address}/my/back/")
    page.locator("[name=words]").fill(words)
    page.locator("button[name=open]").click()
    return page.locator("main").inner_text()


def _unlock(chrome: Browser, desk, home: Home, member: str) -> Page:
    page = chrome.new_context(viewport={"width": 1280, "height": 800}, locale="en").new_page()
    page.goto(desk.link)
    page.locator(f"[name=member][value={member}]").check()
    page.locator("[name=phrase]").fill(home.members[member])
    _picture(page, f"5-unlock-{member}")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/(intake|office)/"), timeout=30_000)
    return page


def _sync(page: Page) -> None:
    page.locator("form[action$='sync-now'] button").first.click()
    page.wait_for_timeout(1500)
    page.reload()


def test_a_person_writes_intake_answers_and_the_person_reads(chrome, home, started):
    hub = started("hub", "--home", str(home.path), "--port", "0")
    options = ("--home", str(home.path), "--port", "0", "--no-browser", "--hub", hub.address)
    words = _write(_phone(chrome), hub.address)
    assert len(words.split()) == 8

    page = _unlock(chrome, started("desk", *options), home, "Aye")
    _sync(page)
    assert "One person" in page.locator("h1").inner_text()
    _picture(page, "6-today")
    page.locator("main a.button, main .button").first.click()
    assert QUESTION in page.locator("main").inner_text()
    _picture(page, "7-conversation")
    page.locator("[name=text]").first.fill(ANSWER)
    page.wait_for_timeout(2500)  # the draft is kept
    page.locator("form[action$='/answer'] button").first.click()
    assert ANSWER in page.locator("main").inner_text()
    _sync(page)

    assert ANSWER in _come_back(_phone(chrome), hub.address, words)
    wrong = _come_back(_phone(chrome), hub.address, " ".join(reversed(words.split())))
    assert ANSWER not in wrong and QUESTION not in wrong

    other = _unlock(chrome, started("desk", *options), home, "Chit")
    assert QUESTION not in other.content() and ANSWER not in other.content()
    _picture(other, "8-office")
    slug = re.search(r"/intake/[0-9a-f]{16}", page.url)
    assert slug is not None
    there = other.goto(re.sub(r"(//[^/]+).*", r"\1", other.url) + slug[0])
    assert there is not None and there.status == 404

    page.locator("form[action$='lock'] button").first.click()
    page.wait_for_timeout(1500)
    page.goto(re.sub(r"/intake.*", "/", page.url))
    assert page.locator("[name=phrase]").count() == 1
