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
    return bytes(seal_large_blob(keys, purpose, data))


def seal_large_blob(keys: Keys, purpose: bytes, data: bytes) -> bytearray:
    """The same without a last copy: what is sealed may be a third as large as the memory that there is."""
    seed, ident = secrets.token_bytes(32), secrets.token_bytes(16)
    head = BLOB_MARK + wrap(seed, keys.public, folder=_place(purpose), epoch=ident)
    cipher, whole = AESGCM(seed), memoryview(data)
    count = max(1, -(-len(data) // CHUNK))
    sealed = bytearray(len(head) + len(data) + 16 * count)
    sealed[: len(head)] = head
    body = memoryview(sealed)[len(head) :]
    for index in range(count):
        chunk = whole[CHUNK * index : CHUNK * (index + 1)]
        start = (CHUNK + 16) * index
        last = index == count - 1
        cipher.encrypt_into(_nonce(index, last), chunk, head, body[start : start + len(chunk) + 16])
    return sealed


def open_blob(keys: Keys, purpose: bytes, data: bytes) -> bytes:
    """What was sealed. Raises `NotForUs`, `Damaged` or `UnknownFormat`; never gives back a part."""
    return bytes(open_large_blob(keys, purpose, data))


def open_large_blob(keys: Keys, purpose: bytes, data: bytes) -> memoryview:
    """The same without a last copy: what is sealed may be a third as large as the memory that there is."""
    if data[:4] != BLOB_MARK:
        raise UnknownFormat("not a sealed file of a version that this program knows")
    view = memoryview(data)
    head, body = bytes(view[: 4 + _WRAP]), view[4 + _WRAP :]
    if head[8:40] != _place(purpose):
        raise Damaged("a sealed file made for another purpose")
    cipher, step = AESGCM(unwrap(keys, head[4:])), CHUNK + 16
    count = -(-len(body) // step)
    if len(body) < 16 * max(count, 1):
        raise Damaged("the sealed file was cut")
    opened = memoryview(bytearray(len(body) - 16 * count))
    try:
        for index in range(count):
            chunk = body[step * index : step * (index + 1)]
            cipher.decrypt_into(
                _nonce(index, index == count - 1),
                chunk,
                head,
                opened[CHUNK * index : CHUNK * index + len(chunk) - 16],
            )
    except (InvalidTag, ValueError):
        raise Damaged("the sealed file was changed or cut") from None
    return opened


def _place(purpose: bytes) -> bytes:
    return purpose.ljust(32, b"\0")


def _nonce(index: int, last: bool) -> bytes:
    return bytes((int(last),)) + index.to_bytes(11, "big")
