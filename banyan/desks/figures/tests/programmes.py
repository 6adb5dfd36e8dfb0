"""Random programmes: who asks and who comes out, quarter by quarter, and when the members of figures learn of it."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from banyan.desks.figures import rules
from banyan.desks.figures.joining import Coding
from banyan.desks.figures.past import One, Past
from banyan.desks.figures.tests.solver import Shown, Unknown
from banyan.folders.published import quarters_from

CODING = Coding(("police", "army"), ("senior", "junior", "enlisted"))
SMALL = Coding(("army",), ("officer", "enlisted"))
QUARTERS = tuple(quarters_from("2023-Q1", "2025-Q4"))


@dataclass(frozen=True)
class Kind:
    """What a programme is like: at most so many ask in a quarter, such a share comes out within such a time."""

    most: int
    out: float
    within: int
    coding: Coding = CODING
    known_late: float = 0.1


LATE = Kind(most=60, out=0.5, within=2, known_late=0.4)


def told(kind: Kind, seed: int) -> Iterator[tuple[str, list[One]]]:
    """Each quarter, and all that is known at its end."""
    source, known = random.Random(seed), list[tuple[int, One]]()
    forces, bands = kind.coding.forces, kind.coding.bands
    for at, quarter in enumerate(QUARTERS):
        for _ in range(source.randrange(kind.most + 1)):
            number = len(known).to_bytes(16, "big")
            force = source.choices(forces, [3**i for i in range(len(forces))])[0]
            band = source.choices(bands, [4**i for i in range(len(bands))])[0]
            delay = source.randrange(1, 3) if source.random() < kind.known_late else 0
            known.append((at + delay, One(number, "asked", quarter, force, band)))
            out = at + source.randrange(kind.within + 1)
            if source.random() < kind.out and out < len(QUARTERS):
                known.append((max(out, at + delay), One(number, "arrived", QUARTERS[out], force, band)))
    for at, quarter in enumerate(QUARTERS):
        yield quarter, [one for when, one in known if when <= at]


def published(kind: Kind, seed: int) -> list[Past]:
    """The twelve publications of a programme by the rules, as far as there was something to publish."""
    earlier: list[Past] = []
    for quarter, people in told(kind, seed):
        prepared = rules.next_publication(people, earlier, through=quarter, coding=kind.coding)
        if prepared:
            earlier.append(prepared.past)
    return earlier


def shown(earlier: list[Past]) -> list[Shown]:
    """All that was published: each number counts the people of its own publication."""
    return [Shown((i,), row) for i, past in enumerate(earlier) for row in past.rows]


def truth(earlier: list[Past]) -> dict[Unknown, int]:
    """What is so, of all that was counted."""
    return Counter((i, one.measure, *one.cell) for i, past in enumerate(earlier) for one in past.people)
