"""What is signed of a request, how bodies are spelled, and what a desk makes of whatever answers."""

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from banyan.folders import remote, wire
from banyan.folders.remote import HttpPeer, RefusedByHub, Unreachable, clock_words
from banyan.sealing.faults import Damaged, Forged, SealingFault
from banyan.sealing.format import write
from banyan.sealing.keys import Keys, PublicKeys

NOW = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)
URL = "https://hub.example/sync/push"
AMA = Keys.generate()
BODY = wire.pack(wire.AskDuty(on=True))


def find(ident: bytes) -> PublicKeys | None:
    return AMA.public if ident == AMA.id else None


def signed(keys: Keys = AMA, url: str = URL, body: bytes = BODY, created: datetime = NOW) -> wire.Request:
    return wire.sign_request(keys, url, body, created=created)


def test_a_request_tells_who_signed_it() -> None:
    first, second = (wire.check_request(signed(), BODY, find, NOW) for _ in range(2))
    assert first.member == AMA.id and first.created == NOW and len(first.nonce) == 16
    assert first.nonce != second.nonce
    assert set(signed().headers) == {"Content-Type", "Content-Digest", "Signature-Input", "Signature"}


def change(name: str, old: str, new: str) -> Callable[[wire.Request], None]:
    def act(request: wire.Request) -> None:
        assert old in request.headers[name]
        request.headers[name] = request.headers[name].replace(old, new)

    return act


def other_digest(request: wire.Request) -> None:
    digest = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    request.headers["Content-Digest"] = f"sha-256=:{digest}:"


TAMPERED: dict[str, Callable[[wire.Request], object]] = {
    "path": lambda one: setattr(one, "url", URL.replace("push", "duty")),
    "host": lambda one: setattr(one, "url", URL.replace("hub", "bub")),
    "method": lambda one: setattr(one, "method", "PUT"),
    "type": change("Content-Type", "octet", "octed"),
    "digest": other_digest,
    "time": change(
        "Signature-Input", f"created={int(NOW.timestamp())}", f"created={int(NOW.timestamp()) + 1}"
    ),
    "tag": change("Signature-Input", "banyan-sync", "banyan-else"),
    "covered": change("Signature-Input", '"@path" ', ""),
    "member": change("Signature-Input", AMA.id.hex(), "0" * 32),
    "odd member": change("Signature-Input", AMA.id.hex(), AMA.id.hex().upper() + "Z"),
    "junk": change("Signature-Input", "member=", "=;"),
    "no signature": lambda one: one.headers.pop("Signature"),
    "no input": lambda one: one.headers.pop("Signature-Input"),
    "no digest": lambda one: one.headers.pop("Content-Digest"),
    "second signature": change("Signature-Input", "member=", "member2=(), member="),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_nothing_that_is_signed_can_be_changed(what: str) -> None:
    request = signed()
    TAMPERED[what](request)
    with pytest.raises(Forged):
        wire.check_request(request, BODY, find, NOW)


def test_another_body_or_another_members_keys_do_not_hold() -> None:
    with pytest.raises(Forged):
        wire.check_request(signed(), wire.pack(wire.AskDuty(on=False)), find, NOW)
    with pytest.raises(Forged):
        wire.check_request(signed(Keys.generate()), BODY, find, NOW)
    with pytest.raises(Forged):
        wire.check_request(signed(), BODY, lambda ident: Keys.generate().public, NOW)


@pytest.mark.parametrize("minutes", [-16, 16, 300, -60 * 24 * 400])
def test_a_clock_that_is_off_is_told_so_but_only_to_members(minutes: int) -> None:
    off = NOW + timedelta(minutes=minutes)
    with pytest.raises(wire.ClockOff):
        wire.check_request(signed(created=off), BODY, find, NOW)
    with pytest.raises(Forged):
        wire.check_request(signed(Keys.generate(), created=off), BODY, find, NOW)
    assert wire.check_request(signed(created=NOW + timedelta(minutes=14)), BODY, find, NOW)
    assert wire.check_request(signed(created=NOW - timedelta(minutes=14)), BODY, find, NOW)


def test_bodies_come_in_steps_and_have_one_spelling() -> None:
    small, large = wire.pack(wire.Done()), wire.pack(wire.Items(items=(bytes(40_000),)))
    assert len(small) == wire.STEP and len(large) == 3 * wire.STEP
    assert wire.unpack(large, wire.Items).items == (bytes(40_000),)
    for wrong in (
        b"",
        small + bytes(wire.STEP),
        small[:-1],
        small[:-1] + b"x",
        b"\xff" * wire.STEP,
        wire.pack(wire.AskDuty(on=True)),
        write(wire.Done()),
        bytes(wire.LARGEST_BODY + wire.STEP),
    ):
        with pytest.raises(SealingFault):
            wire.unpack(wrong, wire.Done)
    with pytest.raises(Damaged):
        wire.unpack(wire.pack(wire.AskPush(items=(b"x",) * 257)), wire.AskPush)


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://hub.example", None),
        ("http://192.168.1.5:8000", None),
        ("https://user:word@hub.example", None),
        ("https://hub.example/path", None),
        ("https://hub.example?x=1", None),
        ("ftp://hub.example", None),
        ("https://", None),
        ("http://[", None),
        ("hub.example", None),
        ("http://abc.onion", None),
        ("http://abc.onion", "socks5://127.0.0.1:9050"),
        ("http://abc.onion", "http://127.0.0.1:8118"),
    ],
)
def test_addresses_that_would_leak_are_refused(url: str, proxy: str | None) -> None:
    with pytest.raises(Unreachable):
        HttpPeer(url, AMA, lambda: NOW, proxy)


def test_addresses_that_are_safe_are_taken() -> None:
    for url in (
        "https://hub.example",
        "http://127.0.0.1:8000/",
        "http://[::1]:8000",
        "http://hub.localhost:8000",
    ):
        assert HttpPeer(url, AMA, lambda: NOW).url == url.rstrip("/")
    assert HttpPeer("http://abc.onion", AMA, lambda: NOW, "socks5h://127.0.0.1:9050").session.proxies


Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


@pytest.fixture
def hub() -> Iterator[Callable[[Answer], HttpPeer]]:
    """A program at a port of this machine that answers as a test says."""
    servers: list[HTTPServer] = []

    def make(answer: Answer) -> HttpPeer:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                answer(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *args: object) -> None:
                pass

        servers.append(HTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.02,), daemon=True).start()
        return HttpPeer(f"http://127.0.0.1:{servers[-1].server_port}", AMA, lambda: NOW)

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


def say(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def test_a_request_that_arrives_holds_at_the_other_end(hub: Callable[[Answer], HttpPeer]) -> None:
    seen = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        url = f"http://{handler.headers['Host']}{handler.path}"
        seen.append(
            (wire.check_request(wire.Request("POST", url, dict(handler.headers)), body, find, NOW), body)
        )
        assert "User-Agent" not in handler.headers or "requests" not in handler.headers["User-Agent"]
        say(handler, 200, wire.pack(wire.Done()), Set_Cookie="who=ama")

    peer = hub(answer)
    peer.duty(True)
    peer.duty(True)
    assert [wire.unpack(body, wire.AskDuty).on for _, body in seen] == [True, True]
    assert seen[0][0].member == AMA.id and seen[0][0].nonce != seen[1][0].nonce and not peer.session.cookies


@pytest.mark.parametrize("how", ["junk", "html", "redirect", "endless", "gzip", "other", "empty"])
def test_whatever_is_no_answer_is_called_unreachable(hub: Callable[[Answer], HttpPeer], how: str) -> None:
    calls = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        calls.append(handler.path)
        bodies = {"junk": b"x" * wire.STEP, "html": b"<html>", "gzip": b"\x1f\x8b" + bytes(100), "empty": b""}
        bodies |= {
            "other": wire.pack(wire.AskDuty(on=True)),
            "endless": bytes(wire.LARGEST_BODY + 5 * wire.STEP),
        }
        headers = {"Location": "http://127.0.0.1:9/else"} if how == "redirect" else {}
        headers |= {"Content_Encoding": "gzip"} if how == "gzip" else {}
        with suppress(ConnectionError):
            say(handler, 302 if how == "redirect" else 200, bodies.get(how, b""), **headers)

    with pytest.raises(Unreachable) as caught:
        hub(answer).duty(True)
    assert calls == ["/sync/duty"] and "127.0.0.1" not in str(caught.value)


def test_nobody_there_is_unreachable_and_a_refusal_is_said(hub: Callable[[Answer], HttpPeer]) -> None:
    with pytest.raises(Unreachable, match="does not answer"):
        HttpPeer("http://127.0.0.1:9", AMA, lambda: NOW).summary()
    refusal = wire.Refusal(what="who", words="<b>the hub's own words</b>", time=0)
    with pytest.raises(RefusedByHub, match="does not take these keys") as caught:
        hub(lambda handler, body: say(handler, 403, wire.pack(refusal))).summary()
    assert caught.value.what == "who" and "own words" not in str(caught.value)


def test_a_slow_clock_is_allowed_for_once(hub: Callable[[Answer], HttpPeer]) -> None:
    calls: list[datetime | None] = []
    there = NOW + timedelta(hours=3)

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        url = f"http://{handler.headers['Host']}{handler.path}"
        request = wire.Request("POST", url, dict(handler.headers))
        try:
            calls.append(wire.check_request(request, body, find, there).created)
            say(handler, 200, wire.pack(wire.Done()))
        except wire.ClockOff:
            calls.append(None)
            time = int(there.timestamp() * 1000)
            say(handler, 403, wire.pack(wire.Refusal(what="clock", words="", time=time)))

    peer = hub(answer)
    peer.duty(True)
    peer.duty(True)
    assert (
        calls == [None, there, there] and clock_words(peer.offset) == "This laptop's clock is 3 hours slow."
    )
    liar = hub(
        lambda handler, body: say(handler, 403, wire.pack(wire.Refusal(what="clock", words="", time=2**53)))
    )
    with pytest.raises(remote.PeerFault):
        liar.duty(True)
    stubborn = hub(
        lambda handler, body: say(handler, 403, wire.pack(wire.Refusal(what="clock", words="", time=5)))
    )
    with pytest.raises(RefusedByHub, match="too far apart"):
        stubborn.duty(True)


def test_the_clock_is_spoken_of_in_words() -> None:
    assert clock_words(timedelta(seconds=70)) == "" == clock_words(timedelta())
    assert clock_words(timedelta(minutes=20)) == "This laptop's clock is 20 minutes slow."
    assert clock_words(timedelta(minutes=-20)) == "This laptop's clock is 20 minutes fast."
    assert clock_words(timedelta(days=-2)) == "This laptop's clock is 48 hours fast."
