"""What the demo publishes: by the rules, signed by two of two sides, and the last one left to be signed."""

from datetime import UTC, datetime

from banyan.house.demo.publishing import first_day, quarters_over


def test_only_quarters_that_are_over_are_published():
    quarters = quarters_over(datetime(2022, 4, 1, tzinfo=UTC))
    assert quarters == ["2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4", "2022-Q1"]
    assert quarters_over(datetime(2021, 3, 31, 23, tzinfo=UTC)) == []


def test_a_quarter_begins_with_its_first_month():
    assert [first_day(f"2022-Q{n}").month for n in (1, 2, 3, 4)] == [1, 4, 7, 10]
