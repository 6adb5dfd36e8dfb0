"""What passage decides, without any folder."""

import pytest

from banyan.cases.deadlines import HOUR
from banyan.cases.folders.cover import Answer, Case
from banyan.cases.folders.leg import LegState
from banyan.cases.folders.passage import Leg, Passage, Word
from banyan.cases.registers import Register
from banyan.cases.stages import Stage
from banyan.desks.passage import rules
from banyan.desks.passage.rules import HeldLeg, Need, Stop, Way

NOW = 1_000 * HOUR


def case(stage: Stage = Stage.PASSAGE, *answers: Answer) -> Case:
    return Case(bytes(32), stage_=Register([(b"s", stage)]), answers=list(answers))


def passage(*, every: int = 0, due: int = 0, words: tuple = ()) -> Passage:
    found = Passage(bytes(32), words=list(words), plans=Register([(b"p", b"p")]))
    if every:
        found.reporting = Register([(b"r", (due, every))])
    return found


def leg(state: str, nth: int = 1, starts: int | None = None) -> HeldLeg:
    held = LegState(bytes(32), fields={"starts": Register([(b"t", starts)])} if starts else {})
    held.off = state == "off"
    held.said_ = Register([(b"s", state)] if state not in ("asked", "off") else [])
    return HeldLeg(Leg(nth=nth, folder=bytes(32), guide=bytes(16), knows=(b"s",)), held)


@pytest.mark.parametrize(("hours", "missed"), [(-1, 0), (0, 0), (1, 1), (5, 1), (6, 2), (11, 2), (12, 3)])
def test_a_word_is_missed_once_for_each_time_that_was_agreed(hours: int, missed: int) -> None:
    assert passage(every=6, due=NOW).missed(NOW + hours * HOUR) == missed


def test_two_missed_words_stand_above_all_and_one_below_trouble() -> None:
    long, once = passage(every=6, due=NOW - 7 * HOUR), passage(every=6, due=NOW - HOUR)
    bad = passage(every=6, due=NOW - 7 * HOUR, words=((NOW, Word(nth=1, how="not_ok")),))
    needs = [
        rules.need_of(Way(case(), long), NOW),
        rules.need_of(Way(case(), bad), NOW),
        rules.need_of(Way(case(), once, (leg("trouble"),)), NOW),
        rules.need_of(Way(case(), once), NOW),
    ]
    assert needs == [Need.LONG_SILENT, Need.NOT_OK, Need.TROUBLE, Need.SILENT]
    assert needs == sorted(need for need in needs if need is not None)


def test_nobody_is_silent_who_agreed_nothing_or_has_arrived() -> None:
    assert passage().missed(NOW) == 0
    arrived = passage(every=6, due=NOW - 50 * HOUR, words=((NOW - HOUR, Word(nth=1, how="arrived")),))
    assert arrived.missed(NOW) == 0
    assert rules.need_of(Way(case(), arrived), NOW) is Need.ARRIVED


def test_no_go_without_an_admission_whatever_else_is_there() -> None:
    yes = Answer(nth=1, yes=True)
    assert rules.stop_before_go(Way(case(Stage.PASSAGE, yes), passage()), NOW) is Stop.NOT_ADMITTED
    assert rules.stop_before_go(Way(case(Stage.WAITING, yes), passage()), NOW) is Stop.STAGE


def test_of_two_answers_at_once_the_no_holds_and_of_several_the_last() -> None:
    yes, no = Answer(nth=1, yes=True), Answer(nth=1, yes=False)
    assert case(Stage.PASSAGE, yes, no).says is False and case().says is None
    assert case(Stage.PASSAGE, no, Answer(nth=2, yes=True)).says is True


def test_the_guide_of_the_last_leg_says_that_they_arrived_and_no_other() -> None:
    assert rules.arrival_said(Way(case(), passage(), (leg("done", 1), leg("met", 2)))) == ""
    assert rules.arrival_said(Way(case(), passage(), (leg("done", 1), leg("done", 2)))) == "guide"
    assert rules.arrival_said(Way(case(), passage(), (leg("done", 1), leg("off", 2)))) == "guide"
    assert rules.arrival_said(Way(case(), passage())) == ""


def test_a_leg_waits_for_the_planner_when_it_was_declined_or_starts_soon() -> None:
    soon, far = NOW + 5 * HOUR, NOW + 50 * HOUR
    assert rules.leg_waits(leg("asked", starts=soon), NOW) and rules.leg_waits(
        leg("declined", starts=far), NOW
    )
    assert not rules.leg_waits(leg("asked", starts=far), NOW)
    assert not rules.leg_waits(leg("accepted", starts=soon), NOW)


def test_a_leg_goes_one_way_and_nothing_follows_when_it_was_called_off() -> None:
    assert rules.GUIDE_MAY["asked"] == ("accepted", "declined")
    assert all("asked" not in after and "off" not in after for after in rules.GUIDE_MAY.values())
    assert "off" not in rules.GUIDE_MAY and "met" not in rules.GUIDE_MAY["asked"]


def test_a_leg_is_against_what_came_after_it_and_against_a_way_that_left_passage() -> None:
    going, moved = leg("accepted"), case()
    moved.stage_ = Register([(b"later", Stage.PASSAGE)])
    for stage in (Stage.WAITING, Stage.WITHDRAWN, Stage.CLOSED, Stage.INTAKE, Stage.SCREENING):
        assert rules.need_of(Way(case(stage), passage(), (going,)), NOW) is Need.STOPPED
        assert not rules.stopped(Way(case(stage), passage(), (leg("off"), leg("done"))), NOW)
    assert rules.need_of(Way(moved, passage(), (going,)), NOW) is Need.STOPPED
    assert not rules.stopped(Way(case(), passage(), (going,)), NOW)
    assert not rules.stopped(Way(case(Stage.RECEPTION), passage(), (going,)), NOW)
