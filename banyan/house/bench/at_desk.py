"""One desk in a process of its own, so that its memory is its own: opened, looked at, searched, or synced.

Its task comes as one JSON object on its standard input: what to do, the scratch programme, the member and their keys
(of nobody, made for the bench). What it measured goes out the same way.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banyan.house.bench import households, scratch
from banyan.house.bench.scratch import median
from banyan.house.demo.memory import memory_mb
from banyan.sealing.keys import Keys

if TYPE_CHECKING:
    from django.test import Client

    from banyan.cases.desk import Desk

LOOKS = 15
COMMON = ("medicine", "thank you", "What should I do first", "သူနာပြု", "ကြည့်")
Told = dict[str, float]


def main() -> None:
    """Do one task and print what it came to."""
    task, acts = json.loads(sys.stdin.read()), dict[str, Callable[[dict[str, Any]], Told]]()
    acts |= {"look": look, "swell": swell, "pull": pull, "take in": take_in}
    acts |= {"play": households.play, "households": households.look}
    if "scratch" in task:
        scratch.set_up(Path(task["scratch"]))
    print(json.dumps(acts[task["do"]](task)))


def _opened(task: dict[str, Any]) -> Desk:
    from banyan.house.unlock.opening import make_desk

    return make_desk(Path(task["folder"]), Keys(bytes.fromhex(task["keys"])))


def swell(task: dict[str, Any]) -> Told:
    """Make the view as large as asked, with rows of invented conversations."""
    from banyan.house.bench import synthetic

    desk = _opened(task)
    synthetic.swell(desk.view, task["cases"])
    desk.view.save()
    return {}


def look(task: dict[str, Any]) -> Told:
    """From keys in hand to the first page; then search, pages, memory."""
    import django.test

    from banyan.house.standing import stand_at

    browser = django.test.Client(headers={"host": "desk.localhost"})
    began = time.perf_counter()
    desk = _opened(task)
    opened = time.perf_counter()
    desk.take_in_all()
    looked = time.perf_counter()
    stand_at(desk)
    page(browser, "/intake/")
    ready = time.perf_counter()
    told = {"open_s": opened - began, "take_in_s": looked - opened, "first_page_s": ready - looked}
    return (
        told
        | _pages(browser, desk)
        | _searches(browser, desk)
        | {"memory_mb": _resident(), "peak_mb": memory_mb()}
    )


def page(browser: Client, path: str, form: dict[str, str] | None = None) -> float:
    """How many seconds a page takes, which must be there."""
    began = time.perf_counter()
    answer = browser.get(path) if form is None else browser.post(path, form)
    if answer.status_code != 200:
        raise AssertionError(f"a page answered {answer.status_code}")
    return time.perf_counter() - began


def _pages(browser: Client, desk: Desk) -> Told:
    real = sorted(desk.store.folders_for(desk.keys.id))
    chosen = real[:: max(1, len(real) // LOOKS)][:LOOKS]
    return {
        "today_ms": median(page(browser, "/intake/") for _ in range(LOOKS)),
        "list_ms": median(page(browser, "/intake/conversations") for _ in range(LOOKS)),
        "conversation_ms": median(page(browser, f"/intake/{folder[:8].hex()}") for folder in chosen),
    }


def _searches(browser: Client, desk: Desk) -> Told:
    from banyan.cases.models import ConversationRow

    named = ConversationRow.objects.using(desk.view.alias).values_list("reference", flat=True)[:LOOKS]

    def search(words: str) -> float:
        return page(browser, "/intake/conversations/search", {"q": words, "state": ""})

    return {
        "reference_ms": median(search(reference) for reference in list(named)),
        "words_ms": median(search(words) for words in _rare(browser, desk)),
        "common_ms": max(median(search(words) for _ in range(3)) for words in COMMON),
    }


def _rare(browser: Client, desk: Desk) -> Iterator[str]:
    """Parts of what some people really wrote: from the middle of one text."""
    for folder in sorted(desk.store.folders_for(desk.keys.id))[:LOOKS]:
        state = desk.conversation(folder)
        text = state.messages[0].document.text if state else ""  # type: ignore[attr-defined]
        yield text[len(text) // 2 - 10 : len(text) // 2 + 10].strip()


def _resident() -> float:
    """What this process holds in memory now, in MB; the most it ever held where the system does not say."""
    path = Path("/proc/self/statm")
    if not path.exists():
        return memory_mb()
    return int(path.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


# The first sync, in parts that end without a word, as a laptop does whose battery is empty


def pull(task: dict[str, Any]) -> Told:
    """Fetch what the hub has for this member; with `cut` the process is gone in the middle of it."""
    from banyan.folders import union
    from banyan.folders.peers import LocalPeer
    from banyan.house.bench.crowd import store_at
    from banyan.house.demo.clock import Clock

    desk = _opened(task)
    peer = LocalPeer(store_at(Path(task["hub"]), Clock(scratch.now())), desk.keys.id)

    def watch(done: int, of: int) -> None:
        if task["cut"] and done * 2 > of:
            os._exit(1)

    pulled = union.pull(desk.store, peer, desk.keys.id, watch)
    return {"new": len(pulled.new), "known": pulled.known, "held": sum(desk.store.counts().values())}


def take_in(task: dict[str, Any]) -> Told:
    """Open what was fetched, sealing the view on the way; with `cut` the process is gone in the middle of it."""
    desk = _opened(task)

    def watch(done: int, of: int) -> None:
        if task["cut"] and done * 2 > of:
            desk.view.save()
            os._exit(1)

    folders = desk.take_in_all(watch)
    desk.view.save()
    return {"folders": folders, "held": len(desk.held("conversation"))}


if __name__ == "__main__":
    main()
