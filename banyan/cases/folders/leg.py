"""One leg of the way, for the planner and its one guide. It says where from and where to, and never for whom."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec

from banyan.cases.folders.reading import counting
from banyan.cases.registers import Merged, Register, fields_of, put_fields
from banyan.folders.history import History
from banyan.sealing.format import Bytes32, Count, Record

Code = Annotated[str, msgspec.Meta(max_length=40)]
Words = Annotated[str, msgspec.Meta(max_length=1_000)]


class Begun(Record, frozen=True):
    """The folder is the leg `nth` of a passage; the guide is not told of which case."""

    passage: Bytes32
    nth: Annotated[int, msgspec.Meta(ge=1, le=40)]


class Way(Record, frozen=True):
    """What the guide must know; each field is merged by itself. `starts` in milliseconds."""

    meet: Words | None = None
    end: Words | None = None
    means: Code | None = None
    starts: Count | None = None
    people: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None
    sign: Words | None = None


class Said(Record, frozen=True):
    """The guide says how it goes. `trouble` and `declined` win over whatever was said at once."""

    how: Literal["accepted", "declined", "met", "done", "trouble"]
    words: Words = ""


class CalledOff(Record, frozen=True):
    """The planner calls the leg off."""


DOCUMENTS: dict[str, type[Record]] = {"begun": Begun, "way": Way, "said": Said, "called-off": CalledOff}
WINS = ("trouble", "declined", "accepted", "met", "done")  # of what was said at once: the least that is sure


@dataclass
class LegState(Merged):
    """What a leg comes to."""

    folder: bytes
    passage: bytes = b""
    nth: int = 0
    fields: dict[str, Register[object]] = field(default_factory=dict)
    said_: Register[str] = field(default_factory=Register)
    said: list[tuple[int, bytes, Said]] = field(default_factory=list)
    off: bool = False

    @property
    def state(self) -> str:
        """asked, accepted, declined, met, done, trouble or off."""
        if self.off:
            return "off"
        values = self.said_.values
        return next((one for one in WINS if one in values), "asked")


def fold(history: History) -> LegState:
    """The state of a leg."""
    state = LegState(history.folder)
    for told, document in counting(history, DOCUMENTS):
        if isinstance(document, Begun):
            state.passage, state.nth = document.passage, document.nth
        elif isinstance(document, Way):
            put_fields(state.fields, told.name, fields_of(document), history.causal)
        elif isinstance(document, Said):
            state.said_.put(told.name, document.how, history.causal)
            state.said.append((told.opened.entry.time, told.opened.author, document))
        elif isinstance(document, CalledOff):
            state.off = True
    return state
