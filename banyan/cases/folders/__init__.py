"""One file a kind of folder: the documents that it holds, and its fold.

A document is a small frozen record; a fold is a pure function from a history to a state. Folds read only what
counts, in causal order, and never an id or a clock to decide between two. `DOCUMENTS` is the register of all
kinds: what is not in it is refused when it is read.

Used by `banyan.cases` and, through its `Desk` and `Visit`, by every page. No fold writes anything.
"""

from collections.abc import Callable

from banyan.cases.folders import (
    conversation,
    cover,
    cover_fold,
    finding,
    house,
    identity,
    leg,
    notebook,
    passage,
    placement,
    support,
    tally,
    testimony,
)
from banyan.folders.history import History
from banyan.folders.membership import Roster
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Record, read

KINDS = {
    "conversation": conversation.DOCUMENTS,
    "cover": cover.DOCUMENTS,
    "identity": identity.DOCUMENTS,
    "finding": finding.DOCUMENTS,
    "passage": passage.DOCUMENTS,
    "leg": leg.DOCUMENTS,
    "placement": placement.DOCUMENTS,
    "house": house.DOCUMENTS,
    "support": support.DOCUMENTS,
    "tally": tally.DOCUMENTS,
    "testimony": testimony.DOCUMENTS,
    "notebook": notebook.DOCUMENTS,
}
DOCUMENTS: dict[tuple[str, str], type[Record]] = {
    (folder, kind): record for folder, documents in KINDS.items() for kind, record in documents.items()
}
FOLDS: dict[str, Callable[[History], object]] = {
    "conversation": conversation.fold,
    "identity": identity.fold,
    "finding": finding.fold,
    "passage": passage.fold,
    "leg": leg.fold,
    "placement": placement.fold,
    "house": house.fold,
    "support": support.fold,
    "tally": tally.fold,
    "testimony": testimony.fold,
    "notebook": notebook.fold,
}


def state_of(history: History, roster: Roster) -> object:
    """What a folder comes to, whatever its kind; a cover's signatures are held against the roster."""
    return cover_fold.fold(history, roster) if history.kind == "cover" else FOLDS[history.kind](history)


def kind_of(folder_kind: str, document: Record) -> str:
    """The document's kind. Raises `Damaged` where such a folder holds no such document."""
    for kind, record in KINDS.get(folder_kind, {}).items():
        if record is type(document):
            return kind
    raise Damaged(f"a {folder_kind} holds no {type(document).__name__}")


def read_document(folder_kind: str, kind: str, data: bytes) -> Record:
    """The document that the bytes spell. Raises `Damaged`."""
    record = DOCUMENTS.get((folder_kind, kind))
    if record is None:
        raise Damaged(f"a {folder_kind} holds no {kind}")
    return read(data, record)
