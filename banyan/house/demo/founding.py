"""Founds the demo programme on disk and has its people played into it: whole, or not at all.

It is made in a folder beside its place and moved there when all is done. The keys come from the system's
randomness as everybody's do; only the plan and the phrases, which anybody may read, follow from the seed.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from banyan.house.cli import founding, places
from banyan.house.cli.refused import Refused

if TYPE_CHECKING:
    from banyan.house.demo.people import Person
    from banyan.sealing.phrases import Cost

NAME = "Demo programme"
TOLD, CODES, MAKING = "demo.json", "demo-codes.txt", "making-demo-"
FOUNDED = datetime(2021, 1, 15, 9, 0, tzinfo=UTC)
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "Aye": ("intake",),
    "Ba": ("intake",),
    "Chit": ("office",),
    "Dway": ("office", "figures"),
    "Ei": ("intake",),
    "Gyi": ("intake",),
    "Hla": ("screening",),
    "Kyi": ("screening",),
    "Lwin": ("deciding", "testimony"),
    "Mya": ("shelter", "planning"),
    "Nu": ("shelter", "guide"),
    "Oo": ("entering",),
    "Pyu": ("approving",),
    "Su": ("paying",),
    "Tin": ("oversight",),
}
TRUSTEES = ("River", "Hill", "Field", "Lake", "Shore")
# Those whose codes are written down, so that a reader of the demo can come back as one of them.
COME_BACK = ("asked", "check-in", "case", "consent", "new", "late", "silent")
HOW_THEY_STAND = {
    "asked": "is asked to agree, and has not answered",
    "check-in": "is still inside, and a check-in is agreed",
    "case": "agreed, and has a case",
    "consent": "agreed, and waits for the case to be opened",
    "new": "waits for a first answer",
    "late": "waits too long for a first answer",
    "silent": "has missed a check-in",
}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """What a making of the demo came to."""

    people: int
    entries: int
    wraps: int


def phrases(seed: int) -> founding.Phrases:
    """The phrases of the demo's members and trustees: the same for a seed, known to everybody, good for
    nothing else.
    """
    from banyan.sealing import words

    random = Random(f"banyan demo phrases {seed}")  # noqa: S311 - they are printed for everybody to read
    listed = words.load("en")

    def phrase() -> str:
        return " ".join(random.choice(listed) for _ in range(7))

    return founding.Phrases(
        members={name: phrase() for name in MEMBERS}, trustees={name: phrase() for name in TRUSTEES}
    )


def told(home: Path) -> Mapping[str, int] | None:
    """The seed and the number of people of the demo in `home`, or None where there is none. Refused where
    another programme stands there.
    """
    path = home / TOLD
    if path.is_file():
        found: Mapping[str, int] = json.loads(path.read_text(encoding="ascii"))
        return found
    founding.check_empty(home)
    return None


def make(home: Path, *, people: int, seed: int, now: datetime, progress: Progress) -> Made:
    """Found the demo in `home` with so many invented people. Refused where something stands there."""
    founding.check_empty(home)
    places.made(home)
    for left in home.glob(f"{MAKING}*"):  # of a making that was broken off
        shutil.rmtree(left, ignore_errors=True)
    new = places.made(home / f"{MAKING}{secrets.token_hex(4)}")
    try:
        _set_up(new)
        plan = founding.Plan(name=NAME, trustees=TRUSTEES, members=MEMBERS, demo=True)
        made = phrases(seed)
        founding.found(new, plan, phrases=made, cost=_light(), when=int(FOUNDED.timestamp()))
        outcome = _fill(new, made, people, seed, now, progress)
        for part in (*founding.PARTS, CODES):
            (new / part).rename(home / part)
        places.write_private(home / TOLD, json.dumps({"people": people, "seed": seed}).encode())
    except OSError as fault:
        raise Refused(f"Banyan cannot write in {home}: {fault.strerror}.") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return outcome


def _light() -> "Cost":
    """What a guess at one of these phrases costs: everybody knows them, so nothing."""
    from banyan.sealing.phrases import Cost

    return Cost(memory_kib=1024, passes=1)


def _set_up(new: Path) -> None:
    """One process stands at the door and at the desks here, with a desk's settings."""
    os.environ["BANYAN_DESK_DIR"] = str(new)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banyan.house.settings_desk")
    import django

    django.setup()


def _fill(
    home: Path, made: founding.Phrases, people: int, seed: int, now: datetime, progress: Progress
) -> Made:
    from banyan.house.demo.clock import Clock
    from banyan.house.demo.plan import make_plan
    from banyan.house.demo.play import play
    from banyan.house.demo.stage import Stage
    from banyan.sealing.phrases import unlock

    keys = {
        name: unlock((places.desk_dir(home, name) / places.KEYS).read_bytes(), made.members[name])
        for name, seats in MEMBERS.items()
        if "intake" in seats
    }
    plan = make_plan(people, seed, now)
    known: dict[str, Person] = {}
    with closing(Stage(home, keys, Clock(FOUNDED))) as stage:
        for done, person in enumerate(play(stage, plan, now, seed), 1):
            if person.contact.recent:
                known.setdefault(person.contact.course, person)
            progress(done, len(plan))
        stage.clock.set(now)
        stage.settle()
        outcome = Made(people=len(plan), entries=stage.entries(), wraps=stage.wraps())
    chosen = [known[course] for course in COME_BACK if course in known][:5]
    places.write_private(home / CODES, _codes(chosen).encode())
    return outcome


def _codes(people: list["Person"]) -> str:
    from banyan.sealing import codes

    lines = ["Codes of invented people of the demo. A real code is never written down by Banyan.", ""]
    for person in people:
        lines += [
            f"Somebody who {HOW_THEY_STAND[person.contact.course]}:",
            f"    {' '.join(codes.to_words(person.code, 'en'))}",
            f"    {' '.join(codes.to_words(person.code, 'my'))}",
            "",
        ]
    return "\n".join(lines)
