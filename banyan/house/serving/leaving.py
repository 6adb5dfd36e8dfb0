"""When an answer leaves, and what stands above it: at whole steps of time after its request came, with no name or date.

How long a page took tells what it did: a code that opens a conversation costs more than one that opens nothing. So
what the door answers to a post leaves a whole number of steps after the post was there. How many is settled by how
long it waited for its turn, which is the same for every code, as long as the work itself stays within what is set
aside for it. Nobody is held for it: the answer waits in its connection, and the thread goes on to the next.
"""

from __future__ import annotations

import heapq
import math
import threading
import time
from collections.abc import Callable
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, Task, WSGITask

STEP = 0.25  # seconds; far more than any page of the door takes, and little beside a slow line
SET_ASIDE = 0.15  # of a step, for the work
READS = ("GET", "HEAD")
AT_ONCE = 1024 * 1024  # bytes; a page leaves in one go, head and body, and wakes nobody before it is whole
UNSAID = (b"Date:", b"Server:", b"Via:")
# An error of the server itself: one line, filled up to one length, and nothing of what it is about.
ERROR_LENGTH = 64
ERROR_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
)


def leaves(came: float, began: float, ended: float) -> float:
    """When an answer leaves: the first whole step after `came` by which work that began then is surely done."""
    steps = math.ceil((max(began + SET_ASIDE, ended) - came) / STEP)
    return came + max(1, steps) * STEP


class PunctualTask(Task):  # type: ignore[misc]
    """One request, whose answer says no date and no server, and leaves at a whole step if it answers a post."""

    channel: PunctualChannel

    def service(self) -> None:
        """Answer. What was decided by no more than the request's outside leaves at once."""
        if not self.is_kept():
            super().service()
            return
        began = time.monotonic()
        self.channel.leaves = math.inf
        try:
            super().service()
        finally:
            self.channel.keep_until(leaves(self.channel.came_at, began, time.monotonic()))

    def is_kept(self) -> bool:
        """Whether this is a post to the door that some thread worked for."""
        request, server = self.request, self.channel.server
        at_door = not str(getattr(request, "path", "")).startswith("/sync/")
        return at_door and request.command not in READS and threading.get_ident() != server.own_thread

    def build_response_header(self) -> bytes:
        """As waitress builds it, without what tells who answers and by which clock."""
        lines = super().build_response_header().split(b"\r\n")
        return b"\r\n".join(line for line in lines if not line.startswith(UNSAID))


class PageTask(PunctualTask, WSGITask):  # type: ignore[misc]
    """A request for the application."""


class RefusalTask(PunctualTask, ErrorTask):  # type: ignore[misc]
    """A request that waitress refuses itself: what could not be read is named, and nothing of it repeated."""

    def execute(self) -> None:
        """Answer."""
        error = self.request.error
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(ERROR_HEADERS)
        self.set_close_on_finish()
        body = error.reason.encode().ljust(ERROR_LENGTH)
        self.content_length = len(body)
        self.write(body)

    def is_kept(self) -> bool:
        """Never: it depends on no code."""
        return False


class PunctualChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose answer waits for its time."""

    task_class, error_task_class = PageTask, RefusalTask
    server: PunctualServer
    came_at = leaves = 0.0

    def received(self, data: bytes) -> bool:
        """Take what came. While a request is answered nothing is read."""
        self.came_at = time.monotonic()
        return bool(super().received(data))

    def keep_until(self, moment: float) -> None:
        """Let go of the answer then."""
        self.leaves = moment
        self.server.wake_at(moment)

    def writable(self) -> bool:
        """Whether there is something to write, and its time has come."""
        return self.leaves <= time.monotonic() and bool(super().writable())

    def _flush_some(self, do_close: bool = True) -> bool:
        return self.leaves <= time.monotonic() and bool(super()._flush_some(do_close))


class PunctualServer(TcpWSGIServer):  # type: ignore[misc]
    """A server that wakes when an answer is to leave."""

    channel_class = PunctualChannel
    own_thread = 0

    def __init__(self, *given: Any, **adjustments: Any) -> None:
        self._moments: list[float] = []
        self._lock = threading.Lock()
        super().__init__(*given, **adjustments)
        self.adj.send_bytes = AT_ONCE

    def wake_at(self, moment: float) -> None:
        """Look at all connections at this moment. waitress wakes the thread that does so at the end of each task."""
        with self._lock:
            heapq.heappush(self._moments, moment)

    def run(self) -> None:
        """Answer until the process is to end."""
        self.own_thread = threading.get_ident()
        poll: Callable[..., None] = wasyncore.poll2 if self.adj.asyncore_use_poll else wasyncore.poll
        try:
            while self._map:
                poll(self._patience(), self._map)
        except (SystemExit, KeyboardInterrupt):
            self.task_dispatcher.shutdown()

    def _patience(self) -> float:
        """Seconds until the next answer is to leave, or as long as waitress waits otherwise."""
        now, longest = time.monotonic(), float(self.adj.asyncore_loop_timeout)
        with self._lock:
            while self._moments and self._moments[0] <= now:
                heapq.heappop(self._moments)
            # poll counts in whole milliseconds and would wake before its time
            return min(longest, self._moments[0] - now + 0.001) if self._moments else longest
