"""Legs and their guides, word from the way, arrival, staying inside: through the pages."""

from typing import Any

import pytest

from banyan.cases import casework
from banyan.cases.casework import NotYet
from banyan.cases.folders import placement, tally
from banyan.cases.folders.leg import LegState
from banyan.cases.folders.passage import Passage
from banyan.cases.folders.placement import Placement
from banyan.cases.stages import Stage
from banyan.desks.passage import actions, leg_actions, lists
from banyan.desks.passage.tests.conftest import PLAN, Road, leg_form
from banyan.folders.seats import Seat


def test_a_guide_opens_their_own_leg_and_nothing_else(road: Road) -> None:
    road.goes()
    page = road.post(f"{road.at}/leg", **leg_form(road))
    assert "Leg 1" in page and "Not accepted yet" in page
    page = road.post(f"{road.at}/leg", **leg_form(road, "Lwin", hours=40, meet="Behind the mill"))
    page = road.post(f"{road.at}/leg", **leg_form(road, hours=-1, meet="My place"))
    assert "That time has passed" in page and "My place" in page
    road.carry()
    lin, reference = road.programme.desks["Lin"], road.case().reference
    assert len(lin.held("leg")) == 1 and not lin.held("cover") and not lin.held("passage")
    first, second = (one.leg.folder for one in lists.way_of(road.desk, road.case()).legs)
    assert lin.state(second, LegState) is None and lin.state(road.passage().folder, Passage) is None
    road.sit("Lin")
    page = road.get("/passage/mine")
    assert "One leg waits for your answer" in page and reference not in page
    page = road.get(f"/passage/mine/{first[:8].hex()}")
    assert "Under the old tamarind" in page and reference not in page and "Behind the mill" not in page
    for path in (f"/passage/mine/{second[:8].hex()}", road.at, f"{road.at}/plan", f"/passage/leg/{first[:8].hex()}",
                 "/passage/cases", "/passage/help"):  # fmt: skip
        road.get(path, 404)
    with pytest.raises(NotYet):
        leg_actions.say(desk=lin, leg=second, how="accepted")
    at = f"/passage/mine/{first[:8].hex()}"
    page = road.post(at, how="met")
    assert "something comes before it" in page
    page = road.post(at, how="accepted", words="I know the path.")
    assert "I know the path." in page and "Accepted" in page
    road.post(at, how="trouble", words="A new check.")
    road.carry()
    road.sit("Kyi")
    page = road.get("/passage/")
    assert "has a leg in trouble" in page
    page = road.get(f"/passage/leg/{first[:8].hex()}")
    assert "A new check." in page and "Lin" in page
    road.get(at, 404)


def test_a_leg_is_given_to_another_guide_and_the_first_reads_that_it_is_off(road: Road) -> None:
    road.goes()
    road.post(f"{road.at}/leg", **leg_form(road, hours=10))
    road.carry()
    (old,) = road.programme.desks["Lin"].held("leg")
    leg_actions.say(desk=road.programme.desks["Lin"], leg=old, how="declined", words="Not on that day.")
    road.carry()
    assert "has a leg that no guide has accepted yet" in road.get("/passage/")
    form = road.get(f"/passage/leg/{old[:8].hex()}/give")
    assert "Under the old tamarind" in form
    page = road.post(f"/passage/leg/{old[:8].hex()}/give", **leg_form(road, "Lwin"))
    assert "Lwin" in page and "Not accepted yet" in page
    road.carry()
    (new,) = road.programme.desks["Lwin"].held("leg")
    assert new != old and road.programme.desks["Lin"].held("leg") == [old]
    road.get(f"/passage/leg/{old[:8].hex()}", 404)  # it is no leg of this way any more
    road.sit("Lin")
    page = road.get(f"/passage/mine/{old[:8].hex()}")
    assert "This leg was called off" in page and "I accept" not in page
    with pytest.raises(NotYet):
        leg_actions.say(desk=road.desk, leg=old, how="accepted")
    # Called off while the guide accepts: off wins.
    leg_actions.say(desk=road.programme.desks["Lwin"], leg=new, how="accepted")
    road.sit("Kyi")
    assert "Called off" in road.post(f"/passage/leg/{new[:8].hex()}/off")
    road.carry()
    assert "was called off already" in road.post(f"/passage/leg/{new[:8].hex()}/off")
    road.sit("Lwin")
    assert "Do not go" in road.get(f"/passage/mine/{new[:8].hex()}")


def test_silence_climbs_and_a_word_calms_it(road: Road) -> None:
    road.goes()
    page = road.post(
        f"{road.at}/word", next_due=road.moment(-1), every_hours="6", text="Say a word", language="en"
    )
    assert "That time has passed" in page and "Say a word" in page
    road.post(f"{road.at}/word", next_due=road.moment(2), every_hours="6", text="Say a word", language="en")
    road.carry()
    letter = road.way.visit().letters()[-1]
    assert letter.kind == "word" and letter.letter.due and letter.letter.text == "Say a word"
    assert "No way waits for you" in road.get("/passage/")
    road.programme.clock.forward(hours=3)
    page = road.get("/passage/")
    assert "gave no word at" in page and 'class="row sun"' in page and 'class="row alarm"' not in page
    road.programme.clock.forward(hours=6)
    page = road.get("/passage/")
    assert "has given no word since" in page and 'class="row alarm"' in page
    assert "Do now what the plan says" in road.get(road.at)
    road.gives_word("not_ok")
    assert "said from the way that they are not well" in road.get("/passage/")
    road.gives_word("ok")
    assert "No way waits for you" in road.get("/passage/")
    road.gives_word("arrived")
    page = road.get("/passage/")
    assert "seems to have arrived" in page
    assert "They said so themselves" in road.get(f"{road.at}/arrive")


def test_an_arrival_brings_shelter_and_the_planner_leaves(road: Road, monkeypatch: Any) -> None:
    road.planned()
    assert "No go stands" in road.get(f"{road.at}/arrive") and "No go stands" in road.post(
        f"{road.at}/arrive"
    )
    assert "Shelter is called when a go stands" in road.post(f"{road.at}/do/shelter")
    road.answers()
    road.post(f"{road.at}/go")
    road.carry()
    road.signs()
    road.post(f"{road.at}/do/shelter")
    assert {road.way.member(name).id for name in ("Mon", "Nwe")} == set(road.case().seated(Seat.SHELTER))
    assert "Shelter has not begun" in road.get(f"{road.at}/expect")
    road.carry()
    mon = road.programme.desks["Mon"]
    folder = casework.found_part(
        mon, road.cover, "placement", [road.way.member("Nwe")], placement.Begun(cover=road.cover)
    )
    road.carry()
    page = road.post(f"{road.at}/expect", due=road.moment(20), region="", words="Three, one small child")
    assert "This field is required" in page and "Three, one small child" in page
    road.post(f"{road.at}/expect", due=road.moment(20), region="TH", words="Three, one small child")
    road.carry()
    placed = mon.state(folder, Placement)
    assert placed is not None
    ((_time, told),) = placed.arriving
    assert (
        told.region == "TH" and told.words == "Three, one small child" and PLAN["first_step"] not in str(told)
    )
    assert road.desk.state(folder, Placement) is None
    stopped = casework.give_seats
    monkeypatch.setattr(casework, "give_seats", broken)
    with pytest.raises(RuntimeError):
        actions.arrive(desk=road.desk, cover=road.cover)
    monkeypatch.setattr(casework, "give_seats", stopped)
    assert road.case().stage is Stage.PASSAGE  # nothing was half done
    page = road.post(f"{road.at}/arrive")
    assert "This case left your desk" in page and "is not in passage now: Reception" in page
    road.carry()
    assert "No way waits for you" in road.get("/passage/")
    assert "It left this desk" in road.get("/passage/cases")
    assert "You do not plan the way" in road.post(f"{road.at}/arrive")
    case = road.case("Mon")
    assert case.stage is Stage.RECEPTION and not case.seated(Seat.PLANNING) and not case.refused
    box = road.way.state("Thi", road.programme.desks["Thi"].held("tally")[0], tally.Tally)
    assert [one.event for *_, one in box.counted].count("arrived") == 1


def broken(*_given: object, **_more: object) -> None:
    raise RuntimeError("the desk dies here")


def test_without_anybody_of_shelter_nothing_is_lost_and_half_an_arrival_is_finished(
    road: Road, monkeypatch: Any
) -> None:
    road.goes()
    with monkeypatch.context() as patch:
        patch.setattr(casework, "choose", lambda *_given: [])
        assert "Nobody who could shelter them" in road.post(f"{road.at}/arrive")
        assert road.case().stage is Stage.PASSAGE and road.case().standing("go") is not None
    casework.go_to(road.desk, road.cover, Stage.RECEPTION)  # an older program stopped here
    assert "shelter is not there yet" in road.get("/passage/")
    assert "nothing is done twice" in road.get(f"{road.at}/arrive")
    road.post(f"{road.at}/arrive")
    road.carry()
    assert len(road.case("Mon").seated(Seat.SHELTER)) == 2 and not road.case("Mon").seated(Seat.PLANNING)


def test_somebody_stays_inside_and_may_be_taken_up_again(road: Road) -> None:
    road.goes()
    road.post(f"{road.at}/leg", **leg_form(road))
    page = road.post(f"{road.at}/stay", reason="family")
    assert "stays inside for now" in page and "Their family needs them there" in page
    road.carry()
    case = road.case("Aye")
    assert case.stage is Stage.WAITING and case.moves[-1][3] == "family" and case.standing("go") is None
    (leg,) = road.programme.desks["Lin"].held("leg")
    state = road.programme.desks["Lin"].state(leg, LegState)
    assert state is not None and state.off
    assert "not in passage now" in road.post(f"{road.at}/go")
    road.post(f"{road.at}/do/take-up")
    assert road.case().stage is Stage.PASSAGE and "is ready for a go" in road.get("/passage/")
    assert "not at that stage now" in road.post(f"{road.at}/do/take-up")


def test_two_stages_at_once_are_shown_and_one_is_chosen(road: Road) -> None:
    road.goes()
    casework.go_to(road.programme.desks["Aye"], road.cover, Stage.WAITING, reason="other")
    casework.go_to(road.desk, road.cover, Stage.RECEPTION)
    road.carry()
    assert "was set to two stages at once" in road.get("/passage/")
    assert "Two stages were set at once" in road.get(road.at)
    assert "nothing to choose" in road.post(f"{road.at}/settle", stage="closed")
    road.post(f"{road.at}/settle", stage="waiting")
    assert road.case().stage is Stage.WAITING


def test_a_planner_who_comes_later_is_given_the_plan(road: Road) -> None:
    road.planned()
    road.post(f"{road.at}/leg", **leg_form(road))
    road.second_planner()
    road.sit("Kha")
    assert "A colleague began this plan" in road.get(road.at)
    assert "A colleague began this plan" in road.post(f"{road.at}/plan", **PLAN)
    road.sit("Kyi")
    assert "Kha plans this way too" in road.get(road.at)
    page = road.post(f"{road.at}/do/share")
    assert "Kha plans this way too" not in page
    road.carry()
    road.answers()
    for name in ("Kyi", "Kha"):
        road.sit(name)
        page = road.get(road.at)
        assert "The word is rain." in page and "They said yes." in page and "Not accepted yet" in page
    lin = road.programme.desks["Lin"]
    leg_actions.say(desk=lin, leg=lin.held("leg")[0], how="accepted")
    road.carry()
    assert "Accepted" in road.get(road.at)


def test_the_wrong_member_sees_no_page(road: Road) -> None:
    road.goes()
    road.post(f"{road.at}/leg", **leg_form(road))
    road.carry()
    leg = f"/passage/leg/{lists.way_of(road.desk, road.case()).legs[0].leg.folder[:8].hex()}"
    pages = ["", "/plan", "/ask", "/word", "/go", "/halt", "/stay", "/expect", "/arrive", "/leg"]
    for name in ("Aye", "Ei", "Mon", "Chit", "Lin", "Kha"):
        road.sit(name)
        for path in (*(road.at + page for page in pages), leg, f"{leg}/give"):
            road.get(path, 404)
        for path in (f"{road.at}/do/halt", f"{road.at}/do/shelter", f"{leg}/off"):
            assert road.client.post(path).status_code == 404
        assert road.client.get("/passage/").status_code == {"Lin": 302, "Kha": 200}.get(name, 404)
        assert road.client.get("/passage/mine").status_code == (200 if name == "Lin" else 404)
    for name in ("Aye", "Mon", "Kha"):
        with pytest.raises(NotYet):
            actions.halt(desk=road.programme.desks[name], cover=road.cover, reason="danger")
    assert road.case("Kyi").standing("go") is not None
