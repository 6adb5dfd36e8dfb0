"""A desk: its view against its store, and what it does when the roster changes."""

import secrets

import pytest

from banyan.cases.folders.conversation import Message
from banyan.cases.models import ConversationRow
from banyan.folders import roster as chain
from banyan.folders.compose import NotHeld
from banyan.folders.seats import Seat
from banyan.sealing import codes
from banyan.sealing.faults import Damaged
from banyan.sealing.format import write
from banyan.sealing.keys import Keys


def act(programme, change: chain.Act) -> None:
    """Both of the office place an act at the hub."""
    roster, data = programme.hub.roster(), write(change)
    signers = [programme.keys[name] for name in ("Chit", "Dway")]
    programme.hub.add([
        chain.place(
            signers[0], index=roster.index + 1, previous=roster.head, time=roster.index, act=data,
            assents=tuple(chain.assent(one, roster.programme, data) for one in signers),
        )
    ])  # fmt: skip


def change(programme, what, name: str, *seats: Seat) -> None:
    """Something happens to a member."""
    member = programme.keys[name].id
    act(programme, chain.Change(what=what, member=member, seats=seats, made=0, nonce=secrets.token_bytes(16)))


def settled(programme) -> bytes:
    """A conversation that both of intake hold, with one epoch."""
    programme.door.visit(codes.new_code()).post(b"n" * 16, Message(text="hello", language="en"))
    programme.carry()
    programme.carry()
    (folder,) = programme.desks["Aye"].held("conversation")
    programme.desks["Aye"].write(folder, Message(text="heard", language="en"))
    programme.carry()
    return bytes(folder)


def names(programme, desk, folder: bytes) -> set[str]:
    """Who of the members holds a folder, as a desk sees it."""
    return {member.name for member in desk.holders(folder)}


@pytest.mark.parametrize("what", ["remove", "seats"])
def test_a_quiet_folder_is_closed_as_soon_as_a_desk_hears_that_a_holder_has_left(programme, what):
    folder = settled(programme)
    aye = programme.desks["Aye"]
    assert names(programme, aye, folder) == {"Aye", "Ba"}
    change(programme, what, "Ba", *([Seat.FIGURES] if what == "seats" else []))
    programme.carry(aye)
    assert names(programme, aye, folder) == {"Aye"}
    history = aye.history(folder)
    assert [told.counts for told in history.told] == [True] * len(history.told) and history.faults == ()


def test_nothing_is_written_for_a_removed_holder_to_read(programme):
    folder = settled(programme)
    aye = programme.desks["Aye"]
    change(programme, "remove", "Ba")
    aye.store.add(item.data for item in programme.hub.get(programme.hub.ids_for(aye.keys.id)))
    aye.write(folder, Message(text="not for Ba", language="en"))  # before anything was taken in
    readers = {reader for leaf in aye.history(folder).current for reader in leaf.readers}
    assert programme.keys["Ba"].id not in readers and len(aye.history(folder).current) == 1


def test_a_frozen_member_keeps_their_place_and_is_given_nothing_new(programme):
    folder = settled(programme)
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    change(programme, "freeze", "Ba")
    programme.carry()
    assert names(programme, aye, folder) == {"Aye", "Ba"} and not ba.me.active
    programme.door.visit(codes.new_code()).post(b"m" * 16, Message(text="another", language="en"))
    programme.carry()
    assert len(ba.held("conversation")) == 1 and len(aye.held("conversation")) == 2


def test_a_lost_phrase_gives_new_keys_what_the_old_ones_held(programme):
    folder = settled(programme)
    keys = programme.keys["Aye again"] = Keys.generate()
    card = chain.make_card(keys, "Aye")
    act(programme, chain.Add(
        card=card, seats=(Seat.INTAKE,), replaces=programme.keys["Aye"].id, made=0, nonce=bytes(16)
    ))  # fmt: skip
    for _ in range(2):  # Ba hears of it, and brings the new epoch
        programme.carry(programme.desks["Ba"])
    again = programme.desk(keys, "again")
    programme.carry(again)
    assert [said.document.text for said in again.conversation(folder).messages] == ["hello", "heard"]
    assert programme.keys["Aye"].id not in again.history(folder).holders


def test_new_keys_do_not_bring_seats_together_that_never_meet(programme):
    keys = Keys.generate()
    before = programme.hub.roster().index
    change(programme, "seats", "Ba", Seat.SHELTER)
    act(programme, chain.Add(
        card=chain.make_card(keys, "x"), seats=(Seat.SHELTER,), replaces=programme.keys["Aye"].id, made=0,
        nonce=bytes(16),
    ))  # fmt: skip
    roster = programme.hub.roster()
    assert roster.index == before and len(roster.refused) == 2
    assert all("never meet" in words for _, words in roster.refused)
    change(programme, "seats", "Ba", Seat.FIGURES)
    assert programme.hub.roster().members[programme.keys["Ba"].id].seats == {Seat.FIGURES}


@pytest.mark.parametrize("harm", ["flipped", "cut", "another's", "gone", "empty"])
def test_a_view_that_was_tampered_with_is_built_anew_from_the_store(programme, harm):
    folder = settled(programme)
    aye = programme.desks["Aye"]
    aye.view.save()
    data = aye.view.path.read_bytes()
    if harm == "another's":
        programme.desks["Ba"].view.save()
        data = programme.desks["Ba"].view.path.read_bytes()
    bad = {"flipped": data[:2000] + bytes((data[2000] ^ 1,)) + data[2001:], "cut": data[:-5], "empty": b""}
    aye.view.path.write_bytes(bad.get(harm, data))
    if harm == "gone":
        aye.view.path.unlink()
    again = programme.desk(aye.keys, "again", store=aye.store)
    again.view.path = aye.view.path
    assert not again.view.open() and again.take_in_all() == 1
    assert [t.name for t in again.history(folder).told] == [t.name for t in aye.history(folder).told]
    assert ConversationRow.objects.using(again.view.alias).count() == 1


def test_a_whole_view_opens_and_each_save_has_a_key_of_its_own(programme):
    settled(programme)
    aye = programme.desks["Aye"]
    aye.view.save()
    first = aye.view.path.read_bytes()
    aye.view.save()
    assert first[4:1240] != aye.view.path.read_bytes()[4:1240]
    again = programme.desk(aye.keys, "again", store=aye.store)
    again.view.path = aye.view.path
    assert again.view.open() and again.take_in_all() == 0


def test_a_desk_writes_nothing_into_what_it_does_not_hold(programme):
    folder = settled(programme)
    for name in ("Chit", "Dway"):
        desk = programme.desks[name]
        desk.store.add(item.data for item in programme.hub.get(programme.hub.ids_for(None)))
        desk.take_in_all()
        assert desk.history(folder) is None and desk.held("conversation") == []
        with pytest.raises(NotHeld):
            desk.write(folder, Message(text="from the office", language="en"))
        with pytest.raises(NotHeld):
            desk.hand_over(folder, [desk.me])


def test_what_breaks_leaves_nothing_in_the_view_that_is_not_in_the_store(programme):
    programme.door.visit(codes.new_code()).post(b"n" * 16, Message(text="hello", language="en"))
    programme.carry()
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    assert len(aye.history(folder).current) == 2  # both renewed: the next write merges, and then is refused
    with pytest.raises(Damaged):
        aye.write(folder, Message(text="", language="en"))
    change(programme, "remove", "Ba")
    with pytest.raises(NotHeld):
        aye.hand_over(folder, [programme.desks["Chit"].me])
    with pytest.raises(ZeroDivisionError), aye.store.alone(folder):
        aye.write(folder, Message(text="half of it", language="en"))
        raise ZeroDivisionError
    held = {item.id for item in aye.store.of_folder(folder)}
    ring = aye.view.ring(folder)
    assert set(ring.entries) | set(ring.statements) <= held and aye.held("conversation") == [folder]
    aye.write(folder, Message(text="whole", language="en"))
    programme.carry()
    assert [said.document.text for said in aye.conversation(folder).messages] == ["hello", "whole"]
    assert aye.history(folder).missing == 0 and aye.history(folder).waiting == 0
