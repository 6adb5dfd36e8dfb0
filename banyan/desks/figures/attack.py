"""What somebody who has every publication could work out, and whether it names a group of one to nine people. Pure.

The attacker knows every group that was ever shown and the rules that made it, that no count is below nothing, that
nobody was held back, and that of each force and rank band at no time more have come out than had asked. They may ask
of any people whom cells can name: one cell, a force, a band, a quarter, or any others together, and of those who had
asked by a quarter and had not come out.

For each group other worlds are looked for, close by, which look the very same: one person moved from a cell to another,
alone or with their other count. Cells that are tied by such a world cannot be told apart, so whatever can be worked
out names either all cells that are tied together or none of them. It is safe when such people are nobody or at least
ten, for then so is every sum of them. Where no world is found the cells are taken as apart, which errs to the safe
side.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice, product

from banyan.folders.published import FEWEST_SHOWN, quarters_from

Cell = tuple[str, str, str]  # quarter, force, band
Kind = tuple[str, str]  # force, band
MOST_OTHERS = 2  # who move together with somebody
MOST_WORLDS = 1000  # looked at to tie some cells to others: then they are taken as apart


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
    def by_people(self) -> Sequence[Cell]:
        """Its cells, those with people first."""
        return sorted(self.cells, key=lambda cell: not self.people.get(cell))

    @cached_property
    def of_kind(self) -> Mapping[Kind, Sequence[Cell]]:
        """Its cells by force and band, those with people first."""
        found: dict[Kind, list[Cell]] = {}
        for cell in self.by_people:
            found.setdefault(cell[1:], []).append(cell)
        return found


Move = tuple[Group, Cell, Cell]  # somebody of a group, from where to where
Change = tuple[int, str, Cell, int]  # publication, measure, cell, one more or one less
Moved = Callable[[Iterable[Change]], Mapping[Hashable, int]]
Lot = set[Hashable]
Pinned = tuple[str, frozenset[Hashable]]  # measure, or quarter at whose end some were left; of whom
Same = Callable[[Sequence[Change]], bool]  # whether with these changes the same groups would be published


class Slack:
    """Of each force and band, by quarter: how many more had asked than had come out by then."""

    def __init__(self, groups: Iterable[Group]) -> None:
        groups = list(groups)
        named = [cell[0] for group in groups for cell in group.cells]
        self.quarters = quarters_from(min(named), max(named)) if named else ()
        self.at = {quarter: index for index, quarter in enumerate(self.quarters)}
        self.of: dict[Kind, list[int]] = {}
        for group in groups:
            for cell, count in group.people.items():
                self._add(self.of, (group.publication, group.measure, cell, count))

    def _add(self, to: dict[Kind, list[int]], change: Change) -> None:
        _, measure, (quarter, *kind), count = change
        line = to.setdefault((kind[0], kind[1]), [0] * len(self.quarters))
        for index in range(self.at[quarter], len(line)):
            line[index] += count if measure == "asked" else -count

    def allows(self, changes: Iterable[Change]) -> bool:
        """Whether with these changes still nobody has come out who had not asked."""
        return not self.short(changes)

    def short(self, changes: Iterable[Change]) -> list[Kind]:
        """Of which forces and bands with these changes more had come out than had asked."""
        changes = list(changes)
        touched = {cell[1:] for _, _, cell, _ in changes}
        lines = {kind: list(self.of.get(kind, [0] * len(self.quarters))) for kind in touched}
        for change in changes:
            self._add(lines, change)
        return [kind for kind, line in lines.items() if min(line) < 0]

    def moved(self, by: int, changes: Iterable[Change]) -> Mapping[Hashable, int]:
        """Of which forces and bands by a quarter more or fewer are left with these changes; of all under `None`."""
        left: Counter[Hashable] = Counter()
        for _, measure, (quarter, *kind), count in changes:
            if self.at[quarter] <= by:
                left[kind[0], kind[1]] += count if measure == "asked" else -count
        left[None] = -sum(left.values())
        return left


class _Tied:
    """What cannot be told apart, in lots, and how many people each lot has."""

    def __init__(self, people: Mapping[Hashable, int]) -> None:
        self.people = people
        self._lots: dict[Hashable, Lot] = {}

    def lot(self, one: Hashable) -> Lot:
        """All that is tied to this, itself among it."""
        return self._lots.setdefault(one, {one})

    def uneven(self, moved: Mapping[Hashable, int]) -> list[Lot]:
        """The lots of which a world has more or fewer."""
        by_lot: Counter[int] = Counter()
        lots = {}
        for one, count in moved.items():
            lot = self.lot(one)
            lots[id(lot)] = lot
            by_lot[id(lot)] += count
        return [lots[at] for at, count in by_lot.items() if count]

    def tie(self, moved: Mapping[Hashable, int]) -> bool:
        """Tie two lots, where a world moves people between these and all others only within a lot."""
        uneven = self.uneven(moved)
        if len(uneven) != 2:
            return False
        few, many = sorted(uneven, key=len)
        many |= few
        for each in few:
            self._lots[each] = many
        return True

    def small(self) -> list[Lot]:
        """The lots of one to nine people."""
        lots = {id(lot): lot for lot in map(self.lot, self.people)}
        return [lot for lot in lots.values() if self.is_small(lot)]

    def is_small(self, lot: Lot) -> bool:
        """Whether these are a lot, and of one to nine people."""
        whole = lot is self.lot(next(iter(lot)))
        return whole and 0 < sum(self.people.get(each, 0) for each in lot) < FEWEST_SHOWN


def pinned(groups: Sequence[Group], same: Same) -> Iterator[Pinned]:
    """What is from one to nine and for which no other world was found: cells of a measure, each with its publication,
    or forces and rank bands of those who were left at the end of a quarter.
    """
    return _Search(groups, same).pinned()


class _Search:
    """Ties what is small to others by worlds that look the same, until nothing more is found."""

    def __init__(self, groups: Sequence[Group], same: Same) -> None:
        self.groups, self.same, self.slack = groups, same, Slack(groups)
        self.found: list[Sequence[Change]] = []

    def pinned(self) -> Iterator[Pinned]:
        """What is small and tied to nothing."""
        for measure in sorted({group.measure for group in self.groups}):
            those = [group for group in self.groups if group.measure == measure]
            cells: dict[Hashable, int] = {
                (group.publication, cell): count for group in those for cell, count in group.people.items()
            }
            moves = partial(_moves_of_cells, those)
            for lot in self._apart(_Tied(cells), partial(_cells_moved, measure), moves):
                yield measure, frozenset(lot)
        for by, quarter in enumerate(self.slack.quarters):
            left: dict[Hashable, int] = {
                None: FEWEST_SHOWN,
                **{kind: line[by] for kind, line in self.slack.of.items()},
            }
            moves = partial(_moves_of_kinds, self.groups)
            for lot in self._apart(_Tied(left), partial(self.slack.moved, by), moves):
                yield quarter, frozenset(lot)

    def _apart(self, tied: _Tied, moved: Moved, moves: Callable[[Lot], Iterable[Move]]) -> Iterable[Lot]:
        """The small lots that are left when nothing more can be tied."""
        while sum(tied.tie(moved(changes)) for changes in self.found):
            pass
        lots = tied.small()
        while sum(self._tie(tied, lot, moved, moves) for lot in lots):
            lots = tied.small()
        return lots

    def _tie(self, tied: _Tied, lot: Lot, moved: Moved, moves: Callable[[Lot], Iterable[Move]]) -> bool:
        """Tie a lot to another one, if some world does."""
        if not tied.is_small(lot):
            return True  # another lot was tied to it meanwhile
        for changes in islice(self._worlds(partial(moves, lot)), MOST_WORLDS):
            uneven = tied.uneven(moved(changes))
            if len(uneven) != 2 or not any(one is lot for one in uneven):
                continue
            if self.slack.allows(changes) and self.same(changes):
                self.found.append(changes)
                return tied.tie(moved(changes))
        return False

    def _worlds(self, moves: Callable[[], Iterable[Move]]) -> Iterator[Sequence[Change]]:
        """Some people moved alone, then each with one and with two others who make up for it."""
        for others in range(MOST_OTHERS + 1):
            for move in moves():  # anew: mostly the first few are enough
                yield from self._with_others(_changes(move), move, others)

    def _with_others(self, changes: Sequence[Change], move: Move, others: int) -> Iterator[Sequence[Change]]:
        if not others:
            yield changes
            return
        short = self.slack.short(changes)
        for back in _giving(self.groups, move, short[0]) if len(short) == 1 else _back(self.groups, move):
            yield from self._with_others([*changes, *_changes(back)], back, others - 1)


def _changes(move: Move) -> list[Change]:
    group, start, end = move
    where = group.publication, group.measure
    return [(*where, start, -1), (*where, end, 1)]


def _cells_moved(measure: str, changes: Iterable[Change]) -> Mapping[Hashable, int]:
    """What a world moves among the cells of a measure."""
    moved: Counter[Hashable] = Counter()
    for publication, of, cell, count in changes:
        if of == measure:
            moved[publication, cell] += count
    return moved


def _moves_of_cells(groups: Iterable[Group], lot: Lot) -> Iterator[Move]:
    """Somebody moved between these cells and others of their group, first where people are."""
    for group in groups:
        mine = [cell for cell in group.by_people if (group.publication, cell) in lot]
        others = [cell for cell in group.by_people if (group.publication, cell) not in lot]
        for cell, other in product(mine, others):
            yield from _either_way(group, cell, other)


def _moves_of_kinds(groups: Iterable[Group], lot: Lot) -> Iterator[Move]:
    """Somebody moved from or to these forces and bands."""
    for group in groups:
        for cell in (cell for kind, cells in group.of_kind.items() if kind in lot for cell in cells):
            for other in group.by_people:
                if other != cell:
                    yield from _either_way(group, cell, other)


def _either_way(group: Group, cell: Cell, other: Cell) -> Iterator[Move]:
    for start, end in ((cell, other), (other, cell)):
        if group.people.get(start):
            yield group, start, end


def _giving(groups: Iterable[Group], move: Move, short: Kind) -> Iterator[Move]:
    """Somebody else moved so that of a force and band one more is left: first back from where the first one went or
    came from, so that it may be the same person's other count.
    """
    others = [kind for kind in (move[1][1:], move[2][1:]) if kind != short]
    for near, group in product((True, False), groups):
        for mine in group.of_kind.get(short, ()):
            for other in group.by_people:
                start, end = (other, mine) if group.measure == "asked" else (mine, other)
                if other != mine and (other[1:] in others) is near and group.people.get(start):
                    yield group, start, end


def _back(groups: Iterable[Group], move: Move) -> Iterator[Move]:
    """In other groups of the same publication somebody of the other force moved back, so that the forces' sums stay."""
    group, start, end = move
    for beside in groups:
        if beside is not group and (beside.publication, beside.measure) == (group.publication, group.measure):
            for there in beside.people:
                back = (there[0], start[1], there[2])
                if there[:2] == end[:2] and back in beside.cells and back != there:
                    yield beside, there, back
