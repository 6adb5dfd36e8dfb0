"""The public figures: light, without script, only what two signed; kind before there are any."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from banyan.cases.testing import Programme
from banyan.doors.figures import rules
from banyan.folders import acts
from banyan.folders.items import Sort
from banyan.folders.peers import LocalPeer
from banyan.folders.published import Publish, Row, quarters_from
from banyan.folders.roster import assent, place
from banyan.house.standing import stand_at
from banyan.language.pack import load_pack
from banyan.sealing.format import write

FORCES = tuple(choice.code for choice in load_pack().forces)
BANDS = tuple(choice.code for choice in load_pack().rank_bands)


class Public:
    """Somebody who reads the figures, and the two who publish them."""

    def __init__(self, programme: Programme, client: Client) -> None:
        self.programme, self.client = programme, client

    def get(self, path: str = "", language: str = "en", status: int = 200) -> str:
        answer = self.client.get(f"/{language}/figures/{path}", headers={"accept-encoding": "gzip"})
        assert answer.status_code == status
        self.answer = answer
        self.size = len(answer.content)
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return unescape((gzip.decompress(answer.content) if packed else answer.content).decode())

    def publish(
        self, *rows: Row, signers: tuple[str, ...] = ("Dway", "Chit"), held_back: bool = True
    ) -> bool:
        """Some members sign figures; whether the hub took them."""
        roster, now = self.programme.hub.roster(), int(self.programme.clock().timestamp())
        serial = len(roster.publications) + 1
        act = Publish(
            serial=serial, through="2025-Q4", rows=rows, held_back=held_back, made=now, nonce=acts.new_nonce()
        )
        keys = [self.programme.keys[name] for name in signers]
        link = place(
            keys[0], index=roster.index + 1, previous=roster.head, time=now, act=write(act),
            assents=tuple(assent(one, roster.programme, write(act)) for one in keys),
        )  # fmt: skip
        return LocalPeer(self.programme.hub).place(link).accepted


@pytest.fixture
def public(programme: Programme, door: Client) -> Iterator[Public]:
    stand_at(programme.door)
    yield Public(programme, door)
    stand_at(None)


def row(count: int, *, measure="asked", quarters=("2025-Q4",), forces=("army",), bands=("enlisted",)) -> Row:
    return Row(measure, quarters, forces, bands, count)


@pytest.mark.parametrize(("language", "words"), [("en", "No figures yet"), ("my", "ကိန်းဂဏန်း")])
def test_before_any_figures_the_page_says_so(public: Public, language: str, words: str):
    assert public.programme.hub.public(Sort.ACT) == []
    assert words in public.get(language=language)
    assert public.get("figures.csv").splitlines() == [",".join(rules.HEAD)]
    assert json.loads(public.get("figures.json"))["publications"] == []
    public.get("1/", status=404)


def test_what_two_signed_is_shown_and_what_one_signed_is_not(public: Public):
    assert not public.publish(row(14), signers=("Dway",))
    assert not public.publish(row(14), signers=("Dway", "Aye"))
    assert "No figures yet" in public.get()
    assert public.publish(row(14), row(11, measure="arrived", bands=("nco", "enlisted")))
    page = public.get()
    assert "Army – Enlisted: <b>14</b>" in page and "Enlisted, Non-commissioned officer: <b>11</b>" in page
    assert "published on 2 March 2026" in page and "October to December 2025" in page
    assert "Asked for help: 14" in page and "Came out: 11" in page
    assert not any(name in page for name in public.programme.keys), "no pseudonym stands on a public page"


def test_burmese_has_its_own_words_and_digits(public: Public):
    public.publish(row(1234, forces=FORCES, bands=BANDS))
    page = public.get(language="my")
    assert "၂၀၂၅" in page and "အောက်တိုဘာ" in page
    assert "all forces" not in page and "Asked for help" not in page


def test_sums_are_of_shown_groups_over_all_publications(public: Public):
    public.publish(row(20), row(10, quarters=("2025-Q3",)), row(12, quarters=("2025-Q1", "2025-Q2")))
    public.publish(row(11, quarters=("2025-Q3", "2025-Q4")))
    public.publish(row(13))
    page = public.get()
    assert "Asked for help: 66" in page
    for label, count in (("Q3 2025", 10), ("Q4 2025", 33), ("Several quarters together", 23)):
        assert f"<title>{label}: {count}</title>" in page
        assert f'<th scope="row">{label}</th><td class="n">{count}</td>' in page
    assert "Earlier: " in page and 'href="/en/figures/1/"' in page and 'href="/en/figures/3/"' not in page
    assert "<b>20</b>" in public.get("1/") and "<b>13</b>" not in public.get("1/")


def test_everything_is_there_as_csv_and_json(public: Public):
    public.publish(row(20, forces=("army", "navy")), row(10, measure="arrived"))
    public.publish(row(11, quarters=("2025-Q3", "2025-Q4")), held_back=False)
    lines = list(csv.DictReader(io.StringIO(public.get("figures.csv"))))
    assert public.answer.headers["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert [(one["publication"], one["measure"], one["people"]) for one in lines] == [
        ("1", "asked", "20"), ("1", "arrived", "10"), ("2", "asked", "11"),
    ]  # fmt: skip
    assert lines[0]["forces"] == "army navy" and lines[2]["quarters"] == "2025-Q3 2025-Q4"
    record = json.loads(public.get("figures.json", language="my"))
    assert [one["some_held_back"] for one in record["publications"]] == [True, False]
    assert record["publications"][0]["groups"][0]["people"] == 20
    assert record["names"]["army"] == next(
        choice.my for choice in load_pack().forces if choice.code == "army"
    )


@pytest.mark.parametrize("language", ["en", "my"])
def test_the_page_is_light_and_without_script_however_much_was_published(public: Public, language: str):
    """Twelve years by quarter, and a newest publication with every force and band."""
    public.publish(
        *(row(100 + i, quarters=(one,)) for i, one in enumerate(quarters_from("2014-Q1", "2025-Q4")))
    )
    many = [
        row(10 + i * j, measure=measure, forces=(force,), bands=(band,))
        for i, force in enumerate(FORCES)
        for j, band in enumerate(BANDS)
        for measure in ("asked", "arrived")
    ]
    assert public.publish(*many)
    page = public.get(language=language)
    assert public.size <= 8192, public.size
    assert "<script" not in page and "style=" not in page and "<img" not in page and "http-equiv" not in page
    assert not public.answer.cookies and public.answer.headers["Cache-Control"] == "no-store"
    assert page.count("<rect") <= 2 * (rules.MOST_BARS + 2)


def test_nothing_but_reading(public: Public):
    assert public.client.post("/en/figures/").status_code == 405
