"""The languages of the door: those whose catalogues lie in `locale`, as far as they are translated.

English stands in the code and Burmese is always whole (`make check` holds it). A translator adds another by its
ordinary catalogue, and a hub shows it from its next start, once nine in ten of the door's sentences are said in it; the
others are then read in Burmese, or in English at last.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from banyan.language.pack import load_pack

if TYPE_CHECKING:
    from polib import POEntry

LOCALE = Path(__file__).resolve().parent / "locale"
ALWAYS = {"en": "English", "my": "မြန်မာ"}
BURMESE = "my"
ENOUGH = 0.9
# Where the sentences stand that somebody at the door can meet.
DOOR = (
    "banyan/doors/front/",
    "banyan/doors/figures/",
    "banyan/house/templates/door/",
    "banyan/house/templates/parts/",
    "banyan/language/",
)


def is_of_door(places: list[str]) -> bool:
    """Whether a text that stands in these files can be met at the door."""
    return any(place.startswith(DOOR) for place in places)


@cache
def texts_of_door() -> tuple[POEntry, ...]:
    """Every text of the door, as the Burmese catalogue has it."""
    from polib import pofile

    book = pofile(str(LOCALE / BURMESE / "LC_MESSAGES" / "django.po"))
    return tuple(entry for entry in book if is_of_door([place for place, _line in entry.occurrences]))


def share_said(compiled: Path) -> float:
    """Which part of the door's texts a compiled catalogue says, from 0 to 1."""
    from polib import mofile

    said = {(entry.msgctxt, entry.msgid) for entry in mofile(str(compiled))}  # only what is said is there
    texts = texts_of_door()
    return sum((entry.msgctxt, entry.msgid) in said for entry in texts) / len(texts)


def at_the_door(locale: Path = LOCALE) -> list[tuple[str, str]]:
    """The languages to choose from, each with its own name: English, what else is said enough, Burmese."""
    found = {file.parts[-3]: file for file in sorted(locale.glob("*/LC_MESSAGES/django.mo"), reverse=True)}
    enough = [code for code, file in found.items() if code not in ALWAYS and share_said(file) >= ENOUGH]
    return [("en", ALWAYS["en"]), *((code, own_name(code)) for code in enough), (BURMESE, ALWAYS[BURMESE])]


def own_name(code: str) -> str:
    """What a language calls itself, as the pack has it; else its English name, at last its code."""
    if code in ALWAYS:
        return ALWAYS[code]
    known = next((one for one in load_pack().languages if one.code == code), None)
    return (known.own or known.en) if known else code
