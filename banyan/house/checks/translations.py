"""The catalogues against every text: placeholders and tags kept, and Burmese whole with nothing left over.

Other languages may be unfinished: their catalogues begin with the door's texts, each with its Burmese beside it.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polib
from myanmartools import ZawgyiDetector

from banyan.house.catalogues import ENOUGH, is_of_door, share_said
from banyan.house.checks.checkout import ROOT, finish
from banyan.house.checks.texts import Key, Text, collect, unreadable

LOCALE = "banyan/house/locale"
CATALOGUE = f"{LOCALE}/my/LC_MESSAGES/django.po"
HEADER = "Burmese for Banyan.\ndraft: not yet read by a native speaker"
OTHER = "draft: not yet read by a native speaker\nThe first {door} texts are those of the door: see docs/TRANSLATING.md"
METADATA = {
    "Project-Id-Version": "banyan",
    "Language": "my",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")
PLURALS = re.compile(r"nplurals=(\d)")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
ZAWGYI_ABOVE = 0.9
ZAWGYI_FROM = 15  # letters: of a single word the detector knows too little, and calls ordinary ones Zawgyi


def problems(root: Path = ROOT) -> Iterator[str]:
    """What keeps a reader of Burmese from reading every page, one line each."""
    yield from unreadable(root)
    catalogue = root / CATALOGUE
    if not catalogue.exists():
        yield f"{CATALOGUE} is not there: `make messages` writes it"
        return
    book = polib.pofile(str(catalogue))
    entries = {_key(entry): entry for entry in book}
    texts = collect(root)
    yield from (f"not in the catalogue: {key.single!r}" for key in texts if key not in entries)
    detector = ZawgyiDetector()
    for key, entry in entries.items():
        if entry.obsolete or key not in texts:
            yield f"shown nowhere any more: {key.single!r}"
        else:
            yield from _wrong(entry, detector)
    if not _is_compiled(catalogue, book):
        yield f"{CATALOGUE} and its .mo differ: `make messages` compiles it"
    for language in others(root):
        yield from _problems_of(language, root / _catalogue(language))


def others(root: Path = ROOT) -> list[str]:
    """The languages besides Burmese that a translator has begun."""
    found = (path.parts[-3] for path in (root / LOCALE).glob("*/LC_MESSAGES/django.po"))
    return sorted(language for language in found if language != "my")


def _problems_of(language: str, catalogue: Path) -> Iterator[str]:
    """What a reader would stumble over in an unfinished catalogue: what is not said at all is no fault. Nobody is asked
    about Zawgyi: the detector knows Burmese alone.
    """
    book = polib.pofile(str(catalogue))
    for entry in book:
        if _said(entry) and not entry.fuzzy and not entry.obsolete:
            yield from (f"{language}: {wrong}" for wrong in _wrong(entry, None))
    if not _is_compiled(catalogue, book):
        yield f"{_catalogue(language)} and its .mo differ: `make messages` compiles it"


def _is_compiled(catalogue: Path, book: polib.POFile) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return compiled.exists() and compiled.read_bytes() == book.to_binary()


def _catalogue(language: str) -> str:
    return f"{LOCALE}/{language}/LC_MESSAGES/django.po"


def write(root: Path = ROOT, merged: Iterable[Path] = (), language: str = "my") -> list[str]:
    """Write a catalogue and its .mo anew, keep known translations, merge pairs in; return what fits no text."""
    catalogue = root / _catalogue(language)
    old = polib.pofile(str(catalogue)) if catalogue.exists() else polib.POFile()
    known = {_key(entry): entry for entry in old}
    brought = {_key(entry): entry for path in merged for entry in polib.pofile(str(path)) if _said(entry)}
    texts = collect(root)
    book = polib.POFile(wrapwidth=100)
    book.header, book.metadata = HEADER, METADATA
    ordered = list(texts.values())
    if language != "my":
        ordered.sort(key=lambda text: not is_of_door(text.places))
        door = sum(is_of_door(text.places) for text in ordered)
        book.header = OTHER.format(door=door)
        book.metadata = {**METADATA, "Language": language, "Plural-Forms": _plural(old)}
    burmese = _burmese(root) if language != "my" else {}
    forms = int(PLURALS.findall(book.metadata["Plural-Forms"])[0])
    for text in ordered:
        entry = _entry(text, (brought, known), forms)
        said = _said(burmese[text.key]) if text.key in burmese else []
        entry.comment = f"Burmese: {said[0]}" if said else ""
        book.append(entry)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(catalogue))
    catalogue.with_suffix(".mo").write_bytes(polib.pofile(str(catalogue)).to_binary())
    return [f"fits no text: {key.single!r}" for key in brought if key not in texts]


def _plural(old: polib.POFile) -> str:
    """How a language counts: as its translator has it, else as most languages of Myanmar, which know no plural."""
    return str(old.metadata.get("Plural-Forms") or METADATA["Plural-Forms"])


def _burmese(root: Path) -> dict[Key, polib.POEntry]:
    catalogue = root / CATALOGUE
    return {_key(entry): entry for entry in polib.pofile(str(catalogue))} if catalogue.exists() else {}


def _key(entry: polib.POEntry) -> Key:
    return Key(entry.msgctxt or None, entry.msgid, entry.msgid_plural or None)


def _said(entry: polib.POEntry) -> list[str]:
    """The translations of an entry that say something."""
    return [said for said in (entry.msgstr, *entry.msgstr_plural.values()) if said]


def _entry(text: Text, sources: tuple[Mapping[Key, polib.POEntry], ...], forms: int = 1) -> polib.POEntry:
    single = next((source[text.key] for source in sources if text.key in source), None)
    key = text.key
    entry = polib.POEntry(
        msgid=key.single, msgctxt=key.context, occurrences=[(place, "") for place in text.places]
    )
    if key.plural:
        entry.msgid_plural = key.plural
        kept = single.msgstr_plural if single else {}
        entry.msgstr_plural = {form: kept.get(form, "") for form in range(forms)}
    elif single:
        entry.msgstr = single.msgstr
    if PLACEHOLDER.search(key.single) and "%" in key.single:
        entry.flags = ["python-format"]
    if single and single.fuzzy:
        entry.flags.append("fuzzy")
    return entry


def _wrong(entry: polib.POEntry, detector: ZawgyiDetector | None) -> Iterator[str]:
    said = _said(entry)
    if not said:
        yield f"not translated: {entry.msgid!r}"
    if entry.fuzzy:
        yield f"marked as unsure: {entry.msgid!r}"
    asked = entry.msgid_plural or entry.msgid
    for translation in said:
        if _placeholders(asked) != _placeholders(translation):
            yield f"placeholders differ: {entry.msgid!r} -> {translation!r}"
        if Counter(TAG.findall(asked)) != Counter(TAG.findall(translation)):
            yield f"tags differ: {entry.msgid!r} -> {translation!r}"
        long = len(translation) >= ZAWGYI_FROM
        if detector and long and detector.get_zawgyi_probability(translation) > ZAWGYI_ABOVE:
            yield f"looks like Zawgyi, not Unicode: {entry.msgid!r}"


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Hold the Burmese catalogue against every text.")
    asked.add_argument("--write", action="store_true", help="bring the catalogue up to date and compile it")
    asked.add_argument(
        "merge", nargs="*", type=Path, help="with --write: catalogues to take translations from"
    )
    asked.add_argument(
        "--language", default="", help="with --write: begin or renew this language's catalogue"
    )
    given = asked.parse_args()
    if given.write:
        for one in [given.language] if given.language else ["my", *others()]:
            mine = given.merge if one == (given.language or "my") else ()
            for left_over in write(merged=mine, language=one):
                print(left_over)
    for one in others():
        share = share_said((ROOT / _catalogue(one)).with_suffix(".mo"))
        shown = "shown there" if share >= ENOUGH else f"shown from {ENOUGH:.0%} on"
        print(f"{one}: says {share:.0%} of the door, {shown}")
    finish(problems(), "translations: Burmese complete, a draft until a native speaker has read them")
