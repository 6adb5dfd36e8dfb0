"""Legs whose case was erased: planning proposes, the office signs, and the guide's desk gives them up."""

import pytest

from banyan.cases import burials
from banyan.cases.casework import NotYet
from banyan.cases.folders.leg import LegState, Said
from banyan.desks.passage import erasing
from banyan.desks.passage.tests.conftest import Road, leg_form
from banyan.folders import acts


def with_legs(road: Road, many: int = 2) -> list[bytes]:
    """A way with legs; their folders."""
    road.planned()
    for _ in range(many):
        road.post(f"{road.at}/leg", **leg_form(road))
    road.carry()
    legs = road.passage().legs
    return [one.folder for nth in sorted(legs) for one in legs[nth].values]


def case_erased(road: Road) -> None:
    """Aye of intake and Chit of the office erase the case, as far as intake knows it."""
    aye = road.programme.desks["Aye"]
    burials.propose(aye, [road.way.folder, road.cover, road.passage("Kyi").folder], "asked")
    second(road)


def second(road: Road) -> None:
    """Chit signs what waits."""
    road.programme.carry()
    chit = road.programme.desks["Chit"]
    for one in acts.pending(chit.store, chit.roster, chit.now // 1000):
        chit.store.add([acts.second(chit.keys, chit.roster, one)], unsent=True)
    assert road.programme.place() == 1


def test_legs_of_an_erased_case_are_listed_and_go_when_two_have_signed(road: Road) -> None:
    legs = with_legs(road)
    assert "erase these legs" not in road.get("/passage/") and not erasing.left_over(road.desk)
    passage = road.passage().folder
    address = f"/passage/erased/{passage[:8].hex()}"
    road.get(address, 404)
    with pytest.raises(NotYet, match="no legs of an erased case"):
        erasing.erase_legs(desk=road.desk, passage=passage)
    case_erased(road)
    assert road.desk.case(road.cover) is None and road.desk.held("passage") == []
    assert sorted(road.desk.held("leg")) == sorted(legs)
    page = road.get("/passage/")
    assert "The case was erased: erase these legs too" in page and "2 legs of it are left" in page
    assert "Nothing is erased by one signature" in road.get(address)
    assert "Waits for the office since" in road.post(address)
    assert "It waits for somebody of the office" in road.get(address)
    with pytest.raises(NotYet, match="waits for the office already"):
        erasing.erase_legs(desk=road.desk, passage=passage)
    assert road.programme.place() == 0 and road.programme.hub.of_folder(legs[0])
    lin = road.programme.desks["Lin"]
    held = [leg for leg in legs if lin.holds(leg)]
    assert held
    lin.write(held[0], Said(how="accepted", words="written offline"))
    chit = road.programme.desks["Chit"]
    (waits,) = acts.pending(chit.store, chit.roster, chit.now // 1000)
    assert waits.act.reason == "case" and acts.may_sign(waits, chit.me)  # type: ignore[union-attr]
    assert not acts.may_sign(waits, lin.me)
    second(road)
    for name in ("Kyi", "Lin"):
        desk = road.programme.desks[name]
        assert not set(desk.held("leg")) & set(legs)
        assert all(desk.state(leg, LegState) is None and not desk.store.of_folder(leg) for leg in legs)
    assert not any(road.programme.hub.of_folder(leg) for leg in legs)
    road.get(address, 404)
    assert "erase these legs" not in road.get("/passage/")


def test_a_guide_is_shown_no_left_over_legs_and_proposes_nothing(road: Road) -> None:
    legs = with_legs(road, 1)
    passage = road.passage().folder
    case_erased(road)
    guide = next(name for name in ("Lin", "Lwin") if road.programme.desks[name].holds(legs[0]))
    road.sit(guide)
    assert erasing.left_over(road.desk) == []
    road.get(f"/passage/erased/{passage[:8].hex()}", 404)
    with pytest.raises(NotYet, match="Only intake and planning"):
        burials.propose(road.desk, legs, "case")
    road.sit("Kyi")
    assert erasing.erase_legs(desk=road.desk, passage=passage)
