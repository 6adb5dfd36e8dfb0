"""Locking: the view is sealed, nothing more is accepted, and the process ends. Only that wipes Python's memory."""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import Any

from banyan.house.unlock.sitting import Sitting

log = logging.getLogger("banyan.unlock")
FLUSHED_WITHIN = 3.0
SAVE_EVERY = 300.0


def lock(sitting: Sitting) -> None:
    """Save and end. The answer to the request that asked for it still goes out.

    Accepting stops first: the browser's next connection must wait for the fresh child, not meet this one.
    """
    sitting.stop_accepting()
    sitting.locking = True
    save(sitting)
    threading.Thread(target=sitting.leave, name="leaving", daemon=True).start()


def save(sitting: Sitting) -> None:
    """Seal the view to its file. A disk that refuses costs time at the next unlock, and nothing else."""
    if sitting.desk is None or not sitting.changed:
        return
    try:
        with sitting.turns:
            sitting.desk.view.save()
            sitting.changed = False
    except OSError:
        log.error("the view could not be saved")


def leave(server: Any) -> None:
    """End this process once what was answered has gone out. Never returns."""
    until = time.monotonic() + FLUSHED_WITHIN
    while time.monotonic() < until and any(_busy(channel) for channel in _channels(server)):
        time.sleep(0.01)
    os._exit(0)


def _channels(server: Any) -> list[Any]:
    return list(server.active_channels.copy().values())


def _busy(channel: Any) -> bool:
    return bool(channel.requests or channel.total_outbufs_len or channel.close_when_flushed)


def watch(sitting: Sitting) -> None:
    """Lock a desk that nobody uses, and save the view from time to time. Runs in a thread of its own.

    The page's own script locks first, after sealing what is typed; this is for a browser that was closed.
    """
    threading.Thread(target=_watch, args=(sitting,), name="watching", daemon=True).start()


def _watch(sitting: Sitting) -> None:
    limit = sitting.idle_seconds
    saved = time.monotonic()
    while not sitting.locking:
        time.sleep(min(1.0, limit / 4) if limit else 1.0)
        if not sitting.open:
            continue
        if limit and sitting.idle > limit + min(5.0, limit / 2):
            lock(sitting)
        elif time.monotonic() - saved > SAVE_EVERY:
            save(sitting)
            saved = time.monotonic()
