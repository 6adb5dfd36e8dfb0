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
Question = tuple[tuple[Unknown, ...], tuple[Unknown, ...]]  # the sum of these, less the sum of those


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

    def pinned(self, true: dict[Unknown, int], seed: int = 1) -> dict[Question, int]:
        """What is from one to nine and can be only that, of all the sums that `_questions` names."""
        secret = {}
        for question in set(self._questions()):
            count = sum(sign * true.get(key, 0) for keys, sign in _signed(question) for key in keys)
            if 0 < count < 10:
                secret[question] = count
        source = random.Random(seed)
        for _ in range(
            6
        ):  # a world that differs in many at once settles many without a question of their own
            world = self.solve(np.array([source.uniform(-1, 1) for _ in self.keys]))
            secret = {one: n for one, n in secret.items() if int(self._aim(one) @ world) == n}
        return {one: n for one, n in secret.items() if self.bounds(one) == (n, n)}

    def bounds(self, question: Question) -> tuple[int, int]:
        """The least and the most that this can be."""
        aim = self._aim(question)
        return int(aim @ self.solve(aim)), int(aim @ self.solve(-aim))

    def _questions(self) -> Iterable[Question]:
        """Cells, and every sum of them over bands, forces or quarters, of one publication and of all; and of those who
        had asked by the end of a quarter and had not come out: each kind, force and band of them, and all.
        """
        sums: dict[tuple[object, ...], list[Unknown]] = defaultdict(list)
        for key in self.keys:
            publication, measure, *cell = key
            for kept in product((True, False), repeat=4):
                named = [part if keep else "" for part, keep in zip((publication, *cell), kept, strict=True)]
                sums[measure, *named].append(key)
        yield from ((tuple(keys), ()) for keys in sums.values())
        for quarter in {key[2] for key in self.keys}:
            left: dict[tuple[str, str], tuple[list[Unknown], list[Unknown]]] = defaultdict(lambda: ([], []))
            for key in (key for key in self.keys if key[2] <= quarter):
                for force, band in product((key[3], ""), (key[4], "")):
                    left[force, band][key[1] == "arrived"].append(key)
            yield from ((tuple(asked), tuple(out)) for asked, out in left.values())

    def _aim(self, question: Question) -> np.ndarray:
        aim = np.zeros(len(self.keys))
        for keys, sign in _signed(question):
            aim[[self.at[key] for key in keys]] = sign
        return aim


def _signed(question: Question) -> Iterable[tuple[tuple[Unknown, ...], int]]:
    return zip(question, (1, -1), strict=True)


def _unknowns(one: Shown) -> Iterable[Unknown]:
    row = one.row
    for number, *(quarter, force, band) in product(one.publications, row.quarters, row.forces, row.bands):
        yield number, row.measure, str(quarter), str(force), str(band)
