import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyan.sealing import words
from banyan.sealing.words import normalise, spelling


@pytest.mark.parametrize(
    "typed", ["garden", "Garden", " GARDEN ", "gar\u200bden", "garden,", "\ufeffgarden.", "gar-den"]
)
def test_case_spaces_and_signs_are_forgiven(typed):
    assert words.find(typed, "en") == words.load("en").index("garden")


def test_another_word_is_not_forgiven():
    assert words.find("gardens", "en") is None
    assert words.find("gardn", "en") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u1026\u1038", "\u1025\u102e\u1038"),  # uu, one letter or two
        ("\u1026\u1038", "\u1009\u102e\u1038"),
        ("\u1025\u100a\u103a", "\u1009\u100a\u103a"),
        ("\u101d\u102c", "\u1040\u102c"),  # wa and zero
        ("\u101b\u1031", "\u1047\u1031"),  # ra and seven
        ("\u1000\u103b\u103d", "\u1000\u103d\u103b"),  # medials
        ("\u101c\u103e\u102d\u102f", "\u101c\u102d\u102f\u103e"),
        ("\u1014\u1037\u103a", "\u1014\u103a\u1037"),  # dot and killer
        ("\u1014\u1037\u1037", "\u1014\u1037"),  # doubled
        ("\u1005\u102b", "\u1005\u102c"),  # tall aa
        ("\u101e\u103c", "\u1029"),
        ("\u101e\u1039\u101e", "\u103f"),
        ("\u1031\u1000\u102c\u103a", "\u1000\u1031\u102c\u103a"),  # e typed first
        ("\u1031\u1000\u103b\u102c", "\u1000\u103b\u1031\u102c"),
        ("\u1005\u103b\u1031\u1038", "\u1008\u1031\u1038"),
        ("\u1019\u102d\u200b\u1018", "\u1019\u102d\u1018"),
        ("\u1019\u102d\u1018\u104b", "\u1019\u102d\u1018"),  # full stop
    ],
)
def test_burmese_spellings_that_look_alike_are_one(one, other):
    assert normalise(one) == normalise(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u1000\u102c", "\u1000\u102c\u1038"),
        ("\u1000\u103b", "\u1000\u103c"),
        ("\u101d", "\u101b"),
        ("\u1019\u1031", "\u1019"),
    ],
)
def test_burmese_words_that_look_different_stay_two(one, other):
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    ("typed", "number"), [("၄၁", "41"), ("41", "41"), ("၁ဝ", "10"), ("၁၀၇", "107"), ("၁ဝရ", "107")]
)
def test_burmese_digits_become_ascii(typed, number):
    assert normalise(typed) == number


def test_a_word_with_its_marks_in_any_order_is_found():
    shuffler = random.Random(1)
    for place, word in enumerate(words.load("my")):
        typed = _shuffled(word, shuffler)
        assert words.find(typed, "my") == place


def _shuffled(word: str, shuffler: random.Random) -> str:
    """The word with every run of vowel and tone marks in another order."""
    parts = []
    for marks, group in itertools.groupby(
        word, key="\u102d\u102e\u102f\u1030\u1036\u1037\u1038".__contains__
    ):
        signs = list(group)
        if marks:
            shuffler.shuffle(signs)
        parts.append("".join(signs))
    return "".join(parts)


@given(st.text(alphabet=st.characters(min_codepoint=0x1000, max_codepoint=0x104F)) | st.text())
def test_folding_twice_is_folding_once(text):
    once = normalise(text)
    assert normalise(once) == once


# Each of these signs can hide the next: it would take a third as many passes as there are signs.
HIDING = "\u1038\u1037\u1039"


@pytest.mark.parametrize("text", [HIDING * 300, HIDING * 10, "\u1000" + HIDING * 50])
def test_a_text_made_to_be_folded_again_and_again_is_folded_a_few_times_and_stays_as_it_is(text, monkeypatch):
    passes, folded = [], spelling._folded

    def counted(text: str) -> str:
        passes.append(text)
        return folded(text)

    monkeypatch.setattr(spelling, "_folded", counted)
    assert normalise(text) == text and len(passes) == spelling.PASSES
    passes.clear()
    assert (
        normalise("\u1031\u1000\u103b\u102c") == "\u1000\u103b\u1031\u102c" and len(passes) < spelling.PASSES
    )


def test_what_is_longer_than_any_word_is_not_folded_at_all(monkeypatch):
    longest = max((word for language in words.LISTS for word in words.load(language)), key=len)
    assert 2 * len(longest) < words.LONGEST
    assert words.find("gar" + "-" * (words.LONGEST - 6) + "den", "en") is not None
    monkeypatch.setattr(words, "normalise", lambda _: pytest.fail("it was folded"))
    assert words.find("garden" + "-" * words.LONGEST, "en") is None
    assert words.near("garden" + "x" * words.LONGEST, "en") is None


@pytest.mark.parametrize("language", ["en", "my"])
def test_a_slip_is_found_by_a_few_look_ups_as_by_comparing_with_every_word(language, monkeypatch):
    listed = {normalise(word): word for word in words.load(language)}
    chance, compared, one_slip = random.Random(7), [], spelling.one_slip

    def counted(one: str, other: str) -> bool:
        compared.append(other)
        return one_slip(one, other)

    monkeypatch.setattr(words, "one_slip", counted)
    for _ in range(100):
        typed = list(chance.choice(list(listed)))
        at = chance.randrange(len(typed))
        typed[at : at + 1] = chance.choice(
            ([], [*typed[at + 1 : at + 2], typed[at]], ["x"], [typed[at], "x"])
        )
        alone = [word for folded, word in listed.items() if one_slip(normalise("".join(typed)), folded)]
        assert words.near("".join(typed), language) == (alone[0] if len(alone) == 1 else None)
    assert len(compared) < 100 * len(listed) / 50
