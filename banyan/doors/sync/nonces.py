"""Which requests were seen: a recorded request is not answered a second time.

Kept in memory, for the window in which a signature is good, and only of requests whose signature held. A hub
that was started again within that window can be shown an older request once more: nothing that it changes is
done twice, and what it reads is sealed.
"""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from banyan.folders.wire import WINDOW, Asked

MOST = 20_000  # of one member within the window


class Nonces:
    """The nonces of each member, oldest first."""

    def __init__(self) -> None:
        self._seen: dict[bytes, OrderedDict[bytes, datetime]] = {}
        self._lock = Lock()

    def take(self, asked: Asked, now: datetime) -> bool:
        """Whether this request is new. Also no for a member who sends more than anybody needs."""
        with self._lock:
            seen = self._seen.setdefault(asked.member, OrderedDict())
            while seen and now - next(iter(seen.values())) > 2 * WINDOW:
                seen.popitem(last=False)
            if asked.nonce in seen or len(seen) >= MOST:
                return False
            seen[asked.nonce] = now
            return True
