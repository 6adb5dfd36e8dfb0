"""A small checkout of its own for each test, so that every rule can be broken on purpose."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Put = Callable[[str, str], Path]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """An empty git checkout."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


@pytest.fixture
def put(checkout: Path) -> Put:
    """Writes a file into the checkout."""

    def write(name: str, text: str) -> Path:
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
