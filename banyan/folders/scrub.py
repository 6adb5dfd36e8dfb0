"""What was erased is not to stand in SQLite's log either: the log is folded into the file and cut to nothing.

While somebody else reads the file (a backup, a tool of the office) the log cannot be cut. Who erases waits for them a
moment and no longer; a thread of its own tries again until it is done, and says so in the log of the hub where that
takes long.
"""

import logging
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

log = logging.getLogger(__name__)

AT_ONCE = 0.25  # seconds that who erases waits for readers; writers wait too
LATER = 0.05
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
LONG = 600.0

# Whose log is still to be cut, and whether something was erased since that was tried.
_behind: dict[Path, bool] = {}
_turn = threading.Lock()


def scrub(database: BaseDatabaseWrapper) -> bool:
    """Cut the log of a store. False where somebody reads it: then it is tried again until it is done. What is no file
    of SQLite has no such log.
    """
    file = Path(str(database.settings_dict["NAME"]))
    if database.vendor != "sqlite" or not file.exists() or _cut(file, AT_ONCE):
        return True
    with _turn:
        running, _behind[file] = file in _behind, True
    if not running:
        threading.Thread(target=_until_done, args=(file,), name="scrub", daemon=True).start()
    return False


def _cut(file: Path, patience: float) -> bool:
    """Whether nothing is left in the log. SQLite says it in a row, and raises nothing where it could not."""
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=patience)
        ) as line:
            busy, _, _ = line.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy


def _until_done(file: Path) -> None:
    pause, began, said = FIRST_PAUSE, time.monotonic(), False
    while True:
        time.sleep(pause)
        with _turn:
            _behind[file] = False
        done = not file.exists() or _cut(file, LATER)
        with _turn:
            if done and not _behind[file]:
                del _behind[file]
                return
        pause = min(2 * pause, LONGEST_PAUSE)
        if not said and time.monotonic() - began > LONG:
            said = True
            log.warning("what was erased still stands in the log of the store: another program holds it open")
