"""Entries: small typed documents, signed by their author and sealed to one epoch of one folder."""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from banyan.sealing import boxes
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Bytes16, Bytes32, Count, Record, read, write
from banyan.sealing.keys import Keys, PublicKeys
from banyan.sealing.signed import Signed, sign

PURPOSE = "entry"
MOST_HEADS = 16
Kind = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Entry(Record, frozen=True):
    """What an author signs: where it stands, what they had seen, and the document."""

    folder: Bytes32
    epoch: Bytes16
    roster: Bytes32
    seq: Count
    previous: Bytes32 | None
    time: Count
    after: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=MOST_HEADS)]
    kind: Kind
    document: bytes


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """An entry whose seal opened and whose signature held. `time` is in milliseconds since 1970."""

    seal_id: bytes
    name: bytes
    author: bytes
    entry: Entry
    drop: bool = False

    @property
    def kind(self) -> str:
        """The kind of its document."""
        return self.entry.kind


def seal_entry(keys: Keys, seed: bytes, entry: Entry) -> tuple[bytes, bytes]:
    """The entry signed and sealed: the seal's bytes and the entry's name."""
    signed = sign(keys, PURPOSE, write(entry))
    data = boxes.seal(seed, sort=boxes.ENTRY, folder=entry.folder, epoch=entry.epoch, plaintext=write(signed))
    return data, signed.name(PURPOSE)


def seal_drop(keys: Keys, drop: PublicKeys, entry: Entry) -> bytes:
    """The entry signed and dropped into a folder that its author cannot read."""
    signed = sign(keys, PURPOSE, write(entry))
    return boxes.seal_drop(drop, folder=entry.folder, epoch=entry.epoch, plaintext=write(signed))


def read_signed(plaintext: bytes, header: boxes.Header) -> tuple[Signed, Entry]:
    """What an opened seal holds, bound to the folder and epoch of its header. Raises `Damaged`."""
    signed = read(plaintext, Signed)
    entry = read(signed.body, Entry)
    if entry.folder != header.folder or entry.epoch != header.epoch:
        raise Damaged("an entry sealed in another place than it was written for")
    return signed, entry
