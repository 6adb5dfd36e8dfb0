"""What happened to a case in screening, as the part `timeline` shows it. Nothing here decides or writes."""

from django.utils.translation import gettext

from banyan.cases.folders.cover import Case
from banyan.desks import frame
from banyan.desks.frame import Event
from banyan.desks.screening import codes
from banyan.folders.membership import Roster


def events(case: Case, roster: Roster, me: bytes) -> list[Event]:
    """The moves of a case, who signed first and what two signed, the oldest first."""
    shown = []
    for one in case.proposals:
        if one.statement.act in codes.ACTS:
            title = gettext("Signed first: %(act)s") % {"act": codes.ACTS[one.statement.act]}
            shown.append(Event(frame.moment(one.time), title, frame.who(roster, me, one.signature.member)))
    for done in case.done:
        if done.statement.act in codes.ACTS:
            title = gettext("Signed by two: %(act)s") % {"act": codes.ACTS[done.statement.act]}
            names = frame.who(roster, me, *sorted(done.signers))
            shown.append(Event(frame.moment(done.time), title, names, tone="leaf"))
    shown += frame.moves(case, roster, me, codes.reason)
    return sorted(shown, key=lambda one: one.when)
