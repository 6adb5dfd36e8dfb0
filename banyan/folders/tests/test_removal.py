"""Who is shut out of a folder has no effect on it any more, however they date what they write; and nobody else
loses anything by it.
"""

import pytest

from banyan.folders.compose import NotHeld
from banyan.folders.history import COUNTERSIGN
from banyan.folders.seats import Seat
from banyan.folders.tests.shelf import Shelf, faults, late, texts
from banyan.sealing.keys import Keys

SHUT = "an epoch by somebody who had been shut out"


def test_entries_dated_back_are_late_and_those_seen_before_count():
    shelf = Shelf("ama", "bo")
    shelf.write("bo", "seen")
    before = shelf.tell("bo")
    shelf.remove("bo")
    shelf.hand("ama", "ama")
    shelf.write("bo", "dated back", knowing=before)
    history = shelf.tell("ama")
    assert texts(history) == ["seen"] and late(history) == ["dated back"]
    assert "shut out" in next(told.why for told in history.told if not told.counts)
    shelf.write("bo", "now")  # all that they can still open is what they knew
    assert late(shelf.tell("ama")) == ["dated back", "now"]
    with pytest.raises(NotHeld):
        shelf.write("bo", "with what ama knows", knowing=history)


def test_a_late_entry_counts_once_another_holder_countersigns_it():
    shelf = Shelf("ama", "bo")
    before = shelf.tell("bo")
    shelf.hand("ama", "ama")
    name = shelf.write("bo", "on the road", knowing=before)
    assert texts(shelf.tell("ama")) == []
    shelf.write("bo", name, knowing=before, kind=COUNTERSIGN)
    assert texts(shelf.tell("ama")) == []
    shelf.write("ama", name, kind=COUNTERSIGN)
    assert "on the road" in texts(shelf.tell("ama"))


def test_nobody_countersigns_their_own_however_early():
    shelf = Shelf("ama", "bo")
    before = shelf.tell("bo")
    name = shelf.write("bo", "kept back", knowing=before)
    hidden = shelf.items.popitem()[1]
    shelf.write("bo", name, kind=COUNTERSIGN)
    shelf.hand("ama", "ama")
    shelf.put(hidden.data)
    assert late(shelf.tell("ama")) == ["kept back"]


def test_epochs_dated_back_fall_with_all_that_is_built_on_them():
    shelf = Shelf("ama", "bo")
    before = shelf.tell("bo")
    shelf.remove("bo")
    shelf.hand("ama", "ama")
    mine = shelf.tell("ama").current
    shelf.hand("bo", "ama", "bo", "cho", knowing=before)
    shelf.hand("bo", "bo", "cho")
    assert shelf.tell("ama").current == mine
    assert SHUT in faults(shelf.tell("ama")) and shelf.tell("ama").holders == {shelf.keys["ama"].id}


def test_a_removed_member_cannot_shut_out_those_who_removed_them():
    shelf = Shelf("ama", "bo")
    before = shelf.tell("bo")
    shelf.remove("bo")
    shelf.hand("ama", "ama")
    shelf.write("ama", "after")
    shelf.hand("bo", "bo", knowing=before)
    assert texts(shelf.tell("ama")) == ["after"]
    assert shelf.tell("ama").holders == {shelf.keys["ama"].id}


def test_nor_after_those_who_removed_them_have_left_too():
    shelf = Shelf("ama", "bo", "cho")
    before = shelf.tell("bo")
    shelf.remove("bo")
    shelf.hand("ama", "ama", "cho")
    shelf.write("ama", "words of one who left")
    shelf.hand("cho", "cho")
    shelf.roster = _without(shelf, "ama")
    shelf.hand("bo", "bo", knowing=before)
    assert texts(shelf.tell("cho")) == ["words of one who left"]
    assert shelf.tell("cho").holders == {shelf.keys["cho"].id}


def _without(shelf: Shelf, name: str):
    shelf.remove(name)
    return shelf.roster


def test_what_two_active_members_did_at_once_and_a_third_merged_outlives_their_leaving():
    shelf = Shelf("ama", "bo", "cho")
    before = shelf.tell("ama")
    shelf.hand("ama", "ama", "cho", knowing=before)
    shelf.hand("bo", "bo", "cho", knowing=before)
    assert len(shelf.tell("cho").current) == 2
    shelf.hand("cho", "cho")
    shelf.write("cho", "goes on")
    for name in ("bo", "ama"):
        shelf.remove(name)
        history = shelf.tell("cho")
        assert texts(history) == ["goes on"] and SHUT not in faults(history)


def test_two_who_shut_each_other_out_both_stay_rather_than_nobody():
    shelf = Shelf("ama", "bo")
    before = shelf.tell("ama")
    shelf.hand("ama", "ama", knowing=before)
    shelf.hand("bo", "bo", knowing=before)
    ama, bo = shelf.tell("ama"), shelf.tell("bo")
    assert ama.holders == {shelf.keys["ama"].id} and bo.holders == {shelf.keys["bo"].id}
    owner = Keys.generate()
    shelf = Shelf("ama", "bo", owner=owner)
    before = shelf.tell("ama")
    shelf.hand("ama", "owner", "ama", knowing=before)
    shelf.hand("bo", "owner", "bo", knowing=before)
    assert shelf.tell("owner").holders == {shelf.keys[name].id for name in ("owner", "ama", "bo")}


def test_who_was_given_the_folder_again_goes_on_as_before():
    shelf = Shelf("ama", "bo")
    shelf.hand("ama", "ama")
    shelf.hand("ama", "ama", "bo")
    shelf.write("bo", "back again")
    shelf.hand("bo", "ama", "bo", "cho")
    history = shelf.tell("cho")
    assert texts(history) == ["back again"] and history.faults == () and len(history.holders) == 3


def test_an_entry_that_one_of_two_renewing_desks_had_seen_counts():
    shelf = Shelf("ama", "cho", "bo")
    before = shelf.tell("cho")
    shelf.write("bo", "seen by ama alone")
    shelf.remove("bo")
    shelf.hand("ama", "ama", "cho")
    shelf.hand("cho", "ama", "cho", knowing=before)
    assert texts(shelf.tell("ama")) == ["seen by ama alone"] == texts(shelf.tell("cho"))


def test_the_persons_words_under_an_epoch_that_fell_are_not_lost():
    owner = Keys.generate()
    shelf = Shelf("ama", "bo", owner=owner)
    before = shelf.tell("bo")
    shelf.hand("bo", "owner", "bo", "ama", knowing=before)
    shelf.write("owner", "help me")
    shelf.write("bo", "my word")
    shelf.hand("ama", "owner", "ama", knowing=before)
    shelf.remove("bo")
    history = shelf.tell("ama")
    assert SHUT in faults(history) and texts(history) == ["help me"] and late(history) == ["my word"]
    shelf.write("ama", "I am here")
    assert texts(shelf.tell("owner")) == ["help me", "I am here"]


def test_a_member_whose_seats_changed_leaves_no_hole_behind():
    class Intake:
        def may_found(self, kind, author, *, door):
            return author is not None and Seat.INTAKE in author.seats

        def may_hold(self, kind, member):
            return Seat.INTAKE in member.seats

        def may_write(self, kind, document, author):
            return author is not None and Seat.INTAKE in author.seats

        def may_drop(self, kind, document, author):
            return False

    shelf = Shelf("ama", "bo")
    shelf.rules = Intake()
    shelf.write("ama", "from intake")
    shelf.change_seats("ama", Seat.FIGURES)
    shelf.hand("bo", "bo")
    assert texts(shelf.tell("bo")) == ["from intake"]
    shelf.hand("bo", "bo", "cho")
    assert any("does not allow" in words for words in faults(shelf.tell("bo")))


def test_two_histories_of_one_author_are_shown():
    shelf = Shelf("ama", "bo")
    before = shelf.tell("bo")
    pair = {shelf.write("bo", "one", knowing=before), shelf.write("bo", "other", knowing=before)}
    shelf.write("ama", "honest")
    assert [set(two) for two in shelf.tell("ama").doubled] == [pair]


def test_what_is_held_back_is_counted_and_who_knew_a_later_roster_is_named():
    shelf = Shelf("ama", "bo")
    shelf.write("bo", "held back")
    hidden = list(shelf.items)[-1]
    shelf.write("bo", "after it")
    older = shelf.roster
    shelf.remove("dali")
    shelf.write("ama", "knows it")
    rest = [item for ident, item in shelf.items.items() if ident != hidden]
    assert shelf.tell("ama", rest).missing == 1 and shelf.tell("ama").missing == 0
    assert shelf.tell("ama").ahead == 0
    shelf.roster = older
    assert shelf.tell("ama").ahead == 1
