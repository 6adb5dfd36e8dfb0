"""Inside: check-ins, consent, forgetting and erasing, each with what must not happen."""

import unicodedata

import pytest

from banyan.cases.folders.conversation import Agreement, CaseOpened, ConsentAsked, Message
from banyan.cases.visit import Visit
from banyan.doors.front.rules import MOST_AT_FIRST, begun
from banyan.doors.front.tests.conftest import Person
from banyan.folders.store import Store
from banyan.house.serving.even import OF_A_POST

DAY = 86_400_000


@pytest.fixture
def told(programme, person):
    """Somebody who wrote, and whom Aye answered; gives the words and Aye's folder."""
    words, _ = person.tell("I want to leave", danger="no", force="army")
    programme.carry()
    programme.carry()
    (folder,) = programme.desks["Aye"].held("conversation")
    return words, folder


def from_aye(programme, folder, *documents):
    for document in documents:
        programme.desks["Aye"].write(folder, document)
    programme.carry()


def at_aye(programme, folder):
    programme.carry()
    return programme.desks["Aye"].conversation(folder)


# Check-ins


def test_check_ins_are_offered_once_agreed_and_reach_intake(programme, person, bell, told):
    words, folder = told
    assert 'value="not_ok"' not in person.back(words).text
    from_aye(programme, folder, Agreement(next_due=programme.door.now + DAY, every_hours=24))
    inside = person.back(words)
    assert inside.says("We look for your word until Tuesday 3 March, 15:30.")
    assert inside.says("After that, every 24 hours.") and not inside.says("Your last word came")
    bell.rung.clear()
    assert person.post("check", inside.hidden, how="ok").says("We know that you are well")
    assert bell.rung == []
    programme.clock.forward(hours=2)
    assert person.back(words).says("Your last word came 2 hours ago.")
    assert person.post("check", inside.hidden, how="not_ok").says("You come first now")
    assert bell.rung == [(("Aye", "Ba"), True)]
    assert at_aye(programme, folder).last_check_in[1] == "not_ok"


def test_a_check_in_sent_twice_is_once_and_a_page_from_yesterday_still_speaks(programme, person, told):
    words, folder = told
    from_aye(programme, folder, Agreement(next_due=programme.door.now + DAY, every_hours=24))
    inside = person.back(words)

    def said():
        return len([one for one in at_aye(programme, folder).said if one.kind == "check-in"])

    person.post("check", inside.hidden, how="ok")
    person.post("check", inside.hidden, how="ok")
    assert said() == 1
    programme.clock.forward(hours=24)
    person.post("check", inside.hidden, how="ok")
    assert said() == 2


def test_a_missed_check_in_is_said_as_missed_until_there_is_a_word(programme, person, burmese, told):
    words, folder = told
    from_aye(programme, folder, Agreement(next_due=programme.door.now + DAY, every_hours=24))
    assert not person.back(words).says("You were expected")
    programme.clock.forward(hours=25)
    inside = person.back(words)
    assert inside.says("You were expected Tuesday 3 March, 15:30. Tell us how you are.")
    assert not inside.says("We look for your word until")
    later = burmese.post("inside", inside.hidden)
    assert later.says("၁၅:၃၀") and not later.says("You were expected")
    after = person.post("check", inside.hidden, how="ok")
    assert after.says("We look for your word until Wednesday 4 March, 15:30.") and not after.says("You were")


def test_check_ins_called_off_can_start_again(programme, person, told):
    words, folder = told
    from_aye(programme, folder, Agreement(next_due=programme.door.now + DAY, every_hours=24))
    off = person.post("check", person.back(words).hidden, how="call_off")
    assert (
        not off.says("After that, every")
        and off.says("The check-ins have ended")
        and off.says("Start the check-ins again")
    )
    assert at_aye(programme, folder).next_check_in is None
    programme.clock.forward(minutes=5)
    assert person.post("check", off.hidden, how="ok").says("We look for your word until")


def test_a_made_up_check_in_is_not_taken(programme, person, told):
    words, folder = told
    assert person.post("check", person.back(words).hidden, how="surrender").status == 200
    assert at_aye(programme, folder).last_check_in is None


# Consent


def asked(programme, person, told):
    words, folder = told
    from_aye(programme, folder, ConsentAsked(purposes=("share", "service")))
    inside = person.back(words)
    assert inside.says("We have a question for you")
    return person.post("agree", inside.hidden), folder


def test_each_purpose_is_asked_by_itself_after_the_age(programme, person, told):
    page, folder = asked(programme, person, told)
    assert page.says("Are you 18 or older?")
    page = person.post("agree", page.hidden, adult="yes")
    assert page.says("May we keep what you write")
    page = person.post("agree", page.hidden, answer="yes")
    assert page.says("May we ask others to help you?")
    page = person.post("agree", page.hidden, answer="no")
    assert page.says("Thank you. You can change your answers") and not page.says("We have a question")
    state = at_aye(programme, folder)
    assert state.agreed("service") and not state.agreed("share") and state.adult is True
    assert "figures" not in state.consent


def test_a_yes_can_be_taken_back_and_a_no_is_heard_also_from_an_old_page(programme, person, told):
    page, folder = asked(programme, person, told)
    old = person.post("agree", page.hidden, adult="yes")
    person.post("agree", old.hidden, answer="no")
    inside = person.post("inside", old.hidden)
    again = person.post("agree", person.post("agreed", inside.hidden).hidden, purpose="service")
    person.post("agree", again.hidden, answer="yes")
    assert at_aye(programme, folder).agreed("service")
    person.post("agree", old.hidden, answer="no")
    assert not at_aye(programme, folder).agreed("service")
    person.post("agree", again.hidden, answer="yes")
    assert not at_aye(programme, folder).agreed("service"), "an old yes, sent again, is the same yes"


def test_nobody_under_18_agrees_to_anything(programme, person, told):
    page, folder = asked(programme, person, told)
    page = person.post("agree", page.hidden, adult="no")
    assert page.says("Thank you for telling us") and page.says("Others protect children")
    state = at_aye(programme, folder)
    assert state.adult is False and not any(state.agreed(purpose) for purpose in ("service", "share"))
    hostile = person.post("agree", page.hidden, adult="yes", purpose="service", answer="yes")
    assert hostile.says("Thank you for telling us")
    assert not at_aye(programme, folder).agreed("service")
    assert not person.post("inside", page.hidden).says("We have a question for you")


def test_an_age_that_was_not_said_is_no_age(programme, person, told):
    page, folder = asked(programme, person, told)
    assert person.post("agree", page.hidden, purpose="service", answer="yes").says("Are you 18 or older?")
    person.post("agree", page.hidden, purpose="share", answer="no")
    state = at_aye(programme, folder)
    assert not state.agreed("service") and state.adult is None
    assert state.consent["share"].values == (False,)


def test_what_nobody_asked_is_not_agreed_to(programme, person, told):
    page, folder = asked(programme, person, told)
    for purpose in ("figures", "everything", ""):
        person.post("agree", page.hidden, purpose=purpose, adult="yes", answer="yes")
    assert at_aye(programme, folder).consent == {}


# Forgetting and erasing


def test_forgetting_needs_a_second_word_and_keeps_the_way_back(programme, person, told):
    words, folder = told
    from_aye(programme, folder, Message(text="You are heard", language="en"))
    inside = person.back(words)
    confirm = person.post("part", inside.hidden)
    assert confirm.says("This cannot be undone.")
    assert person.post("older", inside.hidden).says("I want to leave")
    gone = person.post("part", confirm.hidden, sure="1")
    assert gone.says("What you wrote is gone here") and gone.says("Somebody may have read it before")
    thread = person.post("older", gone.hidden)
    assert not thread.says("I want to leave") and thread.says("You are heard")
    assert not person.post("inside", gone.hidden).says("Your message is with us"), "it is not, any more"
    assert person.post("part", confirm.hidden, sure="1").says("Nothing of yours was here")
    state = at_aye(programme, folder)
    assert [one.document.text for one in state.messages] == ["You are heard"] and state.one("force") == ""


def test_erasing_needs_a_second_word_and_closes_the_way_back(programme, person, told):
    words, _ = told
    inside = person.back(words)
    assert person.post("close", inside.hidden).says("Your 8 words open nothing any more.")
    assert person.back(words).says("Nothing new yet"), "asking is not erasing"
    gone = person.post("close", inside.hidden, sure="1")
    assert gone.says("Everything is erased here") and "code" not in gone.hidden
    assert person.back(words).says("These words open nothing here")
    programme.carry()
    assert programme.desks["Aye"].held("conversation") == []
    assert person.post("older", inside.hidden).says("Come back with my words")


def test_erasing_with_a_case_takes_the_words_now_and_says_when_two_people_do_the_rest(
    programme, person, burmese, bell, told
):
    words, folder = told
    assert not person.post("close", person.back(words).hidden).says("two people")
    from_aye(programme, folder, CaseOpened(cover=b"c" * 32), Message(text="You are heard", language="en"))
    page = person.post("close", person.back(words).hidden)
    by = "The rest is erased by two people by Thursday 5 March 2026."
    assert page.says("Your words go now.") and page.says(by)
    assert at_aye(programme, folder).erase_asked is None, "asking what happens is not asking for it"
    bell.rung.clear()
    done = person.post("close", page.hidden, sure="1")
    assert done.says("Your words are gone here.") and done.says(by) and bell.rung
    state = at_aye(programme, folder)
    assert state.erase_asked == programme.door.now
    assert [one.document.text for one in state.messages] == ["You are heard"]
    programme.clock.forward(hours=2)
    later = person.back(words)
    assert later.says("You asked us to erase everything") and later.says(by)
    assert burmese.post("inside", later.hidden).says("၂၀၂၆")
    more = person.post("more", later.hidden)
    assert 'formaction="/en/close/"' not in more.text and more.says(by)
    programme.clock.forward(hours=24 * 4)
    assert person.back(words).says("was to be erased by Thursday 5 March 2026. Write to us.")


# At first only what is unread, and little of it


def test_the_first_page_inside_shows_nothing_of_before_and_more_leads_there(programme, person, told):
    words, folder = told
    from_aye(
        programme, folder, Message(text="You are heard", language="en"), ConsentAsked(purposes=("share",))
    )
    page = person.back(words)
    assert page.says("You are heard")
    programme.clock.forward(minutes=30)
    page = person.back(words)
    for hidden in (
        "You are heard",
        "I want to leave",
        "erase",
        "close/",
        "part/",
        "agreed/",
        "older/",
        "letters/",
    ):
        assert hidden not in page.text, hidden
    more = person.post("more", page.hidden)
    for path in ("older", "part", "close"):
        assert f'formaction="/en/{path}/"' in more.text
    assert not more.says("You are heard") and not more.says("I want to leave")


@pytest.mark.parametrize("back", [{"hours": -8}, {"hours": -5, "minutes": -1}, {"days": -40}])
def test_a_clock_that_is_put_back_shows_nothing_again(programme, person, told, back):
    words, folder = told
    from_aye(programme, folder, Message(text="Come to the bridge", language="en"))
    assert person.back(words).says("Come to the bridge") and person.back(words).says("Come to the bridge")
    programme.clock.forward(hours=5)
    assert not person.back(words).says("Come to the bridge")
    programme.clock.forward(**back)
    page = person.back(words)
    assert not page.says("Come to the bridge")
    assert person.post("older", page.hidden).says("Come to the bridge")


def test_a_long_answer_is_begun_and_read_on(programme, person, told):
    words, folder = told
    long = "ခဏစောင့်ပါ။ " * 200
    from_aye(programme, folder, Message(text="Short", language="en"), Message(text=long, language="my"))
    page = person.back(words)
    assert page.says("Short") and page.says("ခဏစောင့်ပါ။ …") and not page.says(long)
    programme.clock.forward(hours=1)
    assert person.back(words).says("Short"), "it is new until all of it was shown"
    assert person.post("news", page.hidden).says(long)
    programme.clock.forward(hours=1)
    assert not person.back(words).says("Short")


@pytest.mark.parametrize("text", ["က" * 3000, "ကျွန်တော်" * 900, "a" * 9000, "word " * 2000, "သ္သ" * 900])
def test_a_text_is_cut_between_syllables_and_within_the_bound(text):
    (shown,), cut = begun([text])
    kept = shown.removesuffix(" …")
    assert cut and text.startswith(kept) and len(shown.encode()) <= MOST_AT_FIRST + 4
    following = text[len(kept)]
    assert unicodedata.category(following)[0] != "M" and kept[-1] != "\u1039"
    assert len(kept.encode()) > MOST_AT_FIRST / 2


def test_texts_that_fit_are_shown_whole():
    assert begun(["one", "two"]) == (["one", "two"], False) and begun([]) == ([], False)
    assert begun(["a" * MOST_AT_FIRST, "b"]) == (["a" * MOST_AT_FIRST], True)


@pytest.mark.parametrize("language", ["en", "my"])
def test_the_answer_to_words_typed_has_one_length_whatever_they_open(programme, person, told, language):
    words, folder = told
    who = Person(person.client, language)
    lengths = {"wrong": len(who.back(reversed(words)).response.content)}
    lengths["nothing new"] = len(who.back(words).response.content)
    long = "ခဏစောင့်ပါ။ " * 200 if language == "my" else "Wait a little. " * 300
    from_aye(
        programme, folder, ConsentAsked(purposes=("share",)), CaseOpened(cover=b"c" * 32),
        Agreement(next_due=programme.door.now + DAY, every_hours=24),
        *(Message(text=text, language=language) for text in ("x", "y", long)),
    )  # fmt: skip
    lengths["much"] = len(who.back(words).response.content)
    programme.clock.forward(hours=30)
    lengths["missed"] = len(who.back(words).response.content)
    print(lengths)
    assert set(lengths.values()) == {OF_A_POST}


# Each purpose is taken back by itself


def test_one_purpose_is_taken_back_and_the_others_stand(programme, person, told):
    page, folder = asked(programme, person, told)
    page = person.post("agree", page.hidden, adult="yes")
    page = person.post("agree", page.hidden, answer="yes")
    page = person.post("agree", page.hidden, answer="yes")
    agreed = person.post("agreed", page.hidden)
    assert agreed.text.count('formaction="/en/withdraw/"') == 2
    back = person.post("withdraw", agreed.hidden, purpose="share")
    assert back.says("You took it back.") and back.text.count('formaction="/en/withdraw/"') == 1
    state = at_aye(programme, folder)
    assert state.agreed("service") and not state.agreed("share")
    for hostile in ("share", "figures", "x", ""):
        assert not person.post("withdraw", agreed.hidden, purpose=hostile).says("You took it back.")
    assert at_aye(programme, folder).agreed("service")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("check", {"how": "ok"}),
        ("agree", {"purpose": "service", "adult": "yes", "answer": "yes"}),
        ("part", {"sure": "1"}),
        ("close", {"sure": "1"}),
    ],
)
def test_what_could_not_be_kept_is_said_and_the_page_stays(programme, person, told, monkeypatch, path, data):
    from django.db import OperationalError

    words, folder = told
    from_aye(programme, folder, ConsentAsked(purposes=("service",)))
    inside = person.back(words)
    before = programme.hub.counts()

    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "add", full)
        page = person.post(path, inside.hidden, **data)
    assert page.status == 503 and page.says("This could not be kept just now")
    assert programme.hub.counts() == before
    assert person.post(path, inside.hidden, **data).status == 200
    assert programme.hub.counts() != before


def test_an_answer_is_shown_also_when_its_reading_cannot_be_noted(programme, person, told, monkeypatch):
    words, folder = told
    from_aye(programme, folder, Message(text="You are heard", language="en"))
    with monkeypatch.context() as broken:
        broken.setattr(Visit, "_append", lambda *_: (_ for _ in ()).throw(_fault()))
        assert person.back(words).says("You are heard")
    programme.clock.forward(hours=1)
    assert person.back(words).says("You are heard")


def _fault():
    from banyan.sealing.faults import Damaged

    return Damaged("not now")
