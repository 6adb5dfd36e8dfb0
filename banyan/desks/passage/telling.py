"""What the pages say of legs, and of what happened on a way. Nothing here decides or writes."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from banyan.cases.folders.leg import LegState
from banyan.cases.reference import reference_of
from banyan.desks.frame import slug_of
from banyan.desks.passage import codes, rules, words
from banyan.desks.passage.rules import HeldLeg, Way
from banyan.folders.membership import Roster


def leg_line(one: HeldLeg, roster: Roster, now: datetime) -> words.Line:
    """A leg as a row for its planner."""
    guide = roster.members.get(one.leg.guide)
    starts, last = one.starts, one.state.said[-1][2] if one.state and one.state.said else None
    facts = [codes.exact(starts, now) if starts else "", last.words if last else ""]
    return words.Line(
        reference=gettext("Leg %(nth)s") % {"nth": codes.number(one.leg.nth)},
        what=guide.name if guide else gettext("somebody unknown"),
        tag=str(codes.LEGS[one.stands]), tone=codes.LEG_TONES.get(one.stands, "quiet"), action=gettext("Open"),
        url=reverse("passage:leg", args=[slug_of(one.leg.folder)]) if one.state else "",
        detail=" · ".join(filter(None, facts)), main=one.stands == "trouble",
    )  # fmt: skip


def guides_title(legs: list[LegState]) -> str:
    """A guide's legs in a sentence."""
    asked = sum(leg.state == "asked" for leg in legs)
    going = sum(leg.state not in rules.ENDED for leg in legs)
    if asked:
        return ngettext("One leg waits for your answer", "%(count)s legs wait for your answer", asked) % {
            "count": codes.number(asked)
        }
    if going:
        return ngettext("You have one leg to go", "You have %(count)s legs to go", going) % {
            "count": codes.number(going)
        }
    return gettext("No leg waits for you")


def my_leg(leg: LegState, now: datetime) -> words.Line:
    """A leg as a row for its guide."""
    starts, asked = rules.starts_of(leg), leg.state == "asked"
    facts = words.fields({key: codes.WAY[key] for key in ("means", "people")}, leg.fields)
    return words.Line(
        reference=reference_of(leg.folder), what=codes.exact(starts, now) if starts else "",
        tag=str(codes.LEGS[leg.state]), tone="sun" if asked else codes.LEG_TONES.get(leg.state, "quiet"),
        action=gettext("Answer") if asked else gettext("Open"), main=asked,
        url=reverse("passage:my_leg", args=[slug_of(leg.folder)]),
        detail=" · ".join(f"{name}: {value}" for name, value, _two in facts),
    )  # fmt: skip


@dataclass(frozen=True)
class Event:
    """An item as the part `timeline` takes it."""

    when: datetime
    title: str
    who: str = ""
    detail: str = ""
    tone: str = "quiet"


def happened(way: Way, roster: Roster, me: bytes) -> list[Event]:
    """What happened in passage, oldest first."""
    events = [
        Event(codes.moment(time), str(codes.STAGES[stage]), name(roster, author, me),
              str(codes.STAYS.get(reason, "")) if stage == "waiting" else "")
        for stage, time, author, reason in way.case.moves
    ]  # fmt: skip
    events += [
        Event(codes.moment(done.time), gettext("Go signed by two"), words.signers(done, roster), "", "leaf")
        for done in way.case.done
        if done.statement.act == "go"
    ]
    events += [
        Event(codes.moment(time), gettext("Halted"), "", str(codes.HALTS.get(reason, reason)), "alarm")
        for _entry, time, reason in way.case.halted
    ]
    for time, word in way.passage.words if way.passage else ():
        tone = codes.WORD_TONES[word.how]
        events.append(Event(codes.moment(time), str(codes.WORDS[word.how]), gettext("the person"), "", tone))
    for one in way.legs:
        events += said(one.state, roster, me, one.leg.nth) if one.state else []
    return sorted(events, key=lambda event: event.when)


def said(leg: LegState, roster: Roster, me: bytes, nth: int = 0) -> list[Event]:
    """What the guide said of a leg."""
    prefix = gettext("Leg %(nth)s") % {"nth": codes.number(nth)} + ": " if nth else ""
    return [
        Event(codes.moment(time), f"{prefix}{codes.LEGS[one.how]}", name(roster, author, me), one.words,
              codes.LEG_TONES.get(one.how, "quiet"))
        for time, author, one in leg.said
    ]  # fmt: skip


def name(roster: Roster, ident: bytes, me: bytes) -> str:
    """A member's pseudonym, or you."""
    member = roster.members.get(ident)
    return gettext("you") if ident == me else member.name if member else gettext("somebody unknown")
