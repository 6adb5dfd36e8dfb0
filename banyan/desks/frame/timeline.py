"""What happened, as the part `timeline` shows it: an item, and the moves of a case, which every desk tells alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from banyan.cases.folders.cover import Case
from banyan.cases.stages import Stage
from banyan.desks.frame.codes import ACTS, STAGES, STAYS, moment
from banyan.desks.frame.words import who
from banyan.folders.membership import Roster


@dataclass(frozen=True)
class Event:
    """An item as the part `timeline` takes it."""

    when: datetime
    title: str
    who: str = ""
    detail: str = ""
    tone: str = "quiet"
    late: bool = False


def moves(case: Case, roster: Roster, me: bytes, says: Callable[[str], str] | None = None) -> list[Event]:
    """Where a case went and who moved it, and what was signed first and taken back; `says` gives a reason in words, but
    for why somebody stays inside, which every desk says alike.
    """
    taken = [
        Event(moment(time), gettext("Taken back: %(act)s") % {"act": ACTS[one.statement.act]},
              who(roster, me, one.signature.member), gettext("It can be signed no more."), "sun")
        for _name, time, one in case.taken_back
    ]  # fmt: skip
    return taken + [
        Event(moment(time), str(STAGES[stage]), who(roster, me, author), _why(stage, reason, says), "leaf")
        for stage, time, author, reason in case.moves
    ]


def _why(stage: Stage, reason: str, says: Callable[[str], str] | None) -> str:
    if says is None or not reason:
        return ""
    return str(STAYS[reason]) if stage is Stage.WAITING and reason in STAYS else says(reason)
