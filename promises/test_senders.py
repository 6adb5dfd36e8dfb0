"""64 senders at once on one store; every tenth reply is lost and the sender repeats: all there, none twice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from banyan.cases.folders.conversation import Message
from banyan.sealing import codes

SENDERS, LOST = 64, 10
MOST = 30  # of a code; to whom nobody answers may not say much more


@pytest.mark.parametrize("messages", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_many_senders_at_once_lose_nothing_and_double_nothing(programme, messages):
    words = [[codes.new_code() for _ in range(messages // SENDERS // MOST + 1)] for _ in range(SENDERS)]
    alias, start = programme.hub.alias, threading.Barrier(SENDERS)
    each = [messages // SENDERS + (number < messages % SENDERS) for number in range(SENDERS)]

    def send(number: int) -> tuple[int, int]:
        new = again = 0
        start.wait()
        try:
            for turn in range(each[number]):
                nonce = bytes((number,)) + turn.to_bytes(15, "big")
                text = Message(text=f"{number} {turn}", language="en")
                code = words[number][turn // MOST]
                new += programme.door.visit(code).post(nonce, text).new
                if (turn + number) % LOST == 0:  # the reply was lost, and the sender repeats
                    again += programme.door.visit(code).post(nonce, text).new
        finally:
            connections[alias].close()
        return new, again

    with ThreadPoolExecutor(SENDERS) as pool:
        results = list(pool.map(send, range(SENDERS)))
    assert [new for new, _ in results] == each and not any(again for _, again in results)
    for number, its in enumerate(words):
        texts: list[str] = []
        for code in its:
            history = programme.door.visit(code).history
            said = [one.document.text for one in programme.door.visit(code).conversation.messages]
            assert [told.opened.entry.seq for told in history.told] == list(range(len(said)))
            assert history.doubled == history.faults == () and history.missing == 0
            texts += said
        assert texts == [f"{number} {turn}" for turn in range(each[number])]
    programme.carry()
    held = {folder for name in ("Aye", "Ba") for folder in programme.desks[name].held("conversation")}
    assert len(held) == sum(len(its) for its in words)


def test_one_person_on_two_lines_at_once_keeps_one_sequence(programme):
    code, alias, start = codes.new_code(), programme.hub.alias, threading.Barrier(8)

    def send(number: int) -> None:
        start.wait()
        try:
            for turn in range(4):
                text = Message(text=f"{number} {turn}", language="en")
                programme.door.visit(code).post(bytes((number, turn)) * 8, text)
        finally:
            connections[alias].close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    history = programme.door.visit(code).history
    assert len(programme.hub.folders_for(programme.door.visit(code).keys.id)) == 1
    assert sorted(told.opened.entry.seq for told in history.told) == list(range(32)) and history.doubled == ()


def test_two_pages_of_one_desk_that_write_at_once_keep_one_sequence(programme):
    programme.door.visit(codes.new_code()).post(b"n" * 16, Message(text="hello", language="en"))
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    start = threading.Barrier(4)

    def write(number: int) -> None:
        start.wait()
        try:
            for turn in range(5):
                aye.write(folder, Message(text=f"{number} {turn}", language="en"))
        finally:
            connections[aye.store.alias].close()
            connections[aye.view.alias].close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    aye.take_in_folder(folder)
    history = aye.history(folder)
    assert len(aye.conversation(folder).messages) == 21 and history.doubled == () == history.faults
