"""A hub that lies: what it makes up is refused or named, what it holds back is missed, what it repeats does nothing.

The limit: a hub that holds back the newest of everything is not noticed until somebody brings it by hand.
"""

import random
import secrets

import pytest

from banyan.cases.folders.conversation import Message
from banyan.cases.testing import Programme
from banyan.folders import compose
from banyan.folders import roster as chain
from banyan.folders.compose import found_folder
from banyan.folders.items import Sort, mark, read_item
from banyan.folders.peers import LocalPeer
from banyan.folders.roster import Add, Change, make_card
from banyan.folders.seats import Seat
from banyan.folders.store import Store
from banyan.folders.union import pull
from banyan.sealing import boxes, codes
from banyan.sealing.faults import Forged, SealingFault
from banyan.sealing.format import write
from banyan.sealing.keys import Keys
from promises.kit import arrive, arrive_merged, everything, remove, write_in

OFFICE = ("Chit", "Dway")


def link(programme, act, *signers: Keys, on=None, placed_by: Keys | None = None) -> bytes:
    """A link with whatever signatures."""
    roster, data = on or programme.hub.roster(), write(act)
    return chain.place(
        placed_by or signers[0], index=roster.index + 1, previous=tuple(sorted(roster.head)), time=roster.index,
        act=data, assents=tuple(chain.assent(one, roster.programme, data) for one in signers),
    )  # fmt: skip


def addition(keys: Keys, *seats: Seat) -> Add:
    """An act that adds a member with these keys."""
    return Add(
        card=make_card(keys, "ghost"), seats=seats, replaces=None, made=0, nonce=secrets.token_bytes(16)
    )


def told(desk, folder: bytes) -> list[bytes]:
    """The names that a desk counts."""
    return [one.name for one in desk.history(folder).counting]


def test_a_folder_founded_with_a_ghost_among_its_readers_is_refused(programme):
    ghost = Keys.generate()
    person = codes.keys_of(codes.new_code(), programme.hub.roster().programme)
    aye = programme.desks["Aye"]
    for readers in ([aye.me.keys, ghost.public], [aye.me.keys, programme.door.keys.public]):
        _, epoch = found_folder(
            programme.door.keys, roster=programme.hub.roster(), kind="conversation", readers=readers,
            owner=person.public, quorum=programme.door.quorum, time=programme.door.now,
        )  # fmt: skip
        programme.hub.add(epoch.items)
        programme.carry()
        assert aye.history(epoch.folder) is None and epoch.folder not in aye.held("conversation")
    write_in(programme)
    programme.carry()
    assert len(aye.held("conversation")) == 1


@pytest.mark.parametrize("kind", ["cover", "notebook", "nonsense"])
def test_the_door_founds_no_folder_but_conversations(programme, kind):
    aye = programme.desks["Aye"]
    _, epoch = found_folder(
        programme.door.keys, roster=programme.hub.roster(), kind=kind, readers=[aye.me.keys], owner=None,
        quorum=None, time=0,
    )  # fmt: skip
    programme.hub.add(epoch.items)
    programme.carry()
    assert aye.history(epoch.folder) is None


def test_wraps_of_a_seed_that_the_hub_knows_change_nothing_and_are_named(programme):
    story = arrive(programme)
    aye = programme.desks["Aye"]
    before, epoch = told(aye, story.folder), aye.history(story.folder).current[0].statement.epoch
    for reader in (aye.me.keys, Keys.generate().public):
        programme.hub.add([boxes.wrap(bytes(32), reader, folder=story.folder, epoch=epoch)])
    programme.door.visit(story.code).post(b"z" * 16, Message(text="goes on", language="en"))
    programme.carry()
    assert told(aye, story.folder)[:-1] == before
    unnamed = "a wrap that its epoch's statement does not name"
    assert [fault.words for fault in aye.history(story.folder).faults] == [unnamed] * 2
    fresh = programme.desk(aye.keys, "fresh")
    programme.carry(fresh)
    assert told(fresh, story.folder) == told(aye, story.folder)


def test_an_epoch_that_the_hub_makes_for_a_folder_is_refused(programme):
    code = write_in(programme)
    visit = programme.door.visit(code)  # fresh from the door: the hub knows this seed
    history = visit.history
    ba = programme.desks["Ba"]
    for keys in (programme.door.keys, visit.keys):
        forged = None
        try:
            forged = compose.next_epoch(
                keys, history, roster=programme.hub.roster(), readers=[visit.keys.public, ba.me.keys],
                quorum=programme.door.quorum, time=programme.door.now,
            )  # fmt: skip
        except compose.NotHeld:
            assert keys is programme.door.keys
            continue
        programme.hub.add(forged.items)
    programme.carry()
    assert {f.words for f in ba.history(history.folder).faults} == {
        "an epoch by somebody who did not hold the folder"
    }
    for desk in (programme.desks["Aye"], ba):
        assert programme.keys["Aye"].id in desk.history(history.folder).holders
        assert len(told(desk, history.folder)) == 2


def test_what_it_drops_in_the_middle_is_missed_and_counted(programme):
    story = arrive_merged(programme)
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    aye.write(story.folder, Message(text="one", language="en"))
    dropped = aye.store.unsent()
    aye.write(story.folder, Message(text="two", language="en"))
    programme.hub.add(item.data for item in aye.store.get(set(aye.store.unsent()) - set(dropped)))
    ba.store.add(item.data for item in programme.hub.get(programme.hub.ids_for(ba.keys.id)))
    ba.take_in_all()
    assert ba.history(story.folder).missing == 1
    assert {said.document.text for said in ba.conversation(story.folder).messages} == {
        "I want to leave",
        "two",
    }
    programme.carry()
    assert ba.history(story.folder).missing == 0 and told(ba, story.folder) == told(aye, story.folder)


def test_order_and_repetition_change_nothing(programme):
    story = arrive(programme)
    for number in range(4):
        programme.desks["Aye" if number % 2 else "Ba"].write(
            story.folder, Message(text=str(number), language="en")
        )
        programme.carry()
    right = told(programme.desks["Aye"], story.folder)
    datas = everything(programme)
    for seed in range(4):
        random.Random(seed).shuffle(datas)
        fresh = programme.desk(programme.keys["Aye"], f"fresh{seed}")
        for data in datas + datas[::2]:
            fresh.store.add([data])
            if seed % 2:
                fresh.take_in_all()
        fresh.take_in_all()
        assert told(fresh, story.folder) == right and fresh.history(story.folder).faults == ()


def test_a_ghost_member_needs_two_signatures_of_this_very_programme(programme):
    ghost, roster = Keys.generate(), programme.hub.roster()
    chit, aye, ba, door = (programme.keys.get(n, programme.door.keys) for n in ("Chit", "Aye", "Ba", "door"))
    act = addition(ghost, Seat.INTAKE)
    data = write(act)
    old = tuple(chain.assent(one, bytes(32), data) for one in (chit, aye))  # signed for another programme
    false = [link(programme, act, one) for one in (chit, door, ghost)]
    false += [link(programme, act, chit, one) for one in (door, ghost)]
    false += [link(programme, act, aye, ba)]  # nobody of the office
    false += [link(programme, act, chit, aye, placed_by=door)]
    false += [
        chain.place(chit, index=1, previous=tuple(roster.head), time=0, act=data, assents=old),
        chain.place(chit, index=1, previous=tuple(roster.head), time=10**12, act=data, assents=(
            chain.assent(chit, roster.programme, data), chain.assent(aye, roster.programme, data))),
        link(programme, addition(ghost, Seat.INTAKE, Seat.SHELTER), chit, aye),
    ]  # fmt: skip
    for one in false:
        assert not LocalPeer(programme.hub).place(one).accepted
        programme.hub.add([one])  # it is its own store: a hostile hub puts in what it likes
    programme.carry()
    for desk in programme.desks.values():
        assert ghost.id not in desk.roster.members and len(desk.roster.refused) == len(false)
    assert LocalPeer(programme.hub).place(link(programme, act, chit, aye)).accepted
    assert programme.hub.roster().members[ghost.id].active


def test_a_forked_roster_keeps_removals_of_both_sides_and_additions_of_neither(programme):
    chit, dway = (programme.keys[name] for name in OFFICE)
    first, second = Keys.generate(), Keys.generate()
    roster, programme_id = programme.hub.roster(), programme.hub.roster().programme
    left = Store(programme.store("left").alias, programme.clock)
    right = Store(programme.store("right").alias, programme.clock)
    for store, keys, gone in ((left, first, "Aye"), (right, second, "Ba")):
        store.add(programme.founded.items)
        for act in (
            addition(keys, Seat.INTAKE),
            Change(what="remove", member=programme.keys[gone].id, seats=(), made=0, nonce=keys.id),
        ):
            store.add([link(programme, act, chit, dway, on=store.roster())])
        assert keys.id in store.roster().members and not store.roster().forked
    desk = programme.desks["Chit"]
    for store in (left, right):
        desk.store.add(item.data for item in store.public(Sort.LINK))
    seen = desk.roster
    assert seen.forked and roster.programme == programme_id == seen.programme
    assert first.id not in seen.members and second.id not in seen.members
    assert {m.name for m in seen.members.values() if m.standing == "removed"} == {"Aye", "Ba"}
    more = link(programme, addition(Keys.generate(), Seat.INTAKE), chit, dway, on=seen)
    assert not LocalPeer(desk.store).place(more).accepted
    mend = link(programme, chain.Mend(made=0, nonce=bytes(16)), chit, dway, on=seen)
    assert LocalPeer(desk.store).place(mend).accepted and not desk.roster.forked
    assert (
        LocalPeer(desk.store)
        .place(link(programme, addition(first, Seat.INTAKE), chit, dway, on=desk.roster))
        .accepted
    )
    assert first.id in desk.roster.members


def test_an_older_roster_is_not_believed_by_who_knew_better_and_named_by_who_did_not(programme):
    story = arrive_merged(programme)
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    remove(programme, "Dway")
    hidden = [item for item in programme.hub.public(Sort.LINK) if item.id != programme.founded.programme]
    aye.store.add(item.data for item in hidden)
    aye.write(story.folder, Message(text="I know that Dway has left", language="en"))
    ba.store.add(item.data for item in aye.store.of_folder(story.folder))  # the hub hides the link
    ba.take_in_all()
    assert ba.roster.index == 0 and ba.history(story.folder).ahead == 1
    aye.store.add(programme.founded.items)
    assert aye.roster.index == 1 and aye.history(story.folder).ahead == 0
    programme.carry()
    assert ba.roster.index == 1 and ba.history(story.folder).ahead == 0


def test_a_second_founding_is_refused_and_a_false_one_is_no_founding(programme, tmp_path):
    (tmp_path / "other").mkdir()
    other = Programme(tmp_path / "other")
    try:
        added = programme.desks["Aye"].store.add(other.founded.items)
        assert [words for _, words in added.refused] == ["the founding of another programme"]
        assert programme.desks["Aye"].roster.programme == programme.founded.programme
        both = programme.store("both")
        pulled = pull(both, LocalPeer(other.hub), None, programme=programme.founded.programme)
        assert pulled.refused and both.public(Sort.LINK) == []
    finally:
        other.close()
    genuine = chain.read_link(read_item(programme.founded.items[0]))
    false = mark(Sort.LINK, write(genuine).replace(b"Harbour", b"Barbour"))
    empty = programme.store("empty")
    assert empty.add([false, *programme.founded.items]).refused[0][0] == boxes.seal_id(false)
    assert empty.roster().programme == programme.founded.programme


def test_nothing_is_sealed_to_a_key_that_the_roster_does_not_carry(programme):
    story = arrive(programme)
    aye = programme.desks["Aye"]
    remove(programme, "Ba", at=aye.store)
    ba = aye.roster.members[programme.keys["Ba"].id]
    with pytest.raises(SealingFault):
        aye.hand_over(story.folder, [aye.me, ba])
    with pytest.raises(SealingFault):
        aye.hand_over(story.folder, [aye.roster.members[programme.keys["Chit"].id]])
    aye.hand_over(story.folder, [aye.me])
    assert len(aye.history(story.folder).holders) == 3  # the person, Aye, the quorum


def test_a_signature_for_one_thing_does_not_hold_for_another():
    keys = Keys.generate()
    signature = keys.sign("entry", b"message")
    keys.public.check("entry", b"message", signature)
    for purpose, message in (
        ("epoch statement", b"message"),
        ("entry", b"massage"),
        ("roster act", b"message"),
    ):
        with pytest.raises(Forged):
            keys.public.check(purpose, message, signature)
