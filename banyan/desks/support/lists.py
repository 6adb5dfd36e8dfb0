"""What the pages of support read: the households of the cases on which this member sits with a seat of money.

Rows choose which of them must be opened, so that a page costs by what goes on and not by what ever was; and what was
opened is kept until something new arrives in it.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from weakref import WeakKeyDictionary

from django.db.models import Q, QuerySet

from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.cases.folders.support import Support
from banyan.cases.models import CaseRow, FolderRow
from banyan.cases.stages import ALWAYS_WINS
from banyan.desks import frame
from banyan.desks.support import rules
from banyan.desks.support.rules import DAY, MONEY, Household, Offer, Run
from banyan.folders.seats import Seat
from banyan.language import times
from banyan.language.entitlements import Entitlements
from banyan.language.pack import PackFault, load_pack

A_YEAR = 12  # months of runs that are shown at once
IN_A_YEAR = (31 * A_YEAR + 62) * DAY  # a month is entered from the one before, and a desk may sync late
MOST_NAMED = 10
Stamp = tuple[object, ...]
# What each desk has opened: by the cover, with what it was made of. It goes with the desk when that is locked.
_opened: WeakKeyDictionary[Desk, dict[bytes, tuple[Stamp, Household]]] = WeakKeyDictionary()


def seat_of(desk: Desk) -> Seat | None:
    """Which of the three seats of money this member has; nobody has two."""
    me = desk.me
    return next((seat for seat in MONEY if me and me.active and seat in me.seats), None)


def _mine(desk: Desk) -> "QuerySet[CaseRow]":
    """All cases on which this member sits with their seat of money, by reference."""
    rows, seat = CaseRow.objects.using(desk.view.alias).order_by("reference"), seat_of(desk)
    return rows.filter(mine=True, seats__contains=seat.value) if seat else rows.none()


def _money(desk: Desk) -> "QuerySet[FolderRow]":
    return FolderRow.objects.using(desk.view.alias).filter(kind="support")


def _goes_on(desk: Desk) -> Q:
    """That there may be something to do: until a case is over, and no payment of it is on its way."""
    moving = _money(desk).exclude(state="").values("cover")
    return ~Q(stage__in=ALWAYS_WINS) | Q(waits__contains="close:other") | Q(folder__in=moving)


def households(desk: Desk, *states: str) -> list[Household]:
    """The households whose case is not over, by reference; with `states` only those with such payments."""
    chosen = _mine(desk).filter(_goes_on(desk))
    if states:
        wanted = reduce(or_, (Q(state__contains=state) for state in states))
        chosen = chosen.filter(folder__in=_money(desk).filter(wanted).values("cover"))
    return _open(desk, chosen)


def count(desk: Desk) -> int:
    """How many households there are whose case is not over."""
    return _mine(desk).filter(_goes_on(desk)).count()


def over(desk: Desk) -> "QuerySet[CaseRow]":
    """The cases that are over, and nothing of their money is on its way."""
    return _mine(desk).exclude(_goes_on(desk))


def odd(desk: Desk, opened: Iterable[Household]) -> list[Household]:
    """Households of which something has not arrived or does not fit; the first ten."""
    found = {one.case.folder: one for one in opened if one.odd}
    named = _mine(desk).filter(Q(missing__gt=0) | Q(warnings__gt=0))[: len(found) + MOST_NAMED]
    found |= {one.case.folder: one for one in _open(desk, named)}
    return sorted(found.values(), key=lambda one: one.case.reference)[:MOST_NAMED]


def _open(desk: Desk, chosen: "QuerySet[CaseRow]") -> list[Household]:
    """The households of these rows; what did not change since it was opened last is not opened again."""
    covers, money = [bytes(folder) for folder in chosen.values_list("folder", flat=True)], _folders(desk)
    counts, unsure, known = desk.view.seal_counts(), desk.view.odd_folders(), _opened.setdefault(desk, {})
    for gone in known.keys() - counts.keys():  # erased
        del known[gone]
    made_by, found = (desk.roster.head, desk.store.forgotten()), []
    for cover in covers:
        folders = money.get(cover, [])
        stamp: Stamp = (made_by, *((folder, counts.get(folder)) for folder in (cover, *folders)))
        there = known.get(cover)
        if there is None or there[0] != stamp or not unsure.isdisjoint({cover, *folders}):
            case = desk.case(cover)
            if case is None:
                continue
            there = known[cover] = (stamp, household(desk, case, folders))
        found.append(there[1])
    return found


def household(desk: Desk, case: Case, folders: Iterable[bytes] | None = None) -> Household:
    """One household with what this desk holds of its money."""
    if folders is None:
        rows = _money(desk).filter(cover=case.folder)
        folders = [bytes(folder) for folder in rows.values_list("folder", flat=True)]
    states = [state for folder in folders if (state := desk.state(folder, Support))]
    slot = case.part("support")
    states.sort(key=lambda one: (slot is None or one.folder != slot.folder, one.folder))
    payers, approvers = (seated(desk, case, seat) for seat in (Seat.PAYING, Seat.APPROVING))
    readers = {one.id for one in desk.holders(states[0].folder)} if states else set()
    shut_out = tuple(ident for ident in (*payers, *approvers) if states and ident not in readers)
    histories = (desk.history(folder) for folder in (case.folder, *(one.folder for one in states)))
    odd = frame.arrival(*histories, not_allowed=len(case.refused)) != frame.Arrival()
    return Household(case, tuple(states), payers, approvers, shut_out, _sat(desk, case), odd)


def _sat(desk: Desk, case: Case) -> dict[bytes, frozenset[Seat]]:
    """The seats that each member ever had on a case, by each of the keys that they had."""
    found: dict[bytes, frozenset[Seat]] = {}
    for who, seat in case.seats_:
        found[who] = found.get(who, frozenset()) | {seat}
    for old in reversed([one for one in desk.roster.members.values() if one.replaced_by]):
        found[old.id] = found.get(old.replaced_by or b"", frozenset())
    return found


def seated(desk: Desk, case: Case, seat: Seat) -> tuple[bytes, ...]:
    """The ids of the active members who sit on a case with a seat that the roster still gives them."""
    return tuple(member.id for member in frame.seated(desk, case, seat))


def _folders(desk: Desk) -> dict[bytes, list[bytes]]:
    """The support folders that this desk has opened, by the cover of their case."""
    found = defaultdict[bytes, list[bytes]](list)
    for cover, folder in _money(desk).values_list("cover", "folder"):
        found[bytes(cover)].append(bytes(folder))
    return found


def rules_of(one: Household) -> Entitlements:
    """The version of the rules by which a household is entitled; those in force where it names none that is known."""
    try:
        return load_pack().entitlements(one.number("version"))
    except PackFault:
        return load_pack().entitlements()


def offers(desk: Desk, month: str) -> list[Offer]:
    """All households of a month's run, those with something in the way first."""
    found = [offer_of(one, month) for one in households(desk) if rules.belongs(one, month)]
    return sorted(found, key=lambda one: (not one.snags, one.may, one.household.case.reference))


def offer_of(one: Household, month: str) -> Offer:
    """What one household is due for a month."""
    return rules.offer(one, month, rules_of(one), load_pack().entitlements())


def runs(desk: Desk) -> list[Run]:
    """The runs of the last twelve months that hold a household of this member's, the newest first."""
    first = _months_before(times.month_of(desk.clock()), A_YEAR - 1)
    chosen = _mine(desk).filter(_goes_on(desk) | Q(changed__gt=desk.now - IN_A_YEAR))
    return [run for run in rules.runs(_open(desk, chosen)) if run.month >= first]


def _months_before(month: str, count: int) -> str:
    """The month so many months before: "2026-02", 3 gives "2025-11"."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 - count, 12)
    return f"{year}-{number + 1:02}"


def all_runs(desk: Desk) -> list[Run]:
    """All runs, the newest month first: every household that ever was is opened for them."""
    return rules.runs(_open(desk, _mine(desk)))
