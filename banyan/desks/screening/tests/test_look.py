"""Ei's and Hla's desks in a real browser, at two widths and in both languages; pictures are kept."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.cases import casework
from banyan.desks.screening import actions
from banyan.desks.screening.tests.conftest import Room
from banyan.house.testing import look, served, visit, window

pytestmark = pytest.mark.browser
ZAWGYI = "ေမာင္ေအာင္ေက်ာ္"


@pytest.fixture
def address(room: Room) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield f"{start}/screening/"


def a_busy_day(room: Room) -> dict[str, str]:
    """Cases of every kind on Ei's list; the addresses of the pages to look at."""
    ei, gyi = room.programme.desks["Ei"], room.programme.desks["Gyi"]
    new = room.at
    told = room.another().at
    actions.ask(desk=ei, cover=room.cover, kind="names", text="Your name?", language="en")
    room.carry()
    room.tells(given=ZAWGYI, words="I was a driver.\nI have my pay book with me.")
    actions.note_person(desk=ei, cover=room.cover, given=ZAWGYI, birth_year=1990, service_number="12-3456")
    actions.note_person(desk=gyi, cover=room.cover, birth_year=1991)
    actions.saw_evidence(desk=gyi, cover=room.cover, kind="paper", kept="returned")
    room.carry()
    blind = room.another().at
    room.finds("Ei")
    room.carry()
    opening = room.another().at
    room.finds("Ei")
    room.finds("Gyi")
    room.carry()
    agreed = room.another().found().at
    room.proposes("Gyi", "admit")
    room.carry()
    (waits,) = room.way.case("Ei").waiting(ei.now)
    differ = room.another().found("eligible", "not_eligible").at
    room.proposes("Ei", "admit")
    room.proposes("Gyi", "decline", "not_enough_known")
    room.carry()
    half = room.another().found().at
    room.proposes("Gyi", "admit")
    room.carry()
    (one,) = room.way.case("Ei").waiting(ei.now)
    casework.second(ei, room.cover, one)
    child = room.another().at
    actions.note_person(desk=ei, cover=room.cover, birth_year=2010)
    over = room.another().found("not_eligible", "not_eligible").at
    room.proposes("Ei", "decline", "other_pathway")
    room.carry()
    room.signs("Gyi", "decline")
    room.carry()
    decline = room.another().found("not_eligible", "not_eligible").at
    return {
        "today": "", "help": "help", "ask": f"{new}/ask", "case": told, "identity": f"{told}/identity",
        "note": f"{told}/note", "evidence": f"{told}/evidence", "finding": f"{told}/finding",
        "mine": f"{blind}/finding", "closed": f"{blind}/compare", "open": f"{opening}/compare",
        "agreed": f"{agreed}/compare", "sign": f"{agreed}/sign/{waits.name.hex()}", "differ": f"{differ}/compare",
        "half": half, "child": f"{child}/under-18", "over": over, "decline": f"{decline}/propose/decline",
    }  # fmt: skip


def test_every_page_can_be_read_and_used(room: Room, browser: Browser, address: str) -> None:
    pages = a_busy_day(room)
    wrong = visit(browser, address, "screening", pages)
    room.sit("Hla")
    wrong += visit(browser, address, "screening-officer", {"today": "", "differ": pages["differ"]})
    assert wrong == []


def test_a_finding_is_written_in_the_browser(room: Room, browser: Browser, address: str) -> None:
    with window(browser, "en", 360) as page:
        page.goto(address)
        page.get_by_role("link", name="Ask").click()
        page.get_by_role("button", name="Send").click()
        page.get_by_role("link", name="Write your finding").click()
        for choice in page.get_by_label("Yes", exact=True).all():
            choice.check()
        page.get_by_label("The programme is for them", exact=True).check()
        page.get_by_role("button", name="Keep my finding").click()
        assert look(page, "screening-refused-en-360") == []
        for choice in page.get_by_label("It rests on").all():
            choice.select_option(index=1)
        page.get_by_label("Force, as you could verify it").select_option("army")
        page.get_by_label("Rank, as you could verify it").select_option("nco")
        page.get_by_role("button", name="Keep my finding").click()
        assert "waits for the other finding" in page.get_by_role("heading", level=1).inner_text()
    (one,) = room.way.case("Ei").findings.values()
    assert one.finding
