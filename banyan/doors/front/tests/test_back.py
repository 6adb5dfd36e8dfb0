"""The words: forgiving to the person, silent to everybody else."""

import re

import pytest

from banyan.doors.front.codewords import read_code, typed_code
from banyan.language.numerals import from_any_digits
from banyan.sealing import codes
from banyan.sealing.faults import WrongCode
from banyan.sealing.words import spelling

CODE = bytes(range(1, 12))
WORDS = codes.to_words(CODE, "en")
SPELLINGS = [
    " ".join(WORDS),
    "  ".join(WORDS).upper() + " \n",
    ", ".join(WORDS) + ".",
    "\n".join(f"{n}. {word}" for n, word in enumerate(WORDS, 1)),
    "\n".join(f"{n}){word}" for n, word in enumerate(WORDS, 1)),
    " ".join(f"{n} {word}" for n, word in enumerate(WORDS, 1)),
    " ".join(codes.to_words(CODE, "my")),
    "၊ ".join(codes.to_words(CODE, "my")) + "။",
    "\n".join(f"{digit}။ {word}" for digit, word in zip("၁၂၃၄၅၆၇၈", codes.to_words(CODE, "my"), strict=True)),
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_many_ways_of_writing_open_the_same(text):
    assert typed_code(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ".join(WORDS[:7]),
        " ".join((*WORDS, "lily")),
        " ".join((*WORDS[:7], "qqqq")),
        "1 2 3 4 5 6 7 8",
        "။" * 20,
    ],
)
def test_what_is_no_code_is_refused(text):
    with pytest.raises(WrongCode):
        typed_code(text)


def test_burmese_words_of_a_burmese_list_hold_no_number_that_is_taken_for_a_place(burmese):
    for _ in range(200):
        code = codes.new_code()
        numbered = " ".join(f"{n}. {word}" for n, word in enumerate(codes.to_words(code, "my"), 1))
        assert typed_code(numbered) == code


def test_the_same_code_comes_back_in_either_language(programme, person, burmese):
    words, _ = person.tell("I am here")
    code = typed_code(" ".join(words))
    assert person.back(words).says("Nothing new yet")
    assert person.back(codes.to_words(code, "my")).says("Nothing new yet")
    assert burmese.back(words).says("အသစ် မရှိသေးပါ")


def test_wrong_unknown_and_erased_words_are_answered_alike(programme, person):
    words, _ = person.tell("I am here")
    inside = person.back(words)
    assert inside.says("Nothing new yet")
    person.post("close", inside.hidden, sure="1")
    swapped = [words[1], words[0], *words[2:]]
    never = codes.to_words(codes.new_code(), "en")
    pages = {}
    digits = codes.to_digits(codes.new_code())
    for name, said in {"erased": words, "swapped": swapped, "never": never, "digits": digits}.items():
        page = person.back(said)
        assert page.status == 200 and page.says("These words open nothing here")
        pages[name] = page.text.replace(" ".join(said), "")
    assert len(set(pages.values())) == 1


def test_an_empty_form_says_what_to_do(person):
    page = person.back("   ")
    assert page.says("Write your 8 words here.") and not page.says("open nothing")
    assert person.back("a" * 1001).says('class="error"')


def test_the_other_language_keeps_the_words_that_are_typed(person, burmese):
    page = burmese.post("back", words="amber heron river")
    assert page.says("amber heron river") and page.says("စကားလုံးများနဲ့ ပြန်ဝင်ပါ")


# What is plainly no code is told so, by the public list and the check digit alone


def test_one_slip_is_offered_to_be_put_right_and_opens(programme, person):
    words, _ = person.tell("I am here")
    typed, meant = _mistyped(words)
    page = person.back(typed)
    assert page.says(f"Did you mean {meant}?") and page.says(" ".join(typed)), "what was typed stays"
    right = person.post("back", words=" ".join(typed), mean="1")
    assert right.says("Nothing new yet")


def _mistyped(words):
    """The words with the last letter of one left out, where only that one can be meant."""
    for place, word in enumerate(words):
        typed = [*words[:place], word[:-1], *words[place + 1 :]]
        if read_code(" ".join(typed)).better:
            return typed, word
    raise AssertionError("no word of this code can be mistyped so")


def test_a_slip_is_offered_alike_for_a_code_that_nobody_has(programme, person):
    person.tell("I am here")
    typed, meant = _mistyped(codes.to_words(codes.new_code(), "en"))
    assert person.back(typed).says(f"Did you mean {meant}?")
    page = person.post("back", words=" ".join(typed), mean="1")
    assert page.says("These words open nothing here") and page.says(meant)


def test_no_store_is_asked_for_what_is_no_code(programme, person, monkeypatch):
    monkeypatch.setattr(type(programme.door), "visit", lambda *_: pytest.fail("the store was asked"))
    for text in ("heron river", "x " * 8, "1" * 28, " ".join(_mistyped(WORDS)[0])):
        assert person.back(text).status == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ".join(WORDS[:7]), "You wrote 7 words. There are 8."),
        (WORDS[0], "You wrote 1 word. There are 8."),
        (" ".join(["qqqq", *WORDS[1:7], "zzzz"]), "Not one of our words: qqqq, zzzz"),
        ("1234567 " * 3, "You wrote 21 digits. There are 28."),
        ("1234567 " * 4, "One digit is wrong, or two have changed places."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(person, text, said):
    page = person.back(text)
    assert page.says(said) and page.says(text.strip()) and not page.says("open nothing here")


def test_the_counts_are_in_burmese_digits_on_a_burmese_page(burmese):
    assert burmese.back(" ".join(WORDS[:7])).says("၇")


# The same code in digits


def test_the_code_is_shown_in_digits_and_opens_with_them_in_either_script(programme, person, burmese):
    words = person.post("words")
    digits = person.post("words", words.hidden, show="digits")
    assert digits.hidden["code"] == words.hidden["code"] and [len(group) for group in digits.words] == [7] * 4
    there = burmese.post("words", digits.hidden)
    assert from_any_digits(" ".join(there.words)) == " ".join(digits.words) != " ".join(there.words)
    assert person.post("words", digits.hidden, show="words").words == words.words
    form = person.post("write", words.hidden)
    person.post("write", form.hidden, message="I am here", send="1")
    for said in (digits.words, there.words, words.words):
        assert person.back(said).says("Nothing new yet")


# Practice


def test_practice_says_which_are_right_by_their_place(programme, person, bell):
    before = programme.hub.counts()
    words = person.post("words")
    empty = person.post("practise", words.hidden)
    assert empty.says("Try it once") and not empty.words
    some = person.post("practise", words.hidden, words=" ".join([*words.words[:6], "qqqq"]), check="1")
    marks = re.findall(r"<li>(?:<b>)?(Right|Not right)", some.text)
    assert marks == ["Right"] * 6 + ["Not right"] * 2 and some.says("qqqq"), "what was typed stays"
    known = person.post("practise", words.hidden, words=", ".join(words.words).upper(), check="1")
    assert known.says("You know them all") and known.hidden["code"] == words.hidden["code"]
    other = codes.to_words(typed_code(" ".join(words.words)), "my")
    assert person.post("practise", words.hidden, words=" ".join(other), check="1").says("You know them all")
    assert programme.hub.counts() == before and bell.rung == []


def test_practice_with_digits_marks_the_groups_and_is_never_a_dead_end(person):
    digits = person.post("words", show="digits")
    wrong = [digits.words[0], digits.words[2], digits.words[1], digits.words[3]]
    page = person.post("practise", digits.hidden, words=" ".join(wrong), check="1")
    assert re.findall(r"<li>(?:<b>)?(Right|Not right)", page.text) == [
        "Right",
        "Not right",
        "Not right",
        "Right",
    ]
    for name in ("write", "words"):
        assert f'formaction="/en/{name}/"' in page.text
    assert person.post("practise", digits.hidden, words=" ", check="1").says("You can also go on.")
    assert person.post("words", page.hidden).words == digits.words


# What costs

HIDING = "\u1038\u1037\u1039"  # each can hide the next from one pass of folding


@pytest.mark.parametrize(
    "text",
    [
        HIDING * 3300,
        " ".join([HIDING * 10] * 8),
        " ".join([HIDING * 300] * 8),
        "abandqn " * 3000,
        "1 " * 9000,
    ],
)
def test_whatever_is_posted_as_a_code_little_of_it_is_read(programme, person, monkeypatch, text):
    words = person.post("words")
    read, folded = [], spelling._folded

    def counted(text: str) -> str:
        read.append(len(text))
        return folded(text)

    monkeypatch.setattr(spelling, "_folded", counted)
    tried = person.post("practise", words.hidden, words=text, check="1")
    assert re.findall(r"<li>(?:<b>)?(Right|Not right)", tried.text) == ["Not right"] * 8
    back = person.back(text)
    assert back.status == 200 and not back.says("open nothing here")
    assert sum(read) < 50_000
    assert person.post("practise", words.hidden, words=" ".join(words.words), check="1").says(
        "You know them all"
    )


def test_more_than_any_code_is_told_to_be_too_long_and_stays(person):
    page = person.back("abandon " * 60)
    assert page.says("This is longer than we can take. Say it shorter.") and page.says("abandon abandon")
    assert not person.back("abandon " * 8 + " " * 500).says("longer than we can take")
