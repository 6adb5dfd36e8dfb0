"""A removed member's backdated work has no effect and is shown as late; what had been seen of it counts."""

from banyan.cases.folders.conversation import Message, Triage
from promises.kit import arrive_merged, remove

LATE = "written after its author had been shut out"


def texts(desk, folder: bytes) -> list[str]:
    """The messages that count."""
    return [said.document.text for said in desk.conversation(folder).messages if said.counts]


def say(desk, folder: bytes, text: str) -> bytes:
    """A message by a desk."""
    return desk.write(folder, Message(text=text, language="en"))


def test_entries_epochs_and_handovers_dated_back_do_nothing(programme):
    story = arrive_merged(programme)
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    say(ba, story.folder, "seen before")
    programme.carry()
    remove(programme, "Ba")
    # Ba's desk hears nothing of it and goes on; its clock says what it likes.
    programme.clock.forward(days=-3)
    late = say(ba, story.folder, "dated back")
    ba.write(story.folder, Triage(state="set_aside", danger=False))
    ba.hand_over(story.folder, [ba.me])
    say(ba, story.folder, "after handing it to himself")
    programme.clock.forward(days=3)
    programme.carry(aye)
    programme.hub.add(item.data for item in ba.store.get(ba.store.ids_for(None)))  # the hub lets him
    programme.carry(aye)
    programme.carry(aye)
    state, history = aye.conversation(story.folder), aye.history(story.folder)
    assert texts(aye, story.folder) == ["I want to leave", "seen before"]
    assert state.state == "open" and state.danger
    assert ba.keys.id not in history.holders and aye.keys.id in history.holders
    assert {told.name: told.why for told in history.told}[late] == LATE
    assert sorted(told.opened.kind for told in history.told if not told.counts) == [
        "handed-over", "message", "triage",
    ]  # fmt: skip
    assert history.waiting == 2  # what he sealed to himself
    person = programme.door.visit(story.code)
    assert [m.document.text for m in person.conversation.messages if m.counts] == texts(aye, story.folder)
    assert person.history.holders == history.holders
    aye.countersign(story.folder, late)
    assert sorted(texts(aye, story.folder)) == ["I want to leave", "dated back", "seen before"]


def test_the_folder_is_closed_before_what_came_with_the_removal_is_opened(programme):
    """The hub brings the removal and the backdated entry in one breath."""
    story = arrive_merged(programme)
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    say(ba, story.folder, "never seen")
    remove(programme, "Ba")
    programme.hub.add(item.data for item in ba.store.get(ba.store.unsent()))
    programme.carry(aye)
    assert texts(aye, story.folder) == ["I want to leave"]
    assert [told.why for told in aye.history(story.folder).told if not told.counts] == [LATE]


def test_the_removed_desk_is_told_and_can_write_nothing(programme):
    story = arrive_merged(programme)
    ba = programme.desks["Ba"]
    remove(programme, "Ba")
    programme.carry(programme.desks["Aye"])
    programme.carry(ba)
    assert ba.me.standing == "removed"
    before = ba.history(story.folder)
    programme.carry(programme.desks["Aye"])
    programme.door.visit(story.code).post(b"y" * 16, Message(text="to Aye alone", language="en"))
    programme.carry()
    assert "to Aye alone" in texts(programme.desks["Aye"], story.folder)
    after = ba.history(story.folder)
    assert [told.name for told in after.told] == [told.name for told in before.told] and after.waiting > 0


def test_a_desk_knows_what_it_has_handed_over_and_takes_it_up_again_when_given_back(programme):
    story = arrive_merged(programme)
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    aye.hand_over(story.folder, [ba.me])
    assert aye.keys.id not in aye.history(story.folder).holders
    programme.carry()
    say(ba, story.folder, "Ba goes on")
    programme.carry()
    assert "Ba goes on" not in texts(aye, story.folder)
    ba.hand_over(story.folder, [ba.me, aye.me])
    programme.carry()
    assert "Ba goes on" in texts(aye, story.folder)
    say(aye, story.folder, "back again")
    programme.carry()
    assert texts(aye, story.folder) == texts(ba, story.folder)
    assert aye.history(story.folder).faults == () == ba.history(story.folder).faults
