"""What the public page makes of signed figures: sums of shown groups and nothing else. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from banyan.folders.membership import Publication
from banyan.folders.published import Measure, Row

MOST_BARS = 24
SEVERAL, BEFORE = "several", "before"


@dataclass(frozen=True)
class Bars:
    """Of a measure: all of it, by single quarter the latest of them, what is older, and what names several quarters."""

    total: int
    quarters: tuple[tuple[str, int], ...]
    before: int
    several: int


def bars(publications: Iterable[Publication], measure: Measure) -> Bars:
    """The sums of a measure over all publications."""
    single: Counter[str] = Counter()
    several = 0
    for row in rows_of(publications, measure):
        if len(row.quarters) == 1:
            single[row.quarters[0]] += row.count
        else:
            several += row.count
    ordered = sorted(single.items())
    older, latest = ordered[:-MOST_BARS], ordered[-MOST_BARS:]
    before = sum(count for _, count in older)
    return Bars(single.total() + several, tuple(latest), before, several)


def rows_of(publications: Iterable[Publication], measure: Measure) -> list[Row]:
    """All groups of a measure."""
    return [row for one in publications for row in one.act.rows if row.measure == measure]


def by_quarters(rows: Sequence[Row]) -> list[tuple[tuple[str, ...], list[Row]]]:
    """Groups by their quarters, the latest first; in each as they were signed."""
    ordered = sorted(rows, key=lambda row: (row.quarters[-1], len(row.quarters)), reverse=True)
    return [(quarters, list(found)) for quarters, found in groupby(ordered, key=lambda row: row.quarters)]


def day_of(publication: Publication) -> datetime:
    """When it was published."""
    return datetime.fromtimestamp(publication.time, UTC)


HEAD = ("publication", "published", "measure", "quarters", "forces", "rank_bands", "people")


def as_lines(publications: Iterable[Publication]) -> list[tuple[str, ...]]:
    """Every group as a line of a table of codes; several codes of one group are apart by a space."""
    return [
        (str(one.act.serial), f"{day_of(one):%Y-%m-%d}", row.measure, " ".join(row.quarters), " ".join(row.forces),
         " ".join(row.bands), str(row.count))
        for one in publications
        for row in one.act.rows
    ]  # fmt: skip


def as_record(publications: Iterable[Publication]) -> list[dict[str, object]]:
    """The same as records, with what each publication says of itself."""
    return [
        {
            "publication": one.act.serial,
            "published": f"{day_of(one):%Y-%m-%d}",
            "through": one.act.through,
            "some_held_back": one.act.held_back,
            "groups": [
                {"measure": row.measure, "quarters": row.quarters, "forces": row.forces, "rank_bands": row.bands,
                 "people": row.count}
                for row in one.act.rows
            ],
        }
        for one in publications
    ]  # fmt: skip
