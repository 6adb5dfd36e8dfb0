"""The graveyard: what is to be gone for good, in every place, however late a place hears of it.

A burial names a folder as a whole or some seals in it. Two signatures make it hold: of two members, one of
them of the office - or, for a person's own conversation, theirs alone, which anybody can check because a
folder's id is made from its owner's key. Burials are taken in first in every union, so that no old pouch or
desk brings the erased back.

Limit: a desk that has not synced still opens what it holds.
"""

from typing import Annotated

import msgspec

from banyan.folders.epoch import folder_id
from banyan.folders.items import Item, Sort, body_of, mark
from banyan.folders.membership import Roster
from banyan.folders.seats import Seat
from banyan.sealing.faults import Damaged, Forged
from banyan.sealing.format import Bytes16, Bytes32, Bytes64, Record, digest, read, write
from banyan.sealing.keys import Keys, PublicKeys

PURPOSE = "burial"
Ids = Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=10_000)]


class Grave(Record, frozen=True):
    """What is to be gone: a whole folder, or these seals of it (with the names of their entries, so that
    nobody waits).
    """

    folder: Bytes32
    seals: Ids
    names: Ids

    @property
    def whole(self) -> bool:
        """Whether the folder as a whole is meant."""
        return not self.seals


class Owner(Record, frozen=True):
    """The proof that a folder is the signer's own: their keys and the digest of the founding terms."""

    keys: PublicKeys
    terms: Bytes32
    signature: Bytes64


class Hand(Record, frozen=True):
    """One member's signature under a burial."""

    member: Bytes16
    signature: Bytes64


class Burial(Record, frozen=True):
    """A grave and what makes it hold."""

    grave: Grave
    owner: Owner | None
    hands: tuple[Hand, ...]


def bury_own(keys: Keys, terms: bytes, grave: Grave) -> bytes:
    """The item by which a person buries (part of) their own conversation. `terms` is the digest of its terms."""
    owner = Owner(keys=keys.public, terms=terms, signature=keys.sign(PURPOSE, _message(grave)))
    return mark(Sort.BURIAL, write(Burial(grave=grave, owner=owner, hands=())))


def sign_burial(keys: Keys, grave: Grave) -> Hand:
    """One member's hand under a burial of two."""
    return Hand(member=keys.id, signature=keys.sign(PURPOSE, _message(grave)))


def bury_by_two(grave: Grave, hands: tuple[Hand, ...]) -> bytes:
    """The item of a burial that members signed."""
    return mark(
        Sort.BURIAL,
        write(Burial(grave=grave, owner=None, hands=tuple(sorted(hands, key=lambda h: h.member)))),
    )


def read_burial(item: Item) -> Burial:
    """The burial of an item. Raises `Damaged`; says nothing about whether it holds."""
    if item.sort is not Sort.BURIAL:
        raise Damaged("not a burial")
    return read(body_of(item), Burial)


def check_burial(item: Item, roster: Roster | None) -> Grave:
    """The grave that a burial makes. Raises `Forged` where nobody entitled signed it, `Damaged` where it is
    no burial.
    """
    burial = read_burial(item)
    message = _message(burial.grave)
    if burial.owner is not None:
        owner = burial.owner
        if folder_id(owner.keys.signing, owner.terms) != burial.grave.folder:
            raise Forged("a burial by somebody whose folder it is not")
        owner.keys.check(PURPOSE, message, owner.signature)
        return burial.grave
    if roster is None:
        raise Forged("a burial by members of a roster that is not known here")
    signers = set()
    for hand in burial.hands:
        member = roster.members.get(hand.member)
        if member is None:
            raise Forged("a burial signed by somebody who is no member")
        member.keys.check(PURPOSE, message, hand.signature)
        signers.add(member.id)
    seats = [roster.members[ident].seats for ident in signers if roster.members[ident].active]
    if len(seats) < 2 or not any(Seat.OFFICE in held for held in seats):
        raise Forged("a burial needs two active members, one of the office")
    return burial.grave


def _message(grave: Grave) -> bytes:
    return digest("grave", write(grave))
