"""Languages that a translator adds: found from their catalogues, picked from the browser, changeable on each page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.translation import trans_real
from polib import POEntry, POFile

from banyan.cases.testing import Programme
from banyan.house import catalogues
from banyan.house.standing import stand_at

MISSING = "Write. No name is needed."


def _say(locale: Path, language: str, share: float) -> None:
    """A catalogue that says this part of the door's texts, each as its English after a mark."""
    texts = [entry for entry in catalogues.texts_of_door() if entry.msgid != MISSING]
    book = POFile()
    book.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}
    for entry in texts[: round(share * len(texts))]:
        said = f"{language}:{entry.msgid}"
        more = (
            {"msgid_plural": entry.msgid_plural, "msgstr_plural": {0: said}}
            if entry.msgid_plural
            else {"msgstr": said}
        )
        book.append(POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, **more))
    folder = locale / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    book.save_as_mofile(str(folder / "django.mo"))


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """Shan and Kachin are all but whole, Mon is hardly begun."""
    for language, share in (("shn", 1.0), ("kac", 0.95), ("mnw", 0.5)):
        _say(tmp_path, language, share)
    return tmp_path


@pytest.fixture
def abroad(locale: Path, programme: Programme, door: Client):
    """The door of a hub on which these catalogues lie."""
    found = catalogues.at_the_door(locale)
    with override_settings(LANGUAGES=found, LOCALE_PATHS=[locale, *settings.LOCALE_PATHS]):
        trans_real._translations.clear()  # type: ignore[attr-defined]
        stand_at(programme.door)
        yield door
    stand_at(None)
    trans_real._translations.clear()  # type: ignore[attr-defined]


def test_a_language_is_shown_once_nine_in_ten_sentences_are_said(locale: Path) -> None:
    found = dict(catalogues.at_the_door(locale))
    assert list(found) == ["en", "shn", "kac", "my"]
    assert found["shn"] == "တႆး" and found["kac"] == "Jinghpaw"
    assert 0.4 < catalogues.share_said(locale / "mnw/LC_MESSAGES/django.mo") < catalogues.ENOUGH


def test_our_own_catalogues_are_english_burmese_and_what_is_said_enough() -> None:
    codes = [code for code, _name in catalogues.at_the_door()]
    assert codes[0] == "en" and codes[-1] == "my" and len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("shn,my;q=0.8", "shn"), ("kac-MM", "kac"), ("mnw,my;q=0.5", "my"), ("mnw", "en"), ("", "en")],
)
def test_the_browser_s_first_language_that_is_shown_is_taken(abroad: Client, asked: str, spoken: str) -> None:
    answer = abroad.get("/", headers={"accept-language": asked})
    assert f'<html lang="{spoken}"' in answer.content.decode()
    assert not answer.cookies


def test_what_a_language_does_not_say_is_read_in_burmese(abroad: Client) -> None:
    page = abroad.get("/shn/").content.decode()
    assert "shn:We are here to listen to you" in page
    assert MISSING not in page and re.search("<li>[\u1000-\u109f\u200b ]+", page)
    assert MISSING in abroad.get("/en/").content.decode()
    assert abroad.get("/mnw/").status_code == 404


def test_each_page_leads_to_itself_in_every_language(abroad: Client) -> None:
    page = abroad.get("/shn/who/").content.decode()
    header = page.partition("<header>")[2].partition("</header>")[0]
    assert "<details>" in header and "shn:Language" in header
    assert re.findall(r'<a lang="(\w+)" hreflang="\w+" href="/\w+/who/"', header) == ["my", "kac", "en"]
    assert 'lang="shn" aria-current="true">တႆး<' in header
    posted = abroad.post("/shn/words/").content.decode()
    assert re.findall(r'id="in-(\w+)"', posted) == ["my", "kac", "en"]


def test_with_three_languages_nothing_is_folded(door: Client, programme: Programme) -> None:
    stand_at(programme.door)
    assert "<details>" not in door.get("/en/who/").content.decode().partition("<main")[0]
    stand_at(None)


@pytest.mark.parametrize(("language", "burmese"), [("shn", True), ("kac", False)])
def test_code_words_come_from_the_list_that_the_pack_names(
    abroad: Client, language: str, burmese: bool
) -> None:
    page = abroad.post(f"/{language}/words/").content.decode()
    words = page.partition('class="code')[2].partition("</ol>")[0]
    said = re.findall(r"<li>([^<]+)</li>", words)
    assert len(said) == 8 and all(("\u1000" <= word[0] <= "\u109f") is burmese for word in said)
