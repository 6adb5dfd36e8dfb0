"""A finding: what one screener found, on criteria that the programme's pack names. One folder each.

It is blind by its keys: the other screener is given one only when both are in.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from banyan.cases.folders.reading import counting
from banyan.folders.history import History
from banyan.sealing.format import Bytes32, Count, Record

Code = Annotated[str, msgspec.Meta(max_length=40)]
Answer = Literal["met", "not_met", "unknown"]
Verdict = Literal["eligible", "not_eligible"]


class Criterion(Record, frozen=True):
    """One criterion of the pack, answered, and the kind of evidence that the answer rests on."""

    criterion: Code
    answer: Answer
    evidence: Code = ""


class Finding(Record, frozen=True):
    """What was found. `version` is that of the pack's criteria; the coarse facts are for counting."""

    cover: Bytes32
    version: Count
    answers: Annotated[tuple[Criterion, ...], msgspec.Meta(max_length=40)]
    verdict: Verdict
    force: Code = ""
    rank_band: Code = ""
    legal_advice: bool = False
    words: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


DOCUMENTS: dict[str, type[Record]] = {"finding": Finding}


@dataclass
class Found:
    """What a finding's folder comes to: the first finding, by whom, and its name. There is no second."""

    folder: bytes
    finding: Finding | None = None
    name: bytes = b""
    author: bytes = b""
    time: int = 0


def fold(history: History) -> Found:
    """The state of a finding's folder."""
    state = Found(history.folder)
    for told, document in counting(history, DOCUMENTS):
        if isinstance(document, Finding) and state.finding is None:
            state.finding, state.name = document, told.name
            state.author, state.time = told.opened.author, told.opened.entry.time
    return state
