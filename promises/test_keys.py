"""Keys are the permissions: every key there is against a copy of every store, compared with the table."""

from itertools import combinations

import pytest

from banyan.cases.folders.conversation import Message
from banyan.cases.table import RULES, TABLE
from banyan.folders.epoch import QuorumKeys, quorum_recipient
from banyan.folders.history import History, tell
from banyan.folders.items import Item, Sort, body_of, read_item
from banyan.folders.unseal import Ring, take
from banyan.sealing import boxes, codes, quorum
from banyan.sealing.faults import Damaged, SealingFault
from banyan.sealing.format import read
from banyan.sealing.keys import Keys
from promises.kit import Story, arrive, everything, keep_a_reply, open_case, remove


@pytest.fixture
def full(programme):
    """Three persons (one has a case, one was handed to Ba alone), a notebook, and a member who was removed."""
    stories = [arrive(programme, f"person {number}") for number in range(3)]
    aye, ba = programme.desks["Aye"], programme.desks["Ba"]
    stories[0] = open_case(programme, aye, stories[0])
    notebook = keep_a_reply(aye)
    ba.hand_over(stories[1].folder, [ba.me])
    ba.write(stories[1].folder, Message(text="only Ba", language="en"))
    programme.carry()
    programme.carry()
    return programme, stories, notebook


def opened(items: list[Item], keys: Keys, roster) -> dict[bytes, History]:
    """What a key opens of a copy of everything."""
    found = {}
    for folder in {item.folder for item in items if item.folder}:
        ring = take(Ring(folder), items, keys, roster)
        history = tell(ring, roster, RULES)
        if history is not None:
            found[folder] = history
        assert history is not None or not ring.entries
    return found


def words(history: History) -> int:
    """How many entries a history has."""
    return len(history.told)


def test_what_every_key_opens_is_what_the_assignments_say(full):
    programme, stories, notebook = full
    items = [read_item(data) for data in everything(programme)]
    roster, keys = programme.hub.roster(), programme.keys
    by_name = {name: opened(items, keys[name], roster) for name in keys}
    one, two, three = (story.folder for story in stories)
    assert set(by_name["Aye"]) == {one, two, three, stories[0].cover, notebook}
    assert set(by_name["Ba"]) == {one, two, three}
    assert by_name["Chit"] == by_name["Dway"] == {}
    assert words(by_name["Aye"][two]) == words(by_name["Ba"][two]) - 1  # nothing since it was handed to Ba
    for name, folders in by_name.items():
        seats = roster.members[keys[name].id].seats
        for history in folders.values():
            assert seats & set(TABLE[history.kind].seats)
            assert len(history.holders - {history.owner}) <= TABLE[history.kind].most + 1  # the quorum beside
    for story in stories:
        person = codes.keys_of(story.code, roster.programme)
        assert set(opened(items, person, roster)) == {story.folder}


def test_the_door_opens_nothing_and_a_stranger_nothing(full):
    programme, *_ = full
    items = [read_item(data) for data in everything(programme)]
    for keys in (programme.door.keys, Keys.generate()):
        assert opened(items, keys, programme.hub.roster()) == {}
        for item in items:
            if item.sort is Sort.WRAP:
                with pytest.raises(SealingFault):
                    boxes.unwrap(keys, item.data)


def test_a_removed_member_opens_nothing_that_came_after(full):
    programme, stories, _ = full
    before = opened(
        [read_item(d) for d in everything(programme)], programme.keys["Ba"], programme.hub.roster()
    )
    remove(programme, "Ba")
    aye = programme.desks["Aye"]
    programme.carry(aye)  # at once, though nobody wrote anything
    aye.write(stories[0].folder, Message(text="Ba must not read this", language="en"))
    programme.carry(aye)
    programme.door.visit(stories[0].code).post(b"z" * 16, Message(text="nor this", language="en"))
    items = [read_item(data) for data in everything(programme)]
    roster = programme.hub.roster()
    after, mine = opened(items, programme.keys["Ba"], roster), opened(items, programme.keys["Aye"], roster)
    assert words(after[stories[0].folder]) == words(before[stories[0].folder])
    assert words(mine[stories[0].folder]) == words(after[stories[0].folder]) + 2
    assert programme.keys["Ba"].id not in mine[stories[0].folder].holders
    quiet = aye.history(stories[2].folder)
    assert quiet is not None and programme.keys["Ba"].id not in quiet.holders


@pytest.mark.parametrize("number", [2, 3])
def test_three_of_five_trustees_open_all_of_one_bucket_and_two_open_nothing(full, number):
    programme, stories, notebook = full
    items = [read_item(data) for data in everything(programme)]
    roster = programme.hub.roster()
    held = next(item for item in items if item.id == roster.quorum)
    public = read(body_of(held), QuorumKeys).buckets
    folders = {item.folder for item in items if item.folder}
    assert len(folders) == 5 and {notebook, stories[0].cover} < folders
    bucket = quorum.bucket_of(stories[0].folder)
    for trustees in combinations(programme.founded.shares, number):
        brought = [quorum.hand_over(share, bucket) for share in trustees]
        if number < quorum.NEEDED:
            with pytest.raises(Damaged):
                quorum.combine(brought, public[bucket])
            continue
        secret = quorum.combine(brought, public[bucket])
        for folder in folders:
            history = _by_quorum(items, folder, secret, bucket, roster)
            assert (history is not None) == (quorum.bucket_of(folder) == bucket)
        history = _by_quorum(items, stories[0].folder, secret, bucket, roster)
        mine = programme.desks["Aye"].history(stories[0].folder)
        assert [told.name for told in history.told] == [told.name for told in mine.told]


def _by_quorum(items: list[Item], folder: bytes, secret: bytes, bucket: int, roster) -> History | None:
    """What the bucket's secret opens of a folder, when everybody else's keys are gone."""
    seeds, reader = {}, quorum_recipient(bucket)
    for item in items:
        if item.sort is Sort.WRAP and item.folder == folder and item.recipient == reader:
            seeds[item.epoch] = boxes.unwrap_with_seed(secret, reader, item.data)
    return tell(take(Ring(folder), items, seeds, roster), roster, RULES)


def test_the_hub_is_asked_for_what_one_holds_alone(full):
    programme, stories, _ = full
    given = set(programme.hub.ids_for(programme.keys["Chit"].id))
    assert all(item.sort not in (Sort.SEAL, Sort.WRAP) for item in programme.hub.get(given))
    assert Story and stories
