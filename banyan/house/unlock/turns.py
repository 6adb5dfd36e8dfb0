"""One at a time: pages and the background work on one desk take turns, and pages go first."""

import threading
import time
from types import TracebackType

PAUSE = 0.002


class Turns:
    """A lock that long work in the background lets go of between two steps while a page waits."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._waiting: set[int] = set()

    def __enter__(self) -> None:
        me = threading.get_ident()
        self._waiting.add(me)
        self._lock.acquire()
        self._waiting.discard(me)

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        self._lock.release()

    def courtesy(self) -> None:
        """Called by whoever has the turn (entered once), between two steps of long work."""
        if self._waiting:
            self._lock.release()
            time.sleep(PAUSE)
            self._lock.acquire()
