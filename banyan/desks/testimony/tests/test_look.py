"""Zin's desk in a real browser, at the width of a phone and of a laptop, in both languages; pictures are kept."""

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.cases.reference import reference_of
from banyan.desks.testimony import actions
from banyan.desks.testimony.tests.conftest import Court
from banyan.house.testing import served, visit
from banyan.sealing import codes

pytestmark = pytest.mark.browser
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEklEQVR4nGOUj/FlgAEmBiQAABLgAMxMLlvqAAAAAElFTkSuQmCC"
)
ACCOUNT = "On the night I was at the gate. I heard the order, and I saw who gave it."
BURMESE = "အဲဒီညက ကျွန်တော် ဂိတ်မှာ ရှိခဲ့ပါတယ်။ အမိန့်ပေးတာကို ကြားခဲ့ပြီး ဘယ်သူပေးတယ်ဆိုတာ မြင်ခဲ့ပါတယ်။"


@pytest.fixture
def address(court: Court) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield f"{start}/testimony/"


def test_every_page_can_be_read_and_used(court: Court, browser: Browser, address: str) -> None:
    wrong = visit(browser, address, "testimony", {"empty": "", "help": "help"})
    court.leaves(ACCOUNT, typed="t", keep=True, investigators=True, open_court=False)
    court.leaves(BURMESE)
    court.sends(PNG, "png", media_type="image/png", cleaned=True)
    court.sends(b"%PDF-1.4 a paper", "pdf")
    court.sends(bytes(9_000_000), "video")
    for _ in range(2):
        court.leaves("I also saw", code=codes.new_code(), keep=True, investigators=True, open_court=True)
    court.meet()
    wrong += visit(browser, address, "testimony", {"today": "", "unopened": court.path})
    court.opened("Yan")
    court.opened()
    (paper,) = [part for part in court.state().files if part.document.kind == "pdf"]
    (picture,) = [part for part in court.state().files if part.document.kind == "png"]
    actions.save_copy(desk=court.at, folder=court.folder, part=paper.name)
    actions.give_on(
        desk=court.at, folder=court.folder, use="investigators", to="The mechanism, office 4",
        basis="Order 12 of 1 March 2026",
    )  # fmt: skip
    pages = {
        f"account{name and '-' + name}": f"{court.path}{name and '/' + name}"
        for name in ("", "given", "note")
    }
    pages |= {"sheet": f"{court.path}/sheet", "look": court.file_path("look", picture)}
    wrong += visit(browser, address, "testimony", pages)
    court.says("investigators", given=False)
    court.leaves("one thing more")
    court.meet()
    wrong += visit(browser, address, "testimony", {"taken-back": "", "account-taken-back": court.path})
    assert wrong == []


def test_a_keeper_opens_saves_and_gives_on_in_the_browser(
    court: Court, browser: Browser, address: str
) -> None:
    court.leaves(ACCOUNT, keep=True, investigators=True, open_court=True)
    court.sends(PNG, "png", media_type="image/png", cleaned=True)
    court.meet()
    page = browser.new_context(locale="en", accept_downloads=True).new_page()
    page.goto(address)
    page.get_by_role("link", name=f"Open {reference_of(court.folder)}").click()
    assert ACCOUNT not in page.content()
    page.get_by_role("button", name="Open it and note that I did").click()
    assert ACCOUNT in page.content()
    page.get_by_role("link", name="Look at it").click()
    assert page.get_by_role("img").evaluate("image => image.naturalWidth") == 4
    page.go_back()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save it").click()
    assert saved.value.path().read_bytes() == PNG and saved.value.suggested_filename.endswith("-1.png")
    page.get_by_role("link", name="Note that it was given on").click()
    page.get_by_label("For investigators").check()
    page.get_by_label("To whom?").fill("Office 4")
    page.get_by_label("On what legal basis?").fill("Order 12")
    page.get_by_role("button", name="Note it").click()
    assert "To: Office 4. For investigators. Legal basis: Order 12" in page.content()
    assert [what for what, _ in court.notes()] == ["opened", "copy", "given"]
