"""What a desk answers, to whom, and that its frame stands with everything and with nothing in it."""

import re

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("desk.localhost:8471", 200),
        ("127.0.0.1:8471", 200),
        ("localhost:8471", 200),
        ("desk.localhost", 421),
        ("desk.localhost:8472", 421),
        ("evil.example:8471", 421),
        ("127.0.0.1.evil.example:8471", 421),
        ("", 421),
        ("[::1]:8471", 421),
    ],
)
def test_a_desk_answers_to_its_own_names_and_port(at_desk: Client, host: str, status: int) -> None:
    answer = at_desk.get("/desk", SERVER_PORT="8471", headers={"host": host})
    assert answer.status_code == status
    assert ("amber heron" in answer.content.decode()) == (status == 200)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://desk.localhost", 200),
        ("http://desk.localhost:9", 403),
        ("https://desk.localhost", 403),
        ("http://localhost", 403),
        ("null", 403),
        ("http://evil.example", 403),
    ],
)
def test_a_desk_takes_requests_from_its_own_pages(at_desk: Client, origin: str, status: int) -> None:
    at_desk.get("/desk")
    mark = {"csrfmiddlewaretoken": at_desk.cookies["banyan_csrf"].value}
    assert at_desk.post("/lock", mark, headers={"origin": origin}).status_code == status


def test_a_form_without_the_desk_s_mark_changes_nothing_and_says_what_to_do(at_desk: Client) -> None:
    answer = at_desk.post("/lock", {})
    assert answer.status_code == 403
    assert "copy your text" in answer.content.decode()


@pytest.mark.parametrize("path", ["/desk", "/empty", "/none"])
def test_every_page_has_strict_headers(at_desk: Client, path: str) -> None:
    headers = at_desk.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Server" not in headers


def test_style_and_script_are_kept_for_ever_under_an_address_of_their_bytes(at_desk: Client) -> None:
    links = re.findall(r'(?:src|href)="(/static/[^"]+)"', at_desk.get("/desk").content.decode())
    assert len(links) == 2
    for link in links:
        answer = at_desk.get(link)
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(answer.content) <= 15_000
        assert at_desk.get(link.partition("?")[0]).headers["Cache-Control"] == "no-store"
    for name in ("door.css", "..%2Fsettings.py", "none.css"):
        assert at_desk.get(f"/static/{name}").status_code == 404


def test_the_bar_tells_where_one_is_what_is_unsent_and_who_can_see(at_desk: Client) -> None:
    page = at_desk.get("/desk").content.decode()
    assert '<a href="/" aria-current="page">Today</a>' in page
    assert "3 only on this laptop" in page
    assert "3 minutes ago" in page
    assert "Who can see this" in page
    assert 'action="/lock"' in page
    assert 'data-idle="600"' in page


def test_the_frame_stands_with_nothing_in_it(at_desk: Client) -> None:
    page = at_desk.get("/empty").content.decode()
    assert "<main" in page
    for absent in ("<nav", "/lock", "data-idle", "Who can see this", "sync", "None"):
        assert absent not in page.partition("<body")[2]


def test_a_member_changes_the_language_of_the_desk(at_desk: Client) -> None:
    mark = {"csrfmiddlewaretoken": at_desk.get("/desk") and at_desk.cookies["banyan_csrf"].value}
    answer = at_desk.post("/language", {**mark, "language": "my", "next": "/desk"})
    assert answer.headers["Location"] == "/desk"
    assert '<html lang="my">' in at_desk.get("/desk").content.decode()
    away = at_desk.post("/language", {**mark, "language": "en", "next": "http://evil.example/"})
    assert "evil" not in away.headers.get("Location", "")
