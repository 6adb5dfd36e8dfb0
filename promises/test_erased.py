"""What was erased does not come back: not from an old pouch, not from an old desk, not one word of it."""

import pytest

from banyan.cases.folders.conversation import Message
from banyan.folders import roster as chain
from banyan.folders.grave import Grave
from banyan.folders.graveyard import bury_own
from banyan.folders.items import Sort
from banyan.folders.pouch import items_for, take_in_pouch, write_pouch
from banyan.folders.roster import Bury
from banyan.sealing import codes
from banyan.sealing.format import write
from promises.kit import arrive, ids, raw


def terms_of(programme, story) -> bytes:
    """The digest of the terms that a person's conversation is founded on."""
    ring = programme.desks["Aye"].view.ring(story.folder)
    return next(one.statement.terms.digest for one in ring.statements.values() if one.statement.terms)


def bury_by(programme, folder: bytes, *signers: str) -> bytes:
    """A link by which members bury a folder."""
    roster = programme.hub.roster()
    grave = Grave(folder=folder, seals=(), names=())
    act = write(Bury(graves=(grave,), reason="asked", made=roster.index, nonce=b"b" * 16))
    assents = tuple(chain.assent(programme.keys[name], roster.programme, act) for name in signers)
    return chain.place(
        programme.keys[signers[0]], index=roster.index + 1, previous=tuple(sorted(roster.head)),
        time=roster.index, act=act, assents=assents,
    )  # fmt: skip


def test_an_erased_conversation_comes_back_from_no_pouch_and_no_desk(programme, tmp_path):
    story, other = arrive(programme), arrive(programme, "somebody else")
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    write_pouch(tmp_path / "old", items_for(aye.store, None), wraps=True)
    old = [item.data for item in aye.store.of_folder(story.folder)]
    ba.write(story.folder, Message(text="written offline", language="en"))
    assert programme.door.visit(story.code).erase()
    programme.carry(aye)
    programme.carry(ba)  # brings what it wrote before it heard
    for desk in (aye, ba):
        assert desk.held("conversation") == [other.folder] and desk.conversation(story.folder) is None
        assert take_in_pouch(desk.store, tmp_path / "old").pulled.new == []
        assert desk.store.add(old).buried == len(old) and desk.store.of_folder(story.folder) == []
        desk.take_in_all()
        assert desk.held("conversation") == [other.folder]
    assert take_in_pouch(programme.hub, tmp_path / "old").pulled.buried == len(old)
    assert programme.hub.of_folder(story.folder) == [] and programme.door.visit(story.code).history is None
    fresh = programme.desk(aye.keys, "fresh")
    take_in_pouch(fresh.store, tmp_path / "old")
    fresh.take_in_all()
    assert story.folder in fresh.held("conversation")  # it has not heard yet: the limit
    programme.carry(fresh)
    assert fresh.held("conversation") == [other.folder] and fresh.store.of_folder(story.folder) == []
    assert fresh.view.ring(story.folder).entries == {}


def test_forgotten_words_come_back_from_nowhere_and_the_rest_stays(programme):
    story = arrive(programme, "too much said")
    aye = programme.desks["Aye"]
    old = [item.data for item in aye.store.of_folder(story.folder)]
    aye.write(story.folder, Message(text="an answer", language="en"))
    programme.carry()
    assert programme.door.visit(story.code).forget_words() == 2
    for store in (programme.hub, aye.store):
        programme.carry()
        added = store.add(old)
        assert added.buried == 2 and added.new == [] and added.refused == []
    again = programme.desk(aye.keys, "again", store=aye.store)
    again.take_in_all()
    for desk in (aye, again):
        texts = [said.document.text for said in desk.conversation(story.folder).messages]
        assert texts == ["an answer"] and desk.history(story.folder).missing == 0


def test_one_member_alone_buries_nothing_and_two_with_the_office_do(programme):
    story = arrive(programme)
    for signers in (("Chit",), ("Aye", "Ba")):
        programme.hub.add([bury_by(programme, story.folder, *signers)])
        assert programme.hub.of_folder(story.folder) and not programme.hub.is_buried(story.folder)
    assert len(programme.hub.roster().refused) == 2
    programme.hub.add([bury_by(programme, story.folder, "Chit", "Aye")])
    assert programme.hub.of_folder(story.folder) == []
    programme.carry()
    assert programme.desks["Aye"].held("conversation") == []


@pytest.mark.parametrize("whose", ["a stranger's", "another person's", "a member's"])
def test_nobody_buries_a_folder_that_is_not_their_own(programme, whose):
    story, other = arrive(programme), arrive(programme, "the other")
    keys = {
        "a stranger's": codes.keys_of(codes.new_code(), programme.hub.roster().programme),
        "another person's": codes.keys_of(other.code, programme.hub.roster().programme),
        "a member's": programme.keys["Aye"],
    }[whose]
    for terms in (terms_of(programme, story), terms_of(programme, other)):
        false = bury_own(keys, terms, Grave(folder=story.folder, seals=(), names=()))
        added = programme.hub.add([false])
        assert added.new == [] and added.refused[0][1] == "a burial by somebody whose folder it is not"
    assert programme.hub.of_folder(story.folder) and not programme.hub.is_buried(story.folder)


def test_a_person_who_names_others_in_their_own_grave_takes_nothing_from_them(programme):
    """Their burial is true, and what it lists beside their own seals is not theirs."""
    mine, theirs = arrive(programme), arrive(programme, "the other")
    keys = codes.keys_of(mine.code, programme.hub.roster().programme)
    everything = set(programme.hub.ids_for(None))
    listed = tuple(sorted({theirs.folder, *everything}))
    assert programme.hub.add(
        [bury_own(keys, terms_of(programme, mine), Grave(folder=mine.folder, seals=listed, names=()))]
    ).new
    aye = programme.desks["Aye"]
    kept = {item.id for item in aye.store.get(everything) if item.folder != mine.folder}
    assert kept <= set(programme.hub.ids_for(None)) and not programme.hub.is_buried(theirs.folder)
    assert ids(programme.hub, Sort.LINK) and not raw(
        programme.hub, "SELECT 1 FROM folders_held WHERE folder = %s", mine.folder
    )
    programme.carry()
    assert aye.conversation(theirs.folder).messages and theirs.folder in aye.held("conversation")
    fresh = programme.desk(aye.keys, "fresh")
    programme.carry(fresh)
    assert fresh.conversation(theirs.folder).messages and set(fresh.store.ids_for(None)) >= kept


def test_what_a_person_erases_leaves_the_file_too(programme):
    story = arrive(programme)
    path = programme.folder / "hub.sqlite3"
    (item, *_) = [item for item in programme.hub.of_folder(story.folder) if item.sort is Sort.SEAL]
    assert item.data[200:260] in b"".join(file.read_bytes() for file in programme.folder.glob("hub.sqlite3*"))
    programme.door.visit(story.code).erase()
    assert path.exists()
    assert item.data[200:260] not in b"".join(
        file.read_bytes() for file in programme.folder.glob("hub.sqlite3*")
    )
