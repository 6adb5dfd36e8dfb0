"""The three desks in a real browser, at the width of a phone and of a laptop, in both languages; pictures are kept."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.cases import casework
from banyan.cases.folders.cover import Cover
from banyan.cases.stages import Stage
from banyan.desks.support.tests.conftest import RUN, Counter, slug
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def address(counter: Counter) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield f"{start}/support/"


def a_month(counter: Counter) -> dict[str, dict[str, str]]:
    """New, entered, approved, paid, doubtful and odd households; by member, the pages to look at."""
    doubtful, waits, odd, ready = (
        counter.entitled(), counter.entitled("MMK"), counter.entitled("USD"), counter.entitled("MMK", since="2026-04"),
    )  # fmt: skip
    casework.go_to(counter.desk("Aye"), counter.comes().cover, Stage.WITHDRAWN)
    counter.comes()
    payments = {way.cover: counter.entered(way) for way in (doubtful, waits, odd)}
    counter.approved(doubtful, payments[doubtful.cover])
    counter.paid(doubtful, payments[doubtful.cover])
    counter.says(doubtful, payments[doubtful.cover], "mountain")
    counter.programme.clock.forward(days=31)
    april = {way.cover: counter.entered(way, "2026-04", run=b"s" * 16) for way in (doubtful, odd)}
    counter.approved(doubtful, april[doubtful.cover])
    counter.desk("Mon").write(odd.cover, Cover(children=4))
    counter.carry()
    one, other = f"case/{slug(doubtful)}", f"case/{slug(odd)}"
    return {
        "Oo": {
            "today": "", "households": "households", "choose": "enter", "enter": "enter/2026-04", "runs": "runs",
            "over": "households/over", "all-runs": "runs/all",
            "run": "runs/" + "73" * 8, "case": one, "statement": f"{one}/statement", "entitle": f"{other}/entitle",
            "people": f"{one}/people", "move-on": f"{one}/move-on", "close": f"{one}/close", "help": "help",
            "begin": f"case/{slug(counter.ways[-1])}/begin", "case-new": f"case/{slug(ready)}",
        },
        "Phyu": {
            "approver-today": "", "approver-run": f"runs/{RUN[:8].hex()}", "approver-case": other,
            "approve": f"{other}/{april[odd.cover][:8].hex()}/approve", "approver-help": "help",
            "stop": f"{other}/{april[odd.cover][:8].hex()}/stop",
        },
        "San": {
            "payer-today": "", "pay": f"{one}/{april[doubtful.cover][:8].hex()}/pay", "payer-case": one,
            "payer-help": "help",
        },
    }  # fmt: skip


def test_every_page_can_be_read_and_used(counter: Counter, browser: Browser, address: str) -> None:
    wrong = []
    for name, pages in a_month(counter).items():
        counter.sit(name)
        wrong += visit(browser, address, "support", pages)
    assert wrong == []


def test_a_stipend_by_three_in_the_browser(counter: Counter, browser: Browser, address: str) -> None:
    way = counter.entitled("MMK")
    page = browser.new_context(locale="en").new_page()
    counter.sit("Oo")
    page.goto(address)
    page.get_by_role("link", name="Enter March 2026").click()
    page.get_by_label("How many kyat for one baht?").fill("၆၆.၅")
    page.get_by_label("Where does the rate for kyat come from?").fill("the market")
    page.get_by_role("button", name="Work out the amounts").click()
    page.get_by_role("button", name="Enter what is ticked").click()
    assert page.get_by_role("heading", level=1).inner_text() == "March 2026: 1 payment"
    counter.carry()
    counter.sit("Phyu")
    page.goto(address)
    page.get_by_role("link", name="Look and approve").click()
    page.get_by_role("button", name="Approve what is ticked").click()
    counter.carry()
    counter.sit("San")
    page.goto(address)
    page.get_by_role("link", name="Pay").click()
    word = page.locator(".code[lang=my]").inner_text()
    page.get_by_label("I have given the money").check()
    page.get_by_role("button", name="I have handed it over").click()
    counter.carry()
    (payment,) = counter.household(way).payments
    assert payment.entered.due == 26_600_000 and payment.state == "paid"
    counter.says(way, payment.name, word)
    assert counter.payment(way, payment.name).state == "received"
