"""Epochs: who reads a folder from when on. An epoch exists only by a signed statement.

The statement names the epoch's parents, the heads that it closes, a commitment to its seed, its recipients
with the hashes of their wraps, and carries the parents' seeds: whoever may read an epoch may read what came
before it.

An epoch's id is a hash of its author and of all that its statement says but the wraps, so nobody can offer
another seed, other readers or another author for it. A folder's id is the hash of its owner's key and of its
founding terms, which bind the founding statement: nobody, not even its author, can found it again otherwise.
So, too, the owner of a conversation can prove to anybody, without opening anything, that they may have it
erased.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import msgspec
from msgspec.structs import replace

from banyan.folders.entry import MOST_HEADS, Kind
from banyan.folders.items import Sort, mark
from banyan.sealing import boxes
from banyan.sealing.faults import Damaged, Forged, NotForUs
from banyan.sealing.format import Bytes16, Bytes32, Count, Record, digest, read, write
from banyan.sealing.keys import Keys, PublicKeys, derive
from banyan.sealing.quorum import bucket_of
from banyan.sealing.signed import Signed, sign

PURPOSE, CARD = "epoch statement", "drop card"
NO_OWNER = bytes(32)
UNKNOWN = bytes(32)  # the seed of an epoch that its author made for others alone and forgot
MOST_RECIPIENTS = 64


class Terms(Record, frozen=True):
    """What a folder is founded on. `owner` is the person whose conversation it is; `hears` is a person who may drop
    answers into a folder that they cannot read; `nonce` binds the statement.
    """

    programme: Bytes32
    kind: Kind
    author: Bytes16
    owner: PublicKeys | None
    hears: PublicKeys | None
    nonce: Bytes32

    @property
    def digest(self) -> bytes:
        """The hash that stands for the terms; the seed behind the nonce keeps it from being guessed."""
        return digest("terms", write(self))

    @property
    def folder(self) -> bytes:
        """The folder's id."""
        return folder_id(self.owner.signing if self.owner else NO_OWNER, self.digest)


class Recipient(Record, frozen=True):
    """A reader of an epoch and the hash of their wrap."""

    id: Bytes16
    wrap: Bytes32


class Parent(Record, frozen=True):
    """An epoch that this one follows, and its seed."""

    epoch: Bytes16
    seed: Bytes32


class Statement(Record, frozen=True):
    """What makes an epoch. `terms` stand in the founding statement only."""

    folder: Bytes32
    terms: Terms | None
    epoch: Bytes16
    parents: tuple[Parent, ...]
    closes: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=MOST_HEADS)]
    seed: Bytes32
    drop: PublicKeys | None
    recipients: Annotated[tuple[Recipient, ...], msgspec.Meta(min_length=1, max_length=MOST_RECIPIENTS)]
    roster: Bytes32
    time: Count


class Slot(Record, frozen=True):
    """The way into a folder that one cannot read, as its holders hand it on inside other folders."""

    folder: Bytes32
    epoch: Bytes16
    drop: PublicKeys


class DropCard(Record, frozen=True):
    """In clear, for programme-wide folders: the key by which any member adds to a folder that they cannot
    read.
    """

    programme: Bytes32
    kind: Kind
    folder: Bytes32
    epoch: Bytes16
    drop: PublicKeys
    time: Count


@dataclass(frozen=True)
class OpenedStatement:
    """A statement whose seal opened and whose signature held, and the seed of its epoch."""

    seal_id: bytes
    name: bytes
    author: bytes
    statement: Statement
    seed: bytes

    @cached_property
    def readers(self) -> frozenset[bytes]:
        """The ids of all who have a wrap."""
        return frozenset(recipient.id for recipient in self.statement.recipients)


def folder_id(owner: bytes, terms: bytes) -> bytes:
    """A folder's id from its owner's signing key (or zeros) and the digest of its terms."""
    return digest("folder", owner, terms)


def epoch_id(author: bytes, statement: Statement) -> bytes:
    """The 16-byte id that a statement's epoch has to have."""
    recipients = tuple(replace(one, wrap=bytes(32)) for one in statement.recipients)
    return digest("epoch", author, write(replace(statement, epoch=bytes(16), recipients=recipients)))[:16]


def _founding_nonce(author: bytes, blank: Statement, quorum: bool) -> bytes:
    return digest("founding", author, bytes((quorum,)), write(blank))


def founding_nonce(author: bytes, statement: Statement) -> bytes:
    """What the nonce of a founding statement's terms has to be. The quorum's id follows from the folder's, so
    it is left out and only its presence is told.
    """
    apart = quorum_recipient(bucket_of(statement.folder))
    readers = tuple(replace(one, wrap=bytes(32)) for one in statement.recipients if one.id != apart)
    blank = replace(statement, folder=bytes(32), terms=None, epoch=bytes(16), recipients=readers)
    return _founding_nonce(author, blank, len(readers) < len(statement.recipients))


def seed_commitment(seed: bytes) -> bytes:
    """What a statement says of its seed."""
    return derive(seed, "seed commitment")


def drop_keys(seed: bytes) -> Keys:
    """The pair that drops of this epoch are sealed to."""
    return Keys(derive(seed, "drop key"))


def quorum_recipient(bucket: int) -> bytes:
    """The id under which the recovery quorum holds a bucket's wraps."""
    return digest("quorum recipient", bytes((bucket,)))[:16]


@dataclass(frozen=True)
class NewEpoch:
    """A new epoch as items: the statement's seal, the wraps and perhaps a drop card; and what its author now
    holds.
    """

    folder: bytes
    epoch: bytes
    seed: bytes
    statement: bytes
    wraps: tuple[bytes, ...]
    terms: Terms | None = None
    card: bytes | None = None

    @property
    def items(self) -> list[bytes]:
        """All of it, for the store."""
        return [self.statement, *self.wraps, *([self.card] if self.card else [])]


def make_epoch(
    keys: Keys,
    *,
    terms: Terms | None,
    folder: bytes,
    parents: Iterable[OpenedStatement],
    closes: tuple[bytes, ...],
    readers: Iterable[PublicKeys],
    quorum: "QuorumKeys | None",
    roster: bytes,
    time: int,
    drops: str | None = None,
    programme: bytes = NO_OWNER,
) -> NewEpoch:
    """A new epoch of a folder, its seed wrapped to each reader and to the quorum. `time` in milliseconds.

    With `terms` it founds a folder, whose id is then its own. `drops` is the folder's kind where it takes
    drops: then a public card with the drop key is made too.
    """
    seed, readers = secrets.token_bytes(32), tuple(readers)
    draft = Statement(
        folder=folder,
        terms=None,
        epoch=bytes(16),
        parents=tuple(Parent(epoch=one.statement.epoch, seed=one.seed) for one in parents),
        closes=closes[:MOST_HEADS],
        seed=seed_commitment(seed),
        drop=drop_keys(seed).public if drops else None,
        recipients=tuple(Recipient(id=reader.id, wrap=bytes(32)) for reader in readers),
        roster=roster,
        time=time,
    )
    if terms is not None:
        blank = replace(draft, folder=bytes(32))
        terms = replace(terms, nonce=_founding_nonce(keys.id, blank, quorum is not None))
        folder = terms.folder
    statement, wraps = _wrapped(keys, replace(draft, folder=folder, terms=terms), seed, readers, quorum)
    signed = sign(keys, PURPOSE, write(statement))
    data = boxes.seal(
        seed, sort=boxes.STATEMENT, folder=folder, epoch=statement.epoch, plaintext=write(signed)
    )
    card = _card(keys, statement, programme, drops) if drops else None
    return NewEpoch(folder, statement.epoch, seed, data, wraps, terms, card)


def _wrapped(
    keys: Keys,
    draft: Statement,
    seed: bytes,
    readers: tuple[PublicKeys, ...],
    quorum: "QuorumKeys | None",
) -> tuple[Statement, tuple[bytes, ...]]:
    """The statement with its epoch's id and the hashes of its wraps, and the wraps."""
    ids = [one.id for one in draft.recipients]
    ids += [quorum_recipient(bucket_of(draft.folder))] if quorum else []
    named = replace(draft, recipients=tuple(Recipient(id=ident, wrap=bytes(32)) for ident in ids))
    named = replace(named, epoch=epoch_id(keys.id, named))
    place = {"folder": draft.folder, "epoch": named.epoch}
    wraps = [boxes.wrap(seed, reader, **place) for reader in readers]
    wraps += [quorum.wrap(seed, **place)[1]] if quorum else []
    recipients = tuple(
        Recipient(id=ident, wrap=boxes.seal_id(data)) for ident, data in zip(ids, wraps, strict=True)
    )
    return replace(named, recipients=recipients), tuple(wraps)


def _card(keys: Keys, statement: Statement, programme: bytes, kind: str) -> bytes | None:
    if statement.drop is None:
        return None
    body = DropCard(
        programme=programme, kind=kind, folder=statement.folder, epoch=statement.epoch, drop=statement.drop,
        time=statement.time,
    )  # fmt: skip
    return mark(Sort.CARD, write(sign(keys, CARD, write(body))))


def found_terms(
    keys: Keys, *, programme: bytes, kind: str, owner: PublicKeys | None, hears: PublicKeys | None = None
) -> Terms:
    """Founding terms by the holder of `keys`, for `make_epoch` to bind to the founding statement."""
    return Terms(programme=programme, kind=kind, author=keys.id, owner=owner, hears=hears, nonce=bytes(32))


def slot_of(one: OpenedStatement) -> Slot:
    """The slot of an epoch whose seed is known. Raises `NotForUs` where it is not."""
    if one.seed == UNKNOWN:
        raise NotForUs("the seed of this epoch is not known here")
    return Slot(folder=one.statement.folder, epoch=one.statement.epoch, drop=drop_keys(one.seed).public)


def read_statement(plaintext: bytes, header: boxes.Header, seed: bytes) -> tuple[Signed, Statement]:
    """The statement of an opened seal, bound to its header and its seed. Raises `Damaged` or `Forged`."""
    signed = read(plaintext, Signed)
    statement = read(signed.body, Statement)
    if statement.folder != header.folder or statement.epoch != header.epoch:
        raise Damaged("a statement sealed in another place than it was written for")
    if statement.seed != seed_commitment(seed):
        raise Forged("a statement about another seed than its own")
    if statement.epoch != epoch_id(signed.author, statement):
        raise Forged("a statement that does not fit its epoch's id")
    if statement.drop not in (None, drop_keys(seed).public if statement.drop else None):
        raise Forged("a statement with a drop key that is not of its seed")
    terms = statement.terms
    if (terms is None) == (not statement.parents):
        raise Damaged("a statement either founds a folder or follows an epoch")
    if terms is not None and (terms.folder != statement.folder or terms.author != signed.author):
        raise Forged("a founding that is not of this folder or not by its author")
    if terms is not None and terms.nonce != founding_nonce(signed.author, statement):
        raise Forged("a founding other than the one that the folder is named for")
    return signed, statement


class QuorumKeys(Record, frozen=True):
    """The 256 public bucket keys of the recovery quorum, made at the founding."""

    buckets: tuple[bytes, ...]

    def wrap(self, seed: bytes, *, folder: bytes, epoch: bytes) -> tuple[bytes, bytes]:
        """The quorum's recipient id and wrap for a folder."""
        bucket = bucket_of(folder)
        ident = quorum_recipient(bucket)
        return ident, boxes.wrap_to(seed, self.buckets[bucket], ident, folder=folder, epoch=epoch)
