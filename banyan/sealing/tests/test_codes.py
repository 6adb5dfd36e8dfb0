"""A code said in digits, and slips of the hand: found without knowing any code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyan.sealing import codes, words
from banyan.sealing.faults import WrongCode

CODES = st.binary(min_size=codes.ENTROPY, max_size=codes.ENTROPY)
CODE = bytes(range(1, 12))
BURMESE = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")


@given(CODES)
def test_digits_say_the_same_code_as_words(code):
    groups = codes.to_digits(code)
    assert [len(group) for group in groups] == [7, 7, 7, 7] and "".join(groups).isascii()
    assert (
        codes.from_digits(" ".join(groups)) == code == codes.from_words(" ".join(codes.to_words(code, "my")))
    )


@pytest.mark.parametrize("code", [bytes(11), b"\xff" * 11])
def test_the_least_and_the_greatest_code_have_28_digits_too(code):
    assert codes.from_digits("".join(codes.to_digits(code))) == code


@pytest.mark.parametrize(
    "text",
    [
        "-".join(codes.to_digits(CODE)),
        " ၊ ".join(codes.to_digits(CODE)).translate(BURMESE) + "။",
        "+" + ".".join(codes.to_digits(CODE)),
        "".join(codes.to_digits(CODE)).translate(BURMESE).replace("၀", "ဝ").replace("၇", "ရ"),
        "".join(codes.to_digits(CODE)).replace("0", "O").replace("1", "l"),
        "".join(chr(0xFF10 + int(digit)) for digit in "".join(codes.to_digits(CODE))),
    ],
)
def test_digits_are_read_in_any_script_with_anything_between(text):
    assert codes.from_digits(text) == CODE


def test_every_one_wrong_digit_and_every_two_exchanged_are_noticed():
    digits = "".join(codes.to_digits(CODE))
    for place, digit in enumerate(digits):
        for other in set("0123456789") - {digit}:
            with pytest.raises(codes.WrongDigits):
                codes.from_digits(digits[:place] + other + digits[place + 1 :])
        pair = digits[place : place + 2]
        if pair != pair[::-1]:
            with pytest.raises(codes.WrongDigits):
                codes.from_digits(digits[:place] + pair[::-1] + digits[place + 2 :])


@pytest.mark.parametrize("text", ["", "1" * 27, "1" * 29, "12 words", "heron", "၊။", "oil", "9" * 27 + "9"])
def test_what_is_no_code_in_digits_is_refused(text):
    with pytest.raises(WrongCode):
        codes.from_digits(text)


def test_a_number_above_all_codes_is_refused_though_its_check_digit_fits():
    from stdnum import verhoeff

    above = str(1 << 88)
    with pytest.raises(codes.WrongDigits):
        codes.from_digits(above + verhoeff.calc_check_digit(above))


def test_one_slip_names_the_one_word_that_was_meant():
    said = list(codes.to_words(CODE, "en"))
    assert codes.slips(said) == ()
    for typo in ("gardn", "gardenn", "gerden", "gadren", "GARDN,"):
        assert codes.slips([*said[:7], typo]) == (codes.Slip(7, typo, "garden"),)


def test_what_is_near_no_word_or_near_several_is_not_guessed():
    said = list(codes.to_words(CODE, "en"))
    assert codes.slips([*said[:7], "qqqqqq"]) == (codes.Slip(7, "qqqqqq", ""),)
    alike = [
        (one[0] + one[2:]) for one in words.load("en") if words.find(one[0] + one[2:], "en") is None
    ]  # fmt: skip
    several = next(one for one in alike if _count(one) > 1)
    assert words.near(several, "en") is None


def _count(typed: str) -> int:
    from banyan.sealing.words.spelling import one_slip

    return sum(one_slip(typed, listed) for listed in words.load("en"))


def test_burmese_words_are_suggested_among_burmese_words():
    said = list(codes.to_words(CODE, "my"))
    long = max(said, key=len)
    place = said.index(long)
    typed = [*said[:place], long[:-1], *said[place + 1 :]]
    (slip,) = codes.slips(typed)
    assert slip.place == place and slip.meant in ("", long)
    assert words.near("garden", "my") is None
