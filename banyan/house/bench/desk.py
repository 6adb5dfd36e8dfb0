"""A desk with 1,000, 10,000 and 100,000 conversations: unlocking, pages, search, memory; and the first sync.

Every size is measured in a process of its own. 1,000 and 10,000 are real: people wrote and intake answered by the
door and the desk. The view of 100,000 is synthetic (see `synthetic.py`), which `synthetic_from` says; a quick
measurement has fewer real people and says the same from where on. Unlocking is the derivation of the key
(`unlock_kdf_s`), then all from the keys to the first page (`unlock_rest_s_N`), what is new in the store included. One
desk of cases is measured too (see `households.py`).
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from banyan.house.bench import households, scratch
from banyan.house.bench.figures import Figure, Figures
from banyan.house.cli import places
from banyan.house.processes import environment
from banyan.sealing import phrases
from banyan.sealing.keys import Keys

NAME = "Aye"
REAL, QUICK_REAL = (1_000, 10_000), (100,)
SYNTHETIC, QUICK_SYNTHETIC = (100_000,), (1_000, 10_000)


@dataclass(frozen=True)
class Scratch:
    """One member's desk in a scratch programme."""

    home: Path
    keys: Keys

    @property
    def folder(self) -> Path:
        """Where the desk lies."""
        return places.desk_dir(self.home, NAME)

    def child(self, do: str, **more: object) -> dict[str, float] | None:
        """What a process of its own measured, or None where it ended in the middle, as it was told to."""
        task = {
            "do": do, "scratch": str(self.home), "folder": str(self.folder), "keys": self.keys.secret.hex(),
            "hub": str(places.hub_dir(self.home)), **more,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "banyan.house.bench.at_desk"],
            input=json.dumps(task), env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode and not more.get("cut"):
            raise AssertionError(done.stderr[-2000:])
        return None if done.returncode else dict(json.loads(done.stdout))


def measure(quick: bool) -> Figures:
    """Real people first, then rows; of the largest real crowd the first sync."""
    real, rows = (QUICK_REAL, QUICK_SYNTHETIC) if quick else (REAL, SYNTHETIC)
    figures = {
        "unlock_kdf_s": Figure(round(_kdf(), 2), "s"),
        "synthetic_from": Figure(min(rows), "conversations"),
    }
    with scratch.programme() as (home, made):
        desk = Scratch(
            home, phrases.unlock((places.desk_dir(home, NAME) / places.KEYS).read_bytes(), made.members[NAME])
        )
        there = 0
        for people in real:
            _fill(desk, people - there)
            there = people
            figures |= _look(desk, people)
            if people == min(real):
                for cases in rows:
                    with _larger(desk, cases):
                        figures |= _look(desk, cases)
        figures |= _first_sync(desk, there)
    return figures | households.measure(quick)


def _kdf() -> float:
    """The best of three, at the cost that real keys have."""
    phrase = phrases.new_phrase()
    locked, best = phrases.lock(Keys.generate(), phrase), float("inf")
    for _ in range(3):
        began = time.perf_counter()
        phrases.unlock(locked, phrase)
        best = min(best, time.perf_counter() - began)
    return best


def _fill(desk: Scratch, people: int) -> None:
    from banyan.house.bench import crowd

    now = scratch.now()
    with crowd.street(desk.home, NAME, desk.keys, now) as street:
        crowd.fill(street, people, now)


@contextmanager
def _larger(desk: Scratch, cases: int) -> Iterator[None]:
    """The view swollen with rows, and afterwards as it was."""
    path = desk.folder / places.VIEW
    whole = path.read_bytes()
    desk.child("swell", cases=cases)
    try:
        yield
    finally:
        path.write_bytes(whole)


def _look(desk: Scratch, cases: int) -> Figures:
    told = desk.child("look") or {}
    seconds = told["open_s"] + told["take_in_s"] + told["first_page_s"]
    search = {key: round(told[f"{key}_ms"], 1) for key in ("reference", "words", "common")}
    page = {key: round(told[f"{key}_ms"], 1) for key in ("today", "list", "conversation")}
    return {
        f"unlock_rest_s_{cases}": Figure(round(seconds, 2), "s"),
        f"unlock_view_s_{cases}": Figure(round(told["open_s"], 2), "s"),
        f"unlock_new_s_{cases}": Figure(round(told["take_in_s"], 2), "s"),
        f"search_ms_{cases}": Figure(max(search["reference"], search["words"]), "ms"),
        f"search_common_ms_{cases}": Figure(search["common"], "ms"),
        f"page_ms_{cases}": Figure(max(page.values()), "ms"),
        **{f"page_{key}_ms_{cases}": Figure(value, "ms") for key, value in page.items()},
        f"memory_mb_{cases}": Figure(round(told["memory_mb"]), "MB"),
        f"memory_peak_mb_{cases}": Figure(round(told["peak_mb"]), "MB"),
    }


def _first_sync(desk: Scratch, people: int) -> Figures:
    """A new laptop of the same member, cut off twice in the middle: nothing is fetched or taken in again."""
    new = places.made(desk.home / "laptop")
    links = _founding(desk)
    began = time.perf_counter()
    _start(new, links)
    wanted = {"folder": str(new)}
    desk.child("pull", cut=True, **wanted)
    fetched = desk.child("pull", cut=False, **wanted)
    desk.child("take in", cut=True, **wanted)
    opened = desk.child("take in", cut=False, **wanted)
    seconds = time.perf_counter() - began
    if not fetched or not opened or opened["held"] != people:
        raise AssertionError("the first sync did not bring everything")
    again = fetched["known"] + max(0, opened["folders"] - people // 2 - 1)
    return {
        f"first_sync_s_{people}": Figure(round(seconds, 1), "s"),
        f"first_sync_items_{people}": Figure(fetched["held"], "items"),
        f"first_sync_again_{people}": Figure(again, "items"),
    }


def _founding(desk: Scratch) -> list[bytes]:
    from banyan.folders.items import Sort
    from banyan.house.bench.crowd import store_at
    from banyan.house.demo.clock import Clock

    store = store_at(places.hub_dir(desk.home), Clock(scratch.now()))
    return [item.data for item in store.public(Sort.LINK, Sort.QUORUM)]


def _start(folder: Path, links: list[bytes]) -> None:
    from django.core.management import call_command

    from banyan.house.bench.crowd import store_at
    from banyan.house.demo.clock import Clock

    store = store_at(folder, Clock(scratch.now()))
    call_command("migrate", database=store.alias, verbosity=0, interactive=False)
    store.add(links)
