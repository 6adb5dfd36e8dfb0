"""Two desks of passage in a real browser, at the width of a phone and of a laptop, in both languages; with pictures."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from banyan.cases import casework
from banyan.cases.folders import placement
from banyan.cases.journey import Journey
from banyan.desks.passage import actions, leg_actions, lists
from banyan.desks.passage.tests.conftest import PLAN, Road, leg_form
from banyan.house.testing import served, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def address(road: Road) -> Iterator[str]:
    """The desk over a real socket."""
    with served() as start:
        yield start


def test_every_page_can_be_read_and_used(road: Road, browser: Browser, address: str) -> None:
    road.second_planner()
    other = Journey(road.programme).admitted()
    at = f"/passage/{other.cover[:8].hex()}"
    empty = {"case-empty": at, "plan-empty": f"{at}/plan", "go-stop": f"{at}/go"}
    road.planned()
    road.answers()
    actions.propose_go(desk=road.desk, cover=road.cover)
    wrong = visit(browser, address, "passage", {"signed-first": road.at})
    road.carry()
    road.signs()
    for guide, hours in (("Lin", 26), ("Lwin", 40)):
        road.post(f"{road.at}/leg", **leg_form(road, guide, hours=hours))
    road.post(f"{road.at}/word", next_due=road.moment(2), every_hours="6", text="One word.", language="en")
    road.post(f"{road.at}/do/shelter")
    road.carry()
    mon, lin = road.programme.desks["Mon"], road.programme.desks["Lin"]
    readers, begun = [road.way.member("Nwe")], placement.Begun(cover=road.cover)
    casework.found_part(mon, road.cover, "placement", readers, begun)
    first = lists.way_of(road.desk, road.case()).legs[0].leg.folder
    road.carry()
    leg = f"/passage/leg/{first[:8].hex()}"
    pages = {
        **empty, "cases": "/passage/cases", "help": "/passage/help", "ask": f"{road.at}/ask", "word": f"{road.at}/word",
        "go": f"{road.at}/go", "halt": f"{road.at}/halt", "stay": f"{road.at}/stay", "expect": f"{road.at}/expect",
        "arrive": f"{road.at}/arrive", "new-leg": f"{road.at}/leg", "leg": leg, "give": f"{leg}/give",
    }  # fmt: skip
    wrong += visit(browser, address, "passage", pages)
    road.sit("Lin")
    mine = f"/passage/mine/{first[:8].hex()}"
    wrong += visit(
        browser,
        address,
        "passage",
        {"mine": "/passage/mine", "my-leg": mine, "guide-help": "/passage/mine/help"},
    )
    leg_actions.say(desk=lin, leg=first, how="accepted", words="I know the path.")
    leg_actions.say(desk=lin, leg=first, how="trouble", words="A new check at the bridge.")
    wrong += visit(browser, address, "passage", {"my-leg-trouble": mine})
    road.carry()
    road.sit("Kyi")
    kyi, kha = road.programme.desks["Kyi"], road.programme.desks["Kha"]
    for desk, step in ((kyi, "Wait for the second word."), (kha, "Wait until the rain is over.")):
        seen = actions.mark_of(road.passage(desk.me.name if desk.me else ""))
        actions.plan(desk=desk, cover=road.cover, seen=seen, **{**PLAN, "first_step": step + " Then go."})
    road.programme.clock.forward(hours=11)
    road.carry()
    road.answers(yes=False)
    wrong += visit(
        browser, address, "passage", {"today": "/passage/", "case": road.at, "plan-two": f"{road.at}/plan"}
    )
    casework.halt(road.programme.desks["Aye"], road.cover, "unsafe")
    road.carry()
    wrong += visit(browser, address, "passage", {"today-stopped": "/passage/", "case-stopped": road.at})
    road.post(f"{road.at}/do/off")
    road.carry()
    road.sit("Lin")
    wrong += visit(browser, address, "passage", {"mine-off": "/passage/mine", "my-leg-off": mine})
    assert wrong == []


def test_a_way_is_planned_and_halted_in_the_browser(road: Road, browser: Browser, address: str) -> None:
    page = browser.new_context(locale="en").new_page()
    page.goto(f"{address}/passage/")
    page.get_by_role("link", name="Write the plan").click()
    for label, text in (
        ("The first step", "Wait."),
        ("If no word comes", "Ask."),
        ("How to call it off", "Rain."),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Where they will arrive").select_option("TH")
    page.get_by_role("button", name="Keep the plan").click()
    page.locator("main").get_by_role("link", name="Ask the person").click()
    page.get_by_label("What they read").fill("Do you want this?")
    page.get_by_role("button", name="Send").click()
    road.carry()
    road.answers()
    page.goto(f"{address}/passage/")
    page.get_by_role("link", name="Propose go").click()
    page.get_by_role("button", name="Propose go").click()
    road.carry()
    road.signs()
    page.reload()
    assert page.get_by_text("A go stands since").is_visible()
    page.get_by_role("link", name="Halt: no go").click()
    page.get_by_label("Somebody is in danger").check()
    page.get_by_role("button", name="Halt", exact=True).click()
    assert page.get_by_text("It was halted").is_visible()
    road.carry()
    assert road.case("Aye").standing("go") is None
