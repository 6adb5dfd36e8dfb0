"""One process a file: start it, hand the file over, take the copy back, believe nothing of it unseen.

The answer is a frame: MARK, one byte that is an index into ANSWERS, eight bytes of length, the copy.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, cast

from banyan.cleaning.frame import HEAD, why_or_copy
from banyan.cleaning.kinds import BEGINNINGS, COMES_OUT, kind_of
from banyan.cleaning.limits import AT_ONCE, LARGEST_COPY, LARGEST_FILE, PATIENCE, WAITING, Limits, limits_of

WORKER = "banyan.cleaning.worker.start"
CHUNK = 1 << 16


@dataclass(frozen=True)
class Clean:
    """What came of a file. `kind` is by content, `data` the cleaned copy or None, `media_type` that of the
    copy, `why` the reason where there is none: unknown, broken, too_large, too_slow, too_many_pixels,
    no_sandbox or busy.
    """

    kind: str
    data: bytes | None = None
    media_type: str = ""
    why: str = ""


class _Places:
    """Two at once, a short queue, and then a clear no."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._all = threading.BoundedSemaphore(at_once + waiting)

    def take(self, patience: float) -> bool:
        if not self._all.acquire(blocking=False):
            return False
        if self._free.acquire(timeout=patience):
            return True
        self._all.release()
        return False

    def leave(self) -> None:
        self._free.release()
        self._all.release()


_places = _Places(AT_ONCE, WAITING)


def clean(data: bytes) -> Clean:
    """The cleaned copy of a file, or why there is none. Blocks until done or out of time; a bad file raises
    nothing. What comes back without a copy must never be shown inline.
    """
    kind = kind_of(data)
    if kind not in COMES_OUT:
        return Clean(kind, why="unknown")
    if len(data) > LARGEST_FILE:
        return Clean(kind, why="too_large")
    if sys.platform != "linux":
        return Clean(kind, why="no_sandbox")
    if not _places.take(PATIENCE):
        return Clean(kind, why="busy")
    try:
        answer = in_a_process(data, kind, limits_of(kind))
    finally:
        _places.leave()
    why, media_type, copy = answer
    if why:
        return Clean(kind, why=why)
    if media_type not in COMES_OUT[kind] or not copy.startswith(BEGINNINGS[media_type]):
        return Clean(kind, why="broken")
    return Clean("audio" if media_type.startswith("audio/") else kind, copy, media_type)


@cache
def sandboxed() -> bool:
    """Whether files can be cleaned here. Tried once, with a real process."""
    return sys.platform == "linux" and in_a_process(b"a", "text", limits_of("text"))[2] == b"a"


def in_a_process(data: bytes, kind: str, limits: Limits, module: str = WORKER) -> tuple[str, str, bytes]:
    """`why`, the media type and the copy, as `module` answers in a fresh process (tests give a module that
    tries to break out; nothing else does). Memory here is bounded by LARGEST_COPY.
    """
    worker = subprocess.Popen(
        _command(module, kind),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        bufsize=0,
    )
    try:
        answer = _talk(worker, data, time.monotonic() + limits.clock)
    finally:
        worker.kill()
        ended = worker.wait()
    if answer is None or ended == -signal.SIGXCPU:
        return "too_slow", "", b""
    return why_or_copy(answer)


def _command(module: str, kind: str) -> list[str]:
    """A bare interpreter: no environment, no site, no user's folder, nothing written beside the code."""
    root = str(Path(__file__).parents[2])
    paths = [root, *(path for path in sys.path if path and path != root)]
    code = f"import sys; sys.path.extend({paths!r}); from {module} import main; main(sys.argv[1])"
    return [sys.executable, "-I", "-S", "-B", "-c", code, kind]


def _talk(worker: subprocess.Popen[bytes], data: bytes, until: float) -> bytes | None:
    """Everything the worker says while it is given `data`; None where time ran out."""
    answer, rest = bytearray(), memoryview(data)
    into, out = cast(IO[bytes], worker.stdin), cast(IO[bytes], worker.stdout)
    with into, out, selectors.DefaultSelector() as ready:
        os.set_blocking(into.fileno(), False)
        ready.register(out, selectors.EVENT_READ)
        ready.register(into, selectors.EVENT_WRITE)
        while (left := until - time.monotonic()) > 0:
            for key, _ in ready.select(left):
                if key.fileobj is out:
                    piece = os.read(out.fileno(), CHUNK)
                    answer += piece
                    if not piece or len(answer) > HEAD + LARGEST_COPY:
                        return bytes(answer)
                elif not (rest := _give(into.fileno(), rest)):
                    ready.unregister(into)
                    into.close()
    return None


def _give(into: int, rest: memoryview) -> memoryview:
    """What is left to give. A worker that stopped listening gets no more."""
    try:
        return rest[os.write(into, rest[:CHUNK]) :]
    except BrokenPipeError:
        return rest[:0]
