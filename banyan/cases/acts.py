"""Acts of two: one statement, and each signer's own signature over it, in a single entry.

Whoever may read the entry can check it without opening what the act rests on: the statement names that by hash. An
act names its case by a number that stands on the cover alone, so that a signature that travels on (with a count)
leads to no folder.
"""

import secrets
from functools import lru_cache
from typing import Annotated

import msgspec

from banyan.folders.membership import Roster
from banyan.sealing.faults import Forged
from banyan.sealing.format import Bytes16, Bytes32, Bytes64, Count, Record, write
from banyan.sealing.keys import Keys, PublicKeys

PURPOSE = "act of two"
LAPSES = 14 * 24 * 3_600_000
Code = Annotated[str, msgspec.Meta(max_length=40)]


class Statement(Record, frozen=True):
    """What is signed: the act, the case by its number, the names of what it rests on, a reason, and until when.

    Times in milliseconds.
    """

    programme: Bytes32
    act: Code
    number: Bytes16
    rests: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=8)]
    reason: Code
    made: Count
    expires: Count
    nonce: Bytes16


class Signature(Record, frozen=True):
    """One member's signature over a statement."""

    member: Bytes16
    signature: Bytes64


def new_statement(
    *, programme: bytes, act: str, number: bytes, rests: tuple[bytes, ...], time: int, reason: str = ""
) -> Statement:
    """A statement to be signed by two; it lapses after fourteen days."""
    return Statement(
        programme=programme, act=act, number=number, rests=rests, reason=reason, made=time,
        expires=time + LAPSES, nonce=secrets.token_bytes(16),
    )  # fmt: skip


def sign(keys: Keys, statement: Statement) -> Signature:
    """The signature of whoever holds the keys."""
    return Signature(member=keys.id, signature=keys.sign(PURPOSE, write(statement)))


def check(statement: Statement, one: Signature, roster: Roster) -> None:
    """Raise `Forged` unless a member of this very programme signed the statement."""
    member = roster.members.get(one.member)
    if member is None or statement.programme != roster.programme:
        raise Forged("signed by nobody of this programme")
    if not _holds(member.keys, write(statement), one.signature):
        raise Forged("the signature under this act does not hold")


@lru_cache(maxsize=4096)
def _holds(keys: PublicKeys, statement: bytes, signature: bytes) -> bool:
    """A fold is told again and again, and a signature holds or does not for ever."""
    try:
        keys.check(PURPOSE, statement, signature)
    except Forged:
        return False
    return True
