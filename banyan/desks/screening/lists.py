"""What the pages of screening read from the desk: a case as this member knows it, who somebody is, today's list."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import localtime

from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case, FindingIn
from banyan.cases.folders.finding import Found
from banyan.cases.folders.identity import Evidence, Identity, Told
from banyan.cases.models import CaseRow, FolderRow
from banyan.desks import frame
from banyan.desks.screening import rules
from banyan.desks.screening.rules import Known, Need
from banyan.folders.membership import Member
from banyan.folders.seats import Seat

MOST = 60


@dataclass
class Who:
    """Who somebody is, as far as it was told and noted; where a field has several values, two wrote them at once.
    `states` has more than one identity only where two were founded at once; the first is the case's own.
    """

    states: list[Identity]
    told: list[tuple[int, Told]] = field(default_factory=list)
    evidence: list[tuple[int, bytes, Evidence]] = field(default_factory=list)
    fields: dict[str, tuple[object, ...]] = field(default_factory=dict)

    @property
    def folder(self) -> bytes:
        """The identity that the case names."""
        return self.states[0].folder

    def one(self, key: str) -> object | None:
        """A field's one value; None where it is open, or two stand."""
        values = self.fields.get(key, ())
        return values[0] if len(values) == 1 else None


def who_is(desk: Desk, case: Case) -> Who | None:
    """The identity of a case that this desk holds, or None. Where both screeners founded one at once, answers may have
    gone to either and each noted in their own: so both are read, and of a field all values stand that differ.
    """
    rows = FolderRow.objects.using(desk.view.alias).filter(kind="identity", cover=case.folder)
    folders = sorted(bytes(folder) for folder in rows.values_list("folder", flat=True))
    states = [state for folder in folders if (state := desk.state(folder, Identity))]
    if not states:
        return None
    slot = case.part("identity")
    states.sort(key=lambda state: (slot is None or state.folder != slot.folder, state.folder))
    who = Who(states)
    for state in states:
        who.told += state.told
        who.evidence += state.evidence
        for key, register in state.fields.items():
            who.fields[key] = tuple(dict.fromkeys((*who.fields.get(key, ()), *register.values)))
    who.told.sort(key=lambda one: (one[1].nth, one[0]))
    return who


def readers(desk: Desk, case: Case) -> list[Member]:
    """Who reads a finding once both are in: the two who screen, and the deciding officer."""
    return [*frame.seated(desk, case, Seat.SCREENING)[:2], *frame.seated(desk, case, Seat.DECIDING)[:1]]


def known(desk: Desk, case: Case) -> Known:
    """What this member knows of a case."""
    who, me = who_is(desk, case), desk.keys.id
    in_ = rules.findings_in(case)
    states = {member: state for member, one in in_.items() if (state := found(desk, case, member, one))}
    mine = states.get(me)
    noted = who.fields.get("birth_year", ()) if who else ()
    return Known(
        seats=desk.me.seats if desk.me and desk.me.active else frozenset(),
        readers=frozenset(member.id for member in readers(desk, case)),
        case=case, me=me, now=desk.now, year=year(desk.clock()),
        found={member: state.finding for member, state in states.items() if state.finding},
        open_to=frozenset(member.id for member in desk.holders(mine.folder)) if mine else frozenset(),
        asked=who is not None, told=len(who.told) if who else 0,
        birth_years=tuple(value for value in noted if isinstance(value, int)),
    )  # fmt: skip


def found(desk: Desk, case: Case, member: bytes, one: FindingIn) -> Found | None:
    """A finding that opens here, where it is the very one that the cover names, on this case and by this screener."""
    state = desk.state(one.folder, Found)
    if state is None or state.finding is None or state.finding.cover != case.folder:
        return None
    author = desk.roster.members.get(state.author)
    theirs = state.author == member or (author is not None and author.replaced_by == member)
    return state if theirs and state.name == one.finding else None


def year(now: datetime) -> int:
    """The year on the clock of this desk."""
    return localtime(now).year


@dataclass(frozen=True)
class Listed:
    """A case on a list."""

    row: CaseRow
    known: Known
    need: Need | None


def listed(desk: Desk) -> tuple[list[Listed], list[Listed]]:
    """The cases of this member: those that need them, soonest first; and those that wait for somebody else."""
    seats = [seat for seat in rules.JUDGES if desk.me and desk.me.active and seat in desk.me.seats]
    rows = {bytes(row.folder): row for seat in seats for row in frame.cases(desk, seat.value)}
    every = []
    for folder, row in rows.items():
        case = desk.case(folder)
        if case is not None:
            one = known(desk, case)
            every.append(Listed(row, one, rules.need_of(one)))
    needed = [one for one in every if one.need is not None]
    needed.sort(key=lambda one: (one.need, one.row.changed, one.row.reference))
    return needed, [one for one in every if one.need is None]
