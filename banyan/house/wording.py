"""The sentences of the door as the programme has them: its own words over the catalogues, and Burmese under the others.

The pack exchanges a sentence by its English text. Only sentences of the door can be exchanged, and the mark-up and the
blanks to be filled in stay as they were; what does not fit is refused by name, for a typo must not do nothing.
"""

from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from django.utils.translation import trans_real
from polib import POEntry, POFile

from banyan.house import catalogues
from banyan.language.choices import PackFault
from banyan.language.frontage import Frontage, said_in
from banyan.language.pack import front_of_pack

# What the door is called, and the head of its first page, where the pack gives none.
NAME, HEADING = "Talk to us", "We are here to listen to you"
KEPT = re.compile(r"%\(\w+\)[sdif]|%[sdif]|</?[a-zA-Z][^>]*>")
MARKUP = re.compile(r'[<>"]')


def put_on() -> None:
    """Say at this door what the pack says. Raises `PackFault` for a sentence that the door does not say."""
    front = front_of_pack()
    check(front)
    for language, _own_name in settings.LANGUAGES:
        spoken = trans_real.translation(language)
        if language not in catalogues.ALWAYS:
            # Django goes on to English at once; a reader of Shan or Karen reads Burmese more likely.
            spoken._fallback = trans_real.translation(catalogues.BURMESE)  # type: ignore[attr-defined]
        if front.name or front.heading or front.words:
            spoken.merge(_catalogue(front, language))


def check(front: Frontage) -> None:
    """Raise `PackFault` for words that fit no sentence of the door."""
    fault = next(_faults(front), None)
    if fault:
        raise PackFault(f"door.toml: words: {fault}")


def _faults(front: Frontage) -> Iterator[str]:
    known = {entry.msgid: entry for entry in catalogues.texts_of_door()} if front.words else {}
    for sentence, said in front.words.items():
        if sentence not in known:
            yield f"the door does not say {sentence!r}"
            continue
        many = known[sentence].msgid_plural
        for text in said.values():
            if not many and Counter(KEPT.findall(text)) != Counter(KEPT.findall(sentence)):
                yield f"{sentence!r}: the blanks or the mark-up differ in {text!r}"
            if many and not set(KEPT.findall(text)) <= set(KEPT.findall(sentence) + KEPT.findall(many)):
                yield f"{sentence!r}: the blanks or the mark-up differ in {text!r}"
            # A sentence may stand inside a tag, and Django does not escape what a template marks.
            if MARKUP.search(KEPT.sub("", text)):
                yield f"{sentence!r}: no <, > or straight quotation mark in {text!r}"


def _catalogue(front: Frontage, language: str) -> gettext.GNUTranslations:
    """The pack's own words of one language, as gettext has them."""
    book = POFile()
    plural = "nplurals=2; plural=(n != 1);" if language == "en" else "nplurals=1; plural=0;"
    book.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": plural}
    book.extend(_entries(front, language))
    return gettext.GNUTranslations(BytesIO(book.to_binary()))


def _entries(front: Frontage, language: str) -> Iterator[POEntry]:
    for sentence, said in ((NAME, front.name), (HEADING, front.heading)):
        if said:
            yield POEntry(msgid=sentence, msgstr=said_in(said, language))
    for entry in catalogues.texts_of_door():
        text = front.words.get(entry.msgid, {}).get(language)
        if text and entry.msgid_plural:
            forms = {0: text, 1: text} if language == "en" else {0: text}
            yield POEntry(
                msgid=entry.msgid, msgid_plural=entry.msgid_plural, msgctxt=entry.msgctxt, msgstr_plural=forms
            )
        elif text:
            yield POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgstr=text)
