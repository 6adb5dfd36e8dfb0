"""What happened to a case in screening, as the part `timeline` shows it. Nothing here decides or writes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from banyan.cases.folders.cover import Case
from banyan.desks.screening import codes
from banyan.folders.membership import Roster


@dataclass(frozen=True)
class Event:
    """An item as the part `timeline` takes it."""

    when: datetime
    title: str
    who: str
    detail: str = ""
    tone: str = "quiet"
    late: bool = False


def events(case: Case, roster: Roster, me: bytes) -> list[Event]:
    """The moves of a case, who signed first and what two signed, the oldest first."""
    shown = []
    for one in case.proposals:
        if one.statement.act in codes.ACTS:
            title = gettext("Signed first: %(act)s") % {"act": codes.ACTS[one.statement.act]}
            shown.append(_event(one.time, title, _who((one.signature.member,), roster, me)))
    for done in case.done:
        if done.statement.act in codes.ACTS:
            title = gettext("Signed by two: %(act)s") % {"act": codes.ACTS[done.statement.act]}
            shown.append(_event(done.time, title, _who(tuple(done.signers), roster, me), tone="leaf"))
    for stage, time, author, reason in case.moves:
        title = gettext("Went to “%(stage)s”") % {"stage": codes.STAGES[stage]}
        shown.append(_event(time, title, _who((author,), roster, me), codes.reason(reason) if reason else ""))
    return sorted(shown, key=lambda one: one.when)


def _event(time: int, title: str, who: str, detail: str = "", tone: str = "quiet") -> Event:
    return Event(codes.moment(time), title, who, detail, tone)


def _who(ids: tuple[bytes, ...], roster: Roster, me: bytes) -> str:
    members = roster.members
    said = [
        gettext("you") if one == me else members[one].name if one in members else gettext("somebody unknown")
        for one in ids
    ]
    return ", ".join(sorted(said))
