"""What the pages of screening say of one case: facts, findings, proposals, what is missing. Nothing here decides."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from banyan.cases.folders.cover import Case, Waiting
from banyan.cases.stages import Stage
from banyan.desks import frame
from banyan.desks.screening import codes, name_words, rules
from banyan.desks.screening.lists import Who
from banyan.desks.screening.rules import Known, WhyNot
from banyan.desks.screening.words import why_not
from banyan.folders.membership import Member, Roster
from banyan.folders.seats import Seat


def facts(case: Case, roster: Roster) -> list[tuple[str, str]]:
    """What the cover says, and who sits on the case."""
    heads = [
        (gettext("Adults"), case.one("adults")),
        (gettext("Children"), case.one("children")),
    ]
    said = [(name, frame.number(value)) for name, value in heads if isinstance(value, int)]
    said.insert(0, (gettext("Stage"), frame.stages(case.stages)))
    if needs := frame.needs(case.one("needs")):
        said.append((gettext("Needs"), needs))
    for name, seat in (
        (gettext("Screening"), Seat.SCREENING),
        (gettext("Deciding officer"), Seat.DECIDING),
        (gettext("Intake"), Seat.INTAKE),
        (gettext("Planning the way"), Seat.PLANNING),
    ):
        who = ", ".join(sorted(names(case.seated(seat), roster)))
        if who or (seat in rules.JUDGES and case.stage in rules.STAYS):
            said.append((name, who or gettext("nobody yet")))
    return said


def names(ids: tuple[bytes, ...], roster: Roster) -> list[str]:
    """Pseudonyms."""
    return [roster.members[ident].name for ident in ids if ident in roster.members]


def missing(known: Known, roster: Roster) -> list[str]:
    """What this case lacks to go on, in sentences."""
    case, said = known.case, []
    nobody = not case.seated(Seat.PLANNING) and not roster.active(Seat.PLANNING)
    if case.stage is Stage.PASSAGE and known.seat and nobody:
        said.append(
            gettext(
                "It is admitted, and that stands. But nobody of the programme has the seat “Planning”, so nobody "
                "can take it over. Tell your office; you stay on the case until then."
            )
        )
    if case.stage is not Stage.SCREENING:
        return said
    able = {member.id for member in roster.active(Seat.SCREENING)}
    if len(able & set(case.seated(Seat.SCREENING))) != 2:
        said.append(
            gettext(
                "Two screen a case, no fewer and no more. Ask intake to change who sits on it: nobody is admitted "
                "or declined before."
            )
        )
    found = rules.verdicts(known)
    if len(set(found)) > 1 and not case.seated(Seat.DECIDING):
        said.append(
            gettext(
                "The two findings disagree, and nobody decides on this case. Ask intake to bring somebody in."
            )
        )
    return said


def lapsed(known: Known, roster: Roster) -> list[str]:
    """Proposals that nobody signed in time."""
    said = gettext("%(name)s signed “%(act)s”, and nobody signed with them in fourteen days: that lapsed.")
    return [
        said % {
            "name": name(one.signature.member, known.me, roster),
            "act": str(codes.ACTS[one.statement.act]),
        }
        for one in rules.lapsed(known)
    ]  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A proposal as a row."""

    what: str
    detail: str
    mine: bool
    may_sign: bool
    name: str


def proposals(known: Known, roster: Roster, now: datetime) -> list[Proposal]:
    """What waits for another signature; a decline first."""
    ready = {one.name for one in rules.to_sign(known)}
    return [
        Proposal(
            what=proposed(one, known.me, roster),
            detail=gettext("lapses on %(time)s") % {"time": frame.exact(one.statement.expires, now)},
            mine=one.signature.member == known.me, may_sign=one.name in ready, name=one.name.hex(),
        )
        for one in rules.waiting(known)
    ]  # fmt: skip


def proposed(one: Waiting, me: bytes, roster: Roster) -> str:
    """Who signed what, and with which reason."""
    said = gettext("%(name)s signed “%(act)s”") % {
        "name": name(one.signature.member, me, roster), "act": str(codes.ACTS[one.statement.act]),
    }  # fmt: skip
    return f"{said}: {codes.reason(one.statement.reason)}" if one.statement.reason else said


# Findings


@dataclass(frozen=True)
class Line:
    """One screener's finding in a sentence."""

    who: str
    how: str
    tone: str


def findings(known: Known, roster: Roster) -> list[Line]:
    """How far each finding is, of those who screen the case; of what was found nothing."""
    in_, both = rules.findings_in(known.case), rules.both_in(known.case)
    said = []
    for ident in sorted(known.case.seated(Seat.SCREENING), key=lambda one: (one != known.me, one)):
        if ident not in in_:
            how, tone = gettext("not written yet"), "quiet"
        elif ident in known.found and (both or ident == known.me):
            how, tone = gettext("written, and open to you"), "leaf"
        else:
            how = (
                gettext("written, and not opened yet")
                if both
                else gettext("written, and closed until both are in")
            )
            tone = "sky"
        said.append(Line(name(ident, known.me, roster), how, tone))
    return said


def compared(known: Known) -> str:
    """What two findings come to, in a sentence after the reference."""
    found = rules.verdicts(known)
    if not rules.both_in(known.case):
        said = gettext("the other finding stays closed until both are in")
    elif not found:
        said = gettext("both findings are in, and not both are open to you")
    elif len(set(found)) > 1:
        said = gettext("the two found differently")
    elif found[0] == "eligible":
        said = gettext("both found that the programme is for them")
    else:
        said = gettext("both found that the programme is not for them")
    return f"{known.case.reference}: {said}"


def why(known: Known) -> str:
    """Why this member signs nothing on two open findings, where there is something to say."""
    every = {rules.why_not(known, act) for act in codes.ACTS}
    return why_not(WhyNot.AGREED) if every == {WhyNot.AGREED} else ""


def consequence(one: Waiting, known: Known, roster: Roster) -> str:
    """What happens when a second one signs."""
    then = {
        "admit": gettext(
            "With your signature they are admitted: those who plan the way take over, and all who screened the "
            "case leave it. That cannot be undone here."
        ),
        "decline": gettext(
            "With your signature they are declined: intake tells them, and they can ask again. All who screened "
            "the case leave it. That cannot be undone here."
        ),
    }
    return f"{proposed(one, known.me, roster)}. {then[one.statement.act]}"


# Who somebody is


def noted(who: Who) -> list[tuple[str, list[str], bool]]:
    """What was noted: the field, its values, and whether two wrote different ones at once."""
    said = []
    for key, label in codes.FIELDS.items():
        values = who.fields.get(key, ())
        shown = [_shown(key, value) for value in values]
        if shown:
            said.append((str(label), shown, len(values) > 1))
    return said


def _shown(key: str, value: object) -> str:
    named = name_words.naming(str(value)) if key in ("given", "burmese") else None
    return named.shown if named else str(value)


def looked_at(who: Who, roster: Roster, me: bytes) -> list[tuple[str, str, str, datetime]]:
    """The evidence that was looked at: its kind, what became of it, by whom and when."""
    return [
        (codes.evidence(one.kind), str(codes.KEPT[one.kept]), name(author, me, roster), frame.moment(time))
        for time, author, one in who.evidence
    ]


def start(who: Who | None) -> dict[str, object]:
    """What the form starts from: what is noted, and for a name that is not noted yet what the person told last."""
    if who is None:
        return {}
    begin: dict[str, object] = {
        key: value for key in codes.FIELDS if (value := who.one(key)) not in (None, "")
    }
    last = next((one for _time, one in reversed(who.told) if one.given), None)
    if last is not None and not who.fields.get("given"):
        named = name_words.told(last)
        begin = {
            "given": last.given, "burmese": last.burmese or (named.burmese if named else ""),
            "romanised": last.romanised or (named.romanised if named else ""), **begin,
        }  # fmt: skip
    return begin


def name(ident: bytes, me: bytes, roster: Roster) -> str:
    """You, or a colleague's pseudonym."""
    return gettext("You") if ident == me else frame.who(roster, me, ident)


def others(holders: list[Member]) -> str:
    """Who holds what this member handed over."""
    return gettext("Now: %(names)s.") % {"names": ", ".join(one.name for one in holders)}
