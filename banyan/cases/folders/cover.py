"""The cover of a case: the little that everybody assigned may know. No name, no place, no story."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from banyan.cases.registers import Register, fields_of, put_fields
from banyan.folders.history import History
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Bytes32, Record, read


class Stage(StrEnum):
    """Where a case stands, in the field's standard terms (IDDRS, ICRS, inter-agency case management)."""

    INTAKE = "intake"
    WAITING = "waiting"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


Heads = Annotated[int, msgspec.Meta(ge=0, le=99)]
NEEDS = ("medical", "children", "pregnancy", "disability", "trauma", "documents", "language", "legal")
Need = Literal["medical", "children", "pregnancy", "disability", "trauma", "documents", "language", "legal"]


class Opening(Record, frozen=True):
    """The case is opened on a conversation, with the person's consent."""

    reference: Annotated[str, msgspec.Meta(min_length=3, max_length=60)]
    conversation: Bytes32
    adults: Heads
    children: Heads
    needs: tuple[Need, ...]


class Cover(Record, frozen=True):
    """Later changes; each field is merged by itself."""

    stage: Stage | None = None
    adults: Heads | None = None
    children: Heads | None = None
    needs: tuple[Need, ...] | None = None


class Note(Record, frozen=True):
    """An inner note for those assigned. The person does not read it."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=5_000)]


DOCUMENTS: dict[str, type[Record]] = {"opening": Opening, "cover": Cover, "note": Note}


@dataclass
class Case:
    """What a cover comes to."""

    folder: bytes
    reference: str = ""
    conversation: bytes = b""
    opened: int = 0
    fields: dict[str, Register[object]] = field(default_factory=dict)
    notes: list[tuple[bytes, int, bytes, str]] = field(default_factory=list)

    def one(self, key: str) -> object | None:
        """A field's one value, or None where it is open or in conflict."""
        register = self.fields.get(key)
        return register.value if register else None

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Fields that were set to different values at once. A stage must be settled before anything rests on
        it.
        """
        return tuple(key for key, register in self.fields.items() if register.conflict)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stage, or all that were set at once."""
        register = self.fields.get("stage")
        return tuple(str(value) for value in register.values) if register else ()


def fold(history: History) -> Case:
    """The state of a case: pure, in causal order."""
    case = Case(history.folder)
    for told in history.counting:
        record = DOCUMENTS.get(told.opened.kind)
        if record is None:
            continue
        try:
            document = read(told.opened.entry.document, record)
        except Damaged:
            continue
        if isinstance(document, Opening):
            if case.reference:
                continue  # a case is opened once
            case.reference, case.conversation = document.reference, document.conversation
            case.opened = told.opened.entry.time
            start = Cover(Stage.INTAKE, document.adults, document.children, document.needs)
            put_fields(case.fields, told.name, fields_of(start), history.causal)
        elif isinstance(document, Cover):
            put_fields(case.fields, told.name, fields_of(document), history.causal)
        elif isinstance(document, Note):
            case.notes.append((told.name, told.opened.entry.time, told.opened.author, document.text))
    return case
