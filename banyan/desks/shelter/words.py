"""What the pages of shelter say of a state: titles, rows, facts, warnings. Nothing here decides or writes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.cover import Case
from banyan.cases.reference import reference_of
from banyan.cases.stages import Stage
from banyan.desks.frame import Line, in_words, moment, needs, number, slug_of, stages
from banyan.desks.shelter import rules
from banyan.desks.shelter.codes import FIELDS, STANDS, name_of, people, region
from banyan.desks.shelter.rules import Bed, Household, Need, Stands, Stop
from banyan.folders.seats import Seat
from banyan.language import times

NEXT = {
    Stage.REINTEGRATION: (_("On to reintegration"),
        _("Reintegration: they learn, work or study, and need the house and the money less and less.")),
    Stage.FOLLOW_UP: (_("On to follow-up"),
        _("Follow-up: they live by their own means. You ask now and then how they are, until the case is closed.")),
}  # fmt: skip
SEATS = {
    Seat.ENTERING: _("who enters payments"), Seat.APPROVING: _("who approves them"), Seat.PAYING: _("who pays them out")
}  # fmt: skip
ENDS = {
    "moved": _("Moved to another house"), "own_place": _("Left for a place of their own"), "left": _("Left"),
    "withdrawn": _("Request withdrawn"), "refused": _("The keeper had no room"),
}  # fmt: skip


def title(count: int) -> str:
    """The state of the world in a sentence."""
    if count == 0:
        return gettext("Nothing is due before tomorrow")
    said = ngettext("One thing waits for you", "%(count)s things wait for you", count)
    return said % {"count": in_words(count)}


def households_title(count: int) -> str:
    """How many households there are, in a sentence."""
    if not count:
        return gettext("No household is with you yet")
    return ngettext("One household is with you", "%(count)s households are with you", count) % {
        "count": number(count)
    }


def later(count: int) -> str:
    """How many can wait."""
    said = ngettext(
        "%(count)s household has nothing due before tomorrow.",
        "%(count)s households have nothing due before tomorrow.", count,
    )  # fmt: skip
    return said % {"count": number(count)} if count else gettext("Nothing waits for another day.")


# Households


def line(found: Household, need: Need | None, now: datetime) -> Line:
    """A household as one row."""
    tag, tone, what, action = _said(found, need, now)
    case = found.case
    facts = [people(found.people) if found.people else "", needs(case.one("needs"))]
    if found.lives:
        facts.append(", ".join(name_of(bed.house) for bed in found.lives))
    if case.stage is Stage.PASSAGE and found.arriving:
        facts.append(region(max(found.arriving)[1].region))
    return Line(
        weight=need if need is not None else 99, reference=case.reference, what=what,
        detail=" · ".join(filter(None, facts)), tag=tag, tone=tone, action=action,
        url=reverse("shelter:case", args=[slug_of(case.folder)]), main=need in (Need.CONFLICT, Need.NO_BED),
    )  # fmt: skip


def _said(found: Household, need: Need | None, now: datetime) -> tuple[str, str, str, str]:
    """Of a household: its state in a word, the tone, what happened, one thing to do."""
    opened = gettext("Open")
    if need is Need.ARRIVES:
        due = moment(rules.due_of(found) or 0)
        tone = "sun" if times.is_late(due, now) else "sky"
        return times.due(due, now), tone, gettext("is on the way here"), opened
    two = gettext("has two houses at once") if found.conflict else gettext("stands in two stages at once")
    said = {
        Need.CONFLICT: (gettext("Choose"), "alarm", two, gettext("Choose one")),
        Need.HALF: (
            gettext("Unfinished"),
            "alarm",
            gettext("has something unfinished"),
            gettext("Finish it"),
        ),
        Need.NO_BED: (gettext("No bed"), "sun", gettext("arrived and has no bed yet"), gettext("Find a bed")),
        Need.REFUSED: (
            gettext("Refused"),
            "sun",
            gettext("was refused by a keeper"),
            gettext("Ask another house"),
        ),
        Need.READY: (gettext("Confirmed"), "leaf", gettext("has beds ready: are they there?"), opened),
        Need.BEGIN: (
            gettext("On the way"),
            "sky",
            gettext("may come: begin the placement"),
            gettext("Begin"),
        ),
        Need.ENDED: (
            gettext("Ended"),
            "sun",
            gettext("has ended, and still has beds"),
            gettext("Free the beds"),
        ),
        Need.NO_MONEY: (gettext("Nobody"), "sun", gettext("has nobody for all of the money"), opened),
    }
    if need is not None:
        return said[need]
    what = gettext("lives in a house") if found.lives else gettext("waits for a keeper") if found.asks else ""
    return stages(found.case.stages), "quiet", what, opened


def headline(found: Household, need: Need | None, *, mine: bool) -> str:
    """A case's state in a sentence."""
    ref = {"ref": found.case.reference}
    if not mine:
        return gettext("%(ref)s has left this desk") % ref
    said = {
        Need.CONFLICT: gettext("%(ref)s has two answers at once: choose one"),
        Need.HALF: gettext("%(ref)s has something unfinished"),
        Need.NO_BED: gettext("%(ref)s has no bed yet"),
        Need.REFUSED: gettext("%(ref)s needs another house"),
        Need.READY: gettext("Beds are ready for %(ref)s"),
        Need.BEGIN: gettext("%(ref)s may come"),
        Need.ARRIVES: gettext("%(ref)s is expected"),
        Need.ENDED: gettext("%(ref)s has ended, and still has beds"),
        Need.NO_MONEY: gettext("%(ref)s has nobody for all of the money"),
    }
    if need is not None:
        return said[need] % ref
    if found.lives:
        return gettext("%(ref)s lives in %(house)s") % {**ref, "house": name_of(found.lives[0].house)}
    if found.asks:
        return gettext("%(ref)s waits for a keeper") % ref
    if found.case.stage is Stage.PASSAGE:
        return gettext("%(ref)s is not here yet") % ref
    return gettext("%(ref)s lives in no house of ours") % ref


def facts(case: Case) -> list[tuple[str, str, bool]]:
    """What the cover says, and whether two stand at once."""
    found = [(gettext("Stage"), stages(case.stages), len(case.stages) > 1)]
    for key in ("adults", "children", "needs"):
        register = case.fields.get(key)
        values = [needs(one) or gettext("none") if key == "needs" else number(int(str(one)))
                  for one in (register.values if register else ())]  # fmt: skip
        found.append((str(FIELDS[key]), " / ".join(values), len(values) > 1))
    return found


def stopped(stop: Stop | None) -> str:
    """Why there is no bed for a case now; or nothing."""
    said = {
        Stop.STAGE: gettext("This case is not in reception: its arrival is not confirmed, or it has ended."),
        Stop.NO_GO: gettext("Two have to sign that this person may come, and no such signature stands now."),
        Stop.TWO_STAGES: gettext("Two set different stages at once. Choose one of them first."),
    }
    return said[stop] if stop else ""


def halted(case: Case, now: datetime) -> str:
    """That somebody stopped the way while the arrival was confirmed; or nothing."""
    if case.stopped_unheard is None:
        return ""
    said = gettext(
        "Somebody stopped the way %(time)s, while their arrival was confirmed. They need a bed all the same."
        " Ask intake what happened."
    )
    return said % {"time": times.exact(moment(case.stopped_unheard[0]), now)}


def arriving(found: Household, now: datetime) -> str:
    """When they are expected and roughly where, as it was said last; or nothing."""
    if not found.arriving:
        return ""
    said = max(found.arriving, key=lambda one: one[0])[1]
    parts = (times.exact(moment(said.due), now), region(said.region) if said.region else "", said.words)
    return " · ".join(filter(None, parts))


def bed_line(bed: Bed) -> dict[str, object]:
    """A request for beds as a row and what may be done with it."""
    tag, tone, what = STANDS[bed.stands]
    if bed.placed and bed.stands is Stands.CONFIRMED:
        tag, tone, what = _("Lives here"), "leaf", _("is where they live")
    elif bed.placed and bed.half:
        tag, tone = _("Unfinished"), "alarm"
    name, known = name_of(bed.house), gettext("request %(ref)s") % {"ref": reference_of(bed.asked.key)}
    return {
        "key": bed.asked.key.hex(), "reference": name or gettext("A house"), "what": str(what),
        "detail": f"{people(bed.asked.people)} · {known}", "tag": str(tag), "tone": tone, "placed": bed.placed,
        "stands": bed.stands.value, "half": bed.half, "slug": slug_of(bed.asked.shelter) if bed.house else "",
    }  # fmt: skip


def nobody_for(case: Case) -> str:
    """Which seats for money nobody has on a case that was received; or nothing."""
    if case.stage is not Stage.SUPPORT:
        return ""
    return ", ".join(str(SEATS[seat]) for seat in rules.MONEY if not case.seated(seat))


def next_stage(to: Stage | None) -> tuple[str, str, str] | None:
    """The stage that comes next: its code, the button and what it means."""
    return (to.value, str(NEXT[to][0]), str(NEXT[to][1])) if to else None
