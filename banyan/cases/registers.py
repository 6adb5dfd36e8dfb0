"""Fields that several people may write at once: a write replaces what its author had seen, and nothing else.

Two writes that did not know of one another both stand, and are shown. Nothing depends on ids or clocks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from banyan.folders.causal import Causal
from banyan.sealing.format import Record

V = TypeVar("V")


@dataclass
class Register(Generic[V]):
    """One field: the values that no later write has replaced, each with the name of its entry."""

    standing: list[tuple[bytes, V]] = field(default_factory=list)

    def put(self, name: bytes, value: V, causal: Causal[bytes]) -> None:
        """Write in causal order: what this entry comes after is replaced."""
        self.standing = [(n, v) for n, v in self.standing if not causal.before(n, name)] + [(name, value)]

    @property
    def values(self) -> tuple[V, ...]:
        """The different values that stand: one, or several that were written at once."""
        return tuple(dict.fromkeys(value for _, value in self.standing))

    @property
    def value(self) -> V | None:
        """The one value, or None where there is none or several."""
        return self.values[0] if len(self.values) == 1 else None

    @property
    def conflict(self) -> bool:
        """Whether several different values stand."""
        return len(self.values) > 1


@dataclass
class Remembered(Register[V]):
    """A register that keeps all that was ever written, and so tells what stood for whoever had seen part of it."""

    said: list[tuple[bytes, V]] = field(default_factory=list)

    def put(self, name: bytes, value: V, causal: Causal[bytes]) -> None:
        """Write in causal order."""
        self.said.append((name, value))
        super().put(name, value, causal)

    def as_seen(self, seen: Callable[[bytes], bool], causal: Causal[bytes]) -> list[V]:
        """What stood for somebody who had seen these entries: the last ones among them."""
        known = [(name, value) for name, value in self.said if seen(name)]
        return [value for name, value in known if not any(causal.before(name, other) for other, _ in known)]


class Merged:
    """A state with fields that several people may write at once, each merged by itself."""

    fields: dict[str, Register[object]]

    def one(self, key: str) -> object | None:
        """A field's one value, or None where it is open or in conflict."""
        register = self.fields.get(key)
        return register.value if register else None


def put_fields(
    registers: dict[str, Register[object]],
    name: bytes,
    fields: Iterable[tuple[str, object]],
    causal: Causal[bytes],
) -> None:
    """Write those fields that are set: what two changed at once is merged field by field."""
    for key, value in fields:
        if value is not None:
            registers.setdefault(key, Register()).put(name, value, causal)


def fields_of(document: Record) -> list[tuple[str, object]]:
    """The fields of a document, set or not."""
    return [(name, getattr(document, name)) for name in document.__struct_fields__]
