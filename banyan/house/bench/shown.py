"""The figures of pages and the path: how many requests, how many bytes, and how long over a slow line."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from banyan.house.bench import browser
from banyan.house.bench.browser import Seen
from banyan.house.bench.figures import Figure, Figures
from banyan.house.bench.slow_line import ROUND_TRIP, slow_line

GLOBALEAKS, SECUREDROP = "GlobaLeaks", "SecureDrop"
LANGUAGES = ("en", "my")
Answered = Callable[[str], str]


class Counted(Protocol):
    """Whoever counted what went over the line."""

    requests: int
    received: int
    script: int


def pages_of(english: Counted, burmese: Counted) -> Figures:
    """The first page in both languages."""
    return {
        "first_page_requests": Figure(english.requests, "requests", {GLOBALEAKS: 34, SECUREDROP: 15}),
        "first_page_bytes": Figure(english.received, "bytes", {GLOBALEAKS: 527_000, SECUREDROP: 84_000}),
        "first_page_bytes_my": Figure(burmese.received, "bytes", {GLOBALEAKS: 1_064_000}),
    }


def path_of(person: Counted) -> Figures:
    """The whole path of one person."""
    return {
        "path_requests": Figure(person.requests, "requests", {GLOBALEAKS: 82, SECUREDROP: 44}),
        "path_bytes": Figure(person.received, "bytes", {GLOBALEAKS: 1_600_000, SECUREDROP: 199_000}),
        "script_bytes": Figure(person.script, "bytes", {SECUREDROP: 0}),
    }


def measure(executable: str, address: str, message: str, answered: Answered) -> Figures:
    """In a browser with an empty cache, on loopback."""
    with browser.browsing(executable) as chromium:
        firsts = {name: browser.first(chromium, address, name) for name in LANGUAGES}
        paths = {name: browser.path(chromium, address, name, message, answered) for name in LANGUAGES}
    elsewhere = {url for one in (*firsts.values(), *paths.values()) for url in one.elsewhere}
    return {
        **pages_of(firsts["en"], firsts["my"]),
        **path_of(paths["en"]),
        "path_bytes_my": Figure(paths["my"].received, "bytes"),
        "elsewhere_requests": Figure(len(elsewhere), "requests"),
    }


def over_slow_line(executable: str, address: str, message: str, answered: Answered) -> Figures:
    """The same path where a round trip takes a second, each language on a line of its own; and the round trips until
    there is text, over a line as far but of any width, so that nothing else takes long.
    """
    with ThreadPoolExecutor(len(LANGUAGES) + 1) as pool:
        trips = pool.submit(_round_trips, executable, address)
        english, burmese = (
            pool.submit(_slow_path, executable, address, name, message, answered) for name in LANGUAGES
        )
    return {
        "slow_first_text_s": Figure(round(english.result().first_text, 2), "s"),
        "slow_first_text_s_my": Figure(round(burmese.result().first_text, 2), "s"),
        "slow_first_roundtrips": Figure(trips.result(), "round trips"),
        "slow_path_s": Figure(round(english.result().seconds, 1), "s"),
        "slow_path_s_my": Figure(round(burmese.result().seconds, 1), "s"),
    }


# A line before its browser: in a thread where Playwright runs no other loop can be begun.


def _round_trips(executable: str, address: str) -> int:
    with slow_line(address, rate=float("inf")) as far, browser.browsing(executable) as chromium:
        return int(browser.first(chromium, far, "my").first_text / ROUND_TRIP)


def _slow_path(executable: str, address: str, language: str, message: str, answered: Answered) -> Seen:
    with slow_line(address) as slow, browser.browsing(executable) as chromium:
        return browser.path(chromium, slow, language, message, answered)
