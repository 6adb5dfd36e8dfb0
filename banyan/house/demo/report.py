"""`banyan demo --report`: what the demo published beside what was reported of the programmes in Myanmar.

The published side is read from the roster alone, as anybody outside could read it from the hub: groups of people by
quarters, forces and rank bands. A claim that is finer than those groups can only be put between two numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from banyan.house.demo.clock import Clock
from banyan.house.demo.crew import set_up
from banyan.house.demo.plan import BANDS, COUNTED, OUT, WITH_CASE, Contact, full, make_plan
from banyan.house.demo.reported import ALL, REPORTED, START, Count, Reported, Who

if TYPE_CHECKING:
    from banyan.folders.membership import Publication
    from banyan.folders.published import Row

NOTHING = "Nothing was published: no two members have signed figures in this demo."
WHY = (
    "*Reported* to *wrote*: the plan of the demo follows the reports as far as they agree; the last column says which "
    "reading it takes where they do not. A demo of fewer people than the full set is a share of it.",
    "*Wrote* to *case*: the reports count everybody who wrote, or who is said to have left. A publication counts "
    "people whose case was opened; in the demo most enquire or are in touch from inside, by shares that are invented "
    "and stand in DEMO.md. So its numbers are smaller, and that is no loss of anybody.",
    f"*Case* to *asked*, *out* to *arrived*: {100 - COUNTED} of a hundred with a case do not agree to be counted, and "
    "nobody counts them.",
    "A publication shows no group of one to nine people. Such a group waits until it has ten, so the last quarters "
    "may hold people who are not yet in any number here; and of several publications the demo leaves the last one to "
    "be signed, whose people are in no number here either.",
    "Somebody comes out weeks after they wrote, and a case is opened days after: each is counted in the quarter in "
    "which it happened, while *wrote*, *case* and *out* go by the day of the first message.",
    "A publication knows quarters and bands of ranks, no days and no single ranks. Where a claim is finer, the table "
    "gives the least and the most that it can be.",
)
HEAD = """# Published and reported

*Wrote* is who wrote to the demo by its plan; of these *case* have a case, and *out* came out. *Asked* and *arrived* are
what it published: those who asked for help and have a case, and those who came out.
"""


@dataclass(frozen=True)
class Between:
    """A number that lies between two, both included."""

    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.least:,}" if self.least == self.most else f"{self.least:,} to {self.most:,}"


def as_markdown(
    publications: "Sequence[Publication]", names: Mapping[bytes, str], contacts: Sequence[Contact]
) -> str:
    """The page, for a demo with these publications, members' names and people."""
    made = f"Made by `banyan demo --people {len(contacts)}`, and then `banyan demo --report --write PATH`"
    lines = [HEAD, f"{made}: {len(contacts):,} people of {full():,} in the full set.", ""]
    if publications:
        rows = [row for one in publications for row in one.act.rows]
        lines += [
            *_publications(publications, names),
            "",
            "## Claim by claim",
            "",
            *_table(rows, contacts),
            "",
        ]
        lines += ["## Why they differ", "", *(f"- {why}" for why in WHY)]
    else:
        lines += [NOTHING, "", "## What was reported", "", *_table(None, contacts)]
    return "\n".join(lines) + "\n"


def of_demo(home: Path, people: int, seed: int) -> str:
    """The page of the demo in `home`."""
    set_up(home / "hub")
    from banyan.house.demo.stage import Stage

    now = datetime.now(UTC)
    with closing(Stage(home, {}, Clock(now))) as stage:
        roster = stage.door.roster
        names = {ident: member.name for ident, member in roster.members.items()}
        return as_markdown(roster.publications, names, make_plan(people, seed, now))


def _publications(publications: "Sequence[Publication]", names: Mapping[bytes, str]) -> Iterator[str]:
    yield "| publication | up to | asked | arrived | groups | signed by |"
    yield "|---|---|---|---|---|---|"
    for one in publications:
        sums = [
            sum(row.count for row in one.act.rows if row.measure == name) for name in ("asked", "arrived")
        ]
        signers = sorted(names[ident] for ident in one.signers if ident in names)
        act = one.act
        yield (
            f"| {act.serial} | {act.through} | {sums[0]:,} | {sums[1]:,} | {len(act.rows)} | {', '.join(signers)} |"
        )


def _table(rows: "Sequence[Row] | None", contacts: Sequence[Contact]) -> Iterator[str]:
    yield "| claim | source | what | reported | wrote | case | out | asked | arrived | why |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for one in REPORTED:
        asked, arrived, why = "not published", "not published", one.why
        if rows is not None:
            asked, arrived = (_published(one, rows, name) for name in ("asked", "arrived"))
            why = " ".join([*([one.why] if one.why else []), *finer(one)])
        number = f"{one.count(contacts):,.2f}".rstrip("0").rstrip(".")
        case, out = (_by_plan(one, contacts, courses) for courses in (WITH_CASE, OUT))
        said = (one.ident, one.source, one.claim, one.said, number, case, out, asked, arrived, why)
        yield f"| {' | '.join(said)} |"


def _by_plan(one: Reported, contacts: Sequence[Contact], courses: tuple[str, ...]) -> str:
    """How many of a claim's people took one of these courses; nothing for a share or a rate."""
    if not isinstance(one.count, Count) or one.count.by > 1:
        return ""
    who = one.count.who
    wanted = tuple(course for course in courses if not who.courses or course in who.courses)
    return f"{sum(map(replace(who, courses=wanted).holds, contacts)) if wanted else 0:,}"


def _published(one: Reported, rows: "Iterable[Row]", measure: str) -> str:
    if not isinstance(one.count, Count):
        return "a share"
    if one.count.by > 1:
        return "a rate"
    return str(within(one.count.who, rows, measure))


def within(who: Who, rows: "Iterable[Row]", measure: str) -> Between:
    """How many of these were published: groups that lie wholly among them at least, all that touch them at most."""
    least = most = 0
    for row in rows:
        quarters = [_covers(who, quarter) for quarter in row.quarters]
        forces = [who.forces == ALL or force in who.forces for force in row.forces]
        bands = [_of_band(who, band) for band in row.bands]
        if row.measure != measure or not (any(quarters) and any(forces) and any(bands)):
            continue
        most += row.count
        if not who.courses and all(forces) and all(found == "all" for found in (*quarters, *bands)):
            least += row.count
    return Between(least, most)


def finer(one: Reported) -> list[str]:
    """In what a claim is finer than any publication."""
    if not isinstance(one.count, Count):
        return []
    who, said = one.count.who, []
    if who.courses:
        said.append("Whether somebody waits inside is not published.")
    if any(_covers(who, quarter) == "part" for quarter in (_quarter(who.first), _quarter(who.last))):
        said.append("By days, not quarters.")
    if any(_of_band(who, band) == "part" for band in set(BANDS.values())):
        said.append("By ranks, not bands.")
    return said


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _covers(who: Who, quarter: str) -> str:
    """Whether all of a quarter lies between the days of a claim, or "part" of it, or nothing (an empty text)."""
    year, part = int(quarter[:4]), int(quarter[-1])
    first = max(date(year, 3 * part - 2, 1), START)  # nobody wrote before
    following = date(year + part // 4, 3 * (part % 4) + 1, 1)
    if following <= who.first or first > who.last:
        return ""
    return "all" if who.first <= first and following.toordinal() - 1 <= who.last.toordinal() else "part"


def _of_band(who: Who, band: str) -> str:
    """The same for the ranks of a band."""
    ranks = {rank for rank, of in BANDS.items() if of == band}
    if not who.ranks:
        return "all"
    found = ranks & set(who.ranks)
    return "all" if found == ranks else "part" if found else ""
