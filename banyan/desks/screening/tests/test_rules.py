"""The pure rules, without a programme."""

import pytest

from banyan.cases.folders.cover import Case
from banyan.cases.folders.finding import Answer, Criterion, Finding
from banyan.desks.screening import name_words, rules
from banyan.desks.screening.rules import Against, Known
from banyan.desks.screening.tests.conftest import answers
from banyan.language.pack import load_pack

CRITERIA = load_pack().criteria()


def wrong(found, verdict="eligible", words="", force="army", rank_band="nco"):
    return rules.against(CRITERIA, found, verdict, force, rank_band, words)


@pytest.mark.parametrize("code", [item.code for item in CRITERIA.items if item.rule in ("must", "stop")])
def test_an_admission_needs_every_must_and_says_so_beside_it(code):
    assert wrong(answers()) == {}
    no: dict[str, Answer] = {code: "not_met"}
    unknown: dict[str, Answer] = {code: "unknown"}
    assert wrong(answers(**no), words="x") == {f"answer_{code}": Against.NOT_MET}
    assert wrong(answers(**unknown), words="x") == {f"answer_{code}": Against.NOT_KNOWN}
    assert wrong(answers(**no), "not_eligible") == {}


def test_what_speaks_against_may_stand_with_words_and_a_flag_says_nothing():
    assert wrong(answers(consistent="not_met")) == {"text": Against.SAY_WHY}
    assert wrong(answers(consistent="not_met"), words="afraid") == {}
    assert wrong(answers(consistent="unknown", legal_advice="met", supported_elsewhere="not_met")) == {}
    assert wrong(answers(), "not_eligible") == {"text": Against.SAY_WHY}


def test_every_criterion_is_answered_with_evidence_of_its_own_kinds():
    assert wrong(answers()[1:]) == {"answer_served": Against.UNANSWERED}
    for evidence in ("", "observed", "nonsense"):
        found = (Criterion("served", "met", evidence), *answers()[1:])
        assert wrong(found) == {"evidence_served": Against.EVIDENCE}
    assert wrong(answers(), force="") == {"force": Against.NEEDED}
    assert wrong(answers(served="unknown"), "not_eligible", force="", rank_band="") == {}


def test_the_stop_is_for_a_child_alone():
    assert rules.stopped(CRITERIA, answers(adult="not_met"))
    assert not rules.stopped(CRITERIA, answers(adult="unknown", served="not_met"))
    born = lambda *years: Known(case=Case(b""), me=b"", now=0, year=2026, birth_years=years)  # noqa: E731
    assert rules.is_child(born(2009)) and rules.is_child(born(1990, 2010))
    assert not rules.is_child(born(2008)) and not rules.is_child(born())


def test_differences_are_of_answers_not_of_evidence():
    one = Finding(cover=b"c" * 32, version=1, answers=answers(), verdict="eligible")
    other = Finding(cover=b"c" * 32, version=1, answers=answers(served="unknown")[:4], verdict="eligible")
    assert rules.differences(["served", "own_will", "not_sent"], one, other) == ["served", "not_sent"]


def test_a_name_in_doubt_is_shown_in_both_readings():
    plain, converted = name_words.naming("Aung Kyaw"), name_words.naming("ေမာင္ေအာင္ေက်ာ္")
    assert plain and converted
    assert (plain.shown, plain.typed, plain.readings) == ("Aung Kyaw", "", ())
    assert converted.shown == "မောင်အောင်ကျော်" and converted.typed and converted.lang == "my"
    nameless = name_words.naming("42")
    assert name_words.naming("") is None and nameless and nameless.shown == "42"
