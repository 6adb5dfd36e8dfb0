"""What happened, as the part `timeline` shows it: an item, and the moves of a case, which every desk tells alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from banyan.cases.folders.cover import Case
from banyan.desks.frame.codes import STAGES, moment
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
    """Where a case went and who moved it, oldest first; `says` gives a reason in words."""
    return [
        Event(moment(time), str(STAGES[stage]), who(roster, me, author), says(reason) if says else "", "leaf")
        for stage, time, author, reason in case.moves
    ]
