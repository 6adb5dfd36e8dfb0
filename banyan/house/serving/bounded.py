"""What a stranger can make the web server hold: bodies by their path, large ones together, connections.

waitress reads a whole body into memory before any page is asked, and keeps every connection that sends a byte
now and then. Some hundred strangers could so take gigabytes, or each place there is. Where places are short, those
who send least a second make room; whoever sends a form over a slow line sends far more than those who only hold.
"""

from __future__ import annotations

import threading
import time
import weakref
from contextlib import suppress
from functools import cache
from typing import Any

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser
from waitress.utilities import Error

from banyan.house.serving.lanes import Front, Lanes, Ready
from banyan.house.serving.leaving import PageTask, PunctualChannel, PunctualServer
from banyan.house.settings_shared import BODY_LIMITS, FILES_AT, KIB

# Twice what a page takes: somebody who wrote too much still gets the page that says so, and their text.
READ_AT_MOST = {prefix: 2 * most for prefix, most in BODY_LIMITS.items()}
READ_AT_MOST |= {prefix: BODY_LIMITS[prefix] for prefix in ("/sync/", *FILES_AT)}
LARGE = 64 * KIB
# What the staff sync has room of its own: strangers who fill the door's keep nobody of them out.
SYNC = "/sync/"
LARGE_TOGETHER = {"/": 96 * 1024 * KIB, SYNC: 48 * 1024 * KIB}
# After how long without a whole request somebody may have to make room: a header comes over the poorest line before.
IDLE_SECONDS = 3
LOOK_EVERY = 0.25
ACCEPTED_AT_ONCE = 64
FILES = 256  # beside connections

_bodies: weakref.WeakSet[BoundedParser] = weakref.WeakSet()


class Busy(Error):  # type: ignore[misc]
    """More large bodies at once than fit."""

    code = 503
    reason = "Service Unavailable"


class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses a body longer than its path takes before it is read, and large ones beyond what fits."""

    adj: Adjustments
    error: Error | None
    ready: Ready | None = None
    counted = 0
    pool = "/"

    def parse_header(self, header_plus: bytes) -> None:
        """As waitress does it, then the limit of this path."""
        super().parse_header(header_plus)
        path = self.path if isinstance(self.path, str) else ""
        fitting = [prefix for prefix in READ_AT_MOST if path.startswith(prefix)] or ["/"]
        longest = max(fitting, key=len)
        if longest == SYNC and getattr(self.adj, "takes_sync", True):
            self.pool = SYNC
        self.adj = _limited(self.adj, READ_AT_MOST[longest if longest != SYNC else self.pool])

    def received(self, data: bytes) -> int:
        """Take what came. Only the server's own thread calls this."""
        consumed: int = super().received(data)
        if self.body_bytes_received > self.counted + LARGE and self.error is None:
            self.counted = self.body_bytes_received
            _bodies.add(self)
            if large_together(self.pool) > LARGE_TOGETHER[self.pool]:
                _bodies.discard(self)
                self.body_rcv.getfile().close()
                self.error, self.completed = Busy("Try again in a minute."), True
        return consumed

    def let_go(self) -> None:
        """Forget the body: whoever sent it is nobody here, whatever it says."""
        if self.body_rcv is not None:
            stream = self.body_rcv.getfile()
            stream.seek(0)
            stream.truncate()
        self.body_bytes_received = 0


def large_together(pool: str) -> int:
    """The bytes of all large bodies that are held now, of the door ("/") or of the sync."""
    return sum(one.body_bytes_received for one in _bodies if one.pool == pool)


@cache
def _limited(adj: Adjustments, most: int) -> Adjustments:
    """The same adjustments with another longest body."""
    other = Adjustments.__new__(Adjustments)
    other.__dict__.update(adj.__dict__)
    other.max_request_body_size = most + 1
    return other


class BoundedTask(PageTask):
    """One request; an answer that stands already asks no application."""

    def execute(self) -> None:
        """Answer."""
        ready: Ready | None = self.request.ready
        if ready is None:
            super().execute()
            return
        self.status, self.response_headers, self.complete = ready.status, list(ready.headers), True
        self.content_length = len(ready.body)
        self.write(ready.body)


class BoundedChannel(PunctualChannel):
    """A connection whose requests are bounded."""

    parser_class = BoundedParser
    task_class = BoundedTask
    server: BoundedServer
    at_once = False
    came = 0  # bytes, since the last answer or the beginning
    since = 0.0

    def handle_read(self) -> None:
        """Read; what is answered from memory is answered by the server's own thread, without waiting for any."""
        super().handle_read()
        while self.at_once:
            self.at_once = False
            self.service()

    def received(self, data: bytes) -> bool:
        """Take what came."""
        self.came += len(data)
        return bool(super().received(data))

    def service(self) -> None:
        """Answer one request."""
        super().service()
        self.came, self.since = 0, time.time()

    def dawdles(self, now: float) -> bool:
        """Whether it has held a place for some seconds without one whole request."""
        return not self.requests and not self.total_outbufs_len and now - self._began > IDLE_SECONDS

    def pace(self, now: float) -> float:
        """How many bytes a second came."""
        return self.came / max(now - self._began, 0.1)

    @property
    def _began(self) -> float:
        return float(max(self.since, self.creation_time))


class BoundedServer(PunctualServer):
    """When places or memory are short, those who dawdle make room, the slowest first."""

    channel_class = BoundedChannel
    next_look = 0.0

    def __init__(self, application: Any, **given: Any) -> None:
        """As waitress has it. An application that is a `Front` too is asked first, and its requests wait in lanes."""
        self.front: Front | None = application if hasattr(application, "sort") else None
        if self.front is not None:
            given["dispatcher"] = Lanes(self.front)
            given["dispatcher"].set_thread_count(given.get("threads", Adjustments.threads))
        _allow_files(given.get("connection_limit", Adjustments.connection_limit) + FILES)
        super().__init__(application, **given)
        self.adj.takes_sync = getattr(application, "takes_sync", True)

    def add_task(self, task: BoundedChannel) -> None:
        """A request is whole. What stands in memory is answered as soon as it was read."""
        request = task.requests[0]
        if self.front and request.error is None and threading.get_ident() == self.own_thread:
            request.ready = self.front.at_once(request)
            if request.ready is not None:
                task.at_once = True
                return
        super().add_task(task)

    def pull_trigger(self) -> None:
        """Wake the server's own thread, unless it is awake."""
        if threading.get_ident() != self.own_thread:
            super().pull_trigger()

    def handle_accept(self) -> None:
        """Take those who came, some at once: a look at all connections for each would be slow."""
        for _ in range(ACCEPTED_AT_ONCE):
            before = len(self._map)
            super().handle_accept()
            if len(self._map) == before or len(self._map) >= self.adj.connection_limit:
                return

    def readable(self) -> bool:
        """Whether a new connection would be taken."""
        self.own_thread, now = threading.get_ident(), time.time()
        if now >= self.next_look:
            self.next_look = now + LOOK_EVERY
            if len(self._map) >= 0.9 * self.adj.connection_limit:
                self.make_room(now)
            for pool, most in LARGE_TOGETHER.items():
                if large_together(pool) > 0.75 * most:
                    self.make_room(now, LARGE, pool)
        return bool(super().readable())

    def make_room(self, now: float, least: int = 0, pool: str = "") -> None:
        """Close connections until a quarter is free, or a quarter of those that hold a body of `least` bytes in a pool:
        those first that send least a second.
        """
        slow = [one for one in self.active_channels.values() if one.dawdles(now) and one.came >= least]
        slow = [one for one in slow if not pool or getattr(one.request, "pool", "") == pool]
        many = len(slow) // 4 + 1 if least else len(self._map) - int(0.75 * self.adj.connection_limit)
        for channel in sorted(slow, key=lambda one: one.pace(now))[:many]:
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


def _allow_files(wanted: int) -> None:
    """As many open files as connections need, where the system lets a process ask."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
