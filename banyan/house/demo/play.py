"""Plays the whole plan on the stage, batch by batch, with a turn of the door and a turn of the desks by turns."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from random import Random

from banyan.house.demo.people import Person, course_of
from banyan.house.demo.plan import Contact
from banyan.house.demo.stage import Stage

BATCH = 50
ENDED = object()


def play(stage: Stage, plan: Sequence[Contact], now: datetime, seed: int) -> Iterator[Person]:
    """Play every contact's course; each person is given when what they wrote is everywhere and durable."""
    for start in range(0, len(plan), BATCH):
        people = [
            Person(one, stage, now, Random(f"banyan demo {seed} {one.number}"))  # noqa: S311
            for one in plan[start : start + BATCH]
        ]
        with stage.one_batch():
            _play_batch(stage, people)
        yield from people


def _play_batch(stage: Stage, people: Iterable[Person]) -> None:
    """Turn by turn until every course has ended; then whoever else reads gets all of it at once."""
    going = [(person, course_of(person)) for person in people]
    while going:
        left = [(person, turns) for person, turns in going if next(turns, ENDED) is not ENDED]
        _pass_on(stage, [person for person, _ in going])
        ended = {person.contact.number for person, _ in going} - {person.contact.number for person, _ in left}
        _give_colleagues(stage, [person for person, _ in going if person.contact.number in ended])
        going = left


def _pass_on(stage: Stage, people: Iterable[Person]) -> None:
    """What the desks wrote reaches the hub, and what persons wrote the desk that answers them."""
    _send(stage)
    for person in people:
        if person.spoke and person.readers:
            stage.clock.set(person.at)
            stage.hub_to(person.desk, [person.folder])
            person.spoke = False
    _send(stage)


def _give_colleagues(stage: Stage, people: Iterable[Person]) -> None:
    for person in people:
        for desk in person.readers:
            if desk is not person.desk:
                stage.clock.set(person.at)
                stage.hub_to(desk, [person.folder, *person.covers])


def _send(stage: Stage) -> None:
    for desk in stage.desks.values():
        stage.desk_to_hub(desk)
