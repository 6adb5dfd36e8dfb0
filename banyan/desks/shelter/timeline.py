"""What happened to a household, as the part `timeline` shows it. Nothing here decides or writes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from banyan.cases.desk import Desk
from banyan.cases.folders.placement import Asked, Left, Placed
from banyan.cases.folders.reading import counting
from banyan.desks.shelter import codes, words
from banyan.desks.shelter.rules import Household
from banyan.folders.history import History
from banyan.sealing.format import Record

SHOWN: dict[str, type[Record]] = {"asked": Asked, "placed": Placed, "left": Left}


@dataclass(frozen=True)
class Event:
    """An item as the part takes it."""

    when: datetime
    title: str
    who: str
    detail: str = ""
    tone: str = "quiet"


def events(desk: Desk, found: Household) -> list[Event]:
    """Stages, requests and notes of a case, the newest first."""
    case = found.case
    shown = [
        Event(codes.moment(time), str(codes.STAGES[stage]), _name(desk, author), tone="leaf")
        for stage, time, author, _reason in case.moves
    ]
    shown += [
        Event(codes.moment(time), gettext("Note"), _name(desk, author), text)
        for _entry, time, author, text in case.notes
    ]
    for folder in found.folders:
        history = desk.history(folder)
        shown += _of_placement(desk, found, history) if history else []
    return sorted(shown, key=lambda event: event.when, reverse=True)


def _of_placement(desk: Desk, found: Household, history: History) -> list[Event]:
    events_ = []
    for told, document in counting(history, SHOWN):
        bed = found.bed(document.key) if isinstance(document, Asked | Placed | Left) else None
        if bed is None:
            continue
        title = gettext("Beds asked for")
        if isinstance(document, Placed):
            title = gettext("They came to the house")
        elif isinstance(document, Left):
            title = str(words.ENDS[document.why])
        entry = told.opened.entry
        events_.append(
            Event(codes.moment(entry.time), title, _name(desk, told.opened.author), codes.name_of(bed.house))
        )
    return events_


def _name(desk: Desk, ident: bytes) -> str:
    if ident == desk.keys.id:
        return gettext("you")
    member = desk.roster.members.get(ident)
    return member.name if member else ""
