"""Whatever runs beside a file can do nothing: each attempt ends the process, and the one that starts it is unharmed."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from banyan.cleaning import Clean, clean, process, sandboxed
from banyan.cleaning.limits import LARGEST_COPY, LARGEST_FILE, limits_of
from banyan.cleaning.tests.planted import saved

needs_sandbox = pytest.mark.skipif(not sandboxed(), reason="no sandbox here: nothing is decoded")

ENDED = ("broken", "", b"")
OUT = ("", "text/plain; charset=utf-8", b"out")
REFUSED = ("too_large", "", b"")
BREAKS = (
    "open",
    "write a file",
    "look",
    "list",
    "socket",
    "pair",
    "fork",
    "exec",
    "kill",
    "trace",
    "code",
    "another pipe",
    "read elsewhere",
    "write elsewhere",
    "sleep",
    "limits",
)


def attempt(what, kind="text", limits=None, data=b"a"):
    """What comes of a worker that tries this after it has locked itself in."""
    module = "banyan.cleaning.tests.breaking_out"
    return process.in_a_process(data, f"{kind}:{what}", limits or limits_of(kind), module)


@needs_sandbox
def test_the_process_of_a_file_can_open_nothing_reach_nobody_and_start_nothing():
    assert attempt("nothing") == OUT
    assert {what: attempt(what) for what in (*BREAKS, "thread")} == dict.fromkeys((*BREAKS, "thread"), ENDED)
    assert not Path("/tmp/escaped").exists()


@needs_sandbox
def test_where_a_library_needs_a_thread_it_gets_a_thread_and_no_process():
    assert attempt("thread", "heic") == OUT
    assert {what: attempt(what, "heic") for what in BREAKS} == dict.fromkeys(BREAKS, ENDED)


@needs_sandbox
def test_a_film_is_told_no_when_it_asks_for_a_file_and_is_ended_for_the_rest():
    told = {"open", "write a file", "list"}
    assert {what: attempt(what, "video") for what in BREAKS} == {
        what: REFUSED if what in told else ENDED for what in BREAKS
    }
    assert not Path("/tmp/escaped").exists()


@needs_sandbox
def test_memory_and_time_are_bounded():
    assert attempt("memory") == ("too_many_pixels", "", b"")
    began = time.monotonic()
    assert attempt("forever")[0] == "too_slow"
    assert time.monotonic() - began < limits_of("text").clock + 5


@needs_sandbox
def test_a_worker_that_does_not_listen_is_ended_by_the_clock():
    limits = limits_of("text")._replace(clock=1.0)
    began = time.monotonic()
    assert attempt("not listening", limits=limits, data=bytes(5_000_000)) == ("too_slow", "", b"")
    assert time.monotonic() - began < 15


@needs_sandbox
def test_a_worker_that_lies_is_not_believed():
    for lie in ("flood", "longer than said", "nonsense", "unknown answer", "silence"):
        assert attempt(lie) == ENDED, lie


def test_a_copy_of_another_kind_is_not_believed(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for answer in (("", "text/plain; charset=utf-8", b"<script>"), ("", "image/jpeg", b"<script>")):
        monkeypatch.setattr(process, "in_a_process", lambda *_, answer=answer: answer)
        assert clean(saved("JPEG")) == Clean("jpeg", why="broken")
    monkeypatch.setattr(process, "in_a_process", lambda *_: ("", "image/jpeg", b"\xff\xd8\xff"))
    assert clean(saved("JPEG")).data == b"\xff\xd8\xff"


def test_without_a_sandbox_nothing_is_decoded(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "Popen", None)
    assert clean(saved("JPEG")) == Clean("jpeg", why="no_sandbox")
    assert clean(b"PK\x03\x04") == Clean("zip", why="unknown")
    sandboxed.cache_clear()
    assert not sandboxed()
    monkeypatch.undo()
    sandboxed.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="starts the worker")
def test_a_worker_that_cannot_lock_itself_in_does_not_read_the_file():
    assert attempt("no library") == ("no_sandbox", "", b"")


def test_too_large_is_said_at_once(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert clean(saved("JPEG") + bytes(LARGEST_FILE)) == Clean("jpeg", why="too_large")
    assert LARGEST_COPY < 3 * LARGEST_FILE


@needs_sandbox
def test_beyond_a_short_queue_the_answer_is_busy(monkeypatch):
    monkeypatch.setattr(process, "_places", process._Places(1, 0))
    assert process._places.take(0)
    assert clean(b"a") == Clean("text", why="busy")
    process._places.leave()
    assert clean(b"a").data == b"a"


@needs_sandbox
def test_never_more_than_two_at_once_and_all_who_wait_are_served(monkeypatch):
    at_work, most, real, answers = [], [], process.in_a_process, []

    def counted(*given):
        at_work.append(1)
        most.append(len(at_work))
        try:
            return real(*given)
        finally:
            at_work.pop()

    monkeypatch.setattr(process, "in_a_process", counted)
    threads = [threading.Thread(target=lambda: answers.append(clean(b"a"))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.data for answer in answers] == [b"a"] * 10 and max(most) == 2
