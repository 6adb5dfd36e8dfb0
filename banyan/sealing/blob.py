"""A large secret as one file: AES-256-GCM in chunks, each bound to its place, the last one marked.

Used for the desk's view at rest. The key is fresh at every save and wrapped to the member's own keys, so that
an old copy of the file is opened by no later key.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from banyan.sealing.boxes import WRAP_HEADER, WRAPPED, unwrap, wrap
from banyan.sealing.faults import Damaged, UnknownFormat
from banyan.sealing.keys import Keys

BLOB_MARK = b"BNB1"
CHUNK = 16 * 1024 * 1024
_WRAP = WRAP_HEADER + WRAPPED


def seal_blob(keys: Keys, purpose: bytes, data: bytes) -> bytes:
    """`data` for these keys alone. `purpose` (at most 32 bytes) must be the same when it is opened."""
    seed, ident = secrets.token_bytes(32), secrets.token_bytes(16)
    head = BLOB_MARK + wrap(seed, keys.public, folder=_place(purpose), epoch=ident)
    chunks = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)] or [b""]
    sealed = (
        AESGCM(seed).encrypt(_nonce(index, index == len(chunks) - 1), chunk, head)
        for index, chunk in enumerate(chunks)
    )
    return head + b"".join(sealed)


def open_blob(keys: Keys, purpose: bytes, data: bytes) -> bytes:
    """What was sealed. Raises `NotForUs`, `Damaged` or `UnknownFormat`; never gives back a part."""
    if data[:4] != BLOB_MARK:
        raise UnknownFormat("not a sealed file of a version that this program knows")
    head, body = data[: 4 + _WRAP], data[4 + _WRAP :]
    if head[8:40] != _place(purpose):
        raise Damaged("a sealed file made for another purpose")
    seed = unwrap(keys, head[4:])
    chunks = [body[start : start + CHUNK + 16] for start in range(0, len(body), CHUNK + 16)]
    try:
        opened = [
            AESGCM(seed).decrypt(_nonce(index, index == len(chunks) - 1), chunk, head)
            for index, chunk in enumerate(chunks)
        ]
    except InvalidTag:
        raise Damaged("the sealed file was changed or cut") from None
    if not opened:
        raise Damaged("the sealed file was cut")
    return b"".join(opened)


def _place(purpose: bytes) -> bytes:
    return purpose.ljust(32, b"\0")


def _nonce(index: int, last: bool) -> bytes:
    return bytes((int(last),)) + index.to_bytes(11, "big")
