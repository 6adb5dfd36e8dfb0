"""What one code may leave before somebody answers: enough for a person, too little to fill a hub for the others."""

import re
import secrets

import pytest

from banyan.cases import allowance
from banyan.cases.folders.conversation import Answered, CheckIn, Consent, ConsentAsked, Message, Read
from banyan.cases.folders.testimony import Account, Agreed
from banyan.cleaning import Clean
from banyan.doors.front import files
from banyan.doors.front.tests.test_files import send, written
from banyan.folders.quota import FOR_LONG, NoRoom
from banyan.house.testing import look, served, window

LONG = "It is a long story. " * 200
MUCH = "You have written much, and it still waits for us"


def visit_of(programme, person, words):
    return programme.door.visit(bytes.fromhex(person.back(words).hidden["code"]))


def write_on(person, words, text, **more):
    """Write again, from the page inside."""
    form = person.post("write", person.back(words).hidden)
    return form, person.post("write", form.hidden, message=text, send="1", **more)


def use_up(visit) -> None:
    """All the messages that somebody may leave before an answer."""
    while (
        allowance.so_far(visit.history, visit.door.now).documents < allowance.BEFORE["conversation"].documents
    ):
        visit.post(secrets.token_bytes(16), Message(text="again", language="en"))


def fill(programme, monkeypatch, more: int = 0) -> None:
    monkeypatch.setenv("BANYAN_ROOM", str(programme.hub.quota.used() + more))


def answered(programme, folder, name="Aye") -> None:
    programme.carry()
    programme.desks[name].write(folder, Message(text="We hear you", language="en"))
    programme.carry()
    programme.clock.forward(minutes=1)


def test_who_wrote_very_much_keeps_their_text_and_still_reaches_us_in_short(programme, person):
    words, folder = written(programme, person)
    use_up(visit_of(programme, person, words))
    programme.clock.forward(hours=2)
    form, page = write_on(person, words, LONG, danger="yes")
    assert page.status == 503 and page.says(MUCH) and page.says(LONG.strip())
    assert (
        re.search(r'value="yes"[^>]* checked', page.text) and page.hidden == form.hidden
    )  # nothing that was typed is lost
    for _ in range(allowance.FEW):
        _, page = write_on(person, words, "I am in danger now", danger="yes")
        assert page.status == 200 and page.says("We have your message")
    assert write_on(person, words, "and again")[1].says(MUCH)
    programme.clock.forward(hours=1)
    assert write_on(person, words, "and again")[1].says("We have your message")
    _, other = person.tell(LONG, danger="yes")
    assert other.says("We have your message")  # nobody else is touched
    answered(programme, folder)
    assert write_on(person, words, LONG)[1].says("We have your message")


def test_what_was_sent_twice_is_still_once_when_all_is_used_up(programme, person):
    words, _ = written(programme, person)
    form, page = write_on(person, words, LONG)
    use_up(visit_of(programme, person, words))
    again = person.post("write", form.hidden, message=LONG, send="1")
    assert page.status == again.status == 200 and again.says("It came once")


def test_a_fourth_file_waits_for_an_answer_and_words_do_not(programme, person, monkeypatch):
    monkeypatch.setattr(files, "clean", lambda data: Clean("zip", why="unknown"))
    words, folder = written(programme, person)
    for number in range(3):
        assert send(person, words, b"PK %d" % number).says("We have your file")
    page = send(person, words, b"PK 4")
    assert page.status == 503 and page.says("You have sent many files, and they still wait for us")
    assert write_on(person, words, LONG)[1].says("We have your message")
    answered(programme, folder)
    assert send(person, words, b"PK 4").says("We have your file")
    for number in range(allowance.AFTER.files - 1):
        assert send(person, words, b"PK more %d" % number).says("We have your file")
    assert send(person, words, b"PK too many").says("You have sent many files")


def test_one_code_leaves_room_for_whoever_is_in_danger(programme, person, monkeypatch):
    """Files and long texts of one code, as many as it is let: far from what fills even a small hub."""
    monkeypatch.setattr(files, "clean", lambda data: Clean("zip", why="unknown"))
    words, _ = written(programme, person)
    fill(programme, monkeypatch, 9_000_000)
    for number in range(10):
        send(person, words, b"PK %d" % number + bytes(200_000))
    visit = visit_of(programme, person, words)
    for _ in range(60):
        try:
            visit.post(secrets.token_bytes(16), Message(text="ကြ" * 10_000, language="my"))
        except NoRoom:
            break
    _, page = person.tell("I am in danger now", danger="yes")
    assert page.says("We have your message")
    _, page = person.tell(LONG)
    assert page.says("We have your message")


def test_the_last_of_the_room_is_for_short_words_and_for_whom_intake_has_answered(
    programme, person, monkeypatch
):
    known, folder = written(programme, person)
    answered(programme, folder)
    used = programme.hub.quota.used()
    monkeypatch.setenv("BANYAN_ROOM", str(int(used / FOR_LONG) - 1))
    form = person.form()
    page = person.post("write", form.hidden, message=LONG, danger="yes", send="1")
    assert page.status == 503 and page.says("keep it for short texts") and page.says(LONG.strip())
    assert person.post("write", page.hidden, message="I am in danger", send="1").says("We have your message")
    assert write_on(person, known, LONG)[1].says("We have your message")
    fill(programme, monkeypatch)
    page = person.tell("I am in danger")[1]
    assert page.status == 503 and page.says("could not be kept here just now")


def test_signs_of_life_and_a_no_are_taken_in_a_full_hub_and_all_else_is_counted(
    programme, person, monkeypatch
):
    words, folder = written(programme, person)
    answered(programme, folder)
    programme.desks["Aye"].write(folder, ConsentAsked(purposes=("service",)))
    programme.carry()
    visit = visit_of(programme, person, words)
    fill(programme, monkeypatch)
    for heavy in (
        Message(text="one more", language="en"), Consent(purpose="service", given=True), Answered(letter=bytes(32)),
    ):  # fmt: skip
        with pytest.raises(NoRoom):
            visit.post(secrets.token_bytes(16), heavy)
    for light in (CheckIn(how="not_ok"), Read(), Consent(purpose="service", given=False)):
        assert visit.post(secrets.token_bytes(16), light).new
    used = programme.hub.quota.used()
    with pytest.raises(NoRoom):
        for _ in range(allowance.SIGNS + 1):
            visit.post(secrets.token_bytes(16), Read())
    assert programme.hub.quota.used() - used < 200_000
    programme.clock.forward(hours=1)
    assert visit.post(secrets.token_bytes(16), CheckIn(how="ok")).new


def test_accounts_for_a_court_have_their_room_and_no_more(court, monkeypatch):
    programme, person = court
    words, _ = written(programme, person)
    left = programme.door.testimony(bytes.fromhex(person.back(words).hidden["code"]))
    left.post(bytes(16), Agreed(purpose="keep", given=True), Account(text="What I saw", language="en"))
    fill(programme, monkeypatch)
    used = programme.hub.quota.used()
    for document in (Account(text=LONG, language="en"), Agreed(purpose="open_court", given=True)):
        with pytest.raises(NoRoom):
            left.post(secrets.token_bytes(16), document)
    assert programme.hub.quota.used() == used and len(left.left.accounts) == 1
    assert left.post(secrets.token_bytes(16), Agreed(purpose="keep", given=False)).new
    monkeypatch.delenv("BANYAN_ROOM")
    monkeypatch.setitem(allowance.BEFORE, "testimony", allowance.Allowance(4, 1))
    form = person.post("apart", person.back(words).hidden, step="write")
    sent = {"account": LONG, "keep": "on", "send": "1"}
    assert person.post("apart", form.hidden, **sent).says("Your account is locked away")
    form = person.post("apart", person.back(words).hidden, step="write")
    page = person.post("apart", form.hidden, **sent)
    assert page.status == 503 and page.says(MUCH) and page.says(LONG.strip())


@pytest.mark.browser
@pytest.mark.parametrize("language", ["my", "en"])
def test_it_is_said_kindly_on_a_small_screen(browser, programme, person, language, monkeypatch):
    monkeypatch.setattr(files, "clean", lambda data: Clean("zip", why="unknown"))
    words, _ = written(programme, person)
    wrong = []
    use_up(visit_of(programme, person, words))
    programme.clock.forward(hours=2)
    for number in range(3):
        send(person, words, b"PK %d" % number)
    with served() as start, window(browser, language, 360) as page:
        page.goto(f"{start}/{language}/back/")
        page.fill("[name=words]", " ".join(words))
        page.click("button[name=open]")
        page.locator("button[formaction$='/write/']").first.click()
        page.fill("[name=message]", LONG)
        page.click("button[name=send]")
        wrong += look(page, f"door-too-much-{language}")
        assert page.input_value("[name=message]").strip() == LONG.strip()
        page.locator("button[formaction$='/inside/']").first.click()
        page.locator("button[formaction$='/more/']").first.click()
        page.locator("button[formaction$='/file/']").first.click()
        page.set_input_files("[name=file]", {"name": "a", "mimeType": "image/jpeg", "buffer": b"PK 4"})
        page.click("button[name=send]")
        wrong += look(page, f"door-too-many-files-{language}")
    assert [one for one in wrong if 'class="skip"' not in one] == []
