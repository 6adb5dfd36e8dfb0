"""What somebody who has every publication could work out, and whether it pins anybody down. Pure.

The attacker knows every group that was ever shown and the rules that made it, that no count is below nothing, that
nobody was held back, and that of each force and rank band at no time more have come out than had asked. A count inside
a group is safe when there is another world, made into the very same groups, in which that count differs.

Such worlds are looked for close by: one person of the group moved to another place in it, alone or with their
other count. Where none is found the count is taken as pinned, which errs to the safe side.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from banyan.folders.published import FEWEST_SHOWN, quarters_from

Cell = tuple[str, str, str]  # quarter, force, band
Kind = tuple[str, str]  # force, band
MOST_WORLDS = 5000  # looked at for one count: then it is taken as pinned


@dataclass(frozen=True)
class Group:
    """A published group: of which publication and measure, every cell that may be in it, and how many people truly
    are in each.
    """

    publication: int
    measure: str
    cells: tuple[Cell, ...]
    people: Mapping[Cell, int]

    @cached_property
    def of_kind(self) -> Mapping[Kind, Sequence[Cell]]:
        """Its cells by force and band, those with people first."""
        found: dict[Kind, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda cell: not self.people.get(cell)):
            found.setdefault(cell[1:], []).append(cell)
        return found


Change = tuple[int, str, Cell, int]  # publication, measure, cell, one more or one less
Same = Callable[[Sequence[Change]], bool]  # whether with these changes the same groups would be published


class Slack:
    """Of each force and band, by quarter: how many more had asked than had come out by then."""

    def __init__(self, groups: Iterable[Group]) -> None:
        groups = list(groups)
        named = [cell[0] for group in groups for cell in group.cells]
        self.quarters = quarters_from(min(named), max(named)) if named else ()
        self.at = {quarter: index for index, quarter in enumerate(self.quarters)}
        self._of: dict[Kind, list[int]] = {}
        for group in groups:
            for cell, count in group.people.items():
                self._add(self._of, (group.publication, group.measure, cell, count))

    def _add(self, to: dict[Kind, list[int]], change: Change) -> None:
        _, measure, (quarter, *kind), count = change
        line = to.setdefault((kind[0], kind[1]), [0] * len(self.quarters))
        for index in range(self.at[quarter], len(line)):
            line[index] += count if measure == "asked" else -count

    def allows(self, changes: Iterable[Change]) -> bool:
        """Whether with these changes still nobody has come out who had not asked."""
        changes = list(changes)
        touched = {cell[1:] for _, _, cell, _ in changes}
        lines = {kind: list(self._of.get(kind, [0] * len(self.quarters))) for kind in touched}
        for change in changes:
            self._add(lines, change)
        return all(min(line) >= 0 for line in lines.values())


def pinned(groups: Sequence[Group], same: Same) -> Iterator[tuple[str, Cell]]:
    """The counts from one to nine for which no other world was found, by measure and cell."""
    slack = Slack(groups)
    for group in groups:
        for cell, count in group.people.items():
            if 0 < count < FEWEST_SHOWN and not any(
                slack.allows(changes) and same(changes)
                for changes in islice(_worlds(groups, group, cell), MOST_WORLDS)
            ):
                yield group.measure, cell


def _worlds(groups: Sequence[Group], group: Group, cell: Cell) -> Iterator[list[Change]]:
    """One person more or less in a cell: exchanged inside the group, then together with their other count, then
    with somebody of another group going the other way, so that the sums along the lines stay.
    """
    for other in group.cells:
        if other != cell:
            yield _move(group, cell, other)
            if group.people.get(other):
                yield _move(group, other, cell)
    for other in group.cells:
        if other[1:] != cell[1:]:
            for pair in ((cell, other), (other, cell)):
                yield from _together(groups, group, *pair)
    for other in group.cells:
        if other[1] != cell[1]:
            yield from _exchanged(groups, group, cell, other)
            yield from _exchanged(groups, group, other, cell)


def _exchanged(groups: Sequence[Group], group: Group, start: Cell, end: Cell) -> Iterator[list[Change]]:
    """One person of another force, and in another group of the same quarters one back."""
    if not group.people.get(start):
        return
    for beside in groups:
        if beside is group or (beside.publication, beside.measure) != (group.publication, group.measure):
            continue
        for there in beside.people:
            back = (there[0], start[1], there[2])
            if there[:2] == (end[0], end[1]) and back in beside.cells:
                yield [*_move(group, start, end), *_move(beside, there, back)]


def _together(groups: Sequence[Group], group: Group, start: Cell, end: Cell) -> Iterator[list[Change]]:
    """Somebody's two counts moved at once, where both kinds stand in one group of the other measure too."""
    if not group.people.get(start):
        return
    for beside in groups:
        if beside.measure == group.measure:
            continue
        for there in beside.of_kind.get(start[1:], ()):
            if beside.people.get(there):
                for to in beside.of_kind.get(end[1:], ()):
                    yield [*_move(group, start, end), *_move(beside, there, to)]


def _move(group: Group, start: Cell, end: Cell) -> list[Change]:
    where = group.publication, group.measure
    return [(*where, start, -1), (*where, end, 1)]
