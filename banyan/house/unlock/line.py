"""The way from a desk to its hub: straight, or through the Tor of this machine."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit

TOR = "socks5h://127.0.0.1:9050"
SECONDS = 3.0


def tor_for(hub: str) -> str:
    """Where the Tor is that leads to this hub: BANYAN_TOR, else for an onion address where Tor listens by itself; else
    nothing, and the hub is reached without.
    """
    return os.environ.get("BANYAN_TOR") or (TOR if _host(hub).endswith(".onion") else "")


def tor_place(tor: str) -> tuple[str, int] | None:
    """The host and port of an address such as socks5h://127.0.0.1:9050, or None where it is none."""
    try:
        parts = urlsplit(tor)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    return (host, port) if parts.scheme == "socks5h" and host and port else None


def tor_is_there(tor: str) -> bool:
    """Whether something answers where Tor should be."""
    place = tor_place(tor)
    if place is None:
        return False
    try:
        socket.create_connection(place, SECONDS).close()
    except OSError:
        return False
    return True


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
