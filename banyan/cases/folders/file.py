"""A file that a person sent: what an entry says of it, and its pieces, which lie apart under a key of their own.

The key stands in the entry, so whoever opens the entry opens the file, and nobody else. Pieces are large: they are
never opened with the folder, only when somebody asks for the file. A file has no name here: names tell on people.
"""

import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Literal

import msgspec

from banyan.folders.items import Item
from banyan.sealing import boxes
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Bytes32, Record

LARGEST = 20 * 1024 * 1024
MOST_PIECES = LARGEST // boxes.LARGEST_PIECE + 1
Kind = Literal[
    "jpeg", "png", "webp", "gif", "heic", "pdf", "text", "audio", "video", "zip", "office", "unknown"
]


class File(Record, frozen=True):
    """A file: its kind by content, its size in bytes, the SHA-256 of its bytes, the key and the ids of its pieces.

    `cleaned`: it was made anew from what it shows, and nothing else of it is here; only such a file is ever shown.
    Else it is as it was sent, and `why` says why, in a code.
    """

    kind: Kind
    media_type: Annotated[str, msgspec.Meta(max_length=60)]
    size: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
    sha256: Bytes32
    key: Bytes32
    pieces: Annotated[tuple[Bytes32, ...], msgspec.Meta(min_length=1, max_length=MOST_PIECES)]
    cleaned: bool
    why: Annotated[str, msgspec.Meta(max_length=40)] = ""


class NotHereYet(Exception):
    """Pieces of the file have not arrived; `lacking` are their ids."""

    def __init__(self, lacking: tuple[bytes, ...]) -> None:
        super().__init__("pieces of a file have not arrived")
        self.lacking = lacking


def cut(data: bytes) -> list[bytes]:
    """The bytes in pieces, as large as one can be. Raises `Damaged` for none and for too many."""
    if not 0 < len(data) <= LARGEST:
        raise Damaged("a file has from one byte to 20 MiB")
    return [data[at : at + boxes.LARGEST_PIECE] for at in range(0, len(data), boxes.LARGEST_PIECE)]


def seal(
    data: bytes, folder: bytes, *, kind: Kind, media_type: str, cleaned: bool, why: str = ""
) -> tuple[File, list[bytes]]:
    """What an entry of this folder says of the file, and its sealed pieces. Raises `Damaged` where it is too large."""
    key = secrets.token_bytes(32)
    pieces = [boxes.seal_piece(key, folder=folder, plaintext=part) for part in cut(data)]
    said = File(
        kind=kind, media_type=media_type, size=len(data), sha256=sha256(data).digest(), key=key,
        pieces=tuple(boxes.seal_id(piece) for piece in pieces), cleaned=cleaned, why=why,
    )  # fmt: skip
    return said, pieces


def lacking(file: File, known: set[bytes]) -> tuple[bytes, ...]:
    """The pieces that are not among those known."""
    return tuple(ident for ident in file.pieces if ident not in known)


def open_file(file: File, folder: bytes, items: Iterable[Item]) -> bytes:
    """The file's bytes as they were sealed. Raises `NotHereYet` where pieces are missing, `Damaged` for any change."""
    found = {item.id: item for item in items if item.folder == folder}
    if missing := lacking(file, set(found)):
        raise NotHereYet(missing)
    data = b"".join(boxes.open_piece(file.key, found[ident].data) for ident in file.pieces)
    if len(data) != file.size or sha256(data).digest() != file.sha256:
        raise Damaged("the file is not what its entry says")
    return data
