"""Letters of other desks: one tap each, answered where only those who asked read it; and what must not happen."""

import pytest
from django.db import OperationalError

from banyan.cases.folders.conversation import Agreement, ConsentAsked, Letter, Message
from banyan.cases.folders.support import Entered, Line
from banyan.cases.testing import Programme
from banyan.cases.visit import Visit
from banyan.doors.front.tests.conftest import Person
from banyan.doors.front.tests.mail import MEMBERS, Mail
from banyan.folders.store import Store
from banyan.house.serving.even import OF_A_POST
from banyan.sealing import boxes
from banyan.sealing.keys import Keys

DAY = 86_400_000
NAMES = Letter(text="Please tell us your name", language="en")
WAY = Letter(text="Wait for the second word, then walk north", language="en")
UNICODE, ZAWGYI = "အောင်ကျော်ဇော်မြင့်", "ေအာင္ေက်ာ္ေဇာ္ျမင့္"


@pytest.fixture
def programme(tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        made = Programme(tmp_path, MEMBERS)
        yield made
        made.close()


@pytest.fixture
def post(programme, person):
    """Somebody who wrote: their words, and the mail that they get."""
    words, _ = person.tell("I want to leave")
    person.words = words
    return Mail(programme)


def line_of(page, words):
    """The name of the letter behind a line of the page."""
    before = page.text.partition(f">{words}")[0]
    return before.rpartition('value="')[2].partition('"')[0]


def open_letter(person, words="Those who check ask you something"):
    inside = person.back(person.words)
    return person.post("letter", inside.hidden, letter=line_of(inside, words))


# At first only by whom


@pytest.mark.parametrize("language", ["en", "my"])
def test_with_many_letters_and_a_long_answer_the_page_is_as_long_as_ever(person, post, language):
    for kind in ("names", "question", "bed", "bed", "money"):
        post.write(kind, Letter(text="x", language="en", payment=b"p" * 32 if kind == "money" else None))
    post.write("word", Letter(due=post.programme.door.now + DAY, every_hours=12))
    post.aye.write(post.folder, Agreement(next_due=post.programme.door.now + DAY, every_hours=24))
    post.aye.write(post.folder, ConsentAsked(purposes=("share",)))
    post.aye.write(post.folder, Message(text="ခဏစောင့်ပါ။ " * 200, language="my"))
    post.programme.carry()
    post.programme.clock.forward(hours=30)
    page = Person(person.client, language).back(person.words)
    assert all(page.says(f'formaction="/{language}/{path}/"') for path in ("letters", "news"))
    assert len(page.response.content) == OF_A_POST


def test_at_first_only_how_many_letters_wait_and_by_whom(person, post):
    post.write("names", NAMES)
    post.write("bed", Letter(text="A bed near the river", language="en"))
    inside = person.back(person.words)
    assert inside.says("2 letters wait for you")
    assert inside.says("Those who check ask you something") and inside.says(
        "Those who find a bed wrote to you"
    )
    assert "river" not in inside.text and "your name" not in inside.text
    bed = person.post("letter", inside.hidden, letter=line_of(inside, "Those who find a bed"))
    assert bed.says("A bed near the river") and not bed.says("Please tell us")
    after = person.post("inside", bed.hidden)
    assert after.says("1 letter waits for you") and not after.says("Those who find a bed")
    assert len(post.talk().opened) == 1
    every = person.post("letters", after.hidden)
    assert every.says("Those who find a bed wrote to you") and "river" not in every.text


def test_a_letter_is_opened_once_and_does_not_hide_what_intake_wrote(person, post):
    from banyan.cases.folders.conversation import Message

    post.write("bed", Letter(text="A bed", language="en"))
    inside = person.back(person.words)
    post.aye.write(post.folder, Message(text="From intake", language="en"))
    post.programme.carry()
    for _ in range(2):
        person.post("letter", inside.hidden, letter=line_of(inside, "Those who find a bed"))
    assert len([one for one in post.talk().said if one.kind == "read"]) == 1
    post.programme.clock.forward(hours=1)
    assert person.back(person.words).says("From intake")


# Names


def test_names_reach_those_who_check_and_intake_sees_only_that_there_is_an_answer(person, post, bell):
    post.write("names", NAMES)
    page = open_letter(person)
    assert page.says("Please tell us your name") and page.says("Intake does not see it.")
    bell.rung.clear()
    sent = person.post("letter", page.hidden, given=" Min  Min Latt", words="From the hills", send="1")
    assert sent.says("Those who check get your name") and "Min Min Latt" not in sent.text
    assert bell.rung == [(("Ei",), False)]
    for name in ("Ei", "Gyi"):
        ((_, told),) = post.told("identity", name).told
        assert (told.given, told.romanised, told.words) == ("Min Min Latt", "Min Min Latt", "From the hills")
    assert [one.said for _, one in post.talk().answered] == [""]
    assert post.aye.history(post.part("identity")) is None
    assert person.post("inside", sent.hidden).says("Nothing new yet")


def test_the_same_nonce_twice_is_once_and_a_corrected_name_is_sent_too(person, post):
    post.write("names", NAMES)
    page = open_letter(person)
    for given in ("Min Lat", "Min Lat", "Min Latt", "Min Latt"):
        assert person.post("letter", page.hidden, given=given, send="1").says("Those who check get your name")
    assert [told.given for _, told in post.told("identity").told] == ["Min Lat", "Min Latt"]


def test_zawgyi_is_recognised_and_what_was_typed_is_kept(person, burmese, post):
    post.write("names", NAMES)
    page = open_letter(person)
    burmese.post("letter", page.hidden, given=ZAWGYI, romanised="Aung Kyaw Zaw Myint", send="1")
    ((_, told),) = post.told("identity").told
    assert told.given == ZAWGYI and told.zawgyi == "converted" and told.burmese == UNICODE
    assert told.romanised == "Aung Kyaw Zaw Myint"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"given": ""}, "Write your name here"),
        ({"given": "  ...  "}, "A name has at least one letter"),
        ({"given": "က" * 201}, "A name has at least one letter, and at most 200 signs."),
        ({"given": "Min", "romanised": "မင်း"}, "This is not in Latin letters"),
        ({"given": "Min", "words": "w" * 2001}, "This is longer than we can take at once."),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_nothing_typed_is_lost(person, post, typed, fault):
    post.write("names", NAMES)
    page = person.post("letter", open_letter(person).hidden, send="1", **typed)
    assert page.status == 422 and page.says("Not sent yet") and page.says(fault)
    assert all(text.strip() in page.text for text in typed.values())
    assert post.talk().answered == [] and post.told("identity").told == []
    assert person.post("letter", page.hidden, given="Min", send="1").status == 200


def test_the_other_language_keeps_what_is_typed(person, burmese, post):
    post.write("names", NAMES)
    page = open_letter(person)
    there = burmese.post("letter", page.hidden, given="Min Latt", words="From the hills")
    assert (
        there.says('value="Min Latt"')
        and there.says("From the hills")
        and not there.says("Not sent yet")
        and 'class="error"' not in there.text
    )
    sent = person.post("letter", there.hidden, given="Min Latt", send="1")
    anew = person.post("letter", sent.hidden, anew="1")
    assert burmese.post("letter", anew.hidden, given="Min Lat").says('value="Min Lat"')


def test_a_question_is_answered_in_own_words(person, post):
    post.write("question", Letter(text="When did you join?", language="en"))
    page = open_letter(person)
    assert 'name="given"' not in page.text
    assert person.post("letter", page.hidden, words=" ", send="1").says("Nothing is written here yet.")
    person.post("letter", page.hidden, words="Ten years ago", send="1")
    assert [told.words for _, told in post.told("identity").told] == ["Ten years ago"]


# The way


def test_a_yes_can_be_turned_to_no_later_from_the_same_place(person, post, bell):
    post.write("way", WAY)
    page = open_letter(person, "Those who plan your way")
    assert page.says("walk north") and page.says("You can say no at any time, also later.")
    yes = person.post("letter", page.hidden, send="yes")
    assert yes.says("You agreed to go") and post.told("cover").says is True
    inside = person.post("inside", yes.hidden)
    assert inside.says("Nothing new yet")
    every = person.post("letters", inside.hidden)
    again = person.post("letter", every.hidden, letter=line_of(every, "Those who plan your way"))
    assert again.says("You agreed to go") and again.says("No, I do not go")
    for _ in range(2):
        no = person.post("letter", again.hidden, send="no")
    assert no.says("You said no") and post.told("cover").says is False
    old = person.post("letter", page.hidden, send="yes")
    assert old.says("You said no"), "an old yes, sent again, is the same yes"
    state = post.told("cover")
    assert state.says is False and len(state.answers) == 2
    assert [one.said for _, one in post.talk().answered] == ["yes", "no"]
    person.post("letter", no.hidden, send="yes")
    assert post.told("cover").says is True


def test_a_yes_to_an_older_plan_is_no_yes_to_the_new_one_but_a_no_is_heard(person, post):
    post.write("way", WAY)
    old = open_letter(person, "Those who plan your way")
    post.write("way", Letter(text="Now walk south", language="en"))
    page = person.post("letter", old.hidden, send="yes")
    assert page.says("There is a newer letter about your way.") and post.told("cover").answers == []
    newer = person.post("letter", page.hidden, letter=line_of(page, "Open the newer letter"))
    assert newer.says("Now walk south")
    person.post("letter", newer.hidden, send="yes")
    person.post("letter", old.hidden, send="no")
    assert post.told("cover").says is False


def test_an_answer_to_a_slot_of_before_a_hand_over_still_arrives(person, post):
    post.write("way", WAY)
    post.programme.desks["Aye"].hand_over(post.part("cover"), [post.member("Khin")])
    post.programme.carry()
    person.post("letter", open_letter(person, "Those who plan your way").hidden, send="no")
    assert post.told("cover", "Khin").says is False


# Word on the way


def test_word_on_the_way_with_when_it_is_due_and_missed_said_as_missed(person, post, bell):
    now = post.programme.door.now
    post.write("word", Letter(text="Write when you can", language="en", due=now + DAY, every_hours=12))
    inside = person.back(person.words)
    assert inside.says("We look for your word until Tuesday 3 March, 15:30.")
    page = open_letter(person, "Those who plan your way wait")
    assert person.back(person.words).says("Nothing new yet")
    post.programme.clock.forward(hours=25)
    late = person.back(person.words)
    assert late.says("You were expected Tuesday 3 March, 15:30.") and late.says("1 letter waits")
    bell.rung.clear()
    well = person.post("letter", page.hidden, send="ok")
    assert well.says("We know that you are well") and well.says("until Wednesday 4 March, 03:30.")
    person.post("letter", page.hidden, send="ok")
    assert bell.rung == [(("Kyi",), False)]
    bad = person.post("letter", well.hidden, send="not_ok")
    assert (
        bad.says("We have heard you") and (("Aye", "Ba"), True) in bell.rung and (("Kyi",), True) in bell.rung
    )
    post.programme.clock.forward(minutes=5)
    there = person.post("letter", bad.hidden, send="arrived")
    assert there.says("You have arrived") and not there.says("We look for your word")
    assert [word.how for _, word in post.told("passage").words] == ["ok", "not_ok", "arrived"]
    assert [one.said for _, one in post.talk().answered] == ["ok", "not_ok", "arrived"]
    assert not person.post("inside", there.hidden).says("Those who plan your way")
    assert person.post("letter", there.hidden, send="surrender").status == 200
    assert len(post.told("passage").words) == 3


# Money


def test_the_word_of_the_money_goes_to_those_who_see_to_it_and_the_table_says_so(person, burmese, post):
    entered = Entered(
        run=b"r" * 16, month="2026-03", lines=(Line(code="base", amount=250000),), rules_currency="THB",
        due=250000, currency="THB", rate="1", rate_source="same", rate_day="2026-03-02",
        payer=post.programme.keys["San"].id,
    )  # fmt: skip
    name = post.programme.desks["Oo"].write(post.part("support"), entered)
    post.write("money", Letter(amount=250000, currency="THB", month="2026-03", payment=name))
    post.write("money", Letter(amount=1, currency="???", month="soon", payment=name))
    page = open_letter(person, "Those who see to the money")
    assert (
        page.says("2,500 baht")
        and page.says("For March 2026.")
        and page.says("We cannot check the word here.")
    )
    assert burmese.post("letter", page.hidden).says("၂,၅၀၀")
    empty = person.post("letter", page.hidden, word="", send="1")
    assert empty.status == 422 and empty.says("Write the word here.")
    long = person.post("letter", page.hidden, word="w" * 61, send="1")
    assert long.status == 422 and long.says("It is one word only.") and "w" * 61 in long.text
    sent = person.post("letter", page.hidden, word="River ", send="1")
    assert sent.says("You said that you have it")
    again = person.post("letter", person.post("letter", sent.hidden, anew="1").hidden, word="lake", send="1")
    assert again.says("You said that you have it")
    state = post.told("support", "San")
    assert state.payments[name].doubtful and len(state.refused) == 2, "nobody had said that it was paid"
    assert [one.said for _, one in post.talk().answered] == ["", ""]
    table = person.post("money", again.hidden)
    assert table.says("March 2026") and table.says("2,500 baht") and table.says("Yes, you said so")
    assert table.says("Not said yet") and table.text.count("<tr>") == 3
    assert not table.says("River")


# What must not happen


def test_a_letter_that_is_not_there_is_said_alike_whoever_has_it(person, post):
    post.write("names", NAMES)
    mine = open_letter(person)
    stranger = Person(person.client)
    words, _ = stranger.tell("Me too")
    inside = stranger.back(words)
    pages = [
        stranger.post("letter", inside.hidden, letter=name, send="1", given="Min")
        for name in (mine.hidden["letter"], "00" * 32, "no hex", "")
    ]
    assert all(page.says("This letter is not here.") and not page.says("Please tell us") for page in pages)
    assert len({len(page.text) for page in pages}) == 1
    assert post.talk().answered == [] and post.told("identity").told == []
    assert person.post("letter", code="ff", letter="00").says("Come back with my words")


def test_a_letter_that_does_not_open_or_is_not_its_authors_to_write_harms_nothing(person, post):
    slot = post.aye.slot(post.folder)
    stranger = boxes.seal_drop(Keys.generate().public, folder=slot.folder, epoch=slot.epoch, plaintext=b"x")
    own = boxes.seal_drop(
        post.aye.person(post.folder), folder=slot.folder, epoch=slot.epoch, plaintext=b"\xff"
    )
    for sealed in (b"", b"BNY1", stranger, stranger[:-1], own):
        post.drop("names", sealed, None, "Ei")
    post.drop("money", post.sealed(Letter(text="Pay us", language="en")), None, "Ei")
    inside = person.back(person.words)
    assert inside.status == 200 and inside.says("Your message is with us") and not inside.says("Those who")
    every = person.post("letters", inside.hidden)
    assert every.says("A letter does not open here.") and "Pay us" not in every.text
    post.write("names", NAMES)
    assert open_letter(person).says("Please tell us your name")


def test_a_letter_that_takes_no_answer_says_so_and_takes_none(person, post):
    post.write("way", WAY, takes=False)
    page = open_letter(person, "Those who plan your way")
    assert page.says("This letter takes no answer.") and "I agree to go" not in page.text
    assert person.post("letter", page.hidden, send="yes").status == 200
    assert post.talk().answered == []


@pytest.mark.parametrize(
    ("kind", "typed"), [("names", {"given": "Min Latt", "send": "1"}), ("way", {"send": "yes"})]
)
def test_what_could_not_be_kept_is_said_and_nothing_of_it_stays(person, post, monkeypatch, kind, typed):
    post.write(kind, WAY)
    words = "Those who check" if kind == "names" else "Those who plan"
    page = open_letter(person, words)
    add, calls = Store.add, []

    def full(store, datas):
        calls.append(1)
        if len(calls) > 1:  # the conversation's own entry was written; the drop is what fails
            raise OperationalError("database or disk is full")
        return add(store, datas)

    with monkeypatch.context() as broken:
        broken.setattr(Store, "add", full)
        failed = person.post("letter", page.hidden, **typed)
    assert failed.status == 503 and failed.says("This could not be kept just now") and len(calls) == 2
    assert typed.get("given", "") in failed.text and not failed.says("You agreed to go")
    assert post.talk().answered == []
    assert person.post("letter", page.hidden, **typed).status == 200
    assert len(post.talk().answered) == 1


def test_opening_goes_on_when_it_cannot_be_noted(person, post, monkeypatch):
    post.write("names", NAMES)
    inside = person.back(person.words)
    with monkeypatch.context() as broken:
        broken.setattr(Visit, "post", lambda *_: (_ for _ in ()).throw(OperationalError("full")))
        page = person.post("letter", inside.hidden, letter=line_of(inside, "Those who check"))
    assert page.says("Please tell us your name")


def test_no_page_of_letters_has_a_title_an_address_or_a_script_that_tells(person, post):
    post.write("names", NAMES)
    post.write("money", Letter(amount=100, currency="THB", month="2026-03", payment=b"p" * 32))
    inside = person.back(person.words)
    open_letter(person)
    open_letter(person, "Those who see to the money")
    for path in ("letters", "money"):
        person.post(path, inside.hidden)
    for page in person.seen[-4:]:
        asked = page.response.request
        assert "<script" not in page.text and page.text.count("<title>Talk to us</title>") == 1
        assert not asked["QUERY_STRING"] and len(page.response.content) == OF_A_POST
        assert '<label for="in-my"' in page.text.split("</header>")[0] and page.size < 9_000
