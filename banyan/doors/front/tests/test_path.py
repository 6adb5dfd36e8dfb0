"""The whole path, light and without a trace: write, leave, come back, read."""

import html
import re

import pytest
from django.db import OperationalError

from banyan.cases.folders.conversation import Message
from banyan.cases.testing import Programme
from banyan.doors.front import urls
from banyan.doors.front.pages import GUIDES, NOT_HELD
from banyan.doors.front.tests.conftest import Person
from banyan.folders.store import Store

INNER = [
    "words",
    "practise",
    "write",
    "sent",
    "inside",
    "news",
    "more",
    "older",
    "check",
    "agree",
    "withdraw",
    "close",
]
TEXT = "I want to leave. My wife comes too."
BURMESE = "တပ်က ထွက်ချင်ပါတယ်။ ဇနီးလည်း လိုက်ပါမယ်။"


def answer_from_aye(programme: Programme, text: str = "You are heard") -> bytes:
    """Aye reads what came, and answers; everything is carried."""
    programme.carry()
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    programme.clock.forward(minutes=5)
    aye.write(folder, Message(text=text, language="en"))
    programme.carry()
    return folder


def test_no_address_that_a_phone_remembers_says_that_somebody_testified_or_erased(person):
    telling = ("testi", "account", "court", "witness", "eras", "delet", "forg")
    addresses = [str(one.pattern) for one in urls.urlpatterns]
    assert len(addresses) > 20 and "write/" in addresses
    assert [one for one in addresses if any(word in one for word in telling)] == []


@pytest.mark.parametrize("language", ["en", "my"])
def test_the_path_is_light(programme, person, language):
    who = Person(person.client, language)
    first = who.get()
    words, sent = who.tell(BURMESE if language == "my" else TEXT, danger="yes")
    assert sent.status == 200 and len(words) == 8
    answer_from_aye(programme, BURMESE)
    who.get()
    who.get("back/")
    inside = who.back(words)
    assert inside.says(BURMESE)
    sizes = [page.size for page in who.seen]
    print(language, sizes, sum(sizes))
    assert first.size <= 8_192
    assert len(sizes) <= 10 and sum(sizes) <= 40_000


def test_no_page_has_a_script_a_cookie_or_a_further_request(programme, person):
    words, _ = person.tell(TEXT)
    inside = person.back(words)
    for path in ("older", "news", "more", "agreed", "part", "close", "practise"):
        person.post(path, inside.hidden)
    for path in ("", *(f"{topic}/" for topic in GUIDES), "back/"):
        person.get(path)
    assert len(person.seen) > 18
    for page in person.seen:
        assert page.status == (
            NOT_HELD
            if page.response.request["REQUEST_METHOD"] == "GET"
            and "/back/" in page.response.request["PATH_INFO"]
            else 200
        )
        assert "<script" not in page.text and "<img" not in page.text and '<link rel="style' not in page.text
        assert not page.response.cookies
        assert page.response.headers["Cache-Control"] == "no-store"


def test_what_was_written_reaches_two_of_intake_and_nobody_else(programme, person, bell):
    person.tell(TEXT, danger="yes", force="army", rank_band="nco", region="MM-17", safe_times="at night")
    programme.carry()
    aye, ba, chit = (programme.desks[name] for name in ("Aye", "Ba", "Chit"))
    (folder,) = aye.held("conversation")
    said = aye.conversation(folder)
    assert [one.document.text for one in said.messages] == [TEXT]
    assert said.danger and said.one("force") == "army" and said.one("safe_times") == "at night"
    assert ba.held("conversation") == [folder] and chit.held("conversation") == []
    assert bell.rung == [(("Aye", "Ba"), True)]


def test_an_answer_is_new_once_and_then_a_step_further(programme, person):
    words, _ = person.tell(TEXT)
    assert person.back(words).says("Nothing new yet")
    folder = answer_from_aye(programme)
    assert person.back(words).says("You are heard")
    programme.clock.forward(minutes=5)
    assert person.back(words).says("You are heard"), "the line may have broken while it was read"
    programme.clock.forward(minutes=20)
    later = person.back(words)
    assert not later.says("You are heard") and not later.says(TEXT)
    thread = person.post("older", later.hidden)
    assert thread.says("You are heard") and thread.says(TEXT)
    assert "Aye" not in thread.text
    programme.carry()
    reads = [one for one in programme.desks["Aye"].conversation(folder).said if one.kind == "read"]
    assert len(reads) == 1


def test_an_answer_that_came_late_from_a_desk_is_still_new(programme, person):
    words, _ = person.tell(TEXT)
    answer_from_aye(programme, "First")
    aye = programme.desks["Aye"]
    aye.write(aye.held("conversation")[0], Message(text="Written without a line", language="en"))
    programme.clock.forward(minutes=30)
    assert not person.back(words).says("Written without a line")
    programme.carry()
    programme.clock.forward(minutes=30)
    later = person.back(words)
    assert later.says("Written without a line") and not later.says("First")


def test_the_words_are_in_no_address_title_or_log(programme, person, logged, monkeypatch):
    words, sent = person.tell(TEXT)
    code = person.back(words).hidden["code"]
    person.back("wrong words that open nothing at all here")
    with monkeypatch.context() as broken:
        broken.setattr(Store, "once", lambda *_: (_ for _ in ()).throw(OperationalError(TEXT)))
        assert person.post("write", sent.hidden, message=TEXT, send="1").status == 503
    logs = " ".join(logged)
    assert "Service Unavailable" in logs, "what is logged is seen here"
    for page in person.seen:
        asked = page.response.request
        title = page.text.partition("<title>")[2].partition("</title>")[0]
        for secret in (code, *words, TEXT):
            assert secret not in asked["PATH_INFO"] + asked["QUERY_STRING"]
            assert secret not in title
            assert f'href="{secret}' not in page.text
    assert code not in logs and TEXT not in logs and not set(words) & set(logs.split())


@pytest.mark.parametrize(
    "path",
    [
        "words",
        "practise",
        "write",
        "sent",
        "inside",
        "news",
        "more",
        "older",
        "check",
        "agree",
        "withdraw",
        "close",
    ],
)
def test_the_bare_address_of_an_inner_page_shows_the_first_page(person, path):
    assert person.get(f"{path}/").text == person.get().text.replace('/my/"', f'/my/{path}/"')
    if path != "words":  # there a broken code only gets fresh words
        assert person.post(path, code="ff").says("Come back with my words")


def test_the_other_language_keeps_the_code_and_what_is_typed(programme, person, burmese):
    code = person.post("words")
    there = burmese.post("words", code.hidden)
    assert there.hidden == code.hidden and there.words != code.words and len(there.words) == 8
    form = person.post("write", code.hidden)
    typed = {"message": TEXT, "danger": "yes", "force": "navy", "safe_times": "at night"}
    there = burmese.post("write", {**form.hidden, **typed})
    assert there.status == 200 and there.hidden == form.hidden
    assert there.says(TEXT) and there.says('value="navy" selected') and there.says('value="at night"')
    assert 'value="yes" ' in there.text and "<details open>" in there.text
    assert burmese.post("write", {**form.hidden, **typed}, send="1").status == 200
    assert burmese.back(code.words).status == 200
    assert burmese.back(there.words or code.words).says("အသစ်")


def test_every_posted_page_offers_the_other_language_by_a_button(programme, person):
    words, sent = person.tell(TEXT)
    inside = person.back(words)
    pages = [
        sent,
        inside,
        *(person.post(path, inside.hidden) for path in ("more", "older", "part", "close")),
    ]
    for page in pages:
        header = page.text.split("</header>")[0]
        assert '<label for="in-my"' in header and "<button" not in header, (
            "one tap is enough; Enter presses another"
        )
        assert 'id="in-my" lang="my" formaction="/my/' in page.text
        assert 'href="/my/' not in page.text, "a link would lose the words"


def test_the_guidance_is_read_in_order_by_one_quiet_link_a_page(person):
    page, read = person.get("next/"), ["next"]
    while following := re.search(r'Read on: <a href="/en/(\w+)/">', page.text):
        read.append(following[1])
        page = person.get(f"{following[1]}/")
    assert tuple(read) == tuple(GUIDES)


@pytest.mark.parametrize("topic", GUIDES)
def test_guidance_is_readable_aloud(person, topic):
    main = person.get(f"{topic}/").text.partition("<main")[2]
    sentences = re.split(r"(?<=[.?!:])\s+|<[^>]+>", html.unescape(main))
    long = [one for one in sentences if len(re.findall(r"[\w’']+", one)) > 11]
    assert not long
