"""A file at the door: cleaned before it is kept, marked where it cannot be, or refused; and accounts for a court."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from PIL import Image

from banyan.cases.attached import read_file
from banyan.cases.folders.file import LARGEST
from banyan.cases.folders.testimony import Testimony
from banyan.cleaning import Clean, sandboxed
from banyan.doors.front import actions, files, held
from banyan.folders.store import Store

SECRET = b"CANARY 16.8409N 96.1735E"


def photo() -> bytes:
    """A picture in which a phone hid where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "JPEG", exif=exif, comment=SECRET)
    return made.getvalue()


def written(programme, person):
    """Somebody who wrote; gives the words, and Aye's folder."""
    words, _ = person.tell("I want to leave")
    programme.carry()
    (folder,) = programme.desks["Aye"].held("conversation")
    return words, folder


def choose(person, words, data, **more):
    """Choose a file on its page, and send it; its name would tell who somebody is."""
    page = person.post("file", person.back(words).hidden)
    upload = SimpleUploadedFile("aung-aung-passport.jpg", data, "image/jpeg")
    return person.post("file", {**page.hidden, "file": upload, "send": "1"}, **more)


def send(person, words, data, **more):
    """The same; who is asked sends it as it is."""
    page = choose(person, words, data, **more)
    return person.post("file", page.hidden, as_it_is="1") if "held" in page.hidden else page


def kept(programme, folder, name="Aye"):
    programme.carry()
    return [said.document for said in programme.desks[name].conversation(folder).files]


@pytest.mark.skipif(not sandboxed(), reason="this system has no sandbox in which files could be cleaned")
def test_a_picture_reaches_intake_without_what_the_phone_hid_in_it(programme, person, bell):
    words, folder = written(programme, person)
    bell.rung.clear()
    assert SECRET in photo()
    assert send(person, words, photo()).says("We have your picture")
    (file,) = kept(programme, folder)
    data = read_file(programme.desks["Aye"], folder, file)
    assert file.cleaned and file.media_type == "image/jpeg" and SECRET not in data
    assert Image.open(io.BytesIO(data)).size == (40, 30) and bell.rung == [(("Aye", "Ba"), False)]
    every = b"".join(item.data for item in programme.hub.get(programme.hub.ids_for(None)))
    assert SECRET not in every and b"aung" not in every


BOX = b"PK\x03\x04 something in a box" * 20


@pytest.fixture
def holding(monkeypatch):
    """What is held while somebody is asked, with a clock to set."""
    now = [0.0]
    made = held.Held(lambda: now[0])
    made.now = now  # type: ignore[attr-defined]
    for module in (files, actions):
        monkeypatch.setattr(module, "held", lambda: made)
    return made


def test_what_cannot_be_cleaned_is_kept_only_once_the_person_says_so_and_marked(programme, person, holding):
    words, folder = written(programme, person)
    before = programme.hub.counts()
    asked = choose(person, words, BOX)
    assert asked.says("We could not make it harmless") and asked.says("Nothing of it is kept yet")
    assert asked.says("We cannot clean this kind of file") and asked.says("Do not send")
    assert programme.hub.counts() == before and kept(programme, folder) == []
    answer = person.post("file", asked.hidden, as_it_is="1")
    assert answer.says("We have your file") and answer.says("locked away as you sent it")
    (file,) = kept(programme, folder)
    assert not file.cleaned and file.media_type == "" and file.why == "unknown"
    assert read_file(programme.desks["Aye"], folder, file) == BOX
    assert person.post("file", asked.hidden, as_it_is="1").says("It came once")
    assert len(kept(programme, folder)) == 1


@pytest.mark.parametrize("why", ["too_slow", "broken", "no_sandbox", "too_large", "too_many_pixels"])
def test_a_picture_that_could_not_be_cleaned_is_not_kept_where_the_person_says_no(
    programme, person, holding, monkeypatch, why
):
    words, folder = written(programme, person)
    monkeypatch.setattr(files, "clean", lambda data: Clean("jpeg", why=why))
    asked = choose(person, words, photo())
    assert asked.says("It may still tell where and when it was made")
    assert person.post("file", asked.hidden, leave="1").says("Nothing of it was kept")
    assert person.post("file", asked.hidden, as_it_is="1").says("Choose it again below"), "it is gone"
    every = b"".join(item.data for item in programme.hub.get(programme.hub.ids_for(None)))
    assert kept(programme, folder) == [] and SECRET not in every


def test_the_question_is_asked_in_the_other_language_too_and_nothing_is_sent_by_that(
    programme, person, burmese, holding
):
    words, folder = written(programme, person)
    asked = choose(person, words, BOX)
    again = burmese.post("file", asked.hidden)
    assert again.hidden["held"] == asked.hidden["held"] and 'name="as_it_is"' in again.text
    assert kept(programme, folder) == []
    assert burmese.post("file", again.hidden, as_it_is="1").status == 200
    assert len(kept(programme, folder)) == 1


def test_a_file_that_waited_too_long_is_chosen_again_and_not_asked_about_again(programme, person, holding):
    words, folder = written(programme, person)
    asked = choose(person, words, BOX)
    assert person.post("file", {**asked.hidden, "held": "00" * 32}).says("Choose it again below")
    assert person.post("file", {**asked.hidden, "held": "no key"}).says("Choose it again below")
    holding.now[0] += held.SECONDS
    gone = person.post("file", asked.hidden, as_it_is="1")
    assert gone.status == 422 and gone.says("It is not here any more") and kept(programme, folder) == []
    form = {**gone.hidden, "file": SimpleUploadedFile("x", BOX), "send": "1"}
    assert person.post("file", form).says("We have your file")
    assert len(kept(programme, folder)) == 1


def test_only_so_much_waits_the_largest_go_first_and_erasing_lets_go(programme, person, holding, monkeypatch):
    monkeypatch.setattr(held, "MOST_BYTES", 3_000_000)
    keys = {code: holding.put(code, data, Clean("zip", why="unknown")) for code, data in (
        (b"small", BOX), (b"large", bytes(1_500_000)), (b"other", bytes(1_000_000)), (b"last", BOX * 2),
    )}  # fmt: skip
    left = {code for code, key in keys.items() if holding.get(code, key)}
    assert left == {b"small", b"other", b"last"}
    assert holding.get(b"small", keys[b"small"]) == (BOX, Clean("zip", why="unknown"))
    assert holding.get(b"small", keys[b"last"]) is None
    assert not any(BOX in piece for one in holding._files.values() for piece in one.pieces)
    words, _ = written(programme, person)
    asked = choose(person, words, BOX)
    person.post("close", asked.hidden, sure="1")
    assert holding.get(bytes.fromhex(asked.hidden["code"]), asked.hidden["held"]) is None


def test_an_unchanged_file_for_a_court_waits_for_the_answer_too(court, holding):
    programme, person = court
    words, folder = written(programme, person)
    asked = choose(person, words, BOX, original="1")
    assert asked.says("That also waits for your word")
    programme.carry()
    assert programme.desks["Zin"].held("testimony") == [] and kept(programme, folder) == []
    assert person.post("file", asked.hidden, as_it_is="1").says("locked away for a court")
    programme.carry()
    assert len(programme.desks["Zin"].held("testimony")) == len(kept(programme, folder)) == 1


def test_nothing_too_large_and_busy_are_said_and_nothing_is_kept(programme, person, monkeypatch):
    words, folder = written(programme, person)
    assert send(person, words, b"").says("Nothing was chosen")
    assert send(person, words, bytes(LARGEST + 1)).says("The file is too large")
    assert send(person, words, bytes(LARGEST + 2 * 1024 * 1024)).status == 413
    monkeypatch.setattr(files, "clean", lambda data: Clean("jpeg", why="busy"))
    assert send(person, words, photo()).says("Many files come at this moment")
    assert kept(programme, folder) == []


def test_a_file_that_the_disk_refuses_is_said_and_one_sent_twice_is_one(programme, person, monkeypatch):
    words, folder = written(programme, person)
    monkeypatch.setattr(files, "clean", lambda data: Clean("jpeg", data, "image/jpeg"))
    page = person.post("file", person.back(words).hidden)
    form = {**page.hidden, "send": "1"}

    def again():
        return person.post("file", {**form, "file": SimpleUploadedFile("x", photo())})

    with monkeypatch.context() as broken:
        broken.setattr(Store, "once", lambda *_: (_ for _ in ()).throw(OperationalError("disk full")))
        refused = again()
    assert refused.status == 503 and refused.says("It could not be kept here just now")
    assert again().says("We have your picture") and again().says("It came once")
    assert len(kept(programme, folder)) == 1


def test_without_a_conversation_a_file_finds_the_first_page(programme, person):
    code = person.post("words").hidden
    upload = SimpleUploadedFile("x.jpg", photo())
    assert person.post("file", {**code, "file": upload, "send": "1"}).says("We are here to listen to you")


def test_the_unchanged_file_goes_to_testimony_alone_and_only_if_the_person_says_so(court):
    programme, person = court
    words, folder = written(programme, person)
    assert send(person, words, photo()).status == 200
    programme.carry()
    zin, aye = programme.desks["Zin"], programme.desks["Aye"]
    assert zin.held("testimony") == []
    assert send(person, words, photo() + b"more", original="1").says("locked away for a court")
    programme.carry()
    (box,) = zin.held("testimony")
    left = zin.state(box, Testimony)
    (part,) = left.files
    assert read_file(zin, box, part.document) == photo() + b"more" and left.agreed("keep")
    assert aye.held("testimony") == [] and aye.store.known(part.document.pieces) == set()
    assert len(kept(programme, folder)) == 2


# An account for a court


def test_nobody_keeps_testimony_so_nothing_is_asked(programme, person):
    words, _ = written(programme, person)
    page = person.post("apart", person.back(words).hidden)
    assert page.says("Nobody here keeps testimony now") and 'value="write"' not in page.text
    assert not person.post("file", page.hidden).says("locked away for a court")


def test_an_account_needs_its_first_yes_is_kept_for_testimony_alone_and_never_shown_again(court):
    programme, person = court
    words, _ = written(programme, person)
    page = person.post("apart", person.back(words).hidden)
    assert page.says("We help you in the same way if you do not")
    form = person.post("apart", page.hidden, step="write")
    refused = person.post("apart", form.hidden, account="I saw it happen", send="1")
    assert refused.status == 422 and refused.says("Without this we cannot keep it")
    assert "I saw it happen" in refused.text
    done = person.post(
        "apart", form.hidden, account="I saw it happen", keep="on", investigators="on", send="1"
    )
    assert done.says("Your account is locked away") and "I saw it happen" not in done.text
    again = person.post("apart", person.back(words).hidden)
    assert again.says("You left an account for a court") and "I saw it happen" not in again.text
    programme.carry()
    zin = programme.desks["Zin"]
    (box,) = zin.held("testimony")
    left = zin.state(box, Testimony)
    assert [part.document.text for part in left.accounts] == ["I saw it happen"]
    assert [left.agreed(use) for use in ("keep", "investigators", "open_court")] == [True, True, False]
    assert programme.desks["Aye"].held("testimony") == []


def test_who_erases_everything_erases_what_they_left_for_a_court_too(court):
    programme, person = court
    words, _ = written(programme, person)
    page = person.post("close", person.back(words).hidden)
    assert not page.says("What you left for a court goes too")
    form = person.post("apart", page.hidden, step="write")
    person.post("apart", form.hidden, account="I saw", keep="on", send="1")
    programme.carry()
    assert len(programme.desks["Zin"].held("testimony")) == 1
    page = person.post("close", person.back(words).hidden)
    assert page.says("What you left for a court goes too")
    assert person.post("close", page.hidden, sure="1").says("Everything is erased here")
    programme.carry()
    assert programme.desks["Zin"].held("testimony") == programme.desks["Aye"].held("conversation") == []


def test_a_use_is_taken_back_and_the_account_is_erased(court):
    programme, person = court
    words, folder = written(programme, person)
    form = person.post("apart", person.back(words).hidden, step="write")
    page = person.post("apart", form.hidden, account="I saw", keep="on", investigators="on", send="1")
    page = person.post("apart", page.hidden, change="investigators no")
    programme.carry()
    zin = programme.desks["Zin"]
    (box,) = zin.held("testimony")
    assert not zin.state(box, Testimony).agreed("investigators")
    assert person.post("apart", page.hidden, step="erase").says("This cannot be undone")
    assert zin.held("testimony") == [box]
    assert person.post("apart", page.hidden, step="erase", sure="1").says("Your account is erased here")
    programme.carry()
    assert zin.held("testimony") == [] and programme.desks["Aye"].held("conversation") == [folder]
