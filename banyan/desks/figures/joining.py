"""Neighbours joined until a group has nobody or at least ten: quarters, in them forces, in them rank bands. Pure.

It works on counts by cell (quarter, force, band) and not on people, so that `attack` can ask of a world that is not so
whether it would have been joined in the same way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product

from banyan.desks.figures.attack import Cell
from banyan.folders.published import FEWEST_SHOWN, Measure, Row

UNSAID = "unsaid"
Counts = Mapping[Cell, int]
Names = tuple[str, ...]
Part = tuple[Names, int]


class Coarse(IntEnum):
    """How coarse the groups of those who came out are made, where finer ones would tell too much."""

    BANDS = 0
    FORCES = 1
    QUARTERS = 2
    NOTHING = 3


@dataclass(frozen=True)
class Coding:
    """The codes of forces and bands in the order in which they join: the rarest first."""

    forces: Names
    bands: Names

    def force(self, code: str) -> str:
        """The code, if it is known."""
        return code if code in self.forces else UNSAID

    def band(self, code: str) -> str:
        """The code, if it is known."""
        return code if code in self.bands else UNSAID


@dataclass(frozen=True)
class Span:
    """The quarters of a publication: those that were covered before, and those that are new."""

    covered: Names
    fresh: Names


def cells_of(row: Row) -> Iterable[Cell]:
    """Every cell whose people a row counts."""
    return product(row.quarters, row.forces, row.bands)


def groups(measure: Measure, counts: Counts, span: Span, coding: Coding, coarse: Coarse) -> tuple[Row, ...]:
    """The groups of a measure: those known of late as one of all quarters covered before, then the new quarters.

    A group of nobody is not shown: what is not shown has nobody, or too few to be shown.
    """
    if coarse is Coarse.NOTHING:
        return ()
    by_quarter = _summed(counts, 0)
    late = sum(by_quarter[quarter] for quarter in span.covered)
    line, _ = _line((quarter, by_quarter[quarter]) for quarter in span.fresh)
    parts = [part for part in line if part[1]]
    if late >= FEWEST_SHOWN:
        parts = [(span.covered, late), *parts]
    made = []
    for quarters, people in parts:
        inside = {cell: count for cell, count in counts.items() if cell[0] in quarters}
        for forces, those in _joined(inside, 1, coding.forces, people, coarse < Coarse.QUARTERS):
            within = {cell: count for cell, count in inside.items() if cell[1] in forces}
            for bands, number in _joined(within, 2, coding.bands, those, coarse < Coarse.FORCES):
                made.append(Row(measure, quarters, forces, bands, number))
    return tuple(made)


def _joined(counts: Counts, at: int, order: Names, people: int, fine: bool) -> Sequence[Part]:
    """Groups along forces or bands of at least ten people: what is left at the end joins the last group."""
    if not fine:
        return [(order, people)]
    summed = _summed(counts, at)
    made, (names, left) = _line((name, summed[name]) for name in order)
    while 0 < left < FEWEST_SHOWN:
        before, others = made.pop()
        names, left = before + names, others + left
    return [part for part in (*made, (names, left)) if part[1]]


def _line(parts: Iterable[tuple[str, int]]) -> tuple[list[Part], Part]:
    """Neighbours joined in order until each group has nobody or at least ten; what is left below ten at the end."""
    made: list[Part] = []
    names: Names = ()
    people = 0
    for name, others in parts:
        names, people = (*names, name), people + others
        if not people or people >= FEWEST_SHOWN:
            made.append((names, people))
            names, people = (), 0
    return made, (names, people)


def _summed(counts: Counts, at: int) -> Counter[str]:
    """The counts by quarter, force or band."""
    summed: Counter[str] = Counter()
    for cell, count in counts.items():
        summed[cell[at]] += count
    return summed
