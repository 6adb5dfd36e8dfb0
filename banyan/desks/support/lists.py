"""What the pages of support read: the households of the cases on which this member sits with a seat of money."""

from collections.abc import Iterable

from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.cases.folders.support import Support
from banyan.cases.models import CaseRow, FolderRow
from banyan.desks import frame
from banyan.desks.support import rules
from banyan.desks.support.rules import MONEY, Household, Offer, Run
from banyan.folders.seats import Seat
from banyan.language.entitlements import Entitlements
from banyan.language.pack import PackFault, load_pack


def seat_of(desk: Desk) -> Seat | None:
    """Which of the three seats of money this member has; nobody has two."""
    me = desk.me
    return next((seat for seat in MONEY if me and me.active and seat in me.seats), None)


def households(desk: Desk) -> list[Household]:
    """The households of all cases on which this member sits with their seat of money, by reference."""
    seat, folders = seat_of(desk), _folders(desk)
    if seat is None:
        return []
    rows = CaseRow.objects.using(desk.view.alias).filter(mine=True).order_by("reference")
    found = []
    for row in rows:
        if seat in row.seats.split() and (case := desk.case(bytes(row.folder))):
            found.append(household(desk, case, folders.get(case.folder, ())))
    return found


def household(desk: Desk, case: Case, folders: Iterable[bytes] | None = None) -> Household:
    """One household with what this desk holds of its money."""
    folders = _folders(desk).get(case.folder, ()) if folders is None else folders
    states = [state for folder in folders if (state := desk.state(folder, Support))]
    slot = case.part("support")
    states.sort(key=lambda one: (slot is None or one.folder != slot.folder, one.folder))
    payers, approvers = (seated(desk, case, seat) for seat in (Seat.PAYING, Seat.APPROVING))
    readers = {one.id for one in desk.holders(states[0].folder)} if states else set()
    shut_out = tuple(ident for ident in (*payers, *approvers) if states and ident not in readers)
    return Household(case, tuple(states), payers, approvers, shut_out, _sat(desk, case))


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
    found: dict[bytes, list[bytes]] = {}
    rows = FolderRow.objects.using(desk.view.alias).filter(kind="support")
    for cover, folder in rows.values_list("cover", "folder"):
        found.setdefault(bytes(cover), []).append(bytes(folder))
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
    """All runs that hold a household of this member's."""
    return rules.runs(households(desk))
