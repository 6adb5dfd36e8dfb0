"""What the pages of passage say of legs, to their planner and to their guide. Nothing here decides or writes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from banyan.cases.folders.leg import LegState
from banyan.cases.reference import reference_of
from banyan.desks import frame
from banyan.desks.frame import Line, slug_of
from banyan.desks.passage import codes, rules, words
from banyan.desks.passage.rules import HeldLeg
from banyan.folders.membership import Roster


def leg_line(one: HeldLeg, roster: Roster, now: datetime) -> Line:
    """A leg as a row for its planner."""
    guide = roster.members.get(one.leg.guide)
    starts, last = one.starts, one.state.said[-1][2] if one.state and one.state.said else None
    facts = [frame.exact(starts, now) if starts else "", last.words if last else ""]
    return Line(
        reference=gettext("Leg %(nth)s") % {"nth": frame.number(one.leg.nth)},
        what=guide.name if guide else gettext("somebody unknown"),
        tag=str(codes.LEGS[one.stands]), tone=codes.LEG_TONES.get(one.stands, "quiet"), action=gettext("Open"),
        url=reverse("passage:leg", args=[slug_of(one.leg.folder)]) if one.state else "",
        detail=" · ".join(filter(None, facts)), main=one.stands == "trouble",
    )  # fmt: skip


def guides_title(legs: list[LegState], now: datetime) -> str:
    """A guide's legs in a sentence."""
    off = sum(told_off(leg, now) for leg in legs)
    if off:
        said = ngettext("One leg was called off: do not go", "%(count)s legs were called off: do not go", off)
        return said % {"count": frame.number(off)}
    asked = sum(leg.state == "asked" for leg in legs)
    going = sum(leg.state not in rules.ENDED for leg in legs)
    if asked:
        return ngettext("One leg waits for your answer", "%(count)s legs wait for your answer", asked) % {
            "count": frame.number(asked)
        }
    if going:
        return ngettext("You have one leg to go", "You have %(count)s legs to go", going) % {
            "count": frame.number(going)
        }
    return gettext("No leg waits for you")


def told_off(leg: LegState, now: datetime) -> bool:
    """Whether a guide who had accepted a leg must still read that it was called off."""
    return rules.told_off(leg, int(now.timestamp() * 1000))


def my_leg(leg: LegState, now: datetime) -> Line:
    """A leg as a row for its guide."""
    starts, asked, off = rules.starts_of(leg), leg.state == "asked", told_off(leg, now)
    tone = "alarm" if off else "sun" if asked else codes.LEG_TONES.get(leg.state, "quiet")
    facts = words.fields({key: codes.WAY[key] for key in ("means", "people")}, leg.fields)
    return Line(
        reference=reference_of(leg.folder), what=frame.exact(starts, now) if starts else "",
        tag=str(codes.LEGS[leg.state]), tone=tone,
        action=gettext("Answer") if asked else gettext("Open"), main=asked or off,
        url=reverse("passage:my_leg", args=[slug_of(leg.folder)]),
        detail=" · ".join(f"{name}: {value}" for name, value, _two in facts),
    )  # fmt: skip
