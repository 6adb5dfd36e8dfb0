"""Files that could not be made harmless, for the minutes in which the person is asked whether to send them as they are.

Nothing is kept until they say. A file lies sealed in the memory of this process alone, and the key is on the person's
page alone: a second upload over a slow line would take minutes again. Where it is not held any more (too many, too
late, begun anew) the person chooses it again.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from banyan.cases.folders.file import cut
from banyan.cleaning import Clean
from banyan.sealing import boxes
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import digest

SECONDS = 600.0
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class One:
    """A file that waits, until when, and what the cleaning said of it."""

    pieces: tuple[bytes, ...]
    until: float
    made: Clean

    @property
    def size(self) -> int:
        """Its bytes as they are held."""
        return sum(map(len, self.pieces))


class Held:
    """One file a code. Safe for many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._files: dict[bytes, One] = {}

    def put(self, code: bytes, data: bytes, made: Clean) -> str:
        """Hold a file; the key that opens it. Where many are held the largest go, so that most people's stay."""
        key, mark = secrets.token_bytes(32), _mark(code)
        pieces = tuple(boxes.seal_piece(key, folder=mark, plaintext=part) for part in cut(data))
        with self._lock:
            self._let_go()
            self._files[mark] = One(pieces, self._clock() + SECONDS, made)
            while sum(one.size for one in self._files.values()) > MOST_BYTES:
                del self._files[max(self._files, key=lambda each: (self._files[each].size, each != mark))]
        return key.hex()

    def get(self, code: bytes, key: str) -> tuple[bytes, Clean] | None:
        """The file and what the cleaning said of it, or None where it is not held, or not under this key."""
        with self._lock:
            self._let_go()
            one = self._files.get(_mark(code))
        if one is None:
            return None
        try:
            secret = bytes.fromhex(key)
            return b"".join(boxes.open_piece(secret, piece) for piece in one.pieces), one.made
        except (SealingFault, ValueError):
            return None

    def drop(self, code: bytes) -> None:
        """Let go of what is held for this code."""
        with self._lock:
            self._files.pop(_mark(code), None)

    def _let_go(self) -> None:
        now = self._clock()
        self._files = {mark: one for mark, one in self._files.items() if one.until > now}


def _mark(code: bytes) -> bytes:
    return digest("held", code)


@cache
def held() -> Held:
    """What this process holds."""
    return Held()
