"""Two findings, blind by keys; two signatures, neither by who found otherwise; and what was left half done."""

import pytest

from banyan.cases import casework
from banyan.cases.acts import LAPSES
from banyan.cases.casework import NotYet
from banyan.cases.folders import tally
from banyan.cases.folders.finding import Found
from banyan.cases.stages import Stage
from banyan.desks.screening import actions, lists, rules
from banyan.desks.screening.rules import Need, Waits, WhyNot
from banyan.folders.seats import Seat


def known(room, name):
    return lists.known(room.programme.desks[name], room.way.case(name))


def why(room, name, act):
    return rules.why_not(known(room, name), act)


def counted(room):
    box = room.way.state("Thi", room.programme.desks["Thi"].held("tally")[0], tally.Tally)
    return [(one.event, one.force, one.rank_band, len(one.signatures)) for _, _, one in box.counted]


def test_two_who_agree_admit_and_leave_and_a_planner_has_the_case(room):
    room.found()
    assert room.need("Ei") is room.need("Gyi") is Need.PROPOSE and room.need("Hla") is None
    room.proposes("Ei", "admit")
    room.carry()
    assert room.need("Ei") is None and room.need("Gyi") is Need.SIGN
    assert rules.waits_for(known(room, "Ei")) is Waits.SIGNATURE
    room.signs("Gyi", "admit")
    room.carry()
    case = room.way.case("Kyi")
    assert case.stage is Stage.PASSAGE and case.seated(Seat.PLANNING) == (room.programme.keys["Kyi"].id,)
    assert case.standing("admit") and not case.refused
    assert not case.seated(Seat.SCREENING) and not case.seated(Seat.DECIDING)
    assert {one.name for one in room.way.desk("Kyi").holders(room.cover)} == {"Aye", "Ba", "Kyi"}
    for name in ("Ei", "Gyi", "Hla"):
        assert lists.listed(room.programme.desks[name]) == ([], [])
        assert not room.programme.desks[name].holds(room.cover)
    assert counted(room)[1:] == [("admitted", "army", "nco", 2)]


def test_the_other_finding_opens_by_no_key_before_both_are_in(room):
    room.finds("Ei")
    room.carry()
    mine = room.way.case("Ei").findings[room.programme.keys["Ei"].id].folder
    assert room.programme.desks["Gyi"].history(mine) is None
    assert known(room, "Gyi").found == {} and rules.verdicts(known(room, "Hla")) == ()
    with pytest.raises(NotYet, match="Both findings are to be in"):
        actions.open_finding(desk=room.way.desk("Ei"), cover=room.cover)
    with pytest.raises(NotYet, match="Both findings"):
        room.proposes("Ei", "admit")
    room.finds("Gyi")
    room.carry()
    assert room.programme.desks["Gyi"].history(mine) is None and room.need("Ei") is Need.COMPARE
    actions.open_finding(desk=room.way.desk("Ei"), cover=room.cover)
    room.carry()
    assert room.way.state("Gyi", mine, Found).finding.words == "as I saw it"
    assert rules.waits_for(known(room, "Ei")) is Waits.OPENING and room.need("Gyi") is Need.COMPARE
    with pytest.raises(NotYet, match="not both findings open"):
        room.proposes("Ei", "admit")
    for name in ("Aye", "Ba", "Kyi", "Chit"):
        assert room.programme.desks[name].history(mine) is None


def test_nobody_signs_alone_nor_does_the_case_worker_nor_an_officer_who_was_not_asked(room):
    room.found()
    room.proposes("Ei", "admit")
    (waits,) = rules.waiting(known(room, "Ei"))
    with pytest.raises(NotYet, match="You have signed this"):
        actions.sign(desk=room.way.desk("Ei"), cover=room.cover, proposal=waits.name)
    room.carry()
    with pytest.raises(NotYet, match="do not sit"):
        actions.sign(desk=room.way.desk("Aye"), cover=room.cover, proposal=waits.name)
    assert why(room, "Hla", "admit") is WhyNot.AGREED and rules.to_sign(known(room, "Hla")) == []
    with pytest.raises(NotYet, match="found the same"):
        actions.sign(desk=room.way.desk("Hla"), cover=room.cover, proposal=waits.name)
    with pytest.raises(NotYet, match="found otherwise"):
        room.proposes("Gyi", "decline", "no_means")
    with pytest.raises(NotYet, match="proposed this already"):
        room.proposes("Gyi", "admit")
    assert not room.way.case("Ei").done


@pytest.mark.parametrize("act", ["admit", "decline"])
def test_where_they_disagree_the_officer_signs_with_the_one_they_follow(room, act):
    room.found("eligible", "not_eligible")
    assert room.need("Hla") is Need.DECIDE and room.need("Ei") is room.need("Gyi") is None
    assert rules.waits_for(known(room, "Ei")) is Waits.OFFICER
    follows, other = ("Ei", "Gyi") if act == "admit" else ("Gyi", "Ei")
    room.proposes("Hla", act, "safety_of_others" if act == "decline" else "")
    room.carry()
    assert room.need(follows) is Need.SIGN and room.need(other) is None
    with pytest.raises(NotYet, match="found otherwise"):
        room.signs(other, act)
    room.signs(follows, act)
    room.carry()
    case = room.way.case("Aye")
    assert case.stage is rules.LEADS_TO[act][0] and not case.refused
    assert case.done[-1].signers == {room.programme.keys[name].id for name in ("Hla", follows)}
    assert counted(room)[1:] == [(rules.LEADS_TO[act][1], "army", "nco", 2)]


def test_a_decline_has_a_reason_and_they_can_ask_again_and_are_found_anew(room):
    room.found("not_eligible", "not_eligible")
    for reason in ("", "ugly"):
        with pytest.raises(NotYet, match="Choose a reason"):
            room.proposes("Ei", "decline", reason)
    room.proposes("Ei", "decline", "not_enough_known")
    room.carry()
    room.signs("Gyi", "decline")
    room.carry()
    case = room.way.case("Aye")
    assert case.stage is Stage.DECLINED and case.moves[-1][3] == "not_enough_known"
    assert len(case.seated(Seat.INTAKE)) == 2 and not case.seated(Seat.SCREENING)
    member = room.way.member
    come = [(member("Ei"), Seat.SCREENING), (member("Gyi"), Seat.SCREENING), (member("Hla"), Seat.DECIDING)]
    casework.give_seats(room.way.desk("Aye"), room.cover, come)
    casework.go_to(room.way.desk("Aye"), room.cover, Stage.SCREENING)
    room.carry()
    assert room.need("Ei") is Need.BEGIN and known(room, "Ei").found == {}
    room.found()
    room.proposes("Gyi", "admit")
    room.carry()
    room.signs("Ei", "admit")
    room.carry()
    assert room.way.case("Kyi").stage is Stage.PASSAGE


def test_a_proposal_that_lapsed_is_said_and_signed_again(room):
    room.found()
    room.proposes("Ei", "admit")
    room.carry()
    (old,) = rules.waiting(known(room, "Gyi"))
    room.programme.clock.forward(hours=LAPSES / 3_600_000)
    assert rules.waiting(known(room, "Gyi")) == [] and rules.lapsed(known(room, "Gyi")) == [old]
    with pytest.raises(NotYet, match="lapsed"):
        actions.sign(desk=room.way.desk("Gyi"), cover=room.cover, proposal=old.name)
    assert "nobody signed with them in fourteen days" in room.get(room.at)
    assert room.need("Ei") is Need.PROPOSE
    room.proposes("Ei", "admit")
    room.carry()
    assert rules.lapsed(known(room, "Gyi")) == []
    room.signs("Gyi", "admit")
    assert not room.way.case("Gyi").refused


def test_opposite_acts_at_once_are_both_shown_and_the_decline_wins(room):
    room.found("eligible", "not_eligible")
    room.proposes("Ei", "admit")
    room.proposes("Gyi", "decline", "no_means")
    room.carry()
    assert [one.statement.act for one in rules.to_sign(known(room, "Hla"))] == ["decline", "admit"]
    page = room.sit("Hla").get(f"{room.at}/compare")
    assert "Ei signed “Admit”" in page and "Gyi signed “Decline”" in page and "the decline wins" in page
    hla, ei = room.way.desk("Hla"), room.way.desk("Ei")
    waits = {one.statement.act: one for one in rules.waiting(known(room, "Hla"))}
    casework.second(hla, room.cover, waits["admit"])
    casework.second(hla, room.cover, waits["decline"])
    room.carry()
    assert room.need("Ei") is Need.FINISH
    actions.finish(desk=ei, cover=room.cover)
    room.carry()
    assert room.way.case("Aye").stage is Stage.DECLINED and counted(room)[1][0] == "declined"


def test_moves_at_once_to_opposite_sides_come_to_the_decline(room):
    room.found("eligible", "not_eligible")
    room.proposes("Hla", "admit")
    room.proposes("Hla", "decline", "no_means")
    room.carry()
    room.signs("Ei", "admit")
    room.signs("Gyi", "decline")
    room.carry()
    room.carry()
    case = room.way.case("Aye")
    assert case.stages == (Stage.DECLINED,) and not case.seated(Seat.SCREENING)


def test_what_was_signed_and_not_moved_is_finished_by_whoever_comes(room):
    room.found()
    room.proposes("Ei", "admit")
    room.carry()
    (waits,) = rules.waiting(known(room, "Gyi"))
    casework.second(room.way.desk("Gyi"), room.cover, waits)  # and the desk dies here
    room.carry()
    assert room.need("Ei") is room.need("Gyi") is room.need("Hla") is Need.FINISH
    with pytest.raises(NotYet, match="Two have signed already"):
        room.proposes("Ei", "admit")
    assert "signed by two" in room.get()
    page = room.post(f"{room.at}/do/finish")
    assert "You handed this over" in page and "Signed by two: Admit" in page
    room.carry()
    assert room.way.case("Kyi").stage is Stage.PASSAGE and len(counted(room)) == 2


def test_a_desk_that_dies_between_move_and_count_has_done_neither(room, monkeypatch):
    room.found()
    room.proposes("Ei", "admit")
    room.carry()

    def dies(*args, **kwargs):
        raise ZeroDivisionError

    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(casework, "count", dies)
        room.signs("Gyi", "admit")
    assert room.way.case("Gyi").stage is Stage.SCREENING and room.way.case("Gyi").standing("admit")
    room.carry()
    assert room.way.case("Ei").stage is Stage.SCREENING
    actions.finish(desk=room.way.desk("Ei"), cover=room.cover)
    room.carry()
    assert [event for event, *_ in counted(room)] == ["asked", "admitted"]


def test_nobody_is_admitted_once_a_year_was_noted_that_makes_them_a_child(room):
    room.found()
    room.proposes("Ei", "admit")
    room.carry()
    gyi = room.way.desk("Gyi")
    (waits,) = rules.waiting(known(room, "Gyi"))
    actions.note_person(desk=gyi, cover=room.cover, birth_year=2012)
    with pytest.raises(NotYet, match="under 18"):
        room.signs("Gyi", "admit")
    casework.second(gyi, room.cover, waits)
    with pytest.raises(NotYet, match="under 18"):
        actions.finish(desk=gyi, cover=room.cover)
    assert room.need("Gyi") is Need.CHILD and room.way.case("Gyi").stage is Stage.SCREENING


def test_without_a_planner_the_admission_stands_and_they_stay_until_there_is_one(room):
    room.change("seats", "Kyi", Seat.GUIDE)
    room.found()
    room.proposes("Ei", "admit")
    room.carry()
    room.signs("Gyi", "admit")
    room.carry()
    case = room.way.case("Ei")
    assert case.stage is Stage.PASSAGE and len(case.seated(Seat.SCREENING)) == 2
    assert room.need("Ei") is Need.FINISH
    assert "nobody of the programme has the seat “Planning”" in room.get(room.at)
    room.post(f"{room.at}/do/finish")
    assert room.way.case("Ei").seated(Seat.SCREENING) and len(counted(room)) == 2
    room.change("seats", "Kyi", Seat.PLANNING)
    room.carry()
    assert "nobody of the programme" not in room.get(room.at)
    assert "You handed this over" in room.post(f"{room.at}/do/finish")
    room.carry()
    assert room.way.case("Kyi").seated(Seat.PLANNING) and len(counted(room)) == 2


def test_a_screener_who_lost_the_seat_writes_and_signs_nothing(room):
    room.found()
    room.proposes("Ei", "admit")
    room.carry()
    room.change("seats", "Gyi", Seat.FIGURES)
    room.carry()
    with pytest.raises(NotYet, match="do not sit"):
        room.signs("Gyi", "admit")
    assert room.need("Gyi") is None
    assert not room.way.case("Ei").done


def test_a_screener_who_left_the_case_is_followed_by_another_who_finds_anew(room):
    room.finds("Gyi")
    aye = room.way.desk("Aye")
    room.carry()
    casework.give_seats(aye, room.cover, [], [room.programme.keys["Gyi"].id])
    room.finds("Ei")
    room.carry()
    case = room.way.case("Ei")
    assert not rules.both_in(case) and "Two screen a case" in room.get(room.at)
    with pytest.raises(NotYet, match="do not sit"):
        room.finds("Gyi")
    page = room.sit("Gyi").get(room.at)
    assert "You handed this over" in page and room.need("Gyi") is None
    page = room.post(f"{room.at}/ask", kind="question", text="typed in vain", language="en")
    assert "do not sit on this case" in page and "typed in vain" in page


def test_counts_say_only_what_the_signed_findings_agree_on(room):
    found = known(room.found(), "Ei").found
    pair = [found[room.programme.keys[name].id] for name in ("Ei", "Gyi")]
    assert rules.counted(pair) == ("army", "nco")
    other = type(pair[0])(
        cover=room.cover, version=1, answers=(), verdict="eligible", force="navy", rank_band="nco"
    )
    assert rules.counted([pair[0], other]) == ("", "nco") and rules.counted([]) == ("", "")
