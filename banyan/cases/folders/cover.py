"""The cover of a case: the little that everybody assigned may know. No name, no place, no story."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec

from banyan.cases.acts import Signature, Statement
from banyan.cases.registers import Merged, Register, Remembered
from banyan.cases.stages import ALWAYS_WINS, Stage
from banyan.folders.epoch import Slot
from banyan.folders.seats import Seat, fits_in_case
from banyan.sealing.format import Bytes16, Bytes32, Count, Record
from banyan.sealing.keys import PublicKeys

Heads = Annotated[int, msgspec.Meta(ge=0, le=99)]
Code = Annotated[str, msgspec.Meta(max_length=40)]
NEEDS = ("medical", "children", "pregnancy", "disability", "trauma", "documents", "language", "legal")
Need = Literal["medical", "children", "pregnancy", "disability", "trauma", "documents", "language", "legal"]
PARTS = ("identity", "passage", "placement", "support")


class Opening(Record, frozen=True):
    """The case is opened on a conversation, with the person's consent.

    `number` stands for the case in acts and counts. `person` and `slot` are the person's public keys and the way
    into the conversation, for those who leave notes there; `counted` is the person's consent to figures.
    """

    reference: Annotated[str, msgspec.Meta(min_length=3, max_length=60)]
    conversation: Bytes32
    number: Bytes16
    person: PublicKeys
    slot: Slot
    adults: Heads
    children: Heads
    needs: tuple[Need, ...]
    counted: bool = False


class Cover(Record, frozen=True):
    """Later changes; each field is merged by itself."""

    adults: Heads | None = None
    children: Heads | None = None
    needs: tuple[Need, ...] | None = None
    counted: bool | None = None


class Note(Record, frozen=True):
    """An inner note for those assigned. The person does not read it."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=5_000)]


class Assigned(Record, frozen=True):
    """A member sits on the case with a seat, or no longer does."""

    member: Bytes16
    seat: Seat
    on: bool = True


class Part(Record, frozen=True):
    """Another folder of the case was founded; `slot` is the way into it for those who do not hold it."""

    kind: Literal["identity", "passage", "placement", "support"]
    slot: Slot


class FindingIn(Record, frozen=True):
    """A screener's finding is written: its folder and its name, which says nothing of what was found."""

    folder: Bytes32
    finding: Bytes32


class Proposed(Record, frozen=True):
    """An act of two that waits for the other signature; its author is who signed."""

    statement: Statement
    signature: Signature


class Acted(Record, frozen=True):
    """An act of two, with the signatures of both: its author's, and another's that stands in their own proposal."""

    statement: Statement
    signatures: tuple[Signature, Signature]


class TakenBack(Record, frozen=True):
    """Whoever signed a proposal first takes it back: a signature that comes later, or at once, brings nothing about."""

    proposal: Bytes32


class Moved(Record, frozen=True):
    """The case goes to another stage. A move that the table gives to an act rests on that act's entry."""

    to: Stage
    reason: Code = ""
    act: Bytes32 | None = None


class Halted(Record, frozen=True):
    """No go: whatever was agreed about the way is off until two sign again. It wins over what was done at once."""

    reason: Code


class Answer(Record, frozen=True):
    """Dropped by the person: their yes or no to the way that was planned. `nth` counts their answers: the last one
    holds, and of two at once the no.
    """

    nth: Count
    yes: bool


DOCUMENTS: dict[str, type[Record]] = {
    "opening": Opening,
    "cover": Cover,
    "note": Note,
    "assigned": Assigned,
    "part": Part,
    "finding-in": FindingIn,
    "proposed": Proposed,
    "acted": Acted,
    "taken-back": TakenBack,
    "moved": Moved,
    "halted": Halted,
    "answer": Answer,
}


@dataclass(frozen=True)
class Done:
    """An act of two that holds: the name of its entry, what was signed, by whom, and when (milliseconds)."""

    name: bytes
    statement: Statement
    signatures: tuple[Signature, ...]
    time: int

    @property
    def signers(self) -> frozenset[bytes]:
        """Who signed it."""
        return frozenset(one.member for one in self.signatures)


@dataclass(frozen=True)
class Waiting:
    """A proposal: the name of its entry, what is to be signed, and whose signature stands already."""

    name: bytes
    statement: Statement
    signature: Signature
    time: int


@dataclass
class Case(Merged):
    """What a cover comes to. What has no effect is named in `refused`, with the reason."""

    folder: bytes
    reference: str = ""
    opening: Opening | None = None
    opened: int = 0
    changed: int = 0
    fields: dict[str, Register[object]] = field(default_factory=dict)
    notes: list[tuple[bytes, int, bytes, str]] = field(default_factory=list)
    stage_: Register[Stage] = field(default_factory=Register)
    moves: list[tuple[Stage, int, bytes, str]] = field(default_factory=list)
    seats_: dict[tuple[bytes, Seat], Remembered[bool]] = field(default_factory=dict)
    parts_: dict[str, list[Slot]] = field(default_factory=dict)
    findings: dict[bytes, FindingIn] = field(default_factory=dict)
    proposals: list[Waiting] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    taken_back: list[tuple[bytes, int, Waiting]] = field(default_factory=list)
    halted: list[tuple[bytes, int, str]] = field(default_factory=list)
    halts: Register[bytes] = field(default_factory=Register)
    stopped: set[bytes] = field(default_factory=set)
    off: set[bytes] = field(default_factory=set)
    unheard: set[bytes] = field(default_factory=set)
    away: set[bytes] = field(default_factory=set)
    refused: list[tuple[bytes, str]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def conversation(self) -> bytes:
        """The person's conversation."""
        return self.opening.conversation if self.opening else b""

    @property
    def number(self) -> bytes:
        """What stands for the case in acts and counts."""
        return self.opening.number if self.opening else b""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stage, or all that were set at once. A withdrawal or a decline wins over the others."""
        values = self.stage_.values
        return next(((one,) for one in ALWAYS_WINS if one in values), values)

    @property
    def stage(self) -> Stage | None:
        """The one stage; None while several were set at once, and then nothing may rest on it."""
        return self.stages[0] if len(self.stages) == 1 else None

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Fields that were set to different values at once."""
        found = tuple(key for key, register in self.fields.items() if register.conflict)
        return (*(("stage",) if len(self.stages) > 1 else ()), *found)

    def sits(self, member: bytes, *seats: Seat) -> bool:
        """Whether a member sits on the case with one of these seats. Leaving wins over staying; seats that never meet,
        given at once, count neither.
        """
        return fits_in_case({seat for who, seat in self.seats_ if who == member}) and any(
            ident == member and seat in seats and all(register.values)
            for (ident, seat), register in self.seats_.items()
        )

    def seated(self, seat: Seat) -> tuple[bytes, ...]:
        """The members who sit on the case with a seat."""
        return tuple(sorted(who for who, held in self.seats_ if held is seat and self.sits(who, seat)))

    def part(self, kind: str) -> Slot | None:
        """The way into another folder of the case; of several founded at once the first by id."""
        return min(self.parts_.get(kind, ()), key=lambda slot: slot.folder, default=None)

    def standing(self, act: str) -> Done | None:
        """The newest act of this name that still stands: not halted, not used up, not of an earlier time through."""
        found = (one for one in reversed(self.done) if one.statement.act == act)
        return next((one for one in found if one.name not in self.off), None)

    @property
    def says(self) -> bool | None:
        """The person's last yes or no to the way; None while there is none."""
        last = max((one.nth for one in self.answers), default=0)
        said = [one.yes for one in self.answers if one.nth == last]
        return all(said) if said else None

    @property
    def may_go(self) -> Done | None:
        """The go by which the person may set out: two signed it, nobody halted it, and their own last answer is yes."""
        return self.standing("go") if self.says else None

    @property
    def stopped_unheard(self) -> tuple[int, str] | None:
        """When (milliseconds) and why the way was stopped, where whoever confirmed the arrival had not heard of it;
        until shelter has received them.
        """
        stops = ((time, reason) for name, time, reason in self.halted if name in self.unheard)
        return max(stops, default=None) if Stage.RECEPTION in self.stages else None

    def waiting(self, now: int) -> list[Waiting]:
        """Proposals that have not lapsed, were not taken back or halted, are no act yet, and whose signer is an active
        member.
        """
        signed = self.stopped | {one.statement.nonce for one in self.done}
        left = (
            one for one in self.proposals if one.statement.nonce not in signed and one.name not in self.away
        )
        return [one for one in left if now <= one.statement.expires]

    def signed_first(self, member: bytes, now: int) -> list[Waiting]:
        """What waits and was signed first by this member."""
        return [one for one in self.waiting(now) if one.signature.member == member]
