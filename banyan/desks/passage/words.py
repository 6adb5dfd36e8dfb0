"""What the pages of passage say of a state: titles, rows, facts, warnings. Nothing here decides or writes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.cover import Case, Done
from banyan.cases.folders.leg import LegState
from banyan.cases.folders.passage import Passage
from banyan.cases.models import CaseRow
from banyan.cases.registers import Register
from banyan.desks import frame
from banyan.desks.frame import Line, Text, slug_of
from banyan.desks.passage import codes, rules
from banyan.desks.passage.rules import Need, Way
from banyan.folders.membership import Roster
from banyan.folders.seats import Seat
from banyan.language import times

# Of each need: its tag, its tone, what is so, the button, and the page that it leads to.
SAID: dict[Need, tuple[Text, str, Text, Text, str]] = {
    Need.STOPPED: (
        _("Stopped"), "alarm", _("goes on no more, and guides still have legs: call them off now"), _("Call off"),
        "case",
    ),
    Need.LONG_SILENT: (_("Silent"), "alarm", "", _("Open"), "case"),
    Need.NOT_OK: (_("Not well"), "alarm", _("said from the way that they are not well"), _("Open"), "case"),
    Need.TROUBLE: (_("In trouble"), "alarm", _("has a leg in trouble"), _("Open"), "case"),
    Need.STOP: (_("Said no"), "alarm", _("said no: halt the go now"), _("Open"), "case"),
    Need.SILENT: (_("Silent"), "sun", "", _("Open"), "case"),
    Need.SETTLE: (_("Two at once"), "sun", _("was set to two stages at once"), _("Settle"), "case"),
    Need.HALF: (_("Arrived"), "sun", _("has arrived, and shelter is not there yet"), _("Finish"), "arrive"),
    Need.ARRIVED: (_("Arrived"), "sky", _("seems to have arrived"), _("Confirm"), "arrive"),
    Need.LEG: (_("Leg"), "sun", _("has a leg that no guide has accepted yet"), _("Open"), "case"),
    Need.CHANGED: (
        _("Changed"), "sun", _("has another plan than the one that was proposed"), _("Propose anew"), "go",
    ),
    Need.NO_PLAN: (_("Plan"), "sun", _("has no whole safety plan"), _("Write the plan"), "plan"),
    Need.NO_ANSWER: (_("Ask"), "leaf", _("has not answered to the plan"), _("Ask them"), "ask"),
    Need.SAID_NO: (_("Said no"), "sun", _("said no to the plan"), _("Open"), "case"),
    Need.READY: (_("Ready"), "leaf", _("is ready for a go"), _("Propose go"), "go"),
    Need.WAITS: (_("Waits"), "quiet", _("waits for intake to sign the go"), _("Open"), "case"),
    Need.ON_WAY: (_("Go"), "quiet", _("may go, or is on the way"), _("Open"), "case"),
    Need.ELSEWHERE: (_("Elsewhere"), "quiet", _("has a plan at a colleague's desk"), _("Open"), "case"),
    Need.INSIDE: (_("Inside"), "quiet", _("stays inside for now"), _("Open"), "case"),
}  # fmt: skip


def title(count: int) -> str:
    """The state of the world in a sentence."""
    if count == 0:
        return gettext("No way waits for you")
    said = ngettext("One way needs you now", "%(count)s ways need you now", count)
    return said % {"count": frame.in_words(count)}


def line(way: Way, need: Need, now: datetime, asked: int | None = None) -> Line:
    """A case as one row; `asked` is when this desk asked the person last (milliseconds)."""
    tag, tone, _what, action, page = SAID[need]
    due = way.passage.due if way.passage and need is Need.ON_WAY else None
    if asked and need is Need.NO_ANSWER:
        tag, action, page = gettext("Asked"), gettext("Open"), "case"
    return Line(
        reference=way.case.reference, what=what(way, need, now), tone=tone, action=str(action),
        detail=_detail(way, asked, now),
        tag=times.due(frame.moment(due), now) if due is not None else str(tag),
        url=reverse(f"passage:{page}", args=[slug_of(way.case.folder)]), main=tone == "alarm",
    )  # fmt: skip


def what(way: Way, need: Need, now: datetime) -> str:
    """What is so with a case, as it goes on after its reference."""
    if need not in (Need.LONG_SILENT, Need.SILENT) or way.passage is None:
        return str(SAID[need][2])
    missed = way.passage.missed(int(now.timestamp() * 1000))
    due = frame.exact(way.passage.due or 0, now)
    if missed < 2:
        return gettext("gave no word at %(time)s") % {"time": due}
    return gettext("has given no word since %(time)s: %(count)s times in a row") % {
        "count": frame.number(missed),
        "time": due,
    }


def _detail(way: Way, asked: int | None, now: datetime) -> str:
    facts = []
    if way.case.says is False:
        facts.append(gettext("they say no"))
    if asked and way.case.says is None:
        facts.append(gettext("asked %(time)s") % {"time": times.ago(frame.moment(asked), now)})
    waits = rules.waiting_go(way.case, int(now.timestamp() * 1000))
    if waits:
        facts.append(gettext("go proposed %(time)s") % {"time": times.ago(frame.moment(waits.time), now)})
    facts += [
        gettext("leg %(nth)s: %(state)s")
        % {"nth": frame.number(one.leg.nth), "state": codes.LEGS[one.stands]}
        for one in way.legs
        if one.stands not in rules.ENDED
    ]
    if way.passage and way.passage.last_word:
        time, word = way.passage.last_word
        facts.append(f"{codes.WORDS[word.how]} {times.ago(frame.moment(time), now)}")
    return " · ".join(facts)


def headline(way: Way, need: Need | None, now: datetime) -> str:
    """A case's state in a sentence."""
    ref = way.case.reference
    if need is None:
        stages = frame.stages(way.case.stages)
        return gettext("%(ref)s is not in passage now: %(stage)s") % {"ref": ref, "stage": stages}
    return f"{ref} {what(way, need, now)}"


def known(row: CaseRow) -> Line:
    """A case in the list of all."""
    return Line(
        reference=row.reference, what=frame.stages(row.stage.split(" / ")), action=gettext("Open"),
        tag=gettext("Yours") if row.mine else gettext("Left"), tone="leaf" if row.mine else "quiet",
        url=reverse("passage:case", args=[slug_of(bytes(row.folder))]),
        detail="" if row.mine else gettext("It left this desk: you read nothing new of it."),
    )  # fmt: skip


# Facts


def fields(names: dict[str, Text], registers: dict[str, Register[object]]) -> list[tuple[str, str, bool]]:
    """What stands in registers: name, value, and whether two stand at once."""
    return [
        (str(name), " / ".join(codes.coded(key, value) for value in register.values), register.conflict)
        for key, name in names.items()
        if (register := registers.get(key)) and any(value not in ("", ()) for value in register.values)
    ]


def plan(passage: Passage) -> list[tuple[str, str, bool]]:
    """The safety plan."""
    return fields(dict(codes.PLAN), passage.fields)


def lacks(passage: Passage) -> str:
    """What the plan does not say yet, in a sentence; or nothing."""
    missing = ", ".join(str(codes.PLAN[key]) for key in rules.lacks(passage))
    return gettext("The plan does not say yet: %(what)s.") % {"what": missing} if missing else ""


def two_at_once(passage: Passage | None) -> list[tuple[str, str, bool]]:
    """The fields of the plan that were set to different values at once."""
    return [fact for fact in plan(passage) if fact[2]] if passage else []


def way(leg: LegState) -> list[tuple[str, str, bool]]:
    """What a guide must know."""
    return fields(dict(codes.WAY), leg.fields)


def household(case: Case) -> list[tuple[str, str]]:
    """Who goes, coarsely."""
    names = {"adults": gettext("Adults"), "children": gettext("Children"), "needs": gettext("Needs")}
    return [
        (name, " / ".join(codes.coded(key, value) for value in case.fields[key].values))
        for key, name in names.items()
        if key in case.fields
    ]


def answer(case: Case) -> tuple[str, str]:
    """The person's last answer, with its tone."""
    said = {
        None: (gettext("They have not answered yet."), "quiet"),
        True: (gettext("They said yes."), "leaf"),
        False: (gettext("They said no. Nobody goes while it stands; only they can change it."), "alarm"),
    }
    return said[case.says]


def reporting(passage: Passage | None, now: datetime) -> str:
    """When word is due next, or what was missed; nothing where none is agreed."""
    if passage is None or passage.due is None:
        return ""
    every = min(value[1] for value in passage.reporting.values if value[1])
    return " · ".join(
        (
            frame.exact(passage.due, now),
            times.due(frame.moment(passage.due), now),
            str(codes.EVERY.get(every, "")),
        )
    )


def go(way: Way, roster: Roster, now: datetime) -> list[tuple[str, str]]:
    """How it stands with the go, as notices: a tone and a sentence."""
    case, passage, said = way.case, way.passage, []
    waits, done = rules.waiting_go(case, int(now.timestamp() * 1000)), case.standing("go")
    if done and not case.may_go:
        said.append(
            ("alarm", gettext("Two signed a go, and the person says no: nobody goes while it stands."))
        )
    elif done:
        said.append(("leaf", gettext("A go stands since %(time)s, signed by %(names)s.") % {
            "time": frame.exact(done.time, now), "names": signers(done, roster)}))  # fmt: skip
    if waits:
        said.append(("leaf", gettext(
            "A go was proposed %(time)s and waits for intake to sign it. It lapses %(end)s.") % {
            "time": times.ago(frame.moment(waits.time), now),
            "end": frame.exact(waits.statement.expires, now)}))  # fmt: skip
    statement = waits.statement if waits else done.statement if done else None
    if statement and passage and rules.outdated(statement, passage):
        said.append(
            ("sun", gettext("The plan was changed after that. Propose a go on the plan as it stands now."))
        )
    if not waits and not done and case.halted:
        _name, time, reason = case.halted[-1]
        said.append(("sun", gettext("It was halted %(time)s: %(why)s. Two sign again before anybody goes.") % {
            "time": times.ago(frame.moment(time), now), "why": frame.halted_for(reason)}))  # fmt: skip
    return said


def signers(done: Done, roster: Roster) -> str:
    """Who signed an act, by pseudonym."""
    members = (roster.members.get(ident) for ident in done.signers)
    return ", ".join(sorted(member.name for member in members if member))


def arrived(way: Way, now: datetime) -> str:
    """Who says that they have arrived."""
    who, last = rules.arrival_said(way), way.passage.last_word if way.passage else None
    if who == "person" and last:
        return gettext("They said so themselves, %(time)s.") % {"time": times.ago(frame.moment(last[0]), now)}
    if who == "guide":
        return gettext("The guide of the last leg said that it is done.")
    return gettext("Nobody has said so here. Confirm only what you have heard yourself.")


def shelter(case: Case, roster: Roster) -> str:
    """Who of shelter sits on the case, by pseudonym."""
    members = (roster.members.get(ident) for ident in case.seated(Seat.SHELTER))
    return ", ".join(sorted(member.name for member in members if member))
