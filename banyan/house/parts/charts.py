"""Bars as numbers for an inline SVG: no style attribute, which the desk's policy would refuse."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP = 270, 64, 3


@dataclass(frozen=True)
class Bar:
    """One bar of the drawing, in its units; `second` marks the second series."""

    x: float
    y: float
    width: float
    height: float
    label: str
    number: float
    second: bool


def drawn(bars: Sequence[Sequence[object]]) -> list[Bar]:
    """The bars of (label, number) or (label, first, second), scaled to the tallest.

    A number that is not zero is at least two units tall. Raises ValueError for a negative number.
    """
    numbers = [[_number(value) for value in bar[1:]] for bar in bars]
    tallest = max((n for group in numbers for n in group), default=0) or 1
    slot = (WIDTH + GAP) / max(len(bars), 1)
    result = []
    for i, (bar, group) in enumerate(zip(bars, numbers, strict=True)):
        width = (slot - GAP) / max(len(group), 1)
        for j, n in enumerate(group):
            tall = max(2.0, n / tallest * HEIGHT) if n else 0.0
            x, y = round(i * slot + j * width, 1), round(HEIGHT - tall, 1)
            result.append(Bar(x, y, round(width, 1), round(tall, 1), str(bar[0]), n, j > 0))
    return result


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError("a bar is a number from 0 up")
    return value
