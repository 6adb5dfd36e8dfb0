"""Right, wrong, unknown and erased words at a real hub: answers of one length, that leave at whole steps of time."""

import gzip
import http.client
import random
import secrets
import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest

from banyan.cases.folders.conversation import Agreement, ConsentAsked, Message
from banyan.cases.testing import Programme
from banyan.house.serving import bounded, even, leaving
from banyan.house.wsgi import WAITRESS
from banyan.sealing import codes
from promises.hub import HubProcess

SENDERS = 24
NEWS = {
    "en": "You do not have to give your name. Nobody will ask where you serve. " * 6,
    "my": "သင့်အမည်ကို ပြောစရာ မလိုပါ။ ဘယ်မှာ တာဝန်ကျနေလဲလည်း မမေးပါ။ " * 6,
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What somebody who watches the line sees of one answer, and what stood in it."""

    status: int
    head: int
    body: int
    seconds: float
    text: str = field(compare=False)


def ask(
    line: http.client.HTTPConnection, path: str, form: dict[str, str] | None = None, **headers: str
) -> Answer:
    """One request on a connection that stands."""
    body = None if form is None else urlencode(form)
    began = time.monotonic()
    line.request("GET" if form is None else "POST", path, body, (FORM if form else {}) | headers)
    answer = line.getresponse()
    data = answer.read()
    seconds = time.monotonic() - began
    text = gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data
    return Answer(
        answer.status, len(bytes(answer.headers)), len(data), seconds, text.decode(errors="replace")
    )


@pytest.fixture
def hub(programme: Programme, tmp_path) -> Iterator[HubProcess]:
    """A real hub; whoever is in `codes_of` has a conversation there."""
    hub = HubProcess(programme, tmp_path / "home")
    hub.start()
    yield hub
    hub.close()


def line_to(hub: HubProcess) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", hub.port, timeout=60)


def codes_of(hub: HubProcess, language: str) -> dict[str, bytes]:
    """By what became of them: one that waits for an answer, one with news and questions, one erased, one never used."""
    programme, said = (
        hub.programme,
        {name: codes.new_code() for name in ("waits", "news", "erased", "unknown")},
    )
    for name in ("waits", "news", "erased"):
        programme.door.visit(said[name]).post(
            secrets.token_bytes(16), Message(text=NEWS[language], language=language)
        )
    programme.carry()
    programme.carry()
    aye, visit = programme.desks["Aye"], programme.door.visit(said["news"])
    assert visit.history is not None
    folder = visit.history.folder
    holder = aye if folder in aye.held("conversation") else programme.desks["Ba"]
    holder.write(folder, Message(text=NEWS[language], language=language))
    holder.write(folder, ConsentAsked(purposes=("service", "figures", "share")))
    holder.write(folder, Agreement(next_due=programme.door.now + 86_400_000, every_hours=24))
    programme.carry()
    programme.door.visit(said["erased"]).erase()
    for name in ("waits", "news"):
        history = programme.door.visit(said[name]).history
        assert history is not None
        hub.store.add(item.data for item in programme.hub.of_folder(history.folder))
    return said


def words(code: bytes, language: str) -> str:
    return " ".join(codes.to_words(code, language))


@pytest.mark.parametrize("language", ["en", "my"])
@pytest.mark.parametrize("takes", ["gzip", "identity"])
def test_right_wrong_unknown_and_erased_words_get_answers_alike_in_bytes(hub, language, takes):
    said = codes_of(hub, language)
    swapped = codes.to_words(said["waits"], language)
    typed = {name: words(code, language) for name, code in said.items()}
    typed |= {"wrong": " ".join((*swapped[1:], swapped[0])), "nothing": "x y z"}
    line, seen = line_to(hub), {}
    for name, one in typed.items():
        seen[name] = ask(
            line, f"/{language}/back/", {"words": one, "open": "1"}, **{"Accept-Encoding": takes}
        )
    opened = {name for name, one in seen.items() if 'name="code"' in one.text}
    assert opened == {"waits", "news"} and NEWS[language].strip() in seen["news"].text
    assert len({(one.status, one.head, one.body) for one in seen.values()}) == 1
    if takes == "gzip":
        assert seen["news"].body == even.OF_A_POST


def test_what_a_classifier_learns_of_right_and_wrong_words_from_lengths_is_chance(hub):
    said = codes_of(hub, "en")
    line, seen = line_to(hub), defaultdict(list)
    for turn in range(40):
        name = ("waits", "unknown")[turn % 2]
        one = ask(
            line, "/en/back/", {"words": words(said[name], "en"), "open": "1"}, **{"Accept-Encoding": "gzip"}
        )
        seen[name].append((one.status, one.head, one.body))
    votes = Counter((size, name) for name, sizes in seen.items() for size in sizes[:10])
    guess = {size: max(seen, key=lambda name: votes[size, name]) for size, _ in votes}
    right = sum(guess.get(size) == name for name, sizes in seen.items() for size in sizes[10:])
    assert right <= 0.55 * 20, "half is chance"


def typed_at_random(chance: random.Random) -> str:
    letters = chance.choice(("abc def ", "ကခဂဃငစ ", "<&\"'> ", "🙂x "))
    return "".join(chance.choices(letters, k=chance.choice((0, 1, 40, 700, 3000))))


def some_request(
    chance: random.Random, said: dict[str, bytes]
) -> tuple[str, dict[str, str] | None, dict[str, str]]:
    """Any page of the door, asked for in any way."""
    language = chance.choice(("en", "my"))
    code, text = chance.choice(list(said.values())), typed_at_random(chance)
    carried = {"code": code.hex(), "nonce": secrets.token_hex(16), "again": "1"}
    page = chance.choice(
        ("", "next/", "who/", "young/", "phone/", "back/", "figures/", "older/", f"no{'p' * 40}")
    )
    forms: list[tuple[str, dict[str, str]]] = [
        ("words", {}),
        ("write", carried | {"message": text}),
        ("write", carried | {"message": text, "danger": "perhaps", "send": "1"}),
        ("back", {"words": chance.choice((words(code, language), text)), "open": "1"}),
        ("inside", carried),
        ("older", carried),
        (f"no{text[:20]!r}", carried),
    ]
    headers = {"Accept-Encoding": chance.choice(("gzip", "identity", "gzip, br"))}
    if chance.random() < 0.1:
        headers["Host"] = "elsewhere.example"
    if chance.random() < 0.4:
        query = chance.choice(("", f"?a={'q' * chance.randrange(300)}"))
        return f"/{language}/{page}{query}", None, headers
    path, form = chance.choice(forms)
    if chance.random() < 0.1:
        headers["Origin"] = "http://elsewhere.example"
    return (
        f"/{language}/{''.join(filter(str.isalnum, path)) or 'x'}/".encode("ascii", "ignore").decode(),
        form,
        headers,
    )


@pytest.mark.parametrize("answers", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_every_answer_of_the_door_has_one_of_few_lengths_whatever_is_in_it(hub, answers):
    said = codes_of(hub, "en")

    def some(number: int) -> list[tuple[str, Answer]]:
        chance, line, seen = random.Random(number), line_to(hub), []
        for _ in range(answers // SENDERS + 1):
            path, form, headers = some_request(chance, said)
            one = ask(line, path, form, **headers)
            seen.append((f"{form is not None} {headers['Accept-Encoding']}", one))
        return seen

    with ThreadPoolExecutor(SENDERS) as pool:
        seen = [one for some_seen in pool.map(some, range(SENDERS)) for one in some_seen]
    assert len(seen) >= answers
    odd = [(one.status, one.body) for _, one in seen if one.body not in even.LENGTHS]
    assert odd == [], "no answer is of another length"
    assert {one.status for _, one in seen} >= {200, 403, 404, 421, 422}
    heads = defaultdict(set)
    for asked, one in seen:
        heads[asked, one.status, one.body].add(one.head)
        if asked.startswith("True") and one.status != 404:  # a page that is not there opens nothing
            assert one.body >= even.OF_A_POST
    assert {len(lengths) for lengths in heads.values()} == {1}, "nor is what stands above one"


def test_no_error_of_the_server_itself_says_who_it_is_or_what_it_met(hub):
    canary = "Ko-Canary"
    requests = {
        400: f"GET /{canary} NOT/HTTP {canary}\r\nHost {canary}\r\n\r\n",
        413: f"POST /en/{canary} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000000\r\n\r\n",
        431: f"GET /{canary} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: {canary * 9000}\r\n\r\n",
        501: f"POST /{canary} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: {canary}\r\n\r\n",
    }
    lengths = set()
    for status, request in requests.items():
        with socket.create_connection(("127.0.0.1", hub.port), timeout=30) as line:
            line.sendall(request.encode())
            said = b""
            with suppress(ConnectionResetError):  # it does not read what it refuses
                while part := line.recv(65536):
                    said += part
        head, _, body = said.partition(b"\r\n\r\n")
        assert f" {status} ".encode() in head.splitlines()[0]
        names = {one.partition(b":")[0].lower() for one in head.splitlines()[1:]}
        assert not names & {b"server", b"date", b"via"} and b"content-security-policy" in names
        assert canary.encode() not in said and b"waitress" not in said.lower() and b"line" not in body
        lengths.add(len(body))
    assert lengths == {leaving.ERROR_LENGTH}


def test_no_answer_says_who_answers_and_by_which_clock(hub):
    line = line_to(hub)
    for path, form in (("/en/", None), ("/en/nothing", None), ("/en/back/", {"words": "a", "open": "1"})):
        line.request("GET" if form is None else "POST", path, form and urlencode(form), FORM if form else {})
        answer = line.getresponse()
        answer.read()
        names = {name.lower() for name in answer.headers}
        assert not names & {"server", "date", "via", "vary", "set-cookie", "x-powered-by", "etag"}
        assert names >= {
            "content-security-policy",
            "referrer-policy",
            "x-content-type-options",
            "cache-control",
        }


# Time


@pytest.mark.parametrize(
    ("waited", "worked", "steps"),
    [(0, 0.001, 1), (0, 0.149, 1), (0.05, 0.09, 1), (0.2, 0.001, 2), (0.2, 0.14, 2), (0, 0.3, 2), (3, 0, 13)],
)  # fmt: skip
def test_an_answer_leaves_at_a_whole_step_that_the_wait_settles_and_not_the_work(waited, worked, steps):
    came = 1000.0
    moment = leaving.leaves(came, came + waited, came + waited + worked)
    assert moment - came == pytest.approx(steps * leaving.STEP)
    assert moment >= came + waited + worked


@pytest.fixture
def slow() -> Iterator[tuple[tuple[str, int], list[float]]]:
    """A server with two threads whose page takes as long as it is told, and when its answers may leave, in steps."""
    moments: list[float] = []

    class Watched(bounded.BoundedChannel):
        def keep_until(self, moment: float) -> None:
            moments.append((moment - self.came_at) / leaving.STEP)
            super().keep_until(moment)

    def page(environ, start_response):
        time.sleep(float(environ["QUERY_STRING"] or 0))
        start_response("200 OK", [("Content-Length", "5")])
        return [b"hello"]

    taken = socket.create_server(("127.0.0.1", 0))
    server = bounded.server_on(page, taken, threads=2, asyncore_use_poll=True, **WAITRESS)
    server.channel_class = Watched
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield taken.getsockname(), moments
    server.task_dispatcher.shutdown()
    server._map.clear()
    thread.join(5)
    taken.close()


def test_posts_leave_at_whole_steps_and_hold_no_thread_meanwhile(slow):
    address, moments = slow

    def took(method: str, path: str) -> float:
        line, began = http.client.HTTPConnection(*address, timeout=30), time.monotonic()
        line.request(method, path, b"x" if method == "POST" else None)
        assert line.getresponse().read() == b"hello"
        return time.monotonic() - began

    for path in ("/en/back/", "/en/back/?0.02", "/en/back/?0.1"):
        assert took("POST", path) >= leaving.STEP
    assert len(moments) == 3 and all(abs(steps - round(steps)) < 1e-6 and steps >= 1 for steps in moments)
    assert min(took("GET", "/en/") for _ in range(5)) < leaving.STEP
    assert min(took("POST", "/sync/pull") for _ in range(5)) < leaving.STEP
    assert len(moments) == 3, "neither a page that is only read nor sync is kept"
    began = time.monotonic()
    with ThreadPoolExecutor(40) as pool:
        list(pool.map(lambda _: took("POST", "/en/back/"), range(40)))
    assert time.monotonic() - began < 20 * leaving.STEP, "two threads that waited would take twenty steps"
