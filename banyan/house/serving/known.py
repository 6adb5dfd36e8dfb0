"""Which codes opened something here in the last minutes: told by marks, in memory alone, and forgotten soon."""

import hmac
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_KNOWN, KNOWN_SECONDS = 20_000, 600.0


class Known:
    """The codes that opened something in the last minutes, and how many pages each asked for in about the last one.

    They are held as marks under a key of this process, for a while, and in memory alone. Safe for many threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._key, self._clock, self._lock = secrets.token_bytes(32), clock, threading.Lock()
        self._uses: OrderedDict[bytes, tuple[float, float]] = OrderedDict()  # how many, and when the last
        self._young: OrderedDict[bytes, float] = OrderedDict()

    def mark(self, code: bytes) -> bytes:
        """The mark of a code; none for none."""
        return hmac.digest(self._key, code, "sha256")[:16] if code else b""

    def is_young(self, mark: bytes) -> bool:
        """Whether this code first wrote in a flood: what it writes more, while the flood lasts, waits in line too."""
        return self._clock() - self._young.get(mark, -KNOWN_SECONDS) < KNOWN_SECONDS

    def __contains__(self, mark: bytes) -> bool:
        uses = self._uses.get(mark)
        return uses is not None and self._clock() - uses[1] < KNOWN_SECONDS

    def add(self, mark: bytes, *, young: bool = False) -> None:
        """This code opens something; `young` where it is about to, after the line."""
        with self._lock:
            if young:
                self._young[mark] = self._clock()
                while len(self._young) > MOST_KNOWN:
                    self._young.popitem(last=False)
                return
            self._uses.setdefault(mark, (0.0, self._clock()))
            while len(self._uses) > MOST_KNOWN:
                self._uses.popitem(last=False)

    def use(self, mark: bytes) -> float:
        """Count a page; how many there were in about the last minute."""
        with self._lock:
            before, last = self._uses.pop(mark, (0.0, self._clock()))
            now = self._clock()
            uses = before * math.exp((last - now) / 60) + 1
            self._uses[mark] = (uses, now)
        return uses
