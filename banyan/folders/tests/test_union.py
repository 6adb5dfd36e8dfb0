"""Two places become one set, whatever breaks on the way and whatever the other place does."""

import secrets
import threading
from collections.abc import Sequence

import pytest
from django.db import connections

from banyan.folders.given import Ids, given
from banyan.folders.grave import Grave
from banyan.folders.graveyard import bury_own
from banyan.folders.items import Sort, mark, read_item
from banyan.folders.peers import BATCH_BYTES, MOST_PUSHED, LocalPeer
from banyan.folders.roster import Bury, Change
from banyan.folders.store import Store
from banyan.folders.tests.places import (
    NOW,
    MakeStore,
    entry,
    folder,
    junk_seal,
    junk_wrap,
    make_store,
    programme,
)
from banyan.folders.union import missing, pull, pull_private, pull_public, push_unsent
from banyan.sealing.boxes import seal_id
from banyan.sealing.keys import Keys

__all__ = ["make_store"]
EVERY = bytes(range(256))


class Break(Exception):
    """The line is cut."""


class Other(LocalPeer):
    """A place whose answers a test bends."""

    def fetch(self, ids: Sequence[bytes]) -> tuple[bytes, ...]:
        self.asked = getattr(self, "asked", 0) + 1
        return self.bend(super().fetch(ids))

    def bend(self, datas: tuple[bytes, ...]) -> tuple[bytes, ...]:
        return datas


def filled(make_store: MakeStore, folders: int = 4, entries: int = 3):
    one, hub = programme(), make_store("hub")
    hub.add([one.founding])
    ids = []
    for number in range(folders):
        _, epoch = folder(one, "ama", *(["bo"] if number % 2 else []))
        hub.add(epoch.items)
        for _ in range(entries):
            hub.add([entry(one, hub, "ama", epoch.folder)])
        ids.append(epoch.folder)
    return one, hub, ids


def test_a_member_is_given_their_folders_and_nobody_elses(make_store: MakeStore) -> None:
    one, hub, folders = filled(make_store)
    ama, bo, cho = (make_store(name) for name in ("ama", "bo", "cho"))
    for desk, name in ((ama, "ama"), (bo, "bo"), (cho, "cho")):
        me = one.keys[name].id
        pulled = pull(desk, LocalPeer(hub, me), me)
        assert desk.ids_for(None) == hub.ids_for(me) == list(given(hub, me).ids)
        assert len(pulled.new) == len(hub.ids_for(me)) and not pulled.refused
    assert ama.ids_for(None) == hub.ids_for(None)
    assert bo.readers_of(folders[0]) == set() != bo.readers_of(folders[1])
    assert cho.ids_for(None) == [seal_id(one.founding)]
    stolen = LocalPeer(hub, one.keys["cho"].id).fetch(hub.ids_for(None))
    assert stolen == (one.founding,)


def test_pulling_again_asks_for_nothing(make_store: MakeStore) -> None:
    one, hub, _ = filled(make_store)
    ama, me = make_store("ama"), one.keys["ama"].id
    pull(ama, LocalPeer(hub, me), me)
    peer = Other(hub, me)
    assert not pull(ama, peer, me).new and not hasattr(peer, "asked")
    hub.add([junk_seal(read_item(hub.get(hub.ids_for(me))[-1].data).folder or bytes(32))])
    assert len(pull(ama, peer, me).new) <= 1


def test_only_the_differing_ids_are_named(make_store: MakeStore) -> None:
    one, hub, folders = filled(make_store)
    ama, me = make_store("ama"), one.keys["ama"].id
    pull(ama, LocalPeer(hub, me), me)
    fresh = junk_seal(folders[0])
    hub.add([fresh])
    peer = LocalPeer(hub, me)
    assert peer.summary().differing(given(ama, me).summary) == [seal_id(fresh)[0]]
    assert missing(ama, peer, me) == Ids(public=(), private=(seal_id(fresh),))


def test_public_items_come_before_any_seal_and_burials_hold(make_store: MakeStore) -> None:
    """What was erased at the hub is gone at a desk that still holds it, and is not taken in by a new one."""
    one, hub, _ = filled(make_store, folders=1)
    person = Keys.generate()
    terms, epoch = folder(one, "ama", owner=person)
    desk, me = make_store("ama"), one.keys["ama"].id
    hub.add(epoch.items)
    pull(desk, LocalPeer(hub, me), me)
    assert desk.of_folder(epoch.folder)
    hub.add([bury_own(person, terms.digest, Grave(folder=epoch.folder, seals=(), names=()))])
    pulled, private = pull_public(desk, LocalPeer(hub, me), me)
    assert len(pulled.new) == 1 and private == () and not desk.of_folder(epoch.folder)
    hoarder = make_store("hoarder")
    hoarder.add(epoch.items)
    late = pull(desk, LocalPeer(hoarder, None), me)
    assert late.buried == len(epoch.items) and not desk.of_folder(epoch.folder)


def test_a_burial_by_two_holds_after_one_of_them_has_left(make_store: MakeStore) -> None:
    one, hub, folders = filled(make_store, folders=1)
    old = [item.data for item in hub.of_folder(folders[0])]
    grave = Grave(folder=folders[0], seals=(), names=())
    bury = Bury(graves=(grave,), reason="asked", made=NOW, nonce=bytes(16))
    assert hub.add([one.link(bury, "cho", on=hub.roster())]).new and hub.of_folder(
        folders[0]
    )  # one alone buries nothing
    assert any("too few" in words for _, words in hub.roster().refused)
    hub.add([one.link(bury, "cho", "dali", on=hub.roster())])
    assert hub.is_buried(folders[0]) and not hub.of_folder(folders[0])
    gone = Change(what="remove", member=one.keys["dali"].id, seats=(), made=NOW, nonce=bytes(16))
    hub.add([one.link(gone, "cho", "ama", on=hub.roster())])
    desk, me = make_store("ama"), one.keys["ama"].id
    desk.add(old)
    pull(desk, LocalPeer(hub, me), me)
    assert desk.is_buried(folders[0]) and not desk.of_folder(folders[0])
    assert desk.add(old).buried == len(old)


def test_a_break_anywhere_loses_no_batch_that_came(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("banyan.folders.union.MOST_ASKED", 5)
    one, hub, _ = filled(make_store)
    desk, me = make_store("ama"), one.keys["ama"].id

    class Cut(Other):
        def bend(self, datas: tuple[bytes, ...]) -> tuple[bytes, ...]:
            if self.asked == 2:
                raise Break
            return datas

    held = []
    for _ in range(20):
        try:
            pull(desk, Cut(hub, me), me)
            break
        except Break:
            held.append(len(desk.ids_for(None)))
    assert held == sorted(set(held)) and len(held) >= 2
    assert desk.ids_for(None) == hub.ids_for(None)


@pytest.mark.parametrize("how", ["reorders", "drops", "doubles", "changes", "adds", "replays", "nothing"])
def test_a_hub_that_does_not_keep_to_it_costs_only_what_it_holds_back(
    make_store: MakeStore, how: str
) -> None:
    one, hub, folders = filled(make_store)
    desk, me = make_store("ama"), one.keys["ama"].id
    foreign = junk_seal(folders[0])

    class Hostile(Other):
        def bend(self, datas: tuple[bytes, ...]) -> tuple[bytes, ...]:
            flipped = tuple(data[:-1] + bytes((data[-1] ^ 1,)) for data in datas)
            self.first = getattr(self, "first", datas)
            return {
                "reorders": datas[::-1],
                "drops": datas[::2],
                "doubles": datas + datas,
                "changes": flipped,
                "adds": (*datas, foreign, b"junk", b""),
                "replays": self.first,
                "nothing": (),
            }[how]

    pulled = pull(desk, Hostile(hub, me), me)
    assert set(desk.ids_for(None)) <= set(hub.ids_for(None)) and seal_id(foreign) not in desk.ids_for(None)
    if how in ("doubles", "adds", "reorders"):
        assert desk.ids_for(None) == hub.ids_for(None)
    if how in ("changes", "nothing"):
        assert not pulled.new and pulled.withheld == len(hub.ids_for(None))
    if how in ("adds", "changes", "doubles"):
        assert pulled.unasked
    assert pull(desk, LocalPeer(hub, me), me, programme=one.id).refused == []
    assert desk.ids_for(None) == hub.ids_for(None)


def test_a_hub_that_names_what_does_not_exist_is_asked_once(make_store: MakeStore) -> None:
    one, hub, _ = filled(make_store, folders=1)
    desk, me = make_store("ama"), one.keys["ama"].id

    class Boaster(Other):
        def ids(self, prefixes: bytes) -> Ids:
            ids = super().ids(prefixes)
            return Ids(
                public=ids.public, private=ids.private + tuple(secrets.token_bytes(32) for _ in range(3000))
            )

    peer = Boaster(hub, me)
    pulled = pull(desk, peer, me)
    assert pulled.withheld == 3000 and peer.asked < 8
    assert desk.ids_for(None) == hub.ids_for(None)


def test_links_that_would_blind_a_desk_are_refused_by_name(make_store: MakeStore) -> None:
    one, other, hub = programme(), programme(), make_store("hub")
    desk, me = make_store("ama"), one.keys["ama"].id
    junk = mark(Sort.LINK, b"junk")
    bad = {seal_id(junk): junk, seal_id(other.founding): other.founding}
    hub.add([one.founding])

    class Hostile(LocalPeer):
        def ids(self, prefixes: bytes) -> Ids:
            ids = super().ids(prefixes)
            return Ids(public=(*bad, *ids.public), private=ids.private)

        def fetch(self, ids: Sequence[bytes]) -> tuple[bytes, ...]:
            return tuple(bad[ident] for ident in ids if ident in bad) + super().fetch(ids)

    words = dict(pull(desk, Hostile(hub, me), me, programme=one.id).refused)
    assert words[seal_id(other.founding)] == "the founding of another programme" and seal_id(junk) in words
    assert desk.roster().programme == one.id and len(desk.public(Sort.LINK)) == 1
    unnamed = make_store("unnamed")
    pull(unnamed, Hostile(hub, me), me)
    assert unnamed.roster().programme in (one.id, other.id)


def test_pushing_hands_over_what_is_unsent_once_and_shuffled(make_store: MakeStore) -> None:
    one, hub, desk = programme(), make_store("hub"), make_store("ama")
    hub.add([one.founding])
    datas = [junk_seal(bytes(32)) for _ in range(2 * MOST_PUSHED + 7)]
    desk.add(datas, unsent=True)
    seen: list[bytes] = []

    class Watched(LocalPeer):
        def push(self, datas: Sequence[bytes]):
            assert len(datas) <= MOST_PUSHED and sum(map(len, datas)) <= BATCH_BYTES
            seen.extend(datas)
            return super().push(datas)

    sent = push_unsent(desk, Watched(hub))
    assert sent.confirmed == len(datas) and sent.left == 0 == desk.unsent_count() and not sent.refused
    assert (
        sorted(seen) == sorted(datas) and seen != datas and set(hub.ids_for(None)) > set(map(seal_id, datas))
    )
    assert push_unsent(desk, Watched(hub)).confirmed == 0 and len(seen) == len(datas)


def test_a_lost_reply_in_the_middle_of_a_push_doubles_nothing(make_store: MakeStore) -> None:
    hub, desk = make_store("hub"), make_store("ama")
    desk.add([junk_seal(bytes(32)) for _ in range(700)], unsent=True)

    class Lossy(LocalPeer):
        calls = 0

        def push(self, datas: Sequence[bytes]):
            pushed = super().push(datas)
            Lossy.calls += 1
            if Lossy.calls == 2:
                raise Break
            return pushed

    with pytest.raises(Break):
        push_unsent(desk, Lossy(hub))
    assert len(hub.ids_for(None)) == 512 and desk.unsent_count() == 700 - 256
    assert push_unsent(desk, Lossy(hub)).left == 0
    assert hub.ids_for(None) == desk.ids_for(None) and desk.unsent_count() == 0


def test_a_mark_is_taken_off_only_for_what_was_sent_and_confirmed(make_store: MakeStore) -> None:
    hub, desk = make_store("hub"), make_store("ama")
    datas = [junk_seal(bytes(32)) for _ in range(600)]
    desk.add(datas, unsent=True)

    class Liar(LocalPeer):
        def push(self, datas: Sequence[bytes]):
            from banyan.folders.peers import Pushed

            everything = desk.unsent()
            return Pushed(confirmed=tuple(everything[:MOST_PUSHED]), refused=((bytes(32), "no"),))

    before = desk.unsent_count()
    sent = push_unsent(desk, Liar(hub))
    assert sent.refused == [] and desk.unsent_count() == before - sent.confirmed
    assert push_unsent(desk, LocalPeer(hub)).left == 0


def test_an_item_larger_than_a_batch_goes_alone(make_store: MakeStore) -> None:
    hub, desk, other = make_store("hub"), make_store("ama"), make_store("bo")
    large = [junk_seal(bytes(32), size_class=6) for _ in range(2)]
    desk.add([*large, *(junk_seal(bytes(32)) for _ in range(3))], unsent=True)
    assert push_unsent(desk, LocalPeer(hub)).left == 0
    assert not pull(other, LocalPeer(hub, None), None).withheld
    assert other.ids_for(None) == desk.ids_for(None)


def test_pushed_links_take_their_place_or_are_refused(make_store: MakeStore) -> None:
    one, hub = programme(), make_store("hub")
    hub.add([one.founding])
    peer = LocalPeer(hub, one.keys["cho"].id)
    freeze = one.change("freeze", "bo", "cho")
    ghost = one.change("remove", "ama", "cho")
    fork = one.change("freeze", "ama", "dali")
    pushed = peer.push([ghost, freeze, one.founding, b"BNR1junk", b"????"])
    assert set(pushed.confirmed) == {seal_id(freeze), seal_id(one.founding)}
    assert {ident for ident, _ in pushed.refused} == {seal_id(ghost), seal_id(b"BNR1junk"), seal_id(b"????")}
    assert (
        dict(peer.push([fork]).refused)[seal_id(fork)] == "a link that does not follow the head of the roster"
    )
    assert not hub.roster().forked and not hub.roster().members[one.keys["bo"].id].active


def test_two_that_race_for_one_place_give_one_winner(make_store: MakeStore) -> None:
    one, hub = programme(), make_store("hub")
    hub.add([one.founding])
    links = [one.change("freeze", name, signer) for name, signer in (("ama", "cho"), ("bo", "dali")) * 4]
    start, placed = threading.Barrier(len(links)), []

    def race(link: bytes) -> None:
        start.wait()
        placed.append((link, LocalPeer(Store(hub.alias)).place(link)))
        connections[hub.alias].close()

    threads = [threading.Thread(target=race, args=(link,)) for link in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [link for link, one in placed if one.accepted]
    assert len(placed) == len(links) and len(won) == 1
    assert all(one.head == (seal_id(won[0]),) for _, one in placed)
    assert hub.roster().head == (seal_id(won[0]),) and not hub.roster().forked
    again = LocalPeer(hub).place(won[0])
    assert again.accepted and len(hub.public(Sort.LINK)) == 2


def test_a_place_without_a_programme_places_nothing(make_store: MakeStore) -> None:
    hub = make_store("hub")
    placed = LocalPeer(hub).place(programme().founding)
    assert not placed.accepted and "founding" in placed.words and not hub.ids_for(None)


def test_a_pull_shows_how_far_it_is(make_store: MakeStore) -> None:
    one, hub, folders = filled(make_store, folders=1)
    hub.add([junk_seal(folders[0]) for _ in range(1500)])
    desk, me = make_store("ama"), one.keys["ama"].id
    steps: list[tuple[int, int]] = []
    pull(desk, LocalPeer(hub, me), me, lambda done, total: steps.append((done, total)))
    assert len(steps) > 1 and steps[-1][0] == steps[-1][1] and steps == sorted(steps)
    assert not list(pull_private(desk, LocalPeer(hub, me), me))


def test_wraps_come_before_the_seals_that_they_open(make_store: MakeStore) -> None:
    one, hub = programme(), make_store("hub")
    hub.add(
        [one.founding, *(junk_seal(bytes(32)) for _ in range(50)), junk_wrap(bytes(32), one.keys["ama"].id)]
    )
    ids = LocalPeer(hub, one.keys["ama"].id).ids(EVERY)
    assert hub.get(ids.private[:1])[0].sort is Sort.WRAP and len(ids.private) == 51 and len(ids.public) == 1
