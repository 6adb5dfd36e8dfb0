"""Items: whatever lies at rest, read by its first four bytes and named by the hash of all of them."""

from dataclasses import dataclass
from enum import StrEnum

from banyan.sealing import boxes
from banyan.sealing.faults import Damaged, UnknownFormat


class Sort(StrEnum):
    """The sorts of items. Seals, pieces of files and wraps go to those who hold them; all others to every member."""

    SEAL = "seal"
    PIECE = "piece"
    WRAP = "wrap"
    LINK = "link"
    ACT = "act"
    ASSENT = "assent"
    BURIAL = "burial"
    CARD = "card"
    QUORUM = "quorum"


MARKS = {
    boxes.SEAL_MARK: Sort.SEAL,
    boxes.PIECE_MARK: Sort.PIECE,
    boxes.WRAP_MARK: Sort.WRAP,
    b"BNR1": Sort.LINK,
    b"BNA1": Sort.ACT,
    b"BNS1": Sort.ASSENT,
    b"BNG1": Sort.BURIAL,
    b"BNC1": Sort.CARD,
    b"BNQ1": Sort.QUORUM,
}
MARK_OF = {sort: mark for mark, sort in MARKS.items()}
PRIVATE = (Sort.SEAL, Sort.WRAP, Sort.PIECE)
LARGEST_PUBLIC = 512 * 1024


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its 32-byte id, its sort, its bytes, and what a seal or a wrap says in clear."""

    id: bytes
    sort: Sort
    data: bytes
    folder: bytes = b""
    epoch: bytes = b""
    recipient: bytes = b""
    seal_sort: int = 0
    size_class: int = 0


def read_item(data: bytes) -> Item:
    """The item that the bytes are. Raises `UnknownFormat` or `Damaged`; opens nothing."""
    sort = MARKS.get(bytes(data[:4]))
    if sort is None:
        raise UnknownFormat("not an item of a version that this program knows")
    name = boxes.seal_id(data)
    if sort in (Sort.SEAL, Sort.PIECE):
        seal = boxes.read_header(data)
        return Item(name, sort, data, seal.folder, seal.epoch, b"", seal.sort, seal.size_class)
    if sort is Sort.WRAP:
        wrap = boxes.read_wrap_header(data)
        return Item(name, sort, data, wrap.folder, wrap.epoch, wrap.recipient)
    if len(data) > LARGEST_PUBLIC:
        raise Damaged(f"a {sort} larger than they are made")
    return Item(name, sort, data)


def body_of(item: Item) -> bytes:
    """The bytes behind the mark of a public item."""
    return item.data[4:]


def mark(sort: Sort, body: bytes) -> bytes:
    """A public item's bytes."""
    return MARK_OF[sort] + body
