"""What a process listens at, as the system tells it (Linux)."""

from __future__ import annotations

import re
from pathlib import Path

LISTENS = "0A"


def listening(pid: int) -> set[int]:
    """The TCP ports that a process listens at."""
    own = set()
    for one in Path(f"/proc/{pid}/fd").iterdir():
        try:
            own.update(re.findall(r"socket:\[(\d+)\]", str(one.readlink())))
        except OSError:  # closed meanwhile
            continue
    rows = [
        row.split()
        for table in ("tcp", "tcp6")
        for row in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return {int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == LISTENS and row[9] in own}
