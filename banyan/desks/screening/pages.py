"""The pages of screening: function views. A page reads the desk, shows a form, and lets an action write."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.desks import frame
from banyan.desks.screening import (
    actions,
    case_words,
    codes,
    finding_words,
    forms,
    lists,
    name_words,
    rules,
    timeline,
    words,
)
from banyan.desks.screening.rules import Known, Need
from banyan.folders.seats import Seat
from banyan.language.pack import load_pack, pairs

FRAME = frame.Frame(
    "screening", gettext_lazy("Screening"), (("today", gettext_lazy("Today")), ("help", gettext_lazy("Help")))
)
ASKS = gettext_lazy(
    "What is your name, as you write it yourself? Only the two people who look at your request read your answer. "
    "Those who write with you here cannot read it."
)
QUICK: dict[str, tuple[Callable[..., None], str]] = {
    "open": (actions.open_finding, "screening:compare"),
    "share": (actions.share_identity, "screening:identity"),
    "finish": (actions.finish, "screening:case"),
}


def known_or_404(desk: Desk, slug: str) -> Known:
    """What this member knows of a case that they judge, or judged; for everybody else there is no such page."""
    case = frame.case_or_404(desk, slug)
    if not any(who == desk.keys.id and seat in rules.JUDGES for who, seat in case.seats_):
        raise Http404
    return lists.known(desk, case)


# Lists


@require_safe
def today(request: DeskRequest) -> HttpResponse:
    """The cases that need this member, soonest first; then those that wait for somebody else."""
    desk, now = request.desk, request.desk.clock()
    needed, others = lists.listed(desk)
    return FRAME.show(
        request, "screening/today.html", "today", title=words.title(len(needed)),
        lines=[words.line(one, now) for one in needed[: lists.MOST]],
        others=[words.line(one, now) for one in others[: lists.MOST]],
        left=frame.number(max(0, len(needed) - lists.MOST) + max(0, len(others) - lists.MOST)),
        who_sees=_("Only you. Who else holds a case is named on its page."),
    )  # fmt: skip


@require_safe
def help_page(request: DeskRequest) -> HttpResponse:
    """How this desk is worked."""
    return FRAME.show(request, "screening/help.html", "help", who_sees="")


# A case


@require_safe
def case(request: DeskRequest, slug: str) -> HttpResponse:
    """How a case stands, and the one thing to do."""
    return case_page(request, slug)


def case_page(request: DeskRequest, slug: str, refused: str = "") -> HttpResponse:
    """A case, with what was refused."""
    desk, known = request.desk, known_or_404(request.desk, slug)
    case, need, roster = known.case, rules.need_of(known), request.desk.roster
    holds = desk.holds(case.folder)
    who_sees = frame.who_sees(desk, case.folder) if holds else case_words.others(desk.holders(case.folder))
    return FRAME.show(
        request, "screening/case.html", slug=slug, reference=case.reference, refused=refused, known=known,
        title=words.headline(known, need), facts=case_words.facts(case, roster), finishes=need is Need.FINISH,
        lost=known.seat is None and any(case.sits(known.me, seat) for seat in rules.JUDGES),
        action=words.ACTIONS[need] if need not in (None, Need.FINISH) else None,
        missing=case_words.missing(known, roster),
        lapsed=case_words.lapsed(known, roster),
        warnings=frame.warnings(desk.history(case.folder), not_allowed=len(case.refused)) if holds else [],
        proposals=case_words.proposals(known, roster, desk.clock()), findings=case_words.findings(known, roster),
        events=timeline.events(case, roster, known.me), who_sees=who_sees,
        signed_first=frame.signed_first(desk, case, "screening"),
    )  # fmt: skip


@require_POST
def quick(request: DeskRequest, slug: str, what: str) -> HttpResponse:
    """What one button does: open my finding, open the identity, finish what two have signed."""
    known, (act, then) = known_or_404(request.desk, slug), QUICK.get(what, (None, ""))
    if act is None:
        raise Http404
    try:
        act(desk=request.desk, cover=known.case.folder)
    except NotYet as refused:
        return case_page(request, slug, str(refused))
    return redirect(then, slug)


# Who somebody is


@require_safe
def identity(request: DeskRequest, slug: str) -> HttpResponse:
    """What the person told and what was noted; what was looked at, never the thing."""
    desk, known = request.desk, known_or_404(request.desk, slug)
    who, roster = lists.who_is(desk, known.case), desk.roster
    there = known.case.part("identity") is not None
    folders = [one.folder for one in who.states if desk.holds(one.folder)] if who else []
    outside = [
        one for one in frame.seated(desk, known.case, Seat.SCREENING)
        if not all(one in desk.holders(folder) for folder in folders)
    ]  # fmt: skip
    return FRAME.show(
        request, "screening/identity.html", slug=slug, reference=known.case.reference, who=who, known=known,
        told=[(frame.moment(time), name_words.told(one), one.words) for time, one in who.told] if who else [],
        noted=case_words.noted(who) if who else [], evidence=case_words.looked_at(who, roster, known.me) if who else [],
        elsewhere=words.identity_elsewhere() if there and not who else "", child=rules.is_child(known),
        outside=", ".join(one.name for one in outside) if folders else "",
        screens=known.seat is Seat.SCREENING,
        who_sees=frame.who_sees(desk, *(one.folder for one in who.states)) if who else _("Only you."),
    )  # fmt: skip


def ask(request: DeskRequest, slug: str) -> HttpResponse:
    """Ask the person for their name, or something else."""
    asked = known_or_404(request.desk, slug).asked
    with override("my"):
        text = "" if asked else str(ASKS)
    form = forms.AskForm(frame.posted(request), initial={
        "kind": "question" if asked else "names", "text": text, "language": get_language() if asked else "my",
    })  # fmt: skip
    if not asked and not (get_language() or "").startswith("my"):
        form.fields["text"].help_text = _("In English: “%(text)s”") % {"text": ASKS}
    return task(request, slug, form, actions.ask, "identity", title=_("Ask the person"), button=_("Send"),
        about=_("They read this when they come back. Their answer opens for those who screen this case, "
                "and not for intake."))  # fmt: skip


def note(request: DeskRequest, slug: str) -> HttpResponse:
    """Note who somebody is."""
    known = known_or_404(request.desk, slug)
    form = forms.PersonForm(
        frame.posted(request), initial=case_words.start(lists.who_is(request.desk, known.case))
    )
    return task(request, slug, form, actions.note_person, "identity", title=_("Note who they are"),
        button=_("Keep"), about=_("Only what is needed to know that they are who they say. What you leave empty "
        "stays as it is; what two wrote at once is settled by what you keep here."))  # fmt: skip


def evidence(request: DeskRequest, slug: str) -> HttpResponse:
    """Note that something was looked at."""
    form = forms.EvidenceForm(frame.posted(request))
    return task(request, slug, form, actions.saw_evidence, "identity", title=_("Note what you looked at"),
        button=_("Keep"), about=_("The kind alone is noted, and what became of it. Papers are looked at and "
        "given back: never copied, never photographed."))  # fmt: skip


# Findings


def finding(request: DeskRequest, slug: str) -> HttpResponse:
    """Write my finding, or read it; somebody under 18 has none."""
    known = known_or_404(request.desk, slug)
    posted, criteria = request.method == "POST", load_pack().criteria()
    if known.mine and not posted:
        return mine_page(request, slug, known)
    drafts = getattr(request, "drafts", None)
    draft = (drafts.load(f"screening {slug}") or "") if drafts else ""
    form = forms.FindingForm(frame.posted(request), criteria=criteria, initial={"text": draft})
    if rules.is_child(known) or (posted and form.stopped and "again" not in request.POST):
        return stop_page(request, slug, known, form if posted else None)
    back = reverse("screening:case", args=[slug])
    answer = FRAME.task(
        request, form, _nothing if "again" in request.POST else partial(actions.write_finding, cover=known.case.folder),
        back=back, title=_("Your finding"), button=_("Keep my finding"), template="screening/finding.html",
        about=_("You find alone: the other screener's finding stays closed to you until both are in, and yours to "
                "them. A finding is written once and stays as it is."),
        reference=known.case.reference, slug=slug, stop="" if posted else _not_mine(known),
        never_asked=[name for _code, name in pairs(criteria.never_asked, frame.language())],
        who_sees=_("You and the deciding officer of this case; the other screener when both are in."),
    )  # fmt: skip
    if drafts and answer.status_code == 302:
        drafts.drop(f"screening {slug}")
    return answer


def _nothing(**_given: object) -> None:
    raise NotYet(_("Nothing was kept yet. Look at your answers again."))


def mine_page(request: DeskRequest, slug: str, known: Known) -> HttpResponse:
    """My finding as it stands."""
    folder = known.case.findings[known.me].folder
    return FRAME.show(
        request, "screening/mine.html", slug=slug, reference=known.case.reference, known=known,
        rows=finding_words.sheet([known.mine] if known.mine else []), head=[_("Asked"), _("You found")],
        who_sees=frame.who_sees(request.desk, folder),
    )  # fmt: skip


@require_safe
def under_18(request: DeskRequest, slug: str) -> HttpResponse:
    """What to do when somebody is under 18."""
    return stop_page(request, slug, known_or_404(request.desk, slug), None)


def stop_page(request: DeskRequest, slug: str, known: Known, form: django_forms.Form | None) -> HttpResponse:
    """Somebody under 18: no finding, and whom to ask for help. What was typed comes along, if it was a mistake."""
    intake = ", ".join(sorted(case_words.names(known.case.seated(Seat.INTAKE), request.desk.roster)))
    return FRAME.show(
        request, "screening/under_18.html", slug=slug, reference=known.case.reference, form=form, intake=intake,
        noted=rules.is_child(known), who_sees=frame.who_sees(request.desk, known.case.folder),
    )  # fmt: skip


@require_safe
def compare(request: DeskRequest, slug: str) -> HttpResponse:
    """The two findings side by side, once both are in and open."""
    desk, known = request.desk, known_or_404(request.desk, slug)
    case, roster = known.case, request.desk.roster
    found = rules.verdicts(known)
    both = (
        sorted(known.found, key=lambda who: (who != known.me, case_words.name(who, known.me, roster)))
        if found
        else []
    )
    folders = [one.folder for one in rules.findings_in(case).values() if desk.history(one.folder)]
    return FRAME.show(
        request, "screening/compare.html", slug=slug, reference=case.reference, known=known,
        title=case_words.compared(known), both_in=rules.both_in(case), to_open=bool(rules.to_open(known)),
        opens_to=", ".join(sorted(case_words.names(tuple(rules.to_open(known)), roster))),
        findings=case_words.findings(known, roster),
        rows=finding_words.sheet([known.found[who] for who in both]) if both else [],
        head=[_("Asked"), *(case_words.name(who, known.me, roster) for who in both)],
        proposals=case_words.proposals(known, roster, desk.clock()), lapsed=case_words.lapsed(known, roster),
        missing=case_words.missing(known, roster), may_propose=rules.may_propose(known), why=case_words.why(known),
        who_sees=frame.who_sees(desk, *folders),
    )  # fmt: skip


# Signing


def propose(request: DeskRequest, slug: str, act: str) -> HttpResponse:
    """Sign first; nothing happens before somebody else signs too."""
    if act not in codes.ACTS:
        raise Http404
    known = known_or_404(request.desk, slug)
    form = (forms.DeclineForm if act == "decline" else forms.SignForm)(frame.posted(request))
    why = rules.why_not(known, act)
    return task(request, slug, form, partial(actions.propose, act=act), "compare",
        title=_("Sign to admit") if act == "admit" else _("Sign to decline"), button=_("Sign"),
        stop=words.why_not(why) if why and request.method == "GET" else "",
        about=_("You sign first. Nothing happens until a second one signs the same within fourteen days; "
                "if nobody does, it lapses."))  # fmt: skip


def sign(request: DeskRequest, slug: str, name: str) -> HttpResponse:
    """Sign what waits, and with that it is done."""
    known = known_or_404(request.desk, slug)
    waits = next((one for one in rules.waiting(known) if one.name.hex() == name), None)
    why = rules.why_not(known, waits.statement.act) if waits else None
    stop = words.why_not(why) if why else "" if waits else _(
        "This cannot be signed any more: it lapsed, or it was signed. Look at the case again."
    )  # fmt: skip
    about = case_words.consequence(waits, known, request.desk.roster) if waits else ""
    act = partial(actions.sign, proposal=waits.name if waits else b"")
    return task(request, slug, forms.SignForm(frame.posted(request)), act, "case", title=_("Sign what waits"),
        button=_("Sign"), about=about, stop=stop if request.method == "GET" else "", cannot_undo=True)  # fmt: skip


# What the pages share


def task(
    request: DeskRequest, slug: str, form: django_forms.Form, act: Callable[..., None], then: str, **said: Any
) -> HttpResponse:
    """One form for one action on a case that this member judges."""
    known = known_or_404(request.desk, slug)
    screens = sorted(one.name for one in frame.seated(request.desk, known.case, Seat.SCREENING))
    alone = _("Only those who screen this case: %(names)s.") % {"names": ", ".join(screens)}
    stop = said.pop("stop", "") or ("" if known.seat else words.gone())
    return FRAME.task(
        request, form, partial(act, cover=known.case.folder), back=reverse(f"screening:{then}", args=[slug]),
        template="screening/task.html", reference=known.case.reference,
        stop="" if request.method == "POST" else stop,
        who_sees=alone if then == "identity" else frame.who_sees(request.desk, known.case.folder), **said,
    )  # fmt: skip


def _not_mine(known: Known) -> str:
    """Why this member writes no finding here."""
    if known.seat is Seat.DECIDING:
        return _("You decide here where two disagree, and write no finding of your own.")
    return words.gone() if known.seat is None else ""
