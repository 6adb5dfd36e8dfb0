"""The words: forgiving to the person, silent to everybody else."""

import pytest

from banyan.doors.front.rules import typed_code
from banyan.sealing import codes
from banyan.sealing.faults import WrongCode

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
    person.post("erase", inside.hidden, sure="1")
    swapped = [words[1], words[0], *words[2:]]
    never = codes.to_words(codes.new_code(), "en")
    pages = {}
    for name, said in {"erased": words, "swapped": swapped, "never": never, "no words": ["x"] * 8}.items():
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
