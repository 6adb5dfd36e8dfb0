"""The kinds of lines that stand in a pack's lists: a code that is stored and names that are shown."""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Confidence = Literal["high", "medium", "low"]
SHORT = re.compile(r"[a-z0-9_]{1,40}")


class PackFault(Exception):
    """A pack that is missing or says something wrong; the text names the file and the field."""


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: its code is stored, its names are shown. `confidence` is how sure the Burmese name is."""

    code: str
    en: str
    my: str
    confidence: Confidence = "high"
    note: str = ""


class Rank(Choice, frozen=True, kw_only=True):
    """A rank of one force. Only its band is stored of a person."""

    force: str
    band: str
    abbreviation: str = ""


class FigureBand(Choice, frozen=True, kw_only=True):
    """What figures call several rank bands together, so that no senior rank is shown alone."""

    bands: tuple[str, ...]


class Region(Choice, frozen=True, kw_only=True):
    """A state, a region or a whole country; nothing finer. `also` holds other spellings to accept."""

    kind: Literal["state", "region", "union", "country"]
    also: tuple[str, ...] = ()


class Language(Choice, frozen=True, kw_only=True):
    """A language: what it calls itself, and which list of code words its readers are given ("en" or "my")."""

    own: str = ""
    words: Literal["en", "my"] = "my"


class Currency(Choice, frozen=True, kw_only=True):
    """A currency; amounts are whole minor units.

    `minor_units` is how many decimal digits ISO 4217 gives it, `step` the smallest amount that is paid, in
    minor units: what is converted is rounded to it. `many` is the English name after an amount.
    """

    minor_units: int
    many: str
    step: int = 1


def label(choice: Choice, language_code: str) -> str:
    """A choice's name in a language: English for "en" and its variants, else Burmese, as every sentence that a language
    of the country lacks.
    """
    return choice.en if language_code.split("-")[0] == "en" else choice.my


def pairs(choices: Iterable[Choice], language_code: str) -> list[tuple[str, str]]:
    """The codes of a list with their names in a language, in its order, as a form takes them."""
    return [(choice.code, label(choice, language_code)) for choice in choices]


def named(choices: Iterable[Choice], code: str, language_code: str) -> str:
    """What a code is called in a language; a code that the list does not know, as it stands."""
    known = next((choice for choice in choices if choice.code == code), None)
    return label(known, language_code) if known else code


def codes(choices: Iterable[Choice]) -> frozenset[str]:
    """The codes of a list."""
    return frozenset(choice.code for choice in choices)


def check_choices(choices: tuple[Choice, ...], place: str, *, short: bool = False) -> None:
    """Raise `PackFault` for an empty list, a choice without a name, or a code said twice.

    `short` wants the codes as documents store them: 1 to 40 of a-z, 0-9 and _.
    """
    if not choices:
        raise PackFault(f"{place} is empty")
    seen: set[str] = set()
    for choice in choices:
        if not (choice.code.strip() and choice.en.strip() and choice.my.strip()):
            raise PackFault(f"{place}: {choice.code or 'a choice without code'} lacks a name")
        if choice.code in seen:
            raise PackFault(f"{place}: {choice.code} stands twice")
        if short and not SHORT.fullmatch(choice.code):
            raise PackFault(f"{place}: {choice.code} is no code of a-z, 0-9 and _")
        seen.add(choice.code)
