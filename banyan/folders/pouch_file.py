"""The file of a pouch: how items stand in it, and how they are found again when bytes are damaged.

    mark (13 bytes) | head (28) | frame (44) and item, as often as the head says | end frame (44)

A frame is number, length, id and a check of these three; with it a damaged byte costs the one item that it is
in, which is refused by its number, and all others still come in. A cut file gives what is whole and says how
much is missing. The checks find accidents; what anybody forges is found by the signatures inside the items.
"""

import hashlib
import os
import re
import secrets
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from banyan.folders.items import MARK_OF
from banyan.sealing.boxes import seal_id
from banyan.sealing.faults import Damaged
from banyan.sealing.padding import CLASSES

MARK = b"BANYANPOUCH1\n"
HEAD = struct.Struct(">4sQIQ")  # kind, made (seconds since 1970, of wraps only), items, bytes in all
FRAME = struct.Struct(">II32s")  # number, length, id
CHECK = 4
START = len(MARK) + HEAD.size + CHECK
FRAMED = FRAME.size + CHECK
END = 0xFFFFFFFF
LARGEST = CLASSES[-1]
TOLD_EVERY = 500
WINDOW = 1024 * 1024
ITEMS, WRAPS, UNKNOWN = b"item", b"wrap", b"????"
_MARKS = re.compile(b"|".join(re.escape(mark) for mark in MARK_OF.values()))

Progress = Callable[[int, int], None]


class NoPouch(Damaged):
    """The file is no pouch, or one of a version that this program does not know."""


class ForeignPouch(Damaged):
    """A pouch of another programme, of which nothing is taken in."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A place in a pouch that was refused, and why in plain words."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a pouch says of itself. `kind` is `UNKNOWN` where the head is damaged."""

    kind: bytes
    made: int
    count: int
    size: int


# Writing


def write_file(path: Path, items: Iterable[bytes], kind: bytes, made: int, progress: Progress) -> int:
    """A new pouch at `path`, whole or not at all, for this user alone; the number of items. Raises `OSError`."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            count = _fill(file, items, kind, made, progress)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _fill(file: BinaryIO, items: Iterable[bytes], kind: bytes, made: int, progress: Progress) -> int:
    file.write(bytes(START))
    frames, count = hashlib.sha256(), 0
    for count, data in enumerate(items, 1):
        frame = _checked(FRAME.pack(count, len(data), seal_id(data)))
        frames.update(frame)
        file.write(frame + data)
        if count % TOLD_EVERY == 0:
            progress(count, 0)
    file.write(_checked(FRAME.pack(count, END, frames.digest())))
    size = file.tell()
    file.seek(0)
    file.write(MARK + _checked(HEAD.pack(kind, made, count, size)))
    progress(count, count)
    return count


def _checked(data: bytes) -> bytes:
    return data + crc32(data).to_bytes(CHECK, "big")


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system lets a folder be opened."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


# Reading


def read_head(path: Path) -> Head:
    """What a pouch says of itself. Raises `NoPouch`."""
    with path.open("rb") as file:
        return _head(_Pages(file))


def read_pouch(path: Path) -> Iterator[bytes | Broken]:
    """The items of a pouch that are whole, in order, and between them what is broken. Raises `NoPouch`."""
    with path.open("rb") as file:
        yield from _Reader(_Pages(file)).run()


class _Pages:
    """Bytes of a file by their place. Not mapped into memory: a stick that is pulled out would end the program."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)

    def at(self, place: int, length: int) -> bytes:
        self._file.seek(place)
        return self._file.read(length)


@dataclass(frozen=True, slots=True)
class _Frame:
    number: int
    length: int
    id: bytes


def _frame(pages: _Pages, place: int) -> _Frame | None:
    data = pages.at(place, FRAMED) if place >= START else b""
    if len(data) != FRAMED or _checked(data[:-CHECK]) != data:
        return None
    frame = _Frame(*FRAME.unpack(data[:-CHECK]))
    return frame if frame.length == END or 4 <= frame.length <= LARGEST else None


def _head(pages: _Pages) -> Head:
    data = pages.at(0, START)
    head = data[len(MARK) :]
    if len(data) == START and _checked(head[:-CHECK]) == head:
        kind, made, count, size = HEAD.unpack(head[:-CHECK])
        return Head(kind, made, count, size)
    if data[: len(MARK)] != MARK:
        raise NoPouch("not a pouch, or one of a version that this program does not know")
    return Head(UNKNOWN, 0, 0, pages.size)


class _Reader:
    def __init__(self, pages: _Pages) -> None:
        self.pages = pages
        self.head = _head(pages)
        self.expected = 1  # the number of the next item
        self.frames = hashlib.sha256()
        self.sound = True

    def run(self) -> Iterator[bytes | Broken]:
        yield from self._start()
        place: int | None = START
        while place is not None:
            frame = _frame(self.pages, place)
            if frame is None:
                self.sound = False
                place = self._next_frame(place + 1)
                continue
            yield from self._gap(frame)
            if frame.length == END:
                yield from self._end(frame, place)
                return
            yield self._item(frame, place)
            place += FRAMED + frame.length
        yield from self._no_end()

    def _start(self) -> Iterator[Broken]:
        if self.pages.at(0, len(MARK)) != MARK:
            yield Broken("the first line", "a byte of it was changed")
        if self.head.kind == UNKNOWN:
            yield Broken("the head", "a byte of it was changed, so no wraps are taken from this pouch")

    def _item(self, frame: _Frame, place: int) -> bytes | Broken:
        self.expected = frame.number + 1
        self.frames.update(self.pages.at(place, FRAMED))
        data = self.pages.at(place + FRAMED, frame.length)
        if len(data) < frame.length:
            return Broken(f"item {frame.number}", "it was cut")
        if seal_id(data) != frame.id:
            return Broken(f"item {frame.number}", "a byte of it was changed")
        return data

    def _gap(self, frame: _Frame) -> Iterator[Broken]:
        """Items whose frames could not be read, by their numbers."""
        first, last = self.expected, frame.number if frame.length == END else frame.number - 1
        if first <= last:
            yield Broken(
                _numbers(first, last),
                "its frame was changed" if first == last else "their frames were changed",
            )
        elif frame.number < self.expected and frame.length != END:
            self.sound = False
            yield Broken(f"item {frame.number}", "it stands there twice")

    def _next_frame(self, place: int) -> int | None:
        """Where the next readable frame stands: before the mark of an item, or at the very end."""
        while place < self.pages.size:
            window = self.pages.at(place, WINDOW + FRAMED + 4)
            for found in _MARKS.finditer(window):
                start = place + found.start() - FRAMED
                if found.start() >= FRAMED and _frame(self.pages, start) is not None:
                    return start
            place += WINDOW
        last = (self.head.size if self.head.kind != UNKNOWN else self.pages.size) - FRAMED
        frame = _frame(self.pages, last)
        return last if frame is not None and frame.length == END else None

    def _end(self, frame: _Frame, place: int) -> Iterator[Broken]:
        if self.sound and self.frames.digest() != frame.id:
            yield Broken("the end", "the items were exchanged or put in another order")
        elif self.head.kind != UNKNOWN and self.head.count != frame.number:
            yield Broken("the head", "it tells another number of items than the end")
        if behind := self.pages.size - place - FRAMED:
            yield Broken("behind the end", f"{behind} bytes that do not belong to the pouch")

    def _no_end(self) -> Iterator[Broken]:
        if self.head.kind == UNKNOWN:
            yield Broken("the end", "it is missing, and the head does not say how much should be there")
            return
        if self.expected <= self.head.count:
            yield Broken(_numbers(self.expected, self.head.count), "missing: the pouch was cut")
        lost = self.head.size - self.pages.size
        yield Broken(
            "the end", f"{lost} of {self.head.size} bytes are missing" if lost > 0 else "it was changed"
        )


def _numbers(first: int, last: int) -> str:
    return f"item {first}" if first == last else f"items {first} to {last}"
