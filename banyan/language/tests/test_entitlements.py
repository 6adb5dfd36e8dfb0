from datetime import date

import pytest

from banyan.language.choices import PackFault
from banyan.language.entitlements import (
    Counts,
    Entitlement,
    Entitlements,
    Line,
    check_entitlements,
    due_on,
    lines_for,
)


def rule(code: str, counts: Counts, minor: int, currency: str = "THB") -> Entitlement:
    return Entitlement(
        code=code, en=code, my=code, counts=counts, minor_units=minor, currency=currency, published=False
    )


RULES = Entitlements(
    version=1,
    from_stage="reception",
    due_day=5,
    items=(
        rule("stipend", "household", 100_000),
        rule("adult", "adult_dependant", 50_000),
        rule("child", "child", 40_000),
        rule("arrival", "household_once", 200_000),
    ),
)
BASE = Line("stipend", 100_000, "THB")


@pytest.mark.parametrize(
    ("adults", "children", "first_month", "lines"),
    [
        (1, 0, False, (BASE,)),
        (1, 0, True, (BASE, Line("arrival", 200_000, "THB"))),
        (2, 3, False, (BASE, Line("adult", 50_000, "THB"), Line("child", 120_000, "THB", 3))),
        (1, 1, True, (BASE, Line("child", 40_000, "THB"), Line("arrival", 200_000, "THB"))),
    ],
)
def test_what_a_household_is_due(adults, children, first_month, lines):
    assert lines_for(RULES, adults, children, first_month) == lines


@pytest.mark.parametrize(("adults", "children"), [(0, 2), (-1, 0), (1, -1), (100, 0), (1, 100)])
def test_a_household_that_cannot_be_is_refused(adults, children):
    with pytest.raises(ValueError, match="household"):
        lines_for(RULES, adults, children, False)


def test_a_rule_of_nothing_makes_no_line():
    rules = Entitlements(
        version=1,
        from_stage="reception",
        due_day=5,
        items=(rule("base", "household", 1), rule("kid", "child", 0)),
    )
    assert lines_for(rules, 1, 4, True) == (Line("base", 1, "THB"),)


def test_when_a_month_is_due():
    assert due_on(RULES, "2026-03") == date(2026, 3, 5)
    for wrong in ("2026-13", "2026", "March", "2026-3"):
        with pytest.raises(ValueError, match=r"\S"):
            due_on(RULES, wrong)


def test_rules_in_two_currencies_are_refused():
    both = frozenset({"THB", "MMK"})
    check_entitlements(RULES, both, "here")
    mixed = Entitlements(
        version=1, from_stage="reception", due_day=5, items=(*RULES.items, rule("x", "child", 1, "MMK"))
    )
    with pytest.raises(PackFault, match="here: items: x is in another currency"):
        check_entitlements(mixed, both, "here")
