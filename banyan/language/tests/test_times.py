from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from banyan.language import times

NOW = datetime(2027, 3, 9, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-30), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=22, seconds=59), "22 minutes ago"),
        (timedelta(minutes=60), "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=40), "Thursday 28 January, 09:00"),
    ],
)
def test_how_long_ago(past, said):
    assert times.ago(NOW - past, NOW) == said


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(minutes=38), "due in 38 minutes"),
        (timedelta(minutes=1), "due in 1 minute"),
        (timedelta(seconds=30), "due now"),
        (timedelta(seconds=-59), "due now"),
        (timedelta(minutes=-1), "1 minute late"),
        (timedelta(hours=-1, minutes=-59), "1 hour late"),
        (timedelta(hours=-2), "2 hours late"),
        (timedelta(days=-3), "3 days late"),
        (timedelta(hours=5), "due in 5 hours"),
        (timedelta(days=2), "due in 2 days"),
    ],
)
def test_how_a_due_moment_stands(ahead, said):
    assert times.due(NOW + ahead, NOW) == said
    assert times.is_late(NOW + ahead, NOW) == said.endswith("late")


def test_the_exact_time_is_said_on_the_clock_of_the_zone():
    assert times.exact(NOW, NOW) == "Tuesday 9 March, 09:00"
    assert times.exact(NOW, NOW, zone="Asia/Bangkok") == "Tuesday 9 March, 09:30"


def test_the_year_is_said_where_it_is_not_this_year_s():
    assert times.exact(NOW) == "Tuesday 9 March 2027, 09:00"
    assert times.exact(NOW, NOW + timedelta(days=365)) == "Tuesday 9 March 2027, 09:00"
    new_year_in_yangon = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
    assert times.exact(new_year_in_yangon, NOW) == "Friday 1 January, 00:30"


def test_burmese_has_burmese_digits():
    with translation.override("my"):
        assert "၂၂" in times.ago(NOW - timedelta(minutes=22), NOW)
        assert "၀၉:၀၀" in times.exact(NOW, NOW)
        assert "22" not in times.ago(NOW - timedelta(minutes=22), NOW)


def test_a_moment_without_zone_is_refused():
    naive = NOW.replace(tzinfo=None)
    for wrong in (lambda: times.ago(naive, NOW), lambda: times.due(NOW, naive), lambda: times.exact(naive)):
        with pytest.raises(ValueError, match="time zone"):
            wrong()


def test_days_months_and_quarters_are_said():
    assert times.day(date(2026, 3, 5)) == "Thursday 5 March 2026"
    assert times.month("2026-03") == "March 2026"
    assert [times.quarter(f"2026-Q{number}") for number in (1, 2, 3, 4)] == [
        "first quarter of 2026",
        "second quarter of 2026",
        "third quarter of 2026",
        "fourth quarter of 2026",
    ]
    with translation.override("my"):
        assert times.month("2026-03") == "၂၀၂၆ ခုနှစ် မတ်လ"
        assert times.quarter("2026-Q1") == "၂၀၂၆ ခုနှစ် ပထမသုံးလပတ်"
        assert "၅" in times.day(date(2026, 3, 5))


def test_a_month_lies_in_its_quarter_and_a_moment_in_its_month():
    quarters = [times.quarter_of(f"2026-{number:02}") for number in range(1, 13)]
    assert quarters == [f"2026-Q{number}" for number in (1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4)]
    new_year_in_yangon = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
    assert times.month_of(new_year_in_yangon) == "2027-01"
    assert times.month_of(new_year_in_yangon, zone="UTC") == "2026-12"


@pytest.mark.parametrize(
    "wrong", ["2026-00", "2026-13", "2026-Q0", "2026-Q5", "26-03", "2026-03-01", "", "၂၀၂၆-၀၃"]
)
def test_what_is_no_month_or_quarter_is_refused(wrong):
    for say in (times.month, times.quarter, times.quarter_of):
        with pytest.raises(ValueError, match="this is no"):
            say(wrong)
