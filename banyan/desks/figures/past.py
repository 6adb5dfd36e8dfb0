"""Publications that stand, and what the attack asks of them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from banyan.desks.figures import joining
from banyan.desks.figures.attack import Cell, Change, Group, Same
from banyan.desks.figures.joining import Coarse, Coding, Span
from banyan.folders.published import MEASURES, Measure, Row


@dataclass(frozen=True, slots=True, order=True)
class One:
    """One person counted once: the number that stands for them, what happened, when, and of which force and band."""

    number: bytes
    measure: Measure
    quarter: str
    force: str
    band: str

    @property
    def cell(self) -> Cell:
        """Quarter, force and band."""
        return self.quarter, self.force, self.band


@dataclass(frozen=True)
class Past:
    """A publication that stands: its last quarter, its groups, and who was counted in it."""

    through: str
    rows: tuple[Row, ...]
    people: tuple[One, ...]

    def rows_of(self, measure: Measure) -> tuple[Row, ...]:
        """The groups of a measure."""
        return tuple(row for row in self.rows if row.measure == measure)

    def counts_of(self, measure: Measure) -> Counter[Cell]:
        """How many people of a measure it counted, by cell."""
        return Counter(one.cell for one in self.people if one.measure == measure)


def as_groups(number: int, past: Past) -> list[Group]:
    """A publication's groups with the people in each, for the attack."""
    counts = {measure: past.counts_of(measure) for measure in MEASURES}
    groups = []
    for row in past.rows:
        cells, people = tuple(joining.cells_of(row)), counts[row.measure]
        inside = {cell: people[cell] for cell in cells if people[cell]}
        groups.append(Group(number, row.measure, cells, inside))
    return groups


def changed(past: Past, changes: Iterable[Change]) -> Past:
    """The same with some people in other cells."""
    pairs = list(changes)
    people = list(past.people)
    for (_, measure, start, _), (_, _, end, _) in zip(pairs[::2], pairs[1::2], strict=True):
        at = next(i for i, one in enumerate(people) if (one.measure, one.cell) == (measure, start))
        quarter, force, band = end
        people[at] = replace(people[at], quarter=quarter, force=force, band=band)
    return replace(past, people=tuple(people))


def finer(publications: Sequence[Past], coarse: Coarse, coding: Coding) -> Past:
    """The last of some publications, as it would be with those who came out in groups made so."""
    *earlier, past = publications
    made = _Made(past, "arrived", _last(earlier), coding)
    rows = (row for part in made.parts.values() for row in part.made(Counter(), made.measure, coding, coarse))
    return replace(past, rows=(*past.rows_of("asked"), *rows))


def coarse_of(publications: Sequence[Past], coding: Coding) -> Coarse:
    """How coarse the last of some publications shows those who came out."""
    *earlier, past = publications
    return _Made(past, "arrived", _last(earlier), coding).coarse


def _last(earlier: Iterable[Past]) -> str:
    return max((past.through for past in earlier), default="")


def same_groups(publications: Sequence[Past], coding: Coding) -> Same:
    """Whether in a world with some changes the rules would have made the very same groups."""
    made = {
        (number, measure): _Made(past, measure, _last(publications[:number]), coding)
        for number, past in enumerate(publications)
        for measure in MEASURES
    }

    def same(changes: Sequence[Change]) -> bool:
        moved: dict[tuple[int, str], Counter[Cell]] = defaultdict(Counter)
        for number, measure, cell, count in changes:
            moved[number, measure][cell] += count
        return all(made[key].again(change) for key, change in moved.items())  # type: ignore[index]

    return same


class _Made:
    """The groups of one measure in one publication, to be made again from other counts.

    Quarters that stand together are made by themselves: what moves within them changes nothing elsewhere.
    """

    def __init__(self, past: Past, measure: Measure, last: str, coding: Coding) -> None:
        self.measure, self.coding = measure, coding
        counts, rows = past.counts_of(measure), past.rows_of(measure)
        self.parts = {
            row.quarters: _Part(row.quarters, row.quarters[0] <= last, rows, counts) for row in rows
        }
        self.part_of = {quarter: self.parts[row.quarters] for row in rows for quarter in row.quarters}
        self.coarse = next((one for one in Coarse if self._all_as_made(one)), Coarse.NOTHING)

    def again(self, change: Counter[Cell]) -> bool:
        """Whether with this change the same groups come of it."""
        parts = {self.part_of[cell[0]].quarters for cell in change}
        return all(self._as_made(self.parts[quarters], change, self.coarse) for quarters in parts)

    def _all_as_made(self, coarse: Coarse) -> bool:
        return all(self._as_made(part, Counter(), coarse) for part in self.parts.values())

    def _as_made(self, part: "_Part", change: Counter[Cell], coarse: Coarse) -> bool:
        return part.made(change, self.measure, self.coding, coarse) == part.rows


class _Part:
    """Quarters of a publication that stand together, with their groups and counts."""

    def __init__(
        self, quarters: tuple[str, ...], late: bool, rows: Sequence[Row], counts: Counter[Cell]
    ) -> None:
        self.quarters = quarters
        self.span = Span(quarters, ()) if late else Span((), quarters)
        self.rows = tuple(row for row in rows if row.quarters == quarters)
        self.counts = Counter({cell: count for cell, count in counts.items() if cell[0] in quarters})

    def made(
        self, change: Counter[Cell], measure: Measure, coding: Coding, coarse: Coarse
    ) -> tuple[Row, ...]:
        """The groups that come of its counts with a change."""
        counts = self.counts.copy()
        counts.update({cell: count for cell, count in change.items() if cell[0] in self.quarters})
        there = {cell: count for cell, count in counts.items() if count}
        return joining.groups(measure, there, self.span, coding, coarse)
