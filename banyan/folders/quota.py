"""How much room a hub has, and what it drops when it is full: junk that intake put aside, and never anything else.

Members of intake say which conversations they put aside as junk: of those that the door itself founded and gave to
them, and no other folder, whatever wraps were brought of it. Of these the hub drops the oldest when a message or a file
would go beyond its room, each only while nobody has written in it since. When nothing is left to drop, files are
refused first, a tenth of the room is for messages alone, and half of that for short ones and for those whom intake has
answered. What the staff syncs is always taken.
"""

import logging
import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Min, QuerySet

from banyan.folders.items import Sort
from banyan.folders.models import Aside, DoorWrap, Held
from banyan.sealing.faults import SealingFault

log = logging.getLogger(__name__)
FOR_FILES, FOR_LONG = 0.9, 0.95  # of the room; the rest is for messages, and the last for short ones
AT_ONCE = 50  # conversations dropped between two looks at how much is free
CHUNK = 500
A_ROW, COUNTED_EVERY = 300, 30.0  # bytes beside the data of a row; seconds


class NoRoom(SealingFault):
    """There is no room for this at the hub now; nothing was kept."""


def given_room() -> int | None:
    """How many bytes this hub may hold (BANYAN_ROOM), or None where there is no bound, as at a desk."""
    said = os.environ.get("BANYAN_ROOM", "")
    return int(said) if said.isdecimal() and int(said) else None


class Quota:
    """The room of one store, in the database that `alias` names."""

    def __init__(self, alias: str, turn: Callable[[], AbstractContextManager[object]]) -> None:
        self.alias = alias
        self._count = (0.0, 0)
        self._turn = turn  # one writer at a time, as the store has it

    def used(self) -> int:
        """How many bytes the database holds; what was freed in it counts as free."""
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                return self._counted(cursor)
            found = []
            for what in ("page_count", "freelist_count", "page_size"):
                cursor.execute(f"PRAGMA {what}")
                found.append(int(cursor.fetchone()[0]))
        pages, free, size = found
        return (pages - free) * size

    def _counted(self, cursor: CursorWrapper) -> int:
        """PostgreSQL gives no room back when rows go, so they are counted, at most every half minute."""
        when, size = self._count
        if not size or time.monotonic() - when > COUNTED_EVERY:
            cursor.execute(f"SELECT coalesce(sum(octet_length(data) + {A_ROW}), 0) FROM folders_held")  # noqa: S608
            size = int(cursor.fetchone()[0])
            self._count = time.monotonic(), size
        return size

    def has_room(self, size: int, *, message: bool = False, long: bool = False) -> bool:
        """Whether so many more bytes of a person fit here; junk that was put aside is dropped for them. A file is asked
        for by its size, and `message` says that it is one, `long` that it is a long one of somebody unknown.
        """
        room = given_room()
        if room is None:
            return True
        most = int(room * ((FOR_LONG if long else 1) if message else FOR_FILES)) - size
        while self.used() > most:
            if most < 0 or not self._drop(AT_ONCE):
                return False
        return True

    def gave(self, folder: bytes, members: Iterable[bytes]) -> None:
        """The door founded this conversation and gave it to these members. Asked in the transaction that founds it:
        later there may be wraps of it that somebody else brought.
        """
        wraps = self._wraps(folder).filter(recipient__in=list(members)).values_list("item", flat=True)
        rows = [DoorWrap(item=bytes(item)) for item in wraps]
        DoorWrap.objects.using(self.alias).bulk_create(rows, ignore_conflicts=True)

    def put_aside(self, folders: Iterable[bytes], *, reader: bytes) -> int:
        """These may be dropped when room is short, as they are now: those that the door gave to this reader. How many
        they are.
        """
        rows = []
        for folder in self._given_to(reader, folders):
            held = Held.objects.using(self.alias).filter(folder=folder)
            week = held.aggregate(first=Min("week"))["first"]
            rows.append(Aside(folder=folder, week=week, seals=self._seals(folder)))
        Aside.objects.using(self.alias).bulk_create(
            rows,
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["folder"],
            update_fields=["seals", "week"],
        )
        return len(rows)

    def take_back(self, folders: Iterable[bytes], *, reader: bytes) -> int:
        """These are dropped no more, of those that the door gave to this reader; how many might have been."""
        return self._forget(self._given_to(reader, folders))

    def aside(self) -> set[bytes]:
        """The folders that may be dropped."""
        return {bytes(folder) for folder in Aside.objects.using(self.alias).values_list("folder", flat=True)}

    def _drop(self, most: int) -> int:
        """Drop the oldest that nobody wrote in since; how many were looked at."""
        with self._turn(), transaction.atomic(using=self.alias):
            rows = list(Aside.objects.using(self.alias).order_by("week", "key")[:most])
            junk = [bytes(row.folder) for row in rows if self._seals(bytes(row.folder)) == row.seals]
            junk = [folder for folder in junk if self._by_door(folder)]
            for folder in junk:
                DoorWrap.objects.using(self.alias).filter(
                    item__in=self._wraps(folder).values("item")
                ).delete()
            Held.objects.using(self.alias).filter(folder__in=junk).delete()
            self._forget([bytes(row.folder) for row in rows])
        self._count = (0.0, 0)
        if junk:
            log.warning("room is short: %d conversations that were put aside as junk are dropped", len(junk))
        return len(rows)

    def _wraps(self, folder: bytes) -> "QuerySet[Held]":
        return Held.objects.using(self.alias).filter(folder=folder, sort=Sort.WRAP)

    def _by_door(self, folder: bytes, **recipient: bytes) -> bool:
        """Whether the door itself founded a folder, and gave it to this recipient where one is named."""
        ours = DoorWrap.objects.using(self.alias).values("item")
        return self._wraps(folder).filter(item__in=ours, **recipient).exists()

    def _given_to(self, reader: bytes, folders: Iterable[bytes]) -> list[bytes]:
        return [folder for folder in dict.fromkeys(folders) if self._by_door(folder, recipient=reader)]

    def _seals(self, folder: bytes) -> int:
        return Held.objects.using(self.alias).filter(folder=folder, sort=Sort.SEAL).count()

    def _forget(self, folders: Sequence[bytes]) -> int:
        gone = 0
        for start in range(0, len(folders), CHUNK):
            part = folders[start : start + CHUNK]
            gone += Aside.objects.using(self.alias).filter(folder__in=part).delete()[0]
        return gone
