"""The backend itself: Django's own for SQLite, pointed at a memdb."""

import sqlite3
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3 import base

_anchors: dict[str, sqlite3.Connection] = {}
# Large pages: a large view is read in a fifth of the time. Each one that is not in the cache is copied whole, so the
# cache (in KiB) holds the lists of 100,000 cases.
PRAGMAS = """
    PRAGMA page_size=16384; PRAGMA cache_size=-40960; PRAGMA temp_store=MEMORY;
    PRAGMA journal_mode=MEMORY; PRAGMA secure_delete=ON
"""


def uri(name: str) -> str:
    """The address of a memdb."""
    return f"file:/{name}?vfs=memdb"


def anchor(name: str) -> sqlite3.Connection:
    """The connection that keeps a memdb alive."""
    if name not in _anchors:
        _anchors[name] = sqlite3.connect(uri(name), uri=True, check_same_thread=False, isolation_level=None)
        _anchors[name].executescript(PRAGMAS)
    return _anchors[name]


def vanish(name: str) -> None:
    """Let a memdb go, when its last other connection closes."""
    held = _anchors.pop(name, None)
    if held is not None:
        held.close()


def forget(alias: str) -> None:
    """Close what this thread has open of a database, on disk or in memory, and forget the alias. A memdb goes with the
    last connection to it; `close` alone leaves it open, as Django has it for databases in memory.
    """
    held = connections[alias]
    BaseDatabaseWrapper.close(held)
    vanish(str(held.settings_dict["NAME"]))
    del connections[alias]
    del connections.databases[alias]


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite in memory, with write transactions taken at once so that two threads wait and never fail."""

    def get_connection_params(self) -> dict[str, Any]:
        name = str(self.settings_dict["NAME"])
        anchor(name)
        params: dict[str, Any] = super().get_connection_params()
        params.update(database=uri(name), uri=True, timeout=20)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.transaction_mode = "IMMEDIATE"
        connection = super().get_new_connection(conn_params)
        connection.executescript(PRAGMAS)
        return connection

    def is_in_memory_db(self) -> bool:
        return True
