"""200 texts entered through real pages, half of them Burmese; everything stopped; nothing at rest gives one away."""

import re
import time

import pytest

from banyan.house.processes import Browser, Home, Process, founded, home, started, until
from promises.traces import canaries, spellings, traces
from promises.walk import Walker

__all__ = ["founded", "home", "started"]
CANARIES = canaries(200, seed=11)


class Flock:
    """Hands out the canaries, each once."""

    def __init__(self) -> None:
        self.left = list(CANARIES)
        self.codes: list[str] = []

    def take(self, number: int) -> str:
        """So many canaries as one text."""
        taken, self.left = self.left[:number], self.left[number:]
        return " ".join(taken)


def _write_at_the_door(address: str, flock: Flock, language: str) -> None:
    walker = Walker(f"{address}/{language}/")
    walker.send("words")
    flock.codes.append(walker.form("write").fields["code"])
    walker.send("write", f"/{language}/write/")
    walker.send("nonce", "send", danger="yes", message=flock.take(5), safe_times=flock.take(1))
    assert walker.answer.status_code == 200 and "/write" in walker.url


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
    flock, spilled = Flock(), tmp_path / "temporary"
    spilled.mkdir()
    more = {"TMPDIR": str(spilled), "TEMP": str(spilled), "TMP": str(spilled)}
    hub = started("hub", "--home", str(home.path), "--port", "0", **more)
    for number in range(20):
        _write_at_the_door(hub.address, flock, ("en", "my")[number % 2])
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


@pytest.mark.parametrize("text", [CANARIES[0], CANARIES[1]])
def test_the_search_finds_what_is_there(text, tmp_path):
    for number, spelling in enumerate(spellings(text)):
        (tmp_path / str(number)).write_bytes(b"before" + spelling + b"after")
    assert len({line.split(":")[0] for line in traces([text], tmp_path)}) == len(spellings(text))
    assert traces(CANARIES[2:4], tmp_path) == []
