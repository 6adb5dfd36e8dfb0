"""Drafts: what a member has typed and not sent, each sealed to the member's own keys in a file of its own.

A file's name is a keyed hash: it says nothing about the conversation that the draft belongs to, and nobody can test a
guess against it without the member's keys.
"""

from collections.abc import Iterable
from pathlib import Path

from banyan.house.cli.places import write_private
from banyan.sealing.blob import open_blob, seal_blob
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import Record, digest, read, write
from banyan.sealing.keys import Keys, derive

PURPOSE = b"draft"
ENDING = ".sealed"


class Draft(Record, frozen=True):
    """A text under the key that its form was given."""

    key: str
    text: str


class Drafts:
    """The drafts of one member, in their desk's folder."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder / "drafts"
        self.keys = keys

    def save(self, key: str, text: str) -> None:
        """Keep a text under a key, sealed and on disk when it returns. An empty one is dropped. May raise
        OSError.
        """
        if not text.strip():
            self.drop(key)
            return
        self.folder.mkdir(mode=0o700, exist_ok=True)
        write_private(self._path(key), seal_blob(self.keys, PURPOSE, write(Draft(key=key, text=text))))

    def load(self, key: str) -> str | None:
        """The text under a key, or None where there is none or its file is damaged."""
        draft = self._open(self._path(key))
        return draft.text if draft is not None and draft.key == key else None

    def drop(self, key: str) -> None:
        """Forget a draft: it was sent, or thrown away."""
        self._path(key).unlink(missing_ok=True)

    def drop_erased(self, folders: Iterable[bytes]) -> None:
        """Forget what was typed for folders that were erased: a key ends with how the folder's id begins."""
        gone = {folder[:8].hex() for folder in folders}
        for key in self.keys_kept() if gone else ():
            if key.rpartition(" ")[2] in gone:
                self.drop(key)

    def keys_kept(self) -> list[str]:
        """The keys of all drafts that open."""
        opened = (self._open(path) for path in sorted(self.folder.glob(f"*{ENDING}")))
        return [draft.key for draft in opened if draft is not None]

    def _open(self, path: Path) -> Draft | None:
        try:
            return read(open_blob(self.keys, PURPOSE, path.read_bytes()), Draft)
        except (OSError, SealingFault):
            return None

    def _path(self, key: str) -> Path:
        name = derive(self.keys.secret, "draft name", salt=digest("draft", key.encode()))
        return self.folder / f"{name[:16].hex()}{ENDING}"
