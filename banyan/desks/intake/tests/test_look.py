"""Aye's desk in a real browser, at the width of a phone and of a laptop, in both languages; pictures are kept."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from banyan.cases.folders.conversation import Agreement, Message, Triage
from banyan.desks.intake import actions, case_actions
from banyan.desks.intake.tests.conftest import Street, slug
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def address(street: Street) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield f"{start}/intake/"


def a_busy_day(street: Any) -> dict[str, str]:
    """People in danger, silent, late, new and agreed; the addresses of the pages to look at."""
    silent = street.person("I can write at nine in the morning.", concern="self", force="police")
    late = street.person("How do people leave by road?", concern="self", force="police")
    agreed = street.person("Yes, I would like that.", concern="family", force="navy")
    junk, child = street.person("Cheap watches"), street.person("I am in tenth grade.")
    street.carry()
    desk, now = street.desk, street.desk.now
    for one in (silent, agreed, child):
        desk.write(one.history.folder, Message(text="We hear you. Nobody else reads this.", language="en"))
    desk.write(silent.history.folder, Agreement(next_due=now + 3_600_000, every_hours=24))
    desk.write(junk.history.folder, Triage(state="set_aside"))
    actions.ask_consent(desk=desk, folder=agreed.history.folder, purposes=("service", "figures"))
    street.carry()
    street.programme.clock.forward(hours=25)
    street.agrees(agreed)
    street.agrees(child, adult=False)
    danger = street.person(
        "They search the barracks tonight.\nMy wife is with me.", danger=True, concern="family"
    )
    street.person("ထွက်ချင်ပါတယ်။ ဘယ်လို လုပ်ရမလဲ။", concern="question")
    street.carry()
    street.programme.clock.forward(minutes=22)
    actions.take_lead(desk=desk, folder=danger.history.folder)
    cover = actions.open_case(
        desk=desk, folder=agreed.history.folder, adults=2, children=3, needs=("medical",)
    )
    case_actions.write_note(desk=desk, folder=cover, text="Speaks two languages.\nPrefers mornings.")
    ready = street.person("When can we start?", concern="family", force="navy")
    street.carry()
    actions.answer(desk=desk, folder=ready.history.folder, text="As soon as you agree.", language="en")
    street.carry()
    street.agrees(ready)
    street.programme.clock.forward(hours=23)
    actions.keep_reply(desk=desk, title="First answer", text="We hear you.", language="en")
    late_one = street.person("ခလေးနှစ်ယောက်နဲ့ ထွက်လို့ ရမလား။", concern="family", force="army")
    assert late_one and late
    return {
        "today": "", "conversations": "conversations", "waiting": "waiting", "help": "help", "replies": "replies",
        "conversation": slug(danger), "answered": slug(silent), "child": slug(child),
        "case-stop": f"{slug(late)}/open-case",
        "open-case": f"{slug(ready)}/open-case", "close": f"{slug(late)}/close", "check-in": f"{slug(late)}/check-in",
        "hand-over": f"{slug(late)}/hand-over", "later": f"{slug(late)}/later", "consent": f"{slug(late)}/consent",
        "case": f"case/{cover[:8].hex()}",
    }  # fmt: skip


def test_every_page_can_be_read_and_used(street: Street, browser: Browser, address: str) -> None:
    assert visit(browser, address, "intake", a_busy_day(street)) == []


def test_a_person_is_answered_in_the_browser(street: Street, browser: Browser, address: str) -> None:
    street.person("Can you hear me?", danger=True)
    street.carry()
    page = browser.new_context(locale="en").new_page()
    page.goto(address)
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Your answer", exact=True).fill("We hear you.\nStay where you are.")
    page.get_by_role("button", name="Answer").click()
    assert page.get_by_text("Stay where you are.").is_visible()
    page.get_by_role("button", name="No longer in danger").click()
    page.get_by_role("link", name="Not now").click()
    later = (street.programme.clock.now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page.get_by_label("Until when?").fill(later)
    page.get_by_role("button", name="Not now").click()
    page.goto(address)
    assert page.get_by_role("heading", level=1).inner_text() == "Nothing is due before tomorrow"
    street.carry()
