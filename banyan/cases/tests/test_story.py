"""A message goes from the door to a desk and back, and the third member sees nothing."""

from banyan.cases.folders.conversation import About, Agreement, CheckIn, Message, Triage
from banyan.cases.testing import Programme
from banyan.sealing import codes


def write_in(programme: Programme, text: str = "I want to leave", danger: bool = True) -> bytes:
    code = codes.new_code()
    visit = programme.door.visit(code)
    assert visit.conversation is None
    posted = visit.post(b"n" * 16, About(danger=danger, force="ARMY"), Message(text=text, language="en"))
    assert posted.new and len(posted.ring) == 2
    return code


def test_a_message_is_answered_and_the_answer_is_read(programme):
    code = write_in(programme)
    programme.carry()
    aye, ba, chit = (programme.desks[name] for name in ("Aye", "Ba", "Chit"))
    (folder,) = aye.held("conversation")
    assert aye.conversation(folder).messages[0].document.text == "I want to leave"
    assert aye.conversation(folder).danger
    assert chit.held("conversation") == [] and chit.history(folder) is None
    programme.clock.forward(minutes=5)
    aye.write(folder, Message(text="You are heard", language="en"))
    programme.carry()
    texts = [said.document.text for said in programme.door.visit(code).conversation.messages]
    assert texts == ["I want to leave", "You are heard"]
    assert [said.document.text for said in ba.conversation(folder).messages] == texts
    assert ba.conversation(folder).waiting_since is None


def test_sending_twice_is_sending_once(programme):
    code = write_in(programme)
    again = programme.door.visit(code)
    assert not again.post(
        b"n" * 16, About(danger=True, force="ARMY"), Message(text="I want to leave", language="en")
    ).new
    assert len(again.conversation.messages) == 1
    assert again.post(b"m" * 16, Message(text="One more", language="en")).new
    assert len(again.conversation.messages) == 2


def test_a_fresh_conversation_gets_a_seed_that_the_hub_never_knew(programme):
    code = write_in(programme)
    first = programme.door.visit(code).history.current[0]
    programme.carry()
    programme.carry()
    second = programme.door.visit(code).history
    assert first.seed not in {one.seed for one in second.current}
    assert programme.door.keys.id not in {one.author for one in second.current}
    aye = programme.desks["Aye"]
    aye.write(aye.held("conversation")[0], Message(text="Heard", language="en"))
    programme.carry()
    assert len(programme.door.visit(code).history.current) == 1


def test_two_who_change_at_once_both_stand_until_somebody_who_saw_both_decides(programme):
    write_in(programme)
    programme.carry()
    programme.carry()
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    (folder,) = aye.held("conversation")
    aye.write(folder, Triage(topic="road"))
    ba.write(folder, Triage(topic="papers", danger=False))
    programme.carry()
    assert (
        set(aye.conversation(folder).values("topic"))
        == {"road", "papers"}
        == set(ba.conversation(folder).values("topic"))
    )
    assert not aye.conversation(folder).danger
    aye.write(folder, Triage(topic="road"))
    programme.carry()
    assert ba.conversation(folder).values("topic") == ("road",)


def test_erased_is_gone_everywhere_and_stays_gone(programme):
    code = write_in(programme)
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    old = [item.data for item in aye.store.of_folder(folder)]
    assert programme.door.visit(code).erase()
    programme.carry()
    assert aye.held("conversation") == [] and aye.conversation(folder) is None
    assert programme.hub.add(old).buried == len(old)
    assert aye.store.add(old).buried == len(old)
    assert programme.door.visit(code).conversation is None


def test_forgotten_words_are_gone_and_the_conversation_goes_on(programme):
    code = write_in(programme)
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    assert programme.door.visit(code).forget_words() == 2
    programme.carry()
    assert aye.conversation(folder).messages == [] and aye.history(folder).missing == 0
    programme.door.visit(code).post(b"x" * 16, Message(text="Still here", language="en"))
    programme.carry()
    assert [m.document.text for m in aye.conversation(folder).messages] == ["Still here"]
    assert aye.history(folder).doubled == () and aye.history(folder).faults == ()


def test_the_view_comes_back_from_its_blob_and_from_the_store_alone(programme):
    write_in(programme)
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    aye.view.save()
    assert b"leave" not in aye.view.path.read_bytes()
    again = programme.desk(aye.keys, "again", store=aye.store)
    assert again.held("conversation") == [] and again.take_in_all() == 1
    assert again.conversation(folder).messages[0].document.text == "I want to leave"
    again.view.path = aye.view.path
    assert again.view.open()
    assert again.held("conversation") == [folder]
    assert again.take_in_all() == 0


def test_a_check_in_of_a_wrong_clock_does_not_outlast_what_is_said_after_it(programme):
    visit = programme.door.visit(write_in(programme))
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    aye.write(folder, Agreement(next_due=programme.door.now + 3_600_000, every_hours=6))
    programme.carry()
    programme.clock.forward(hours=72)  # the hub's clock is three days ahead
    visit.post(b"1" * 16, CheckIn(how="ok"))
    programme.clock.forward(hours=-72)  # and is set right
    assert visit.conversation.last_check_in == (programme.door.now + 72 * 3_600_000, "ok")
    visit.post(b"2" * 16, CheckIn(how="not_ok"))
    programme.carry()
    for state in (visit.conversation, aye.conversation(folder)):
        assert state.last_check_in == (programme.door.now, "not_ok")
        assert state.next_check_in == programme.door.now + 3_600_000, "silence is noticed when it was agreed"
    visit.post(b"3" * 16, CheckIn(how="call_off"))
    assert visit.conversation.next_check_in is None


def test_check_ins_that_are_agreed_anew_after_they_were_called_off_are_kept_watch_over(programme):
    code = write_in(programme)
    visit = programme.door.visit(code)
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    aye.write(folder, Agreement(next_due=programme.door.now + 3_600_000, every_hours=6))
    programme.carry()
    visit.post(b"1" * 16, CheckIn(how="call_off"))
    assert visit.conversation.called_off and visit.conversation.next_check_in is None
    due = programme.door.now + 7_200_000
    aye.write(folder, Agreement(next_due=due, every_hours=6))  # before the laptop has heard of it
    programme.carry()
    assert aye.conversation(folder).called_off and aye.conversation(folder).next_check_in is None
    aye.write(folder, Agreement(next_due=due, every_hours=6))
    programme.carry()
    for state in (programme.door.visit(code).conversation, aye.conversation(folder)):
        assert not state.called_off and state.next_check_in == due
