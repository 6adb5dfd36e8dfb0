"""Passages that two planners began at once: their legs, their words and what calls them off; and words agreed anew."""

import secrets
from typing import Literal

import pytest

from banyan.cases.casework import NotYet
from banyan.cases.folders import passage as documents
from banyan.cases.folders.leg import LegState
from banyan.cases.folders.passage import Passage
from banyan.desks.passage import actions, leg_actions, lists
from banyan.desks.passage.rules import Need
from banyan.desks.passage.tests.conftest import HOUR, LEG, PLAN, Road


def begun_at_once(road: Road) -> tuple[str, str]:
    """Kyi and Kha write a plan, give a leg to Lin and agree on words, each before the other's has come; who began the
    passage that counts, and who the other.
    """
    road.second_planner()
    lin = road.programme.keys["Lin"].id
    for name, hours in (("Kyi", 6), ("Kha", 12)):
        desk = road.programme.desks[name]
        actions.plan(desk=desk, cover=road.cover, **PLAN)
        leg = {**LEG, "meet": f"Where {name} says", "starts": desk.now + 30 * HOUR}
        leg_actions.add_leg(desk=desk, cover=road.cover, guide=lin, **leg)
        due = desk.now // HOUR * HOUR + hours * HOUR
        actions.agree_words(
            desk=desk,
            cover=road.cover,
            next_due=due,
            every_hours=hours,
            text=f"Word to {name}",
            language="en",
        )
    road.carry()
    counts = road.passage("Kyi").folder
    first = next(
        name
        for name in ("Kyi", "Kha")
        if any(counts == state.passage and state.one("meet") == f"Where {name} says" for state in legs(road))
    )
    return first, "Kha" if first == "Kyi" else "Kyi"


def legs(road: Road) -> list[LegState]:
    """All legs at their guide."""
    return lists.my_legs(road.programme.desks["Lin"])


def word(road: Road, name: str, how: Literal["ok", "not_ok", "arrived"]) -> None:
    """The person answers the letter about words that this planner wrote."""
    letter = next(one for one in road.way.visit().letters() if one.letter.text == f"Word to {name}")

    def said(nth: int) -> documents.Word:
        return documents.Word(nth=nth, how=how)

    road.way.visit().answer(secrets.token_bytes(16), letter.name, "passage", said, said=how)
    road.carry()


def test_both_planners_see_the_legs_of_both_and_either_calls_each_off(road: Road) -> None:
    first, other = begun_at_once(road)
    assert len(legs(road)) == 2
    for name in ("Kyi", "Kha"):
        road.sit(name)
        way = lists.way_of(road.desk, road.case())
        assert {one.state.one("meet") for one in way.legs if one.state} == {
            "Where Kyi says",
            "Where Kha says",
        }
        page = road.get(road.at)
        assert page.count("Leg 1") >= 2 and "Two plans were begun at once" in page
        for one in way.legs:
            road.get(f"/passage/leg/{one.leg.folder[:8].hex()}")
    for state in legs(road):
        leg_actions.say(desk=road.programme.desks["Lin"], leg=state.folder, how="accepted")
    road.carry()
    theirs = next(state.folder for state in legs(road) if state.one("meet") == f"Where {other} says")
    road.sit(first)
    assert "Called off" in road.post(f"/passage/leg/{theirs[:8].hex()}/off")
    with pytest.raises(NotYet, match="called off already"):
        leg_actions.call_off_leg(desk=road.desk, leg=theirs)
    road.carry()
    assert {state.one("meet"): state.state for state in legs(road)} == {
        f"Where {first} says": "accepted", f"Where {other} says": "off",
    }  # fmt: skip


def test_calling_off_all_calls_off_the_legs_of_both(road: Road) -> None:
    _first, other = begun_at_once(road)
    road.sit(other)
    page = road.post(f"{road.at}/stay", reason="danger")
    assert "stays inside for now" in page
    road.carry()
    assert [state.state for state in legs(road)] == ["off", "off"]
    for name in ("Kyi", "Kha"):
        assert road.passage(name).due is None  # nothing that was agreed in either goes on


def test_a_word_that_was_sent_to_either_is_read_by_both_planners(road: Road) -> None:
    _first, other = begun_at_once(road)
    word(road, other, "not_ok")
    for name in ("Kyi", "Kha"):
        road.sit(name)
        assert "said from the way that they are not well" in road.get("/passage/")
    word(road, other, "ok")
    for name in ("Kyi", "Kha"):
        road.sit(name)
        assert "they are not well" not in road.get("/passage/")


def test_silence_is_seen_by_what_either_agreed(road: Road) -> None:
    begun_at_once(road)
    road.programme.clock.forward(hours=8)  # Kyi agreed on six hours, Kha on twelve
    for name in ("Kyi", "Kha"):
        assert road.passage(name).missed(road.programme.desks[name].now) == 1
        road.sit(name)
        assert "gave no word at" in road.get("/passage/")


def test_a_leg_that_is_added_later_has_the_next_number_of_both(road: Road) -> None:
    begun_at_once(road)
    road.sit("Kyi")
    lin = road.programme.keys["Lin"].id
    leg = {**LEG, "meet": "Then here", "starts": road.desk.now + 50 * HOUR}
    leg_actions.add_leg(desk=road.desk, cover=road.cover, guide=lin, **leg)
    road.carry()
    for name in ("Kyi", "Kha"):
        way = lists.way_of(road.programme.desks[name], road.case(name))
        assert [one.leg.nth for one in way.legs] == [1, 1, 2]


def test_words_agreed_anew_after_a_mistaken_arrival_are_waited_for(road: Road) -> None:
    road.goes()
    kyi = road.desk

    def agreed() -> None:
        due = kyi.now // HOUR * HOUR + 12 * HOUR
        actions.agree_words(desk=kyi, cover=road.cover, next_due=due, every_hours=12)
        road.carry()

    agreed()
    road.gives_word("arrived")
    assert road.passage().due is None and "seems to have arrived" in road.get("/passage/")
    road.programme.clock.forward(days=2)
    assert road.passage().missed(kyi.now) == 0  # who has arrived is not silent
    agreed()
    assert road.passage().due is not None
    road.programme.clock.forward(hours=13)
    assert "gave no word at" in road.get("/passage/")
    road.programme.clock.forward(days=2)
    found = lists.today(kyi).needed
    assert [need for _way, need in found] == [Need.LONG_SILENT]
    assert isinstance(road.passage(), Passage)
