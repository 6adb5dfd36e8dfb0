"""Desks and the hub's members' door, through whole requests."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import requests
from django.db import connections

from banyan.doors.sync import nonces
from banyan.doors.sync.callers import STRANGER
from banyan.doors.sync.tests.at_hub import Hub, hub
from banyan.folders import wire
from banyan.folders.given import given
from banyan.folders.peers import BATCH_BYTES
from banyan.folders.remote import RefusedByHub, Unreachable, clock_words
from banyan.folders.store import Store
from banyan.folders.tests.places import MakeStore, entry, folder, junk_seal, junk_wrap, make_store
from banyan.folders.union import pull, push_unsent
from banyan.sealing.boxes import seal_id
from banyan.sealing.format import Record
from banyan.sealing.keys import Keys

__all__ = ["hub", "make_store"]
ASKS: dict[str, Record] = {
    "summary": wire.AskSummary(),
    "ids": wire.AskIds(prefixes=b"\0"),
    "fetch": wire.AskFetch(ids=()),
    "push": wire.AskPush(items=()),
    "place": wire.AskPlace(link=b""),
    "duty": wire.AskDuty(on=True),
    "aside": wire.AskAside(folders=(), back=False),
}


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RefusedByHub) as caught:
        act()
    return caught.value.what


def test_two_desks_become_one_by_way_of_the_hub(hub: Hub, make_store: MakeStore) -> None:
    one, ama, bo, cho = hub.programme, make_store("ama"), make_store("bo"), make_store("cho")
    ama.add([one.founding])
    _, epoch = folder(one, "ama", "bo")
    ama.add(epoch.items, unsent=True)
    ama.add([entry(one, ama, "ama", epoch.folder)], unsent=True)
    assert push_unsent(ama, hub.peer("ama")).left == 0
    for store, name in ((bo, "bo"), (cho, "cho")):
        pull(store, hub.peer(name), one.keys[name].id)
    assert bo.ids_for(None) == ama.ids_for(None) == hub.store.ids_for(None)
    assert cho.ids_for(None) == [seal_id(one.founding)]
    bo.add([entry(one, bo, "bo", epoch.folder)], unsent=True)
    push_unsent(bo, hub.peer("bo"))
    assert len(pull(ama, hub.peer("ama"), one.keys["ama"].id).new) == 1 and ama.ids_for(None) == bo.ids_for(
        None
    )


def test_an_idle_sync_is_one_request_of_one_step(hub: Hub, make_store: MakeStore) -> None:
    desk, me = make_store("ama"), hub.programme.keys["ama"].id
    pull(desk, hub.peer("ama"), me)
    pull(desk, hub.peer("ama"), me)
    sent = hub.lines[-1].sent
    assert [request.path_url for request in sent] == ["/sync/summary"] and len(
        sent[0].body or b""
    ) == wire.STEP


def test_a_member_is_given_nothing_of_folders_they_do_not_hold(hub: Hub) -> None:
    one = hub.programme
    _, epoch = folder(one, "ama")
    hub.store.add(epoch.items)
    everything = hub.store.ids_for(None)
    assert hub.peer("bo").fetch(everything) == (one.founding,)
    assert hub.peer("bo").ids(bytes(range(256))).private == () and sum(hub.peer("bo").summary().counts) == 1
    assert set(hub.peer("ama").fetch(everything)) == {one.founding, *epoch.items}


@pytest.mark.parametrize("path", ASKS)
def test_strangers_frozen_and_removed_members_get_one_and_the_same_answer(hub: Hub, path: str) -> None:
    one, names = hub.programme, ("ama", "bo", "dali")
    assert all(status(hub, path, name) != (403, "who", STRANGER) for name in names)
    hub.store.add([one.change("freeze", "bo", "cho")])
    hub.store.add([one.change("remove", "dali", "cho", "ama", on=Store().roster())])
    one.keys["ama"] = Keys.generate()
    assert [status(hub, path, name) for name in names] == [(403, "who", STRANGER)] * 3
    assert (
        status(hub, path, "cho") != (403, "who", STRANGER)
        and hub.store.duty().get(one.keys["ama"].id) is None
    )


def status(hub: Hub, path: str, name: str) -> tuple[int, str, str]:
    code, body = hub.peer(name)._post(path, wire.pack(ASKS[path]))
    refusal = wire.unpack(body, wire.Refusal) if code != 200 else None
    return code, refusal.what if refusal else "", refusal.words if refusal else ""


def test_a_thawed_member_syncs_again(hub: Hub) -> None:
    one = hub.programme
    hub.store.add([one.change("freeze", "ama", "cho")])
    assert refused(hub.peer("ama").summary) == "who"
    thaw = one.change("thaw", "ama", "cho", "dali", on=Store().roster())
    assert hub.peer("cho").place(thaw).accepted and hub.peer("ama").summary()


def headers(name: str, old: str, new: str) -> Callable[[requests.PreparedRequest], None]:
    def bend(request: requests.PreparedRequest) -> None:
        assert old in request.headers[name]
        request.headers[name] = request.headers[name].replace(old, new)

    return bend


def body(request: requests.PreparedRequest) -> None:
    assert isinstance(request.body, bytes)
    request.body = request.body[:5] + bytes((request.body[5] ^ 1,)) + request.body[6:]


@pytest.mark.parametrize(
    "bend",
    [
        body,
        headers("Content-Digest", "sha-256=:", "sha-256=:AAAA"),
        headers("Signature", "member=:", "member=:AAAA"),
        headers("Signature-Input", "nonce=", "expires=1;nonce="),
        headers("Content-Type", "octet", "octed"),
        lambda request: request.headers.pop("Signature"),
        lambda request: setattr(request, "url", str(request.url).replace("/duty", "/summary")),
    ],
)
def test_a_tampered_request_does_nothing(hub: Hub, bend: Callable[[requests.PreparedRequest], None]) -> None:
    assert refused(lambda: hub.peer("ama", bend=bend).duty(True)) == "who"
    assert hub.store.duty() == {}
    hub.peer("ama").duty(True)
    assert hub.store.duty() == {hub.programme.keys["ama"].id: True}


def test_only_intake_puts_aside_and_only_what_the_door_gave_it(hub: Hub) -> None:
    one = hub.programme
    (_, of_ama), (_, of_bo) = folder(one, "ama"), folder(one, "bo")
    hub.store.add([*of_ama.items, *of_bo.items])
    both = [of_ama.folder, of_bo.folder]
    hub.peer("ama").aside(both)
    assert hub.store.quota.aside() == set()  # who founds a folder of their own was given nothing by the door
    for name, folder_id in (("ama", of_ama.folder), ("bo", of_bo.folder)):
        hub.store.quota.gave(folder_id, [one.keys[name].id])
    assert refused(lambda: hub.peer("cho").aside(both)) == "seat" and hub.store.quota.aside() == set()
    hub.peer("ama").aside(both)
    assert hub.store.quota.aside() == {of_ama.folder}
    hub.peer("bo").aside(both, back=True)
    assert hub.store.quota.aside() == {of_ama.folder}
    hub.peer("ama").aside(both, back=True)
    assert hub.store.quota.aside() == set()


def test_a_wrap_that_a_member_brings_puts_nothing_aside_and_takes_nothing_back(hub: Hub) -> None:
    one = hub.programme
    _, of_bo = folder(one, "bo")
    hub.store.add(of_bo.items)
    hub.store.quota.gave(of_bo.folder, [one.keys["bo"].id])
    forged = junk_wrap(of_bo.folder, one.keys["ama"].id)
    assert hub.peer("ama").push([forged]).confirmed == (seal_id(forged),)
    assert one.keys["ama"].id in hub.store.readers_of(of_bo.folder)
    hub.peer("ama").aside([of_bo.folder])
    assert hub.store.quota.aside() == set()
    hub.peer("bo").aside([of_bo.folder])
    hub.peer("ama").aside([of_bo.folder], back=True)
    assert hub.store.quota.aside() == {of_bo.folder}


def test_only_intake_says_that_it_is_on_duty(hub: Hub) -> None:
    assert refused(lambda: hub.peer("cho").duty(True)) == "seat" and hub.store.duty() == {}


def test_a_recorded_request_is_not_answered_again(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    peer = hub.peer("ama")
    peer.duty(True)
    peer.duty(False)
    line = hub.lines[-1]
    assert line.send(line.sent[0]).status_code == 409 and hub.store.duty() == {
        hub.programme.keys["ama"].id: False
    }
    monkeypatch.setattr(nonces, "MOST", 5)
    for _ in range(3):
        peer.duty(True)
    assert refused(lambda: peer.duty(True)) == "again"
    hub.peer("bo").duty(True)


@pytest.mark.parametrize("hours", [-3, 5])
def test_a_clock_that_is_off_is_told_and_allowed_for(hub: Hub, hours: int) -> None:
    peer = hub.peer("ama", clock=lambda: datetime.now(UTC) + timedelta(hours=hours))
    assert sum(peer.summary().counts) == 1 and len(hub.lines[-1].sent) == 2
    assert (
        clock_words(peer.offset)
        == f"This laptop's clock is {abs(hours)} hours {'slow' if hours < 0 else 'fast'}."
    )
    peer.summary()
    assert len(hub.lines[-1].sent) == 3


def test_an_old_request_that_was_held_back_does_not_hold(hub: Hub) -> None:
    peer = hub.peer("ama", clock=lambda: datetime.now(UTC) - timedelta(minutes=20))
    code, answer = peer._post("duty", wire.pack(wire.AskDuty(on=True)))
    assert code == 403 and wire.unpack(answer, wire.Refusal).what == "clock" and hub.store.duty() == {}


@pytest.mark.parametrize("content", [b"x", bytes(wire.STEP), wire.pack(wire.AskFetch(ids=(bytes(32),)))])
def test_what_is_no_question_is_named(hub: Hub, content: bytes) -> None:
    code, answer = hub.peer("ama")._post("duty", content)
    assert code == 400 and wire.unpack(answer, wire.Refusal).what == "shape"


def test_get_and_queries_and_large_bodies_are_refused(hub: Hub) -> None:
    hub.peer("ama").summary()
    client = hub.lines[-1].client
    assert client.get("/sync/summary").status_code == 405
    assert client.post("/sync/summary?x=1", b"", content_type=wire.TYPE).status_code == 405
    large = client.post("/sync/push", bytes(wire.LARGEST_BODY + 1), content_type=wire.TYPE)
    assert large.status_code == 413 and wire.unpack(large.content, wire.Refusal).what == "size"


def test_a_batch_above_a_mebibyte_is_refused_in_words_and_one_large_item_is_not(hub: Hub) -> None:
    large = junk_seal(bytes(32), size_class=6)
    assert len(large) > BATCH_BYTES and hub.peer("ama").push([large]).confirmed == (seal_id(large),)
    assert refused(lambda: hub.peer("ama").push([large, junk_seal(bytes(32))])) == "size"
    assert len(hub.store.ids_for(None)) == 2


def test_a_lost_reply_is_made_good_by_pushing_again(hub: Hub, make_store: MakeStore) -> None:
    desk = make_store("ama")
    desk.add([junk_seal(bytes(32)) for _ in range(600)], unsent=True)
    peer = hub.peer("ama")
    hub.lines[-1].lose = {2, 4}
    for left in (344, 88):
        with pytest.raises(Unreachable):
            push_unsent(desk, peer)
        assert desk.unsent_count() == left
    assert push_unsent(desk, peer).left == 0 == desk.unsent_count()
    assert set(hub.store.ids_for(None)) == {*desk.ids_for(None), seal_id(hub.programme.founding)}


def test_a_lost_reply_to_a_link_is_made_good_by_placing_again(hub: Hub) -> None:
    link = hub.programme.change("freeze", "bo", "cho")
    peer = hub.peer("cho")
    hub.lines[-1].lose = {1}
    with pytest.raises(Unreachable):
        peer.place(link)
    assert peer.place(link).accepted and peer.place(link).head == (seal_id(link),)


def test_two_desks_that_race_for_a_place_give_one_winner(hub: Hub) -> None:
    links = {who: hub.programme.change("freeze", whom, who) for who, whom in (("cho", "ama"), ("dali", "bo"))}
    start, placed = threading.Barrier(2), {}

    def race(name: str) -> None:
        peer = hub.peer(name)
        start.wait()
        placed[name] = peer.place(links[name])
        connections["default"].close()

    threads = [threading.Thread(target=race, args=(name,)) for name in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = [name for name in links if placed[name].accepted]
    (lost,) = set(links) - {won}
    head = Store().roster()
    assert head.head == (seal_id(links[won]),) == placed[lost].head and not head.forked
    again = hub.programme.change("freeze", "ama" if lost == "cho" else "bo", lost, on=head)
    assert hub.peer(lost).place(again).accepted


def test_no_link_comes_in_but_at_the_head(hub: Hub) -> None:
    one = hub.programme
    ghost = one.change("remove", "ama", "cho")
    pushed = hub.peer("cho").push([ghost, one.founding])
    assert [ident for ident, _ in pushed.refused] == [seal_id(ghost)] and pushed.confirmed == (
        seal_id(one.founding),
    )
    assert not hub.peer("cho").place(ghost).accepted and not hub.peer("cho").place(b"junk").accepted
    assert hub.store.roster().index == 0


def test_what_is_given_is_what_the_store_says(hub: Hub) -> None:
    one = hub.programme
    for names in (("ama",), ("ama", "bo"), ("bo",)):
        hub.store.add(folder(one, *names)[1].items)
    for reader in (None, *(keys.id for keys in one.keys.values())):
        assert list(given(hub.store, reader).ids) == hub.store.ids_for(reader)


def test_a_hub_without_a_programme_knows_nobody(hub: Hub) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM folders_held")
    assert refused(hub.peer("ama").summary) == "who"
