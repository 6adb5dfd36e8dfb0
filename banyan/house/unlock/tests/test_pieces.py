"""Drafts, turns, sync and the placing of acts, each by itself."""

import os
import threading
import time
from pathlib import Path

import pytest

from banyan.cases import burials
from banyan.cases.folders.conversation import Message, Triage
from banyan.folders import roster as acts
from banyan.folders.acts import pending, second
from banyan.folders.items import Sort, mark
from banyan.folders.peers import LocalPeer
from banyan.folders.remote import Unreachable
from banyan.folders.seats import Seat
from banyan.house.unlock import locking, placing, syncing
from banyan.house.unlock.drafts import Drafts
from banyan.house.unlock.gate import gate
from banyan.house.unlock.sitting import HeldForm, Sitting, sit
from banyan.house.unlock.turns import Turns
from banyan.sealing import codes
from banyan.sealing.format import write
from banyan.sealing.keys import Keys

# Drafts


def test_a_draft_comes_back_for_its_member_alone(tmp_path):
    keys = Keys.generate()
    mine, other = Drafts(tmp_path, keys), Drafts(tmp_path, Keys.generate())
    mine.save("answer:1", "ငါတို့ ကြားပါပြီ")
    mine.save("answer:1", "We hear you")
    assert Drafts(tmp_path, keys).load("answer:1") == "We hear you"
    assert mine.keys_kept() == ["answer:1"]
    assert other.load("answer:1") is None
    assert other.keys_kept() == []
    (path,) = (tmp_path / "drafts").iterdir()
    assert b"hear" not in path.read_bytes() and "answer" not in path.name
    mine.save("answer:1", "   ")
    assert mine.load("answer:1") is None
    assert list((tmp_path / "drafts").iterdir()) == []


def test_a_damaged_or_exchanged_draft_is_as_none(tmp_path):
    drafts = Drafts(tmp_path, Keys.generate())
    drafts.save("a", "first")
    (first,) = (tmp_path / "drafts").iterdir()
    drafts.save("b", "second")
    (second,) = set((tmp_path / "drafts").iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert drafts.load("b") is None
    assert drafts.load("a") == "first"
    first.write_bytes(first.read_bytes()[:-1])
    assert drafts.load("a") is None


# Turns


def test_a_page_gets_its_turn_between_two_steps_of_long_work():
    turns, seen, began = Turns(), [], threading.Event()

    def work() -> None:
        with turns:
            began.set()
            for step in range(200):
                seen.append(step)
                time.sleep(0.005)
                turns.courtesy()

    worker = threading.Thread(target=work)
    worker.start()
    began.wait()
    with turns:
        assert 0 < len(seen) < 100
        at = len(seen)
        time.sleep(0.05)
        assert len(seen) == at
    worker.join()
    assert seen == list(range(200))


# Sync


@pytest.fixture
def sitting(programme, tmp_path):
    aye = programme.desks["Aye"]
    one = Sitting(home=tmp_path, cookie="c", desk=aye)
    one.sync.desk = aye
    return one


def post(programme, text):
    code = codes.new_code()
    programme.door.visit(code).post(os.urandom(16), Message(text=text, language="en"))
    return code


def test_a_sync_takes_in_opens_sends_and_says_when(programme, sitting):
    code = post(programme, "I want to leave")
    aye = sitting.desk
    peer = LocalPeer(programme.hub, aye.keys.id)
    assert sitting.sync.last is None
    syncing._sync(sitting, aye, peer)
    (folder,) = aye.held("conversation")
    assert aye.conversation(folder).messages[0].document.text == "I want to leave"
    assert sitting.sync.unsent == 0
    assert sitting.sync.last == programme.clock().replace(microsecond=0)
    assert sitting.changed
    aye.write(folder, Message(text="You are heard", language="en"))
    assert sitting.sync.unsent > 0
    syncing._sync(sitting, aye, peer)
    assert sitting.sync.unsent == 0
    said = [one.document.text for one in programme.door.visit(code).conversation.messages]
    assert said == ["I want to leave", "You are heard"]


def test_a_hub_that_does_not_answer_is_said_in_the_bar(programme, sitting, monkeypatch):
    def unreachable(*_args: object) -> object:
        raise Unreachable("The hub does not answer.")

    monkeypatch.setattr(syncing, "peer_of", unreachable)
    syncing.sync_once(sitting)
    assert (str(sitting.sync.problem), sitting.sync.busy) == ("The hub does not answer.", False)
    monkeypatch.setattr(syncing, "peer_of", lambda _s, desk: LocalPeer(programme.hub, desk.keys.id))
    syncing.sync_once(sitting)
    assert sitting.sync.problem == ""


def test_being_on_duty_is_told_to_the_hub_once(programme, sitting):
    aye = sitting.desk
    told: list[bool] = []

    class Listening(LocalPeer):
        def duty(self, on: bool) -> None:
            told.append(on)

    peer = Listening(programme.hub, aye.keys.id)
    for said in (None, b"0", b"0", b"1"):
        if said is not None:
            aye.view.note(syncing.ON_DUTY, said)
        syncing._sync(sitting, aye, peer)
    assert told == [False, True]


def test_what_is_put_aside_as_a_flood_is_told_to_the_hub_once_and_taken_back(programme, sitting):
    aye, told = sitting.desk, []

    class Listening(LocalPeer):
        def aside(self, folders, *, back: bool = False) -> None:
            told.append((len(folders), back))
            super().aside(folders, back=back)

    visits = [programme.door.visit(bytes([n]) * 11) for n in range(3)]
    for visit in visits:
        visit.post(bytes(16), Message(text="cheap watches", language="en"))
    peer = Listening(programme.hub, aye.keys.id)
    syncing._sync(sitting, aye, peer)
    folders = [visit.history.folder for visit in visits]
    for folder in folders:
        aye.write(folder, Triage(state="set_aside", batch=bytes(15) + b"1"))
    for _ in range(2):
        syncing._sync(sitting, aye, peer)
    assert told == [(3, False)] and programme.hub.quota.aside() == set(folders)
    aye.write(folders[0], Triage(state="open", batch=bytes(16)))
    aye.write(folders[1], Triage(state="set_aside", batch=bytes(16)))  # by hand: no flood
    syncing._sync(sitting, aye, peer)
    assert told[1:] == [(2, True)] and programme.hub.quota.aside() == {folders[2]}


# The roster


def propose(desk, act, *signers):
    data = write(act)
    items = [mark(Sort.ACT, data)]
    items += [mark(Sort.ASSENT, write(acts.assent(one.keys, desk.roster.programme, data))) for one in signers]
    desk.store.add(items, unsent=True)


def removal_of(programme, member):
    return acts.Change(
        what="remove", member=member, seats=(), made=int(programme.clock().timestamp()), nonce=os.urandom(16)
    )


def test_an_act_is_placed_by_a_signer_when_two_have_signed(programme):
    chit, dway, aye = (programme.desks[name] for name in ("Chit", "Dway", "Aye"))
    ba = programme.desks["Ba"].keys.id
    peer = LocalPeer(programme.hub, chit.keys.id)
    act = removal_of(programme, ba)
    propose(chit, act, chit)
    assert placing.place_ready(chit, peer) == 0
    propose(chit, act, dway)
    propose(aye, act, chit, dway)
    assert placing.place_ready(aye, peer) == 0
    assert placing.place_ready(chit, peer) == 1
    assert placing.place_ready(chit, peer) == 0
    assert not chit.roster.members[ba].active
    assert not programme.hub.roster().members[ba].active


def test_what_was_typed_for_a_folder_that_two_erased_goes_with_the_next_sync(programme, sitting, tmp_path):
    post(programme, "I want to leave")
    aye, chit = sitting.desk, programme.desks["Chit"]
    peer = LocalPeer(programme.hub, aye.keys.id)
    syncing._sync(sitting, aye, peer)
    (folder,) = aye.held("conversation")
    sitting.drafts = Drafts(tmp_path, aye.keys)
    sitting.drafts.save(f"intake {folder[:8].hex()}", "half an answer")
    sitting.drafts.save("intake 0123456789abcdef", "of somebody else")
    act = burials.propose(aye, [folder], "told")
    syncing._sync(sitting, aye, peer)
    assert len(sitting.drafts.keys_kept()) == 2 and aye.held("conversation") == [folder]
    programme.carry(chit)
    (waits,) = pending(chit.store, chit.roster, chit.now // 1000)
    assert waits.id == act
    chit.store.add([second(chit.keys, chit.roster, waits)], unsent=True)
    programme.carry(chit)
    sitting.changed = False
    syncing._sync(sitting, aye, peer)  # it places the act itself
    assert programme.hub.of_folder(folder) == [] and aye.held("conversation") == []
    assert sitting.drafts.keys_kept() == ["intake 0123456789abcdef"] and sitting.changed


def test_an_assent_that_was_made_up_counts_for_nothing(programme):
    chit, dway = programme.desks["Chit"], programme.desks["Dway"]
    act = removal_of(programme, programme.desks["Ba"].keys.id)
    made_up = acts.assent(Keys.generate(), chit.roster.programme, write(act))
    forged = acts.Assent(act=made_up.act, member=dway.keys.id, signature=made_up.signature)
    propose(chit, act, chit)
    chit.store.add([mark(Sort.ASSENT, write(forged)), mark(Sort.ASSENT, write(made_up))])
    assert placing.place_ready(chit, LocalPeer(programme.hub, chit.keys.id)) == 0


def test_after_a_removal_the_removed_hold_nothing_new(programme, sitting):
    post(programme, "I want to leave")
    programme.carry()
    aye, chit, dway = sitting.desk, programme.desks["Chit"], programme.desks["Dway"]
    ba = programme.desks["Ba"].keys.id
    (folder,) = aye.held("conversation")
    assert ba in {member.id for member in aye.holders(folder)}
    propose(chit, removal_of(programme, ba), chit, dway)
    assert placing.place_ready(chit, LocalPeer(programme.hub, chit.keys.id)) == 1
    syncing._sync(sitting, aye, LocalPeer(programme.hub, aye.keys.id))
    assert ba not in {member.id for member in aye.holders(folder)}
    assert aye.keys.id in {member.id for member in aye.holders(folder)}
    assert Seat.INTAKE in aye.me.seats


# Sitting and locking


def test_a_token_lets_in_once(tmp_path):
    told: list[str] = []
    one = Sitting(home=tmp_path, cookie="secret", tokens={"a", "b"}, said=told.append)
    assert not one.let_in("") and not one.let_in("c")
    assert one.let_in("a") and not one.let_in("a")
    assert told == ["used a"]
    assert one.knows("secret") and not one.knows("") and not one.knows("secret2")


def test_only_a_few_late_forms_are_held(tmp_path):
    one = Sitting(home=tmp_path, cookie="c")
    for number in range(20):
        one.hold(HeldForm(f"/{number}", ()))
    assert [form.path for form in one.held] == [f"/{number}" for number in range(12, 20)]


def test_nothing_is_answered_once_the_desk_is_locking(at_desk, tmp_path, rf):
    one = Sitting(home=tmp_path, cookie="c", locking=True)
    sit(one)
    try:
        answer = gate(lambda _request: pytest.fail("a page was reached"))(rf.get("/"))
    finally:
        sit(None)
    assert answer.status_code == 503


def test_locking_stops_accepting_before_it_saves_and_a_full_disk_does_not_keep_it_open(sitting):
    order: list[str] = []
    left = threading.Event()
    sitting.changed = True
    sitting.stop_accepting = lambda: order.append("stopped")
    sitting.leave = left.set

    class Full:
        def save(self) -> None:
            order.append("saved")
            raise OSError("disk full")

    sitting.desk.view, kept = Full(), sitting.desk.view
    locking.lock(sitting)
    sitting.desk.view = kept
    assert order == ["stopped", "saved"]
    assert left.wait(2)
    assert sitting.locking and sitting.changed
    assert not Path(kept.path).exists()
    sitting.desk.view.save()
    assert Path(kept.path).exists()
