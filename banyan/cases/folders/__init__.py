"""One file a kind of folder: the documents that it holds, and its fold.

A document is a small frozen record; a fold is a pure function from a history to a state. Folds read only what
counts, in causal order, and never an id or a clock to decide between two. `DOCUMENTS` is the register of all
kinds: what is not in it is refused when it is read.

Used by `banyan.cases` and, through its `Desk` and `Visit`, by every page. No fold writes anything.
"""

from banyan.cases.folders import conversation, cover, notebook
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Record, read

DOCUMENTS: dict[tuple[str, str], type[Record]] = {
    **{("conversation", kind): record for kind, record in conversation.DOCUMENTS.items()},
    **{("cover", kind): record for kind, record in cover.DOCUMENTS.items()},
    **{("notebook", kind): record for kind, record in notebook.DOCUMENTS.items()},
}


def kind_of(folder_kind: str, document: Record) -> str:
    """The document's kind. Raises `Damaged` where such a folder holds no such document."""
    for (folder, kind), record in DOCUMENTS.items():
        if folder == folder_kind and record is type(document):
            return kind
    raise Damaged(f"a {folder_kind} holds no {type(document).__name__}")


def read_document(folder_kind: str, kind: str, data: bytes) -> Record:
    """The document that the bytes spell. Raises `Damaged`."""
    record = DOCUMENTS.get((folder_kind, kind))
    if record is None:
        raise Damaged(f"a {folder_kind} holds no {kind}")
    return read(data, record)
