"""What a publication of figures says: groups of people by quarter, force and rank band, and how many each.

The roster carries it, so that everybody reads the same figures and sees who signed them. It knows no case and no
person: the groups are plain codes of the pack. What would show a group of one to nine people, or the same people
in two groups, is no publication, whoever signed it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import combinations, product
from typing import Annotated, Literal

import msgspec

from banyan.folders.seats import Seat
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Bytes16, Count, Record

FEWEST_SHOWN = 10
MOST_ROWS, MOST_CODES, MOST_QUARTERS, MOST_CELLS = 1000, 40, 200, 100_000
PUBLISHERS = frozenset({Seat.OFFICE, Seat.OVERSIGHT})

Quarter = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}-Q[1-4]\Z")]
Code = Annotated[str, msgspec.Meta(pattern=r"\A[a-z][a-z0-9-]{0,29}\Z")]
Codes = Annotated[tuple[Code, ...], msgspec.Meta(min_length=1, max_length=MOST_CODES)]
Quarters = Annotated[tuple[Quarter, ...], msgspec.Meta(min_length=1, max_length=MOST_QUARTERS)]
Measure = Literal["asked", "arrived"]
MEASURES: tuple[Measure, ...] = ("asked", "arrived")


class Row(Record, frozen=True):
    """A group: everybody of these quarters, forces and bands who is counted here, and how many that are."""

    measure: Measure
    quarters: Quarters
    forces: Codes
    bands: Codes
    count: Count


class Publish(Record, frozen=True, tag="publish", tag_field="verb"):
    """A publication: its number, the last quarter that it covers, its groups, and whether anybody was held back."""

    serial: Count
    through: Quarter
    rows: Annotated[tuple[Row, ...], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]
    held_back: bool
    made: Count
    nonce: Bytes16


def check_rows(act: Publish) -> None:
    """Raise `Damaged` for a group of one to nine, codes out of order, or two groups that could hold one person."""
    for row in act.rows:
        if 0 < row.count < FEWEST_SHOWN:
            raise Damaged("a published group of one to nine people")
        if any(len(set(codes)) < len(codes) for codes in (row.quarters, row.forces, row.bands)):
            raise Damaged("a published group that names a code twice")
        if list(row.quarters) != sorted(row.quarters) or row.quarters[-1] > act.through:
            raise Damaged("a published group with quarters out of order, or after the last one")
    if sum(len(row.quarters) * len(row.forces) * len(row.bands) for row in act.rows) > MOST_CELLS:
        raise Damaged("published groups of more codes than there are")
    cells = [
        (row.measure, *cell) for row in act.rows for cell in product(row.quarters, row.forces, row.bands)
    ]
    if len(set(cells)) < len(cells):
        raise Damaged("two published groups that could hold the same person")


def enough_sign(seats: Iterable[frozenset[Seat]]) -> bool:
    """Whether among the signers (the seats of each) one counts and another one is of the office or of oversight."""
    return any(
        (Seat.FIGURES in one and other & PUBLISHERS) or (Seat.FIGURES in other and one & PUBLISHERS)
        for one, other in combinations(list(seats), 2)
    )


def quarter_at(seconds: int) -> str:
    """The quarter of a time in seconds since 1970, in UTC: "2026-Q1"."""
    there = datetime.fromtimestamp(seconds, UTC)
    return f"{there.year:04d}-Q{(there.month - 1) // 3 + 1}"


def quarter_of(month: str) -> str:
    """The quarter of a month "2026-02". Raises `Damaged`."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise Damaged("not a month")
    return f"{month[:4]}-Q{(int(month[5:]) - 1) // 3 + 1}"


def following(quarter: str) -> str:
    """The quarter after this one."""
    year, part = int(quarter[:4]), int(quarter[-1])
    return f"{year:04d}-Q{part + 1}" if part < 4 else f"{year + 1:04d}-Q1"


def preceding(quarter: str) -> str:
    """The quarter before this one."""
    year, part = int(quarter[:4]), int(quarter[-1])
    return f"{year:04d}-Q{part - 1}" if part > 1 else f"{year - 1:04d}-Q4"


def quarters_from(first: str, last: str) -> Sequence[str]:
    """The quarters from one to another, both among them; none where the last comes before the first."""
    found = []
    while first <= last:
        found.append(first)
        first = following(first)
    return found
