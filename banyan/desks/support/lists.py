"""What the pages of support read: the households of the cases on which this member sits with a seat of money.

Rows choose which of them must be opened, so that a page costs by what goes on and not by what ever was; and what was
opened is kept until something new arrives in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.db.models import Q

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


@dataclass(frozen=True)
class Rows:
    """A case with its folders of money, as their rows say it."""

    case: CaseRow
    money: Sequence[FolderRow]

    @property
    def states(self) -> set[str]:
        """How far the payments are that are not settled."""
        return {state for one in self.money for state in one.state.split()}

    @property
    def goes_on(self) -> bool:
        """Whether there may be something to do: until a case is over, and no payment of it is on its way."""
        over = self.case.stage in set(ALWAYS_WINS)
        return not over or bool(self.states) or "close:other" in self.case.waits.split()


def rows(desk: Desk) -> list[Rows]:
    """All cases on which this member sits with their seat of money, by reference."""
    seat, money = seat_of(desk), defaultdict[bytes, list[FolderRow]](list)
    for one in FolderRow.objects.using(desk.view.alias).filter(kind="support"):
        money[bytes(one.cover)].append(one)
    cases = CaseRow.objects.using(desk.view.alias).filter(mine=True).order_by("reference")
    found = [Rows(row, money[bytes(row.folder)]) for row in cases if seat and seat in row.seats.split()]
    known = _opened.get(desk, {})
    for gone in known.keys() - {bytes(one.case.folder) for one in found}:  # erased, or left
        del known[gone]
    return found


def households(desk: Desk, *states: str) -> list[Household]:
    """The households whose case is not over, by reference; with `states` only those with such payments."""
    chosen = (one for one in rows(desk) if one.goes_on)
    return _open(desk, [one for one in chosen if not states or not one.states.isdisjoint(states)])


def count(desk: Desk) -> int:
    """How many households there are whose case is not over."""
    return sum(one.goes_on for one in rows(desk))


def over(desk: Desk) -> list[CaseRow]:
    """The cases that are over, and nothing of their money is on its way."""
    return [one.case for one in rows(desk) if not one.goes_on]


def odd(desk: Desk, opened: Iterable[Household]) -> list[Household]:
    """Households of which something has not arrived or does not fit; the first ten."""
    found = {one.case.folder: one for one in opened if one.odd}
    named = CaseRow.objects.using(desk.view.alias).filter(Q(missing__gt=0) | Q(warnings__gt=0), mine=True)
    with_rows = {bytes(folder) for folder in named.values_list("folder", flat=True)} - found.keys()
    more = [one for one in rows(desk) if bytes(one.case.folder) in with_rows][:MOST_NAMED]
    there = [*found.values(), *_open(desk, more)]
    return sorted(there, key=lambda one: one.case.reference)[:MOST_NAMED]


def _open(desk: Desk, chosen: Iterable[Rows]) -> list[Household]:
    """The households of these rows; what did not change since it was opened last is not opened again."""
    counts, unsure, known = desk.view.seal_counts(), desk.view.odd_folders(), _opened.setdefault(desk, {})
    made_by, found = (desk.roster.head, desk.store.forgotten()), []
    for one in chosen:
        cover, folders = bytes(one.case.folder), [bytes(row.folder) for row in one.money]
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
    folders = _folders(desk, case.folder) if folders is None else folders
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


def _folders(desk: Desk, cover: bytes) -> list[bytes]:
    """The support folders of a case that this desk has opened."""
    found = FolderRow.objects.using(desk.view.alias).filter(kind="support", cover=cover)
    return [bytes(folder) for folder in found.values_list("folder", flat=True)]


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
    since = desk.now - IN_A_YEAR
    chosen = [one for one in rows(desk) if one.goes_on or one.case.changed > since]
    return [run for run in rules.runs(_open(desk, chosen)) if run.month >= first]


def _months_before(month: str, count: int) -> str:
    """The month so many months before: "2026-02", 3 gives "2025-11"."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 - count, 12)
    return f"{year}-{number + 1:02}"


def all_runs(desk: Desk) -> list[Run]:
    """All runs, the newest month first: every household that ever was is opened for them."""
    return rules.runs(_open(desk, rows(desk)))
