"""The program: load, try, lock, read, clean, answer, end."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from types import TracebackType
from typing import NoReturn

from banyan.cleaning.frame import frame
from banyan.cleaning.limits import limits_of
from banyan.cleaning.worker.locks import NoSandbox, alone, lock
from banyan.cleaning.worker.refusal import Refused

CHUNK = 1 << 20

Answer = tuple[str, bytes]


def main(kind: str) -> NoReturn:
    """Cleans the one file on standard input and writes one frame."""
    sys.excepthook = _end
    warnings.simplefilter("ignore")  # to show one, Python opens the source
    alone()
    cleaner = _cleaner(kind)
    try:
        lock(limits_of(kind))
    except NoSandbox:
        say(frame("no_sandbox"))
    try:
        media_type, copy = cleaner(read())
    except Refused as refused:
        say(frame(refused.why))
    except MemoryError:
        say(frame("too_many_pixels"))
    say(frame(media_type, copy))


def read() -> bytes:
    """The whole file."""
    data = bytearray()
    while piece := os.read(0, CHUNK):
        data += piece
    return bytes(data)


def say(answer: bytes) -> NoReturn:
    """Writes the answer and ends at once: nothing that was loaded has a last word."""
    rest = memoryview(answer)
    while rest:
        rest = rest[os.write(1, rest) :]
    os._exit(0)


def _cleaner(kind: str) -> Callable[[bytes], Answer]:
    """The cleaner of a kind, loaded and tried once. Only the library that it needs is loaded."""
    if kind == "text":
        from banyan.cleaning.worker import text

        return text.cleaner()
    if kind == "pdf":
        from banyan.cleaning.worker import pages

        return pages.cleaner()
    if kind in ("audio", "video"):
        from banyan.cleaning.worker import sound

        return sound.cleaner()
    from banyan.cleaning.worker import pictures

    return pictures.cleaner(kind)


def _end(fault: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
    """A file that could not be read ends the process without a word: a traceback would hold pieces of it."""
    os._exit(1)
