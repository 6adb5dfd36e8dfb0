"""Any flipped byte at rest is refused by name, nothing else is lost, and the next union makes it whole."""

import pytest

from banyan.folders.epoch import read_statement
from banyan.folders.items import Sort
from banyan.sealing import boxes
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import read
from banyan.sealing.signed import Signed
from promises.kit import arrive, ids, open_case, raw

STEP = 97  # bytes between two that are flipped in the long items; headers are flipped byte by byte
COLUMNS = {"sort": 2, "folder": 5, "epoch": 3, "recipient": 1, "item": 31}


@pytest.fixture
def hub_and_aye(programme):
    """A programme with a case, and the desk of Aye, which holds all of it."""
    open_case(programme, programme.desks["Aye"], arrive(programme))
    arrive(programme, "another person")
    return programme, programme.desks["Aye"]


def flip(data: bytes, place: int) -> bytes:
    """The bytes with one of them changed."""
    return data[:place] + bytes((data[place] ^ 0x41,)) + data[place + 1 :]


def places_of(length: int) -> list[int]:
    """Where to flip: every byte of the first 128 and of the last 64, and steps between."""
    return sorted({*range(min(128, length)), *range(max(0, length - 64), length), *range(0, length, STEP)})


@pytest.mark.parametrize("sort", [Sort.SEAL, Sort.WRAP, Sort.LINK, Sort.QUORUM, Sort.BURIAL])
def test_a_flipped_byte_in_a_row_is_refused_by_name_and_heals(hub_and_aye, sort):
    programme, aye = hub_and_aye
    if sort is Sort.BURIAL:
        programme.door.visit(_newcomer(programme)).forget_words()
        programme.carry()
    store, before = aye.store, set(aye.store.ids_for(None))
    victims = ids(store, sort)
    for number, ident in enumerate(victims[:6]):
        (row,) = raw(store, "SELECT data FROM folders_held WHERE item = %s", ident)
        data = bytes(row[0])
        for place in places_of(len(data))[number :: len(victims[:6]) * 7]:
            raw(store, "UPDATE folders_held SET data = %s WHERE item = %s", flip(data, place), ident)
            whole = {item.id for item in store.get(before)}
            assert whole == before - {ident} and set(store.damaged) == {ident}
            assert store.damaged[ident]
            assert store.drop_damaged() == [ident] and set(store.ids_for(None)) == before - {ident}
            assert store.add([data]).new == [ident] and set(store.ids_for(None)) == before
    assert {item.id for item in store.get(before)} == before


def _newcomer(programme) -> bytes:
    return arrive(programme, "somebody who forgets").code


@pytest.mark.parametrize("column", COLUMNS)
def test_what_a_row_says_in_clear_is_held_to_its_bytes(hub_and_aye, column):
    aye = hub_and_aye[1]
    store, before = aye.store, set(aye.store.ids_for(None))
    for sort in (Sort.SEAL, Sort.WRAP, Sort.LINK):
        ident = ids(store, sort)[0]
        (row,) = raw(store, f"SELECT {column}, data FROM folders_held WHERE item = %s", ident)
        old = row[0]
        if not old:
            continue
        new = "cord" if column == "sort" else flip(bytes(old), COLUMNS[column] % len(bytes(old)))
        raw(store, f"UPDATE folders_held SET {column} = %s WHERE item = %s", new, ident)
        gone = store.drop_damaged()
        assert gone == [new if column == "item" else ident]
        assert store.add([bytes(row[1])]).new == [ident] and set(store.ids_for(None)) == before
    assert store.drop_damaged() == []


def test_the_next_union_makes_a_damaged_desk_whole(hub_and_aye):
    programme, aye = hub_and_aye
    story = aye.held("conversation")[0]
    told = [one.name for one in aye.history(story).told]
    before = set(aye.store.ids_for(None))
    for sort in (Sort.SEAL, Sort.WRAP, Sort.QUORUM):
        ident = ids(aye.store, sort)[-1]
        cut = bytes(raw(aye.store, "SELECT data FROM folders_held WHERE item = %s", ident)[0][0])[:200]
        raw(aye.store, "UPDATE folders_held SET data = %s WHERE item = %s", cut, ident)
    assert len(aye.store.drop_damaged()) == 3
    programme.carry(aye)
    assert set(aye.store.ids_for(None)) == before
    again = programme.desk(aye.keys, "again", store=aye.store)
    again.take_in_all()
    assert [one.name for one in again.history(story).told] == told and again.history(story).faults == ()


def test_the_graveyard_is_made_anew_from_the_burials(programme):
    story = arrive(programme)
    old = [item.data for item in programme.hub.of_folder(story.folder)]
    programme.door.visit(story.code).erase()
    raw(programme.hub, "DELETE FROM folders_buried")
    assert programme.hub.add(old).new  # without its rows it would come back
    programme.hub.drop_damaged()
    assert programme.hub.of_folder(story.folder) == [] and programme.hub.add(old).buried == len(old)


def test_every_flipped_byte_of_a_seal_a_wrap_and_a_statement_is_refused_by_its_key(programme):
    story = arrive(programme)
    keys = programme.keys["Aye"]
    ring = programme.desks["Aye"].view.ring(story.folder)
    for item in programme.hub.of_folder(story.folder):
        if item.sort is Sort.WRAP and item.recipient == keys.id:
            _each(item.data, lambda data: boxes.unwrap(keys, data))
        elif item.sort is Sort.SEAL and item.epoch in ring.seeds:
            seed = ring.seeds[item.epoch]
            _each(item.data, lambda data, seed=seed: boxes.open_seal(seed, data))


def _each(data: bytes, use) -> None:
    use(data)
    for place in places_of(len(data)):
        with pytest.raises(SealingFault):
            use(flip(data, place))


def test_every_flipped_byte_inside_a_signed_record_is_refused(programme):
    """Behind the seal too: somebody who holds the seed cannot change what another signed."""
    story = arrive(programme)
    ring, roster = programme.desks["Aye"].view.ring(story.folder), programme.hub.roster()
    for item in programme.hub.of_folder(story.folder):
        if item.sort is not Sort.SEAL or item.epoch not in ring.seeds:
            continue
        seed = ring.seeds[item.epoch]
        plain, header = boxes.open_seal(seed, item.data), boxes.read_header(item.data)
        purpose = "epoch statement" if item.seal_sort == boxes.STATEMENT else "entry"
        author = ring.keys_of(read(plain, Signed).author, roster)
        for place in places_of(len(plain)):
            with pytest.raises(SealingFault):
                changed = flip(plain, place)
                read(changed, Signed).check(purpose, author)
                if purpose != "entry":
                    read_statement(changed, header, seed)


@pytest.mark.parametrize("sort", [Sort.LINK, Sort.BURIAL])
def test_every_flipped_byte_of_a_link_or_a_burial_is_refused_on_the_way_in(programme, sort):
    story = arrive(programme)
    programme.door.visit(story.code).forget_words()
    (item,) = programme.hub.public(sort)
    assert programme.hub.add([item.data]).known == 1
    for place in places_of(len(item.data)):
        added = programme.hub.add([flip(item.data, place)])
        assert added.new == [] and [ident for ident, _ in added.refused] == [
            boxes.seal_id(flip(item.data, place))
        ]
    assert programme.hub.roster().programme == programme.founded.programme


def test_nonsense_is_refused_by_name(programme):
    datas = [
        b"",
        b"BNY",
        b"BNY1",
        b"XXXX" + bytes(1020),
        b"BNR1\x00",
        b"BNG1" + bytes(50),
        b"BNA1",
        b"BNS1",
        b"BNC1",
    ]
    added = programme.hub.add([*datas, b"BNQ1" + bytes(600_000)])
    assert added.new == [] and len(added.refused) == len(datas) + 1
    assert all(words for _, words in added.refused)
