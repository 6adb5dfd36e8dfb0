"""How the groups of published figures are said: quarters, forces and rank bands, in the language that is active.

Takes plain codes as a publication has them; a code that the pack does not know is said as it stands.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from banyan.language.numerals import to_burmese_digits
from banyan.language.pack import Choice, label, load_pack
from banyan.language.times import MONTHS

UNSAID = "unsaid"
MEASURES: dict[str, str | Promise] = {"asked": _("Asked for help"), "arrived": _("Came out")}


def measure(code: str) -> str:
    """What is counted."""
    return str(MEASURES.get(code, code))


def quarters(codes: Sequence[str]) -> str:
    """A row of quarters: "January to March 2026", "October 2025 to March 2026"."""
    first, last = min(codes), max(codes)
    said = {
        "first": MONTHS[3 * int(first[-1]) - 3], "last": MONTHS[3 * int(last[-1]) - 1],
        "year": first[:4], "last_year": last[:4],
    }  # fmt: skip
    if first[:4] == last[:4]:
        return number_words(gettext("%(first)s to %(last)s %(year)s") % said)
    return number_words(gettext("%(first)s %(year)s to %(last)s %(last_year)s") % said)


def until(code: str) -> str:
    """The end of a quarter: "March 2026"."""
    said = {"month": MONTHS[3 * int(code[-1]) - 1], "year": code[:4]}
    return number_words(gettext("%(month)s %(year)s") % said)


def month(code: str) -> str:
    """A month "2026-03": "March 2026"."""
    said = {"month": MONTHS[int(code[5:]) - 1], "year": code[:4]}
    return number_words(gettext("%(month)s %(year)s") % said)


def short_quarter(code: str) -> str:
    """A quarter in few signs: "Q1 2026"."""
    return number_words(gettext("Q%(part)s %(year)s") % {"part": code[-1], "year": code[:4]})


def forces(codes: Sequence[str]) -> str:
    """Forces by name; all of them as that."""
    return _named(codes, load_pack().forces, gettext("all forces"))


def bands(codes: Sequence[str]) -> str:
    """Rank bands by name; all of them as that."""
    return _named(codes, load_pack().rank_bands, gettext("all ranks"))


def people(count: int) -> str:
    """How many people, the thousands apart."""
    return number_words(f"{count:,}")


def day(moment: datetime) -> str:
    """A day: "3 March 2026"."""
    said = gettext("%(day)s %(month)s %(year)s")
    return number_words(said % {"day": moment.day, "month": MONTHS[moment.month - 1], "year": moment.year})


class Group(Protocol):
    """A published group, as the records of a publication have it."""

    @property
    def measure(self) -> str:
        """What is counted."""

    @property
    def quarters(self) -> tuple[str, ...]:
        """When it happened."""

    @property
    def forces(self) -> tuple[str, ...]:
        """Of which forces they are."""

    @property
    def bands(self) -> tuple[str, ...]:
        """Of which rank bands."""

    @property
    def count(self) -> int:
        """How many they are."""


def table(groups: Iterable[Group]) -> tuple[list[str], list[list[object]]]:
    """Groups as a table: its heads, and a row for each. The numbers come early, where a phone shows them."""
    head = [gettext("When"), gettext("What"), gettext("People"), gettext("Force"), gettext("Rank")]
    return head, [
        [quarters(one.quarters), measure(one.measure), one.count, forces(one.forces), bands(one.bands)]
        for one in groups
    ]


def number_words(text: str | int) -> str:
    """A text or number with the digits of the language that is active."""
    return to_burmese_digits(text) if (get_language() or "").startswith("my") else str(text)


def _named(codes: Sequence[str], choices: Iterable[Choice], every: str) -> str:
    names = {choice.code: label(choice, get_language() or "en") for choice in choices}
    if set(names) <= set(codes):
        return every
    names[UNSAID] = gettext("not said")
    order = [*names, *(code for code in codes if code not in names)]
    return ", ".join(names.get(code, code) for code in sorted(codes, key=order.index))
