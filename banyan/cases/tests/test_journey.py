"""The whole way of one case, and what no way leads around: two findings, admission, a plan, two signatures."""

import secrets
from collections.abc import Callable

import pytest

from banyan.cases import acts, casework
from banyan.cases.casework import NotYet
from banyan.cases.folders import passage, support, tally
from banyan.cases.folders.conversation import Letter
from banyan.cases.folders.cover import Acted, Answer, Assigned, Halted, Moved, TakenBack
from banyan.cases.folders.finding import Found
from banyan.cases.folders.identity import Identity
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage
from banyan.folders.seats import Seat


def test_a_case_goes_the_whole_way(whole):
    way = Journey(whole).supported()
    case = way.case("Oo")
    assert case.stage is Stage.SUPPORT and not case.refused and not case.conflicts
    assert [one.statement.act for one in case.done] == ["admit", "go"]
    assert [stage for stage, *_ in case.moves] == [
        Stage.INTAKE, Stage.SCREENING, Stage.PASSAGE, Stage.RECEPTION, Stage.SUPPORT,
    ]  # fmt: skip
    box = way.state("Thi", whole.desks["Thi"].held("tally")[0], tally.Tally)
    assert [one.event for _, _, one in box.counted] == ["asked", "admitted", "arrived"]
    assert len({one.number for *_, one in box.counted}) == 1 and len(box.counted[1][2].signatures) == 2


def test_names_reach_the_screeners_alone_and_findings_are_blind_until_both_are_in(whole):
    way = Journey(whole).identified()
    folder = way.part("Ei", "identity")
    for name in ("Ei", "Gyi"):
        state = way.state(name, folder, Identity)
        assert [told.given for _, told in state.told] == ["Min Min Latt"]
    assert all(whole.desks[name].history(folder) is None for name in ("Aye", "Ba", "Hla", "Kyi"))
    mine = way.finds("Ei")
    way.carry()
    assert whole.desks["Gyi"].history(mine) is None and way.state("Ei", mine, Found).finding
    other = way.finds("Gyi")
    way.carry()
    assert whole.desks["Ei"].history(other) is None  # both are in, and neither was opened yet
    assert len(way.case("Ei").findings) == 2


def test_what_shelter_and_money_hold_says_nothing_of_who_or_which_way(whole):
    way = Journey(whole).supported()
    kinds = {name: {desk.history(f).kind for kind in ("identity", "finding", "passage", "placement", "support", "cover")
                    for f in desk.held(kind)} for name, desk in whole.desks.items()}  # fmt: skip
    assert kinds["Mon"] == {"cover", "placement"} and kinds["Oo"] == {"cover", "support"}
    assert kinds["Ei"] == {"cover", "identity", "finding"} and kinds["Kyi"] == {"cover", "passage"}
    assert kinds["Thi"] == kinds["Chit"] == kinds["Lin"] == set()
    assert way.case("Ei").stage is not Stage.RECEPTION  # who has left reads nothing that came after


def test_no_admission_by_one_by_an_outsider_or_without_both_findings(whole):
    way = Journey(whole).identified()
    way.finds("Ei")
    with pytest.raises(NotYet):
        casework.propose(way.desk("Ei"), way.cover, "admit", way.rests("Ei"))
        (waiting,) = way.case("Ei").waiting(way.desk("Ei").now)
    way.finds("Gyi")
    way.carry()
    ei, gyi = way.desk("Ei"), way.desk("Gyi")
    casework.propose(ei, way.cover, "admit", way.rests("Ei"))
    (waiting,) = way.case("Ei").waiting(ei.now)
    with pytest.raises(NotYet):
        casework.second(ei, way.cover, waiting)
    both = (waiting.signature, waiting.signature)
    ei.write(way.cover, Acted(statement=waiting.statement, signatures=both))
    hla = acts.sign(whole.keys["Kyi"], waiting.statement)
    ei.write(way.cover, Acted(statement=waiting.statement, signatures=(waiting.signature, hla)))
    bent = acts.new_statement(
        programme=gyi.roster.programme, act="admit", number=b"x" * 16, rests=way.rests("Ei"), time=gyi.now
    )
    ei.write(
        way.cover, Acted(statement=bent, signatures=(acts.sign(ei.keys, bent), acts.sign(gyi.keys, bent)))
    )
    ei.write(way.cover, Moved(to=Stage.PASSAGE))
    case = way.case("Ei")
    assert not case.done and case.stage is Stage.SCREENING
    assert [why for _, why in case.refused] == [
        "an act that does not rest on the two findings", "an act of two by one", "signed by somebody who may not",
        "an act of another case, or of no name that is known", "a move without the act that it needs",
    ]  # fmt: skip


def test_where_screeners_disagree_the_deciding_officer_signs_with_one(whole):
    way = Journey(whole).found_twice("eligible", "not_eligible")
    way.signed("decline", way.rests("Hla"), "Hla", "Gyi", reason="not_served")
    done = way.case("Gyi").standing("decline")
    casework.go_to(way.desk("Gyi"), way.cover, Stage.DECLINED, act=done, reason="not_served")
    way.carry()
    assert way.case("Aye").stage is Stage.DECLINED
    casework.go_to(way.desk("Aye"), way.cover, Stage.SCREENING)  # they ask again: nothing of before counts
    assert not way.case("Aye").findings and way.case("Aye").standing("decline") is None


def test_a_halt_wins_over_a_go_that_was_signed_at_once_and_nobody_arrives(whole):
    way = Journey(whole).planned()
    kyi, aye, ba = (way.desk(name) for name in ("Kyi", "Aye", "Ba"))
    done = way.case("Kyi").standing("admit")
    state = way.state("Kyi", way.part("Kyi", "passage"), passage.Passage)
    assert done is not None
    casework.propose(kyi, way.cover, "go", (done.name, state.planned))
    way.carry()
    (waiting,) = way.case("Aye").waiting(aye.now)
    casework.second(aye, way.cover, waiting)
    ba.write(way.cover, Halted(reason="danger"))  # at once: neither had seen the other
    way.carry()
    for name in ("Kyi", "Aye", "Ba"):
        assert way.case(name).standing("go") is None
    with pytest.raises(NotYet):
        casework.go_to(kyi, way.cover, Stage.RECEPTION)
    assert way.case("Kyi").stage is Stage.PASSAGE


def answers(way: Journey, *, yes: bool) -> None:
    """The person says yes or no to the way."""
    letter = next(one for one in way.visit().letters() if one.kind == "way")
    way.visit().answer(
        secrets.token_bytes(16), letter.name, "cover", answer_to_plan(yes=yes), said="yes" if yes else "no"
    )
    way.carry()


def test_a_no_of_the_person_stops_a_signed_go_whoever_looks_until_a_later_yes(whole):
    way = Journey(whole).goes()
    casework.give_seats(way.desk("Kyi"), way.cover, [(way.member("Mon"), Seat.SHELTER)])
    way.carry()
    for yes in (False, True):
        answers(way, yes=yes)
        for name in ("Kyi", "Aye", "Ba", "Mon"):  # Mon came after the first yes was said
            assert way.case(name).says is yes and (way.case(name).may_go is not None) is yes
            assert way.case(name).standing("go") is not None
        if not yes:
            with pytest.raises(NotYet, match="against their own word"):
                casework.go_to(way.desk("Kyi"), way.cover, Stage.RECEPTION)
        assert way.talk("Aye").answered[-1][1].said == ("yes" if yes else "no")
    casework.go_to(way.desk("Kyi"), way.cover, Stage.RECEPTION)
    assert way.case("Kyi").stage is Stage.RECEPTION


def test_who_signs_second_sees_the_persons_own_answer_and_signs_no_go_against_it(whole):
    way = Journey(whole).planned()
    kyi, aye = way.desk("Kyi"), way.desk("Aye")
    done, plan = (
        way.case("Kyi").standing("admit"),
        way.state("Kyi", way.part("Kyi", "passage"), passage.Passage),
    )
    assert done is not None and aye.state(plan.folder, passage.Passage) is None  # not the way, only the yes
    casework.propose(kyi, way.cover, "go", (done.name, plan.planned))
    answers(way, yes=False)
    (waiting,) = way.case("Aye").waiting(aye.now)
    assert way.case("Aye").says is False
    with pytest.raises(NotYet, match="against their own word"):
        casework.second(aye, way.cover, waiting)
    answers(way, yes=True)
    assert casework.second(aye, way.cover, waiting) == way.case("Aye").may_go


def test_letters_are_opened_by_the_person_alone_and_answers_twice_sent_are_one(whole):
    way = Journey(whole).planned()
    assert [one.letter.text for one in way.visit().letters()] == ["Your name, please", "Ready?"]
    state = way.talk("Aye")
    assert len(state.letters) == 2 and all(b"Ready" not in one.sealed for *_, one in state.letters)
    folder = way.part("Kyi", "passage")
    casework.write_to_person(
        way.desk("Kyi"), way.cover, "word", Letter(due=1, every_hours=6), answer_to=folder
    )
    way.carry()
    nonce, letter = secrets.token_bytes(16), way.visit().letters()[-1]
    for _ in range(2):
        way.visit().answer(
            nonce, letter.name, "passage", lambda nth: passage.Word(nth=nth, how="not_ok"), said="not_ok"
        )
    way.carry()
    passing = way.state("Kyi", way.part("Kyi", "passage"), passage.Passage)
    assert [word.how for _, word in passing.words] == ["not_ok"]


def test_seats_that_never_meet_on_one_case_are_refused(whole):
    way = Journey(whole).opens()
    aye = way.desk("Aye")
    aye.write(
        way.cover, Assigned(member=whole.keys["Ei"].id, seat=Seat.SHELTER)
    )  # no such seat on the roster
    kyi = whole.desks["Kyi"]
    casework.give_seats(aye, way.cover, [(way.member("Kyi"), Seat.PLANNING)])
    way.carry()
    kyi.write(
        way.cover, Assigned(member=whole.keys["Ei"].id, seat=Seat.SCREENING)
    )  # not for a planner to give
    assert [why for _, why in way.case("Kyi").refused] == [
        "assigned to a seat that the roster does not give", "assigned by somebody who may not",
    ]  # fmt: skip


def test_the_stage_that_two_set_at_once_is_shown_and_settled_and_a_withdrawal_wins(whole):
    way = Journey(whole).opens()
    aye, ba = way.desk("Aye"), way.desk("Ba")
    casework.go_to(aye, way.cover, Stage.WAITING)
    casework.give_seats(ba, way.cover, [(way.member(n), Seat.SCREENING) for n in ("Ei", "Gyi")])
    casework.go_to(ba, way.cover, Stage.SCREENING)
    way.carry()
    way.carry()
    for name in ("Aye", "Ba"):
        assert set(way.case(name).stages) == {Stage.WAITING, Stage.SCREENING} and way.case(name).stage is None
    casework.go_to(aye, way.cover, Stage.SCREENING)
    way.carry()
    assert way.case("Ba").stage is Stage.SCREENING
    casework.go_to(aye, way.cover, Stage.WITHDRAWN)
    way.carry()
    assert way.case("Ba").stage is Stage.WITHDRAWN


def receipt(payment: bytes, word: str) -> Callable[[int], support.Receipt]:
    return lambda _nth: support.Receipt(payment=payment, word=word)


def answer_to_plan(*, yes: bool) -> Callable[[int], Answer]:
    return lambda nth: Answer(nth=nth, yes=yes)


def _enter(way: Journey) -> tuple[bytes, bytes]:
    folder = way.part("Oo", "support")
    entered = support.Entered(
        run=b"r" * 16, month="2026-03", lines=(support.Line(code="base", amount=100000),), rules_currency="THB",
        due=100000, currency="THB", rate="1", rate_source="same currency", rate_day="2026-03-02",
        payer=whole_id(way, "San"),
    )  # fmt: skip
    return folder, way.desk("Oo").write(folder, entered)


def whole_id(way: Journey, name: str) -> bytes:
    return way.programme.keys[name].id


def test_a_payment_needs_three_and_the_persons_own_word(whole):
    way = Journey(whole).supported()
    folder, name = _enter(way)
    way.carry()
    phyu, san = way.desk("Phyu"), way.desk("San")
    san.write(folder, support.Paid(payment=name, word="river"))  # before anybody approved
    phyu.write(folder, support.Approved(payment=name, payer=whole_id(way, "San")))
    way.carry()
    assert way.state("Phyu", folder, support.Support).payments[name].state == "approved"
    san.write(folder, support.Paid(payment=name, word="river"))
    casework.write_to_person(
        san,
        way.cover,
        "money",
        Letter(amount=100000, currency="THB", payment=name),
        answer_to=folder,
    )
    way.carry()
    letter = way.visit().letters()[-1]
    for word in ("mountain", "River "):
        way.visit().answer(
            secrets.token_bytes(16), letter.name, "support",
            receipt(name, word),
        )  # fmt: skip
        way.carry()
        payment = way.state("Oo", folder, support.Support).payments[name]
        assert payment.state == ("received" if word == "River " else "paid")
    assert "paid by somebody who was not named" in [
        why for _, why in way.state("Oo", folder, support.Support).refused
    ]


def test_nobody_approves_their_own_entry_and_a_stop_wins(whole):
    way = Journey(whole).supported()
    folder, name = _enter(way)
    way.carry()
    way.desk("Phyu").write(folder, support.Approved(payment=name, payer=whole_id(way, "Oo")))
    state = way.state("Phyu", folder, support.Support)
    assert state.payments[name].state == "entered" and state.refused
    way.desk("Phyu").write(folder, support.Approved(payment=name, payer=whole_id(way, "San")))
    way.desk("Oo").write(folder, support.Stopped(payment=name, why="wrong_amount"))
    way.carry()
    way.desk("San").write(folder, support.Paid(payment=name, word="river"))
    assert way.state("San", folder, support.Support).payments[name].state == "stopped"


def test_a_go_that_was_proposed_before_a_halt_is_proposed_anew(whole):
    way = Journey(whole).planned()
    kyi, aye = way.desk("Kyi"), way.desk("Aye")
    done = way.case("Kyi").standing("admit")
    state = way.state("Kyi", way.part("Kyi", "passage"), passage.Passage)
    assert done is not None
    casework.propose(kyi, way.cover, "go", (done.name, state.planned))
    way.carry()
    (waiting,) = way.case("Aye").waiting(aye.now)
    casework.halt(kyi, way.cover, "person_no")
    way.carry()
    assert way.case("Aye").waiting(aye.now) == []
    with pytest.raises(NotYet):
        casework.second(aye, way.cover, waiting)
    way.carry()
    assert way.case("Kyi").standing("go") is None
    way.signed("go", (done.name, state.planned), "Kyi", "Aye")
    assert way.case("Kyi").standing("go") is not None


def test_what_was_taken_back_is_signed_no_more_neither_later_nor_at_once(whole):
    way = Journey(whole).found_twice()
    ei, gyi = way.desk("Ei"), way.desk("Gyi")
    first = casework.propose(ei, way.cover, "admit", way.rests("Ei"))
    way.carry()
    (waiting,) = way.case("Gyi").waiting(gyi.now)
    both = Acted(
        statement=waiting.statement, signatures=(waiting.signature, acts.sign(gyi.keys, waiting.statement))
    )
    for desk in (gyi, way.desk("Hla")):
        with pytest.raises(NotYet, match="nothing to take back"):
            casework.take_back(desk, way.cover, first)
        desk.write(way.cover, TakenBack(proposal=first))  # by hand: it was not theirs
    way.carry()
    assert way.case("Ei").waiting(ei.now) == [waiting] and not way.case("Ei").taken_back
    gyi.write(way.cover, both)  # neither had seen the other
    casework.take_back(ei, way.cover, first)
    way.carry()
    for name in ("Ei", "Gyi", "Aye"):
        assert way.case(name).standing("admit") is None and not way.case(name).waiting(ei.now)
        assert [one.name for *_, one in way.case(name).taken_back] == [first]
    with pytest.raises(NotYet, match="waits no more"):
        casework.second(gyi, way.cover, waiting)
    later = way.desk("Hla").write(way.cover, both)
    way.carry()
    assert (later, "an act that was done already") in way.case("Ei").refused
    with pytest.raises(NotYet):
        casework.go_to(gyi, way.cover, Stage.PASSAGE, act=way.case("Gyi").done[0])
    way.signed("admit", way.rests("Ei"), "Ei", "Gyi")  # anew, by both
    assert way.case("Aye").standing("admit") is not None


def test_what_two_signed_is_not_taken_back(whole):
    way = Journey(whole).found_twice()
    way.signed("admit", way.rests("Ei"), "Ei", "Gyi")
    ei, first = way.desk("Ei"), way.case("Ei").proposals[0].name
    with pytest.raises(NotYet, match="nothing to take back"):
        casework.take_back(ei, way.cover, first)
    ei.write(way.cover, TakenBack(proposal=first))
    way.carry()
    assert way.case("Gyi").standing("admit") is not None and not way.case("Gyi").taken_back


def test_a_signature_after_a_take_back_has_no_effect_also_written_by_hand(whole):
    way = Journey(whole).found_twice()
    ei, gyi = way.desk("Ei"), way.desk("Gyi")
    first = casework.propose(ei, way.cover, "admit", way.rests("Ei"))
    (waiting,) = way.case("Ei").waiting(ei.now)
    casework.take_back(ei, way.cover, first)
    way.carry()
    both = Acted(
        statement=waiting.statement, signatures=(waiting.signature, acts.sign(gyi.keys, waiting.statement))
    )
    late = gyi.write(way.cover, both)
    way.carry()
    assert not way.case("Ei").done and (late, "an act that was taken back") in way.case("Ei").refused
