"""One way to write every record as bytes, and one way to read it back.

Records are frozen msgspec structs written as MessagePack in the order of their fields. Reading is
strict: types, lengths and limits are checked, unknown fields refused, and the bytes must be exactly
those that writing the record gives. So every record has one spelling, and a signature has one meaning.
"""

import hashlib
from typing import Annotated, TypeVar

import msgspec

from banyan.sealing.faults import Damaged

MARK = b"banyan/1 "

Bytes16 = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Bytes32 = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Bytes64 = Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]
SealingPublic = Annotated[bytes, msgspec.Meta(min_length=1216, max_length=1216)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record with one spelling. Subclasses give the fields and their limits."""


R = TypeVar("R")

_writer = msgspec.msgpack.Encoder(order="deterministic")  # keys of maps are sorted


def write(record: object) -> bytes:
    """The record's one spelling."""
    return _writer.encode(record)


def read(data: bytes, kind: type[R]) -> R:
    """The record that `data` spells. Raises `Damaged` for anything else than its one spelling."""
    try:
        record = msgspec.msgpack.decode(data, type=kind, strict=True)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Damaged(f"not a {getattr(kind, '__name__', 'record')}") from None
    if _writer.encode(record) != data:
        raise Damaged(f"a {getattr(kind, '__name__', 'record')} in another spelling than its own")
    return record


def digest(purpose: str, *parts: bytes) -> bytes:
    """SHA-256 over the mark, the purpose and each part with its length: 32 bytes, never ambiguous."""
    hasher = hashlib.sha256(MARK + purpose.encode() + b"\0")
    for part in parts:
        hasher.update(len(part).to_bytes(8, "big"))
        hasher.update(part)
    return hasher.digest()
