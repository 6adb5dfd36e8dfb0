"""What acts of two rest on: signatures given by hand on the case, a go that is not old, an arrival that stays one."""

import secrets
from typing import Any

import pytest

from banyan.cases import acts, casework
from banyan.cases.casework import NotYet
from banyan.cases.folders import passage, placement, support
from banyan.cases.folders.cover import Acted, Answer, Halted, Moved, Part, Proposed
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage
from banyan.cases.tests.test_insider import forge, heads, removal
from banyan.folders.roster import Change, assent, place
from banyan.folders.seats import Seat
from banyan.sealing.format import write


def statement_of(way: Journey, who: str, act: str, rests: tuple[bytes, ...], reason: str = "") -> Any:
    desk = way.desk(who)
    return acts.new_statement(
        programme=desk.roster.programme, act=act, number=way.case(who).number, rests=rests, time=desk.now, reason=reason
    )  # fmt: skip


def signed_by(way: Journey, statement: acts.Statement, *names: str) -> Any:
    return tuple(acts.sign(way.programme.keys[name], statement) for name in names)


def frozen(way: Journey, name: str, what: Any = "freeze") -> bytes:
    """The link of the roster by which one freezes a member."""
    keys, roster, now = way.programme.keys, way.desk("Aye").roster, way.desk("Aye").now // 1000
    act = write(Change(what=what, member=keys[name].id, seats=(), made=now, nonce=secrets.token_bytes(16)))
    assents = tuple(assent(keys[one], roster.programme, act) for one in ("Chit", "Dway"))
    return place(
        keys["Chit"], index=roster.index + 1, previous=roster.head, time=now, act=act, assents=assents
    )


# A signature is given by hand, on the case


def test_a_removed_members_signature_admits_nobody_whatever_another_enters(whole):
    way = Journey(whole).found_twice()
    rests, ei = way.rests("Ei"), way.desk("Ei")
    whole.hub.add([removal(way, "Gyi")])
    way.carry()
    way.carry()
    statement = statement_of(way, "Ei", "admit", rests)
    pair = signed_by(way, statement, "Ei", "Gyi")  # Gyi's is made after the removal
    name = ei.write(way.cover, Acted(statement=statement, signatures=pair))
    ei.write(way.cover, Moved(to=Stage.PASSAGE, act=name))
    late = forge(way, "Gyi", way.cover, Proposed(statement=statement, signature=pair[1]), heads(way, "Ei"))
    again = ei.write(way.cover, Acted(statement=statement, signatures=pair))
    ei.countersign(way.cover, late)  # the same one vouches for it
    once_more = ei.write(way.cover, Acted(statement=statement, signatures=pair))
    ei.write(way.cover, Moved(to=Stage.PASSAGE, act=once_more))
    way.carry()
    for who in ("Aye", "Ei", "Hla"):
        assert way.case(who).stage is Stage.SCREENING and way.case(who).standing("admit") is None
        assert {name, again, once_more} <= {refused for refused, _ in way.case(who).refused}
    hla = casework.propose(way.desk("Hla"), way.cover, "admit", rests)  # those who are left go on
    way.carry()
    casework.second(ei, way.cover, next(one for one in way.case("Ei").waiting(ei.now) if one.name == hla))
    assert way.case("Ei").standing("admit") is not None


def test_a_frozen_member_closes_no_case_and_what_they_signed_first_waits_until_they_are_back(whole):
    way = Journey(whole).opens()
    aye, ba = way.desk("Aye"), way.desk("Ba")
    casework.propose(ba, way.cover, "close", (), "left")
    way.carry()
    (waiting,) = way.case("Aye").waiting(aye.now)
    whole.hub.add([frozen(way, "Ba")])
    way.carry()
    way.carry()
    assert not way.case("Aye").waiting(aye.now)
    with pytest.raises(NotYet, match="waits no more"):
        casework.second(aye, way.cover, waiting)
    statement = statement_of(way, "Aye", "close", (), "other")
    name = aye.write(way.cover, Acted(statement=statement, signatures=signed_by(way, statement, "Aye", "Ba")))
    aye.write(way.cover, Moved(to=Stage.CLOSED, act=name))
    way.carry()
    assert way.case("Aye").stage is Stage.INTAKE and not way.case("Aye").done
    whole.hub.add([frozen(way, "Ba", "thaw")])
    way.carry()
    assert [one.name for one in way.case("Aye").waiting(aye.now)] == [waiting.name]
    assert casework.second(aye, way.cover, waiting).signers == {whole.keys["Aye"].id, whole.keys["Ba"].id}


def test_nobody_proposes_in_the_name_of_another_nor_from_a_seat_that_does_not_sign(whole):
    way = Journey(whole).found_twice()
    ei, statement = way.desk("Ei"), statement_of(way, "Ei", "admit", way.rests("Ei"))
    mine, theirs = signed_by(way, statement, "Ei", "Gyi")
    bad = [ei.write(way.cover, Proposed(statement=statement, signature=theirs))]
    bad.append(ei.write(way.cover, Acted(statement=statement, signatures=(mine, theirs))))
    close = statement_of(way, "Hla", "close", (), "left")
    hla = Proposed(statement=close, signature=signed_by(way, close, "Hla")[0])
    bad.append(way.desk("Hla").write(way.cover, hla))
    way.carry()
    assert not way.case("Ei").proposals and not way.case("Ei").done
    assert {name for name, _ in way.case("Aye").refused} == {*bad}
    way.signed("admit", way.rests("Ei"), "Ei", "Gyi")
    assert way.case("Aye").standing("admit")


# A go does not outlive waiting


def go_rests(way: Journey) -> tuple[bytes, ...]:
    plan, admitted = (
        way.state("Kyi", way.part("Kyi", "passage"), passage.Passage),
        way.case("Kyi").standing("admit"),
    )
    assert admitted is not None
    return (admitted.name, plan.planned)


def test_nobody_arrives_by_a_go_of_before_they_waited(whole):
    way = Journey(whole).goes()
    kyi, old = way.desk("Kyi"), way.case("Kyi").standing("go")
    assert old is not None
    kyi.write(way.cover, Moved(to=Stage.WAITING))
    way.carry()
    whole.clock.forward(days=200)
    kyi.write(way.cover, Moved(to=Stage.PASSAGE))
    kyi.write(way.cover, Moved(to=Stage.RECEPTION))
    kyi.write(way.cover, Acted(statement=old.statement, signatures=(old.signatures[0], old.signatures[1])))
    kyi.write(way.cover, Moved(to=Stage.RECEPTION))
    way.carry()
    assert way.case("Aye").stage is Stage.PASSAGE and way.case("Aye").standing("go") is None
    assert way.case("Aye").standing("admit")  # that goes on to stand
    way.signed("go", go_rests(way), "Kyi", "Aye")
    casework.go_to(kyi, way.cover, Stage.RECEPTION)
    way.carry()
    assert way.case("Aye").stage is Stage.RECEPTION


def test_a_go_proposed_before_or_while_they_waited_is_signed_by_nobody_after(whole):
    way = Journey(whole).planned()
    kyi, aye = way.desk("Kyi"), way.desk("Aye")
    casework.propose(kyi, way.cover, "go", go_rests(way))
    way.carry()
    (waiting,) = way.case("Aye").waiting(aye.now)
    casework.go_to(aye, way.cover, Stage.WAITING)
    second = way.desk("Ba").write(
        way.cover,
        Acted(
            statement=waiting.statement,
            signatures=(waiting.signature, acts.sign(whole.keys["Ba"], waiting.statement)),
        ),
    )  # at once: Ba had not heard that they wait
    way.carry()
    casework.go_to(aye, way.cover, Stage.PASSAGE)
    way.carry()
    for who in ("Kyi", "Aye", "Ba"):
        assert second in {one.name for one in way.case(who).done} and way.case(who).standing("go") is None
        assert not way.case(who).waiting(aye.now)
    with pytest.raises(NotYet):
        casework.go_to(kyi, way.cover, Stage.RECEPTION)
    way.signed("go", go_rests(way), "Kyi", "Aye")  # the same once more, now that they are back
    assert way.case("Ba").standing("go")


# Who has arrived has arrived


def says_no(way: Journey) -> None:
    letter = next(one for one in way.visit().letters() if one.kind == "way")
    way.visit().answer(
        secrets.token_bytes(16), letter.name, "cover", lambda nth: Answer(nth=nth, yes=False), said="no"
    )
    way.carry()


def comes_to_shelter(way: Journey) -> None:
    mon = (way.member("Mon"), Seat.SHELTER)
    casework.give_seats(way.desk("Kyi"), way.cover, [mon])
    way.carry()


def gets_a_bed(way: Journey) -> None:
    mon = way.desk("Mon")
    casework.found_part(mon, way.cover, "placement", [], placement.Begun(cover=way.cover))
    casework.go_to(mon, way.cover, Stage.SUPPORT)
    way.carry()


@pytest.mark.parametrize("after", [False, True])
def test_a_halt_at_once_with_an_arrival_or_after_it_leaves_nobody_without_a_bed(whole, after):
    way = Journey(whole).goes()
    casework.go_to(way.desk("Kyi"), way.cover, Stage.RECEPTION)
    if after:
        way.carry()
    casework.halt(way.desk("Aye"), way.cover, "danger")
    way.carry()
    comes_to_shelter(way)
    if after:
        says_no(way)
    for who in ("Aye", "Ba", "Kyi", "Mon"):
        assert way.case(who).stage is Stage.RECEPTION and way.case(who).standing("go")
        assert (way.case(who).stopped_unheard or (0, ""))[1] == "danger"
    gets_a_bed(way)
    assert way.case("Aye").stage is Stage.SUPPORT and way.case("Aye").part("placement")
    assert way.case("Aye").stopped_unheard is None  # shelter has them: nobody is warned for ever


def test_a_halt_that_was_heard_of_still_ends_the_way_and_so_does_what_comes_after_a_new_go(whole):
    way = Journey(whole).goes()
    casework.halt(way.desk("Aye"), way.cover, "danger")
    way.carry()
    kyi = way.desk("Kyi")
    kyi.write(way.cover, Moved(to=Stage.RECEPTION))
    way.carry()
    assert way.case("Aye").stage is Stage.PASSAGE and way.case("Aye").stopped_unheard is None
    way.signed("go", go_rests(way), "Kyi", "Aye")
    casework.halt(way.desk("Ba"), way.cover, "danger")
    way.carry()
    with pytest.raises(NotYet):
        casework.go_to(kyi, way.cover, Stage.RECEPTION)


def test_a_go_taken_back_at_once_with_the_arrival_by_it_leaves_nobody_without_a_bed(whole):
    way = Journey(whole).planned()
    kyi, aye = way.desk("Kyi"), way.desk("Aye")
    first = casework.propose(kyi, way.cover, "go", go_rests(way))
    whole.carry(kyi, aye)
    casework.second(aye, way.cover, way.case("Aye").waiting(aye.now)[0])
    go = way.case("Aye").standing("go")
    assert go is not None
    casework.take_back(kyi, way.cover, first)  # neither has heard of the other
    way.carry()
    assert way.case("Ba").standing("go") is None
    forge(way, "Kyi", way.cover, Moved(to=Stage.RECEPTION), [go.name])
    comes_to_shelter(way)
    gets_a_bed(way)
    assert way.case("Aye").stage is Stage.SUPPORT


# Folders of the case


def test_no_placement_and_no_money_before_a_go_and_no_plan_before_an_admission(whole):
    way = Journey(whole).opens()
    give = [("Mon", Seat.SHELTER), ("Oo", Seat.ENTERING), ("Kyi", Seat.PLANNING)]
    casework.give_seats(way.desk("Aye"), way.cover, [(way.member(name), seat) for name, seat in give])
    way.carry()
    kinds: Any = {
        "Mon": ("placement", placement.Begun(cover=way.cover)), "Oo": ("support", support.Begun(cover=way.cover)),
        "Kyi": ("passage", passage.Begun(cover=way.cover)),
    }  # fmt: skip
    for name, (kind, begun) in kinds.items():
        desk = way.desk(name)
        with pytest.raises(NotYet, match="something it rests on"):
            casework.found_part(desk, way.cover, kind, [], begun)
        assert not desk.held(kind)
        opening = way.case(name).opening
        assert opening is not None
        folder = desk.found(kind, [], hears=opening.person)
        desk.write(folder, begun)
        by_hand = desk.write(way.cover, Part(kind=kind, slot=desk.slot(folder)))
        assert (by_hand, "a folder of the case before the acts that it needs") in way.case(name).refused
    way.carry()
    assert not way.case("Aye").parts_


def test_a_newer_way_into_a_placement_holds_also_when_the_go_has_ended(whole):
    way = Journey(whole).goes()
    comes_to_shelter(way)
    mon = way.desk("Mon")
    folder = casework.found_part(mon, way.cover, "placement", [], placement.Begun(cover=way.cover))
    way.desk("Aye").write(way.cover, Halted(reason="danger"))
    way.carry()
    assert way.case("Mon").standing("go") is None
    mon.hand_over(folder, [way.member("Mon"), way.member("Nwe")])
    mon.write(way.cover, Part(kind="placement", slot=mon.slot(folder)))
    way.carry()
    assert way.case("Mon").part("placement") == mon.slot(folder) and not way.case("Mon").refused
