"""Testimony: what a person wants kept for a court. They write it; the keepers of testimony alone read it.

Its keys come from the person's code and are other ones than those of their conversation, so at rest nothing in clear
joins the two. Help never depends on it. Who keeps it notes each time that it was opened or given on: the chain of
custody that a court asks for.
"""

from dataclasses import dataclass, field
from typing import Annotated, Generic, Literal, TypeVar

import msgspec

from banyan.cases.folders.conversation import Language, Text
from banyan.cases.folders.file import File
from banyan.cases.folders.reading import counting
from banyan.cases.registers import Register
from banyan.folders.history import History
from banyan.sealing.format import Bytes32, Record

Purpose = Literal["keep", "investigators", "open_court"]
PURPOSES: tuple[Purpose, ...] = ("keep", "investigators", "open_court")


class Account(Record, frozen=True):
    """What the person saw or did, in their own words. `typed` where it was typed in another encoding."""

    text: Text
    language: Language
    typed: Annotated[str, msgspec.Meta(max_length=20_000)] = ""


class Agreed(Record, frozen=True):
    """The person's yes or no to one use: kept for a court; shown to investigators; used in open court. A no wins."""

    purpose: Purpose
    given: bool


class Custody(Record, frozen=True):
    """A keeper notes what was done: `opened` it, made a `copy`, `given` on to somebody (in words), or a `note`."""

    what: Literal["opened", "copy", "given", "note"]
    of: Bytes32 | None = None
    words: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


DOCUMENTS: dict[str, type[Record]] = {
    "account": Account,
    "file": File,
    "agreed": Agreed,
    "custody": Custody,
}


D = TypeVar("D", bound=Record)


@dataclass(frozen=True)
class Part(Generic[D]):
    """One thing that happened: its entry's name, its time in milliseconds, its author (16 bytes), and the document."""

    name: bytes
    time: int
    author: bytes
    document: D


@dataclass
class Testimony:
    """What a testimony comes to: what the person left, to what they agreed, and who did what with it."""

    folder: bytes
    accounts: list[Part[Account]] = field(default_factory=list)
    files: list[Part[File]] = field(default_factory=list)
    custody: list[Part[Custody]] = field(default_factory=list)
    agreements: dict[str, Register[bool]] = field(default_factory=dict)
    opened: dict[bytes, set[bytes]] = field(default_factory=dict)

    def unopened(self, *keepers: bytes) -> int:
        """How many parts none of these keepers (or none at all) noted to have opened. Who opens notes it for all that
        has come until then.
        """
        seen = set[bytes]().union(
            *(names for who, names in self.opened.items() if not keepers or who in keepers)
        )
        return len(self.names - seen)

    @property
    def names(self) -> set[bytes]:
        """The names of all parts."""
        return {one.name for one in self.accounts} | {one.name for one in self.files}

    def agreed(self, purpose: str) -> bool:
        """Whether the person agrees to a use: every answer that stands must be yes."""
        register = self.agreements.get(purpose)
        return register is not None and bool(register.values) and all(register.values)

    @property
    def began(self) -> int:
        """When its first part was left, in milliseconds; 0 where nothing was."""
        return min([part.time for part in self.accounts] + [part.time for part in self.files], default=0)


def fold(history: History) -> Testimony:
    """What a testimony comes to."""
    state = Testimony(history.folder)
    for told, document in counting(history, DOCUMENTS):
        at = (told.name, told.opened.entry.time, told.opened.author)
        if isinstance(document, Account):
            state.accounts.append(Part(*at, document))
        elif isinstance(document, File):
            state.files.append(Part(*at, document))
        elif isinstance(document, Agreed):
            state.agreements.setdefault(document.purpose, Register()).put(
                told.name, document.given, history.causal
            )
        elif isinstance(document, Custody):
            state.custody.append(Part(*at, document))
            if document.what == "opened":
                seen = {name for name in state.names if history.causal.before(name, told.name)}
                state.opened.setdefault(told.opened.author, set()).update(seen)
    return state
