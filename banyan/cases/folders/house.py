"""A house and its beds. One keeper confirms who sleeps there; it knows households by a random key, and no case."""

from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from banyan.cases.folders.reading import counting
from banyan.cases.registers import Merged, Register, fields_of, put_fields
from banyan.folders.history import History
from banyan.sealing.format import Bytes16, Bytes32, Record

Code = Annotated[str, msgspec.Meta(max_length=40)]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Words = Annotated[str, msgspec.Meta(max_length=1_000)]


class About(Record, frozen=True):
    """The house; each field is merged by itself. `label` is a word that the desk chose, never its address."""

    label: Label | None = None
    region: Code | None = None
    beds: Annotated[int, msgspec.Meta(ge=0, le=500)] | None = None
    step_free: bool | None = None
    keeper: Bytes16 | None = None
    open: bool | None = None
    words: Words | None = None


class Request(Record, frozen=True):
    """Beds are asked for under a random key."""

    key: Bytes16
    people: Annotated[int, msgspec.Meta(ge=1, le=99)]
    needs: Annotated[tuple[Code, ...], msgspec.Meta(max_length=20)] = ()


class Confirmed(Record, frozen=True):
    """The keeper has room and expects them. By anybody else it has no effect."""

    request: Bytes32


class Refused(Record, frozen=True):
    """The keeper has no room."""

    request: Bytes32


class Freed(Record, frozen=True):
    """The beds of a key are free again."""

    key: Bytes16


DOCUMENTS: dict[str, type[Record]] = {
    "about": About,
    "request": Request,
    "confirmed": Confirmed,
    "refused": Refused,
    "freed": Freed,
}


@dataclass
class House(Merged):
    """What a house comes to. `confirmed` and `refused` hold keys; beds in use are those confirmed and not freed."""

    folder: bytes
    fields: dict[str, Register[object]] = field(default_factory=dict)
    requests: dict[bytes, tuple[bytes, Request]] = field(default_factory=dict)
    confirmed: set[bytes] = field(default_factory=set)
    refused: set[bytes] = field(default_factory=set)
    freed: set[bytes] = field(default_factory=set)

    def state(self, key: bytes) -> str:
        """asked, confirmed, refused or freed. An end and a no win."""
        for name, keys in (("freed", self.freed), ("refused", self.refused), ("confirmed", self.confirmed)):
            if key in keys:
                return name
        return "asked"

    @property
    def used(self) -> int:
        """Beds in use."""
        return sum(one.people for key, (_, one) in self.requests.items() if self.state(key) == "confirmed")

    @property
    def free(self) -> int | None:
        """Beds that are free; below nothing where more were confirmed than there are; None while beds conflict."""
        beds = self.one("beds")
        return beds - self.used if isinstance(beds, int) else None


def fold(history: History) -> House:
    """The state of a house. Who the keeper is, is what the author of a yes or a no had seen."""
    state, before = House(history.folder), history.causal.before
    keepers: list[tuple[bytes, bytes]] = []
    keys: dict[bytes, bytes] = {}  # a request that two wrote again at once has two names
    for told, document in counting(history, DOCUMENTS):
        if isinstance(document, About):
            put_fields(state.fields, told.name, fields_of(document), history.causal)
            keepers += [(told.name, document.keeper)] if document.keeper else []
        elif isinstance(document, Request):
            keys[told.name] = document.key
            state.requests.setdefault(document.key, (told.name, document))
        elif isinstance(document, Confirmed | Refused):
            key = keys.get(document.request)
            seen = [(name, who) for name, who in keepers if before(name, told.name)]
            last = {who for name, who in seen if not any(before(name, other) for other, _ in seen)}
            if key is not None and last == {told.opened.author}:
                (state.confirmed if isinstance(document, Confirmed) else state.refused).add(key)
        elif isinstance(document, Freed):
            state.freed.add(document.key)
    return state
