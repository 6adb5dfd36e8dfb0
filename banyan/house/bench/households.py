"""A desk of cases: support, where who enters sees each household that ever came to them.

The households are real: people of a demo, played by the same actions that the pages use. Then rows are added of cases
that have been over for long, up to so many cases (see `synthetic.py`); what is measured is that those cost nothing.
Pages are today, the households, a month to enter and the runs, each first as whoever unlocked the desk waits for it.
"""

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from banyan.house.bench.figures import Figure, Figures
from banyan.house.cli import places
from banyan.house.processes import environment

NAME, SEED, LOOKS = "Oo", 1, 9
PEOPLE, QUICK_PEOPLE = 1_000, 40
CASES, QUICK_CASES = (1_000, 10_000), (1_000,)
PAGES = ("", "households", "runs")


def measure(quick: bool) -> Figures:
    """How long the pages of support take at so many cases, and how many of those go on."""
    with tempfile.TemporaryDirectory(prefix="banyan-bench-") as scratch:
        home = Path(scratch) / "demo"
        _child({"do": "play", "home": str(home), "people": QUICK_PEOPLE if quick else PEOPLE})
        cases = QUICK_CASES if quick else CASES
        told = [
            _child({"do": "households", "home": str(home), "scratch": scratch, "cases": n}) for n in cases
        ]
    figures = {
        "case_households": Figure(told[0]["households"], "households"),
        "case_households_open": Figure(told[0]["open"], "households"),
    }
    for many, found in zip(cases, told, strict=True):
        figures[f"case_page_ms_{many}"] = Figure(round(found["page_ms"], 1), "ms")
        figures[f"case_page_first_ms_{many}"] = Figure(round(found["first_ms"], 1), "ms")
        figures[f"case_page_today_ms_{many}"] = Figure(round(found["today_ms"], 1), "ms")
    return figures


def _child(task: dict[str, Any]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "banyan.house.bench.at_desk"],
        input=json.dumps(task), env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise AssertionError(done.stderr[-2000:])
    return dict(json.loads(done.stdout))


# In a process of its own


def play(task: dict[str, Any]) -> dict[str, float]:
    """Make a demo of so many people."""
    from banyan.house.demo import founding

    made = founding.make(
        Path(task["home"]), people=task["people"], seed=SEED, now=datetime.now(UTC), progress=founding.quiet
    )
    return {"people": made.people}


def look(task: dict[str, Any]) -> dict[str, float]:
    """The pages of who enters, at so many cases: what each takes the first time, and then."""
    import django.test

    from banyan.cases.desk import Desk
    from banyan.cases.models import CaseRow
    from banyan.desks.support import lists
    from banyan.house.bench import synthetic
    from banyan.house.bench.at_desk import page
    from banyan.house.bench.scratch import median
    from banyan.house.demo import founding
    from banyan.house.standing import stand_at
    from banyan.house.unlock.opening import make_desk
    from banyan.sealing import phrases

    folder = places.desk_dir(Path(task["home"]), NAME)
    desk = make_desk(
        folder, phrases.unlock((folder / places.KEYS).read_bytes(), founding.phrases(SEED).members[NAME])
    )
    desk.take_in_all()
    there = CaseRow.objects.using(desk.view.alias).filter(mine=True).count()
    synthetic.swell_cases(desk.view, task["cases"])
    desk = Desk(keys=desk.keys, store=desk.store, view=desk.view, clock=desk.clock)  # nothing is remembered
    stand_at(desk)
    browser = django.test.Client(headers={"host": "desk.localhost"})
    paths = [*(f"/support/{path}" for path in PAGES), f"/support/enter/{desk.clock():%Y-%m}"]
    first = {path: 1000 * page(browser, path) for path in paths}
    then = {path: median(page(browser, path) for _ in range(LOOKS)) for path in paths}
    return {
        "households": there, "open": lists.count(desk), "first_ms": max(first.values()), "page_ms": max(then.values()),
        "today_ms": then["/support/"],
    }  # fmt: skip
