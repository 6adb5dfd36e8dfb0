"""A view as large as that of many years: rows of invented conversations, written by the same models, without entries.

Their folders are in no store, so no page of theirs can be opened, and none of them agrees to be served (today's page
would look for their age); the lists and the search do not know the difference.
"""

import secrets
from random import Random

from banyan.cases.memory import words
from banyan.cases.models import ConversationRow, FolderRow
from banyan.cases.reference import reference_of
from banyan.cases.view import Taken, View
from banyan.house.demo import texts

AT_ONCE = 2_000
SEALS = 12  # of a conversation of the crowd, as its desk has opened them


def swell(view: View, cases: int) -> None:
    """Add rows like those that are there, up to so many conversations."""
    rows, random = ConversationRow.objects.using(view.alias), Random(cases)  # noqa: S311
    like = list(rows.all())
    holders = bytes(FolderRow.objects.using(view.alias).values_list("holders", flat=True)[0])
    for start in range(len(like), cases, AT_ONCE):
        folders = [secrets.token_bytes(32) for _ in range(min(AT_ONCE, cases - start))]
        _write(view, folders, holders, start + 1_000_000, random)
        rows.bulk_create([_another(random.choice(like), folder) for folder in folders])


def _write(view: View, folders: list[bytes], holders: bytes, number: int, random: Random) -> None:
    numbered = list(enumerate(folders, number))
    Taken._default_manager.using(view.alias).bulk_create(
        Taken(number=number, folder=folder, seals=secrets.token_bytes(32 * SEALS))
        for number, folder in numbered
    )
    FolderRow.objects.using(view.alias).bulk_create(
        FolderRow(folder=folder, kind="conversation", holders=holders) for folder in folders
    )
    for number, folder in numbered:
        words.put(view.alias, number, [reference_of(folder), *_said(random)])


def _said(random: Random) -> list[str]:
    language = random.choice(("en", "my"))
    return [
        texts.first_message(language, random, danger=False),
        texts.answer(language, random),
        texts.more(language, random),
        texts.answer(language, random),
    ]


def _another(row: ConversationRow, folder: bytes) -> ConversationRow:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return ConversationRow(**fields | {"folder": folder, "reference": reference_of(folder), "consent": False})
