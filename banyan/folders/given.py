"""What a reader is given, by id alone: every public item, the seals and wraps of folders they hold, and the pieces
of files there but for large ones, which a desk asks for by their ids when somebody wants the file.

The same ids as `Store.ids_for`, kept apart by what is fetched first, and their fingerprints: for each first
byte of an id how many there are and eight bytes of a hash over them. Two places whose fingerprints agree hold
the same; where one differs only that 256th of the ids is compared.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import msgspec
from django.db.models import QuerySet

from banyan.folders.items import PRIVATE, Sort
from banyan.folders.models import Held
from banyan.folders.store import CHUNK, LARGE, Store
from banyan.sealing.format import Bytes32, Count, Record

PREFIXES = 256
PRINT = 8
MOST_IDS = 131_072  # ids in one answer
PUBLIC = [sort for sort in Sort if sort not in PRIVATE]
FIRST = {Sort.LINK: 0, Sort.BURIAL: 1, Sort.WRAP: 0, Sort.PIECE: 3}  # the order in which items are asked for


class Summary(Record, frozen=True):
    """How many ids there are for each first byte, and eight bytes of SHA-256 over them in order."""

    counts: Annotated[tuple[Count, ...], msgspec.Meta(min_length=PREFIXES, max_length=PREFIXES)]
    prints: Annotated[bytes, msgspec.Meta(min_length=PREFIXES * PRINT, max_length=PREFIXES * PRINT)]

    def differing(self, other: "Summary") -> list[int]:
        """The first bytes under which two places do not hold the same."""
        return [
            byte
            for byte in range(PREFIXES)
            if self.counts[byte] != other.counts[byte] or self._print(byte) != other._print(byte)
        ]

    def _print(self, byte: int) -> bytes:
        return self.prints[PRINT * byte : PRINT * (byte + 1)]


class Ids(Record, frozen=True):
    """Ids under some first bytes. Links and burials stand first in `public`, wraps in `private`."""

    public: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=MOST_IDS)]
    private: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=MOST_IDS)]


@dataclass(frozen=True, slots=True)
class Given:
    """All that a reader is given: every id once, sorted, and the sort of the few that are not seals."""

    ids: tuple[bytes, ...]
    sorts: dict[bytes, Sort]

    @property
    def summary(self) -> Summary:
        """The fingerprints of it all."""
        counts, prints = [], bytearray()
        for start, end in self._slices(range(PREFIXES)):
            counts.append(end - start)
            prints += hashlib.sha256(b"".join(self.ids[start:end])).digest()[:PRINT]
        return Summary(counts=tuple(counts), prints=bytes(prints))

    def under(self, prefixes: bytes) -> Ids:
        """The ids that begin with one of these bytes."""
        chosen = [
            ident for start, end in self._slices(sorted(set(prefixes))) for ident in self.ids[start:end]
        ]
        chosen.sort(key=lambda ident: FIRST.get(self._sort(ident), 2))
        public = tuple(ident for ident in chosen if self._sort(ident) not in PRIVATE)
        return Ids(public=public, private=tuple(ident for ident in chosen if self._sort(ident) in PRIVATE))

    def _sort(self, ident: bytes) -> Sort:
        return self.sorts.get(ident, Sort.SEAL)

    def _slices(self, prefixes: Iterable[int]) -> list[tuple[int, int]]:
        def start(byte: int) -> int:
            return bisect_left(self.ids, bytes((byte,))) if byte < PREFIXES else len(self.ids)

        return [(start(byte), start(byte + 1)) for byte in prefixes]


def given(store: Store, reader: bytes | None) -> Given:
    """What `reader` (16 bytes) is given in a pull from this store; with None all that is here."""
    rows = Held.objects.using(store.alias)
    found: dict[bytes, str] = {}
    if reader is None:
        found.update(_pairs(rows))
    else:
        found.update(_pairs(rows.filter(sort__in=PUBLIC)))
        folders = list(store.folders_for(reader))
        for start in range(0, len(folders), CHUNK):
            part = folders[start : start + CHUNK]
            found.update(_pairs(rows.filter(folder__in=part).exclude(**LARGE)))
    sorts = {ident: Sort(sort) for ident, sort in found.items() if sort != Sort.SEAL}
    return Given(tuple(sorted(found)), sorts)


def _pairs(rows: "QuerySet[Held]") -> Iterable[tuple[bytes, str]]:
    return ((bytes(ident), sort) for ident, sort in rows.values_list("item", "sort").iterator(20_000))
