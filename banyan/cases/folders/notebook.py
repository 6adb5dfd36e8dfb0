"""A member's notebook: what they keep for themselves between days, such as saved replies."""

from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from banyan.cases.registers import Register
from banyan.folders.history import History
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Bytes16, Record, read


class SavedReply(Record, frozen=True):
    """A text to answer with. `gone` takes it away."""

    key: Bytes16
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=10_000)]
    language: Annotated[str, msgspec.Meta(min_length=2, max_length=12)]
    gone: bool = False


DOCUMENTS: dict[str, type[Record]] = {"saved-reply": SavedReply}


@dataclass
class Notebook:
    """What a notebook comes to."""

    folder: bytes
    registers: dict[bytes, Register[SavedReply]] = field(default_factory=dict)

    @property
    def replies(self) -> list[SavedReply]:
        """The saved replies, by title; of two written at once both are kept."""
        standing = [
            reply for register in self.registers.values() for reply in register.values if not reply.gone
        ]
        return sorted(standing, key=lambda reply: (reply.title, reply.key))


def fold(history: History) -> Notebook:
    """The state of a notebook."""
    notebook = Notebook(history.folder)
    for told in history.counting:
        try:
            reply = read(told.opened.entry.document, SavedReply)
        except Damaged:
            continue
        notebook.registers.setdefault(reply.key, Register()).put(told.name, reply, history.causal)
    return notebook
