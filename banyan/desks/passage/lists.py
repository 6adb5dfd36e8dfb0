"""What the pages of passage read from the desk's rows in memory: ways for a planner, legs for a guide."""

from collections.abc import Sequence
from dataclasses import dataclass

from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.cases.folders.leg import LegState
from banyan.cases.folders.passage import Leg, Passage, joined
from banyan.cases.models import CaseRow, FolderRow
from banyan.desks.frame import cases, warnings
from banyan.desks.passage import rules
from banyan.desks.passage.rules import HeldLeg, Need, Way
from banyan.folders.membership import Member
from banyan.folders.seats import Seat


@dataclass(frozen=True)
class Today:
    """What needs the planner, soonest first; what goes on without them; in which covers something is amiss."""

    needed: list[tuple[Way, Need]]
    going_on: list[tuple[Way, Need]]
    warned: list[Case]


def today(desk: Desk) -> Today:
    """The cases whose way this member plans."""
    found, warned = list[tuple[Way, Need]](), list[Case]()
    for row in cases(desk, "planning"):
        case = desk.case(bytes(row.folder))
        if case is None:
            continue
        way = way_of(desk, case)
        need = rules.need_of(way, desk.now)
        if need is not None:
            found.append((way, need))
        if row.missing or row.warnings or (way.passage and amiss(desk, way.passage.folder)):
            warned.append(case)
    found.sort(key=lambda one: rules.order(one[0], one[1], desk.now))
    needed = [one for one in found if one[1] < Need.WAITS]
    return Today(needed, [one for one in found if one[1] >= Need.WAITS], warned)


def amiss(desk: Desk, folder: bytes) -> bool:
    """Whether something of a folder has not arrived, was refused or does not count."""
    return bool(warnings(desk.history(folder)))


def all_cases(desk: Desk) -> Sequence[CaseRow]:
    """Every case that is or was on this desk, the last change first."""
    return list(CaseRow.objects.using(desk.view.alias).order_by("-changed", "reference"))


def way_of(desk: Desk, case: Case) -> Way:
    """A case with its passage and its legs, as far as this desk holds them; of passages begun at once all legs."""
    slot = case.part("passage")
    first = desk.state(slot.folder, Passage) if slot else None
    passage = joined(first, other_plans(desk, case)) if first else None
    named = [leg for nth in sorted(passage.legs) for leg in passage.legs[nth].values] if passage else []
    return Way(case, passage, tuple(HeldLeg(leg, desk.state(leg.folder, LegState)) for leg in named))


def leg_of(desk: Desk, folder: bytes) -> tuple[Way, Leg, LegState] | None:
    """A leg of a way that this member plans; None for everybody else, and where another guide has it now."""
    state = desk.state(folder, LegState)
    passage = desk.state(state.passage, Passage) if state else None
    case = desk.case(passage.cover) if passage else None
    if state is None or case is None:
        return None
    way = way_of(desk, case)
    leg = next((one.leg for one in way.legs if one.leg.folder == folder), None)
    return (way, leg, state) if leg else None


def other_plans(desk: Desk, case: Case) -> list[Passage]:
    """Passages that were begun at once with the one that counts, as far as this desk holds them."""
    slots = sorted({slot.folder for slot in case.parts_.get("passage", [])})[1:]
    return [found for folder in slots if (found := desk.state(folder, Passage))]


def guides(desk: Desk) -> list[Member]:
    """The active guides whom a leg may be given to: who has fewest legs first, and never the planner themself."""
    found = desk.least_loaded(Seat.GUIDE, len(desk.roster.members))
    return [member for member in found if member.id != desk.keys.id]


def my_legs(desk: Desk) -> list[LegState]:
    """The legs that this member guides, what starts first at the top and what has ended last."""
    rows = FolderRow.objects.using(desk.view.alias).filter(kind="leg")
    planned = {bytes(folder) for folder in desk.held("passage")}
    held = [bytes(row.folder) for row in rows if bytes(row.cover) not in planned]
    legs = [state for folder in held if (state := desk.state(folder, LegState))]
    return sorted(legs, key=lambda leg: (leg.state in rules.ENDED, rules.starts_of(leg) or 0, leg.folder))
