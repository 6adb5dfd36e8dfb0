"""What Banyan will not hold has no field to be held in."""

import msgspec
import pytest

from banyan.cases.folders import DOCUMENTS
from banyan.cases.models import CaseRow, ConversationRow, FolderRow
from banyan.cases.table import TABLE
from banyan.sealing.format import Record

NEVER = (
    "position", "coordinate", "latitude", "longitude", "gps", "geo", "photo", "face", "picture", "fingerprint",
    "biometric", "serial", "weapon", "unit", "strength", "orders", "plans", "target", "intelligence", "bounty",
    "reward", "ranking", "score", "rating", "risk_level", "phone", "email", "address",
)  # fmt: skip
EXACTLY = ("rank", "name", "place", "location", "house", "plan", "order")


def fields_of(record: type[Record]) -> set[str]:
    """The names of a record's fields, and of the records in it."""
    return {field.name for field in msgspec.structs.fields(record)}


@pytest.mark.parametrize("kind", DOCUMENTS, ids=lambda kind: "-".join(kind))
def test_no_document_has_a_field_for_what_is_never_held(kind):
    for field in fields_of(DOCUMENTS[kind]):
        assert field not in EXACTLY and not any(word in field for word in NEVER), field


@pytest.mark.parametrize("model", [CaseRow, ConversationRow, FolderRow])
def test_no_list_has_a_column_for_it_either(model):
    for field in model._meta.get_fields():
        assert field.name not in EXACTLY and not any(word in field.name for word in NEVER), field.name


def test_the_test_itself_finds_such_a_field():
    class Sighting(Record, frozen=True):
        grid_position: str
        rank: str

    found = fields_of(Sighting)
    assert any(any(word in field for word in NEVER) for field in found) and found & set(EXACTLY)


def test_every_document_belongs_to_a_folder_and_is_written_by_somebody():
    listed = {(row.kind, name) for row in TABLE.values() for name in (*row.documents, *row.drops)}
    assert listed == set(DOCUMENTS)
    assert all(writers for row in TABLE.values() for writers in row.documents.values())
