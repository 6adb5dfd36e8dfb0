"""The desk's web server: waitress, with every connection closed after its answer.

On loopback a new connection costs nothing; one that stays open would tie the browser to a process that is about to end
with the lock. Once told, it accepts no more, so that the next connection waits for the fresh process.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from typing import Any

from waitress.task import ErrorTask, WSGITask

from banyan.house.serving.bounded import BoundedChannel, BoundedServer
from banyan.house.wsgi import WAITRESS


class ClosingTask(WSGITask):  # type: ignore[misc]
    """One request, after which the connection ends."""

    def build_response_header(self) -> bytes:
        """As waitress makes it, with `Connection: close`."""
        self.set_close_on_finish()
        header: bytes = super().build_response_header()
        return header


class ClosingChannel(BoundedChannel):
    """A connection that serves one request."""

    task_class = ClosingTask
    error_task_class = ErrorTask


class DeskServer(BoundedServer):
    """Waitress's server that can stop accepting while it still answers."""

    channel_class = ClosingChannel
    stopped = False

    def readable(self) -> bool:
        """Whether a new connection would be taken."""
        return not self.stopped and bool(super().readable())

    def accept(self) -> Any:
        """The next connection, or None once stopped: it stays in the queue for the next process."""
        return None if self.stopped else super().accept()

    def stop_accepting(self) -> None:
        """Take no more connections from now on."""
        self.stopped = True


def make_server(application: Callable[..., Any], taken: socket.socket, threads: int) -> DeskServer:
    """A server on a socket that listens already."""
    return DeskServer(
        application,
        _sock=taken,
        bind_socket=False,
        sockinfo=(taken.family, taken.type, taken.proto, taken.getsockname()),
        sockets=[taken],
        threads=threads,
        channel_timeout=60,
        asyncore_use_poll=hasattr(select, "poll"),
        **WAITRESS,
    )
