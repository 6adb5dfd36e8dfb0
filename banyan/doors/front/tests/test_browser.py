"""The whole path in a real browser with scripts off, on a small screen; every page is pictured and questioned."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import waitress
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from banyan.cases.folders.conversation import Agreement, ConsentAsked, Message
from banyan.cases.testing import Programme
from banyan.doors.front.codewords import read_code
from banyan.doors.front.pages import GUIDES
from banyan.doors.front.tests.conftest import Remembering
from banyan.house.standing import stand_at
from banyan.house.wsgi import WAITRESS

pytestmark = pytest.mark.browser
ARTEFACTS = Path(__file__).parents[4] / "artefacts"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREEN = ViewportSize(width=360, height=740)
TEXTS = {
    "en": ("I want to leave. My wife and our small son come too.", "You are not alone. Tell us when it is safe."),
    "my": ("တပ်က ထွက်ချင်ပါတယ်။ ဇနီးနဲ့ သားငယ်လေးလည်း လိုက်ပါမယ်။", "သင် တစ်ယောက်တည်း မဟုတ်ပါ။ လုံခြုံတဲ့အချိန်ကို ပြောပါ။"),
}  # fmt: skip
Look = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        # Playwright's loop runs in this thread; Django would take the test's own steps for asynchronous ones.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = play.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def address(programme: Programme, door: Client, bell: Remembering) -> Iterator[str]:
    """Harbour's door behind the server that the hub runs."""
    stand_at(programme.door)
    server = waitress.create_server(WSGIHandler(), host="127.0.0.1", port=0, threads=2, **WAITRESS)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    server.close()
    stand_at(None)


def press(page: Page, name: str) -> None:
    """Press the button that leads to this address of the door, or that sends the form."""
    page.click(f"button[formaction$='/{name}/'], form[action$='/{name}/'] button:not([formaction])")


def mistyped(words: list[str]) -> list[str]:
    """The words with one slip of the hand that the door can put right."""
    for place, word in enumerate(words):
        for typed in (word[:-1], word + word[-1], word[1:]):
            said = [*words[:place], typed, *words[place + 1 :]]
            if read_code(" ".join(said)).better:
                return said
    raise AssertionError("no word of this code can be mistyped so")


def walk(page: Page, address: str, programme: Programme, language: str, look: Look) -> None:
    """Open, take the words, write, leave; come back, read, answer what is asked; forget and erase."""
    mine, answer = TEXTS[language]
    for path in GUIDES:
        page.goto(f"{address}/{language}/{path}/")
        look(page, path)
    page.goto(f"{address}/{language}/")
    look(page, "first")
    page.click("form[action$='/words/'] button")
    look(page, "words")
    words = page.locator(".code li").all_inner_texts()
    page.click("button[name=show]")
    look(page, "words-digits")
    page.click("button[name=show]")
    press(page, "practise")
    look(page, "practise")
    page.fill("[name=words]", " ".join([*words[:6], "tiger"]))
    page.click("button[name=check]")
    look(page, "practise-some")
    page.fill("[name=words]", " ".join(words))
    page.click("button[name=check]")
    look(page, "practise-known")
    press(page, "write")
    look(page, "write")
    page.fill("[name=message]", "  ")
    page.click("button[name=send]")
    look(page, "write-empty")
    page.check("[name=danger][value=yes]")
    page.fill("[name=message]", mine)
    page.click("details:not(.why) > summary")
    page.select_option("[name=force]", "police")
    look(page, "write-filled")
    page.click("button[name=send]")
    look(page, "sent")
    programme.carry()
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    aye.write(folder, Message(text=answer, language=language))
    aye.write(folder, Message(text=" ".join([answer] * 40), language=language))
    aye.write(folder, ConsentAsked(purposes=("service", "figures", "share")))
    aye.write(folder, Agreement(next_due=programme.door.now + 86_400_000, every_hours=24))
    programme.carry()
    programme.clock.forward(minutes=90)
    page.goto(f"{address}/{language}/back/")
    look(page, "back")
    page.fill("[name=words]", " ".join(reversed(words)))
    page.click("button[name=open]")
    look(page, "back-wrong")
    page.fill("[name=words]", " ".join([*words[:7], "tigerrr"]))
    page.click("button[name=open]")
    look(page, "back-unknown")
    page.fill("[name=words]", " ".join(mistyped(words)))
    page.click("button[name=open]")
    look(page, "back-slip")
    page.fill("[name=words]", "  ".join(words))
    page.click("button[name=open]")
    assert answer in page.inner_text("main")
    look(page, "inside")
    press(page, "news")
    look(page, "news")
    press(page, "inside")
    press(page, "agree")
    look(page, "age")
    page.click("[name=adult][value=yes]")
    for purpose in ("service", "figures", "share"):
        look(page, f"agree-{purpose}")
        page.click(f"[name=answer][value={'no' if purpose == 'share' else 'yes'}]")
    look(page, "inside-agreed")
    press(page, "more")
    look(page, "more")
    press(page, "agreed")
    look(page, "agreed")
    page.locator("button[formaction$='/withdraw/']").first.click()
    look(page, "agreed-taken-back")
    press(page, "inside")
    page.click("[value=not_ok]")
    look(page, "inside-not-well")
    press(page, "more")
    press(page, "older")
    look(page, "older")
    assert mine in page.inner_text("main") and answer in page.inner_text("main")
    press(page, "inside")
    press(page, "write")
    look(page, "write-again")
    press(page, "inside")
    press(page, "more")
    press(page, "part")
    look(page, "forget")
    page.click("[name=sure]")
    look(page, "forgotten")
    press(page, "inside")
    press(page, "more")
    press(page, "close")
    look(page, "erase")
    page.click("[name=sure]")
    look(page, "erased")
    page.goto(f"{address}/{language}/back/")
    page.fill("[name=words]", " ".join(words))
    page.click("button[name=open]")
    assert page.locator("[name=open]").count() == 1
    assert answer not in page.inner_text("main")


def fresh(browser: Browser, language: str, *, scripts: bool) -> BrowserContext:
    return browser.new_context(
        viewport=SCREEN, locale=language, java_script_enabled=scripts, bypass_csp=scripts
    )


@pytest.mark.parametrize("language", ["my", "en"])
def test_the_path_without_scripts(browser, address, programme, language):
    ARTEFACTS.mkdir(exist_ok=True)
    context = fresh(browser, language, scripts=False)
    page, addresses = context.new_page(), []
    page.on("request", lambda request: addresses.append(request.url))

    def look(page: Page, name: str) -> None:
        page.wait_for_load_state()
        assert page.locator("html").get_attribute("lang") == language
        page.screenshot(path=ARTEFACTS / f"door-{name}-{language}.png", full_page=True)

    walk(page, address, programme, language, look)
    assert context.cookies() == []
    assert all(url.startswith((address, "data:")) and "?" not in url for url in addresses)
    context.close()


@pytest.mark.parametrize("language", ["my", "en"])
def test_every_page_fits_a_small_screen_and_reads_aloud(browser, address, programme, language):
    context = fresh(browser, language, scripts=True)
    faults = []

    def look(page: Page, name: str) -> None:
        page.wait_for_load_state()
        if page.evaluate("document.documentElement.scrollWidth") > SCREEN["width"]:
            faults.append((name, "wider than the screen"))
        faults.extend((name, fault["id"]) for fault in Axe().run(page).response["violations"])

    walk(context.new_page(), address, programme, language, look)
    assert faults == []
    context.close()
