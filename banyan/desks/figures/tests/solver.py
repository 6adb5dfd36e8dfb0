"""An attacker with a solver: between which bounds is each count, given everything that was ever published?

Independent of the desk's own rules: it reads published rows and nothing else of them. Its unknowns are how many people
each publication counted in each cell (measure, quarter, force, band); whole, and never below nothing.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from banyan.folders.published import Row

Unknown = tuple[int, str, str, str, str]  # publication, measure, quarter, force, band


@dataclass(frozen=True)
class Shown:
    """A number that was shown: the publications whose counts it adds up, and its group."""

    publications: tuple[int, ...]
    row: Row


class Attacker:
    """Knows the numbers that were shown, that nobody was held back, and that who came out had asked before."""

    def __init__(self, shown: Sequence[Shown]) -> None:
        keys = {key for one in shown for key in _unknowns(one)}
        self.keys = sorted(keys)
        self.at = {key: index for index, key in enumerate(self.keys)}
        lines: list[tuple[dict[int, int], float, float]] = [
            ({self.at[key]: 1 for key in _unknowns(one)}, one.row.count, one.row.count) for one in shown
        ]
        lines += [(line, 0, np.inf) for line in self._had_asked()]
        cells = [(i, j, value) for i, (line, _, _) in enumerate(lines) for j, value in line.items()]
        rows, columns, values = zip(*cells, strict=True)
        matrix = coo_matrix((values, (rows, columns)), shape=(len(lines), len(self.keys))).tocsr()
        self.known = LinearConstraint(matrix, [low for _, low, _ in lines], [high for _, _, high in lines])

    def _had_asked(self) -> Iterable[dict[int, int]]:
        """Of each force and band, up to each quarter: those who had asked less those who had come out."""
        for quarter in sorted({key[2] for key in self.keys}):
            kinds: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
            for key, index in self.at.items():
                if key[2] <= quarter:
                    kinds[key[3:]][index] = 1 if key[1] == "asked" else -1
            yield from kinds.values()

    def solve(self, aim: np.ndarray) -> np.ndarray:
        """The world that fits all that is known and has the least of `aim`."""
        found = milp(
            aim, constraints=self.known, integrality=np.ones(len(self.keys)), bounds=Bounds(0, np.inf)
        )
        assert found.success, found.message
        world: np.ndarray = np.round(found.x).astype(int)
        return world

    def pinned(self, true: dict[Unknown, int], seed: int = 1) -> dict[tuple[Unknown, ...], int]:
        """What is from one to nine and can be only that: the part of a cell that one publication counted, and a
        cell with all its publications.
        """
        whole: dict[tuple[str, ...], list[Unknown]] = defaultdict(list)
        for key in self.keys:
            whole[key[1:]].append(key)
        asked = {tuple(keys): sum(true.get(key, 0) for key in keys) for keys in whole.values()}
        asked |= {(key,): count for key, count in true.items()}
        secret = {keys: count for keys, count in asked.items() if 0 < count < 10}
        source = random.Random(seed)
        for _ in range(
            6
        ):  # a world that differs in many at once settles many without a question of their own
            world = self.solve(np.array([source.uniform(-1, 1) for _ in self.keys]))
            secret = {keys: n for keys, n in secret.items() if self._sum(world, keys) == n}
        return {keys: n for keys, n in secret.items() if self._bounds(keys) == (n, n)}

    def _bounds(self, keys: Sequence[Unknown]) -> tuple[int, int]:
        aim = np.zeros(len(self.keys))
        aim[[self.at[key] for key in keys]] = 1
        return self._sum(self.solve(aim), keys), self._sum(self.solve(-aim), keys)

    def _sum(self, world: np.ndarray, keys: Iterable[Unknown]) -> int:
        return int(sum(world[self.at[key]] for key in keys))


def _unknowns(one: Shown) -> Iterable[Unknown]:
    row = one.row
    for number, *(quarter, force, band) in product(one.publications, row.quarters, row.forces, row.bands):
        yield number, row.measure, str(quarter), str(force), str(band)
