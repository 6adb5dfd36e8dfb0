"""Founds the demo programme on disk and has its people played into it: whole, or not at all.

It is made in a folder beside its place and moved there when all is done. The people are played in parts, as many
at once as there are processors, each on scratch copies; what the parts wrote is then united with the true places.
The keys come from the system's randomness as everybody's do; only the plan and the phrases, which anybody may
read, follow from the seed.
"""

import json
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from banyan.house.cli import founding, places
from banyan.house.cli.refused import Refused
from banyan.house.demo.cast import MEMBERS
from banyan.house.demo.clock import FOUNDED, Clock
from banyan.house.demo.crew import Job, cores, do, set_up
from banyan.house.demo.memory import memory_mb
from banyan.house.demo.parts import (
    BATCH,
    HUB,
    Ended,
    Known,
    Play,
    Played,
    United,
    play_part,
    unite_places,
    unlocking,
)

if TYPE_CHECKING:
    from banyan.sealing.phrases import Cost

NAME = "Demo programme"
TOLD, CODES, MAKING = "demo.json", "demo-codes.txt", "making-demo-"
UNFINISHED = "demo-unfinished"  # lies in each part of a demo that is not yet wholly in its place
TRUSTEES = ("River", "Hill", "Field", "Lake", "Shore")
# Those whose codes are written down, so that a reader of the demo can come back as one of them.
COME_BACK = ("asked", "check-in", "consent", "overdue", "to-pay", "case", "new", "late", "silent")
HOW_THEY_STAND = {
    "asked": "is asked to agree, and has not answered",
    "check-in": "is still inside, and a check-in is agreed",
    "case": "agreed, and has a case",
    "overdue": "is on the way, and has not given word",
    "to-pay": "is out, has a bed, and waits for this month's money",
    "consent": "agreed, and waits for the case to be opened",
    "new": "waits for a first answer",
    "late": "waits too long for a first answer",
    "silent": "has missed a check-in",
}
Progress = Callable[[int, int], None]


def quiet(done: int, of: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Made:
    """What a making of the demo came to; `memory` is the most that it needed at once, in MB, in all processes."""

    people: int
    entries: int
    wraps: int
    memory: int
    processes: int


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
    """The seed and the number of people of the demo in `home`, or None where there is none, or none that was
    finished. Refused where another programme stands there.
    """
    path = home / TOLD
    if path.is_file():
        found: Mapping[str, int] = json.loads(path.read_text(encoding="ascii"))
        return found
    clear_unfinished(home)
    founding.check_empty(home)
    return None


def clear_unfinished(home: Path) -> None:
    """Remove what a making left that was broken off."""
    if (home / TOLD).is_file():
        return
    for left in [*home.glob(f"{MAKING}*"), *(path.parent for path in home.glob(f"*/{UNFINISHED}"))]:
        shutil.rmtree(left, ignore_errors=True)


def make(
    home: Path,
    *,
    people: int,
    seed: int,
    now: datetime,
    progress: Progress,
    uniting: Progress = quiet,
    workers: int | None = None,
) -> Made:
    """Found the demo in `home` with so many invented people, by so many processes (else as many as processors).

    `progress` counts the people who were played, `uniting` the places that hold all of it. Refused where something
    stands there.
    """
    clear_unfinished(home)
    founding.check_empty(home)
    places.made(home)
    new = places.made(home / f"{MAKING}{secrets.token_hex(4)}")
    try:
        set_up(new)
        plan = founding.Plan(name=NAME, trustees=TRUSTEES, members=MEMBERS, demo=True)
        made = phrases(seed)
        founding.found(new, plan, phrases=made, cost=_light(), when=int(FOUNDED.timestamp()))
        play = Play(people, seed, now, made.members)
        outcome = _fill(new, play, progress, uniting, workers or cores())
        _move(new, home)
        places.write_private(home / TOLD, json.dumps({"people": people, "seed": seed}).encode())
        for part in founding.PARTS:
            (home / part / UNFINISHED).unlink()
    except OSError as fault:
        raise Refused(f"Banyan cannot write in {home}: {fault.strerror}.") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return outcome


def _move(new: Path, home: Path) -> None:
    for part in founding.PARTS:
        (new / part / UNFINISHED).touch(mode=0o600)
    for part in (*founding.PARTS, CODES):
        (new / part).rename(home / part)


def _light() -> "Cost":
    """What a guess at one of these phrases costs: everybody knows them, so nothing."""
    from banyan.sealing.phrases import Cost

    return Cost(memory_kib=1024, passes=1)


@dataclass
class Heard:
    """What the processes told."""

    people: int = 0
    places: int = 0
    known: list[Known] = field(default_factory=list)
    given: dict[bytes, int] = field(default_factory=dict)
    memory: list[int] = field(default_factory=list)


def _fill(new: Path, play: Play, progress: Progress, uniting: Progress, workers: int) -> Made:
    """Play all people in parts, then unite the parts with the true places."""
    heard = Heard()
    parts = [new / f"part-{n}" for n in range(max(1, min(workers, -(-play.people // BATCH))))]
    names = [HUB, *MEMBERS]

    def hear(told: Any) -> None:
        _take_note(heard, told)
        if isinstance(told, Played):
            progress(heard.people, play.people)
        elif isinstance(told, United):
            uniting(heard.places, len(names))

    from banyan.house.demo import programme

    unlock = unlocking(new, play.phrases)
    programme.before(new, unlock)
    for part in parts:
        for place in ("hub", "desks"):
            shutil.copytree(new / place, part / place)
    jobs = [Job(play_part, (part, play, n, len(parts))) for n, part in enumerate(parts)]
    do(jobs, hear, new)
    sharing = [names[n :: len(parts)] for n in range(len(parts))]
    do([Job(unite_places, (new, mine, parts, play)) for mine in sharing], hear, new)
    for part in parts:
        shutil.rmtree(part)
    programme.after(new, unlock, play.now)
    places.write_private(new / CODES, _codes(chosen(heard.known)).encode())
    return _settled(new, play, heard, len(parts))


def _take_note(heard: Heard, told: Any) -> None:
    if isinstance(told, Played):
        heard.people += 1
        heard.known += [told.known] if told.known else []
    elif isinstance(told, Ended):
        for member, given in told.given.items():
            heard.given[member] = heard.given.get(member, 0) + given
        heard.memory.append(told.memory)
    elif isinstance(told, United):
        heard.places += 1


def _settled(new: Path, play: Play, heard: Heard, processes: int) -> Made:
    """The whole programme once more in this process: what the door gave to whom, and what it all came to."""
    from django.db import transaction

    from banyan.folders.seats import Seat
    from banyan.house.demo.stage import Stage

    with closing(Stage(new, {}, Clock(play.now))) as stage:
        intake = [member.id for member in stage.door.roster.active(Seat.INTAKE)]
        least = min((heard.given.get(member, 0) for member in intake), default=0)
        with transaction.atomic(using=stage.door.store.alias):
            for member in intake:  # that all were given so many says nothing of whose turn it is
                stage.door.store.give([member] * (heard.given.get(member, 0) - least))
        memory = memory_mb() + (sum(heard.memory) if processes > 1 else 0)
        return Made(play.people, stage.entries(), stage.wraps(), memory, processes)


def chosen(known: Iterable[Known]) -> list[Known]:
    """Five of the newest, one of a course: those whose codes are written down."""
    first: dict[str, Known] = {}
    for one in sorted(known, key=lambda one: one.number):
        first.setdefault(one.course, one)
    return [first[course] for course in COME_BACK if course in first][:5]


def _codes(people: Sequence[Known]) -> str:
    from banyan.sealing import codes

    lines = ["Codes of invented people of the demo. A real code is never written down by Banyan.", ""]
    for person in people:
        lines += [
            f"Somebody who {HOW_THEY_STAND[person.course]}:",
            f"    {' '.join(codes.to_words(person.code, 'en'))}",
            f"    {' '.join(codes.to_words(person.code, 'my'))}",
            "",
        ]
    return "\n".join(lines)
