"""False seeds, false foundings, false readers: whoever makes them displaces nothing and is named."""

import secrets

import pytest
from msgspec.structs import replace

from banyan.folders import epoch as epochs
from banyan.folders.epoch import OpenedStatement, make_epoch, quorum_recipient, read_statement
from banyan.folders.history import tell
from banyan.folders.items import Sort, read_item
from banyan.folders.tests.shelf import Shelf, faults, texts
from banyan.folders.unseal import Ring, take
from banyan.sealing import boxes
from banyan.sealing.faults import Damaged, Forged, NotForUs
from banyan.sealing.format import write
from banyan.sealing.keys import Keys
from banyan.sealing.quorum import bucket_of
from banyan.sealing.signed import sign

GHOST = "an epoch with a reader whom the roster or the table does not allow"


def forge(shelf: Shelf, author: str, parents: list[tuple[bytes, bytes]], *readers: str) -> bytes:
    """An epoch by `author` after these parents with these seeds, true or not; its id."""
    given = [
        OpenedStatement(b"", b"", b"", replace(_statement(shelf, "ama"), epoch=epoch), seed)
        for epoch, seed in parents
    ]
    made = make_epoch(
        shelf.keys[author], terms=None, folder=shelf.folder, parents=given, closes=(),
        readers=[shelf.keys[name].public for name in readers], quorum=None, roster=shelf.roster.head[0],
        time=shelf.time,
    )  # fmt: skip
    shelf.put(*made.items)
    return made.epoch


def _statement(shelf: Shelf, name: str) -> epochs.Statement:
    opened = (one.statement for one in shelf.ring(name).statements.values())
    return next(one for one in opened if one.terms)


def every_order(shelf: Shelf, name: str):
    """What somebody makes of it, in several orders of arrival, item by item as well as all at once."""
    items = list(shelf.items.values())
    for order in (items, items[::-1], sorted(items, key=lambda one: one.id)):
        yield shelf.tell(name, order)
        ring = Ring(shelf.folder)
        for item in order:
            take(
                ring, [item, *(shelf.items[ident] for ident in ring.waiting)], shelf.keys[name], shelf.roster
            )
        take(ring, order, shelf.keys[name], shelf.roster)
        history = tell(ring, shelf.roster, shelf.rules)
        assert history is not None
        yield history


def test_a_false_seed_in_a_parent_list_blocks_nothing():
    shelf = Shelf("ama", "bo")
    shelf.hand("ama", "ama", "cho")
    shelf.write("ama", "words")
    forge(shelf, "bo", [(shelf.tell("ama").current[0].statement.epoch, bytes(32))], "ama", "bo", "cho")
    for history in (one for name in ("ama", "cho") for one in every_order(shelf, name)):
        assert texts(history) == ["words"]
        assert faults(history) == {"an epoch by somebody who did not hold the folder"}
    forge(shelf, "ama", [(shelf.tell("ama").current[0].statement.epoch, bytes(32))], "ama", "bo", "cho")
    assert "an epoch that gives another seed for its parent" in faults(shelf.tell("cho"))
    assert texts(shelf.tell("cho")) == ["words"]


def test_a_false_wrap_blocks_nothing_and_is_named():
    shelf = Shelf("ama", "bo")
    shelf.write("bo", "words")
    for name in ("ama", "ghost"):
        shelf.keys.setdefault(name, Keys.generate())
        wrapped = boxes.wrap(bytes(32), shelf.keys[name].public, folder=shelf.folder, epoch=shelf.first.epoch)
        shelf.put(wrapped)
    for history in every_order(shelf, "ama"):
        assert texts(history) == ["words"]
        assert [fault.words for fault in history.faults] == [
            "a wrap that its epoch's statement does not name"
        ] * 2
    assert len(shelf.tell("bo").faults) == 1  # another member's wrap may be a recovery's: only they can tell


def test_a_recoverys_wrap_is_no_fault():
    shelf = Shelf("ama", "bo")
    shelf.write("bo", "words")
    shelf.put(
        boxes.wrap(shelf.first.seed, shelf.keys["cho"].public, folder=shelf.folder, epoch=shelf.first.epoch)
    )
    assert texts(shelf.tell("cho")) == ["words"] and shelf.tell("cho").faults == ()


def _refounded(shelf: Shelf, author: str, seed: bytes, **changes: object) -> bytes:
    """The founding statement again with changes, by somebody, under a seed."""
    statement = replace(_statement(shelf, "ama"), seed=epochs.seed_commitment(seed), **changes)
    if "epoch" not in changes:
        statement = replace(statement, epoch=epochs.epoch_id(shelf.keys[author].id, statement))
    signed = sign(shelf.keys[author], epochs.PURPOSE, write(statement))
    place = {"folder": shelf.folder, "epoch": statement.epoch}
    data = boxes.seal(seed, sort=boxes.STATEMENT, plaintext=write(signed), **place)
    shelf.put(data, *(boxes.wrap(seed, shelf.keys[name].public, **place) for name in ("ama", "bo")))
    return data


@pytest.mark.parametrize("seed", [None, bytes(32)], ids=["with its seed", "with another seed"])
def test_a_folder_is_founded_once_even_by_its_founder(seed):
    shelf = Shelf("ama", "bo", by_door=True)
    shelf.hand("ama", "ama", "bo")
    shelf.write("ama", "words")
    for number in range(6):  # whatever the names of the statements are
        data = _refounded(shelf, "door", seed or shelf.first.seed, time=number)
        for history in (shelf.tell("ama"), shelf.tell("bo")):
            assert texts(history) == ["words"] and len(history.current) == 1
            assert any("founding other than" in words for words in faults(history))
        with pytest.raises(Forged):
            _read(data, seed or shelf.first.seed)
    assert _read(shelf.first.statement, shelf.first.seed).terms


def _read(data: bytes, seed: bytes) -> epochs.Statement:
    return read_statement(boxes.open_seal(seed, data), boxes.read_header(data), seed)[1]


def test_an_epochs_id_cannot_be_given_another_meaning():
    shelf = Shelf("ama", "bo")
    shelf.hand("ama", "ama", "bo")
    before = shelf.tell("ama").current[0]
    statement = replace(before.statement, recipients=before.statement.recipients[:1])
    for author in ("ama", "bo"):
        signed = sign(shelf.keys[author], epochs.PURPOSE, write(statement))
        place = {"folder": shelf.folder, "epoch": statement.epoch}
        shelf.put(boxes.seal(before.seed, sort=boxes.STATEMENT, plaintext=write(signed), **place))
    history = shelf.tell("ama")
    assert history.current == (before,)
    assert [fault.words for fault in history.faults] == ["a statement that does not fit its epoch's id"] * 2


def test_nothing_stands_that_is_sealed_to_a_ghost():
    shelf = Shelf("ama", "bo")
    shelf.keys["ghost"] = Keys.generate()
    shelf.hand("ama", "ama", "ghost")
    assert faults(shelf.tell("ama")) == {GHOST} and shelf.keys["ghost"].id not in shelf.tell("ama").holders


def test_a_ghost_does_not_pass_for_the_quorum():
    shelf = Shelf("ama", "bo")
    ghost = Keys.generate()
    shelf.keys["ghost"] = ghost
    quorum = quorum_recipient(bucket_of(shelf.folder))
    assert ghost.id != quorum

    class OneBucket:
        def wrap(self, seed, *, folder, epoch):
            return quorum, boxes.wrap_to(seed, ghost.public.sealing, quorum, folder=folder, epoch=epoch)

    shelf.hand("ama", "ama", "bo", quorum=OneBucket())
    assert shelf.tell("ama").faults == ()
    shelf.hand("ama", "ama", "bo", "ghost", quorum=OneBucket())
    assert faults(shelf.tell("ama")) == {GHOST}


def test_the_door_makes_no_epoch_of_a_folder_that_stands():
    shelf = Shelf("ama", "bo", by_door=True)
    shelf.write("ama", "words")
    forge(shelf, "door", [(shelf.first.epoch, shelf.first.seed)], "ama", "bo", "cho")
    assert faults(shelf.tell("ama")) == {"an epoch by somebody who did not hold the folder"}
    assert len(shelf.tell("ama").holders) == 2


def test_ciphertext_moved_to_another_folder_or_epoch_opens_nowhere():
    shelf, other = Shelf("ama", "bo"), Shelf("ama", "bo")
    other.keys = shelf.keys
    shelf.write("ama", "words")
    entry = list(shelf.items.values())[-1]
    assert entry.sort is Sort.SEAL
    places = [(6, other.folder), (38, other.first.epoch), (38, secrets.token_bytes(16))]
    for item in (entry, read_item(shelf.first.statement)):
        for start, put in places:
            moved = item.data[:start] + put + item.data[start + len(put) :]
            with pytest.raises((NotForUs, Damaged)):
                boxes.open_seal(shelf.first.seed, moved)
        for sort in (boxes.ENTRY, boxes.STATEMENT, boxes.DROP):
            if sort != item.seal_sort:
                shelf.put(item.data[:4] + bytes((sort,)) + item.data[5:])
    history = shelf.tell("ama")
    assert texts(history) == ["words"] and len(history.faults) == 4


def test_an_entry_under_another_members_name_is_refused():
    shelf = Shelf("ama", "bo")
    shelf.write("ama", "words")
    entry = list(shelf.items.values())[-1]
    signed = boxes.open_seal(shelf.first.seed, entry.data)
    place = {"folder": shelf.folder, "epoch": shelf.first.epoch}
    changed = signed.replace(b"words", b"sword")
    shelf.put(boxes.seal(shelf.first.seed, sort=boxes.ENTRY, plaintext=changed, **place))
    shelf.put(
        boxes.seal(shelf.first.seed, sort=boxes.ENTRY, plaintext=signed, **place)
    )  # sealed again: the same
    history = shelf.tell("bo")
    assert texts(history) == ["words"]
    assert faults(history) == {"the signature under this entry does not hold"}
