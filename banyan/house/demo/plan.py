"""Who writes to the demo programme, when, and how it goes on: the same for the same seed.

`SPANS` is the full set of 9,970 people between February 2021 and February 2023; fewer people are shares of it by
largest remainder. The newest thirty write around *now*, so that today's list is alive.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

MOST_RECENT = 30
BANDS = {
    "private": "enlisted",
    "sergeant": "nco",
    "warrant officer": "warrant",
    "lieutenant": "junior",
    "captain": "junior",
    "major": "senior",
    "lieutenant colonel": "senior",
    "police major": "senior",
}
REGIONS = ("MM-01", "MM-02", "MM-03", "MM-04", "MM-06", "MM-07", "MM-11", "MM-12", "MM-13", "MM-14", "MM-17")
RECENT = (
    "danger", "late", "check-in", "consent", "new", "case", "silent", "to-find", "to-accept", "without-bed",
    "to-enter", "to-sign", "asked", "to-compare", "overdue", "to-confirm", "to-approve", "to-pay", "to-decide",
    "not-ok", "young", "put-off", "danger-late", "late", "check-in", "new", "silent", "consent", "asked", "new",
)  # fmt: skip
FAR = (
    "to-find", "to-compare", "to-decide", "to-sign", "to-accept", "overdue", "without-bed", "to-confirm", "to-enter",
    "to-approve", "to-pay",
)  # fmt: skip


# All of these are invented, in parts of a hundred: what becomes of those who wrote in any span but that of the call,
# how cases end inside, how far those who are out have come, who agrees to be counted, on how many cases the two
# screeners disagree, and of how many payments the person says the word.
SHARES = {"out": 12, "ended": 8, "waiting": 6, "inside": 26, "enquiry": 43, "set-aside": 5}
ENDS = {"declined": 40, "withdrawn": 30, "halted": 15, "no": 15}
HOW_FAR = {"support": 10, "reintegration": 15, "follow-up": 20, "closed": 55}
COUNTED, DISAGREE, CONFIRMED = 80, 10, 98
WITH_CASE, OUT = ("out", "ended", "waiting"), ("out",)  # who of the past has a case, and who came out


@dataclass(frozen=True)
class Span:
    """The people who wrote from one day to another: soldiers and police, and how many of each rank of officers."""

    first: date
    last: date
    soldiers: int
    police: int
    officers: tuple[tuple[str, int], ...] = ()
    inside: int | None = None


SPANS = (
    Span(date(2021, 2, 1), date(2021, 5, 31), 400, 300, (("major", 3), ("captain", 14), ("lieutenant", 18))),
    Span(date(2021, 6, 1), date(2021, 8, 28), 800, 500, (("major", 5), ("captain", 26), ("lieutenant", 34))),
    Span(date(2021, 8, 29), date(2021, 9, 6), 300, 200, (("captain", 8), ("lieutenant", 12))),
    Span(date(2021, 9, 7), date(2021, 9, 20), 160, 293, (("major", 1), ("captain", 7), ("lieutenant", 9)), 403),
    Span(date(2021, 9, 21), date(2021, 10, 31), 150, 2400, (("captain", 9), ("lieutenant", 13))),
    Span(
        date(2021, 11, 1), date(2021, 12, 1), 210, 2350,
        (("lieutenant colonel", 1), ("major", 3), ("captain", 12), ("lieutenant", 15), ("police major", 1)),
    ),
    Span(date(2021, 12, 2), date(2021, 12, 31), 80, 157, (("captain", 6), ("lieutenant", 7))),
    Span(
        date(2022, 1, 1), date(2022, 3, 31), 830, 730,
        (("lieutenant colonel", 1), ("major", 4), ("captain", 18), ("lieutenant", 20)),
    ),
    Span(date(2022, 4, 1), date(2023, 2, 28), 60, 50, (("lieutenant colonel", 1), ("captain", 4), ("lieutenant", 4))),
)  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """One invented person: when they first wrote, of which force and rank, and what course it takes."""

    number: int
    began: datetime
    force: str
    rank: str
    course: str
    language: str
    concern: str
    region: str
    recent: bool

    @property
    def band(self) -> str:
        """The band of the rank: all that is ever stored of it."""
        return BANDS[self.rank]

    @property
    def day(self) -> date:
        """The day of the first message."""
        return self.began.date()


def full() -> int:
    """How many people the whole set has."""
    return sum(span.soldiers + span.police for span in SPANS) + MOST_RECENT


def make_plan(people: int, seed: int, now: datetime) -> list[Contact]:
    """The contacts of so many people, oldest first. The same arguments give the same plan."""
    random = Random(f"banyan demo {seed}")  # noqa: S311 - nothing secret is drawn from it
    recent = min(MOST_RECENT, people // 4)
    cells = [cell for span in SPANS for cell in _cells(span)]
    counts = largest_remainder([count for *_, count in cells], people - recent)
    past = [
        _past(span, force, rank, random)
        for (span, force, rank, _), count in zip(cells, counts, strict=True)
        for _ in range(count)
    ]
    drawn = [*_with_courses(past, random), *_recent(recent, now, random)]
    drawn.sort(key=lambda one: one[1])
    return [_contact(number, *one, random) for number, one in enumerate(drawn)]


Drawn = tuple[Span | None, datetime, str, str, str]


def _cells(span: Span) -> Iterator[tuple[Span, str, str, int]]:
    """A span by force and rank. The shares below the officers are invented."""
    named = dict(span.officers)
    for rank, count in named.items():
        yield span, "police" if rank.startswith("police") else "army", rank, count
    police = span.police - named.get("police major", 0)
    soldiers = span.soldiers - sum(n for rank, n in named.items() if not rank.startswith("police"))
    for whole, parts in ((soldiers, SOLDIERS), (police, POLICE)):
        counts = largest_remainder([part[2] for part in parts], whole)
        for (force, rank, _), count in zip(parts, counts, strict=True):
            yield span, force, rank, count


SOLDIERS = (
    ("army", "private", 54), ("army", "sergeant", 33), ("army", "warrant officer", 5),
    ("navy", "private", 2), ("navy", "sergeant", 2), ("air", "private", 2), ("air", "sergeant", 2),
)  # fmt: skip
POLICE = (
    ("police", "private", 58), ("police", "sergeant", 34), ("police", "warrant officer", 4),
    ("police", "lieutenant", 4),
)  # fmt: skip


def largest_remainder(weights: Sequence[int], total: int) -> list[int]:
    """`total` shared out in proportion to the weights, in whole numbers that sum to it."""
    whole = sum(weights) or 1
    counts = [weight * total // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda at: (-(weights[at] * total % whole), at))
    for at in by_rest[: total - sum(counts)]:
        counts[at] += 1
    return counts


def _past(span: Span, force: str, rank: str, random: Random) -> Drawn:
    days = (span.last - span.first).days
    day = span.first + timedelta(days=random.randint(0, days))
    # Evenings, when a phone can be used: between 11:00 and 17:59 UTC is 17:30 to 0:29 there.
    clock = time(random.randint(11, 17), random.randint(0, 59), random.randint(0, 59), tzinfo=UTC)
    return span, datetime.combine(day, clock), force, rank, ""


def _with_courses(past: Iterable[Drawn], random: Random) -> Iterator[Drawn]:
    """Of those who answered the call about 50 were out and 400 waited inside; for the rest the shares are
    invented (`SHARES`).
    """
    by_span: dict[Span, list[Drawn]] = {}
    for one in past:
        by_span.setdefault(one[0] or SPANS[0], []).append(one)
    for span, drawn in by_span.items():
        if span.inside is not None:
            whole = span.soldiers + span.police
            shares = {"waiting": span.inside, "out": whole - span.inside}
        else:
            shares = SHARES
        counts = largest_remainder(list(shares.values()), len(drawn))
        courses = [name for name, count in zip(shares, counts, strict=True) for _ in range(count)]
        random.shuffle(courses)
        for one, course in zip(drawn, courses, strict=True):
            yield (*one[:4], course)


# How long ago somebody first wrote, in hours: those who wait have no answer yet.
AGO = {
    "danger": (0.2, 0.8), "danger-late": (2, 3), "late": (27, 60), "new": (1, 20), "put-off": (60, 90),
    **dict.fromkeys(FAR, (655, 715)),
}  # fmt: skip


def _recent(count: int, now: datetime, random: Random) -> Iterator[Drawn]:
    for course in RECENT[:count]:
        hours = random.uniform(*AGO.get(course, (140, 400)))
        force = random.choice(("army", "army", "police", "police", "navy", "air", "army"))
        rank = random.choice(("private", "private", "sergeant", "sergeant", "lieutenant"))
        yield None, now - timedelta(hours=hours), force, rank, course


def _contact(
    number: int, span: Span | None, began: datetime, force: str, rank: str, course: str, random: Random
) -> Contact:
    concern = random.choices(("self", "family", "somebody", "question"), (55, 30, 8, 7))[0]
    return Contact(
        number=number,
        began=began.replace(microsecond=0),
        force=force,
        rank=rank,
        course=course,
        language=random.choice(("my", "my", "my", "en", "en")),
        concern=concern,
        region=random.choice(REGIONS),
        recent=span is None,
    )
