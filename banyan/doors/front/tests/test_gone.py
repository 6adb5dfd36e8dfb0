"""What was erased is gone: nothing that ran beside it brings it back, and nothing is left that nobody can reach."""

import secrets

import pytest

from banyan.cases import visit as visits
from banyan.cases.folders.conversation import EraseAsked
from banyan.cases.folders.testimony import Testimony
from banyan.cleaning import Clean
from banyan.doors.front import actions, files
from banyan.doors.front.forms import Answers
from banyan.doors.front.tests.conftest import Person
from banyan.doors.front.tests.test_files import photo, send, written
from banyan.folders.items import Sort
from banyan.folders.store import Added, Store


def code_of(page) -> bytes:
    return bytes.fromhex(page.hidden["code"])


def leaves(person, words):
    """The person leaves an account; the page that says so."""
    form = person.post("apart", person.back(words).hidden, step="write")
    done = person.post("apart", form.hidden, account="I saw it", keep="on", send="1")
    assert done.says("Your account is locked away")
    return done


def erases(person, page):
    done = person.post("close", person.post("close", page.hidden).hidden, sure="1")
    assert done.says("Everything is erased here")
    return done


# Beside an erasure


@pytest.mark.parametrize("original", ["", "1"])
def test_a_file_that_was_being_cleaned_while_all_was_erased_is_kept_nowhere(court, monkeypatch, original):
    programme, person = court
    words, _ = written(programme, person)
    other = Person(person.client)

    def clean(data):
        erases(other, other.back(words))
        return Clean("jpeg", data, "image/jpeg")

    monkeypatch.setattr(files, "clean", clean)
    before = programme.hub.counts().get(str(Sort.PIECE), 0)
    assert send(person, words, photo(), original=original).says("We are here to listen to you")
    programme.carry()
    assert programme.desks["Zin"].held("testimony") == programme.desks["Aye"].held("conversation") == []
    assert programme.hub.counts().get(str(Sort.PIECE), 0) == before
    assert person.back(words).says("These words open nothing here")


def test_where_there_is_no_room_for_both_neither_is_kept(court, monkeypatch):
    programme, person = court
    words, folder = written(programme, person)
    # The copy that is made anew is small, and fits; the unchanged file behind it does not.
    monkeypatch.setattr(files, "clean", lambda data: Clean("jpeg", b"small", "image/jpeg"))
    monkeypatch.setenv("BANYAN_ROOM", str(int((programme.hub.quota.used() + 400_000) / 0.9)))
    assert send(person, words, photo() + secrets.token_bytes(900_000), original="1").says("This was not sent")
    programme.carry()
    assert programme.desks["Zin"].held("testimony") == []
    assert programme.desks["Aye"].conversation(folder).files == []
    assert send(person, words, photo(), original="1").says("locked away for a court")
    programme.carry()
    (box,) = programme.desks["Zin"].held("testimony")
    assert len(programme.desks["Zin"].state(box, Testimony).files) == 1


@pytest.mark.parametrize(
    "late",
    [
        lambda door, code, visit: actions.mark_read(visit=visit),
        lambda door, code, visit: actions.check_in(door=door, code=code, nonce=b"n" * 16, how="ok"),
        lambda door, code, visit: actions.answer_consent(
            door=door, code=code, nonce=b"n" * 16, purpose="service", given=True, adult=True
        ),
        lambda door, code, visit: actions.leave_account(
            door=door, code=code, nonce=b"n" * 16, text="I saw", uses={"keep": True}, language="en"
        ),
        lambda door, code, visit: actions.agree_to_use(
            visit=door.testimony(code), use="open_court", given=True
        ),
    ],
)
def test_nothing_but_a_new_message_opens_an_erased_code_again(court, late):
    programme, person = court
    words, _ = written(programme, person)
    page = leaves(person, words)
    door, code = programme.door, code_of(page)
    visit = door.visit(code)
    assert visit.conversation
    erases(person, page)
    with pytest.raises(visits.NothingHere):
        late(door, code, visit)
    assert door.visit(code).conversation is None and door.testimony(code).left is None
    assert person.back(words).says("These words open nothing here")


@pytest.mark.parametrize(
    ("path", "form"),
    [("check", {"how": "ok"}), ("part", {"sure": "1"}), ("close", {"sure": "1"}), ("inside", {})],
)
def test_a_page_that_was_open_while_all_was_erased_leads_to_the_first(programme, person, path, form):
    words, _ = written(programme, person)
    page = person.back(words)
    erases(person, page)
    assert person.post(path, page.hidden, **form).says("We are here to listen to you")


def test_a_check_in_beside_the_erasure_finds_the_first_page(programme, person, monkeypatch):
    words, _ = written(programme, person)
    page = person.back(words)
    erased_between = actions.check_in

    def late(**said):
        programme.door.visit(code_of(page)).erase()
        return erased_between(**said)

    monkeypatch.setattr(actions, "check_in", late)
    assert person.post("check", page.hidden, how="ok").says("We are here to listen to you")
    assert person.back(words).says("These words open nothing here")


# Sent again


def test_a_message_sent_again_after_it_was_erased_is_kept_and_told_so_truly(programme, person):
    code = person.post("words")
    form = person.post("write", code.hidden)
    first = person.post("write", form.hidden, message="please help me", send="1")
    assert not first.says("It came once")
    assert person.post("write", form.hidden, message="please help me", send="1").says("It came once")
    erases(person, person.back(code.words))
    again = person.post("write", form.hidden, message="please help me", send="1")
    assert again.status == 200 and not again.says("It came once")
    kept = programme.door.visit(code_of(form)).conversation
    assert [one.document.text for one in kept.messages] == ["please help me"]
    assert person.post("write", form.hidden, message="please help me", send="1").says("It came once")


def test_a_second_wish_to_erase_is_heard_where_the_code_began_anew(programme, person):
    words, _ = person.tell("hello")
    code = code_of(person.back(words))
    assert programme.door.visit(code).ask_erasure().new
    assert not programme.door.visit(code).ask_erasure().new
    programme.door.visit(code).erase()
    actions.send(door=programme.door, code=code, nonce=b"9" * 16, answers=Answers("again", {}), language="en")
    assert programme.door.visit(code).ask_erasure().new
    said = programme.door.visit(code).conversation.said
    assert [type(one.document) for one in said] == [EraseAsked]


# What was left for a court, alone


def test_what_was_left_for_a_court_is_erased_where_the_conversation_is_gone(court):
    programme, person = court
    words, _ = written(programme, person)
    page = leaves(person, words)
    programme.door.visit(code_of(page)).erase()  # as when two erase it, or the hub drops it as junk
    for there in (person.back(words), person.post("apart", page.hidden), person.post("inside", page.hidden)):
        assert there.says("Erase your account?") and there.says("Your messages are not here any more.")
        assert not there.says("Write") and not there.says("You said yes") and not there.says("I saw it")
    programme.carry()
    assert len(programme.desks["Zin"].held("testimony")) == 1
    assert person.post("apart", there.hidden, sure="1").says("Everything is erased here")
    programme.carry()
    assert programme.desks["Zin"].held("testimony") == []
    assert person.back(words).says("These words open nothing here")


def test_who_is_under_18_can_erase_what_they_left_and_leave_nothing_more(court):
    programme, person = court
    words, _ = written(programme, person)
    page = leaves(person, words)
    actions.say_under_age(door=programme.door, code=code_of(page), nonce=b"u" * 16, purposes=("service",))
    there = person.post("apart", page.hidden, step="write")
    assert there.says("Erase your account?") and not there.says("Your messages are not here any more.")
    assert person.post("apart", there.hidden, change="open_court yes").says("Erase your account?")
    assert person.post("apart", there.hidden, sure="1").says("Your account is erased here")
    assert not person.post("apart", page.hidden, step="write").says("Erase your account?")
    assert person.back(words).says("Nothing new yet")


# A burial that the store refuses


@pytest.mark.parametrize("path", ["close", "part"])
def test_nothing_is_said_to_be_erased_that_was_not(programme, person, monkeypatch, path):
    words, _ = written(programme, person)
    page = person.back(words)
    with monkeypatch.context() as broken:
        broken.setattr(Store, "add", lambda self, datas: Added(refused=[(bytes(32), "refused")]))
        done = person.post(path, page.hidden, sure="1")
    assert done.status == 503 and done.says("This could not be kept just now")
    assert person.post("older", person.back(words).hidden).says("I want to leave")


def test_more_than_one_grave_holds_is_forgotten_whole(programme, person, monkeypatch):
    words, folder = written(programme, person)
    monkeypatch.setattr(visits, "IN_A_GRAVE", 2)
    form = person.back(words)
    for text in ("one", "two", "three"):
        page = person.post("write", form.hidden)
        person.post("write", page.hidden, message=text, send="1")
    assert person.post("part", form.hidden, sure="1").says("What you wrote is gone here")
    programme.carry()
    kept = programme.desks["Aye"].conversation(folder)
    assert kept.messages == [] and programme.desks["Aye"].history(folder).missing == 0
