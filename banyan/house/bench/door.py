"""The front door as people meet it: a real hub on loopback, real requests, the hub's own CPU time.

One answer in ten is dropped on the way to many senders at once and sent again: what was acknowledged must be
kept, and once. The figures beside are what other programs reached on such a machine.
"""

import os
import secrets
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from banyan.house.bench import alike, browser, flood, scratch, shown
from banyan.house.bench.figures import Figure, Figures
from banyan.house.bench.shown import GLOBALEAKS, SECUREDROP, pages_of, path_of
from banyan.house.bench.visitor import Visitor, hidden, letter
from banyan.house.cli import founding, places
from banyan.house.demo import run

if TYPE_CHECKING:
    from banyan.house.demo.stage import Stage

SENDERS, DROP_EVERY = 64, 10
TEXT = "I am still serving and I do not want to be part of this any more. What should I do first?"
PRESSES = 20
AT_ONCE = 8  # so many at once where CPU is measured


@dataclass(frozen=True)
class Hub:
    """The hub of this bench: where it is, and its process."""

    home: Path
    address: str
    pid: int
    phrases: founding.Phrases

    def visitor(self) -> Visitor:
        """A new browser."""
        return Visitor(self.address)

    def cpu(self) -> float:
        """Seconds of CPU that the hub has spent, of its user's and of the system's time."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(quick: bool) -> Figures:
    """All of it against one hub. CPU time is left out where the system does not tell it."""
    with scratch.programme() as (home, phrases):
        port = run.free_port(0)
        # How much this hub can do is asked here; how it keeps a crowd waiting is asked of another.
        os.environ["BANYAN_LINE_BEGINS"] = "1000000"
        program = run.start("hub", home, "--port", str(port))
        try:
            run.wait_until_up([program], [port])
            hub = Hub(home, f"http://{run.HERE}:{port}", program.process.pid, phrases)
            hub.visitor().open("/en/")
            figures = _quick(hub) if quick else _seen(hub) | _slow(hub)
            if Path("/proc/self/stat").exists():
                figures |= _cpu(hub, 20 if quick else 100)
            if not quick:
                figures |= _alike(hub, 100_000, people=alike.CONNECTIONS) | _senders(hub, 10_000)
        finally:
            run.stop([program])
    return figures | flood.measure(quick)


def _seen(hub: Hub) -> Figures:
    """Pages and the path as Chromium has them; without one, as a visitor counts them who asks like a browser."""
    executable = browser.chromium()
    if executable is None:
        english, burmese, person = hub.visitor(), hub.visitor(), hub.visitor()
        english.open("/en/")
        burmese.open("/my/")
        walk(hub, person)
        return pages_of(english, burmese) | path_of(person)
    return shown.measure(executable, hub.address, TEXT, partial(_have_answered, hub))


def _slow(hub: Hub) -> Figures:
    """The path over a slow line; nothing without a browser."""
    executable, answered = browser.chromium(), partial(_have_answered, hub)
    return shown.over_slow_line(executable, hub.address, TEXT, answered) if executable else {}


def _quick(hub: Hub) -> Figures:
    """The slow line is mostly waiting: what else there is goes on meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(_slow, hub)
        return _seen(hub) | _alike(hub, 240, people=8) | _senders(hub, 500) | slow.result()


def walk(hub: Hub, person: Visitor) -> None:
    """Open, get the code, write, leave; come back, read the answer."""
    person.open("/en/")
    code = hidden(person.open("/en/words/", {}))["code"]
    fields = hidden(person.open("/en/write/", {"code": code}))
    person.open("/en/write/", {**fields, "message": TEXT, "danger": "no", "send": "1"})
    _answer(hub, [code], 1)
    person.open("/en/")
    person.open("/en/back/")
    if ANSWER.format(0) not in person.open("/en/back/", {"words": _words(code), "open": "1"}):
        raise OSError("the answer was not on the page inside")


def _have_answered(hub: Hub, words: str) -> str:
    """Intake answers whoever has these words; what it says. In a thread: Playwright's own has a loop in it."""
    from banyan.sealing import codes

    with ANSWERING, ThreadPoolExecutor(1) as pool:
        pool.submit(_answer, hub, [codes.from_words(words).hex()], 1).result()
    return ANSWER.format(0)


ANSWERING = threading.Lock()
ANSWER = "You do not have to give your name. Answer {}."


def _words(code: str) -> str:
    from banyan.sealing import codes

    return " ".join(codes.to_words(bytes.fromhex(code), "en"))


def _answer(hub: Hub, carried: list[str], answers: int) -> None:
    """Intake answers so many times in the conversations of these codes."""
    from banyan.desks.intake import actions
    from banyan.house.demo.clock import Clock
    from banyan.house.demo.stage import Stage
    from banyan.sealing.phrases import unlock

    keys = unlock((places.desk_dir(hub.home, "Aye") / places.KEYS).read_bytes(), hub.phrases.members["Aye"])
    with closing(Stage(hub.home, {"Aye": keys}, Clock(scratch.now()))) as stage:
        (desk,) = stage.desks.values()
        for code in carried:
            folder = _folder(stage, code)
            stage.hub_to(desk, [folder])
            for number in range(answers):
                stage.clock.forward(seconds=1)
                actions.answer(desk=desk, folder=folder, text=ANSWER.format(number), language="en")
        stage.desk_to_hub(desk)


def _folder(stage: "Stage", code: str) -> bytes:
    history = stage.door.visit(bytes.fromhex(code)).history
    if history is None:
        raise OSError("what was acknowledged is not there")
    return history.folder


def _cpu(hub: Hub, people: int) -> Figures:
    """The hub's CPU for one of each, over many."""
    codes: list[str] = []

    def contact() -> None:
        with closing(hub.visitor()) as person:
            codes.append(_contact(person))

    contacted = _spent(hub, [contact] * people)
    message = _spent(hub, [partial(_say, hub, code) for code in codes])
    half = len(codes) // 2
    _answer(hub, codes[:half], 3)
    _answer(hub, codes[half:], 20)
    read3 = _spent(hub, [partial(_come_back, hub, code) for code in codes[:half]])
    read20 = _spent(hub, [partial(_come_back, hub, code) for code in codes[half:]])
    return {
        "contact_cpu_ms": Figure(contacted, "ms", {SECUREDROP: 2410, GLOBALEAKS: 100}),
        "message_cpu_ms": Figure(message, "ms"),
        "read3_cpu_ms": Figure(read3, "ms", {SECUREDROP: 1200}),
        "read20_cpu_ms": Figure(read20, "ms"),
    }


def _alike(hub: Hub, tries: int, *, people: int) -> Figures:
    """Right, wrong, erased and unknown words in turn; intake answered those who are right."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        right = list(pool.map(lambda _: _person(hub), range(people)))
        erased = list(pool.map(lambda _: _person(hub, erase=True), right))
    with ANSWERING:
        _answer(hub, right, 3)
    typed = [
        {
            "right": _words(mine),
            "wrong": " ".join(_words(mine).split()[::-1]),
            "erased": _words(gone),
            "unknown": _words(secrets.token_hex(11)),
        }
        for mine, gone in zip(right, erased, strict=True)
    ]
    return alike.figures_of(alike.try_in_turn(hub.address, typed, tries))


def _person(hub: Hub, *, erase: bool = False) -> str:
    with closing(hub.visitor()) as person:
        code = _contact(person)
        if erase:
            person.ask("/en/close/", {"code": code, "sure": "1"})
    return code


def _contact(person: Visitor) -> str:
    """Words, the form, and a first message; the code."""
    fields = hidden(person.ask("/en/words/", {}))
    fields = hidden(person.ask("/en/write/", fields))
    person.ask("/en/write/", {**fields, "message": TEXT, "danger": "no", "send": "1"})
    return fields["code"]


def _say(hub: Hub, code: str) -> None:
    with closing(hub.visitor()) as person:
        person.ask("/en/write/", letter(code, TEXT, again="1"))


def _come_back(hub: Hub, code: str) -> None:
    with closing(hub.visitor()) as person:
        person.ask("/en/back/", {"words": _words(code), "open": "1"})


def _spent(hub: Hub, acts: Sequence[Callable[[], object]]) -> float:
    """The hub's CPU for one of these. Some are under way at once: answers wait for their time, and that costs none."""
    before = hub.cpu()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(act) for act in acts]:
            done.result()
    return round(1000 * (hub.cpu() - before) / len(acts), 2)


@dataclass
class Sent:
    """What the senders did together."""

    codes: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: int = 0


def _senders(hub: Hub, messages: int) -> Figures:
    told = Sent()
    share = [messages // SENDERS + (number < messages % SENDERS) for number in range(SENDERS)]
    threads = [threading.Thread(target=_send, args=(hub, count, told)) for count in share]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = _kept(hub, told.codes)
    spans = statistics.quantiles(told.seconds, n=100) if len(told.seconds) > 1 else [0.0] * 99
    return {
        "senders": Figure(SENDERS, "senders", {GLOBALEAKS: 4}),
        "sent": Figure(messages, "messages", {GLOBALEAKS: 200}),
        "kept": Figure(sum(count > 0 for count in kept), "messages", {GLOBALEAKS: 95}),
        "doubled": Figure(sum(count > 1 for count in kept), "messages"),
        "send_p50_ms": Figure(round(1000 * spans[49], 1), "ms"),
        "send_p99_ms": Figure(round(1000 * spans[98], 1), "ms"),
    }


def _send(hub: Hub, count: int, told: Sent) -> None:
    """One sender: new people one after the other, every tenth of whom loses the answer and sends again."""
    with closing(hub.visitor()) as person:
        for number in range(count):
            code = secrets.token_hex(11)
            form = letter(code, TEXT, danger="no")
            if number % DROP_EVERY == DROP_EVERY - 1 or (number == 0 and count < DROP_EVERY):
                person.drop("/en/write/", form)
            began = time.perf_counter()
            if not _pressed(person, form):
                told.refused += 1
                continue
            told.seconds.append(time.perf_counter() - began)
            told.codes.append(code)


def _pressed(person: Visitor, form: dict[str, str]) -> bool:
    """Send, and again where the page says to: what was dropped may still be waiting there."""
    for _ in range(PRESSES):
        try:
            person.ask("/en/write/", form)
        except OSError:
            time.sleep(0.5)
        else:
            return True
    return False


def _kept(hub: Hub, codes: list[str]) -> list[int]:
    """How many messages the hub holds of each who sent one."""
    from banyan.house.demo.clock import Clock
    from banyan.house.demo.stage import Stage

    with closing(Stage(hub.home, {}, Clock(scratch.now()))) as stage:
        found = [stage.door.visit(bytes.fromhex(code)).conversation for code in codes]
    return [len(one.messages) if one else 0 for one in found]
