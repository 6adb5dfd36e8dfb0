"""The tally: coarse facts for counting, dropped by each act into a box of its month that two of figures hold.

A drop names a case by a number that leads to no folder, and carries the signatures of the act that it counts.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec

from banyan.cases.acts import Signature, Statement
from banyan.cases.folders.reading import counting
from banyan.folders.history import History
from banyan.sealing.format import Bytes16, Bytes32, Record

Code = Annotated[str, msgspec.Meta(max_length=40)]
Month = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Event = Literal[
    "asked", "waiting", "admitted", "declined", "arrived", "settled", "closed", "withdrawn", "uncounted"
]


class Box(Record, frozen=True):
    """The folder takes what is counted from this month on, until a later box is open."""

    month: Month


class Counted(Record, frozen=True):
    """Something happened to a case in a month. Empty codes: not known to whoever drops it. `uncounted`: the person
    took their consent to figures back.
    """

    number: Bytes16
    event: Event
    month: Month
    force: Code = ""
    rank_band: Code = ""
    region: Code = ""
    adults: Annotated[int, msgspec.Meta(ge=0, le=99)] = 0
    children: Annotated[int, msgspec.Meta(ge=0, le=99)] = 0
    statement: Statement | None = None
    signatures: Annotated[tuple[Signature, ...], msgspec.Meta(max_length=2)] = ()


class Shown(Record, frozen=True):
    """One person in a publication: their number, and the quarter, force and rank band under which they were counted."""

    number: Bytes16
    quarter: Code
    force: Code
    rank_band: Code


class Published(Record, frozen=True):
    """These people stand in a publication (the id of its act on the roster), by what was counted of them; none of
    them is counted so again. Where the act was never placed, it says nothing.
    """

    publication: Bytes32
    measure: Code
    people: Annotated[tuple[Shown, ...], msgspec.Meta(max_length=20_000)]


DOCUMENTS: dict[str, type[Record]] = {"box": Box, "counted": Counted, "published": Published}


@dataclass
class Tally:
    """What a box comes to: all that was dropped, by when, with who dropped it; and what was published of it."""

    folder: bytes
    month: str = ""
    counted: list[tuple[int, bytes, Counted]] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)


def fold(history: History) -> Tally:
    """The state of a box."""
    state = Tally(history.folder)
    for told, document in counting(history, DOCUMENTS):
        if isinstance(document, Box):
            state.month = state.month or document.month
        elif isinstance(document, Counted) and told.opened.drop:
            state.counted.append((told.opened.entry.time, told.opened.author, document))
        elif isinstance(document, Published):
            state.published.append(document)
    return state
