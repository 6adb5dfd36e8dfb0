"""Drops: what somebody puts into a folder that they cannot read, for those who hold it alone."""

import pytest

from banyan.folders import compose
from banyan.folders.epoch import DropCard, Slot, slot_of
from banyan.folders.history import tell
from banyan.folders.items import Sort, read_item
from banyan.folders.tests.shelf import Shelf
from banyan.folders.unseal import Ring, take
from banyan.sealing import boxes
from banyan.sealing.faults import Forged, SealingFault
from banyan.sealing.keys import Keys


class Tally:
    """Rules of a folder that takes drops of one kind, and no other entries but notes."""

    def may_found(self, kind, author, *, door):
        return True

    def may_hold(self, kind, member):
        return True

    def may_drop(self, kind, document, author):
        return kind == "tally" and document == ("count" if author else "answer")

    def may_write(self, kind, document, author):
        return document == "note"


def shelf_with_card() -> tuple[Shelf, DropCard]:
    """A tally that Dali holds, and the card by which others add to it."""
    shelf = Shelf("ama")
    shelf.rules = Tally()
    _, epoch = compose.found_folder(
        shelf.keys["dali"], roster=shelf.roster, kind="tally", readers=[shelf.keys["dali"].public],
        owner=None, quorum=None, time=shelf.time, drops=True,
    )  # fmt: skip
    shelf.folder, shelf.items = epoch.folder, {}
    shelf.put(*epoch.items)
    (card,) = [item for item in shelf.items.values() if item.sort is Sort.CARD]
    return shelf, compose.read_card(card, shelf.roster)


def dropped(shelf: Shelf, card: DropCard | Slot, name: str, kind: str = "count") -> bytes:
    """A drop of somebody's."""
    return compose.drop(
        shelf.keys[name], card, roster=shelf.roster, kind=kind, document=name.encode(), time=shelf.time
    )


def test_a_drop_is_read_by_those_who_hold_the_folder_and_by_nobody_else():
    shelf, card = shelf_with_card()
    ids = shelf.put(*(dropped(shelf, card, name) for name in ("ama", "bo")))
    told = shelf.tell("dali")
    assert sorted(one.opened.entry.document for one in told.counting) == [b"ama", b"bo"]
    assert told.heads == () and told.faults == ()  # drops are never heads
    for name in ("ama", "bo", "cho"):
        ring = take(Ring(shelf.folder), shelf.items.values(), shelf.keys[name], shelf.roster)
        assert ring.entries == {} and tell(ring, shelf.roster, shelf.rules) is None
        with pytest.raises(SealingFault):
            boxes.open_drop(shelf.keys[name], shelf.items[ids[0]].data)


def test_only_members_drop_and_only_what_the_table_takes():
    shelf, card = shelf_with_card()
    shelf.keys["stranger"] = Keys.generate()
    shelf.put(dropped(shelf, card, "ama", kind="note"), dropped(shelf, card, "stranger"))
    told = shelf.tell("dali")
    assert told.counting == () and len(told.faults) == 1 and told.waiting == 1


def test_a_person_who_is_heard_drops_what_the_table_takes_and_reads_nothing():
    shelf, person, stranger = Shelf("ama"), Keys.generate(), Keys.generate()
    shelf.rules = Tally()
    shelf.keys |= {"person": person, "stranger": stranger}
    _, epoch = compose.found_folder(
        shelf.keys["dali"], roster=shelf.roster, kind="tally", readers=[shelf.keys["dali"].public],
        owner=None, quorum=None, time=shelf.time, hears=person.public,
    )  # fmt: skip
    shelf.folder, shelf.items = epoch.folder, {}
    shelf.put(*epoch.items)
    assert not any(item.sort is Sort.CARD for item in shelf.items.values())
    (leaf,) = shelf.tell("dali").current
    slot = slot_of(leaf)
    shelf.put(dropped(shelf, slot, "person", kind="answer"))
    shelf.put(*(dropped(shelf, slot, name, kind=kind) for name, kind in
                (("person", "count"), ("ama", "answer"), ("stranger", "answer"))))  # fmt: skip
    told = shelf.tell("dali")
    assert [(one.opened.author, one.by_owner) for one in told.counting] == [(person.id, True)]
    assert len(told.faults) == 2 and told.waiting == 1
    ring = take(Ring(shelf.folder), shelf.items.values(), person, shelf.roster)
    assert not ring.entries and not ring.statements


def test_a_new_epoch_has_a_new_card_and_old_drops_still_count():
    shelf, card = shelf_with_card()
    shelf.put(dropped(shelf, card, "ama"))
    epoch = compose.next_epoch(
        shelf.keys["dali"], shelf.tell("dali"), roster=shelf.roster,
        readers=[shelf.keys["cho"].public], quorum=None, time=shelf.time + 1, drops=True,
    )  # fmt: skip
    shelf.put(*epoch.items)
    newer = compose.read_card(read_item(epoch.card or b""), shelf.roster)
    assert newer.drop != card.drop
    shelf.put(dropped(shelf, newer, "bo"))
    assert len(shelf.tell("cho").counting) == 2
    assert len(shelf.tell("dali").counting) == 1  # who was left out reads no newer drop


def test_a_card_by_nobody_is_no_card():
    shelf, _ = shelf_with_card()
    (item,) = [item for item in shelf.items.values() if item.sort is Sort.CARD]
    changed = item.data[:-1] + bytes((item.data[-1] ^ 1,))
    with pytest.raises(SealingFault):
        compose.read_card(read_item(changed), shelf.roster)
    other = Shelf("ama")
    with pytest.raises(Forged):
        compose.read_card(item, other.roster)
