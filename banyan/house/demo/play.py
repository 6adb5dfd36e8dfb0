"""Plays a part of the plan on its scene, batch by batch, with a turn of the door and a turn of the desks by turns."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from random import Random

from banyan.house.demo.parts import BATCH
from banyan.house.demo.people import Person
from banyan.house.demo.plan import Contact
from banyan.house.demo.scene import Scene
from banyan.house.demo.story.courses import course_of

ENDED = object()


def play(scene: Scene, plan: Sequence[Contact], now: datetime, seed: int) -> Iterator[Person]:
    """Play every contact's course; each person is given when what they wrote is everywhere and written down."""
    for start in range(0, len(plan), BATCH):
        people = [
            Person(one, scene, now, Random(f"banyan demo {seed} {one.number}"))  # noqa: S311
            for one in plan[start : start + BATCH]
        ]
        with scene.one_batch():
            _play_batch(scene, people)
        yield from people


def _play_batch(scene: Scene, people: Iterable[Person]) -> None:
    """Turn by turn until every course has ended."""
    going = [course_of(person) for person in people]
    while going:
        going = [turns for turns in going if next(turns, ENDED) is not ENDED]
        scene.carry()
