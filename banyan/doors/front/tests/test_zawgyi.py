"""Burmese typed in Zawgyi becomes Unicode; where that may be wrong, what was typed is kept beside it."""

import pytest
from icu import Transliterator

from banyan.cases.folders.conversation import Message
from banyan.doors.front.codewords import typed_code
from banyan.doors.front.rules import as_kept
from banyan.language.text import from_zawgyi, is_probably_zawgyi
from banyan.sealing import codes, words
from banyan.sealing.format import read, write

# "How are you? I want to leave." in both encodings.
UNICODE = "နေကောင်းလား။ ကျွန်တော် ထွက်ချင်ပါတယ်။"
ZAWGYI = "ေနေကာင္းလား။ ကြၽန္ေတာ္ ထြက္ခ်င္ပါတယ္။"


def kept(programme):
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    return aye.conversation(folder)


@pytest.fixture
def told(programme, person):
    """A message sent as it is given; what intake has of it."""

    def send(text, **more):
        person.tell(text, **more)
        return kept(programme)

    return send


def test_the_text_is_zawgyi():
    assert is_probably_zawgyi(ZAWGYI) > 0.95 and is_probably_zawgyi(UNICODE) < 0.05


def test_a_message_in_zawgyi_is_read_in_unicode_with_what_was_typed_beside_it(told):
    state = told(ZAWGYI, safe_times=ZAWGYI)
    (message,) = state.messages
    assert message.document.text == UNICODE and message.document.typed == ZAWGYI
    assert state.one("safe_times") == UNICODE


def test_a_message_in_unicode_is_kept_once(told):
    (message,) = told(UNICODE, safe_times=UNICODE).messages
    assert message.document.text == UNICODE and message.document.typed == ""


def test_an_english_message_has_the_bytes_that_it_always_had():
    message = Message(text="I am here", language="en")
    assert b"typed" not in write(message) and read(write(message), Message) == message


@pytest.mark.parametrize("likely", [0.06, 0.3, 0.49])
def test_what_is_rather_unicode_stays_as_it_was_typed(monkeypatch, likely):
    monkeypatch.setattr("banyan.doors.front.rules.is_probably_zawgyi", lambda _: likely)
    assert as_kept(ZAWGYI) == (ZAWGYI, "")


@pytest.mark.parametrize("likely", [0.5, 0.7, 0.94])
def test_what_is_rather_zawgyi_is_read_so_and_kept_beside(monkeypatch, likely):
    monkeypatch.setattr("banyan.doors.front.rules.is_probably_zawgyi", lambda _: likely)
    assert as_kept(ZAWGYI) == (UNICODE, ZAWGYI)


def test_what_comes_back_with_a_fault_is_what_was_typed(programme, person):
    form = person.form()
    page = person.post("write", form.hidden, message=ZAWGYI, safe_times="x" * 301, send="1")
    assert page.status == 422 and page.says(ZAWGYI)


def test_intake_sees_what_was_typed_in_a_fold(programme, person):
    from banyan.desks.intake.timeline import event

    person.tell(ZAWGYI)
    (said,) = kept(programme).messages
    shown = event(said, programme.door.roster, programme.keys["Aye"].id).detail
    assert f'<details><summary>As it was typed</summary><span lang="en">{ZAWGYI}' in shown
    assert UNICODE in shown.partition("<details>")[0]


@pytest.mark.parametrize("code", [bytes(range(1, 12)), bytes(range(100, 111)), b"\xfe" * 11])
def test_words_typed_in_zawgyi_open(code):
    said = codes.to_words(code, "my")
    typed = " ".join(in_zawgyi(word) for word in said)
    assert typed != " ".join(said) and typed_code(typed) == code


def test_of_the_whole_list_one_word_alone_is_lost_on_the_way_through_zawgyi():
    """That one ICU writes in an order which nobody types."""
    lost = [word for word in words.load("my") if not {words.normalise(word)} & read_from(in_zawgyi(word))]
    assert lost == ["ရှေ့ဖြစ်"]


def in_zawgyi(word):
    """As a keyboard for Zawgyi writes it."""
    return Transliterator.createInstance("my-Zawgyi").transliterate(word)


def read_from(typed):
    return {words.normalise(typed), words.normalise(from_zawgyi(typed))}
