"""What strangers can make the web server hold, through waitress's own parser and on a real socket."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from waitress.adjustments import Adjustments

from banyan.house.serving import bounded
from banyan.house.wsgi import WAITRESS

PIECE = b"a" * 65536


def sent(
    path: str, length: int, *, header: str = "", held: int | None = None, adj: Adjustments | None = None
) -> bounded.BoundedParser:
    """A request whose header says a length, with its body as far as it is taken (or as `held` says)."""
    parser = bounded.BoundedParser(adj or Adjustments(**WAITRESS))
    lines = f"POST {path} HTTP/1.1\r\nHost: x\r\n{header or f'Content-Length: {length}'}\r\n\r\n"
    parser.received(lines.encode())
    left = length if held is None else held
    while left > 0 and not parser.completed:
        part = PIECE[:left]
        parser.received(b"%x\r\n%s\r\n" % (len(part), part) if header else part)
        left -= len(part)
    return parser


def code(parser: bounded.BoundedParser) -> int | None:
    return parser.error.code if parser.error else None


@pytest.mark.parametrize(
    ("path", "length", "expected"),
    [
        ("/en/write/", 300_000, None),  # the page itself says that it is too long
        ("/en/write/", 600_000, 413),
        ("/sync/push", 6_000_000, None),
        ("/sync/push", 9_000_000, 413),
        ("/en/../sync/", 600_000, 413),
        ("//sync/", 600_000, 413),
    ],
)
def test_a_body_longer_than_its_path_takes_is_refused_before_it_is_read(path, length, expected):
    parser = sent(path, length)
    assert code(parser) == expected
    assert parser.body_bytes_received == (0 if expected else length)


def test_a_body_in_chunks_is_held_to_the_same_limit():
    long = sent("/en/write/", 2_000_000, header="Transfer-Encoding: chunked")
    assert code(long) == 413 and long.body_bytes_received < 700_000
    assert code(sent("/sync/push", 2_000_000, header="Transfer-Encoding: chunked")) is None


def test_large_bodies_fit_only_so_many_at_once_and_small_ones_always(monkeypatch):
    monkeypatch.setitem(bounded.LARGE_TOGETHER, "/sync/", 3_000_000)
    first = sent("/sync/push", 6_000_000, held=2_000_000)
    assert code(first) is None
    second = sent("/sync/push", 6_000_000, held=2_000_000)
    assert code(second) == 503 and second.completed
    assert code(sent("/en/write/", 300_000)) is None
    del first
    assert code(sent("/sync/push", 6_000_000, held=2_000_000)) is None


def test_files_of_strangers_leave_room_for_what_the_staff_sends_and_the_other_way_round(monkeypatch):
    monkeypatch.setattr(bounded, "LARGE_TOGETHER", {"/": 3_000_000, "/sync/": 3_000_000})
    files = [sent("/en/file/", 6_000_000, held=2_000_000) for _ in range(2)]
    assert [code(one) for one in files] == [None, 503]
    pushes = [sent("/sync/push", 6_000_000, held=2_000_000) for _ in range(2)]
    assert [code(one) for one in pushes] == [None, 503]
    pushes[0].let_go()
    assert code(sent("/sync/push", 6_000_000, held=2_000_000)) is None
    assert code(sent("/my/file/", 6_000_000, held=2_000_000)) == 503


def test_a_door_without_the_sync_takes_no_more_at_its_address_than_a_page_does(monkeypatch):
    elsewhere = Adjustments(**WAITRESS)
    elsewhere.takes_sync = False
    monkeypatch.setattr(bounded, "LARGE_TOGETHER", {"/": 10_000_000, "/sync/": 0})
    assert code(sent("/sync/push", 6_000_000, adj=elsewhere)) == 413
    assert code(sent("/sync/push", 300_000, adj=elsewhere)) is None
    assert code(sent("/sync/push", 300_000)) == 503


@pytest.fixture
def small() -> Iterator[tuple[str, int]]:
    """A server with few places."""

    def hello(environ, start_response):
        start_response("200 OK", [("Content-Length", "5")])
        return [b"hello"]

    taken = socket.create_server(("127.0.0.1", 0))
    server = bounded.server_on(hello, taken, connection_limit=12, asyncore_loop_timeout=0.05, **WAITRESS)
    thread = threading.Thread(
        target=server.asyncore.loop, kwargs={"timeout": 0.05, "map": server._map}, daemon=True
    )
    thread.start()
    yield taken.getsockname()
    server.task_dispatcher.shutdown()
    server._map.clear()
    thread.join(5)
    taken.close()


def asked(address: tuple[str, int], seconds: float) -> bytes:
    with socket.create_connection(address, timeout=seconds) as line:
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        try:
            return line.recv(1000)
        except TimeoutError:
            return b""


def test_those_who_hold_places_in_silence_make_room(small, monkeypatch):
    held = [socket.create_connection(small) for _ in range(20)]
    for line in held:
        line.sendall(b"GET / HT")
    time.sleep(0.3)
    assert asked(small, 0.5) == b""  # every place is taken, and nobody was slow for long
    monkeypatch.setattr(bounded, "IDLE_SECONDS", 0.1)
    until, answer = time.monotonic() + 10, b""
    while not answer and time.monotonic() < until:
        answer = asked(small, 3)
    assert answer.startswith(b"HTTP/1.0 200")
    for line in held:
        line.close()
