"""A pouch brings what is whole and names what is not."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from banyan.folders import pouch_file as pouch
from banyan.folders.grave import Grave
from banyan.folders.graveyard import bury_own
from banyan.folders.items import Sort, read_item
from banyan.folders.pouch import items_for, take_in_pouch, write_pouch, write_wraps
from banyan.folders.pouch_file import Broken, ForeignPouch, NoPouch, read_pouch
from banyan.folders.store import Store
from banyan.folders.tests.places import MakeStore, entry, folder, junk_seal, junk_wrap, make_store, programme
from banyan.sealing.boxes import seal_id
from banyan.sealing.keys import Keys

__all__ = ["make_store"]


@pytest.fixture
def items() -> list[bytes]:
    ids = bytes(32), bytes(16)
    small = [junk_seal(ids[0]) for _ in range(3)]
    return [programme().founding, *small, junk_wrap(*ids), junk_seal(ids[0], size_class=1), junk_seal(ids[0])]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "one.pouch"


def split(path: Path) -> tuple[list[bytes], list[Broken]]:
    read = list(read_pouch(path))
    return [one for one in read if isinstance(one, bytes)], [one for one in read if isinstance(one, Broken)]


def test_what_was_put_in_comes_out(path: Path, items: list[bytes]) -> None:
    steps: list[int] = []
    count = write_pouch(path, items, wraps=True, progress=lambda done, total: steps.append(done))
    assert count == len(items) == pouch.read_head(path).count and split(path) == (items, []) and steps
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and list(path.parent.iterdir()) == [path]
    assert path.read_bytes().startswith(b"BANYANPOUCH1\n")


def test_an_empty_pouch_is_a_pouch(path: Path) -> None:
    assert write_pouch(path, [], wraps=True) == 0 and split(path) == ([], [])


def test_every_flipped_byte_is_named_and_costs_one_item(path: Path, items: list[bytes]) -> None:
    write_pouch(path, items, wraps=True)
    whole = path.read_bytes()
    ends = pouch.START
    spans = []
    for data in items:
        spans.append(range(ends, ends + pouch.FRAMED + len(data)))
        ends += pouch.FRAMED + len(data)
    edges = [place for span in spans for place in range(span.start, span.start + 50)]
    places = {*range(0, len(whole), 97), *range(pouch.START), *range(ends, len(whole)), *edges}
    for place in sorted(places):
        path.write_bytes(whole[:place] + bytes((whole[place] ^ 0x55,)) + whole[place + 1 :])
        came, broken = split(path)
        hit = [number for number, span in enumerate(spans) if place in span]
        assert came == [data for number, data in enumerate(items) if number not in hit], place
        assert len(broken) == 1, place
        expected = (
            f"item {hit[0] + 1}"
            if hit
            else ("the end" if place >= ends else "the first line" if place < 13 else "the head")
        )
        assert broken[0].place == expected, place


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.77, 0.99])
def test_a_cut_pouch_gives_what_is_whole_and_says_what_is_missing(
    path: Path, items: list[bytes], share: float
) -> None:
    write_pouch(path, items, wraps=True)
    whole = path.read_bytes()
    cut = int(len(whole) * share)
    path.write_bytes(whole[:cut])
    came, broken = split(path)
    assert (came == items[: len(came)] and len(came) < len(items)) or share == 0.99
    assert f"{len(whole) - cut} of {len(whole)} bytes are missing" in broken[-1].words
    if len(came) < len(items):
        assert any(f"{len(items)}" in one.place for one in broken[:-1])


def test_a_hole_and_a_tail_are_named(path: Path, items: list[bytes]) -> None:
    write_pouch(path, items, wraps=True)
    whole = path.read_bytes()
    path.write_bytes(whole + b"tail")
    assert split(path) == (items, [Broken("behind the end", "4 bytes that do not belong to the pouch")])
    second = pouch.START + pouch.FRAMED + len(items[0])
    path.write_bytes(whole[:second] + bytes(2200) + whole[second + 2200 :])
    came, broken = split(path)
    assert came == [items[0], *items[4:]] and broken == [Broken("items 2 to 4", "their frames were changed")]


def test_exchanged_items_are_named(path: Path, items: list[bytes]) -> None:
    write_pouch(path, [items[1], items[2]], wraps=True)
    ours = path.read_bytes()
    write_pouch(path, [items[1], items[3]], wraps=True)
    path.write_bytes(ours[:-44] + path.read_bytes()[-44:])
    assert split(path)[1] == [Broken("the end", "the items were exchanged or put in another order")]


@pytest.mark.parametrize(
    "data", [b"", b"BANYAN", b"%PDF-1.7 and more of it than a head has bytes in it", bytes(5000)]
)
def test_what_is_no_pouch_is_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(NoPouch):
        list(read_pouch(path))


def test_a_pouch_that_cannot_be_written_leaves_nothing(path: Path, items: list[bytes]) -> None:
    write_pouch(path, items, wraps=True)

    def failing() -> Iterator[bytes]:
        yield items[0]
        raise OSError("the stick is full")

    with pytest.raises(OSError):
        write_pouch(path, failing(), wraps=True)
    assert split(path) == (items, []) and list(path.parent.iterdir()) == [path]


def test_a_pouch_for_a_member_carries_what_they_are_given(make_store: MakeStore, path: Path) -> None:
    one, hub, desk, stranger = programme(), make_store("hub"), make_store("bo"), make_store("cho")
    _, mine = folder(one, "ama", "bo")
    _, other = folder(one, "ama")
    hub.add([one.founding, *mine.items, *other.items])
    hub.add([entry(one, hub, "ama", mine.folder), entry(one, hub, "ama", other.folder)])
    write_pouch(path, items_for(hub, one.keys["bo"].id), wraps=True)
    report = take_in_pouch(desk, path)
    assert desk.ids_for(None) == hub.ids_for(one.keys["bo"].id) and not report.broken
    assert not desk.of_folder(other.folder) and len(desk.of_folder(mine.folder)) == 4
    again = take_in_pouch(desk, path)
    assert not again.pulled.new and again.pulled.known == len(report.pulled.new)
    write_pouch(path, items_for(hub, one.keys["cho"].id), wraps=True)
    take_in_pouch(stranger, path)
    assert stranger.ids_for(None) == [seal_id(one.founding)]


def test_a_backup_opens_nothing_and_wraps_are_kept_seven_days(make_store: MakeStore, path: Path) -> None:
    one, hub = programme(), make_store("hub")
    now = datetime(2027, 3, 1, tzinfo=UTC)
    hub.clock = lambda: now
    _, epoch = folder(one, "ama")
    hub.add([one.founding, *epoch.items])
    write_pouch(path, items_for(hub, None), wraps=False)
    apart = path.with_name("wraps.pouch")
    assert write_wraps(apart, hub) == 1
    for days, taken in ((0, True), (7, True), (8, False), (-2, False)):
        new = make_store("new")
        new.clock = partial(now.__add__, timedelta(days=days))
        take_in_pouch(new, path)
        assert new.readers_of(epoch.folder) == set() and len(new.ids_for(None)) == 2
        report = take_in_pouch(new, apart)
        assert new.readers_of(epoch.folder) == ({one.keys["ama"].id} if taken else set())
        assert report.wraps_refused == (0 if taken else 1)


def test_wraps_are_not_taken_from_a_pouch_whose_head_is_damaged(
    make_store: MakeStore, path: Path, items: list[bytes]
) -> None:
    write_pouch(path, items, wraps=True)
    whole = bytearray(path.read_bytes())
    whole[20] ^= 1
    path.write_bytes(whole)
    store = make_store("new")
    report = take_in_pouch(store, path)
    sorts = [read_item(data).sort for data in items]
    assert report.wraps_refused == sorts.count(Sort.WRAP) == 1 and len(store.ids_for(None)) == len(items) - 1


def test_an_old_pouch_does_not_bring_back_the_erased(make_store: MakeStore, path: Path) -> None:
    one, store, person = programme(), make_store("hub"), Keys.generate()
    terms, epoch = folder(one, "ama", owner=person)
    store.add([one.founding, *epoch.items])
    write_pouch(path, items_for(store, None), wraps=True)
    store.add([bury_own(person, terms.digest, Grave(folder=epoch.folder, seals=(), names=()))])
    report = take_in_pouch(store, path)
    assert report.pulled.buried == len(epoch.items) and not store.of_folder(epoch.folder)
    later = path.with_name("later.pouch")
    write_pouch(later, items_for(store, None), wraps=True)
    desk: Store = make_store("desk")
    take_in_pouch(desk, path)
    assert desk.of_folder(epoch.folder)
    take_in_pouch(desk, later)
    assert not desk.of_folder(epoch.folder)


def everything(store: Store) -> tuple[list[bytes], list[bytes]]:
    return store.ids_for(None), store.unsent()


def test_a_pouch_of_another_programme_is_refused_whole(make_store: MakeStore, path: Path) -> None:
    ours, theirs, here, there = programme(), programme(), make_store("here"), make_store("there")
    mine = folder(ours, "ama", "bo")[1].items
    here.add([ours.founding, *mine], unsent=True)
    there.add([theirs.founding, theirs.change("freeze", "bo", "cho"), *folder(theirs, "ama")[1].items])
    before = everything(here)
    pouches = {
        "backup": list(items_for(there, None)),
        "without its founding": [data for data in items_for(there, None) if data != theirs.founding],
        "of both": [*mine, ours.founding, theirs.founding],
    }
    for name, items in pouches.items():
        write_pouch(path, items, wraps=True)
        with pytest.raises(ForeignPouch):
            take_in_pouch(here, path)
        assert everything(here) == before, name
    write_wraps(path, there)
    with pytest.raises(ForeignPouch):
        take_in_pouch(here, path)
    assert everything(here) == before
    write_wraps(path, here)
    assert take_in_pouch(here, path).pulled.known == 2
    empty = make_store("empty")
    write_pouch(path, [ours.founding, theirs.founding], wraps=True)
    with pytest.raises(ForeignPouch):
        take_in_pouch(empty, path)
    write_pouch(path, items_for(there, None), wraps=True)
    take_in_pouch(empty, path)
    assert empty.ids_for(None) == there.ids_for(None) != []


def test_a_pouch_of_ours_with_a_broken_founding_still_comes_in(make_store: MakeStore, path: Path) -> None:
    ours, here, there = programme(), make_store("here"), make_store("there")
    here.add([ours.founding])
    there.add([ours.founding, ours.change("freeze", "bo", "cho"), *folder(ours, "ama")[1].items])
    write_pouch(path, items_for(there, None), wraps=True)
    whole = bytearray(path.read_bytes())
    whole[whole.index(ours.founding) + 50] ^= 1
    path.write_bytes(whole)
    report = take_in_pouch(here, path)
    assert len(report.broken) == 1 and here.ids_for(None) == there.ids_for(None)
