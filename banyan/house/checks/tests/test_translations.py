"""A catalogue of a few texts, whole at first, then damaged in each way that a reader would notice."""

from __future__ import annotations

import polib
import pytest

from banyan.house.checks import translations
from banyan.house.checks.texts import Key, collect, unreadable

PAGES = """
from django.utils.translation import gettext as _, ngettext, pgettext

TITLE = _("Nothing is due")
def late(n): return ngettext("%(n)s is late", "%(n)s are late", n)
WAY = pgettext("road", "way")
"""
TEMPLATE = """{% load i18n %}<main>
    <h1>{% translate "It's open" %}</h1>
  {% blocktranslate with name=who %}Hello <b>{{ name }}</b>{% endblocktranslate %}
</main>
"""
BURMESE = {
    "Nothing is due": "ယနေ့ လုပ်စရာ မရှိပါ",
    "%(n)s is late": "%(n)s ခု နောက်ကျနေသည်",
    "way": "လမ်း",
    "It's open": "ဖွင့်ထားသည်",
    "Hello <b>%(name)s</b>": "မင်္ဂလာပါ <b>%(name)s</b>",
}


def translate(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = {0: BURMESE[entry.msgid]}
    else:
        entry.msgstr = BURMESE[entry.msgid]


@pytest.fixture
def catalogue(checkout, put):
    put("banyan/pages.py", PAGES)
    put("banyan/templates/page.html", TEMPLATE)
    translations.write(checkout)
    path = checkout / translations.CATALOGUE
    book = polib.pofile(str(path))
    for entry in book:
        translate(entry)
    book.save(str(path))
    translations.write(checkout)
    return path


def said(checkout) -> str:
    return "\n".join(translations.problems(checkout))


def test_texts_of_python_and_templates_are_found(checkout, catalogue):
    assert list(collect(checkout)) == [
        Key(None, "Nothing is due"),
        Key(None, "%(n)s is late", "%(n)s are late"),
        Key("road", "way"),
        Key(None, "It's open"),
        Key(None, "Hello <b>%(name)s</b>"),
    ]


def test_a_whole_catalogue_has_no_problem_and_says_that_it_is_a_draft(checkout, catalogue):
    assert said(checkout) == ""
    assert "draft: not yet read by a native speaker" in polib.pofile(str(catalogue)).header


@pytest.mark.parametrize(
    ("msgid", "msgstr", "problem"),
    [
        ("Nothing is due", "", "not translated: 'Nothing is due'"),
        ("Hello <b>%(name)s</b>", "မင်္ဂလာပါ <b>%(nam)s</b>", "placeholders differ"),
        ("Hello <b>%(name)s</b>", "မင်္ဂလာပါ %(name)s", "tags differ"),
        ("way", "ျမန္မာႏိုင္ငံ လမ္း", "looks like Zawgyi"),
    ],
)
def test_a_translation_that_would_mislead_is_named(checkout, catalogue, msgid, msgstr, problem):
    book = polib.pofile(str(catalogue))
    next(entry for entry in book if entry.msgid == msgid).msgstr = msgstr
    book.save(str(catalogue))
    assert problem in said(checkout)


def test_texts_that_came_and_went_are_named_and_write_mends_the_list(checkout, catalogue, put):
    put("banyan/pages.py", PAGES.replace("Nothing is due", "All is well"))
    assert "not in the catalogue: 'All is well'" in said(checkout)
    assert "shown nowhere any more: 'Nothing is due'" in said(checkout)
    translations.write(checkout)
    assert said(checkout) == "not translated: 'All is well'"


def test_pairs_of_others_are_merged_and_those_that_fit_nothing_are_told(checkout, catalogue, put):
    put("banyan/pages.py", PAGES.replace("Nothing is due", "All is well"))
    pairs = put("pairs.po", 'msgid "All is well"\nmsgstr "အားလုံး ကောင်းသည်"\n\nmsgid "Gone"\nmsgstr "မရှိ"\n')
    assert translations.write(checkout, [pairs]) == ["fits no text: 'Gone'"]
    assert said(checkout) == ""


def test_a_stale_compiled_catalogue_is_named(checkout, catalogue):
    compiled = catalogue.with_suffix(".mo")
    compiled.write_bytes(compiled.read_bytes()[:-1] + b"x")
    assert "its .mo differ" in said(checkout)


def test_a_text_put_together_while_running_is_named(checkout, put):
    put("banyan/pages.py", 'late = _(f"{n} late")\nfine = _("fine")\n')
    assert list(unreadable(checkout)) == ["banyan/pages.py:1 translates something that is not written out"]
