"""Where a case may go and who may sign, as pure functions."""

from types import SimpleNamespace
from typing import Any

import pytest

from banyan.cases.folders.conversation import Answered, Conversation, ForPerson
from banyan.cases.folders.cover import Case
from banyan.cases.registers import Register, Remembered
from banyan.cases.stages import ACTS, MOVES, Stage
from banyan.desks.intake import case_rules, case_words
from banyan.desks.intake.case_rules import Against
from banyan.folders.seats import Seat

AYE, BA, KYI = b"a" * 16, b"b" * 16, b"k" * 16


def case(*stages, seats=((AYE, Seat.INTAKE), (BA, Seat.INTAKE), (KYI, Seat.PLANNING)), done=()):
    made = Case(b"f" * 32)
    made.stage_ = Register([(bytes([nth]), stage) for nth, stage in enumerate(stages)])
    made.seats_ = {held: Remembered([(b"n", True)]) for held in seats}
    acts: Any = (
        SimpleNamespace(name=act.encode(), statement=SimpleNamespace(act=act, nonce=b"")) for act in done
    )
    made.done = list(acts)
    return made


def talk(**consents: bool):
    made = Conversation(b"t" * 32)
    made.consent = {purpose: Register([(b"n", given)]) for purpose, given in consents.items()}
    return made


def waits(act: str, by: bytes) -> Any:
    return SimpleNamespace(statement=SimpleNamespace(act=act), signature=SimpleNamespace(member=by))


@pytest.mark.parametrize("stage", list(Stage))
def test_intake_is_offered_what_the_table_gives_it_and_nothing_else(stage):
    offered = {(way.to, way.act) for way in case_rules.ways(case(stage), 0)}
    signs = {act for act, one in ACTS.items() if Seat.INTAKE in one.first | one.second}
    given = (one for one in MOVES if one.come_from is stage and not one.needs)
    assert offered == {(one.to, one.act) for one in given if Seat.INTAKE in one.by or one.act in signs}
    assert all((way.to.value, way.act) in case_words.WAYS for way in case_rules.ways(case(stage), 0))
    assert stage.value in case_words.NOW


def test_back_to_passage_only_while_an_admission_stands():
    assert Stage.PASSAGE not in {way.to for way in case_rules.ways(case(Stage.WAITING), 0)}
    assert Stage.PASSAGE in {way.to for way in case_rules.ways(case(Stage.WAITING, done=("admit",)), 0)}


def test_while_two_stages_stand_only_a_withdrawal_is_open():
    assert [way.to for way in case_rules.ways(case(Stage.WAITING, Stage.SCREENING), 0)] == [Stage.WITHDRAWN]
    assert [way.to for way in case_rules.ways(case(Stage.CLOSED, Stage.REFERRED), 0)] == [Stage.INTAKE]


def test_nobody_seconds_their_own_nor_what_is_not_for_them():
    here = case(Stage.PASSAGE)
    assert case_rules.may_second(here, waits("go", KYI), AYE)
    assert not case_rules.may_second(here, waits("go", AYE), AYE)
    assert not case_rules.may_second(here, waits("go", BA), AYE)
    assert not case_rules.may_second(here, waits("admit", KYI), AYE)
    assert case_rules.may_second(here, waits("close", BA), AYE)
    assert case_rules.may_second(here, waits("close", KYI), AYE)
    assert not case_rules.may_second(here, waits("close", b"x" * 16), AYE)
    assert not case_rules.may_second(here, waits("close", AYE), KYI)


def test_what_speaks_against_an_act():
    here = case(Stage.PASSAGE)
    agreed = talk(service=True)
    assert case_rules.against("go", here, agreed) == [Against.NO_ANSWER]
    way = ForPerson(kind="way", slot=None, sealed=b"x")
    bed = ForPerson(kind="bed", slot=None, sealed=b"x")
    agreed.letters = [(b"w" * 32, 1, KYI, way), (b"b" * 32, 2, KYI, bed)]
    agreed.answered = [
        (3, Answered(letter=b"w" * 32, said="yes")),
        (4, Answered(letter=b"b" * 32, said="no")),
    ]
    assert case_rules.against("go", here, agreed) == []
    assert case_rules.against("go", case(Stage.WAITING), agreed) == [Against.PLACE]
    agreed.answered.append((5, Answered(letter=b"u" * 32, said="no")))
    assert case_rules.against("go", here, agreed) == [Against.SAID_NO]
    assert case_rules.against("go", here, None) == [Against.UNKNOWN]
    assert case_rules.against("close", here, None) == []
    assert case_rules.against("refer", case(Stage.INTAKE), talk(service=True)) == [Against.SHARE]
    assert case_rules.against("refer", case(Stage.INTAKE), talk(share=True)) == []
    assert case_rules.against("reopen", case(Stage.CLOSED), talk(service=False)) == [Against.SERVICE]
    young = talk(service=True)
    young.fields["adult"] = Register([(b"n", False)])
    assert case_rules.against_going_on(young) == [Against.UNDER_18]
    assert set(case_words.AGAINST) == set(Against)


def test_who_is_missing_is_named():
    assert case_rules.missing(case(Stage.SCREENING)) == [(Seat.SCREENING, 2), (Seat.DECIDING, 1)]
    assert case_rules.missing(case(Stage.PASSAGE)) == [] and case_rules.missing(case(Stage.INTAKE)) == []
