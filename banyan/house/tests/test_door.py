"""What the door answers: one light page, in a language, with strict headers, and to its own forms only."""

import base64
import gzip
import hashlib
import re

import pytest
from django.test import Client, override_settings

LETTER = {"words": "အမည် မလိုပါ"}


def test_the_first_page_is_one_small_answer_without_script_or_cookie(door: Client) -> None:
    answer = door.get("/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.content) < 8192
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!data:,)[^"]+\.(?:css|js|png|svg|ico|woff2?)"', page)
    assert not answer.cookies


def test_the_policy_names_the_style_that_is_in_the_page_and_no_other(door: Client) -> None:
    answer = door.get("/en/")
    policy = answer.headers["Content-Security-Policy"]
    style = re.findall(r"<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert len(style) == 1
    assert len(style[0].encode()) < 3400
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("path", ["/", "/en/", "/my/write", "/en/nothing-here", "/en/broken"])
def test_every_answer_forbids_keeping_framing_and_guessing(door: Client, path: str) -> None:
    headers = door.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert not {"Server", "X-Powered-By", "Set-Cookie"} & set(headers)


@pytest.mark.parametrize(
    ("path", "asked", "spoken"),
    [
        ("/", "my,en;q=0.5", "my"),
        ("/", "en-GB", "en"),
        ("/", "fr", "en"),
        ("/", "", "en"),
        ("/my/", "en", "my"),
        ("/en/", "my", "en"),
    ],
)
def test_the_address_decides_the_language_and_the_browser_only_without_one(
    door: Client, path: str, asked: str, spoken: str
) -> None:
    page = door.get(path, headers={"accept-language": asked}).content.decode()
    assert f'<html lang="{spoken}">' in page
    assert 'href="/my/"' in page or spoken == "my"
    assert 'href="/en/"' in page or spoken == "en"


def test_the_language_switch_keeps_the_page_but_not_the_query(door: Client) -> None:
    page = door.get("/en/write?code=amber").content.decode()
    assert 'href="/my/write"' in page
    assert "amber" not in page.partition("<main")[0]


def test_a_page_is_compressed_for_who_takes_it_and_what_was_typed_never(door: Client) -> None:
    asks = {"accept-encoding": "gzip, br"}
    still = door.get("/my/", headers=asks)
    assert still.headers["Content-Encoding"] == "gzip"
    assert "<html" in gzip.decompress(still.content).decode()
    for takes in ({}, {"accept-encoding": "br"}, {"accept-encoding": "gzip;q=0, br"}):
        plain = door.get("/my/", headers=takes)
        assert "Content-Encoding" not in plain.headers and b"<html" in plain.content
    posted = door.post("/my/write", LETTER, headers=asks)
    assert LETTER["words"] in gzip.decompress(posted.content).decode()
    assert LETTER["words"].encode() in posted.content


def test_no_answer_says_what_it_depends_on_or_who_made_it(door: Client) -> None:
    for path in ("/", "/en/", "/my/write", "/en/nothing-here", "/en/broken"):
        for takes in ({}, {"accept-encoding": "gzip"}):
            names = set(door.get(path, headers=takes).headers)
            assert not names & {"Vary", "Server", "Date", "Via", "X-Powered-By", "Permissions-Policy", "ETag"}


@pytest.mark.parametrize("host", ["hub.localhost", "hub.localhost:8000", "127.0.0.1:81", "[::1]:8000"])
def test_the_hub_answers_to_its_own_names_at_any_port(door: Client, host: str) -> None:
    with override_settings(ALLOWED_HOSTS=["127.0.0.1", "[::1]", "hub.localhost"]):
        assert door.get("/en/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["", "elsewhere.example", "hub.localhost.example", "[", "a b", "hub.localhost:x"]
)
def test_to_any_other_name_it_says_one_thing_and_nothing_of_itself(door: Client, host: str) -> None:
    with override_settings(ALLOWED_HOSTS=["127.0.0.1", "[::1]", "hub.localhost"]):
        answers = [
            door.get("/en/", headers={"host": host}),
            door.get("/en/broken", headers={"host": host}),
            door.get("/en/ko-canary", headers={"host": host}),
        ]
    assert {(one.status_code, one.content.rstrip()) for one in answers} == {(421, b"Not here.")}
    assert "frame-ancestors 'none'" in answers[0].headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "http://hub.localhost"}, 200),
        ({"origin": "http://hub.localhost"}, 200),
        ({}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[half"}, 403),
    ],
)
def test_forms_are_taken_from_own_pages_only(door: Client, headers: dict[str, str], status: int) -> None:
    assert door.post("/en/write", LETTER, headers=headers).status_code == status


def test_a_body_too_long_is_refused_kindly_and_one_that_fits_is_taken(door: Client) -> None:
    assert door.post("/en/write", {"words": "a" * 200_000}).status_code == 200
    answer = door.post("/en/write", {"words": "a" * 300_000})
    assert answer.status_code == 413
    assert "your text is still there" in answer.content.decode()
    assert door.post("/en/write", LETTER, CONTENT_LENGTH="many").status_code == 400


def test_a_broken_page_says_nothing_of_what_broke_it(door: Client) -> None:
    answer = door.get("/en/broken")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "It was not your mistake" in page
    assert "Canary" not in page
    assert "LookupError" not in page


def test_a_missing_page_keeps_the_quick_exit_and_its_address_to_itself(door: Client) -> None:
    page = door.get("/en/ko-canary").content.decode()
    assert "There is no page here" in page
    assert 'class="exit"' in page
    assert "ko-canary" not in page.partition("<main")[2]
