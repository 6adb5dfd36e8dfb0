"""The files of this checkout, and how a check ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def files(root: Path = ROOT) -> list[Path]:
    """Every file that git tracks or would track, below `root`, as paths relative to it, sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return sorted(Path(name) for name in names if (root / name).is_file())


def text_of(path: Path) -> str | None:
    """The file's text, or None where it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def finish(problems: Iterable[str], fine: str) -> None:
    """Print the problems one a line and end with 1, or print that all is `fine`."""
    found = list(problems)
    print("\n".join(found) if found else fine)
    sys.exit(1 if found else 0)
