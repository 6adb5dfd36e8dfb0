"""Files and testimony: who opens them, what travels by itself, what is gone when it is erased."""

import secrets

import pytest

from banyan.cases.attached import missing, read_file, want
from banyan.cases.folders.conversation import Conversation, Message
from banyan.cases.folders.file import LARGEST, File, NotHereYet
from banyan.cases.folders.testimony import Account, Agreed, Custody, Testimony
from banyan.cases.testing import Programme
from banyan.cases.visit import NobodyKeepsTestimony, NothingHere
from banyan.folders import union
from banyan.folders.given import given
from banyan.folders.items import Sort
from banyan.folders.peers import LocalPeer
from banyan.folders.seats import Seat
from banyan.sealing import boxes, codes
from banyan.sealing.faults import Damaged, NotForUs, UnknownFormat

PARTS = ("person", "testimony")
SMALL, LARGE = b"a picture " * 100, secrets.token_bytes(9 * 1024 * 1024)


def nonce() -> bytes:
    return secrets.token_bytes(16)


@pytest.fixture
def written(programme):
    """A code whose owner has written, and the folder at both desks of intake."""
    code = codes.new_code()
    programme.door.visit(code).post(nonce(), Message(text="help", language="en"))
    programme.carry()
    return programme, code, programme.door.visit(code).history.folder


def send(programme, code, data, mark=None, cleaned=True):
    return programme.door.visit(code).attach(
        mark or nonce(), data, kind="jpeg", media_type="image/jpeg" if cleaned else "", cleaned=cleaned,
        why="" if cleaned else "broken",
    )  # fmt: skip


def files(desk, folder) -> list[File]:
    return [said.document for said in desk.conversation(folder).files]


def test_a_small_file_travels_with_the_conversation_and_opens_for_intake_alone(written):
    programme, code, folder = written
    mark = nonce()
    assert send(programme, code, SMALL, mark).new and not send(programme, code, SMALL, mark).new
    programme.carry()
    aye, chit = programme.desks["Aye"], programme.desks["Chit"]
    (file,) = files(aye, folder)
    assert read_file(aye, folder, file) == SMALL and missing(aye, file) == ()
    assert chit.store.known(file.pieces) == set() and chit.history(folder) is None
    assert aye.conversation(folder).waiting_since is not None
    with pytest.raises(NotHereYet):
        read_file(aye, bytes(32), file)  # a piece is of its own folder and of no other


def test_large_pieces_stay_at_the_hub_until_somebody_asks_for_them(written):
    programme, code, folder = written
    send(programme, code, LARGE)
    programme.carry()
    aye = programme.desks["Aye"]
    (file,) = files(aye, folder)
    assert len(file.pieces) == 3 and missing(aye, file)
    with pytest.raises(NotHereYet) as lacks:
        read_file(aye, folder, file)
    assert lacks.value.lacking == missing(aye, file)
    want(aye, file)
    for stranger in (programme.desks["Chit"].keys.id, aye.keys.id):
        list(union.pull_wanted(aye.store, LocalPeer(programme.hub, stranger), aye.wanted))
        assert bool(missing(aye, file)) is bool(aye.wanted) is (stranger != aye.keys.id)
    assert read_file(aye, folder, file) == LARGE
    here, there = given(aye.store, aye.keys.id), given(programme.hub, aye.keys.id)
    assert here.summary == there.summary and list(here.ids) == aye.store.ids_for(aye.keys.id)


def test_a_changed_piece_is_refused_and_one_of_another_file_does_not_pass(written):
    programme, code, folder = written
    send(programme, code, SMALL)
    send(programme, code, SMALL[:-1])
    programme.carry()
    aye = programme.desks["Aye"]
    one, other = files(aye, folder)
    item = aye.store.get(one.pieces)[0]
    for place in (0, 5, 40, 60, 90, 200, len(item.data) - 1):
        data = bytearray(item.data)
        data[place] ^= 1
        with pytest.raises((Damaged, NotForUs, UnknownFormat)):
            boxes.open_piece(one.key, bytes(data))
    with pytest.raises(NotForUs):
        boxes.open_piece(other.key, item.data)


def test_nothing_is_attached_to_nothing_and_nothing_too_large_or_empty(written):
    programme, code, _ = written
    with pytest.raises(NothingHere):
        send(programme, codes.new_code(), SMALL)
    for data in (b"", bytes(LARGEST + 1)):
        with pytest.raises(Damaged):
            send(programme, code, data)
    assert not any(item.sort is Sort.PIECE for item in programme.hub.get(programme.hub.ids_for(None)))


def test_forgotten_words_take_their_files_along_and_no_old_copy_brings_them_back(written):
    programme, code, folder = written
    send(programme, code, SMALL)
    programme.carry()
    aye = programme.desks["Aye"]
    (file,) = files(aye, folder)
    old = [item.data for item in aye.store.get(file.pieces)]
    assert programme.door.visit(code).forget_words() == 2
    programme.carry()
    assert files(aye, folder) == [] and aye.store.known(file.pieces) == set()
    assert programme.hub.add(old).buried == len(old) and programme.hub.known(file.pieces) == set()


def test_who_asks_to_be_erased_has_no_words_left_and_is_seen_at_the_desk(written):
    programme, code, folder = written
    with pytest.raises(NothingHere):
        programme.door.visit(codes.new_code()).ask_erasure()
    for _ in range(2):
        programme.door.visit(code).ask_erasure()
        programme.clock.forward(hours=1)
    programme.carry()
    state: Conversation = programme.desks["Aye"].conversation(folder)
    assert state.messages == [] and state.erase_asked is not None and state.waiting_since is not None
    assert programme.door.visit(code).conversation.erase_asked == state.erase_asked


@pytest.fixture
def court(tmp_path, django_db_blocker):
    """A programme in which Zin keeps testimony."""
    with django_db_blocker.unblock():
        made = Programme(
            tmp_path,
            {"Aye": (Seat.INTAKE,), "Chit": (Seat.OFFICE,), "Dway": (Seat.OFFICE,), "Zin": (Seat.TESTIMONY,)},
        )
        yield made
        made.close()


def test_a_testimony_opens_for_its_keeper_and_the_person_and_shares_nothing_with_the_conversation(court):
    code = codes.new_code()
    court.door.visit(code).post(nonce(), Message(text="help", language="en"))
    court.door.testimony(code).post(
        nonce(), Agreed(purpose="keep", given=True), Account(text="I saw", language="en")
    )
    court.door.testimony(code).attach(nonce(), LARGE[:5000], kind="jpeg", media_type="", cleaned=False)
    court.carry()
    zin, aye = court.desks["Zin"], court.desks["Aye"]
    (folder,) = zin.held("testimony")
    kept = zin.state(folder, Testimony)
    assert [one.document.text for one in kept.accounts] == ["I saw"] and kept.agreed("keep")
    assert not kept.agreed("investigators") and read_file(zin, folder, kept.files[0].document) == LARGE[:5000]
    assert aye.held("testimony") == [] and zin.held("conversation") == []
    talk = court.door.visit(code).history
    readers = [{item.recipient for item in court.hub.of_folder(one)} for one in (folder, talk.folder)]
    person, witness = (codes.keys_of(code, court.hub.roster().programme, part).id for part in PARTS)
    assert witness in readers[0] and person in readers[1]
    assert person not in readers[0] and witness not in readers[1] and zin.keys.id not in readers[1]
    assert court.door.testimony(codes.new_code()).left is None


def test_the_keeper_notes_custody_a_no_stands_and_the_person_erases_it_whole(court):
    code = codes.new_code()
    left = court.door.testimony(code)
    left.post(nonce(), Agreed(purpose="investigators", given=True), Account(text="I saw", language="en"))
    court.carry()
    zin = court.desks["Zin"]
    (folder,) = zin.held("testimony")
    zin.write(folder, Custody(what="opened"))
    court.door.testimony(code).post(nonce(), Agreed(purpose="investigators", given=False))
    court.carry()
    kept = zin.state(folder, Testimony)
    assert [one.document.what for one in kept.custody] == ["opened"] and not kept.agreed("investigators")
    assert court.door.testimony(code).erase()
    court.carry()
    assert zin.held("testimony") == [] and court.door.testimony(code).left is None


def test_without_a_keeper_nothing_is_taken(programme):
    assert not programme.door.keeps_testimony()
    with pytest.raises(NobodyKeepsTestimony):
        programme.door.testimony(codes.new_code()).post(nonce(), Account(text="I saw", language="en"))
