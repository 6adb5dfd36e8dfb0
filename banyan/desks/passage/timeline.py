"""What happened on a way, as the part `timeline` shows it. Nothing here decides or writes."""

from django.utils.translation import gettext

from banyan.cases.folders.leg import LegState
from banyan.desks import frame
from banyan.desks.frame import Event
from banyan.desks.passage import codes, words
from banyan.desks.passage.rules import Way
from banyan.folders.membership import Roster


def happened(way: Way, roster: Roster, me: bytes) -> list[Event]:
    """What happened in passage, oldest first."""
    events = frame.moves(way.case, roster, me, lambda _reason: "")
    events += [
        Event(frame.moment(done.time), gettext("Go signed by two"), words.signers(done, roster), "", "leaf")
        for done in way.case.done
        if done.statement.act == "go"
    ]
    events += [
        Event(frame.moment(time), gettext("Halted"), "", frame.halted_for(reason), "alarm")
        for _entry, time, reason in way.case.halted
    ]
    for time, word in way.passage.words if way.passage else ():
        tone = codes.WORD_TONES[word.how]
        events.append(Event(frame.moment(time), str(codes.WORDS[word.how]), gettext("the person"), "", tone))
    for one in way.legs:
        events += said(one.state, roster, me, one.leg.nth) if one.state else []
    return sorted(events, key=lambda event: event.when)


def said(leg: LegState, roster: Roster, me: bytes, nth: int = 0) -> list[Event]:
    """What the guide said of a leg."""
    prefix = gettext("Leg %(nth)s") % {"nth": frame.number(nth)} + ": " if nth else ""
    return [
        Event(frame.moment(time), f"{prefix}{codes.LEGS[one.how]}", frame.who(roster, me, author), one.words,
              codes.LEG_TONES.get(one.how, "quiet"))
        for time, author, one in leg.said
    ]  # fmt: skip
