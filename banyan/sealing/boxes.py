"""Seals and wraps: what lies at rest.

A *seal* is a clear header and AES-256-GCM under a key derived, for this seal alone, from an epoch's seed.
The header is associated data; it carries a commitment to the key, so that no second key opens the same bytes
to other words. A *piece* of a file is the same under a key of its own, which stands in an entry. A *wrap* is an
epoch's seed sealed by HPKE to one reader. All are named by their hash.
"""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from banyan.sealing.faults import Damaged, NotForUs, UnknownFormat
from banyan.sealing.format import MARK, digest
from banyan.sealing.keys import Keys, PublicKeys, xwing_private, xwing_public
from banyan.sealing.padding import CLASSES, class_for, pad, unpad

SEAL_MARK = b"BNY1"
PIECE_MARK = b"BNP1"
WRAP_MARK = b"BNW1"
ENTRY, STATEMENT, DROP, PIECE = 1, 2, 3, 4
NO_EPOCH = bytes(16)
HEADER = 4 + 1 + 1 + 32 + 16 + 32 + 32
TAG = 16
WRAPPED = 1136 + 32
WRAP_HEADER = 4 + 32 + 16 + 16

_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Header:
    """What a seal says in clear: its sort, its size class, its folder and its epoch."""

    sort: int
    size_class: int
    folder: bytes
    epoch: bytes
    salt: bytes
    commitment: bytes

    def write(self) -> bytes:
        """The 118 bytes in front of every seal."""
        return b"".join(
            (
                _mark(self.sort),
                bytes((self.sort, self.size_class)),
                self.folder,
                self.epoch,
                self.salt,
                self.commitment,
            )
        )


@dataclass(frozen=True, slots=True)
class WrapHeader:
    """What a wrap says in clear: for which epoch of which folder, and for whom."""

    folder: bytes
    epoch: bytes
    recipient: bytes


def seal_id(data: bytes) -> bytes:
    """The name of bytes at rest: a damaged byte is found without any key."""
    return digest("seal", data)


def read_header(data: bytes) -> Header:
    """The header of a seal whose length is that of its class. Raises `UnknownFormat` or `Damaged`."""
    if data[:4] not in (SEAL_MARK, PIECE_MARK):
        raise UnknownFormat("not a seal of a version that this program knows")
    if len(data) < HEADER or data[4] not in (ENTRY, STATEMENT, DROP, PIECE) or data[5] >= len(CLASSES):
        raise Damaged("not the header of a seal")
    if data[:4] != _mark(data[4]) or (data[4] == PIECE and data[38:54] != NO_EPOCH):
        raise Damaged("a piece of a file is of no epoch, and is marked as what it is")
    if len(data) != CLASSES[data[5]]:
        raise Damaged("a seal of another length than its class")
    return Header(data[4], data[5], data[6:38], data[38:54], data[54:86], data[86:118])


def seal(
    seed: bytes, *, sort: int, folder: bytes, epoch: bytes, plaintext: bytes, salt: bytes | None = None
) -> bytes:
    """`plaintext` sealed under an epoch's seed, padded to a size class. `salt` is given only by vectors."""
    size_class = class_for(HEADER + 4 + len(plaintext) + TAG)
    return _seal(seed, b"", sort, size_class, folder, epoch, plaintext, salt or secrets.token_bytes(32))


def open_seal(seed: bytes, data: bytes) -> bytes:
    """What an entry or a statement holds. Raises `NotForUs` for another seed, `Damaged` for a changed byte."""
    header = read_header(data)
    if header.sort not in (ENTRY, STATEMENT):
        raise Damaged("a drop opens with the drop key, a piece with its own")
    return _open(seed, header, data, HEADER)


def seal_drop(drop_public: PublicKeys, *, folder: bytes, epoch: bytes, plaintext: bytes) -> bytes:
    """`plaintext` for a folder that the sender cannot read: a fresh seed wrapped to the folder's drop key."""
    seed = secrets.token_bytes(32)
    wrapped = _SUITE.encrypt(seed, drop_public.sealing_key, info=_drop_info(folder, epoch))
    size_class = class_for(HEADER + WRAPPED + 4 + len(plaintext) + TAG)
    return _seal(seed, wrapped, DROP, size_class, folder, epoch, plaintext, secrets.token_bytes(32))


def open_drop(drop_keys: Keys, data: bytes) -> bytes:
    """What a drop holds. Raises as `open_seal`."""
    header = read_header(data)
    if header.sort != DROP:
        raise Damaged("not a drop")
    wrapped = data[HEADER : HEADER + WRAPPED]
    try:
        seed = _SUITE.decrypt(wrapped, drop_keys.sealing_key, info=_drop_info(header.folder, header.epoch))
    except (InvalidTag, ValueError):
        raise NotForUs("this key does not open the drop") from None
    return _open(seed, header, data, HEADER + WRAPPED)


LARGEST_PIECE = CLASSES[-1] - HEADER - 4 - TAG


def seal_piece(key: bytes, *, folder: bytes, plaintext: bytes) -> bytes:
    """A piece of a file (at most `LARGEST_PIECE` bytes) under a 32-byte key of its own, padded to a size class."""
    size_class = class_for(HEADER + 4 + len(plaintext) + TAG)
    return _seal(key, b"", PIECE, size_class, folder, NO_EPOCH, plaintext, secrets.token_bytes(32))


def open_piece(key: bytes, data: bytes) -> bytes:
    """What a piece holds. Raises as `open_seal`."""
    header = read_header(data)
    if header.sort != PIECE:
        raise Damaged("not a piece of a file")
    return _open(key, header, data, HEADER)


def wrap(seed: bytes, reader: PublicKeys, *, folder: bytes, epoch: bytes) -> bytes:
    """An epoch's seed for one reader: 1,236 bytes."""
    return wrap_to(seed, reader.sealing, reader.id, folder=folder, epoch=epoch)


def wrap_to(seed: bytes, sealing_public: bytes, reader: bytes, *, folder: bytes, epoch: bytes) -> bytes:
    """The same for a bare sealing key (1,216 bytes) and its reader's id: how the quorum's buckets are wrapped
    to.
    """
    header = WRAP_MARK + folder + epoch + reader
    return header + _SUITE.encrypt(seed, xwing_public(sealing_public), info=MARK + header)


def read_wrap_header(data: bytes) -> WrapHeader:
    """For whom and for which epoch a wrap is. Raises `UnknownFormat` or `Damaged`."""
    if data[:4] != WRAP_MARK:
        raise UnknownFormat("not a wrap of a version that this program knows")
    if len(data) != WRAP_HEADER + WRAPPED:
        raise Damaged("a wrap of another length than wraps have")
    return WrapHeader(data[4:36], data[36:52], data[52:68])


def unwrap(keys: Keys, data: bytes) -> bytes:
    """The epoch's seed. Raises `NotForUs` where it is another's wrap, `Damaged` where a byte was changed."""
    return _unwrap(keys.sealing_key, keys.id, data)


def unwrap_with_seed(xwing_seed: bytes, reader: bytes, data: bytes) -> bytes:
    """The epoch's seed by a bare X-Wing seed: how a recovery ceremony opens the quorum's wrap."""
    return _unwrap(xwing_private(xwing_seed), reader, data)


def _unwrap(key: hpke.MLKEM768X25519PrivateKey, reader: bytes, data: bytes) -> bytes:
    header = read_wrap_header(data)
    if header.recipient != reader:
        raise NotForUs("a wrap for somebody else")
    try:
        seed = _SUITE.decrypt(data[WRAP_HEADER:], key, info=MARK + data[:WRAP_HEADER])
    except (InvalidTag, ValueError):
        raise Damaged("the wrap does not open with its own reader's key") from None
    if len(seed) != 32:
        raise Damaged("the wrap holds no seed")
    return seed


def _mark(sort: int) -> bytes:
    return PIECE_MARK if sort == PIECE else SEAL_MARK


def _drop_info(folder: bytes, epoch: bytes) -> bytes:
    return MARK + b"drop" + folder + epoch


def _keys_of_seal(
    seed: bytes, sort: int, folder: bytes, epoch: bytes, salt: bytes
) -> tuple[bytes, bytes, bytes]:
    """The key (32), nonce (12) and commitment (32) of one seal."""
    info = MARK + b"seal" + bytes((sort,)) + folder + epoch
    okm = HKDF(algorithm=hashes.SHA256(), length=76, salt=salt, info=info).derive(seed)
    return okm[:32], okm[32:44], okm[44:]


def _seal(
    seed: bytes,
    prefix: bytes,
    sort: int,
    size_class: int,
    folder: bytes,
    epoch: bytes,
    plaintext: bytes,
    salt: bytes,
) -> bytes:
    key, nonce, commitment = _keys_of_seal(seed, sort, folder, epoch, salt)
    head = Header(sort, size_class, folder, epoch, salt, commitment).write() + prefix
    padded = pad(plaintext, CLASSES[size_class] - len(head) - TAG)
    return head + AESGCM(key).encrypt(nonce, padded, head)


def _open(seed: bytes, header: Header, data: bytes, start: int) -> bytes:
    key, nonce, commitment = _keys_of_seal(seed, header.sort, header.folder, header.epoch, header.salt)
    if not hmac.compare_digest(commitment, header.commitment):
        raise NotForUs("this seed does not open the seal")
    try:
        padded = AESGCM(key).decrypt(nonce, data[start:], data[:start])
    except InvalidTag:
        raise Damaged("a byte of the seal was changed") from None
    return unpad(padded)
