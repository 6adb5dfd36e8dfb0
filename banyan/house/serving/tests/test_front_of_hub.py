"""The hub's front on a real socket: kept pages, the line, lanes, and texts that come back."""

import gzip
import html
import http.client
import io
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlencode

import msgspec
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from banyan.cases.testing import Programme
from banyan.cleaning import Clean
from banyan.doors.front import further
from banyan.doors.front import line as pages
from banyan.doors.front import pages as door_pages
from banyan.doors.front.line import Line
from banyan.doors.sync import pages as sync_pages
from banyan.folders import wire
from banyan.house.bench.visitor import hidden
from banyan.house.processes import until
from banyan.house.serving import lanes, quick
from banyan.house.serving.bounded import server_on
from banyan.house.serving.reading import all_fields, fields_of
from banyan.house.standing import stand_at
from banyan.house.wsgi import WAITRESS
from banyan.language.frontage import Page
from banyan.language.pack import front_of_pack
from banyan.sealing import codes
from banyan.sealing.keys import Keys

TEXT = "I want to leave & <soon>.\nမောင်မောင်"


class Clock:
    """Seconds that pass when told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Hub:
    """A hub in this process, with a line whose time is told."""

    def __init__(self, programme: Programme, patch: pytest.MonkeyPatch) -> None:
        import socket

        self.clock = Clock()
        self.line = Line(5, clock=self.clock)
        for place in (pages, door_pages):
            patch.setattr(place, "line", lambda: self.line)
        self.application = WSGIHandler()
        self.front = quick.Quick(self.application, self.line, programme.door)
        taken = socket.create_server(("127.0.0.1", 0))
        self.port = taken.getsockname()[1]
        self.server = server_on(self.front, taken, threads=2, **WAITRESS)
        threading.Thread(target=self.server.run, daemon=True).start()

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str):
        """Status, headers and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        typed = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        body = urlencode(form) if form is not None else None
        given = {"Host": "localhost", **typed, **headers}
        connection.request("POST" if form is not None else "GET", path, body, given)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        data = gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data
        return answer.status, answer.headers, data.decode()

    def send_file(self, code: str, data: bytes) -> str:
        """The page that answers to a file."""
        parts = {"code": code.encode(), "nonce": secrets.token_hex(16).encode(), "send": b"1"}
        body = b"".join(
            f'--line\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
            for name, value in parts.items()
        )
        body += (
            b'--line\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
            + data
            + b"\r\n--line--\r\n"
        )
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kind = {"Host": "localhost", "Content-Type": "multipart/form-data; boundary=line"}
        connection.request("POST", "/en/file/", body, kind)
        with closing(connection):
            return connection.getresponse().read().decode()

    def crowd(self) -> None:
        """Many ask for words at this moment."""
        for _ in range(800):
            self.line.ask()

    def tell(self, **more: str) -> dict[str, str]:
        """A first message in peace; its hidden fields with the code."""
        fields = hidden(self.ask("/en/words/", {})[2])
        form = hidden(self.ask("/en/write/", fields)[2])
        assert self.ask("/en/write/", {**form, "message": TEXT, "send": "1", **more})[0] == 200
        return form


@pytest.fixture
def hub(programme: Programme, door: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    stand_at(programme.door)
    quick._resolved.cache_clear()
    made = Hub(programme, monkeypatch)
    yield made
    made.server.task_dispatcher.shutdown()
    made.server.close()
    stand_at(None)


def on(text: str) -> str:
    """Where a page of the line leads by itself."""
    return text.partition('http-equiv="refresh" content="1; url=')[2].partition('"')[0]


def contacts(programme: Programme, code: str) -> list[str]:
    found = programme.door.visit(bytes.fromhex(code)).conversation
    return [said.document.text for said in found.messages] if found else []  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/en/", "/my/", "/", "/en/next/", "/my/back/"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_kept_page_is_what_the_application_gives(hub, path, coding):
    from django.test import RequestFactory

    given = RequestFactory().get(path, headers={"host": "localhost", "accept-encoding": coding}).environ
    said: list = []
    body = b"".join(hub.application(given, lambda status, headers: said.extend((status, headers))))
    for _ in range(2):
        connection = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=20)
        connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": coding})
        answer = connection.getresponse()
        assert answer.read() == body and f"{answer.status} {answer.reason}" == said[0]
        assert sorted(answer.getheaders()) == sorted(said[1])
        connection.close()


def test_a_page_in_memory_asks_no_thread_of_the_application(hub, monkeypatch):
    hub.ask("/en/")
    asked: list[int] = []
    monkeypatch.setattr(hub.front, "application", lambda *_: [b"", asked.append(1)][:1])  # type: ignore[func-returns-value]
    assert hub.ask("/en/")[0] == 200 and not asked
    assert hub.ask("/en/", **{"Accept-Language": "xx"})[0] == 200 and not asked


def test_addresses_that_are_no_page_are_answered_alike_and_repeat_nothing(hub):
    status, _, text = hub.ask("/en/my-secret-cousin/")
    assert status == 404 and "cousin" not in text
    assert hub.ask("/en/other")[2] == text
    assert len(hub.front._kept) <= 2


def test_no_page_is_kept_for_an_address_that_the_pack_lacks_however_many_are_asked_for(hub, monkeypatch):
    page = Page(address="near-you", title={"en": "Help nearby"}, paragraphs=({"en": "Ask us."},))
    front = msgspec.structs.replace(front_of_pack(), pages=(page,))
    monkeypatch.setattr(further, "front_of_pack", lambda: front)
    status, _, text = hub.ask("/en/read/near-you/")
    assert status == 200 and "Ask us." in text
    missing = hub.ask("/en/-/")[2]
    kept, asked = dict(hub.front._kept), list[object]()
    monkeypatch.setattr(hub.front, "application", lambda *given: asked.append(given))
    for number in range(20):
        status, _, text = hub.ask(f"/en/read/near-you-{number}/")
        assert status == 404 and text == missing
    assert hub.ask(f"/en/line/{'x' * 20_000}/")[0] == 404
    assert hub.front._kept == kept and not asked


def test_only_so_many_pages_are_kept_and_all_are_answered(hub, monkeypatch):
    monkeypatch.setattr(quick, "MOST_KEPT", 3)
    for path in ("/en/", "/my/", "/en/who/", "/my/who/", "/en/can/", "/en/"):
        assert hub.ask(path)[0] == 200 and len(hub.front._kept) <= 3
    assert {path for path, *_ in hub.front._kept} == {"/my/who/", "/en/can/", "/en/"}


def test_who_asks_for_another_host_gets_nothing_kept(hub):
    hub.ask("/en/")
    assert hub.ask("/en/", Host="elsewhere.example")[0] == 421
    assert hub.ask("/en/words/", {}, Host="elsewhere.example")[0] == 421


def test_files_that_take_long_hold_up_nobody_else_and_beyond_their_places_are_given_back(hub, monkeypatch):
    from banyan.doors.front import files

    begun, end = threading.Semaphore(0), threading.Event()

    def slowly(data):
        begun.release()
        assert end.wait(30)
        return Clean("text", data, "text/plain; charset=utf-8")

    monkeypatch.setattr(files, "clean", slowly)
    monkeypatch.setitem(lanes.PLACES, "files", 2)
    said: list[str] = []

    def send() -> None:
        said.append(hub.send_file(hub.tell()["code"], b"a paper"))

    senders = [threading.Thread(target=send) for _ in range(5)]
    for sender in senders:
        sender.start()
    assert begun.acquire(timeout=20) and begun.acquire(timeout=20)
    # Both threads for files are busy. Whose code opens nothing has no file to be cleaned.
    assert "We have your file" not in hub.send_file(codes.new_code().hex(), b"a paper")
    assert hub.ask("/en/back/", {"words": "no words", "open": "1"})[0] == 200
    assert hub.tell()["code"]
    until(lambda: any("Many people" in text for text in said), 20)
    end.set()
    for sender in senders:
        sender.join()
    assert sum("We have your file" in text for text in said) >= 4
    assert all("a paper" not in text for text in said)


def test_in_peace_nobody_meets_the_line(hub, programme):
    form = hub.tell()
    assert contacts(programme, form["code"]) == [TEXT]


def test_in_a_flood_the_words_come_after_some_steps_and_nobody_is_refused(hub, programme):
    hub.ask("/en/")
    hub.crowd()
    status, _, text = hub.ask("/en/words/", {})
    assert status == 200 and "code" not in hidden(text) and "Many people are here now" in text
    steps, at = 0, on(text)
    assert on(hub.ask(at)[2]) == at  # too early: no step
    while at:
        hub.clock.now += 1
        text = hub.ask(at)[2]
        at = on(text)
        steps += 1
        hub.crowd()
    assert steps == pages.MOST_STEPS and "It is your turn" in text
    fields = hidden(hub.ask("/en/words/", hidden(text))[2])
    form = hidden(hub.ask("/en/write/", fields)[2])
    assert hub.ask("/en/write/", {**form, "message": TEXT, "send": "1"})[0] == 200
    assert contacts(programme, form["code"]) == [TEXT]
    # The same ticket serves nobody else.
    other = codes.new_code().hex()
    assert hub.ask("/en/write/", {**form, "code": other, "message": "junk", "send": "1"})[0] == 503
    assert contacts(programme, other) == []


def test_a_ticket_of_peace_is_honoured_in_a_flood(hub, programme):
    form = hidden(hub.ask("/en/write/", hidden(hub.ask("/en/words/", {})[2]))[2])
    hub.crowd()
    assert hub.ask("/en/write/", {**form, "message": TEXT, "send": "1"})[0] == 200
    assert contacts(programme, form["code"]) == [TEXT]


@pytest.mark.parametrize("language", ["en", "my"])
def test_who_sends_without_a_ticket_gets_the_text_back_and_comes_through_by_waiting(hub, programme, language):
    hub.crowd()
    code = codes.new_code().hex()
    sent = {"code": code, "nonce": "ab" * 16, "message": TEXT, "danger": "yes", "send": "1"}
    presses = 0
    while True:
        status, _, text = hub.ask(f"/{language}/write/", sent)
        if status == 200:
            break
        presses += 1
        assert status == 503 and presses < 6
        back = {name: html.unescape(value) for name, value in hidden(text).items()}
        area = re.search(r'<textarea[^>]*name="message"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
        sent = {**back, "message": html.unescape(area[1] if area else "")}
        assert sent["message"] == TEXT and sent["danger"] == "yes" and sent["code"] == code
        assert f'action="/{language}/write/"' in text and "-here" not in text
        hub.clock.now += 4
        hub.crowd()
    assert 2 <= presses <= 4 and contacts(programme, code) == [TEXT]


def test_who_has_written_before_waits_in_no_line(hub, programme):
    form = hub.tell()
    words = " ".join(codes.to_words(bytes.fromhex(form["code"]), "en"))
    hub.crowd()
    status, _, text = hub.ask("/en/back/", {"words": words, "open": "1"})
    assert status == 200 and not on(text) and hidden(text)["code"] == form["code"]
    again = {"code": form["code"], "nonce": "cd" * 16, "message": "More", "send": "1", "again": "1"}
    assert hub.ask("/en/write/", again)[0] == 200
    assert contacts(programme, form["code"]) == [TEXT, "More"]


def test_little_of_what_is_typed_is_read_before_somebody_has_their_turn(hub, monkeypatch):
    from banyan.doors.front import codewords
    from banyan.sealing import words
    from banyan.sealing.words import spelling

    form, read, folded = hub.tell(), list[int](), spelling._folded
    said = " ".join(codes.to_words(bytes.fromhex(form["code"]), "en"))
    assert [words.find("garden", language) is None for language in words.LISTS] == [
        False,
        True,
    ]  # both are loaded
    hub.crowd()

    def counted(text: str) -> str:
        read.append(len(text))
        return folded(text)

    monkeypatch.setattr(spelling, "_folded", counted)
    for place, name in ((codewords, "from_zawgyi"), (codes, "slips"), (words, "near")):
        monkeypatch.setattr(place, name, lambda *_: pytest.fail("more was read than whose turn it is"))
    assert hub.front.sort(Typed(said)).lane == "known"
    for junk in (
        "\u1038\u1037\u1039" * 5000,
        " ".join(["abandqn"] * 8),
        " ".join(["\u1038\u1037\u1039" * 20] * 8),
    ):
        read.clear()
        assert hub.front.sort(Typed(junk)).lane == "other" and sum(read) < 10_000


def knock(hub: Hub, keys: Keys, body: bytes, created: datetime, **more: str) -> int:
    """The status that a desk with these keys gets for a summary."""
    asked = wire.sign_request(keys, "https://localhost/sync/summary", body, created=created)
    connection = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=20)
    with closing(connection):
        connection.request("POST", "/sync/summary", body, asked.headers | {"Host": "localhost"} | more)
        return connection.getresponse().status


def test_strangers_who_knock_at_the_sync_take_no_place_of_a_member(hub, programme, monkeypatch):
    aye, now, body = programme.desks["Aye"].keys, programme.door.clock(), wire.pack(wire.AskSummary())
    monkeypatch.setattr(sync_pages, "Store", lambda: programme.hub)
    monkeypatch.setattr(programme.hub, "clock", programme.door.clock)
    came, sort = list[tuple[object, int]](), hub.front.sort

    def sort_and_tell(request):
        spot = sort(request)
        came.append((spot, len(request.get_body_stream().getvalue())))
        return spot

    monkeypatch.setattr(hub.front, "sort", sort_and_tell)
    long_ago, unsigned = now - 2 * wire.WINDOW, {"Signature": "x=:AAAA:"}
    large = body + bytes(3_000_000)
    assert knock(hub, aye, body, now) == 200
    assert knock(hub, Keys.generate(), large, now) == knock(hub, aye, large, now, **unsigned) == 403
    assert knock(hub, aye, body, long_ago) == 403
    mine = lanes.Spot("staff", 0, aye.id)
    assert came[:3] == [(mine, len(body)), (lanes.Spot("other"), 0), (lanes.Spot("other"), 0)]
    assert came[3] == (lanes.Spot("other", 0, aye.id), len(body)), "who has a wrong clock is told so"
    monkeypatch.setattr(lanes, "PLACES", dict.fromkeys(lanes.PLACES, 0) | {"staff": 1})
    assert knock(hub, Keys.generate(), body, now) == 503
    assert knock(hub, aye, body, now + timedelta(seconds=1)) == 200


def test_a_form_of_another_site_is_given_back_by_no_page_of_the_door(hub, programme, monkeypatch):
    theirs = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    form = {
        "code": codes.new_code().hex(),
        "nonce": "ab" * 16,
        "message": "Write here who you are:",
        "send": "1",
    }
    for who in (theirs, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
        assert hub.ask("/en/write/", form, **who)[0] == 403
    hub.crowd()
    for path in ("/en/write/", "/en/words/", "/en/back/"):
        status, _, text = hub.ask(path, form, **theirs)
        assert status == 403 and form["code"] not in text and "who you are" not in text
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    status, _, text = hub.ask("/en/write/", form, **own)
    assert status == 503 and hidden(text)["code"] == form["code"]
    monkeypatch.setattr(lanes, "PLACES", dict.fromkeys(lanes.PLACES, 0))
    status, _, text = hub.ask("/en/write/", form, **theirs)
    assert status == 503 and form["code"] not in text and contacts(programme, form["code"]) == []


def test_where_no_place_is_left_the_text_comes_back_and_the_waiting_counts(hub, monkeypatch):
    form = hidden(hub.ask("/en/write/", hidden(hub.ask("/en/words/", {})[2]))[2])
    hub.clock.now += 3
    monkeypatch.setattr(lanes, "PLACES", dict.fromkeys(lanes.PLACES, 0))
    status, _, text = hub.ask("/en/write/", {**form, "message": TEXT, "send": "1"})
    assert status == 503 and "Nothing is lost" in text and html.escape(TEXT.partition("\n")[0]) in text
    assert hub.line.read(hidden(text)["ticket"]).merit > hub.line.read(form["ticket"]).merit
    assert hub.ask("/en/figures/")[0] == 503


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_where_sorting_breaks_one_connection_ends_and_the_next_is_served(hub, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(hub.front, "_sort_post", lambda *_: 1 // 0)
        with pytest.raises((http.client.HTTPException, OSError)):
            hub.ask("/en/words/", {})
    assert hub.ask("/en/words/", {})[0] == 200


@pytest.mark.parametrize("text", [TEXT, "100 % =3D + a&b=c \r\n=", "ကျေးဇူး" * 1400, "=\n==\r\n%41%%"])
def test_whatever_was_typed_is_given_back_as_it_was(text):
    sent = [("code", "00" * 11), ("a=b&c", ""), ("words", text[:50]), ("message", text)]
    request = Typed("")
    request.body = urlencode(sent).encode()
    assert all_fields(request) == sent and fields_of(request) == {"code": "00" * 11, "words": text[:50]}
    request.body = b"&".join([b"a=b"] * 201)
    assert all_fields(request) == []


def test_a_form_too_long_to_be_given_back_is_told_so(hub):
    hub.crowd()
    long = {"code": codes.new_code().hex(), "message": "a" * 200_000, "send": "1"}
    assert hub.ask("/en/write/", long)[0] == 413


def test_no_answer_of_the_front_tells_who_serves_it(hub):
    hub.crowd()
    for status, headers, _ in (hub.ask("/en/words/", {}), hub.ask("/en/write/", {"code": "00" * 11})):
        assert status in (200, 503)
        assert not {"Date", "Server", "Via", "Set-Cookie"} & set(headers)
        assert "script-src" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"


class Typed:
    """What the front looks at of somebody who comes back with words."""

    path, command, query = "/en/back/", "POST", ""
    headers: ClassVar[dict[str, str]] = {"HOST": "localhost"}

    def __init__(self, words: str) -> None:
        self.body = urlencode({"words": words, "open": "1"}).encode()

    def get_body_stream(self) -> io.BytesIO:
        return io.BytesIO(self.body)


# Lanes by themselves


class Asked:
    """A connection with one request."""

    def __init__(self, spot: lanes.Spot, done: list) -> None:
        self.spot, self.done = spot, done
        self.requests = [self]
        self.error = self.ready = None

    def service(self) -> None:
        self.done.append((self.spot, self.ready))


class Front:
    """Puts everybody where they say."""

    def at_once(self, request):
        return None

    def sort(self, request):
        return request.spot

    def no_place(self, request):
        return lanes.Ready("503", (), b"")

    def crowded(self, lane, share):
        pass


def worked(*spots: lanes.Spot) -> list[tuple[lanes.Spot, lanes.Ready | None]]:
    """In which order these are worked for, and with which answer, where all have come before work begins."""
    done: list = []
    waiting = lanes.Lanes(Front())
    for spot in spots:
        waiting.add_task(Asked(spot, done))
        waiting._sort_one()
    while any(waiting.waiting.values()):
        waiting._work_one()
    return done


def test_who_waited_longest_comes_first_and_no_lane_is_behind_all_of_another():
    new = [lanes.Spot("new", -number) for number in range(5)]
    known = [lanes.Spot("known")] * 20
    done = [spot for spot, _ in worked(*new, *known)]
    assert [spot.order for spot in done if spot.lane == "new"] == [-4, -3, -2, -1, 0]
    assert done.index(lanes.Spot("new", -4)) < 5 and done[-1].lane == "known"


def test_a_full_lane_refuses_who_waited_least_and_no_other_lane():
    most = lanes.PLACES["new"]
    done = worked(*[lanes.Spot("new", -number) for number in range(most + 3)], lanes.Spot("known"))
    refused = [spot for spot, ready in done if ready]
    assert refused == [lanes.Spot("new", 0), lanes.Spot("new", -1), lanes.Spot("new", -2)]
    assert len(done) == most + 4


def test_one_code_fills_no_lane_alone():
    done = worked(*[lanes.Spot("known", 0, b"one")] * 30, lanes.Spot("known", 0, b"two"))
    served = [spot.whose for spot, ready in done if not ready]
    assert served.count(b"one") == lanes.ONE_EACH_FROM and b"two" in served


def test_of_one_code_one_file_waits_while_one_is_seen_to_and_one_cleaner_is_free_for_others():
    begun, end, served = threading.Semaphore(0), threading.Event(), list[bytes]()

    class Slow(Asked):
        def service(self) -> None:
            served.append(self.spot.whose) if self.ready is None else done.append((self.spot, self.ready))
            if self.ready is None:
                begun.release()
                end.wait(20)

    def send(who: bytes) -> None:
        waiting.add_task(Slow(lanes.Spot("files", 0, who), done))
        waiting._sort_one()

    done: list = []
    waiting = lanes.Lanes(Front())
    cleaners = [threading.Thread(target=waiting._work_one, args=(True,)) for _ in range(4)]
    for who in (b"one", b"one", b"one"):
        send(who)
    assert len(done) == 2, "nobody else waits, and yet"
    for cleaner in cleaners[:2]:
        cleaner.start()
    assert begun.acquire(timeout=20)
    send(b"one")
    send(b"one")
    assert served == [b"one"] and len(done) == 3 and not begun.acquire(timeout=0.2)
    send(b"two")
    assert begun.acquire(timeout=20) and served == [b"one", b"two"]
    waiting.add_task(Asked(lanes.Spot("known", 0, b"one"), done))
    waiting._sort_one()
    assert len(done) == 3, "a file that waits shuts nobody out of another lane"
    end.set()
    for cleaner in cleaners[2:3]:
        cleaner.start()
    for cleaner in cleaners[:3]:
        cleaner.join(20)
    assert served == [b"one", b"two", b"one"] and not waiting.waiting["files"]


def test_a_code_whose_file_waits_has_its_place_in_a_full_lane_of_pages():
    others = [lanes.Spot("known", 0, b"%d" % number) for number in range(lanes.ONE_EACH_FROM)]
    mine = lanes.Spot("known", 0, b"me")
    done: list = []
    waiting = lanes.Lanes(Front())
    for spot in (lanes.Spot("files", 0, b"me"), *others, mine, mine):
        waiting.add_task(Asked(spot, done))
        waiting._sort_one()
    assert [spot for spot, ready in done if ready] == [mine], "one of the two has a place"
