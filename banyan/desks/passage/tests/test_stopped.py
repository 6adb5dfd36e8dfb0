"""A way that intake stops, withdraws or lets wait: its planner reads it first, and its guides read that it is off."""

import pytest

from banyan.cases import casework
from banyan.cases.casework import NotYet
from banyan.cases.folders.leg import LegState
from banyan.cases.stages import Stage
from banyan.desks import frame
from banyan.desks.passage import actions, leg_actions, lists, rules
from banyan.desks.passage.tests.conftest import Road, leg_form

ALARM = "guides still have legs: call them off now"


def accepted(road: Road) -> bytes:
    """Kyi gives a leg to Lin, who accepts it; its folder."""
    road.sit("Kyi")
    road.post(f"{road.at}/leg", **leg_form(road))
    road.carry()
    lin = road.programme.desks["Lin"]
    leg = next(folder for folder in lin.held("leg") if (one := lin.state(folder, LegState)) and not one.off)
    leg_actions.say(desk=lin, leg=leg, how="accepted")
    road.carry()
    return leg


def intake(road: Road, how: str) -> None:
    """What intake's pages write, and it reaches all."""
    aye = road.programme.desks["Aye"]
    if how != "withdrawn":
        casework.halt(aye, road.cover, "unsafe" if how == "halted" else "waiting")
    if how != "halted":
        casework.go_to(aye, road.cover, Stage(how))
    road.carry()


@pytest.mark.parametrize("how", ["halted", "withdrawn", "waiting"])
def test_a_way_that_intake_ends_is_first_for_its_planner_until_every_guide_is_told(
    road: Road, how: str
) -> None:
    road.goes()
    leg = accepted(road)
    assert ALARM not in road.get("/passage/") and "Call off all legs" not in road.get(road.at)
    intake(road, how)
    page = road.get("/passage/")
    assert ALARM in page and 'class="row alarm"' in page and "One way needs you now" in page
    page = road.get(road.at)
    assert ALARM in page and page.count("Call off all legs") == 1
    assert ("Change the plan" in page) is (how == "halted")
    page = road.post(f"{road.at}/do/off")
    assert ALARM not in page and "Call off all legs" not in page and "Called off" in page
    assert "No leg goes on here any more" in road.post(f"{road.at}/do/off")
    assert ALARM not in road.get("/passage/")
    road.carry()
    road.sit("Lin")
    at = f"/passage/mine/{leg[:8].hex()}"
    page = road.get("/passage/mine")
    assert "One leg was called off: do not go" in page and 'class="row alarm"' in page
    page = road.get(at)
    assert "This leg was called off" in page and "Do not go" in page and "We have met" not in page
    page = road.post(at, how="met")
    assert "This leg was called off. Do not go" in page and "They have met" not in page
    state = road.desk.state(leg, LegState)
    assert state is not None and state.state == "off"
    road.programme.clock.forward(days=4)
    page = road.get("/passage/mine")
    assert "No leg waits for you" in page and 'class="row alarm"' not in page


def test_only_who_plans_the_way_calls_its_legs_off(road: Road) -> None:
    road.goes()
    leg = accepted(road)
    intake(road, "halted")
    for name in ("Aye", "Lin", "Kha"):
        road.sit(name)
        assert road.client.post(f"{road.at}/do/off").status_code == 404
        with pytest.raises(NotYet):
            actions.call_off_legs(desk=road.desk, cover=road.cover)
    state = road.programme.desks["Lin"].state(leg, LegState)
    assert state is not None and state.state == "accepted"


def test_a_leg_that_is_given_after_a_halt_is_no_alarm_and_the_next_halt_is_one(road: Road) -> None:
    road.goes()
    accepted(road)
    intake(road, "halted")
    road.post(f"{road.at}/do/off")
    accepted(road)
    assert ALARM not in road.get("/passage/") and "is ready for a go" in road.get("/passage/")
    road.post(f"{road.at}/go")
    road.carry()
    road.signs()
    assert ALARM not in road.get("/passage/")
    intake(road, "halted")
    assert ALARM in road.get("/passage/")


def test_a_leg_that_was_given_at_once_with_a_halt_is_an_alarm_too(road: Road) -> None:
    road.goes()
    road.post(f"{road.at}/leg", **leg_form(road))
    casework.halt(road.programme.desks["Aye"], road.cover, "danger")
    road.post(f"{road.at}/leg", **leg_form(road, "Lwin", hours=50))
    road.carry()
    assert ALARM in road.get("/passage/")
    first, later = lists.way_of(road.desk, road.case()).legs
    leg_actions.call_off_leg(desk=road.desk, leg=first.leg.folder)
    assert ALARM in road.get("/passage/")
    leg_actions.call_off_leg(desk=road.desk, leg=later.leg.folder)
    assert ALARM not in road.get("/passage/")


def test_legs_that_a_planner_keeps_at_a_halt_are_an_alarm_until_a_go_is_proposed_anew(road: Road) -> None:
    road.goes()
    accepted(road)
    page = road.post(f"{road.at}/halt", reason="plan")
    assert ALARM in page and "Propose anew" in page
    page = road.post(f"{road.at}/go")
    assert ALARM not in page and "waits for intake to sign it" in page


def test_a_way_that_waited_and_came_back_is_an_alarm_while_its_old_legs_go_on(road: Road) -> None:
    road.planned()
    accepted(road)
    aye = road.programme.desks["Aye"]
    casework.go_to(aye, road.cover, Stage.WAITING)
    casework.go_to(aye, road.cover, Stage.PASSAGE)  # the planner's desk hears of both at once
    road.carry()
    assert ALARM in road.get("/passage/")
    road.post(f"{road.at}/do/off")
    assert ALARM not in road.get("/passage/")


def test_who_has_arrived_is_no_alarm_whatever_a_guide_did_not_say(road: Road) -> None:
    road.goes()
    accepted(road)
    casework.go_to(road.desk, road.cover, Stage.RECEPTION)
    page = road.get("/passage/")
    assert ALARM not in page and "shelter is not there yet" in page
    assert not rules.stopped(lists.way_of(road.desk, road.case()), road.desk.now)


def test_every_halt_is_said_in_words(road: Road) -> None:
    road.goes()
    for code, said in (*frame.HALTS.items(), ("of-a-later-program", frame.HALTS["other"])):
        casework.halt(road.programme.desks["Aye"], road.cover, code)
        road.carry()
        page = road.get(road.at)
        assert page.count(str(said)) >= 2 and f": {code}" not in page and f">{code}<" not in page
