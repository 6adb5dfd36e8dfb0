"""What shelter does and what it is refused, with the desks of both members and the person's own letter."""

import pytest

from banyan.cases import casework
from banyan.cases.casework import NotYet
from banyan.cases.folders import house, placement
from banyan.cases.folders.conversation import Conversation
from banyan.cases.folders.cover import Assigned, Cover, Halted
from banyan.cases.folders.house import House
from banyan.cases.folders.identity import Identity
from banyan.cases.folders.passage import Passage
from banyan.cases.folders.placement import Placement
from banyan.cases.folders.tally import Tally
from banyan.cases.reference import reference_of
from banyan.cases.stages import Stage
from banyan.desks.shelter import actions, lists, rules
from banyan.desks.shelter.rules import Need, Stands
from banyan.folders.seats import Seat


def need(yard, name="Mon"):
    return [need for _found, need in lists.today(yard.desk(name)).households]


def test_from_reception_to_support_with_those_who_see_to_money(yard):
    assert need(yard) == [Need.NO_BED]
    heron = yard.house()
    yard.begins()
    key = yard.asks(heron)
    yard.meet()
    nwe = lists.today(yard.desk("Nwe"))
    assert [(need, found) for _house, need, found in nwe.houses] == [(Need.KEEPER, key)]
    with pytest.raises(NotYet, match="not confirmed yet"):
        actions.they_are_here(desk=yard.at, cover=yard.cover)
    with pytest.raises(NotYet, match="Do not promise one"):
        actions.write_bed_letter(desk=yard.at, cover=yard.cover, text="Come", language="en")
    actions.confirm(desk=yard.desk("Nwe"), folder=heron, key=key)
    yard.meet()
    assert need(yard) == [Need.READY] and yard.state(heron).used == 3 and yard.state(heron).free == 1
    actions.write_bed_letter(desk=yard.at, cover=yard.cover, text="A bed is ready", language="en")
    actions.they_are_here(desk=yard.at, cover=yard.cover)
    yard.journey.carry()
    case = yard.case()
    assert case.stage is Stage.SUPPORT and case.refused == [] and rules.is_mine(case, yard.id("Mon"))
    assert [case.seated(seat) for seat in rules.MONEY] == [(yard.id(name),) for name in ("Oo", "Phyu", "San")]
    assert yard.journey.case("Oo").stage is Stage.SUPPORT and need(yard) == []
    thi = yard.desk("Thi")
    counted = [one.event for box in thi.held("tally") for _, _, one in thi.state(box, Tally).counted]
    assert counted.count("settled") == 1
    letter = yard.journey.visit().letters()[-1]
    assert (letter.kind, letter.letter.text, letter.slot) == ("bed", "A bed is ready", None)
    talk = yard.desk("Aye").state(yard.journey.folder, Conversation)
    assert talk.letters[-1][3].kind == "bed" and b"A bed is ready" not in talk.letters[-1][3].sealed
    # nobody but the two reads where they live, and the house knows no case
    folder = yard.household().folders[0]
    for name in ("Aye", "Kyi", "Ei", "Oo", "Phyu", "San"):
        assert yard.desk(name).history(folder) is None and yard.desk(name).held("house") == []
    said = b"".join(told.opened.entry.document for told in yard.at.history(heron).told)
    assert yard.cover not in said and case.number not in said and case.reference.encode() not in said


def test_no_placement_before_a_go_and_no_bed_before_reception(gate):
    journey = gate.journey
    journey.planned()
    come = [(journey.member(name), Seat.SHELTER) for name in ("Mon", "Nwe")]
    casework.give_seats(gate.desk("Kyi"), gate.cover, come)
    journey.carry()
    heron = gate.house()
    with pytest.raises(NotYet, match="Two have to sign"):
        actions.begin(desk=gate.at, cover=gate.cover)
    assert need(gate) == []
    kyi = gate.desk("Kyi")
    way = journey.state("Kyi", journey.part("Kyi", "passage"), Passage)
    journey.signed("go", (journey.case("Kyi").standing("admit").name, way.planned), "Kyi", "Aye")
    assert need(gate) == [Need.BEGIN]
    gate.begins()
    journey.carry()
    slot = journey.case("Kyi").part("placement")
    kyi.drop(slot, "placement", placement.Arriving(due=kyi.now + 3_600_000, region="TH", words="two bags"))
    journey.carry()
    assert need(gate) == [Need.ARRIVES] and need(gate, "Nwe") == [Need.ARRIVES]
    with pytest.raises(NotYet, match="not in reception"):
        gate.asks(heron)
    casework.go_to(kyi, gate.cover, Stage.RECEPTION)
    journey.carry()
    assert need(gate) == [Need.NO_BED]
    gate.desk("Aye").write(gate.cover, Halted(reason="danger"))  # too late: they are here
    journey.carry()
    assert need(gate) == [Need.NO_BED]
    gate.asks(heron)
    assert [bed.stands for bed in gate.household().beds] == [Stands.ASKED]


def test_no_placement_begins_and_nobody_comes_once_the_way_was_stopped(gate):
    gate.journey.goes()
    come = [(gate.journey.member(name), Seat.SHELTER) for name in ("Mon", "Nwe")]
    casework.give_seats(gate.desk("Kyi"), gate.cover, come)
    gate.desk("Aye").write(gate.cover, Halted(reason="danger"))
    gate.journey.carry()
    with pytest.raises(NotYet, match="Two have to sign"):
        actions.begin(desk=gate.at, cover=gate.cover)
    assert need(gate) == [] and not gate.household().folders


def test_a_full_closed_or_unknown_house_is_refused_and_only_one_is_asked_at_a_time(yard):
    heron, owl = yard.house(beds=2), yard.house("Owl", keeper="Mon")
    with pytest.raises(NotYet, match="Begin the placement"):
        yard.asks(owl)
    yard.begins()
    with pytest.raises(NotYet, match="2 free beds: too few") as full:
        yard.asks(heron)
    assert full.value.field == "shelter"
    actions.change_house(desk=yard.at, folder=heron, label="Heron", region="TH", beds=9, step_free=True,
        keeper=yard.id("Nwe"), open=False, words="")  # fmt: skip
    with pytest.raises(NotYet, match="takes nobody in"):
        yard.asks(heron)
    with pytest.raises(NotYet, match="you can see"):
        yard.asks(bytes(32))
    key = yard.asks(owl)
    with pytest.raises(NotYet, match="asked for already"):
        yard.asks(owl)
    actions.refuse(desk=yard.at, folder=owl, key=key)
    with pytest.raises(NotYet, match="does not wait"):
        actions.confirm(desk=yard.at, folder=owl, key=key)
    assert need(yard) == [Need.REFUSED]
    again = yard.asks(owl)
    found = yard.household()
    assert found.bed(key).ended == "refused" and found.bed(again).stands is Stands.ASKED and again != key


def test_nobody_but_the_keeper_confirms_even_by_a_hostile_entry(yard):
    heron = yard.house(keeper="Nwe")
    yard.begins()
    key = yard.asks(heron)
    with pytest.raises(NotYet, match="Only the keeper"):
        actions.confirm(desk=yard.at, folder=heron, key=key)
    with pytest.raises(NotYet, match="Only the keeper"):
        actions.free_beds(desk=yard.at, folder=heron, key=key)
    request = yard.state(heron).requests[key][0]
    yard.at.write(heron, house.Confirmed(request=request))
    yard.at.write(yard.household().folders[0], placement.Placed(key=key))
    yard.meet()
    for name in ("Mon", "Nwe"):
        assert yard.state(heron, name).used == 0 and yard.state(heron, name).state(key) == "asked"
        assert need(yard, name) == [Need.HALF]
    with pytest.raises(NotYet, match="Only the keeper"):
        actions.finish(desk=yard.at, cover=yard.cover, key=key)
    assert yard.case().stage is Stage.RECEPTION
    # a keeper who makes themselves keeper at once with the true keeper's yes changes nothing of it
    actions.confirm(desk=yard.desk("Nwe"), folder=heron, key=key)
    yard.at.write(heron, house.About(keeper=yard.id("Mon")))
    yard.meet()
    assert yard.state(heron).state(key) == "confirmed" == yard.state(heron, "Nwe").state(key)


def test_two_desks_ask_at_once_and_one_is_chosen(yard):
    heron, owl = yard.house(), yard.house("Owl", keeper="Mon")
    yard.begins()
    one, other = yard.asks(heron), yard.asks(owl, "Nwe")
    yard.meet()
    assert need(yard) == [Need.CONFLICT] == need(yard, "Nwe")
    actions.confirm(desk=yard.at, folder=owl, key=other)
    with pytest.raises(NotYet, match="Choose one of them first"):
        actions.they_are_here(desk=yard.at, cover=yard.cover)
    with pytest.raises(NotYet, match="nothing to choose"):
        actions.choose(desk=yard.at, cover=yard.cover, key=bytes(16))
    actions.choose(desk=yard.at, cover=yard.cover, key=one)
    yard.meet()
    for name in ("Mon", "Nwe"):
        found = yard.household(name)
        assert [bed.asked.key for bed in found.asks] == [one] and found.bed(other).ended == "withdrawn"
        assert yard.state(owl, name).state(other) == "freed" and yard.state(owl, name).used == 0
        assert need(yard, name) == []


def test_two_desks_begin_at_once_and_both_placements_count(yard):
    heron, owl = yard.house(), yard.house("Owl")
    for name in ("Mon", "Nwe"):
        actions.begin(desk=yard.desk(name), cover=yard.cover)
    keys = {yard.asks(heron), yard.asks(owl, "Nwe")}
    yard.meet()
    found = yard.household()
    assert len(found.folders) == 2 and {bed.asked.key for bed in found.conflict} == keys
    actions.choose(desk=yard.at, cover=yard.cover, key=min(keys))
    assert need(yard) == [] and {bed.asked.key for bed in yard.household().asks} == {min(keys)}


def test_a_withdrawal_wins_over_a_yes_that_came_at_once(yard):
    heron = yard.house()
    yard.begins()
    key = yard.asks(heron)
    yard.meet()
    actions.confirm(desk=yard.desk("Nwe"), folder=heron, key=key)
    actions.withdraw(desk=yard.at, cover=yard.cover, key=key)
    yard.meet()
    for name in ("Mon", "Nwe"):
        assert yard.state(heron, name).state(key) == "freed" and yard.state(heron, name).free == 4
        assert need(yard, name) == [Need.NO_BED]
    with pytest.raises(NotYet, match="ended already"):
        actions.withdraw(desk=yard.at, cover=yard.cover, key=key)
    with pytest.raises(NotYet, match="not confirmed yet"):
        actions.they_are_here(desk=yard.at, cover=yard.cover)


def test_moving_leaving_and_the_stages_that_follow(yard):
    heron, owl = yard.house(), yard.house("Owl", keeper="Mon")
    yard.begins()
    first = yard.settles(heron)
    with pytest.raises(NotYet, match="live in this house already"):
        yard.asks(heron, people=1)
    second = yard.asks(owl)
    assert yard.household().lives[0].asked.key == first and yard.state(heron).used == 3
    placed = yard.at.state(yard.household().folders[0], Placement)
    assert placed.lives_in.key == first
    actions.confirm(desk=yard.at, folder=owl, key=second)
    actions.they_are_here(desk=yard.at, cover=yard.cover)
    assert yard.state(heron).used == 0 and yard.state(owl).used == 3
    assert yard.household().bed(first).ended == "moved" and yard.case().stage is Stage.SUPPORT
    with pytest.raises(NotYet, match="stands elsewhere"):
        actions.go_on(desk=yard.at, cover=yard.cover, to="follow-up")
    actions.go_on(desk=yard.at, cover=yard.cover, to="reintegration")
    actions.leave(desk=yard.at, cover=yard.cover, why="own_place")
    actions.go_on(desk=yard.at, cover=yard.cover, to="follow-up")
    assert yard.state(owl).used == 0 and yard.case().stage is Stage.FOLLOW_UP and need(yard) == []
    with pytest.raises(NotYet, match="no house now"):
        actions.leave(desk=yard.at, cover=yard.cover, why="left")


def test_two_writes_stand_or_fall_together_and_half_of_them_can_be_finished(yard, monkeypatch):
    heron = yard.house(keeper="Mon")
    yard.begins()
    real = yard.at.write

    def dies(folder, document):
        if isinstance(document, house.Request):
            raise OSError("the laptop went dark")
        return real(folder, document)

    monkeypatch.setattr(yard.at, "write", dies)
    with pytest.raises(OSError, match="dark"):
        yard.asks(heron)
    monkeypatch.undo()
    assert yard.household().beds == () and need(yard) == [Need.NO_BED]
    folder, key = yard.household().folders[0], bytes(16)
    yard.at.write(folder, placement.Asked(shelter=heron, key=key, people=3))
    assert need(yard) == [Need.HALF] and yard.household().bed(key).stands is Stands.UNSENT
    actions.finish(desk=yard.at, cover=yard.cover, key=key)
    assert yard.household().bed(key).stands is Stands.ASKED and need(yard) == []
    actions.confirm(desk=yard.at, folder=heron, key=key)
    yard.at.write(folder, placement.Left(key=key, why="withdrawn"))
    assert need(yard) == [Need.HALF] and yard.state(heron).used == 3
    actions.finish(desk=yard.at, cover=yard.cover, key=key)
    assert need(yard) == [Need.NO_BED] and yard.state(heron).used == 0
    with pytest.raises(NotYet, match="finished already"):
        actions.finish(desk=yard.at, cover=yard.cover, key=key)


def test_the_keeper_frees_beds_and_shelter_says_why(yard):
    heron = yard.house()
    yard.begins()
    key = yard.settles(heron)
    actions.free_beds(desk=yard.desk("Nwe"), folder=heron, key=key)
    with pytest.raises(NotYet, match="free already"):
        actions.free_beds(desk=yard.desk("Nwe"), folder=heron, key=key)
    yard.meet()
    assert need(yard) == [Need.HALF]
    actions.finish(desk=yard.at, cover=yard.cover, key=key)
    assert yard.household().bed(key).ended == "left" and need(yard) == []


def test_both_change_a_house_at_once(yard):
    heron = yard.house(keeper="Mon")
    yard.begins()
    start = {"label": "Heron", "region": "TH", "step_free": True, "keeper": yard.id("Mon"), "open": True}
    actions.change_house(desk=yard.at, folder=heron, **start, beds=6, words="")
    actions.change_house(desk=yard.desk("Nwe"), folder=heron, **start, beds=2, words="Quiet street")
    yard.meet()
    found = yard.state(heron)
    assert rules.conflicts(found) == ("beds",) and found.one("words") == "Quiet street" and found.free is None
    assert [(need, one.folder) for one, need, _ in lists.today(yard.at).houses] == [(Need.CONFLICT, heron)]
    with pytest.raises(NotYet, match="different numbers of beds"):
        yard.asks(heron)
    actions.change_house(desk=yard.at, folder=heron, **start, beds=3, words="Quiet street")
    yard.meet()
    assert yard.state(heron, "Nwe").free == 3 and rules.conflicts(yard.state(heron)) == ()
    key = yard.asks(heron)
    yard.meet()
    actions.change_house(desk=yard.desk("Nwe"), folder=heron, **start, beds=1, words="Quiet street")
    actions.confirm(desk=yard.at, folder=heron, key=key)
    yard.meet()
    assert [need for _, need, _ in lists.today(yard.at).houses] == [Need.OVER] and yard.state(
        heron
    ).free == -2


def test_a_house_without_a_keeper_and_a_reader_who_came_late(yard):
    with pytest.raises(NotYet, match="active member of shelter as keeper"):
        yard.house(keeper="Aye")
    with pytest.raises(NotYet, match="Only members of shelter add"):
        yard.house(by="Aye")
    heron = yard.house()
    yard.at.hand_over(heron, [yard.at.me])
    assert [member.name for member in yard.at.holders(heron)] == ["Mon"]
    actions.share_house(desk=yard.at, folder=heron)
    yard.meet()
    assert [member.name for member in yard.desk("Nwe").holders(heron)] == ["Mon", "Nwe"]
    yard.at.write(heron, house.About(keeper=yard.id("Aye")))
    assert [need for _, need, _ in lists.today(yard.at).houses] == [Need.NO_KEEPER]


def test_what_is_missing_for_the_money_is_said_and_brought_later(yard):
    casework.give_seats(yard.desk("Aye"), yard.cover, [(yard.journey.member("San"), Seat.PAYING)])
    yard.at.write(yard.cover, Assigned(member=yard.id("Phyu"), seat=Seat.APPROVING))
    yard.at.write(yard.cover, Assigned(member=yard.id("Phyu"), seat=Seat.APPROVING, on=False))
    yard.journey.carry()
    heron = yard.house(keeper="Mon")
    with pytest.raises(NotYet, match="when the household has a bed"):
        actions.bring_money(desk=yard.at, cover=yard.cover)
    yard.begins()
    key = yard.asks(heron)
    actions.confirm(desk=yard.at, folder=heron, key=key)
    nobody = {"Phyu", "Oo"}
    with pytest.MonkeyPatch.context() as patch:
        real = yard.at.least_loaded
        patch.setattr(
            yard.at, "least_loaded", lambda seat, n: [one for one in real(seat, n) if one.name not in nobody]
        )
        actions.they_are_here(desk=yard.at, cover=yard.cover)
        with pytest.raises(NotYet, match="still nobody"):
            actions.bring_money(desk=yard.at, cover=yard.cover)
    assert yard.case().stage is Stage.SUPPORT and need(yard) == [Need.NO_MONEY]
    actions.bring_money(desk=yard.at, cover=yard.cover)
    assert [len(yard.case().seated(seat)) for seat in rules.MONEY] == [1, 1, 1] and need(yard) == []


def test_no_key_of_shelter_opens_who_they_are_and_who_left_writes_nothing(yard):
    mon = yard.at
    assert mon.held("identity") == [] == mon.held("finding") and mon.held("passage") == [] == mon.held(
        "conversation"
    )
    ei = yard.desk("Ei")
    identity, finding = ei.held("identity"), ei.held("finding")
    assert identity and len(finding) == 2 and ei.state(identity[0], Identity).told
    for folder in (*identity, *finding):
        for name in ("Mon", "Nwe"):
            desk = yard.desk(name)
            assert desk.store.of_folder(folder) == [] or desk.take_in_folder(folder) is None
            assert desk.history(folder) is None and desk.keys.id not in ei.history(folder).holders
    heron = yard.house()
    yard.begins()
    casework.give_seats(yard.desk("Nwe"), yard.cover, [], leave=[mon.keys.id])
    yard.meet()
    with pytest.raises(NotYet, match="for shelter any more"):
        yard.asks(heron)
    with pytest.raises(NotYet, match="for shelter any more"):
        actions.change_household(desk=mon, cover=yard.cover, adults=3, children=0)
    assert lists.mine(mon) == []


def test_who_is_there_is_counted_by_shelter_and_merged(yard):
    with pytest.raises(NotYet, match="at least one adult"):
        actions.change_household(desk=yard.at, cover=yard.cover, adults=0, children=1)
    actions.change_household(desk=yard.at, cover=yard.cover, adults=2, children=2, needs=("medical",))
    yard.desk("Nwe").write(yard.cover, Cover(adults=3))
    yard.meet()
    assert yard.case().one("adults") == 3 and yard.household().people == 5
    assert yard.case().one("needs") == ("medical",)
    assert reference_of(yard.cover) == yard.case().reference
    assert isinstance(yard.state(yard.house()), House)
