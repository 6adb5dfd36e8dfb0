"""A small programme in a scratch folder: a hub, and two of intake. Gone when the bench ends."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from banyan.house.cli import founding, places

MEMBERS = {"Aye": ("intake",), "Ba": ("intake",), "Chit": ("office",)}


@contextmanager
def programme() -> Iterator[tuple[Path, founding.Phrases]]:
    """Its home, and the phrases of its members."""
    with tempfile.TemporaryDirectory(prefix="banyan-bench-") as scratch:
        home = Path(scratch)
        set_up(home)
        from banyan.sealing.phrases import Cost

        plan = founding.Plan(name="Bench", trustees=("A", "B", "C", "D", "E"), members=MEMBERS, demo=True)
        yield home, founding.found(home, plan, cost=Cost(memory_kib=32, passes=1))


def set_up(home: Path) -> None:
    """One process stands at the hub and at the desks here, with a desk's settings."""
    os.environ["BANYAN_DESK_DIR"] = str(places.made(home / "scratch"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banyan.house.settings_desk")
    import django

    django.setup()


def now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def median(seconds: Iterable[float]) -> float:
    """The middle one, in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[len(ordered) // 2]
