"""Searching the view: references and messages in any script, and nothing of what was erased."""

import pytest

from banyan.cases.folders.conversation import Message
from banyan.cases.reference import reference_of
from banyan.sealing import codes

SAID = "We crossed at 100% dark, ကျွန်မက သူနာပြုပါ"


@pytest.fixture
def written(programme):
    """Two conversations at Aye's desk: the visit of one, and its folder and the other's."""
    visits = [programme.door.visit(codes.new_code()) for _ in range(2)]
    for visit, text in zip(visits, (SAID, "something else, at 1000 metres"), strict=True):
        visit.post(b"n" * 16, Message(text=text, language="en"))
    programme.carry()
    programme.carry()
    return visits[0], *(visit.history.folder for visit in visits)


@pytest.mark.parametrize("asked", ["crossed", "CROSSED at", "သူနာပြု", "100%", "0%", "က"])
def test_words_are_found_in_the_middle_of_a_message(programme, written, asked):
    _, folder, _other = written
    assert programme.desks["Aye"].view.saying(asked) == [folder]


@pytest.mark.parametrize("asked", ["%", "d_rk", '"', "crossed nowhere", "သူနာ ပြု", "crossed AND dark", "*"])
def test_signs_of_a_query_are_only_signs(programme, written, asked):
    found = programme.desks["Aye"].view.saying(asked)
    assert found == ([written[1]] if asked == "%" else [])


def test_a_reference_is_found_and_so_is_what_comes_later(programme, written):
    _, folder, other = written
    aye = programme.desks["Aye"]
    assert folder in aye.view.saying(reference_of(folder)) and other in aye.view.saying(reference_of(other))
    aye.write(other, Message(text="bring the lantern", language="en"))
    assert aye.view.saying("lantern") == [other] and aye.view.saying("metres") == [other]


def test_nothing_of_an_erased_word_is_left_in_the_view(programme, written):
    visit, folder, _ = written
    aye = programme.desks["Aye"]
    aye.write(folder, Message(text="an answer", language="en"))
    whole = aye.view._anchor().serialize()
    assert b"crossed" in whole
    visit._history = None
    visit.forget_words()
    programme.carry()
    aye.view.save()
    left = aye.view._anchor().serialize()
    assert aye.view.saying("crossed") == [] and aye.view.saying("answer") == [folder]
    assert b"crossed" not in left and b"cro" not in left and b"ossed" not in left
    visit.erase()
    programme.carry()
    aye.view.save()
    assert aye.view.saying("answer") == [] and b"an answer" not in aye.view._anchor().serialize()


def test_what_was_opened_is_opened_again_only_from_the_store(programme, written):
    _, folder, _ = written
    aye = programme.desks["Aye"]
    aye.view.save()
    again = programme.desk(aye.keys, "again", store=aye.store)
    again.view.path = aye.view.path
    assert again.view.open() and again.take_in_all() == 0
    assert [said.document.text for said in again.conversation(folder).messages] == [SAID]
    assert again.view.ring(folder).entries.keys() == aye.view.ring(folder).entries.keys()
    again.view.ring(folder).entries.clear()  # a copy: the view's own stays
    assert again.view.ring(folder).entries
