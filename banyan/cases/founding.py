"""The founding of a programme: its first members sign its roster, and five trustees are dealt the recovery
key.

Pure: it gives items and shares; the command line decides where they go. The quorum's secret is never in one
place after it.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banyan.folders.epoch import QuorumKeys
from banyan.folders.items import Sort, mark, read_item
from banyan.folders.membership import NOBODY, found
from banyan.folders.roster import Founding, assent, make_card, place
from banyan.folders.seats import Seat
from banyan.sealing import quorum
from banyan.sealing.format import write
from banyan.sealing.keys import Keys


@dataclass(frozen=True)
class FirstMember:
    """Somebody who founds: their keys, pseudonym and seats."""

    keys: Keys
    name: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Founded:
    """A founded programme: its id, the items that every place starts from, and the trustees' shares."""

    programme: bytes
    items: tuple[bytes, ...]
    shares: tuple[quorum.Share, ...]


def found_programme(
    *, name: str, demo: bool, members: Sequence[FirstMember], door: Keys, trustees: Iterable[str], time: int
) -> Founded:
    """A new programme. `time` in seconds since 1970. Raises where seats clash or too few sign."""
    shares = quorum.deal()
    pieces = quorum.all_pieces(shares)
    keys = QuorumKeys(buckets=tuple(quorum.bucket_public(pieces, bucket) for bucket in range(quorum.BUCKETS)))
    bucket_keys = mark(Sort.QUORUM, write(keys))
    act = write(
        Founding(
            name=name,
            demo=demo,
            members=tuple((make_card(one.keys, one.name), one.seats) for one in members),
            door=door.public,
            trustees=tuple(trustees),
            quorum=read_item(bucket_keys).id,
            nonce=secrets.token_bytes(32),
        )
    )
    link = place(
        members[0].keys,
        index=0,
        previous=(),
        time=time,
        act=act,
        assents=tuple(assent(one.keys, NOBODY, act) for one in members),
    )
    item = read_item(link)
    found(item)  # raises where the founding does not hold
    return Founded(item.id, (link, bucket_keys), shares)
