"""The Burmese catalogue against every text: all there, none left over, placeholders and tags kept."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polib
from myanmartools import ZawgyiDetector

from banyan.house.checks.checkout import ROOT, finish
from banyan.house.checks.texts import Key, Text, collect, unreadable

CATALOGUE = "banyan/house/locale/my/LC_MESSAGES/django.po"
HEADER = "Burmese for Banyan.\ndraft: not yet read by a native speaker"
METADATA = {
    "Project-Id-Version": "banyan",
    "Language": "my",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")
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
    compiled = catalogue.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != book.to_binary():
        yield f"{CATALOGUE} and its .mo differ: `make messages` compiles it"


def write(root: Path = ROOT, merged: Iterable[Path] = ()) -> list[str]:
    """Write catalogue and .mo anew, keep known translations, merge pairs in; return what fits no text."""
    catalogue = root / CATALOGUE
    known: dict[Key, polib.POEntry] = {}
    if catalogue.exists():
        known = {_key(entry): entry for entry in polib.pofile(str(catalogue))}
    brought = {_key(entry): entry for path in merged for entry in polib.pofile(str(path)) if _said(entry)}
    texts = collect(root)
    book = polib.POFile(wrapwidth=100)
    book.header, book.metadata = HEADER, METADATA
    for text in texts.values():
        book.append(_entry(text, (brought, known)))
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(catalogue))
    catalogue.with_suffix(".mo").write_bytes(polib.pofile(str(catalogue)).to_binary())
    return [f"fits no text: {key.single!r}" for key in brought if key not in texts]


def _key(entry: polib.POEntry) -> Key:
    return Key(entry.msgctxt or None, entry.msgid, entry.msgid_plural or None)


def _said(entry: polib.POEntry) -> list[str]:
    """The translations of an entry that say something."""
    return [said for said in (entry.msgstr, *entry.msgstr_plural.values()) if said]


def _entry(text: Text, sources: tuple[Mapping[Key, polib.POEntry], ...]) -> polib.POEntry:
    single = next((source[text.key] for source in sources if text.key in source), None)
    key = text.key
    entry = polib.POEntry(
        msgid=key.single, msgctxt=key.context, occurrences=[(place, "") for place in text.places]
    )
    if key.plural:
        entry.msgid_plural = key.plural
        entry.msgstr_plural = {0: single.msgstr_plural.get(0, "") if single else ""}
    elif single:
        entry.msgstr = single.msgstr
    if PLACEHOLDER.search(key.single) and "%" in key.single:
        entry.flags = ["python-format"]
    return entry


def _wrong(entry: polib.POEntry, detector: ZawgyiDetector) -> Iterator[str]:
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
        if long and detector.get_zawgyi_probability(translation) > ZAWGYI_ABOVE:
            yield f"looks like Zawgyi, not Unicode: {entry.msgid!r}"


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Hold the Burmese catalogue against every text.")
    asked.add_argument("--write", action="store_true", help="bring the catalogue up to date and compile it")
    asked.add_argument(
        "merge", nargs="*", type=Path, help="with --write: catalogues to take translations from"
    )
    given = asked.parse_args()
    if given.write:
        for left_over in write(merged=given.merge):
            print(left_over)
    finish(problems(), "translations: complete, a draft until a native speaker has read them")
