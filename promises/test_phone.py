"""A phone after the door: the browser asked nobody else, and a private window that was closed left nothing behind."""

import base64
import json
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from banyan.house.bench import browser as bench
from promises.hub import HubProcess

pytestmark = pytest.mark.browser
CANARIES = 200
HOST = "hub.localhost"
SILENT = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--password-store=basic",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
]  # fmt: skip


@pytest.fixture
def hub(programme, tmp_path) -> Iterator[HubProcess]:
    """A real hub."""
    hub = HubProcess(programme, tmp_path / "home")
    hub.start()
    yield hub
    hub.close()


@contextmanager
def chromium_with(executable: str, profile: Path, *more: str) -> Iterator[Browser]:
    """A browser whose profile lies in this folder, as on a phone; closed as people close it."""
    command = [
        executable,
        *SILENT,
        f"--user-data-dir={profile}",
        "--remote-debugging-port=0",
        *more,
        "about:blank",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    port, until = profile / "DevToolsActivePort", time.monotonic() + 30
    while not (port.exists() and port.read_text().strip()) and time.monotonic() < until:
        time.sleep(0.05)
    try:
        with sync_playwright() as play:
            browser = play.chromium.connect_over_cdp(f"http://127.0.0.1:{port.read_text().split()[0]}")
            yield browser
            browser.new_browser_cdp_session().send("Browser.close")
        process.wait(30)
    finally:
        process.kill()
        process.wait()


def asked(log: Path) -> tuple[set[str], set[str]]:
    """The addresses that a browser asked for, and the names that it looked up, by its own log."""
    text = log.read_text()
    try:
        told = json.loads(text)
    except json.JSONDecodeError:  # cut off when it ended
        told = json.loads(text.rstrip().rstrip(",") + "]}")
    kinds = {number: name for name, number in told["constants"]["logEventTypes"].items()}
    addresses, names = set(), set()
    for event in told["events"]:
        kind, params = kinds[event["type"]], event.get("params", {})
        if kind == "URL_REQUEST_START_JOB" and "url" in params:
            addresses.add(params["url"])
        if kind.startswith("HOST_RESOLVER") and "host" in params:
            names.add(params["host"])
    return addresses, names


def foreign(one: str, port: int) -> bool:
    """Whether an address is neither the hub's nor one of those that Chromium asks by itself, with or without a page."""
    host = urlsplit(one).hostname or ""
    own = one.startswith((f"http://127.0.0.1:{port}/", "data:", "about:", "chrome"))
    return not own and host != "127.0.0.1" and not host.endswith((".google.com", ".googleapis.com"))


@pytest.mark.parametrize("language", ["en", "my"])
def test_the_path_asks_the_hub_alone_and_looks_no_name_up(hub, chromium, tmp_path, language):
    def answered(_words: str) -> str:
        return ""

    log = tmp_path / "net.json"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=[*bench.QUIET, f"--log-net-log={log}"])
        seen = bench.path(browser, hub.address, language, "I want to leave.", answered)
        browser.close()
    addresses, names = asked(log)
    assert seen.requests == 7 and seen.elsewhere == [] and seen.script == 0
    assert len({one for one in addresses if one.startswith(hub.address)}) >= 4, "the log is of this visit"
    assert [one for one in addresses if foreign(one, hub.port)] == []
    assert [one for one in names if foreign(one if "//" in one else f"http://{one}", hub.port)] == []


def forms_of(text: str) -> set[bytes]:
    """How a text may lie on a disk."""
    wide, plain = text.encode("utf-16-le"), text.encode()
    forms = {
        plain,
        wide,
        text.encode("utf-16-be"),
        quote(text).encode(),
        plain.hex().encode(),
        plain.hex().upper().encode(),
    }
    for data in (plain, wide):
        for shift in range(3):
            coded = base64.b64encode(bytes(shift) + data)
            forms.add(coded[4:-4])  # what stands before and after it changes the ends
    return forms


def kept(profile: Path, *texts: str) -> set[str]:
    """Which of these texts lie anywhere in a folder, in a name or in a file."""
    left = set()
    for path in profile.rglob("*"):
        data = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        left |= {text for text in texts if text not in left and any(form in data for form in forms_of(text))}
    return left


def write_at(context: BrowserContext, address: str, canaries: list[str]) -> None:
    """Type all of it into the door's forms, and send it."""
    page = context.new_page()
    half = len(canaries) // 2
    page.goto(f"{address}/en/")
    page.click("form[action$='/words/'] button")
    page.click("button[formaction$='/write/']")
    page.check("[name=danger][value=no]")
    page.fill("[name=message]", " ".join(canaries[:half]))
    page.click("button[name=send]")
    page.wait_for_load_state()
    page.goto(f"{address}/en/back/")
    for start in range(half, len(canaries), 20):
        page.fill("[name=words]", " ".join(canaries[start : start + 20]))
        page.click("button[name=open]")
        page.wait_for_load_state()


def test_a_private_window_that_was_closed_leaves_no_word_and_no_name_of_the_door(hub, chromium, tmp_path):
    canaries = [f"canary-{secrets.token_hex(8)}" for _ in range(CANARIES - 20)]
    canaries += [f"ကနေရီ{secrets.token_hex(8)}" for _ in range(20)]
    address, profile = f"http://{HOST}:{hub.port}", tmp_path / "private"
    with chromium_with(chromium, profile, "--incognito") as browser:
        context = browser.new_context()
        write_at(context, address, canaries)
        assert context.cookies() == []
        context.close()
    assert len(list(profile.rglob("*"))) > 20, "it is the profile that the browser used"
    assert kept(profile, HOST, *canaries) == set()


def test_an_ordinary_window_leaves_the_name_of_the_door_and_until_it_is_used_again_what_was_typed(
    hub, chromium, tmp_path
):
    canaries = [f"canary-{secrets.token_hex(8)}" for _ in range(20)]
    profile = tmp_path / "ordinary"
    with chromium_with(chromium, profile) as browser:
        write_at(browser.contexts[0], f"http://{HOST}:{hub.port}", canaries)
        time.sleep(1)
    files = [path for path in profile.rglob("*") if path.is_file() and kept_in(path, canaries)]
    left = {path.relative_to(profile).parts[:2] for path in files}
    assert HOST in kept(profile, HOST), "the search finds what is there"
    assert left <= {("Default", "Sessions")}, (
        "words are in what Chromium restores a window from, and nowhere else"
    )


def kept_in(path: Path, texts: list[str]) -> bool:
    """Whether any of these texts lies in a file."""
    data = path.read_bytes()
    return any(form in data for text in texts for form in forms_of(text))
