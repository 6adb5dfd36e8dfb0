"""Entitlements: what a household is due, by the rules of the pack. Pure; amounts are whole minor units.

A payment names the version of the rules it was made by, and is never worked out anew by later ones.
"""

from datetime import date
from typing import Literal

import msgspec

from banyan.language.choices import Choice, PackFault, check_choices

Counts = Literal["household", "adult_dependant", "child", "household_once"]
MOST = 99


class Entitlement(Choice, frozen=True, kw_only=True):
    """One rule: so much for each of what `counts` says, in one currency.

    "household" is the base, once a month; "adult_dependant" every adult but one; "child" every child;
    "household_once" only in the first month. `published` is false where the amount is our own default,
    for the programme to change.
    """

    counts: Counts
    minor_units: int
    currency: str
    published: bool


class Entitlements(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of one version: from which stage they hold, and the day of the month they are due.

    All of them are in one currency.
    """

    version: int
    from_stage: str
    due_day: int
    items: tuple[Entitlement, ...]

    @property
    def currency(self) -> str:
        """The currency of the rules."""
        return self.items[0].currency

    def item(self, code: str) -> Entitlement | None:
        """The rule of that code, or nothing."""
        return next((item for item in self.items if item.code == code), None)


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one rule comes to for a household: `minor_units` is the whole of it, for `count` of them."""

    code: str
    minor_units: int
    currency: str
    count: int = 1


def lines_for(rules: Entitlements, adults: int, children: int, first_month: bool) -> tuple[Line, ...]:
    """What a household is due for one month, in the order of the rules; lines that come to nothing are left out.

    The household's first adult has the base, every other adult and every child comes on top. Raises
    `ValueError` for a household without an adult, with fewer than 0 children, or with over 99 of either.
    """
    if not (1 <= adults <= MOST and 0 <= children <= MOST):
        raise ValueError("a household has 1 to 99 adults and 0 to 99 children")
    numbers: dict[Counts, int] = {
        "household": 1,
        "adult_dependant": adults - 1,
        "child": children,
        "household_once": int(first_month),
    }
    return tuple(
        Line(rule.code, rule.minor_units * count, rule.currency, count)
        for rule in rules.items
        if (count := numbers[rule.counts]) and rule.minor_units
    )


def due_on(rules: Entitlements, month: str) -> date:
    """The day on which a month ("2026-03") is due. Raises `ValueError` for what is no month."""
    return date.fromisoformat(f"{month}-{rules.due_day:02}")


def check_entitlements(rules: Entitlements, currencies: frozenset[str], place: str) -> None:
    """What types can't say: one base, known currencies, a day every month has. Raises `PackFault`."""
    check_choices(rules.items, f"{place}: items", short=True)
    if [item.counts for item in rules.items].count("household") != 1:
        raise PackFault(f"{place}: items: one rule, and only one, is the household's base")
    if not 1 <= rules.due_day <= 28:
        raise PackFault(f"{place}: due_day: {rules.due_day} is not in every month")
    for item in rules.items:
        if item.currency not in currencies:
            raise PackFault(f"{place}: items: {item.code} is in no known currency: {item.currency}")
        if item.currency != rules.currency:
            raise PackFault(f"{place}: items: {item.code} is in another currency than the rest")
        if item.minor_units < 0:
            raise PackFault(f"{place}: items: {item.code} is below nothing")
