"""What the time of an answer tells of a code: right, wrong, erased and unknown words tried in turn, over and over.

Each round tries all four in a new order on one connection, so that whatever else the machine does meets them alike. An
ordinary t test takes tries for independent, which they are not: so the differences within rounds are resampled too, in
blocks of rounds that followed each other.
"""

import math
import random
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from banyan.house.bench.figures import Figure, Figures
from banyan.house.bench.visitor import Visitor

CONNECTIONS, BLOCKS, RESAMPLED = 24, 400, 2_000
RIGHT = "right"
Round = Mapping[str, float]  # seconds, by what was tried


def try_in_turn(address: str, people: Sequence[Mapping[str, str]], tries: int) -> list[Round]:
    """So many tries in all, over a connection for each of these: their words, by what they are. Nobody tries one code
    on two lines at once.
    """
    rounds = max(1, tries // sum(map(len, people)))

    def some(seed: int) -> list[Round]:
        typed = people[seed]
        seen: list[Round] = []
        chance, kinds = random.Random(seed), list(typed)  # noqa: S311
        with closing(Visitor(address)) as visitor:
            visitor.ask("/en/back/", {"words": typed[RIGHT], "open": "1"})
            for _ in range(rounds):
                chance.shuffle(kinds)
                seen.append({kind: _seconds(visitor, typed[kind]) for kind in kinds})
        return seen

    with ThreadPoolExecutor(len(people)) as pool:
        return [one for seen in pool.map(some, range(len(people))) for one in seen]


def _seconds(visitor: Visitor, words: str) -> float:
    began = time.perf_counter()
    visitor.ask("/en/back/", {"words": words, "open": "1"})
    return time.perf_counter() - began


def figures_of(rounds: Sequence[Round]) -> Figures:
    """The t statistic of right against all others, and the interval in which their mean difference lies, in ms."""
    others = [seconds for one in rounds for kind, seconds in one.items() if kind != RIGHT]
    differences = [
        one[RIGHT] - statistics.fmean(s for kind, s in one.items() if kind != RIGHT) for one in rounds
    ]
    low, high = interval(differences)
    return {
        "code_tries": Figure(sum(map(len, rounds)), "tries"),
        "code_t_statistic": Figure(round(abs(welch([one[RIGHT] for one in rounds], others)), 2), "t"),
        "code_paired_low_ms": Figure(round(1000 * low, 3), "ms"),
        "code_paired_high_ms": Figure(round(1000 * high, 3), "ms"),
    }


def welch(one: Sequence[float], other: Sequence[float]) -> float:
    """Welch's t of two samples of unlike spread; 0 where neither has any."""
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    difference = statistics.fmean(one) - statistics.fmean(other)
    return difference / math.sqrt(spread) if spread else 0.0


def interval(differences: Sequence[float], share: float = 0.95, seed: int = 1) -> tuple[float, float]:
    """The bootstrap interval of a mean: blocks of what followed each other are drawn again and again."""
    size = math.ceil(len(differences) / BLOCKS)
    blocks = [statistics.fmean(differences[at : at + size]) for at in range(0, len(differences), size)]
    chance = random.Random(seed)  # noqa: S311
    means = sorted(statistics.fmean(chance.choices(blocks, k=len(blocks))) for _ in range(RESAMPLED))
    cut = round((1 - share) / 2 * RESAMPLED)
    return means[cut], means[-cut - 1]
