"""A programme's own cover: its name, colours, words and pages at every page of the door, and never ours."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import trans_real

from banyan.cases.testing import Programme
from banyan.house import wording
from banyan.house.parts import assets
from banyan.house.standing import stand_at
from banyan.language.pack import PackFault, front_of_pack

COVER = """
quick_exit = "https://example.org/bread"
name = { en = "Harbour Bakers", my = "ဆိပ်ကမ်းမုန့်ဖုတ်သမား" }
heading = { en = "Ask us about bread", my = "ပေါင်မုန့်အကြောင်း မေးပါ" }
[colours.light]
leaf = "#5b2a86"
exit = "#333333"
[colours.dark]
leaf = "#c9a7eb"
[words]
"Write" = { en = "Begin the dough", my = "မုန့်စနယ်မယ်" }
"Your message" = { en = "Your recipe" }
"%(count)s letter waits for you" = { en = "%(count)s loaf or more" }
[[pages]]
address = "sourdough"
title = { en = "How long does it rise?", my = "ဘယ်လောက်ကြာ ဖောင်းသလဲ" }
paragraphs = [{ en = "One night.", my = "တစ်ည။" }, { en = "Keep it warm.", my = "နွေးနွေးထားပါ။" }]
"""
NAMES = {"en": "Harbour Bakers", "my": "ဆိပ်ကမ်းမုန့်ဖုတ်သမား"}
# Pages by a get; what is not there or not taken must be as well dressed.
GETS = (
    "", "next/", "who/", "young/", "phone/", "read/sourdough/", "read/no-such/", "words/", "back/", "inside/",
    "figures/", "figures/1/", "nothing-here", "../etc",
)  # fmt: skip
WITH_CODE = (
    "sent", "inside", "older", "letters", "letter", "money", "agree", "agreed", "check", "part", "close",
)  # fmt: skip


def _worn(patch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    folder.mkdir()
    (folder / "door.toml").write_text(text, encoding="utf-8")
    patch.setenv("BANYAN_PACK", str(folder))


@pytest.fixture(autouse=True)
def own_translations():
    """Words that were put over the catalogues are gone after each test."""
    yield
    trans_real._translations.clear()  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]


@pytest.fixture
def cover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bakers' pack."""
    _worn(monkeypatch, tmp_path / "bakers", COVER)


def _all_of(answer) -> str:
    """What a browser is given: status line, headers, body."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{answer.status_code} {answer.reason_phrase}\n{head}\n\n{answer.content.decode()}"


def _every_answer(door: Client, language: str) -> list[tuple[str, str]]:
    """Every page of the door that somebody can come to, with posts and refusals."""
    found = [(path, _all_of(door.get(f"/{language}/{path}"))) for path in GETS]
    found.append(("bare", _all_of(door.get("/", headers={"accept-language": language}))))
    code = _hidden(door.post(f"/{language}/words/"))
    form = door.post(f"/{language}/write/", code)
    found.append(("write", _all_of(form)))
    for typed in ({"message": ""}, {"message": "I want to leave"}):
        found.append(
            (str(typed), _all_of(door.post(f"/{language}/write/", {**_hidden(form), **typed, "send": "1"})))
        )
    for path in WITH_CODE:
        more = {"how": "ok", "letter": "00" * 32}
        found.append((path, _all_of(door.post(f"/{language}/{path}/", {**code, **more}))))
    found.append(
        ("wrong", _all_of(door.post(f"/{language}/back/", {"words": "no words of ours", "open": "1"})))
    )
    found.append(("erased", _all_of(door.post(f"/{language}/close/", {**code, "sure": "1"}))))
    foreign = {"origin": "https://example.com", "sec-fetch-site": "cross-site"}
    found.append(("403", _all_of(door.post(f"/{language}/words/", headers=foreign))))
    found.append(("413", _all_of(door.post(f"/{language}/write/", {"message": "a" * 300_000}))))
    return found


def _hidden(answer) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode()))


@pytest.fixture
def open_door(programme: Programme, door: Client):
    """A door behind which a programme stands."""
    stand_at(programme.door)
    yield door
    stand_at(None)


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_page_of_the_door_wears_the_programme_s_cover(cover, open_door: Client, language: str) -> None:
    pages = _every_answer(open_door, language)
    style = assets.door_style()
    assert "#5b2a86" in style and "#c9a7eb" in style and "#1f5c4d" not in style
    for name, page in pages:
        assert NAMES[language] in page.partition("<title>")[2].partition("</title>")[0], name
        assert f"<b>{NAMES[language]}</b>" in page, name
        assert f"<style>{style}</style>" in page and assets.door_style_hash() in page, name
        assert 'href="https://example.org/bread"' in page and "weather.com" not in page, name
    first = pages[0][1]
    assert {"en": "Ask us about bread", "my": "ပေါင်မုန့်အကြောင်း မေးပါ"}[language] in first
    assert {"en": "Begin the dough", "my": "မုန့်စနယ်မယ်"}[language] in first
    assert f'href="/{language}/read/sourdough/"' in first
    own_page = dict(pages)["read/sourdough/"]
    assert {"en": "Keep it warm.", "my": "နွေးနွေးထားပါ။"}[language] in own_page
    assert "404" in dict(pages)["read/no-such/"][:4]


@pytest.mark.parametrize("language", ["en", "my"])
@pytest.mark.parametrize("dressed", [True, False])
def test_the_software_s_name_stands_nowhere_on_the_door(
    request, open_door: Client, language: str, dressed: bool
) -> None:
    if dressed:
        request.getfixturevalue("cover")
    for name, page in _every_answer(open_door, language):
        assert not re.search(r"banyan|ပညောင်|ဗန်ယန်", page, re.IGNORECASE), name
    assert "banyan" not in assets.door_style().lower()


@pytest.mark.parametrize("path", ["sync/", "static/banyan.css", "admin/", "favicon.ico"])
def test_nor_is_it_said_to_somebody_who_knocks_elsewhere(open_door: Client, path: str) -> None:
    answer = open_door.get(f"/{path}")
    assert answer.status_code >= 400
    assert "banyan" not in _all_of(answer).lower()


def test_a_word_in_one_language_leaves_the_others_as_they_are(cover, open_door: Client) -> None:
    def form(language: str) -> str:
        code = _hidden(open_door.post(f"/{language}/words/"))
        return open_door.post(f"/{language}/write/", code).content.decode()

    assert "Your recipe" in form("en") and "Your message" not in form("en")
    assert "သင့်" in form("my") and "recipe" not in form("my")


def test_without_a_cover_the_door_has_its_own_words(open_door: Client) -> None:
    page = open_door.get("/en/").content.decode()
    assert wording.NAME in page and wording.HEADING in page and "<b>" not in page
    assert "https://weather.com/" in page and "#1f5c4d" in page


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ('"Wriet" = { en = "Begin" }', "the door does not say 'Wriet'"),
        ('"Put aside a flood" = { en = "Begin" }', "the door does not say"),  # a sentence of a desk
        ('"Write" = { en = "Write %(count)s" }', "blanks"),
        ('"Step %(current)s of %(total)s" = { en = "Step" }', "blanks"),
        ('"Write" = { en = "<b>Write</b>" }', "mark-up"),
        ('"Write" = { en = "a > b" }', "no <"),
        ('"Language" = { en = \'x" onclick="y\' }', "straight quotation mark"),
    ],
)
def test_words_that_fit_no_sentence_are_refused_by_name(
    tmp_path, monkeypatch, words: str, fault: str
) -> None:
    _worn(monkeypatch, tmp_path / "own", f"[words]\n{words}")
    with pytest.raises(PackFault) as found:
        wording.check(front_of_pack())
    assert fault in str(found.value)
