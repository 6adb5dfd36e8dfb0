"""200 texts entered through real pages, half of them Burmese; everything stopped; nothing at rest gives one away."""

import re
import time
from pathlib import Path

import pytest

from banyan.house.processes import (
    Browser,
    Home,
    Process,
    founded,
    founded_whole,
    home,
    started,
    until,
    whole_home,
)
from promises.canary_walk import Flock, Laptops, WholeWay, write_at_the_door
from promises.traces import canaries, files, spellings, traces
from promises.walk import Walker

__all__ = ["founded", "founded_whole", "home", "started", "whole_home"]
CANARIES = canaries(200, seed=11)
ON_THE_WAY = canaries(140, seed=12)
# Codes that stand in what was written on the way, and nowhere else in the clear.
CODES = ("not_eligible", "not_enough_known", "speaks_freely", "motorbike", "first_step", "placement")


def _slugs(browser: Browser) -> list[str]:
    return sorted(set(re.findall(r"/intake/([0-9a-f]{16})\b", browser.get("/intake/conversations").text)))


def _work_at_the_desk(browser: Browser, flock: Flock) -> None:
    for _ in range(4):
        reply = {"key": "", "title": flock.take(1), "text": flock.take(4), "language": "my"}
        assert browser.post("/intake/replies", reply).ok
    slugs = _slugs(browser)
    assert len(slugs) >= 12
    for slug in slugs[:8]:
        done = browser.post(f"/intake/{slug}/answer", {"text": flock.take(5), "language": "en"})
        assert done.status_code == 200 and CANARIES[0] not in done.url
    for slug in slugs[8:10]:
        browser.post(f"/intake/{slug}/close", {"topic": "other", "advice": flock.take(5), "language": "en"})
    for slug in slugs[10:12]:
        assert browser.post("/draft", {"key": f"intake {slug}", "text": flock.take(5), "language": "en"}).ok
        browser.post("/intake/conversations/search", {"q": CANARIES[0], "state": ""})
    browser.post(f"/intake/{slugs[0]}/answer", {"text": "", "language": "nowhere"})
    browser.get(f"/intake/{'0' * 16}")


def _unlocked(desk: Process, home: Home) -> Browser:
    browser = Browser(desk)
    browser.open()
    browser.unlock("Aye", home.members["Aye"])
    return browser


def test_nothing_at_rest_gives_a_canary_away(home: Home, started, tmp_path):
    flock, spilled = Flock(CANARIES), tmp_path / "temporary"
    spilled.mkdir()
    more = {"TMPDIR": str(spilled), "TEMP": str(spilled), "TMP": str(spilled)}
    hub = started("hub", "--home", str(home.path), "--port", "0", **more)
    for number in range(20):
        write_at_the_door(hub.address, flock, ("en", "my")[number % 2])
    options = ("--home", str(home.path), "--port", "0", "--no-browser", "--hub", hub.address)
    desk = started("desk", *options, **more)
    browser = _unlocked(desk, home)
    browser.post("/sync-now", {"next": "/intake/"})
    until(lambda: len(_slugs(browser)) == 20, 30)
    _work_at_the_desk(browser, flock)
    assert flock.left == []
    browser.post("/sync-now", {"next": "/intake/"})
    time.sleep(1)
    back = Walker(f"{hub.address}/en/back/")
    back.send("words", "open", words="wrong words that open nothing at all here")
    browser.post("/lock", {})
    until(browser.is_locked)
    said = [desk.end()[1], hub.end()[1]]
    for number, text in enumerate(said):
        (tmp_path / f"said-{number}.log").write_text(text)
    secrets = [*CANARIES, *flock.codes, home.members["Aye"]]
    assert traces(secrets, tmp_path) == []
    assert (
        home.path / "hub" / "store.sqlite3"
    ).stat().st_size > 100_000  # something was there to be searched


def test_nothing_of_a_whole_way_is_given_away_at_rest(whole_home: Home, started, tmp_path):
    flock, spilled = Flock(ON_THE_WAY), tmp_path / "temporary"
    spilled.mkdir()
    laptops = Laptops(
        whole_home, started, {"TMPDIR": str(spilled), "TEMP": str(spilled), "TMP": str(spilled)}
    )
    way = WholeWay(laptops, flock)
    way.walk()
    taken = [text for text in ON_THE_WAY if text not in flock.left]
    assert len(taken) > 60
    for number, process in enumerate([*laptops.processes.values(), laptops.hub]):
        (tmp_path / f"said-{number}.log").write_text(process.end()[1])
    secrets = [*taken, *flock.codes, way.words, *whole_home.members.values(), *CODES]
    assert traces(secrets, tmp_path) == []
    assert _numbers(way.numbers, tmp_path) == []


def _numbers(numbers: list[str], place: Path) -> list[str]:
    """Where a number that stands for somebody in counts can be read, raw or in digits."""
    wanted = [spelt for number in numbers for spelt in (bytes.fromhex(number), number.encode())]
    return [str(path) for path, data in files(place) for spelt in wanted if spelt in data]


@pytest.mark.parametrize("text", [CANARIES[0], CANARIES[1]])
def test_the_search_finds_what_is_there(text, tmp_path):
    for number, spelling in enumerate(spellings(text)):
        (tmp_path / str(number)).write_bytes(b"before" + spelling + b"after")
    assert len({line.split(":")[0] for line in traces([text], tmp_path)}) == len(spellings(text))
    assert traces(CANARIES[2:4], tmp_path) == []
    (tmp_path / "number").write_bytes(b"before" + bytes(range(16)) + b"after")
    assert len(_numbers([bytes(range(16)).hex()], tmp_path)) == 1
