"""A member's keys at rest: their secret under Argon2id of a generated phrase of seven words (77 bits)."""

import secrets
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from banyan.sealing import words
from banyan.sealing.codes import spoken
from banyan.sealing.faults import WrongPhrase
from banyan.sealing.format import MARK, Bytes16, Record, read, write
from banyan.sealing.keys import Keys

WORDS = 7
LANES = 4


class Cost(Record, frozen=True):
    """What one guess at a phrase costs. The limits refuse a file that would exhaust the laptop."""

    memory_kib: Annotated[int, msgspec.Meta(ge=32, le=1024 * 1024)] = 64 * 1024
    passes: Annotated[int, msgspec.Meta(ge=1, le=16)] = 3


class LockedKeys(Record, frozen=True):
    """Keys that only their phrase opens."""

    format: Literal["banyan/1 keys"]
    cost: Cost
    salt: Bytes16
    sealed: Annotated[bytes, msgspec.Meta(min_length=60, max_length=60)]


class LockedSecret(Record, frozen=True):
    """Any small secret that only its phrase opens, such as a trustee's share."""

    format: Literal["banyan/1 secret"]
    cost: Cost
    salt: Bytes16
    sealed: Annotated[bytes, msgspec.Meta(min_length=28, max_length=64 * 1024)]


def new_phrase(language: str = "en") -> str:
    """Seven words drawn by the system's randomness, with spaces between."""
    return " ".join(secrets.choice(words.load(language)) for _ in range(WORDS))


def lock(keys: Keys, phrase: str, cost: Cost | None = None) -> bytes:
    """The keys as bytes that only the phrase opens."""
    cost, salt, nonce = cost or Cost(), secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = nonce + AESGCM(_key(phrase, salt, cost)).encrypt(nonce, keys.secret, _bound(salt, cost))
    return write(LockedKeys(format="banyan/1 keys", cost=cost, salt=salt, sealed=sealed))


def unlock(data: bytes, phrase: str) -> Keys:
    """The keys. Raises `WrongPhrase`, or `Damaged` where the file is no such file."""
    locked = read(data, LockedKeys)
    key = _key(phrase, locked.salt, locked.cost)
    try:
        secret = AESGCM(key).decrypt(locked.sealed[:12], locked.sealed[12:], _bound(locked.salt, locked.cost))
    except InvalidTag:
        raise WrongPhrase("this phrase does not open these keys") from None
    return Keys(secret)


def lock_secret(data: bytes, phrase: str, cost: Cost | None = None) -> bytes:
    """A small secret (up to 64 KiB) as bytes that only the phrase opens."""
    cost, salt, nonce = cost or Cost(), secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = nonce + AESGCM(_key(phrase, salt, cost)).encrypt(nonce, data, _secret_bound(salt, cost))
    return write(LockedSecret(format="banyan/1 secret", cost=cost, salt=salt, sealed=sealed))


def unlock_secret(data: bytes, phrase: str) -> bytes:
    """The secret. Raises `WrongPhrase`, or `Damaged` where the bytes are no such thing."""
    locked = read(data, LockedSecret)
    bound, key = _secret_bound(locked.salt, locked.cost), _key(phrase, locked.salt, locked.cost)
    try:
        return AESGCM(key).decrypt(locked.sealed[:12], locked.sealed[12:], bound)
    except InvalidTag:
        raise WrongPhrase("this phrase does not open this secret") from None


def _key(phrase: str, salt: bytes, cost: Cost) -> bytes:
    memory = max(cost.memory_kib, 8 * LANES)
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=LANES, memory_cost=memory)
    return kdf.derive(spoken(phrase).encode())


def _bound(salt: bytes, cost: Cost) -> bytes:
    return MARK + b"locked keys" + salt + write(cost)


def _secret_bound(salt: bytes, cost: Cost) -> bytes:
    return MARK + b"locked secret" + salt + write(cost)
