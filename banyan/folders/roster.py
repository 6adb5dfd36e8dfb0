"""The roster: who is a member, which seats they hold, and the door's own key.

A strict chain of signed links from the founding on. An *act* says what is to change; its signers sign the
act, not its place, so an act that lost a race for the next link is placed again without asking anybody twice.
Additions, removals, new seats and new keys need two signers, a freeze one. Nothing is ever sealed to a key
that the roster does not carry.

Where two links follow the same one the chain has forked: removals and freezes of both sides hold, additions
of neither until two members sign a link that mends it.
"""

from typing import Annotated, Literal

import msgspec

from banyan.folders.grave import Grave
from banyan.folders.items import Item, Sort, body_of, mark
from banyan.folders.published import Publish
from banyan.folders.seats import Seat
from banyan.sealing.faults import Damaged, Forged
from banyan.sealing.format import Bytes16, Bytes32, Bytes64, Count, Record, digest, read, write
from banyan.sealing.keys import Keys, PublicKeys

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
JOIN, ASSENT, PLACE = "join", "roster act", "roster link"
EXPIRES = 14 * 24 * 3600
MOST_GRAVES = 64
BuryReason = Literal["asked", "told", "mistake", "law", "case"]


class Card(Record, frozen=True):
    """Somebody's keys and pseudonym, signed by those very keys: nobody joins with a key that they do not
    hold.
    """

    keys: PublicKeys
    name: Name
    proof: Bytes64

    @property
    def id(self) -> bytes:
        """The 16 bytes that name the member."""
        return self.keys.id

    def check(self) -> None:
        """Raise `Forged` unless the keys signed this card, `Damaged` for a pseudonym that does not show as it is."""
        if not self.name.isprintable() or self.name != self.name.strip():
            raise Damaged("a pseudonym with signs that do not show")
        self.keys.check(JOIN, _card_message(self.keys, self.name), self.proof)


class Founding(Record, frozen=True, tag="found", tag_field="verb"):
    """The first act: the programme's name, its first members and seats, its door, its trustees and their
    bucket keys.
    """

    name: Name
    demo: bool
    members: tuple[tuple[Card, tuple[Seat, ...]], ...]
    door: PublicKeys
    trustees: tuple[Name, ...]
    quorum: Bytes32
    nonce: Bytes32


class Add(Record, frozen=True, tag="add", tag_field="verb"):
    """A new member, or (with `replaces`) new keys for one whose phrase is lost."""

    card: Card
    seats: tuple[Seat, ...]
    replaces: Bytes16 | None
    made: Count
    nonce: Bytes16


class Change(Record, frozen=True, tag="change", tag_field="verb"):
    """Something that happens to a member: removed, frozen, thawed, or given other seats."""

    what: Literal["remove", "freeze", "thaw", "seats"]
    member: Bytes16
    seats: tuple[Seat, ...]
    made: Count
    nonce: Bytes16


class Bury(Record, frozen=True, tag="bury", tag_field="verb"):
    """Folders, or seals of them, are to be gone for good: all that a programme keeps of one person goes by one act.

    `reason`: `asked` at the door, `told` by another way, opened by `mistake`, a `law` or a time that is over, or the
    `case` to which they belonged was erased. The first grave is what the act is called by.
    """

    graves: Annotated[tuple[Grave, ...], msgspec.Meta(min_length=1, max_length=MOST_GRAVES)]
    reason: BuryReason
    made: Count
    nonce: Bytes16


class Mend(Record, frozen=True, tag="mend", tag_field="verb"):
    """Goes on after a fork; what was added on either side must be added again."""

    made: Count
    nonce: Bytes16


Act = Founding | Add | Change | Bury | Mend | Publish


class Assent(Record, frozen=True):
    """One member's signature under an act."""

    act: Bytes32
    member: Bytes16
    signature: Bytes64


class Link(Record, frozen=True):
    """An act in its place in the chain, with its signatures, placed by one of those who signed it."""

    index: Count
    previous: tuple[Bytes32, ...]
    time: Count
    act: bytes
    assents: tuple[Assent, ...]
    placed_by: Bytes16
    signature: Bytes64


def make_card(keys: Keys, name: str) -> Card:
    """What somebody who wants to join hands to the office."""
    return Card(keys=keys.public, name=name, proof=keys.sign(JOIN, _card_message(keys.public, name)))


def act_id(act: bytes) -> bytes:
    """The name of an act: what its signers sign."""
    return digest("roster act", act)


def read_act(data: bytes) -> Act:
    """The act that the bytes spell. Raises `Damaged`."""
    act: Act = read(data, Act)  # type: ignore[arg-type]
    return act


def assent(keys: Keys, programme: bytes, act: bytes) -> Assent:
    """`keys` sign an act in this programme (its 32-byte id; the founding's is 32 zeros)."""
    name = act_id(act)
    return Assent(act=name, member=keys.id, signature=keys.sign(ASSENT, programme + name))


def check_assent(one: Assent, programme: bytes, keys: PublicKeys) -> None:
    """Raise `Forged` unless `keys` signed the act."""
    if keys.id != one.member:
        raise Forged("an assent of somebody else")
    keys.check(ASSENT, programme + one.act, one.signature)


def place(
    keys: Keys, *, index: int, previous: tuple[bytes, ...], time: int, act: bytes, assents: tuple[Assent, ...]
) -> bytes:
    """The item of a link. `time` in seconds since 1970."""
    body = _link_message(index, previous, time, act, assents, keys.id)
    link = Link(
        index=index,
        previous=previous,
        time=time,
        act=act,
        assents=assents,
        placed_by=keys.id,
        signature=keys.sign(PLACE, body),
    )
    return mark(Sort.LINK, write(link))


def read_link(item: Item) -> Link:
    """The link of an item. Raises `Damaged`."""
    if item.sort is not Sort.LINK:
        raise Damaged("not a link of the roster")
    return read(body_of(item), Link)


def check_placing(link: Link, keys: PublicKeys) -> None:
    """Raise `Forged` unless `keys` placed the link where it stands."""
    if keys.id != link.placed_by:
        raise Forged("a link placed by somebody else than it says")
    message = _link_message(link.index, link.previous, link.time, link.act, link.assents, link.placed_by)
    keys.check(PLACE, message, link.signature)


def fingerprint(keys: PublicKeys) -> str:
    """Six groups of four digits, to be read aloud before anybody signs (80 bits of the keys' hash)."""
    number = int.from_bytes(digest("fingerprint", keys.sealing, keys.signing)[:10], "big") % 10**24
    digits = f"{number:024d}"
    return " ".join(digits[start : start + 4] for start in range(0, 24, 4))


def _card_message(keys: PublicKeys, name: str) -> bytes:
    return digest("card", keys.sealing, keys.signing, name.encode())


def _link_message(
    index: int,
    previous: tuple[bytes, ...],
    time: int,
    act: bytes,
    assents: tuple[Assent, ...],
    placed_by: bytes,
) -> bytes:
    numbers = index.to_bytes(8, "big") + time.to_bytes(8, "big")
    return digest("link", numbers, b"".join(previous), act, write(assents), placed_by)
