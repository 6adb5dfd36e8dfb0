"""What happened to a household, as the part `timeline` shows it. Nothing here decides or writes."""

from django.utils.translation import gettext

from banyan.cases.desk import Desk
from banyan.cases.folders.placement import Asked, Left, Placed
from banyan.cases.folders.reading import counting
from banyan.desks import frame
from banyan.desks.frame import Event
from banyan.desks.shelter import codes, words
from banyan.desks.shelter.rules import Household
from banyan.folders.history import History
from banyan.sealing.format import Record

SHOWN: dict[str, type[Record]] = {"asked": Asked, "placed": Placed, "left": Left}


def events(desk: Desk, found: Household) -> list[Event]:
    """Stages, requests and notes of a case, the oldest first."""
    case, roster, me = found.case, desk.roster, desk.keys.id
    shown = frame.moves(case, roster, me)
    shown += [
        Event(frame.moment(time), gettext("Note"), frame.who(roster, me, author), text)
        for _entry, time, author, text in case.notes
    ]
    for folder in found.folders:
        history = desk.history(folder)
        shown += _of_placement(desk, found, history) if history else []
    return sorted(shown, key=lambda event: event.when)


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
        when, who = (
            frame.moment(told.opened.entry.time),
            frame.who(desk.roster, desk.keys.id, told.opened.author),
        )
        events_.append(Event(when, title, who, codes.name_of(bed.house)))
    return events_
