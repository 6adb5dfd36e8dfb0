"""Sixty honest persons beside a thousand junk requests a second: a hub, the junk and they on the same cores.

Each person does what a person does, and what the pages say: opens the first page, asks for words, waits in line where
there is one, writes, sends; presses again after the seconds told where many write; then comes back with the words and
reads their own message. They come one after the other over the time of the flood, the first when it is in full swing.
What junk is made of stands in `junk`. At the end every message that was acknowledged is looked for in the hub's store.
"""

import html
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from banyan.house.bench import scratch
from banyan.house.bench.figures import Figure, Figures
from banyan.house.bench.visitor import REDIRECTS, Visitor, hidden
from banyan.house.demo import run

JUNK_PER_SECOND = 1000
FULL_SWING = 3.0  # seconds until the line has formed
PATIENCE = 120.0  # then a person goes away
BREAKS = 5  # a broken line is tried again so often
AFTER = re.compile(r'http-equiv="refresh" content="(\d+); url=([^"]+)"')
SECONDS = re.compile(r"about (\d+) seconds")
AREA = re.compile(r'<textarea[^>]*name="(\w+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)


@dataclass
class Told:
    """What became of one person."""

    text: str
    seconds: float = PATIENCE
    code: str = ""
    acknowledged: bool = False
    finished: bool = False
    fault: str = ""


class Person(Visitor):
    """A browser whose person does what the pages say."""

    def __init__(self, address: str, until: float) -> None:
        super().__init__(address)
        self.until = until

    def go(self, path: str, form: dict[str, str] | None = None) -> str:
        """A page, after the line and after pressing again; raises `OSError` when patience ends."""
        while time.monotonic() < self.until:
            status, _, page = self._answered(path, form)
            after = AFTER.search(page)
            if after:
                time.sleep(int(after[1]))
                path, form = after[2], None
            elif status == 503:
                told = SECONDS.search(page)
                time.sleep(int(told[1]) if told else 5)
                typed = {name: html.unescape(text) for name, text in AREA.findall(page)}
                given_back = {name: html.unescape(value) for name, value in hidden(page).items()}
                form = {**given_back, **typed} or form
            elif status in REDIRECTS or status >= 400:
                raise OSError(f"{path} answered {status}")
            elif "It is your turn" in page:
                path, form = "/en/words/", hidden(page)
            else:
                return page
        raise OSError(f"patience ended at {path}")

    def _answered(self, path: str, form: dict[str, str] | None) -> tuple[int, http.client.HTTPMessage, str]:
        for attempt in range(BREAKS):
            try:
                return self.answer(path, form)
            except (http.client.HTTPException, OSError):
                self.connection.close()
                time.sleep(attempt)
        raise OSError("the line broke again and again")


def measure(quick: bool) -> Figures:
    """A hub of its own, with the line as it is set for everybody."""
    seconds, persons = (10, 6) if quick else (300, 60)
    begins = os.environ.pop("BANYAN_LINE_BEGINS", None)
    with scratch.programme() as (home, _phrases):
        port = run.free_port(0)
        program = run.start("hub", home, "--port", str(port))
        try:
            run.wait_until_up([program], [port])
            junk, told = _flood(port, seconds, persons)
            memory = _peak_mb(program.process.pid)
        finally:
            run.stop([program])
            if begins is not None:
                os.environ["BANYAN_LINE_BEGINS"] = begins
        dropped = _dropped(home, told)
    spans = sorted(one.seconds for one in told)
    finished = 100 * sum(one.finished for one in told) / len(told)
    return {
        "flood_honest_finished_pct": Figure(round(finished, 1), "%"),
        "flood_honest_p50_s": Figure(round(statistics.median(spans), 2), "s"),
        "flood_honest_p95_s": Figure(round(spans[min(len(spans) - 1, int(len(spans) * 0.95))], 2), "s"),
        "flood_honest_dropped": Figure(dropped, "messages"),
        "flood_junk_per_s": Figure(round(junk["answered_per_s"]), "requests/s"),
        "flood_junk_kept": Figure(junk["kept"], "contacts"),
        "flood_memory_mb": Figure(memory, "MB"),
    }


def _flood(port: int, seconds: int, persons: int) -> tuple[dict[str, float], list[Told]]:
    asked = [sys.executable, "-m", "banyan.house.bench.junk", *map(str, (port, JUNK_PER_SECOND, seconds))]
    junk = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)
    began, told, threads = time.monotonic() + FULL_SWING, list[Told](), list[threading.Thread]()
    # The last comes early enough to be through while the flood still lasts; in a quick run there is no time for it.
    spread = max(seconds - FULL_SWING - 30, seconds / 3)
    try:
        for number in range(persons):
            time.sleep(max(0.0, began + spread * number / persons - time.monotonic()))
            told.append(Told(f"I want to leave, and I do not know how. Number {number}."))
            threads.append(threading.Thread(target=_visit, args=(port, told[-1])))
            threads[-1].start()
        for thread in threads:
            thread.join()
        output, _ = junk.communicate(timeout=seconds + 60)
    finally:
        junk.kill()
    if os.environ.get("BANYAN_BENCH_TELLS"):
        print(output, *(one for one in told if one.fault), sep="\n", file=sys.stderr)
    return json.loads(output), told


def _visit(port: int, told: Told) -> None:
    """One person's whole path."""
    began = time.monotonic()
    try:
        _whole_path(port, told, began + PATIENCE)
        told.seconds, told.finished = time.monotonic() - began, True
    except (OSError, http.client.HTTPException, LookupError) as fault:
        told.fault = f"{type(fault).__name__}: {fault}"


def _whole_path(port: int, told: Told, until: float) -> None:
    from banyan.sealing import codes

    with closing(Person(f"http://{run.HERE}:{port}", until)) as person:
        person.go("/en/")
        fields = hidden(person.go("/en/words/", {}))
        told.code = fields["code"]
        fields = hidden(person.go("/en/write/", fields))
        page = person.go("/en/write/", {**fields, "message": told.text, "danger": "no", "send": "1"})
        if "<h1>" not in page or "<textarea" in page:
            raise LookupError("not sent")
        told.acknowledged = True
    with closing(Person(f"http://{run.HERE}:{port}", until)) as person:
        person.go("/en/back/")
        said = " ".join(codes.to_words(bytes.fromhex(told.code), "en"))
        inside = hidden(person.go("/en/back/", {"words": said, "open": "1"}))
        if told.text not in html.unescape(person.go("/en/older/", inside)):
            raise LookupError("the message is not there")


def _dropped(home: Path, told: list[Told]) -> int:
    """Messages that were acknowledged, or sent by somebody who went away, and are not in the store."""
    from banyan.house.demo.clock import Clock
    from banyan.house.demo.stage import Stage

    with closing(Stage(home, {}, Clock(scratch.now()))) as stage:
        missing = 0
        for one in told:
            found = stage.door.visit(bytes.fromhex(one.code)).conversation if one.code else None
            there = found is not None and any(
                getattr(said.document, "text", "") == one.text for said in found.messages
            )
            missing += not there
    return missing


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return round(int(found[1]) / 1024, 1) if found else 0.0
