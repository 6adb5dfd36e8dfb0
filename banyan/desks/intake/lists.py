"""What the lists of intake read from the desk's rows in memory. Only conversations that this member holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from banyan.cases import burials, casework
from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.cases.models import CaseRow, ConversationRow
from banyan.cases.stages import Stage
from banyan.desks.frame import Arrival, arrival
from banyan.desks.intake import case_rules, erasing, rules
from banyan.desks.intake.case_rules import Why
from banyan.desks.intake.rules import Need
from banyan.folders.membership import Member
from banyan.folders.seats import Seat

MOST = 60  # rows on today's page; the rest stands under "See all"
MOST_NAMED = 10


@dataclass(frozen=True)
class Today:
    """Today's list: what needs somebody, soonest first, with how many check-ins were missed; how much can wait."""

    needed: list[tuple[ConversationRow, Need, int]]
    later: int


def row_of(desk: Desk, folder: bytes) -> ConversationRow:
    """The row of a conversation that this desk holds."""
    return ConversationRow.objects.using(desk.view.alias).get(folder=folder)


def mine(desk: Desk) -> QuerySet[ConversationRow]:
    """The conversations that this member holds now."""
    return ConversationRow.objects.using(desk.view.alias).filter(mine=True)


def today(desk: Desk) -> Today:
    """What is due before tomorrow, soonest first; what was put off waits."""
    due = (
        Q(danger=True)
        | Q(waiting_since__isnull=False)
        | Q(check_in_due__lt=desk.now)
        | Q(consent=True, cover__isnull=True)
    )
    candidates = mine(desk).filter(
        Q(erase_asked__isnull=False)
        | Q(state__in=("open", "case")) & due  # a wish to be erased outlives closing
    )
    to_go = burials.waiting(desk)  # also what a colleague proposed: nobody is erased silently
    counted = [(row, missed(desk, row)) for row in candidates]
    needed = [
        (row, need, many)
        for row, many in counted
        if bytes(row.folder) not in to_go and (need := need_now(desk, row, many)) is not None
    ]
    needed += [
        (row, Need.DANGER if row.danger else Need.ERASE, 0) for row in mine(desk).filter(folder__in=to_go)
    ]
    needed.sort(
        key=lambda one: (one[1], bytes(one[0].folder) in to_go, rules.order(*one))
    )  # what waits comes after
    going_on = mine(desk).filter(state__in=("open", "case")).count()
    return Today(
        needed, max(0, going_on - sum(row.state in ("open", "case") for row, _need, _many in needed))
    )


def missed(desk: Desk, row: ConversationRow) -> int:
    """How many agreed check-ins have passed without a word."""
    if not rules.is_silent(row, desk.now):
        return 0
    state = desk.conversation(bytes(row.folder))
    return rules.times_missed(state, desk.now) if state else 0


def need_now(desk: Desk, row: ConversationRow, many: int) -> Need | None:
    """Why somebody is needed in a conversation today, `many` being the check-ins missed; None where it was put off."""
    tomorrow = int(rules.next_day(localtime(desk.clock())).timestamp() * 1000)
    need = rules.need_of(row, desk.now, tomorrow, many)
    if need is None or row.later is None or row.later <= desk.now:
        return need
    state = desk.conversation(bytes(row.folder))
    if state and need is Need.ERASE and erasing.wrote_since(state) is None:
        return need  # put off only where they may have thought better of it
    return None if state and rules.is_put_off(state, desk.now) else need


def waiting_inside(desk: Desk) -> list[tuple[ConversationRow, int]]:
    """Those with an agreed check-in, with how many they missed: who missed most first, then who is expected next."""
    going_on = mine(desk).filter(check_in_due__isnull=False, state__in=("open", "case"))
    found = [(row, missed(desk, row)) for row in going_on]
    return sorted(found, key=lambda one: rules.order_of_silence(*one))


def conversations(desk: Desk, state: str = "", words: str = "") -> QuerySet[ConversationRow]:
    """All of them, the last word first; in one state, or with these words in the reference or in a message."""
    rows = mine(desk).order_by("-last_word", "reference")
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(folder__in=desk.view.saying(words))
    return rows


def began(desk: Desk) -> Sequence[int]:
    """When each conversation of this member began, of those that the weeks of today's page show."""
    since = int((desk.clock() - rules.WEEK * rules.WEEKS).timestamp() * 1000)
    return list(mine(desk).filter(began__gte=since).values_list("began", flat=True))


def with_warnings(desk: Desk) -> list[tuple[ConversationRow, Arrival]]:
    """Conversations in which something has not arrived, was refused, or does not count; the first ten."""
    rows = mine(desk).filter(Q(missing__gt=0) | Q(warnings__gt=0)).order_by("reference")[:MOST_NAMED]
    found = []
    for row in rows:
        history, state = desk.history(bytes(row.folder)), desk.conversation(bytes(row.folder))
        if history and state:
            found.append((row, arrival(history, unreadable=state.broken)))
    return found


# Cases


def cases_today(desk: Desk) -> list[tuple[CaseRow, Case, Why]]:
    """The cases that need intake, each with the most urgent reason, the most urgent first."""
    own, talks = (
        CaseRow.objects.using(desk.view.alias).filter(mine=True, seats__contains="intake"),
        mine(desk),
    )
    no_longer = talks.filter(consent=False, cover__isnull=False).values("folder")
    said_since = talks.filter(folder=OuterRef("conversation"), last_word__gte=OuterRef("changed"))
    over = (Stage.WITHDRAWN, Stage.CLOSED, Stage.REFERRED, Stage.DECLINED)
    candidates = own.filter(
        Q(conflict=True)
        | Q(waits__contains=":other")
        | Q(stage__in=(Stage.DECLINED, Stage.RECEPTION))
        | Q(stage=Stage.PASSAGE) & Exists(said_since)
        | Q(stage=Stage.INTAKE, opened__lt=desk.now - case_rules.UNASKED_AFTER)
        | Q(conversation__in=no_longer) & ~Q(stage__in=over)
        | Q(counted=True) & Q(conversation__in=talks.filter(figures=False).values("folder"))
        | Q(counted=False) & Q(conversation__in=talks.filter(figures=True).values("folder")),
    )
    found = []
    for row in candidates.order_by("changed", "reference"):
        case = desk.case(bytes(row.folder))
        talk = desk.conversation(bytes(row.conversation))
        why = case_rules.why(case, talk, desk.keys.id, desk.now) if case else None
        if case and why:
            found.append((row, case, why))
    return sorted(found, key=lambda one: list(Why).index(one[2]))


def candidates(desk: Desk, case: Case, seat: Seat) -> list[Member]:
    """Who may take a seat on a case, least loaded first; who found before stands last, so that new eyes come first."""
    found = casework.choose(desk, case, seat, len(desk.roster.members))
    return sorted(found, key=lambda member: (member.id, seat) in case.seats_)
