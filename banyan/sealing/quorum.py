"""The recovery quorum: any three of five trustees, never two.

XOR replicated sharing: for each of the ten pairs of trustees there is one random piece that exactly the three
others hold, so each trustee holds six, any three hold all ten, and every two miss one. A bucket's key is the
XOR of HKDF(piece, bucket) over all pieces: trustees hand over those, never the pieces, so that one ceremony
opens one bucket of 256.
"""

import secrets
from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import combinations

from banyan.sealing.faults import Damaged, Forged
from banyan.sealing.format import Bytes32, Record, digest
from banyan.sealing.keys import derive, xwing_public_bytes

TRUSTEES, NEEDED, BUCKETS = 5, 3, 256
PIECES = tuple(
    combinations(range(TRUSTEES), NEEDED - 1)
)  # piece p is missing from the two trustees that it names

Numbered = tuple[tuple[int, Bytes32], ...]


class Share(Record, frozen=True):
    """What one trustee keeps: their number and six secrets, each with the piece's number."""

    trustee: int
    pieces: Numbered


class HandedOver(Record, frozen=True):
    """What one trustee brings to a ceremony: their pieces turned into one bucket's."""

    trustee: int
    bucket: int
    pieces: Numbered


def deal() -> tuple[Share, ...]:
    """Five shares of a new quorum secret that is never in one place."""
    pieces = {number: secrets.token_bytes(32) for number in range(len(PIECES))}
    return tuple(
        Share(trustee=trustee, pieces=tuple((n, p) for n, p in pieces.items() if trustee not in PIECES[n]))
        for trustee in range(TRUSTEES)
    )


def bucket_of(folder: bytes) -> int:
    """Which of the 256 buckets a folder (its 32-byte id) is recovered by."""
    return digest("bucket", folder)[0]


def hand_over(share: Share, bucket: int) -> HandedOver:
    """What a trustee brings to the ceremony for one bucket."""
    if not 0 <= bucket < BUCKETS:
        raise Damaged("there is no such bucket")
    turned = tuple((number, derive(piece, f"bucket {bucket}")) for number, piece in share.pieces)
    return HandedOver(trustee=share.trustee, bucket=bucket, pieces=turned)


def combine(brought: Iterable[HandedOver], public: bytes | None = None) -> bytes:
    """The bucket's X-Wing seed. Raises `Damaged` where pieces are missing, or name the trustees who disagree.

    `public` is the bucket's key from the founding: with it a false piece that only one trustee holds is `Forged`.
    """
    held: dict[int, tuple[int, bytes]] = {}
    brought = tuple(brought)
    if len({one.bucket for one in brought}) != 1:
        raise Damaged("the trustees brought pieces of different buckets")
    for one in brought:
        for number, piece in one.pieces:
            first, known = held.setdefault(number, (one.trustee, piece))
            if known != piece:
                raise Damaged(f"trustees {first + 1} and {one.trustee + 1} brought different pieces")
    if set(held) != set(range(len(PIECES))):
        raise Damaged("too few trustees: three are needed")
    seed = reduce(_xor, (piece for _, piece in held.values()))
    if public is not None and xwing_public_bytes(seed) != public:
        raise Forged("a trustee brought a false piece: this is not the bucket's key")
    return seed


def bucket_public(pieces: Mapping[int, bytes], bucket: int) -> bytes:
    """The public key (1,216 bytes) of one bucket, made at the founding from all ten pieces."""
    if set(pieces) != set(range(len(PIECES))):
        raise Damaged("a bucket's key is made from all ten pieces")
    return xwing_public_bytes(reduce(_xor, (derive(piece, f"bucket {bucket}") for piece in pieces.values())))


def all_pieces(shares: Iterable[Share]) -> dict[int, bytes]:
    """The pieces of at least three shares together."""
    return {number: piece for share in shares for number, piece in share.pieces}


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
