"""Every page of the door is pictured and questioned, and the path goes by keyboard alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from django.test.signals import template_rendered
from playwright.sync_api import Page

from banyan.cases.folders.conversation import ConsentAsked
from banyan.cases.testing import Programme
from banyan.doors.front import further, line
from banyan.doors.front.tests.test_files import BOX, photo
from banyan.house import pages as house_pages
from banyan.house.testing import look, served, window
from banyan.language.frontage import Page as FurtherPage
from banyan.language.pack import front_of_pack

TEMPLATES = Path(__file__).parents[1] / "templates" / "front"
# Which walk pictures which page. A template that no walk names fails the test below.
FRAMES = {"guide", "posted", "letter"}
IN_ALLOWANCE = {"too_much"}
IN_BROWSER = set(
    "first next who can never reach phone clear young words practise write sent back inside news age agree agreed "  # noqa: SIM905
    "more older forget forgotten erase erased".split()
)
IN_LETTERS_LOOK = {f"letter_{kind}" for kind in ("bed", "money", "names", "question", "way", "word")} | {
    "letters", "money",
}  # fmt: skip
HERE = {
    "file",
    "file_ask",
    "file_sent",
    "testimony",
    "account",
    "testimony_erase",
    "under_age",
    "further",
    "line",
    "turn",
    "hold",
}


def test_no_page_is_without_a_picture():
    there = {path.stem for path in TEMPLATES.glob("*.html")}
    assert there == FRAMES | IN_ALLOWANCE | IN_BROWSER | IN_LETTERS_LOOK | HERE


@contextmanager
def rendered() -> Iterator[set[str]]:
    """The templates of the door that are rendered meanwhile."""
    found: set[str] = set()

    def note(sender: object, template: object, **_more: object) -> None:
        found.add(Path(str(getattr(template, "name", ""))).stem)

    template_rendered.connect(note)
    try:
        yield found
    finally:
        template_rendered.disconnect(note)


class Walk:
    """A person who goes from page to page, and what was wrong with each."""

    def __init__(self, page: Page, start: str, language: str) -> None:
        self.page, self.start, self.language = page, f"{start}/{language}", language
        self.wrong: list[str] = []

    def seen(self, name: str) -> None:
        found = look(self.page, f"door-{name}-{self.language}")
        self.wrong += [one for one in found if 'class="skip"' not in one and one not in KNOWN]

    def press(self, path: str) -> None:
        self.page.locator(f"button[formaction$='/{path}/']").first.click()

    def come_back(self, words: list[str]) -> None:
        self.page.goto(f"{self.start}/back/")
        self.page.fill("[name=words]", " ".join(words))
        self.page.click("button[name=open]")


# A page of the line goes on by itself, for that is what it is for (WCAG 2.2.1 allows what is essential); a link on it
# does the same for those who stop it.
KNOWN = tuple(f"door-line-{language}: meta-refresh" for language in ("en", "my"))


def _lines(walk: Walk) -> None:
    for name, ticket in (("hold", line.HOLD), ("turn", line.TURN), ("line", line.WAIT)):
        walk.page.route("**/line/**", lambda route: route.continue_())
        walk.page.goto(f"{walk.start}/line/{ticket}/", wait_until="commit")
        walk.seen(name)


def _file_and_account(walk: Walk) -> None:
    page = walk.page
    walk.press("more")
    walk.press("file")
    walk.seen("file")
    page.click("button[name=send]")
    walk.seen("file-none")
    page.set_input_files("[name=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.click("button[name=send]")
    walk.seen("file-sent")
    walk.press("inside")
    walk.press("more")
    walk.press("file")
    page.set_input_files("[name=file]", {"name": "a.zip", "mimeType": "application/zip", "buffer": BOX})
    page.click("button[name=send]")
    walk.seen("file-ask")
    page.click("button[name=leave]")
    walk.seen("file-left")
    walk.press("inside")
    walk.press("more")
    walk.press("apart")
    walk.seen("testimony")
    page.click("[name=step][value=write]")
    walk.seen("account")
    page.fill("[name=account]", "I saw it myself.")
    page.click("button[name=send]")
    walk.seen("account-not-kept")
    page.check("[name=keep]")
    page.click("button[name=send]")
    walk.seen("testimony-left")
    page.click("[name=step][value=erase]")
    walk.seen("testimony-erase")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["my", "en"])
def test_the_pages_beside_the_path_fit_a_small_screen_and_read_aloud(browser, court, language, monkeypatch):
    programme, person = court
    page_of_pack = FurtherPage(
        address="help",
        title={"en": "Help nearby", "my": "အနီးက အကူအညီ"},
        paragraphs=({"en": "Ask us.", "my": "မေးပါ။"},),
    )
    front = msgspec.structs.replace(front_of_pack(), pages=(page_of_pack,))
    for module in (further, house_pages):
        monkeypatch.setattr(module, "front_of_pack", lambda: front)
    words, _ = person.tell("I am here")
    programme.carry()
    programme.carry()
    aye = programme.desks["Aye"]
    aye.write(aye.held("conversation")[0], ConsentAsked(purposes=("service",)))
    programme.carry()
    with rendered() as found, served() as start, window(browser, language, 360) as page:
        walk = Walk(page, start, language)
        page.goto(f"{walk.start}/read/help/")
        walk.seen("further")
        walk.come_back(words)
        _file_and_account(walk)
        walk.come_back(words)
        walk.press("agree")
        page.click("[name=adult][value=no]")
        walk.seen("under-age")
        _lines(walk)
    assert walk.wrong == []
    assert found >= HERE


# By keyboard alone, with scripts off


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f":is({selector}):focus").count():
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def enter(page: Page, selector: str) -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["my", "en"])
def test_the_path_goes_by_keyboard_alone_without_scripts(browser, programme: Programme, person, language):
    with served() as start:
        context = browser.new_context(java_script_enabled=False, locale=language)
        page = context.new_page()
        page.goto(f"{start}/{language}/")
        enter(page, "form[action$='/words/'] button")
        words = page.locator(".code li").all_inner_texts()
        enter(page, "button[formaction$='/practise/']")
        tab_to(page, "[name=words]")
        page.keyboard.type(" ".join(words))
        enter(page, "[name=check]")
        enter(page, "button[formaction$='/write/']")
        tab_to(page, "[name=danger]")
        page.keyboard.press("Space")
        tab_to(page, "[name=message]")
        page.keyboard.type("I am here")
        tab_to(page, "details:not(.why) > summary")
        page.keyboard.press("Space")
        tab_to(page, "[name=safe_times]")
        page.keyboard.type("at night")
        enter(page, "[name=send]")
        enter(page, "a[href$='/phone/']")
        page.goto(f"{start}/{language}/")
        enter(page, "a[href$='/back/']")
        tab_to(page, "[name=words]")
        page.keyboard.type(" ".join(words))
        enter(page, "[name=open]")
        enter(page, "button[formaction$='/more/']")
        enter(page, "button[formaction$='/older/']")
        assert "I am here" in page.inner_text("main")
        tab_to(page, ".exit")
        context.close()
    programme.carry()
    (folder,) = programme.desks["Aye"].held("conversation")
    state = programme.desks["Aye"].conversation(folder)
    assert state and state.danger and state.one("safe_times") == "at night"
