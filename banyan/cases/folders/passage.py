"""The passage: the safety plan and the way out. Each leg of the way is a folder of its own, for its guide alone.

The person drops their check-ins and their arrival here; their yes or no goes to the cover, to all on the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal

import msgspec

from banyan.cases.deadlines import times_missed, word_due
from banyan.cases.folders.reading import counting
from banyan.cases.registers import Merged, Register, fields_of, put_fields
from banyan.folders.history import History
from banyan.sealing.format import Bytes16, Bytes32, Count, Record

Code = Annotated[str, msgspec.Meta(max_length=40)]
Codes = Annotated[tuple[Code, ...], msgspec.Meta(max_length=20)]
Words = Annotated[str, msgspec.Meta(max_length=2_000)]


class Begun(Record, frozen=True):
    """The folder belongs to the case with this cover."""

    cover: Bytes32


class SafetyPlan(Record, frozen=True):
    """The safety plan; each field is merged by itself. `if_silent` is what is done when no word comes."""

    threats: Codes | None = None
    stays_behind: Annotated[int, msgspec.Meta(ge=0, le=99)] | None = None
    first_step: Words | None = None
    if_silent: Words | None = None
    call_off: Words | None = None
    region: Code | None = None


class Leg(Record, frozen=True, omit_defaults=True):
    """A leg of the way: its number, its folder, its guide. What the guide must know stands in that folder. `knows` are
    the names of the last move and the last halts of the case that its planner had heard of: one that comes later or at
    once is against this leg too.
    """

    nth: Annotated[int, msgspec.Meta(ge=1, le=40)]
    folder: Bytes32
    guide: Bytes16
    knows: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=16)] = ()


class Reporting(Record, frozen=True):
    """When the person on the way gives word next (milliseconds), and every how many hours; 0 ends it."""

    next_due: Count
    every_hours: Annotated[int, msgspec.Meta(ge=0, le=24 * 60)]


class Word(Record, frozen=True):
    """The person on the way gives word."""

    nth: Count
    how: Literal["ok", "not_ok", "arrived"]


DOCUMENTS: dict[str, type[Record]] = {
    "begun": Begun,
    "safety-plan": SafetyPlan,
    "leg": Leg,
    "reporting": Reporting,
    "word": Word,
}


@dataclass
class Passage(Merged):
    """What a passage folder comes to. `planned` is the name of the last entry of the plan: a go rests on it, and on the
    others of `plans`, where two changed the plan at once. `agreed_at` is when words were last agreed (milliseconds);
    `beside` are the folders of passages that others began at once, whose legs and words are joined here.
    """

    folder: bytes
    cover: bytes = b""
    fields: dict[str, Register[object]] = field(default_factory=dict)
    planned: bytes = b""
    plans: Register[bytes] = field(default_factory=Register)
    legs: dict[int, Register[Leg]] = field(default_factory=dict)
    reporting: Register[tuple[int, int]] = field(default_factory=Register)
    agreed_at: int = 0
    beside: tuple[bytes, ...] = ()
    words: list[tuple[int, Word]] = field(default_factory=list)

    @property
    def last_word(self) -> tuple[int, Word] | None:
        """The person's last word on the way, and when it came (milliseconds)."""
        return max(self.words, key=lambda one: (one[1].nth, one[0]), default=None)

    @property
    def due(self) -> int | None:
        """When the next word is due (milliseconds); None where none is agreed, or the person said that they have
        arrived and nothing was agreed since.
        """
        last = self.last_word
        if last and last[1].how == "arrived" and last[0] >= self.agreed_at:
            return None
        return word_due(self.reporting.values, last[0] if last else 0)

    def missed(self, now: int) -> int:
        """How many agreed words have not come."""
        return times_missed(self.reporting.values, self.due, now)


def fold(history: History) -> Passage:
    """The state of a passage folder."""
    state = Passage(history.folder)
    for told, document in counting(history, DOCUMENTS):
        if isinstance(document, Begun):
            state.cover = state.cover or document.cover
        elif isinstance(document, SafetyPlan):
            put_fields(state.fields, told.name, fields_of(document), history.causal)
            state.planned = told.name
            state.plans.put(told.name, told.name, history.causal)
        elif isinstance(document, Leg):
            state.legs.setdefault(document.nth, Register()).put(told.name, document, history.causal)
        elif isinstance(document, Reporting):
            value = (document.next_due, document.every_hours)
            state.reporting.put(told.name, value, history.causal)
            state.agreed_at = max(state.agreed_at, told.opened.entry.time)
        elif isinstance(document, Word):
            state.words.append((told.opened.entry.time, document))
    state.words.sort(key=lambda one: (one[1].nth, one[0]))  # as the person counts them
    return state


def joined(first: Passage, others: Sequence[Passage]) -> Passage:
    """The passage that counts, with the legs, the words and what was agreed of words of those begun at once with it: on
    the way nobody may be lost. The plan is that of the first.
    """
    legs, every = dict[int, Register[Leg]](), (first, *others)
    for nth in sorted({nth for one in every for nth in one.legs}):
        legs[nth] = Register([said for one in every if nth in one.legs for said in one.legs[nth].standing])
    return replace(
        first, legs=legs, beside=tuple(one.folder for one in others),
        reporting=Register([said for one in every for said in one.reporting.standing]),
        agreed_at=max(one.agreed_at for one in every),
        words=sorted((said for one in every for said in one.words), key=lambda one: (one[1].nth, one[0])),
    )  # fmt: skip
