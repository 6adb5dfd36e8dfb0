"""Making the demo programme: how many people a second come in through the actions that the pages use."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from banyan.house.bench.figures import Figure, Figures
from banyan.house.demo import founding


def measure(quick: bool) -> Figures:
    """One making in a scratch folder. Of fewer people the founding is a larger part."""
    people = 200 if quick else 2_000
    with tempfile.TemporaryDirectory(prefix="banyan-bench-") as scratch:
        began = time.perf_counter()
        made = founding.make(
            Path(scratch) / "demo",
            people=people,
            seed=1,
            now=datetime.now(UTC),
            progress=lambda done, of: None,
        )
        seconds = time.perf_counter() - began
    return {
        "people": Figure(made.people, "people"),
        "seconds": Figure(round(seconds, 1), "s"),
        "people_per_s": Figure(round(made.people / seconds, 1), "people/s"),
        "entries": Figure(made.entries, "entries"),
        "wraps": Figure(made.wraps, "wraps"),
        "memory_mb": Figure(made.memory, "MB"),
    }
