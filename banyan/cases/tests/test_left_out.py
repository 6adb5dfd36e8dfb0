"""Somebody whom a colleague left out is told so, and writes nothing into the void."""

import pytest

from banyan.cases.folders.conversation import Message
from banyan.cases.models import ConversationRow
from banyan.folders.compose import NotHeld
from banyan.folders.seats import Seat
from banyan.sealing import codes
from banyan.sealing.boxes import wrap
from banyan.sealing.faults import Damaged


def test_who_was_left_out_writes_nothing_and_sees_who_reads_now(programme):
    programme.door.visit(codes.new_code()).post(b"n" * 16, Message(text="hello", language="en"))
    for _ in range(3):
        programme.carry()
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    (folder,) = aye.held("conversation")
    aye.write(folder, Message(text="heard", language="en"))
    programme.carry()
    programme.carry()
    assert aye.holds(folder) and ba.holds(folder)
    ba.hand_over(folder, [ba.me])
    programme.carry()
    assert not aye.holds(folder) and ba.holds(folder)
    assert "Aye" not in [member.name for member in aye.holders(folder)]
    assert not ConversationRow.objects.using(aye.view.alias).get(folder=folder).mine
    with pytest.raises(NotHeld):
        aye.write(folder, Message(text="into the void", language="en"))
    assert aye.store.unsent_count() == 0
    assert [said.document.text for said in aye.conversation(folder).messages] == ["hello", "heard"]
    ba.write(folder, Message(text="still here", language="en"))


def test_what_could_not_be_read_again_is_not_written(programme):
    programme.door.visit(codes.new_code()).post(b"n" * 16, Message(text="hello", language="en"))
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    for text in ("", "x" * 20_001):
        with pytest.raises(Damaged):
            aye.write(folder, Message(text=text, language="en"))
    assert len(aye.conversation(folder).messages) == 1


def test_a_wrap_that_anybody_can_make_silences_nobody(programme):
    programme.door.visit(codes.new_code()).post(b"n" * 16, Message(text="hello", language="en"))
    for _ in range(3):
        programme.carry()
    aye, chit = programme.desks["Aye"], programme.desks["Chit"]
    (folder,) = aye.held("conversation")
    programme.hub.add([wrap(b"s" * 32, chit.keys.public, folder=folder, epoch=b"e" * 16)])
    programme.carry()
    aye.write(folder, Message(text="heard", language="en"))
    assert aye.holds(folder) and [member.name for member in aye.holders(folder)] == ["Aye", "Ba"]
    assert chit.take_in_folder(folder) is None


def test_nobody_looks_busy_by_wraps_of_their_own_making(programme):
    ba = programme.keys["Ba"].public
    programme.hub.add(wrap(b"s" * 32, ba, folder=bytes([n]) * 32, epoch=b"e" * 16) for n in range(40))
    for number in range(6):
        posted = programme.door.visit(codes.new_code()).post(
            bytes([number]) * 16, Message(text="hello", language="en")
        )
        assert {member.name for member in posted.ring} == {"Aye", "Ba"}
    assert programme.hub.given([programme.keys["Aye"].id, ba.id]) == {programme.keys["Aye"].id: 6, ba.id: 6}
    assert [m.name for m in programme.door.least_loaded(Seat.INTAKE, 1)] == ["Aye"]
