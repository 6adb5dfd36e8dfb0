"""The placement: in which house a household lives. It knows no name; a house's own folder knows no case."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec

from banyan.cases.folders.reading import counting
from banyan.cases.registers import Register
from banyan.folders.history import History
from banyan.sealing.format import Bytes16, Bytes32, Count, Record

Code = Annotated[str, msgspec.Meta(max_length=40)]
Words = Annotated[str, msgspec.Meta(max_length=1_000)]


class Begun(Record, frozen=True):
    """The folder belongs to the case with this cover."""

    cover: Bytes32


class Arriving(Record, frozen=True):
    """Dropped by the planner: who comes when (milliseconds), roughly where. Nothing of the way."""

    due: Count
    region: Code
    words: Words = ""


class Asked(Record, frozen=True):
    """Beds in a house are asked for: `key` names the request there too. Of two standing at once one must be chosen."""

    shelter: Bytes32
    key: Bytes16
    people: Annotated[int, msgspec.Meta(ge=1, le=99)]


class Placed(Record, frozen=True):
    """The keeper has confirmed, and the household is there."""

    key: Bytes16


class Left(Record, frozen=True):
    """The household left the house, or a request was withdrawn."""

    key: Bytes16
    why: Literal["moved", "own_place", "left", "withdrawn", "refused"]


DOCUMENTS: dict[str, type[Record]] = {
    "begun": Begun,
    "arriving": Arriving,
    "asked": Asked,
    "placed": Placed,
    "left": Left,
}


@dataclass
class Placement:
    """What a placement comes to: requests by key, and of each whether it was filled or ended."""

    folder: bytes
    cover: bytes = b""
    arriving: list[tuple[int, Arriving]] = field(default_factory=list)
    asked: dict[bytes, Asked] = field(default_factory=dict)
    placed: dict[bytes, int] = field(default_factory=dict)
    left: dict[bytes, tuple[int, str]] = field(default_factory=dict)
    current: Register[bytes] = field(default_factory=Register)

    @property
    def standing(self) -> list[Asked]:
        """The requests that have not ended. Two or more: a visible conflict."""
        return [self.asked[key] for key in self.current.values if key in self.asked and key not in self.left]

    @property
    def lives_in(self) -> Asked | None:
        """Where the household lives now, also while another house is asked."""
        return next(
            (self.asked[key] for key in self.placed if key in self.asked and key not in self.left), None
        )


def fold(history: History) -> Placement:
    """The state of a placement. An end wins over whatever was done at once."""
    state = Placement(history.folder)
    for told, document in counting(history, DOCUMENTS):
        time = told.opened.entry.time
        if isinstance(document, Begun):
            state.cover = state.cover or document.cover
        elif isinstance(document, Arriving):
            state.arriving.append((time, document))
        elif isinstance(document, Asked):
            state.asked[document.key] = document
            state.current.put(told.name, document.key, history.causal)
        elif isinstance(document, Placed):
            state.placed[document.key] = time
        elif isinstance(document, Left):
            state.left[document.key] = (time, document.why)
    return state
