"""A view as large as that of many years: rows of invented conversations or cases, written by the same models, without
entries.

Their folders are in no store, so no page of theirs can be opened, and none of them agrees to be served (today's page
would look for their age); the lists and the search do not know the difference.
"""

import secrets
from random import Random

from banyan.cases.memory import words
from banyan.cases.models import CaseRow, ConversationRow, FolderRow
from banyan.cases.reference import reference_of
from banyan.cases.stages import Stage
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


def swell_cases(view: View, cases: int) -> None:
    """Add cases of this member's that were closed long ago, each with its folder of money, up to so many."""
    rows = CaseRow.objects.using(view.alias)
    there, like = rows.filter(mine=True).count(), rows.filter(mine=True).first()
    if like is None:
        raise AssertionError("there is no case to make others like")
    for start in range(there, cases, AT_ONCE):
        covers = [secrets.token_bytes(32) for _ in range(min(AT_ONCE, cases - start))]
        rows.bulk_create([_closed(like, cover) for cover in covers])
        money = [
            FolderRow(folder=secrets.token_bytes(32), kind="support", holders=b"", cover=c) for c in covers
        ]
        FolderRow.objects.using(view.alias).bulk_create(money)
        Taken._default_manager.using(view.alias).bulk_create(
            Taken(folder=folder, seals=secrets.token_bytes(32 * SEALS))
            for folder in (*covers, *(bytes(one.folder) for one in money))
        )


def _closed(row: CaseRow, cover: bytes) -> CaseRow:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    over = {"stage": Stage.CLOSED.value, "waits": "", "changed": 0, "missing": 0, "warnings": 0}
    return CaseRow(**fields | over | {"folder": cover, "reference": reference_of(cover)})
