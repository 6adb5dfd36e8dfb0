"""What was reported of the programmes in Myanmar, and what the demo makes of it.

Each figure is a claim in a public report, kept as it was said. Where two contradict each other both stay, one
reading is chosen, and `why` says which. Ids are those of the collected reports; `count` counts it in the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from banyan.house.demo.plan import Contact

SOLDIERS = ("army", "navy", "air")
POLICE = ("police",)
ALL = SOLDIERS + POLICE
START = date(2021, 2, 1)


@dataclass(frozen=True)
class Who:
    """Whom a claim is about: those who wrote from one day to another, of some forces, ranks and courses; none named
    means all.
    """

    first: date
    last: date
    forces: tuple[str, ...] = ALL
    ranks: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()

    def holds(self, one: Contact) -> bool:
        """Whether somebody of the plan is one of them; the newest, who write around now, never are."""
        return (
            not one.recent
            and self.first <= one.day <= self.last
            and one.force in self.forces
            and (not self.ranks or one.rank in self.ranks)
            and (not self.courses or one.course in self.courses)
        )


@dataclass(frozen=True)
class Count:
    """How many they are, or so many a day or a month where `by` is more than 1."""

    who: Who
    by: int = 1

    def __call__(self, contacts: Sequence[Contact]) -> float:
        """The number in the plan."""
        found = sum(map(self.who.holds, contacts))
        return found if self.by == 1 else round(found / self.by, 1)


@dataclass(frozen=True)
class Share:
    """One count as a share of another, in parts of `whole`: 1, or 100 for per cent."""

    part: Count
    of: Count
    whole: int = 1

    def __call__(self, contacts: Sequence[Contact]) -> float:
        """The number in the plan."""
        found = self.whole * self.part(contacts) / max(self.of(contacts), 1)
        return round(found, 0 if self.whole > 1 else 2)


@dataclass(frozen=True)
class Reported:
    """One claim: who said it where, of what, and how the demo counts the same."""

    ident: str
    source: str
    claim: str
    said: str
    count: Count | Share
    why: str = ""


def until(day: date, forces: tuple[str, ...] = ALL, ranks: tuple[str, ...] = ()) -> Count:
    """How many had written by the end of a day."""
    return between(START, day, forces, ranks)


def between(first: date, last: date, forces: tuple[str, ...] = ALL, ranks: tuple[str, ...] = ()) -> Count:
    """How many wrote from one day to another, both included."""
    return Count(Who(first, last, forces, ranks))


def a_day(first: date, last: date, forces: tuple[str, ...] = ALL) -> Count:
    """How many wrote a day."""
    return Count(Who(first, last, forces), (last - first).days + 1)


def a_month(first: date, last: date, months: int) -> Count:
    """How many wrote a month."""
    return Count(Who(first, last), months)


def share(part: Count, of: Count, whole: int = 1) -> Share:
    """One count as a share of another."""
    return Share(part, of, whole)


def course(first: date, last: date, courses: tuple[str, ...]) -> Count:
    """How many of those who wrote in some days took one of these courses."""
    return Count(Who(first, last, courses=courses))


AUG, CALL, AFTER, DEC, END = (
    date(2021, 8, 28),
    date(2021, 9, 7),
    date(2021, 9, 20),
    date(2021, 12, 1),
    date(2023, 2, 28),
)
EVE = date(2021, 9, 6)
REPORTED = (
    Reported("R24", "The Irrawaddy, 28 Aug 2021", "left by 28 August 2021", "around 2,000", until(AUG)),
    Reported(
        "R25", "The Irrawaddy, 28 Aug 2021", "soldiers among these", "about a third",
        share(until(AUG, SOLDIERS), until(AUG)),
        "not with R07 and R08: ten days later more than half were soldiers. R07 and R08 are followed.",
    ),
    Reported(
        "R26", "The Irrawaddy, 28 Aug 2021", "soldiers a day in August 2021", "5 to 10",
        a_day(date(2021, 8, 1), AUG, SOLDIERS),
    ),
    Reported(
        "R27", "The Irrawaddy, 28 Aug 2021", "officers from lieutenant to major by then", "around 100",
        until(AUG, SOLDIERS, ("lieutenant", "captain", "major")),
    ),
    Reported("R07", "RFA, 22 Sep 2021", "soldiers before the call of 7 September", "about 1,500", until(EVE, SOLDIERS)),
    Reported("R08", "RFA, 22 Sep 2021", "police before the call", "about 1,000", until(EVE, POLICE)),
    Reported("R02", "RFA, 22 Sep 2021", "answered the call in two weeks", "453", between(CALL, AFTER)),
    Reported(
        "R01", "RFA, 22 Sep 2021", "the same, in the lead of the same report", "around 450",
        between(CALL, AFTER), "the exact figure of R02 is followed.",
    ),
    Reported("R05", "RFA, 22 Sep 2021", "made contact a day since the call", "33", a_day(CALL, AFTER)),
    Reported(
        "R06", "RFA, 22 Sep 2021", "the rise by the call, in per cent", "20",
        share(between(CALL, AFTER), until(EVE), 100),
        "453 on 2,500 is 18; the counts are followed.",
    ),
    Reported("R09", "RFA, 22 Sep 2021", "of the 453 already out", "about 50", course(CALL, AFTER, ("out",))),
    Reported("R10", "RFA, 22 Sep 2021", "of the 453 waiting inside", "about 400", course(CALL, AFTER, ("waiting",))),
    Reported("R03", "RFA, 22 Sep 2021", "left in all by then", "around 3,000", until(AFTER)),
    Reported(
        "R04", "RFA, 22 Sep 2021", "the same, in the headline", "at least 3,000", until(AFTER),
        "the sum of R07, R08 and R02 is 2,953; it is followed.",
    ),
    Reported(
        "R36", "VOA, Oct 2021", "soldiers, privates to majors", "at least 1,500",
        until(date(2021, 10, 31), SOLDIERS),
    ),
    Reported("R29", "VOI, Dec 2021", "soldiers by 2 December 2021", "more than 2,000", until(DEC, SOLDIERS)),
    Reported("R30", "VOI, Dec 2021", "police by then", "more than 6,000", until(DEC, POLICE)),
    Reported("R31", "VOI, Dec 2021", "both by then", "over 8,000", until(DEC)),
    Reported("R32", "VOI, Dec 2021", "majors by then", "at least 10", until(DEC, SOLDIERS, ("major",))),
    Reported(
        "R16", "VOA, Feb 2023", "share of all who wrote from June to December 2021", "when most left",
        share(between(date(2021, 6, 1), date(2021, 12, 31)), until(END)),
    ),
    Reported(
        "R17", "VOA, Feb 2023", "made contact a month at the peak", "about 100",
        a_month(date(2021, 6, 1), date(2021, 12, 31), 7),
        "not with R29 and R30, which need a thousand a month. The totals are followed: one counts messages to one "
        "group, the other everybody who left.",
    ),
    Reported(
        "R18", "VOA, Feb 2023", "made contact a month since April 2022", "around 10",
        a_month(date(2022, 4, 1), END, 11),
    ),
    Reported("R11", "VOA, Feb 2023", "soldiers in all", "nearly 3,000", until(END, SOLDIERS)),
    Reported("R12", "VOA, Feb 2023", "police in all", "nearly 7,000", until(END, POLICE)),
    Reported(
        "R13", "VOA, Feb 2023", "lieutenant colonels", "3", until(END, SOLDIERS, ("lieutenant colonel",)),
        "they come after October 2021, when R36 knew none above major.",
    ),
    Reported("R14", "VOA, Feb 2023", "captains", "over 100", until(END, SOLDIERS, ("captain",))),
    Reported("R15", "VOA, Feb 2023", "police majors", "at least 1", until(END, POLICE, ("police major",))),
)  # fmt: skip
