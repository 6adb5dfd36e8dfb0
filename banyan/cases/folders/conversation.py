"""The conversation: between one person at the door and the two of intake who answer.

The person holds its key. So nothing stands here that a person may not read: no pseudonym, no inner note.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec

from banyan.cases.deadlines import word_due
from banyan.cases.folders.file import File
from banyan.cases.registers import Register, fields_of, put_fields
from banyan.folders.epoch import Slot
from banyan.folders.history import History, Told
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Bytes16, Bytes32, Count, Record, read

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
Short = Annotated[str, msgspec.Meta(max_length=300)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Language = Annotated[str, msgspec.Meta(min_length=2, max_length=12)]

LetterKind = Literal["names", "question", "way", "bed", "money", "word"]
PURPOSES = ("service", "figures", "share")


class Message(Record, frozen=True, omit_defaults=True):
    """What somebody wrote, and in which language the page was. `typed` is how it was typed, where the text was read
    from another encoding (Zawgyi); left out where it is empty, so that a message has the bytes that it always had.
    """

    text: Text
    language: Language
    typed: Annotated[str, msgspec.Meta(max_length=20_000)] = ""


class EraseAsked(Record, frozen=True):
    """The person wants all of it erased, also what other desks keep: two people do that."""


class About(Record, frozen=True):
    """The coded answers; only those that were given are set, and each is merged by itself."""

    danger: bool | None = None
    concern: Code | None = None
    force: Code | None = None
    rank_band: Code | None = None
    region: Code | None = None
    safe_times: Short | None = None


class Read(Record, frozen=True):
    """The person has read what was there; or, with `letter`, has opened only that one."""

    letter: Bytes32 | None = None


class CheckIn(Record, frozen=True):
    """The person says how they are."""

    how: Literal["ok", "not_ok", "call_off"]


class Agreement(Record, frozen=True):
    """What was agreed about check-ins: the next one (milliseconds) and every how many hours; 0 ends it."""

    next_due: Count
    every_hours: Annotated[int, msgspec.Meta(ge=0, le=24 * 60)]


class ConsentAsked(Record, frozen=True):
    """Intake asks whether the person agrees, purpose by purpose."""

    purposes: tuple[Literal["service", "figures", "share"], ...]


class Consent(Record, frozen=True):
    """The person's yes or no to one purpose. A no, or a yes taken back, always wins."""

    purpose: Literal["service", "figures", "share"]
    given: bool
    adult: bool | None = None


class Triage(Record, frozen=True):
    """What intake notes for its own order of work; each field is merged by itself. `batch` is the flood that it was put
    aside with: when that was in milliseconds (eight bytes), and eight random ones; zeros for none.
    """

    state: Literal["open", "enquiry", "set_aside"] | None = None
    danger: bool | None = None
    lead: Bytes16 | None = None
    topic: Code | None = None
    later: Count | None = None
    batch: Bytes16 | None = None


class ForPerson(Record, frozen=True):
    """Dropped by another desk: a letter that only the person's own keys open, so that intake does not read the way or
    the money. `slot` is where the person's answer goes, and nobody who holds this conversation can read it there.
    """

    kind: LetterKind
    slot: Slot | None
    sealed: Annotated[bytes, msgspec.Meta(max_length=32_000)]


class Letter(Record, frozen=True):
    """What such a letter says. `amount` in the currency's smallest part; `due` in milliseconds, and from then on every
    so many hours. `readers` are who opens the answer: it is taken no more once one of them was removed.
    """

    text: Annotated[str, msgspec.Meta(max_length=4_000)] = ""
    language: Annotated[str, msgspec.Meta(max_length=12)] = ""
    due: Count | None = None
    every_hours: Annotated[int, msgspec.Meta(ge=0, le=24 * 60)] = 0
    amount: Count | None = None
    currency: Annotated[str, msgspec.Meta(max_length=3)] = ""
    month: Annotated[str, msgspec.Meta(max_length=7)] = ""
    payment: Bytes32 | None = None
    readers: Annotated[tuple[Bytes16, ...], msgspec.Meta(max_length=16)] = ()


class Answered(Record, frozen=True):
    """The person answered a letter. `said` stays empty where only the other desk may know it."""

    letter: Bytes32
    said: Literal["", "yes", "no", "ok", "not_ok", "arrived"] = ""


class CaseOpened(Record, frozen=True):
    """A case was opened; its cover is another folder."""

    cover: Bytes32


DOCUMENTS: dict[str, type[Record]] = {
    "message": Message,
    "about": About,
    "file": File,
    "erase-asked": EraseAsked,
    "read": Read,
    "for-person": ForPerson,
    "answered": Answered,
    "check-in": CheckIn,
    "agreement": Agreement,
    "consent-asked": ConsentAsked,
    "consent": Consent,
    "triage": Triage,
    "case-opened": CaseOpened,
}


@dataclass(frozen=True)
class Said:
    """One thing that happened, as the timeline shows it. `time` in milliseconds; `why` where it does not
    count.
    """

    name: bytes
    seal_id: bytes
    kind: str
    document: Record
    time: int
    by_person: bool
    author: bytes
    counts: bool
    why: str


@dataclass
class Conversation:
    """What a conversation comes to."""

    folder: bytes
    said: list[Said] = field(default_factory=list)
    fields: dict[str, Register[object]] = field(default_factory=dict)
    consent: dict[str, Register[bool]] = field(default_factory=dict)
    agreement: Register[tuple[int, int]] = field(default_factory=Register)
    check_ins: Register[tuple[int, str]] = field(default_factory=Register)
    covers: Register[bytes] = field(default_factory=Register)
    asked: tuple[str, ...] = ()
    letters: list[tuple[bytes, int, bytes, ForPerson]] = field(default_factory=list)
    opened: set[bytes] = field(default_factory=set)
    answered: list[tuple[int, Answered]] = field(default_factory=list)
    waiting_since: int | None = None
    last_word: int = 0
    erase_asked: int | None = None
    called_off: bool = False
    read_up_to: int = 0
    broken: int = 0

    @property
    def files(self) -> list[Said]:
        """The files that the person sent."""
        return [said for said in self.said if isinstance(said.document, File)]

    @property
    def messages(self) -> list[Said]:
        """The messages alone."""
        return [said for said in self.said if said.kind == "message"]

    def values(self, key: str) -> tuple[object, ...]:
        """The values of a field that stand: none, one, or several that were given at once."""
        register = self.fields.get(key)
        return register.values if register else ()

    def one(self, key: str) -> str:
        """A coded answer as it is shown: its one value, or all that were given at once."""
        return " / ".join(str(value) for value in self.values(key))

    @property
    def danger(self) -> bool:
        """In danger now: said by the person or by intake, and not taken back by anybody who had seen it."""
        return True in self.values("danger")

    def agreed(self, purpose: str) -> bool:
        """Whether the person agrees to a purpose: every answer that stands must be yes."""
        register = self.consent.get(purpose)
        return register is not None and bool(register.values) and all(register.values)

    @property
    def adult(self) -> bool | None:
        """Whether the person said that they are 18 or older; a no that stands wins."""
        said = self.values("adult")
        return None if not said else False not in said

    @property
    def cover(self) -> bytes | None:
        """The cover of the case that was opened; where two were opened at once, the first of `covers`."""
        return self.covers.values[0] if self.covers.values else None

    @property
    def last_check_in(self) -> tuple[int, str] | None:
        """When (milliseconds) and how they last said that they are: by what came after what, and by no clock, for one
        that was wrong would speak for long. Of several said at once the worst.
        """
        said = self.check_ins.values
        return max(said, key=lambda one: (one[1] == "not_ok", one[0])) if said else None

    @property
    def next_check_in(self) -> int | None:
        """When the next check-in is due (milliseconds), or None where none is agreed."""
        if self.called_off:
            return None
        return word_due(self.agreement.values, self.last_check_in[0] if self.last_check_in else 0)

    @property
    def state(self) -> str:
        """case, open, enquiry (closed with advice) or set_aside. Open wins over what was done at once."""
        if self.cover:
            return "case"
        values = self.values("state")
        return "open" if not values or "open" in values else str(values[0])

    @property
    def batch(self) -> bytes:
        """The flood that it was put aside with, while it is set aside; else nothing."""
        said = [one for one in self.values("batch") if isinstance(one, bytes) and any(one)]
        return max(said, default=b"") if self.state == "set_aside" else b""

    @property
    def lead(self) -> bytes | None:
        """The member who looks after it first; None where nobody took it, or two did at once."""
        said = self.values("lead")
        return said[0] if len(said) == 1 and isinstance(said[0], bytes) else None


def fold(history: History) -> Conversation:
    """The state of a conversation: pure, in causal order; what does not count is only shown."""
    state = Conversation(history.folder)
    asks: dict[bytes, int] = {}
    answers: list[bytes] = []
    put_away: set[bytes] = set()
    opened: list[bytes] = []
    for told, document in _documents(history, state):
        one = told.opened
        state.said.append(
            Said(
                told.name, one.seal_id, one.kind, document, one.entry.time,
                told.by_owner, one.author, told.counts, told.why,
            )
        )  # fmt: skip
        if not told.counts:
            continue
        if _asks(told, document):
            asks[told.name] = one.entry.time
        elif _answers(document):
            answers.append(told.name)
        if isinstance(document, Triage) and document.state:
            opened += [told.name] if document.state == "open" else []
            put_away |= {told.name} if document.state != "open" else set()
        _put(state, told, document, history)
    # What was put away and taken back waits for an answer as before.
    answers = [
        a for a in answers if a not in put_away or not any(history.causal.before(a, o) for o in opened)
    ]
    open_asks = [
        time for ask, time in asks.items() if not any(history.causal.before(ask, a) for a in answers)
    ]
    state.waiting_since = min(open_asks, default=None)
    state.called_off = _called_off(state, history)
    return state


def _called_off(state: Conversation, history: History) -> bool:
    """Whether the person called the check-ins off, and none were agreed by somebody who knew of it."""
    if state.last_check_in is None or state.last_check_in[1] != "call_off":
        return False
    offs = [name for name, (_, how) in state.check_ins.standing if how == "call_off"]
    anew = [name for name, (_, every) in state.agreement.standing if every]
    return not any(history.causal.before(off, name) for off in offs for name in anew)


def _documents(history: History, state: Conversation) -> Iterator[tuple[Told, Record]]:
    for told in history.told:
        record = DOCUMENTS.get(told.opened.kind)
        if record is None:
            continue
        try:
            yield told, read(told.opened.entry.document, record)
        except Damaged:
            state.broken += 1


def _asks(told: Told, document: Record) -> bool:
    """What somebody has to answer: a message or a file of the person, a wish to be erased, or a check-in that says
    not well.
    """
    return told.by_owner and (
        isinstance(document, Message | File | EraseAsked)
        or (isinstance(document, CheckIn) and document.how == "not_ok")
    )


def _answers(document: Record) -> bool:
    """What answers all that its author had seen: a message of intake, or putting the conversation away."""
    return isinstance(document, Message) or (
        isinstance(document, Triage) and document.state in ("enquiry", "set_aside")
    )


def _put(state: Conversation, told: Told, document: Record, history: History) -> None:
    time, name, causal = told.opened.entry.time, told.name, history.causal
    if isinstance(document, Message | File | CheckIn | Consent | Answered) and told.by_owner:
        state.last_word = max(state.last_word, time)
    if isinstance(document, Message | File | EraseAsked) and told.by_owner:
        put_fields(state.fields, name, [("state", "open")], causal)
    if isinstance(document, EraseAsked):
        state.erase_asked = min(state.erase_asked or time, time)
    if isinstance(document, About | Triage):
        put_fields(state.fields, name, fields_of(document), causal)
    elif isinstance(document, Consent):
        state.consent.setdefault(document.purpose, Register()).put(name, document.given, causal)
        put_fields(state.fields, name, [("adult", document.adult)], causal)
    elif isinstance(document, ConsentAsked):
        state.asked = tuple(dict.fromkeys((*state.asked, *document.purposes)))
    elif isinstance(document, Agreement):
        state.agreement.put(name, (document.next_due, document.every_hours), causal)
    elif isinstance(document, CheckIn):
        state.check_ins.put(name, (time, document.how), causal)
    elif isinstance(document, Read) and document.letter:
        state.opened.add(document.letter)
    elif isinstance(document, Read):
        state.read_up_to = max(state.read_up_to, time)
    elif isinstance(document, ForPerson):
        state.letters.append((name, time, told.opened.author, document))
    elif isinstance(document, Answered):
        state.answered.append((time, document))
    elif isinstance(document, CaseOpened):
        state.covers.put(name, document.cover, causal)
