import unicodedata

import pytest
from myanmartools import ZawgyiDetector

from banyan.sealing import words

LANGUAGES = ("en", "my")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_2048_words_that_stay_distinct_when_folded(language):
    listed = words.load(language)
    assert len(listed) == len({words.normalise(word) for word in listed}) == 2048
    assert all(unicodedata.is_normalized("NFC", word) for word in listed)


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(words.OddWordList, match="'xx'"):
        words.load("xx")
    with pytest.raises(words.OddWordList, match="'xx'"):
        words.find("acorn", "xx")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ash\nelm\noak\n", None),
        ("ash\nelm\n", "2 words, not 3"),
        ("ash\nelm\nELM\n", "twice"),
        ("ash\noak\nelm\n", "order"),
        ("ash\n\nelm\n", "not one word"),
        ("ash\nelm\nold oak\n", "not one word"),
        ("\u1005\u102c\n\u1005\u102b\n\u1019\u1031\n", "twice"),
    ],
)
def test_an_odd_list_is_refused_and_a_sound_one_read(text, said):
    if said is None:
        assert words.verified(text, 3, "trees") == ("ash", "elm", "oak")
        return
    with pytest.raises(words.OddWordList, match=f"trees.*{said}"):
        words.verified(text, 3, "trees")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_found_at_its_number_and_strangers_are_not(language):
    assert [words.find(word, language) for word in words.load(language)] == list(range(2048))
    other = words.load("my" if language == "en" else "en")
    assert {words.find(word, language) for word in other} == {None}
    assert words.find("", language) is None


def test_english_words_are_short_and_part_early():
    listed = words.load("en")
    assert all(4 <= len(word) <= 7 and word.isascii() and word.isalpha() for word in listed)
    assert len({word[:4] for word in listed}) == 2048


def test_no_two_words_of_a_list_are_one_letter_apart():
    for language in LANGUAGES:
        gaps: dict[str, str] = {}
        for word in words.load(language):
            for place in range(len(word)):
                gap = word[:place] + "\0" + word[place + 1 :]
                assert gap not in gaps, (word, gaps[gap])
                gaps[gap] = word


def test_no_burmese_word_is_zawgyi():
    detector = ZawgyiDetector()
    listed = words.load("my")
    assert detector.get_zawgyi_probability(" ".join(listed)) < 0.001
    assert [word for word in listed if detector.get_zawgyi_probability(word) > 0.9] == []
    assert (
        detector.get_zawgyi_probability("\u1031\u1000\u102c\u1004\u1039\u1038\u1015\u102b\u1010\u101a\u1039")
        > 0.9
    )


@pytest.mark.parametrize("harsh", ["army", "police", "bomb", "rifle", "prison", "vote"])
def test_harsh_words_are_not_in_the_english_list(harsh):
    assert words.find(harsh, "en") is None
    assert words.find("garden", "en") is not None


@pytest.mark.parametrize("harsh", ["စစ်တပ်", "သေနတ်", "ရဲ", "ဗုံး", "ထောင်", "သေ"])
def test_harsh_words_are_not_in_the_burmese_list(harsh):
    assert words.find(harsh, "my") is None
    assert words.find("ကျောင်း", "my") is not None


def test_reference_words_are_256_and_256_with_none_in_both():
    adjectives, nouns = words.reference_words()
    assert (len(adjectives), len(nouns)) == (256, 256)
    assert set(adjectives).isdisjoint(nouns)
    assert "amber" in adjectives
    assert "heron" in nouns
