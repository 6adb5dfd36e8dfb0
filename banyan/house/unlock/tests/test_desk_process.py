"""A desk as the processes that it is: the supervisor, its child, a browser, and who is kept out."""

import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from banyan.house.cli.places import KEYS, STORE, VIEW
from banyan.house.processes import Browser, python, until
from banyan.house.unlock.drafts import Drafts
from banyan.sealing import phrases

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="looks at processes through /proc"
)


@pytest.fixture
def desk(home, started):
    return started("desk", "--home", str(home.path), "--port", "0", "--no-browser")


@pytest.fixture
def browser(desk):
    one = Browser(desk)
    assert one.open().status_code == 200
    return one


def test_only_the_browser_with_the_link_comes_in_and_the_link_works_once(desk):
    for path in ("/", "/intake/", "/start?key=wrong", "/unlock"):
        answer = Browser(desk).get(path)
        assert answer.status_code == 403
        assert "press Enter there" in answer.text
        assert 'name="phrase"' not in answer.text
    first = Browser(desk)
    assert 'name="phrase"' in first.open().text
    assert Browser(desk).open().status_code == 403
    assert first.open().status_code == 200
    (cookie,) = [one for one in first.session.cookies if one.name.startswith("banyan_desk")]
    assert cookie.has_nonstandard_attr("HttpOnly") and cookie.get_nonstandard_attr("SameSite") == "Strict"
    assert cookie.expires is None


def test_foreign_hosts_are_refused_before_anything_else(desk, browser):
    for host in ("evil.example", "desk.localhost", "127.0.0.1:1"):
        answer = browser.get("/", headers={"Host": host})
        assert answer.status_code == 421
        assert "phrase" not in answer.text
    port = desk.address.rpartition(":")[2]
    named = browser.get("/", headers={"Host": f"desk.localhost:{port}", "Cookie": browser.cookie})
    assert named.status_code == 200
    assert 'name="phrase"' in named.text


def test_a_wrong_phrase_is_told_in_words_and_not_shown_again(browser, home):
    answer = browser.post("/unlock", {"member": "Aye", "phrase": "these are wrong words"})
    assert answer.status_code == 422
    assert "do not open this desk" in answer.text
    assert "these are wrong words" not in answer.text
    assert browser.is_locked()
    assert browser.post("/unlock", {"member": "../hub", "phrase": home.members["Aye"]}).status_code == 422
    browser.unlock("Aye", home.members["Aye"].upper())
    assert browser.is_open()


def test_locking_ends_the_process_and_the_redirect_meets_a_fresh_one(desk, browser, home):
    browser.unlock("Aye", home.members["Aye"])
    (before,) = desk.children()
    for _ in range(3):
        answer = browser.post("/lock", {})
        assert answer.status_code == 200
        assert 'name="phrase"' in answer.text
        until(lambda: not Path(f"/proc/{before}").exists())  # noqa: B023
        (after,) = desk.children()
        assert after != before
        before = after
        assert browser.get("/intake/").url.endswith("/")
        browser.unlock("Aye", home.members["Aye"])
    assert (home.path / "desks" / "Aye" / VIEW).stat().st_size > 1000


def test_the_supervisor_never_holds_the_phrase(desk, browser, home):
    browser.unlock("Aye", home.members["Aye"])
    browser.post("/lock", {})
    memory = writable_memory(desk.popen.pid)
    assert browser.cookie.partition("=")[2].encode() in memory
    assert home.members["Aye"].encode() not in memory
    assert home.members["Aye"].replace(" ", "+").encode() not in memory


def writable_memory(pid: int) -> bytes:
    parts = []
    with Path(f"/proc/{pid}/mem").open("rb") as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            start, end = (int(at, 16) for at in span.split("-"))
            if rights.startswith("rw"):
                memory.seek(start)
                try:
                    parts.append(memory.read(end - start))
                except OSError:
                    continue
    return b"".join(parts)


def test_a_killed_child_is_replaced_and_knows_nothing(desk, browser, home):
    browser.unlock("Aye", home.members["Aye"])
    (child,) = desk.children()
    os.kill(child, signal.SIGKILL)
    until(lambda: desk.children() not in ([], [child]))
    assert browser.is_locked()
    browser.unlock("Ba", home.members["Ba"])


def test_the_child_leaves_no_core_dump_and_lets_no_debugger_in(desk, browser):
    (child,) = desk.children()
    limits = Path(f"/proc/{child}/limits").read_text()
    assert [line.split()[4:6] for line in limits.splitlines() if "core file" in line] == [["0", "0"]]
    asked = "import ctypes; from banyan.house.unlock.hardened import harden; p = ctypes.CDLL(None).prctl; "
    assert python(asked + "print(p(3)); harden(); print(p(3))").split() == ["1", "0"]


def test_an_idle_desk_locks_itself_and_keeps_the_draft_sealed(home, started):
    desk = started("desk", "--home", str(home.path), "--port", "0", "--no-browser", BANYAN_IDLE_SECONDS="2")
    browser = Browser(desk)
    browser.open()
    browser.unlock("Aye", home.members["Aye"])
    (child,) = desk.children()
    kept = browser.post("/draft", {"key": "answer:1", "text": "You are heard, little bird"})
    assert kept.status_code == 204
    several: Any = {
        "key": "plan:1",
        "whole": "1",
        "first_step": "Wait & see",
        "threats": ["phone", "road"],
        "text": "",
    }
    assert browser.post("/draft", several).status_code == 204
    until(lambda: not Path(f"/proc/{child}").exists())
    assert browser.is_locked()
    folder = home.path / "desks" / "Aye"
    for path in folder.rglob("*"):
        assert path.is_dir() or b"little bird" not in path.read_bytes()
    keys = phrases.unlock((folder / KEYS).read_bytes(), home.members["Aye"])
    drafts = Drafts(folder, keys)
    assert drafts.load("answer:1") == "You are heard, little bird"
    assert drafts.load("answer:2") is None
    assert drafts.load("plan:1") == "first_step=Wait+%26+see&threats=phone&threats=road&text="


def test_what_was_sent_to_a_locked_desk_is_shown_once_after_unlocking(browser, home):
    assert browser.post("/draft", {"key": "a", "text": "too late"}).status_code == 409
    answer = browser.post("/intake/x/answer", {"text": "words that came too late"})
    assert "It is kept until you unlock" in answer.text
    assert "words that came" not in answer.text
    browser.post("/unlock", {"member": "Aye", "phrase": home.members["Aye"]})
    until(lambda: "words that came too late" in browser.get("/", allow_redirects=False).text)
    assert browser.is_open()


def test_ctrl_c_saves_and_ends_both(desk, browser, home):
    browser.unlock("Aye", home.members["Aye"])
    (child,) = desk.children()
    code, said = desk.end(signal.SIGINT)
    assert code == 0
    assert "Traceback" not in said
    assert not Path(f"/proc/{child}").exists()
    assert (home.path / "desks" / "Aye" / VIEW).exists()


def test_a_supervisor_that_is_killed_takes_its_child_along(desk, browser, home):
    browser.unlock("Aye", home.members["Aye"])
    (child,) = desk.children()
    desk.popen.kill()
    until(lambda: not Path(f"/proc/{child}").exists() or "Z" in state_of(child))


def state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


def test_a_desk_syncs_with_its_hub_and_says_so(home, started):
    hub = started("hub", "--home", str(home.path), "--port", "0")
    desk = started("desk", "--home", str(home.path), "--port", "0", "--no-browser", "--hub", hub.address)
    browser = Browser(desk)
    browser.open()
    browser.unlock("Aye", home.members["Aye"])
    until(lambda: "all sent" in browser.get("/no-such-page").text)
    until(lambda: "last sync" in browser.get("/no-such-page").text)
    hub.end()
    browser.post("/sync-now", {"next": "/no-such-page"})
    until(lambda: "The hub does not answer" in browser.get("/no-such-page").text)
    assert "You are Aye." in browser.get("/no-such-page").text


def test_a_desk_that_does_not_open_says_why_and_the_next_member_gets_a_fresh_process(desk, browser, home):
    (home.path / "desks" / "Aye" / STORE).write_bytes(b"nothing that SQLite knows" * 400)
    (before,) = desk.children()
    browser.post("/unlock", {"member": "Aye", "phrase": home.members["Aye"]})
    until(lambda: "is damaged" in browser.get("/", allow_redirects=False).text)
    until(lambda: desk.children() not in ([], [before]))
    browser.unlock("Ba", home.members["Ba"])
    assert browser.is_open()


def test_the_language_changes_without_the_cookie_and_while_locked(desk, browser):
    stranger = Browser(desk)
    stranger.get("/")
    answer = stranger.post("/language", {"language": "my", "next": "/unlock"})
    assert (answer.status_code, '<html lang="my">' in answer.text) == (403, True)
    assert '<html lang="my">' in browser.post("/language", {"language": "my", "next": "/unlock"}).text
    assert browser.get("/unlock").url.endswith("/")


def test_the_process_with_the_keys_loads_nothing_from_the_folder_that_somebody_stands_in(
    home, started, tmp_path, monkeypatch
):
    ran, here = tmp_path / "ran", tmp_path / "downloads"
    here.mkdir()
    (here / "waitress.py").write_text(f"open({str(ran)!r}, 'w').close()\n")
    monkeypatch.chdir(here)
    desk = started("desk", "--home", str(home.path.absolute()), "--port", "0", "--no-browser")
    assert 'name="phrase"' in Browser(desk).open().text
    assert not ran.exists()


def test_what_came_too_late_is_shown_to_whoever_sat_here_and_to_no_colleague(browser, home):
    for name, theirs in (("Aye", False), ("Ba", True)):
        browser.unlock("Ba", home.members["Ba"])
        browser.post("/lock", {})
        until(browser.is_locked)
        browser.post("/intake/0123456789abcdef/answer", {"text": f"Ba typed this {name}"})
        browser.post("/unlock", {"member": name, "phrase": home.members[name]})
        shown: list[str] = []
        until(partial(_looks_in, browser, shown))
        assert any(f"Ba typed this {name}" in page for page in shown) is theirs
        browser.post("/lock", {})
        until(browser.is_locked)


def _looks_in(browser, pages):
    """Keep what the first address says until it leads to the desk's work."""
    answer = browser.get("/", allow_redirects=False)
    pages.append(answer.text)
    return "/intake/" in answer.headers.get("Location", "")
