"""Disclosure control: which groups a publication shows, so that nobody can be picked out of them. Pure.

Everybody is counted once as having asked and once as having come out, each in exactly one publication, and what was
published is never said again in another form: there is nothing to subtract. The groups of a publication are made
from coarse to fine, along three lines: quarters, then forces, then rank bands. Along a line neighbours are joined,
the rarest first, until each group has nobody or at least ten. Of what is left below ten nothing is said; it waits.

- A quarter is published when it is over. Who is known of late waits until ten such people are there together.
- Somebody counts as having come out only once they were counted as having asked, under the same force and band.
- What joins depends on the counts of the joined alone, and the last of a joined group is free: so whoever knows these
  rules learns no more from a group than that it was joined.
- Before anything is proposed, `deciding` lets `attack` look at all publications together. Where a count could be worked
  out - of a cell, of any cells together, or of those left inside - the groups of those who came out are made coarser,
  and at last left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banyan.desks.figures import attack, joining
from banyan.desks.figures.deciding import tells_too_much
from banyan.desks.figures.joining import Coarse, Coding, Span
from banyan.desks.figures.past import One, Past
from banyan.folders.published import Row, following, quarters_from


@dataclass(frozen=True)
class Prepared:
    """The next publication, whom it counts, who is held back, and how coarse those who came out are shown."""

    through: str
    rows: tuple[Row, ...]
    people: tuple[One, ...]
    held: tuple[One, ...]
    coarse: Coarse

    @property
    def past(self) -> Past:
        """The same once it stands."""
        return Past(self.through, self.rows, self.people)


def next_publication(
    people: Iterable[One], earlier: Sequence[Past], *, through: str, coding: Coding
) -> Prepared | None:
    """What may be published now, up to a quarter that is over; None where nothing new may be shown yet."""
    asked, arrived = settled(people, earlier, coding)
    pool = [one for one in asked if one.quarter <= through]
    span = _span(pool, earlier, through)
    first = _shown(pool, joining.groups("asked", _counts(pool), span, coding, Coarse.BANDS))
    counted = {one.number for past in earlier for one in past.people if one.measure == "asked"}
    counted |= {one.number for one in first.people}
    ready = [one for one in arrived if one.quarter <= through and one.number in counted]
    for coarse in Coarse:
        second = _shown(ready, joining.groups("arrived", _counts(ready), span, coding, coarse))
        past = Past(through, first.rows + second.rows, first.people + second.people)
        if not tells_too_much(earlier, past, coding):
            break
    else:
        return None
    if not past.people:
        return None
    held = {*pool, *(one for one in arrived if one.quarter <= through)} - set(past.people)
    return Prepared(through, past.rows, tuple(sorted(past.people)), tuple(sorted(held)), coarse)


def settled(people: Iterable[One], earlier: Sequence[Past], coding: Coding) -> tuple[list[One], list[One]]:
    """Who asked and who came out and was not counted yet: each once, with one force and band, and in this order.

    Whoever came out has asked, at the latest in the same quarter. What was published of somebody stays.
    """
    published = {(one.number, one.measure): one for past in earlier for one in past.people}
    said: dict[tuple[bytes, str], One] = {}
    for one in sorted(people, key=lambda one: (one.quarter, one)):
        said.setdefault((one.number, one.measure), one)
    asked, arrived = [], []
    for number in sorted({number for number, _ in said}):
        came = said.get((number, "arrived"))
        first = published.get((number, "asked")) or said.get((number, "asked")) or came
        if first is None:
            continue
        force, band = coding.force(first.force), coding.band(first.band)
        if (number, "asked") not in published:
            when = first.quarter if came is None else min(first.quarter, came.quarter)
            first = One(number, "asked", when, force, band)
            asked.append(first)
        if came is not None and (number, "arrived") not in published:
            arrived.append(One(number, "arrived", max(first.quarter, came.quarter), first.force, first.band))
    return asked, arrived


def _span(pool: Sequence[One], earlier: Sequence[Past], through: str) -> Span:
    named = [quarter for past in earlier for row in past.rows for quarter in row.quarters]
    start = min([*named, *(one.quarter for one in pool)], default=through)
    if not earlier:
        return Span((), tuple(quarters_from(start, through)))
    last = max(past.through for past in earlier)
    return Span(tuple(quarters_from(start, last)), tuple(quarters_from(following(last), through)))


@dataclass(frozen=True)
class _Shown:
    rows: tuple[Row, ...]
    people: tuple[One, ...]


def _shown(pool: Iterable[One], rows: tuple[Row, ...]) -> _Shown:
    """The rows, and those of the pool whom they count."""
    cells = {cell for row in rows for cell in joining.cells_of(row)}
    return _Shown(rows, tuple(one for one in pool if one.cell in cells))


def _counts(people: Iterable[One]) -> Counter[attack.Cell]:
    return Counter(one.cell for one in people)
