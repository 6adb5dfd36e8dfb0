"""The report: a claim beside what was published, and nothing said where nothing was published."""

from datetime import UTC, date, datetime

import pytest

from banyan.folders.membership import Publication
from banyan.folders.published import Publish, Row
from banyan.house.demo import report
from banyan.house.demo.plan import make_plan
from banyan.house.demo.reported import ALL, REPORTED, Who

CONTACTS = make_plan(400, 1, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
BANDS = ("enlisted", "junior", "nco", "senior", "warrant")


def row(count, quarters, forces=ALL, bands=BANDS, measure="asked"):
    return Row(measure=measure, quarters=quarters, forces=forces, bands=bands, count=count)


def test_where_nothing_was_published_that_is_said():
    page = report.as_markdown((), {}, CONTACTS)
    assert report.NOTHING in page
    assert all(f"| {one.ident} |" in page for one in REPORTED)
    assert page.count("| not published |") == len(REPORTED)


def test_what_was_published_stands_beside_every_claim():
    rows = (row(40, ("2021-Q1",)), row(60, ("2021-Q2",)), row(12, ("2021-Q1",), measure="arrived"))
    act = Publish(serial=1, through="2021-Q2", rows=rows, held_back=False, made=0, nonce=bytes(16))
    publication = Publication(id=bytes(32), index=1, time=0, act=act, signers=(b"c", b"d"))
    page = report.as_markdown((publication,), {b"c": "Chit", b"d": "Dway"}, CONTACTS)
    assert report.NOTHING not in page and "| not published |" not in page
    assert "| 1 | 2021-Q2 | 100 | 12 | 3 | Chit, Dway |" in page
    assert all(why in page for why in report.WHY)
    (line,) = (line for line in page.splitlines() if line.startswith("| R03 |"))
    assert "| 100 | 12 |" in line and "By days, not quarters." in line


@pytest.mark.parametrize(
    ("who", "rows", "found"),
    [
        (Who(date(2021, 2, 1), date(2021, 6, 30)), [row(30, ("2021-Q1",)), row(20, ("2021-Q2",))], "50"),
        (Who(date(2021, 2, 1), date(2021, 5, 31)), [row(30, ("2021-Q1",)), row(20, ("2021-Q2",))], "30 to 50"),
        (Who(date(2021, 2, 1), date(2021, 3, 31)), [row(30, ("2021-Q1",)), row(20, ("2021-Q2",))], "30"),
        (Who(date(2021, 2, 1), date(2021, 3, 31)), [row(30, ("2021-Q1", "2021-Q2"))], "0 to 30"),
        (Who(date(2021, 2, 1), date(2021, 3, 31), ("police",)), [row(30, ("2021-Q1",))], "0 to 30"),
        (
            Who(date(2021, 2, 1), date(2021, 3, 31), ("police",)),
            [row(30, ("2021-Q1",), ("police",)), row(9, ("2021-Q1",), ("army",))],
            "30",
        ),
        (
            Who(date(2021, 2, 1), date(2021, 3, 31), ranks=("captain",)),
            [row(11, ("2021-Q1",), bands=("junior",)), row(50, ("2021-Q1",), bands=("nco",))],
            "0 to 11",
        ),
        (Who(date(2021, 2, 1), date(2021, 3, 31)), [row(30, ("2021-Q1",), measure="arrived")], "0"),
        (Who(date(2021, 2, 1), date(2021, 3, 31), courses=("inside",)), [row(30, ("2021-Q1",))], "0 to 30"),
        (Who(date(2021, 10, 1), date(2021, 12, 31)), [row(1200, ("2021-Q4",)), row(5, ("2022-Q1",))], "1,200"),
    ],
)  # fmt: skip
def test_a_finer_claim_lies_between_two_numbers(who, rows, found):
    assert str(report.within(who, rows, "asked")) == found


def test_in_what_a_claim_is_finer_is_said():
    by = {one.ident: report.finer(one) for one in REPORTED}
    assert by["R14"] == ["By days, not quarters.", "By ranks, not bands."]
    assert by["R10"] == ["Whether somebody waits inside is not published.", "By days, not quarters."]
    assert by["R25"] == []
