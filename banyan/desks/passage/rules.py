"""Pure decisions of passage: what comes first, what may be done. No request, no database, no words for pages."""

from dataclasses import dataclass
from enum import Enum, IntEnum

from banyan.cases.acts import Statement
from banyan.cases.deadlines import HOUR
from banyan.cases.folders.cover import Case, Waiting
from banyan.cases.folders.leg import LegState
from banyan.cases.folders.passage import Leg, Passage
from banyan.cases.stages import ARRIVED, Stage
from banyan.folders.seats import Seat

DAY = 24 * HOUR
MUST_SAY = ("first_step", "if_silent", "call_off", "region")  # without these a plan is not whole
MOST_RESTS = 8  # names on which a statement may rest
ENDED = ("off", "done")
TOLD_OFF = 2 * DAY  # so long after its start a leg that was called off stands first for its guide
# What a guide may say next, by where the leg stands.
GUIDE_MAY: dict[str, tuple[str, ...]] = {
    "asked": ("accepted", "declined"),
    "accepted": ("met", "trouble", "declined"),
    "met": ("done", "trouble"),
    "trouble": ("met", "done", "declined"),
    "declined": ("accepted",),
    "done": ("trouble",),
}


@dataclass(frozen=True)
class HeldLeg:
    """A leg as the passage names it, and its state where this desk holds it."""

    leg: Leg
    state: LegState | None

    @property
    def stands(self) -> str:
        """asked, accepted, declined, met, done, trouble, off; or nothing where this desk does not hold it."""
        return self.state.state if self.state else ""

    @property
    def starts(self) -> int | None:
        """When it starts (milliseconds); of two values at once the earlier."""
        return starts_of(self.state) if self.state else None


@dataclass(frozen=True)
class Way:
    """One case as this desk knows it: its cover, and where it holds them the passage and the legs, by number."""

    case: Case
    passage: Passage | None = None
    legs: tuple[HeldLeg, ...] = ()

    @property
    def going(self) -> tuple[HeldLeg, ...]:
        """The legs that have neither ended nor been called off."""
        return tuple(one for one in self.legs if one.stands not in ENDED)


class Need(IntEnum):
    """Why a case stands on today's list; the lower, the sooner. From `WAITS` on nothing is asked of the planner."""

    STOPPED = 0
    LONG_SILENT = 1
    NOT_OK = 2
    TROUBLE = 3
    STOP = 4
    SILENT = 5
    SETTLE = 6
    HALF = 7
    ARRIVED = 8
    LEG = 9
    CHANGED = 10
    NO_PLAN = 11
    NO_ANSWER = 12
    SAID_NO = 13
    READY = 14
    WAITS = 15
    ON_WAY = 16
    ELSEWHERE = 17
    INSIDE = 18


def need_of(way: Way, now: int) -> Need | None:
    """Why a case is listed, or None where passage has nothing to do with it now."""
    case = way.case
    if stopped(way, now):
        return Need.STOPPED
    if len(case.stages) > 1:
        return Need.SETTLE
    if case.stage is not Stage.PASSAGE:
        return {Stage.RECEPTION: Need.HALF, Stage.WAITING: Need.INSIDE}.get(case.stage or Stage.CLOSED)
    if way.passage is None:
        return Need.ELSEWHERE if case.part("passage") else Need.NO_PLAN
    return _urgent(way, way.passage, now) or _next_step(way, way.passage, now)


def _urgent(way: Way, passage: Passage, now: int) -> Need | None:
    """What happens on the way."""
    silent, last = passage.missed(now), passage.last_word
    if silent > 1:
        return Need.LONG_SILENT
    if last and last[1].how == "not_ok":
        return Need.NOT_OK
    if any(one.stands == "trouble" for one in way.legs):
        return Need.TROUBLE
    if way.case.says is False and (way.case.standing("go") or waiting_go(way.case, now)):
        return Need.STOP
    if silent:
        return Need.SILENT
    if arrival_said(way):
        return Need.ARRIVED
    return Need.LEG if any(leg_waits(one, now) for one in way.going) else None


def _next_step(way: Way, passage: Passage, now: int) -> Need:
    """What has to be done before somebody goes."""
    if way.case.standing("go"):
        return Need.CHANGED if stop_before_go(way, now) is None else Need.ON_WAY
    waits = waiting_go(way.case, now)
    if waits:
        return Need.CHANGED if outdated(waits.statement, passage) else Need.WAITS
    if lacks(passage) or conflicts(passage):
        return Need.NO_PLAN
    return {None: Need.NO_ANSWER, False: Need.SAID_NO, True: Need.READY}[way.case.says]


def order(way: Way, need: Need, now: int) -> tuple[int, int, int, str]:
    """What rows sort by: why, then who missed most, then what has waited longest or is due first."""
    missed = way.passage.missed(now) if way.passage else 0
    due = way.passage.due if way.passage and need is Need.ON_WAY else None
    return need, -missed, due if due is not None else way.case.changed, way.case.reference


# Word from the way


def arrival_said(way: Way) -> str:
    """Who said that they have arrived: "person", "guide" of the last leg, or nobody ("")."""
    last = way.passage.last_word if way.passage else None
    if last and last[1].how == "arrived":
        return "person"
    legs = [one for one in way.legs if one.stands != "off"]
    end = max((one.leg.nth for one in legs), default=0)
    return "guide" if legs and all(one.stands == "done" for one in legs if one.leg.nth == end) else ""


def starts_of(leg: LegState) -> int | None:
    """When a leg starts (milliseconds); of two values at once the earlier."""
    register = leg.fields.get("starts")
    return min((one for one in register.values if isinstance(one, int)), default=None) if register else None


def told_off(leg: LegState, now: int) -> bool:
    """Whether a guide who had accepted a leg must still read that it was called off."""
    starts = starts_of(leg)
    taken = any(how in ("accepted", "met", "trouble") for how in leg.said_.values)
    return leg.off and taken and (starts is None or now < starts + TOLD_OFF)


def leg_waits(one: HeldLeg, now: int) -> bool:
    """Whether a planner must see to a leg: its guide declined, or has not accepted and it starts within a day."""
    soon = one.starts is None or one.starts - now < DAY
    return one.stands == "declined" or (one.stands == "asked" and soon)


# A way that goes on no more


def against(case: Case) -> tuple[bytes, ...]:
    """The names of the last move and the last halts of a case: whoever gives a leg says which of them they know."""
    return tuple(sorted({*(name for name, _ in case.stage_.standing), *case.halts.values}))


def stopped(way: Way, now: int) -> bool:
    """Whether guides have legs that go on while the way does not: the case left passage and did not arrive; or it was
    halted, or left passage and came back, after a leg was given, and no go was proposed or signed since.
    """
    held = [one for one in way.going if one.state]
    if any(stage not in ARRIVED and stage is not Stage.PASSAGE for stage in way.case.stages):
        return bool(held)
    if way.case.stage is not Stage.PASSAGE or way.case.standing("go") or waiting_go(way.case, now):
        return False
    marks = set(against(way.case))
    return any(not marks <= set(one.leg.knows) for one in held)


# The plan, and the go


def lacks(passage: Passage) -> tuple[str, ...]:
    """What the plan must say and does not say yet."""
    return tuple(key for key in MUST_SAY if key not in conflicts(passage) and not passage.one(key))


def conflicts(passage: Passage) -> tuple[str, ...]:
    """The fields of the plan that two set to different values at once."""
    return tuple(key for key, register in passage.fields.items() if register.conflict)


def waiting_go(case: Case, now: int) -> Waiting | None:
    """The newest go that waits for its second signature."""
    return next((one for one in reversed(case.waiting(now)) if one.statement.act == "go"), None)


def outdated(statement: Statement, passage: Passage) -> bool:
    """Whether the plan was changed after a go was proposed on it."""
    return not set(passage.plans.values) <= set(statement.rests)


class Stop(Enum):
    """Why no go may be proposed."""

    STAGE = "not in passage"
    NOT_ADMITTED = "not admitted"
    NO_PLAN = "no plan"
    LACKS = "the plan is not whole"
    CONFLICT = "two plans at once"
    NO_ANSWER = "no answer"
    SAID_NO = "said no"
    WAITS = "waits already"
    STANDS = "stands already"


def stop_before_go(way: Way, now: int) -> Stop | None:
    """Why no go may be proposed, or None. The person's no comes before what is wrong with the plan."""
    case, passage = way.case, way.passage
    if case.stage is not Stage.PASSAGE:
        return Stop.STAGE
    if case.standing("admit") is None:
        return Stop.NOT_ADMITTED
    if passage is None or not passage.plans.values:
        return Stop.NO_PLAN
    if case.says is False:
        return Stop.SAID_NO
    if conflicts(passage) or len(passage.plans.values) >= MOST_RESTS:
        return Stop.CONFLICT
    if lacks(passage):
        return Stop.LACKS
    if case.says is None:
        return Stop.NO_ANSWER
    return _go_there(way, passage, now)


def _go_there(way: Way, passage: Passage, now: int) -> Stop | None:
    done, waits = way.case.standing("go"), waiting_go(way.case, now)
    if waits and not outdated(waits.statement, passage):
        return Stop.WAITS
    return Stop.STANDS if done and not outdated(done.statement, passage) else None


# Who sits where


def plans(case: Case, member: bytes) -> bool:
    """Whether a member plans the way of this case now."""
    return case.sits(member, Seat.PLANNING)


def planned_ever(case: Case, member: bytes) -> bool:
    """Whether a member planned it at some time: what they had seen stays on their desk."""
    return any(who == member and seat is Seat.PLANNING for who, seat in case.seats_)
