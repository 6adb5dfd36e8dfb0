"""The identity: who somebody is, for those who screen and for nobody else. It never meets a place.

The person tells it to the screeners by dropping answers here: the desk of intake does not see them.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec

from banyan.cases.folders.reading import counting
from banyan.cases.registers import Merged, Register, fields_of, put_fields
from banyan.folders.history import History
from banyan.sealing.format import Bytes32, Count, Record

Name = Annotated[str, msgspec.Meta(max_length=200)]
Words = Annotated[str, msgspec.Meta(max_length=2_000)]
Code = Annotated[str, msgspec.Meta(max_length=40)]


class Begun(Record, frozen=True):
    """The folder belongs to the case with this cover."""

    cover: Bytes32


class Told(Record, frozen=True):
    """What the person tells: names as given, and answers in their own words. `nth` counts their tellings."""

    nth: Count
    given: Name = ""
    burmese: Name = ""
    romanised: Name = ""
    zawgyi: Literal["no", "converted", "doubt"] = "no"
    words: Words = ""


class Person(Record, frozen=True):
    """What the screeners note; each field is merged by itself. A year, never a day of birth."""

    given: Name | None = None
    burmese: Name | None = None
    romanised: Name | None = None
    birth_year: Annotated[int, msgspec.Meta(ge=1900, le=2100)] | None = None
    service_number: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class Evidence(Record, frozen=True):
    """A piece of evidence was looked at: its kind, and what became of it. Never the thing itself."""

    kind: Code
    kept: Literal["returned", "destroyed", "sealed"]


DOCUMENTS: dict[str, type[Record]] = {"begun": Begun, "told": Told, "person": Person, "evidence": Evidence}


@dataclass
class Identity(Merged):
    """What an identity folder comes to."""

    folder: bytes
    cover: bytes = b""
    fields: dict[str, Register[object]] = field(default_factory=dict)
    told: list[tuple[int, Told]] = field(default_factory=list)
    evidence: list[tuple[int, bytes, Evidence]] = field(default_factory=list)


def fold(history: History) -> Identity:
    """The state of an identity folder. What the person told is in the order of their telling."""
    state = Identity(history.folder)
    for told, document in counting(history, DOCUMENTS):
        time = told.opened.entry.time
        if isinstance(document, Begun):
            state.cover = state.cover or document.cover
        elif isinstance(document, Told):
            state.told.append((time, document))
        elif isinstance(document, Person):
            put_fields(state.fields, told.name, fields_of(document), history.causal)
        elif isinstance(document, Evidence):
            state.evidence.append((time, told.opened.author, document))
    state.told.sort(key=lambda one: (one[1].nth, one[0]))
    return state
