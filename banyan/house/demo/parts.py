"""What one process does of the making: plays a part of the people, or unites some places with what was played.

Each part stands on scratch copies of all stores. A part gets whole batches, so what one person goes through lies
in one part; the people are dealt out from the same plan, however many parts there are.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.demo.clock import FOUNDED, Clock
from banyan.house.demo.crew import Tell
from banyan.house.demo.memory import memory_mb

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyan.cases.view import View
    from banyan.folders.store import Store
    from banyan.house.demo.plan import Contact
    from banyan.sealing.keys import Keys

BATCH = 50
AT_ONCE = 2_000
HUB = ""


@dataclass(frozen=True)
class Known:
    """One of the newest: their number and course in the plan, and the code with which they come back."""

    number: int
    course: str
    code: bytes


@dataclass(frozen=True)
class Played:
    """One more person, whose part is at an end."""

    known: Known | None


@dataclass(frozen=True)
class Ended:
    """A part is at an end: how many conversations the door gave to each member, and the memory needed in MB."""

    given: Mapping[bytes, int]
    memory: int


@dataclass(frozen=True)
class United:
    """A place holds all that was played, and the memory needed so far in MB."""

    place: str
    memory: int


@dataclass(frozen=True)
class Play:
    """What all parts need to know."""

    people: int
    seed: int
    now: datetime
    phrases: Mapping[str, str]


def dealt(plan: "Sequence[Contact]", part: int, parts: int) -> "list[Contact]":
    """The contacts of one part: every so manieth batch."""
    batches = [plan[start : start + BATCH] for start in range(0, len(plan), BATCH)]
    return [one for batch in batches[part::parts] for one in batch]


def unlocking(home: Path, phrases: Mapping[str, str]) -> "Callable[[str], Keys]":
    """What gives a member's keys by their name."""
    from banyan.sealing.phrases import unlock

    return lambda name: unlock((places.desk_dir(home, name) / places.KEYS).read_bytes(), phrases[name])


def play_part(tell: Tell, home: Path, plan: Play, part: int, parts: int) -> None:
    """Play one part of the people on the scratch copies in `home`."""
    from banyan.house.demo.plan import make_plan
    from banyan.house.demo.play import play
    from banyan.house.demo.scene import Scene

    mine = dealt(make_plan(plan.people, plan.seed, plan.now), part, parts)
    with closing(Scene(home, unlocking(home, plan.phrases), Clock(FOUNDED))) as scene:
        for person in play(scene, mine, plan.now, plan.seed):
            one = person.contact
            tell(Played(Known(one.number, one.course, person.code) if one.recent else None))
        scene.save()
        given = dict(scene.given())
    tell(Ended(given, memory_mb()))


def unite_places(tell: Tell, home: Path, names: Sequence[str], parts: Sequence[Path], plan: Play) -> None:
    """Bring what was played in the parts to some true places: members by name, and the hub. What no part needed is
    left as it is.
    """
    for name in names:
        if name == HUB:
            _unite_hub(home, parts, plan)
        else:
            _unite_desk(home, name, parts, plan)
        tell(United(name, memory_mb()))


def _unite_hub(home: Path, parts: Sequence[Path], plan: Play) -> None:
    from banyan.house.demo.stage import Stage

    _begin_with(places.hub_dir(parts[0]), places.hub_dir(home))
    with closing(Stage(home, {}, Clock(plan.now))) as true:
        for part in parts[1:]:
            with closing(Stage(part, {}, Clock(plan.now))) as played:
                unite(true.door.store, played.door.store)


def _unite_desk(home: Path, name: str, parts: Sequence[Path], plan: Play) -> None:
    from banyan.house.demo.stage import Stage

    parts = [part for part in parts if (places.desk_dir(part, name) / places.VIEW).exists()]
    if not parts:
        return
    _begin_with(places.desk_dir(parts[0], name), places.desk_dir(home, name))
    keys = {name: unlocking(home, plan.phrases)(name)}
    shared: set[bytes] = set()
    with closing(Stage(home, keys, Clock(plan.now))) as true:
        (desk,) = true.desks.values()
        for part in parts[1:]:
            with closing(Stage(part, keys, Clock(plan.now))) as played:
                (other,) = played.desks.values()
                unite(desk.store, other.store)
                shared |= unite_views(desk.view, other.view)
        for folder in shared:
            desk.take_in_folder(folder)
        desk.view.save()


def _begin_with(played: Path, place: Path) -> None:
    """All that a place has lies in each part too, so one part can stand for it before the others are added."""
    for name in (places.STORE, places.VIEW):
        if (played / name).exists():
            (played / name).replace(place / name)


def unite(store: "Store", other: "Store") -> None:
    """All that another store holds, in one transaction. Refused where an item does not hold."""
    from django.db import transaction

    ids = other.ids_for(None)
    with transaction.atomic(using=store.alias):
        for start in range(0, len(ids), AT_ONCE):
            added = store.add(item.data for item in other.get(ids[start : start + AT_ONCE]))
            if added.refused:
                raise Refused(f"What was played does not hold: {added.refused[0][1]}.")


def unite_views(view: "View", other: "View") -> set[bytes]:
    """All that another view of the same member shows of folders that this one does not know; those that both know,
    to be shown anew from the store.
    """
    from django.db import connections

    from banyan.cases.memory.base import uri
    from banyan.cases.memory.words import BITS
    from banyan.cases.models import Kept
    from banyan.cases.view import MODELS, Taken

    taken = Taken._meta.db_table
    names = {"taken": taken, "bits": str(BITS), "new": NEW.format(taken=taken)}
    with connections[view.alias].cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS played", [uri(connections[other.alias].settings_dict["NAME"])])
        cursor.execute(BOTH.format(**names))
        both = {bytes(row[0]) for row in cursor.fetchall()}
        cursor.execute(LAST.format(**names))
        (last,) = cursor.fetchone()
        cursor.execute(WORDS.format(**names), [last])
        for model in (one for one in MODELS if one not in (Taken, Kept)):
            cursor.execute(ROWS.format(table=model._meta.db_table, **names))
        cursor.execute(TAKEN.format(**names), [last])
        cursor.execute("DETACH DATABASE played")
    return both


# A folder's number is of one view alone, so those of the other go on behind the last one here.
NEW = "folder NOT IN (SELECT folder FROM main.{taken})"
BOTH = "SELECT folder FROM played.{taken} WHERE NOT {new}"
LAST = "SELECT coalesce(max(number), 0) FROM main.{taken}"
ROWS = "INSERT OR IGNORE INTO main.{table} SELECT * FROM played.{table} WHERE {new}"
TAKEN = """INSERT INTO main.{taken} (number, folder, seals) SELECT number + %s, folder, seals FROM played.{taken}
WHERE {new}"""
WORDS = """INSERT INTO main.words (rowid, text) SELECT rowid + (%s << {bits}), text FROM played.words
WHERE rowid >> {bits} IN (SELECT number FROM played.{taken} WHERE {new})"""
