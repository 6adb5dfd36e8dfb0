"""What a stranger can make the web server hold: bodies by their path, large ones together, connections.

waitress reads a whole body into memory before any page is asked, and keeps every connection that sends a byte
now and then. Some hundred strangers could so take gigabytes, or each place there is.
"""

from __future__ import annotations

import time
import weakref
from functools import cache
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.utilities import Error

from banyan.house.settings_shared import BODY_LIMITS, KIB

# Twice what a page takes: somebody who wrote too much still gets the page that says so, and their text.
READ_AT_MOST = {prefix: 2 * most for prefix, most in BODY_LIMITS.items()}
READ_AT_MOST["/sync/"] = BODY_LIMITS["/sync/"]
LARGE = READ_AT_MOST["/"]
LARGE_TOGETHER = 128 * 1024 * KIB
IDLE_SECONDS, UNFINISHED_SECONDS = 10, 120

_bodies: weakref.WeakSet[BoundedParser] = weakref.WeakSet()


class Busy(Error):  # type: ignore[misc]
    """More large bodies at once than fit."""

    code = 503
    reason = "Service Unavailable"


class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses a body longer than its path takes before it is read, and large ones beyond what fits."""

    adj: Adjustments
    error: Error | None

    def parse_header(self, header_plus: bytes) -> None:
        """As waitress does it, then the limit of this path."""
        super().parse_header(header_plus)
        path = self.path if isinstance(self.path, str) else ""
        fitting = [prefix for prefix in READ_AT_MOST if path.startswith(prefix)] or ["/"]
        self.adj = _limited(self.adj, READ_AT_MOST[max(fitting, key=len)])

    def received(self, data: bytes) -> int:
        """Take what came. Only the server's own thread calls this."""
        consumed: int = super().received(data)
        if self.body_bytes_received > LARGE and self.error is None:
            _bodies.add(self)
            if sum(one.body_bytes_received for one in _bodies) > LARGE_TOGETHER:
                _bodies.discard(self)
                self.body_rcv.getfile().close()
                self.error, self.completed = Busy("Try again in a minute."), True
        return consumed


@cache
def _limited(adj: Adjustments, most: int) -> Adjustments:
    """The same adjustments with another longest body."""
    other = Adjustments.__new__(Adjustments)
    other.__dict__.update(adj.__dict__)
    other.max_request_body_size = most + 1
    return other


class BoundedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are bounded."""

    parser_class = BoundedParser

    def dawdles(self, now: float) -> bool:
        """Whether it holds a place for nothing: silent, or for minutes without one whole request."""
        waiting = not self.requests and not self.total_outbufs_len
        silent, since = now - self.last_activity, now - self.creation_time
        return waiting and (silent > IDLE_SECONDS or since > UNFINISHED_SECONDS)


class BoundedServer(TcpWSGIServer):  # type: ignore[misc]
    """When every place is taken, those who dawdle make room, the longest silent first."""

    channel_class = BoundedChannel
    next_look = 0.0

    def readable(self) -> bool:
        """Whether a new connection would be taken."""
        now = time.time()
        if len(self._map) >= self.adj.connection_limit - 1 and now >= self.next_look:
            self.next_look = now + 1
            self.make_room(now)
        return bool(super().readable())

    def make_room(self, now: float) -> None:
        """Close up to a quarter of all connections."""
        slow = [one for one in self.active_channels.values() if one.dawdles(now)]
        for channel in sorted(slow, key=lambda one: float(one.last_activity))[
            : self.adj.connection_limit // 4
        ]:
            channel.will_close = True


def server_on(application: Any, taken: Any, **adjustments: Any) -> BoundedServer:
    """A server on a socket that listens already. Needs no `listen` among the adjustments of waitress."""
    return BoundedServer(
        application,
        _sock=taken,
        bind_socket=False,
        sockinfo=(taken.family, taken.type, taken.proto, taken.getsockname()),
        sockets=[taken],
        **adjustments,
    )
