"""The hub's web server on a socket file, where tor brings its visitors."""

from __future__ import annotations

import socket
from typing import Any

from banyan.house.serving.bounded import BoundedServer


class OnionServer(BoundedServer):
    """Everybody comes from the same place: tor tells no addresses, and there are none to be kept."""

    def getsockname(self) -> tuple[str, str]:
        """Neither a host nor a port: whoever asks says which host they mean."""
        return "onion", "80"

    def fix_addr(self, addr: object) -> tuple[str, None]:
        """Where a visitor comes from."""
        return "tor", None

    def set_socket_options(self, conn: socket.socket) -> None:
        """What is set for TCP means nothing here."""


def server_for(application: Any, taken: socket.socket, **adjustments: Any) -> OnionServer:
    """A server on a socket that listens already."""
    return OnionServer(
        application,
        _sock=taken,
        bind_socket=False,
        sockinfo=(taken.family, taken.type, taken.proto, taken.getsockname()),
        **adjustments,
    )
