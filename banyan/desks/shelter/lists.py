"""What the lists of shelter read. Rows tell which few placements must be opened, so that a long list stays quick."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.cases.folders.house import House
from banyan.cases.folders.placement import Placement
from banyan.cases.models import CaseRow, FolderRow
from banyan.cases.stages import ARRIVED, Stage
from banyan.desks import frame
from banyan.desks.shelter import rules
from banyan.desks.shelter.rules import Bed, Household, Need

MOST = 60  # rows on today's page
MOST_NAMED = 10
FRESH = 14 * rules.DAY
STAGES = (Stage.PASSAGE, *ARRIVED)


@dataclass(frozen=True)
class Today:
    """Who needs somebody, most urgent first; houses that do, with the keys that wait for this keeper; how many of the
    households can wait.
    """

    households: list[tuple[Household, Need]]
    houses: list[tuple[House, Need, bytes]]
    later: int


def houses(desk: Desk) -> list[House]:
    """The houses that this desk holds, open ones first, by what they are called."""
    found = (desk.state(folder, House) for folder in desk.held("house"))
    states = [house for house in found if house is not None]
    return sorted(states, key=lambda one: (one.one("open") is not True, str(one.one("label") or "")))


def household(desk: Desk, case: Case) -> Household:
    """A case with its placements; two of shelter who began at once founded two, and both count."""
    slots = sorted(case.parts_.get("placement", ()), key=lambda slot: slot.folder)
    states = [state for slot in slots if (state := desk.state(slot.folder, Placement))]
    beds = (
        Bed(
            folder=state.folder, asked=asked, house=desk.state(asked.shelter, House),
            placed=key in state.placed, ended=state.left[key][1] if key in state.left else "",
        )
        for state in states for key, asked in state.asked.items()
    )  # fmt: skip
    arriving = tuple(sorted(one for state in states for one in state.arriving))
    return Household(case, tuple(state.folder for state in states), tuple(beds), arriving)


def today(desk: Desk) -> Today:
    """What somebody has to do, most urgent first."""
    placements = _placements(desk)
    needed, going_on = [], 0
    for row in frame.cases(desk, "shelter"):
        going_on += _goes_on(row)
        if not _may_need(row, placements.get(bytes(row.folder), []), desk.now):
            continue
        case = desk.case(bytes(row.folder))
        if case is None:
            continue
        found = household(desk, case)
        need = rules.need_of(found, desk.now)
        if need is not None:
            needed.append((found, need))
    needed.sort(key=lambda one: rules.order(*one))
    return Today(
        needed, [one for house in houses(desk) for one in _of_house(desk, house)], going_on - len(needed)
    )


def mine(desk: Desk) -> list[CaseRow]:
    """The cases that this member shelters, from passage to follow-up; where stages conflict, in any of them."""
    return [row for row in frame.cases(desk, "shelter") if _goes_on(row)]


def _goes_on(row: CaseRow) -> bool:
    return not {*STAGES}.isdisjoint(row.stage.split(" / "))


def _placements(desk: Desk) -> dict[bytes, list[FolderRow]]:
    found = defaultdict(list)
    for row in FolderRow.objects.using(desk.view.alias).filter(kind="placement"):
        found[bytes(row.cover)].append(row)
    return found


def _may_need(row: CaseRow, placements: list[FolderRow], now: int) -> bool:
    """Whether the rows leave it open that somebody is needed. Nobody is for those who live in one house and ask for
    no other; of a case in support only the first two weeks, in which somebody may be missing for its money.
    """
    settled = [one.state for one in placements] == ["placed"] and placements[0].count < 2
    if not _goes_on(row):
        return any(one.state for one in placements)
    if row.stage == Stage.SUPPORT:
        return not settled or row.changed > now - FRESH
    return row.conflict or row.stage in (Stage.PASSAGE, Stage.RECEPTION) or _asks(placements)


def _asks(placements: list[FolderRow]) -> bool:
    return len(placements) > 1 or any(one.state == "asked" or one.count > 1 for one in placements)


def _of_house(desk: Desk, house: House) -> list[tuple[House, Need, bytes]]:
    found = []
    keeper = house.one("keeper")
    member = desk.roster.members.get(keeper) if isinstance(keeper, bytes) else None
    if rules.conflicts(house):
        found.append((house, Need.CONFLICT, b""))
    if rules.is_over(house):
        found.append((house, Need.OVER, b""))
    if "keeper" not in rules.conflicts(house) and not rules.keeps(house, member):
        found.append((house, Need.NO_KEEPER, b""))
    if rules.keeps(house, desk.me):
        found += [(house, Need.KEEPER, key) for key in rules.waiting(house)]
    return found


def with_warnings(desk: Desk) -> list[bytes]:
    """Covers in which something has not arrived, was refused, or has no effect; the first ten."""
    rows = CaseRow.objects.using(desk.view.alias).filter(Q(missing__gt=0) | Q(warnings__gt=0), mine=True)
    return [bytes(row.folder) for row in rows.order_by("reference") if "shelter" in row.seats.split()][
        :MOST_NAMED
    ]
