"""What somebody who watches the hub's line learns of who is there, from the sizes and times of what goes over it.

Of people who do the same thing (they come to the door and type words) nothing: a classifier that was trained on half
of them guesses the other half as by lot. Of what they do it learns much: who reads, who writes and who syncs can be
told by what they send, and the second test says so, with the same classifier.
"""

import math
import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from banyan.cases.folders.conversation import Message
from banyan.folders import union
from banyan.folders.remote import HttpPeer
from banyan.house.bench.visitor import hidden
from banyan.sealing import codes
from promises.hub import HubProcess
from promises.test_alike import ask, hub, line_to, words

__all__ = ["hub"]
LINES = 3  # few at once, so that no line of a flood begins
GZIP = {"Accept-Encoding": "gzip"}
SURE = 2.81  # standard deviations: 1 of 400 fair runs of one classifier looks worse than it is
Trace = tuple[float, ...]
Seen = list[tuple[str, Trace]]
Guess = Callable[[Trace], str]


# The classifiers


def nearest(known: Seen) -> Guess:
    """What most of the seven most alike were, with all that was measured on one scale."""
    scales = [max(column) - min(column) or 1 for column in zip(*(one for _, one in known), strict=True)]

    def guess(trace: Trace) -> str:
        def away(one: tuple[str, Trace]) -> float:
            return sum(((a - b) / scale) ** 2 for a, b, scale in zip(one[1], trace, scales, strict=True))

        return most(role for role, _ in sorted(known, key=away)[:7])

    return guess


def one_cut(known: Seen) -> Guess:
    """What most were on the same side of that one cut through one measure which parts those known best."""
    best, found = -1, (0, 0.0, "", "")
    for at in range(len(known[0][1])):
        values = sorted({trace[at] for _, trace in known})
        for cut in values[:: max(1, len(values) // 20)]:
            low = [role for role, trace in known if trace[at] <= cut]
            high = [role for role, trace in known if trace[at] > cut] or low
            right = low.count(most(low)) + high.count(most(high)) * (high is not low)
            if right > best:
                best, found = right, (at, cut, most(low), most(high))
    at, cut, below, above = found
    return lambda trace: below if trace[at] <= cut else above


def most(roles: Iterable[str]) -> str:
    """The most frequent."""
    return Counter(roles).most_common(1)[0][0]


def guessed(seen: Seen) -> dict[str, tuple[int, int]]:
    """How many of the second half each classifier guesses right, from the first half, and of how many."""
    half = len(seen) // 2
    known, asked = seen[:half][:500], seen[half:]
    counted = {}
    for learn in (nearest, one_cut):
        guess = learn(known)
        counted[learn.__name__] = (sum(guess(trace) == role for role, trace in asked), len(asked))
    return counted


def at_least(right: int, of: int) -> float:
    """The share that is behind such a count at the very least: the lower end of Wilson's interval."""
    share, z = right / of, SURE
    middle = share + z * z / (2 * of)
    return (middle - z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)


def test_the_measure_itself_tells_chance_from_knowledge():
    chance = random.Random(22)
    noise = [(chance.choice("abc"), (chance.random(), float(chance.randrange(3)))) for _ in range(240)]
    told = [(role, (trace[0], 10.0 * "abc".index(role))) for role, trace in noise]
    hint = [(role, (trace[0] + (role == "a"), 1.0)) for role, trace in noise]
    assert all(at_least(*counted) <= 1 / 3 + 0.05 for counted in guessed(noise).values())
    assert at_least(*guessed(told)["nearest"]) > 0.9
    assert any(at_least(*counted) > 1 / 3 + 0.05 for counted in guessed(hint).values())


# People at the door


def exchanges(hub: HubProcess, steps: list[tuple[str, dict[str, str] | None]]) -> Trace:
    """Bytes there, bytes back and seconds of each step, on a connection of their own."""
    line, trace = line_to(hub), list[float]()
    for path, form in steps:
        one = ask(line, path, form, **GZIP)
        assert one.status in (200, 203)
        trace += [len(urlencode(form or {})) + len(path), one.head + one.body, one.seconds]
    line.close()
    return tuple(trace)


def who_come_back(hub: HubProcess, each: int) -> dict[str, list[bytes]]:
    """Codes that open news, codes whose holder waits for an answer, and codes of nobody."""
    made = hub.programme
    said = {role: [codes.new_code() for _ in range(each)] for role in ("news", "waits", "nobody")}
    folders = {}
    for role in ("news", "waits"):
        for code in said[role]:
            visit = made.door.visit(code)
            visit.post(secrets.token_bytes(16), Message(text="I want to leave. " * 5, language="en"))
            assert visit.history is not None
            folders[code] = visit.history.folder
    made.carry()
    made.carry()
    for code in said["news"]:
        desk = next(one for one in made.desks.values() if folders[code] in one.held("conversation"))
        text = "We hear you. " * secrets.SystemRandom().randrange(2, 30)
        desk.write(folders[code], Message(text=text, language="en"))
    made.carry()
    for folder in folders.values():
        hub.store.add(item.data for item in made.hub.of_folder(folder))
    return said


@pytest.mark.parametrize("each", [30, pytest.param(600, marks=pytest.mark.soak)])
def test_who_comes_back_to_news_to_none_and_who_only_tries_words_are_alike_on_the_line(hub, each):
    said = who_come_back(hub, each)
    people = [(role, code) for role, some in said.items() for code in some]
    random.shuffle(people)

    def come(person: tuple[str, bytes]) -> tuple[str, Trace]:
        role, code = person
        typed = {"words": words(code, "en"), "open": "1"}
        return role, exchanges(hub, [("/en/", None), ("/en/back/", None), ("/en/back/", typed)])

    with ThreadPoolExecutor(LINES) as pool:
        seen = list(pool.map(come, people))
    opened = ask(line_to(hub), "/en/back/", {"words": words(said["news"][0], "en"), "open": "1"}, **GZIP)
    nothing = ask(line_to(hub), "/en/back/", {"words": words(said["nobody"][0], "en"), "open": "1"}, **GZIP)
    assert "We hear you" in opened.text and 'name="code"' not in nothing.text
    counted = guessed(seen)
    print({name: f"{right} of {of}, by lot {of // 3}" for name, (right, of) in counted.items()})
    assert all(at_least(*one) <= 1 / 3 + 0.05 for one in counted.values()), counted


# What is not hidden


def reads(hub: HubProcess) -> Trace:
    """Somebody who looks around."""
    return summed(
        exchanges(hub, [("/en/", None), ("/en/who/", None), ("/en/phone/", None), ("/en/next/", None)])
    )


def writes(hub: HubProcess) -> Trace:
    """Somebody who writes for the first time."""
    line = line_to(hub)
    shown = ask(line, "/en/words/", {}, **GZIP)
    form = ask(line, "/en/write/", hidden(shown.text), **GZIP)
    text = {"message": "I want to leave. " * 5, "send": "1"}
    sent = ask(line, "/en/write/", {**hidden(form.text), **text}, **GZIP)
    assert "We have your message" in sent.text
    trace = [part for one in (shown, form, sent) for part in (200.0, one.head + one.body, one.seconds)]
    return summed(tuple(trace))


class WatchedPeer(HttpPeer):
    """A peer whose line is watched."""

    trace: Trace = ()

    def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        began = time.monotonic()
        status, answer = super()._post(path, body)
        self.trace += (len(body), len(answer), time.monotonic() - began)
        return status, answer


def syncs(hub: HubProcess) -> Trace:
    """A member of intake who syncs."""
    desk = hub.programme.desks["Aye"]
    peer = WatchedPeer(hub.address, desk.keys, hub.programme.clock)
    union.pull(desk.store, peer, desk.keys.id)
    return summed(peer.trace)


def summed(trace: Trace) -> Trace:
    """How many exchanges, bytes there, bytes back, and the longest wait."""
    return len(trace) // 3, sum(trace[0::3]), sum(trace[1::3]), max(trace[2::3])


def test_who_reads_who_writes_and_who_syncs_can_be_told_by_what_they_do(hub):
    seen = [(act.__name__, act(hub)) for _ in range(12) for act in (reads, writes, syncs)]
    assert at_least(*guessed(seen)["nearest"]) > 0.6, "the limit that the promises print is still there"
