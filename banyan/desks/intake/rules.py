"""Pure decisions of intake: what comes first, what may be done. No request, no database, no words for pages."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, IntEnum

from banyan.cases import deadlines
from banyan.cases.folders.conversation import Conversation, Triage
from banyan.cases.models import ConversationRow
from banyan.folders.history import COUNTERSIGN, HANDED_OVER, Told
from banyan.folders.membership import Member
from banyan.folders.seats import Seat

MINUTE = 60_000
WEEK = timedelta(weeks=1)
WEEKS = 12
SPOKEN = ("message", "check-in", "consent", "about")
TOPICS = ("leaving", "safety", "family", "papers", "money", "health", "elsewhere", "other")


class Need(IntEnum):
    """Why a conversation stands on today's list; the lower, the sooner."""

    DANGER = 0
    ERASE = 1
    LONG_SILENT = 2
    SILENT = 3
    LATE = 4
    NEW = 5
    TODAY = 6


def need_of(row: ConversationRow, now: int, tomorrow: int, missed: int = 1) -> Need | None:
    """Why somebody is needed, or None where nothing is due before `tomorrow` (both in milliseconds); `missed` is how
    many check-ins were missed, where one is overdue. Who asked to be erased is not closed or set aside away.
    """
    going_on = row.state in ("open", "case")
    if going_on and row.danger:
        return Need.DANGER
    if row.erase_asked is not None:
        return Need.ERASE
    if not going_on:
        return None
    if is_silent(row, now):
        return silence(missed)
    if row.due is not None and row.due < now:
        return Need.LATE
    if is_new(row):
        return Need.NEW
    due_today = row.due is not None and row.due < tomorrow
    return Need.TODAY if due_today or may_become_case(row) else None


def is_silent(row: ConversationRow, now: int) -> bool:
    """Whether an agreed check-in has passed without a word."""
    return row.check_in_due is not None and row.check_in_due < now


def silence(missed: int) -> Need:
    """How much a silence weighs: a line may be cut once; from the second check-in missed on it comes after danger."""
    return Need.LONG_SILENT if missed > 1 else Need.SILENT


def is_new(row: ConversationRow) -> bool:
    """Whether the first message was never answered: it waits since the conversation began."""
    return row.waiting_since is not None and row.waiting_since - row.began < MINUTE


def may_become_case(row: ConversationRow) -> bool:
    """Whether the person agreed to be served and no case is open yet."""
    return row.state == "open" and row.consent and row.cover is None


def order(row: ConversationRow, need: Need, missed: int = 1) -> tuple[int, int, int, str]:
    """What rows sort by: danger, a wish to be erased, silence, lateness; within each what has been due longest, of the
    long silent who missed most.
    """
    if need in (Need.LONG_SILENT, Need.SILENT):
        return need, *order_of_silence(row, missed)
    if need is Need.ERASE:
        return need, 0, row.erase_asked or row.last_word, row.reference
    return need, 0, row.due if row.due is not None else row.last_word + 2**60, row.reference


def order_of_silence(row: ConversationRow, missed: int) -> tuple[int, int, str]:
    """What those who check in sort by: who missed most, then who was expected first."""
    return -missed, row.check_in_due or 0, row.reference


def is_put_off(state: Conversation, now: int) -> bool:
    """Whether intake put it off to a later time, the person has not written since, and nobody is in danger."""
    until = [value for value in state.values("later") if isinstance(value, int)]
    if not until or min(until) <= now or state.danger:
        return False
    put_off = max(s.time for s in state.said if isinstance(s.document, Triage) and s.document.later)
    return not any(s.by_person and s.counts and s.kind in SPOKEN and s.time > put_off for s in state.said)


def times_missed(state: Conversation, now: int) -> int:
    """How many agreed check-ins have passed without a word."""
    return deadlines.times_missed(state.agreement.values, state.next_check_in, now)


def next_day(now: datetime) -> datetime:
    """The midnight after `now`, where `now` is."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def by_week(began: Iterable[int], now: datetime) -> list[tuple[datetime, int]]:
    """How many of these moments (milliseconds) fall into each of the last twelve weeks, oldest first."""
    starts = [now - WEEK * n for n in range(WEEKS, 0, -1)]
    counts = [0] * WEEKS
    for moment in began:
        week = (moment / 1000 - starts[0].timestamp()) // WEEK.total_seconds()
        if 0 <= week < WEEKS:
            counts[int(week)] += 1
    return list(zip(starts, counts, strict=True))


class Stop(Enum):
    """Why no case may be opened."""

    UNDER_18 = "under 18"
    AGE_UNKNOWN = "age unknown"
    NO_CONSENT = "no consent"
    OPEN_ALREADY = "open already"


def stop_before_case(state: Conversation) -> Stop | None:
    """Why no case may be opened on this conversation, or None. Being under 18 comes before all else."""
    if state.adult is False:
        return Stop.UNDER_18
    if state.cover:
        return Stop.OPEN_ALREADY
    if not state.agreed("service"):
        return Stop.NO_CONSENT
    return Stop.AGE_UNKNOWN if state.adult is None else None


def may_let_count(told: Told, me: bytes) -> bool:
    """Whether a holder may let a late entry count: somebody else's, and no word about who holds the folder."""
    about_holding = told.opened.kind in (COUNTERSIGN, HANDED_OVER)
    return not told.counts and not told.by_owner and not about_holding and told.opened.author != me


def colleagues(active: Sequence[Member], readers: Sequence[Member]) -> list[Member]:
    """Who may take over: active members of intake who do not read it yet."""
    held = {member.id for member in readers}
    return [m for m in active if m.active and Seat.INTAKE in m.seats and m.id not in held]


def after_handing_over(readers: Sequence[Member], me: bytes, to: Member) -> list[Member]:
    """Who reads after I hand over: the others stay, and `to` comes in my place."""
    return [member for member in readers if member.id != me and member.active] + [to]
