"""What the pages of screening say of a state: titles, rows, facts, refusals. Nothing here decides or writes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.stages import Stage
from banyan.desks import frame
from banyan.desks.frame import Text, slug_of
from banyan.desks.screening import rules
from banyan.desks.screening.lists import Listed
from banyan.desks.screening.rules import Against, Known, Need, Waits, WhyNot
from banyan.language import times

WHAT = {
    Need.CHILD: _("is under 18: stop here"),
    Need.FINISH: _("is signed by two, and was not moved on yet"),
    Need.SIGN: _("waits for your signature"),
    Need.DECIDE: _("was found differently by two: your decision is asked"),
    Need.PROPOSE: _("was found the same by two: it can be signed"),
    Need.COMPARE: _("has both findings in"),
    Need.TOLD: _("has told their name, and waits for your finding"),
    Need.BEGIN: _("was not asked for their name yet"),
    Need.FIND: _("waits for your finding"),
}
TAGS: dict[Need, tuple[Text, str]] = {
    Need.CHILD: (_("Under 18"), "alarm"),
    Need.FINISH: (_("To finish"), "sun"),
    Need.SIGN: (_("To sign"), "sun"),
    Need.DECIDE: (_("To decide"), "sun"),
    Need.PROPOSE: (_("To sign"), "sky"),
    Need.COMPARE: (_("To compare"), "sky"),
    Need.TOLD: (_("To screen"), "leaf"),
    Need.BEGIN: (_("New"), "leaf"),
    Need.FIND: (_("To screen"), "quiet"),
}
# One thing to do, and the page where it is done.
ACTIONS: dict[Need, tuple[Text, str]] = {
    Need.CHILD: (_("See what to do"), "under_18"),
    Need.FINISH: (_("Finish"), "case"),
    Need.SIGN: (_("Read and sign"), "compare"),
    Need.DECIDE: (_("Read both"), "compare"),
    Need.PROPOSE: (_("Read and sign"), "compare"),
    Need.COMPARE: (_("Compare"), "compare"),
    Need.TOLD: (_("Read their name"), "identity"),
    Need.BEGIN: (_("Ask"), "ask"),
    Need.FIND: (_("Write your finding"), "finding"),
}
WAITS = {
    Waits.FINDINGS: _("waits for the two findings"),
    Waits.OTHER_FINDING: _("waits for the other finding"),
    Waits.OPENING: _("waits until both findings are opened"),
    Waits.SIGNATURE: _("waits for another signature"),
    Waits.OFFICER: _("waits for the deciding officer"),
    Waits.INTAKE: _("waits for intake"),
    Waits.NOBODY: _("was handed over"),
}
WRONG = {
    Against.UNANSWERED: _("Choose an answer. “Not known” is one."),
    Against.EVIDENCE: _("Choose what this answer rests on."),
    Against.NOT_MET: _(
        "An admission needs a yes here. Change your verdict, or look at this again with the person."
    ),
    Against.NOT_KNOWN: _(
        "An admission needs a yes here, and this is not known. Ask again, or change your verdict."
    ),
    Against.NEEDED: _("An admission needs this to be known. Ask again, or change your verdict."),
    Against.SAY_WHY: _(
        "Your answers alone do not lead to this verdict. Say in a few words why you found so."
    ),
}
REFUSED = {
    WhyNot.SEAT: _("You do not sit on this case any more, so nothing was written."),
    WhyNot.STAGE: _("The case is not in screening now. Look at it again."),
    WhyNot.SIGNED: _("Two have signed already. The case only has to be moved on."),
    WhyNot.CHILD: _("They are under 18. Nobody under 18 is admitted: refer them to child protection."),
    WhyNot.NOT_BOTH: _("Both findings are to be in first. Until then each stays closed to the other."),
    WhyNot.CLOSED: _("You have not both findings open yet, and nobody signs what they have not read."),
    WhyNot.AGREED: _(
        "The two screeners found the same, so they sign themselves. Your signature is asked only where they disagree."
    ),
    WhyNot.FOUND_OTHERWISE: _("You found otherwise. Who found so signs this, with the deciding officer."),
}


def against(wrong: Against) -> str:
    """What is wrong with a finding, beside its field."""
    return str(WRONG[wrong])


def why_not(why: WhyNot) -> str:
    """Why this member does not sign."""
    return str(REFUSED[why])


def name_fault(field: str) -> str:
    """Why a name is not taken. It never repeats the name."""
    said = {
        "given": _("A name has at least one letter, and at most 200 signs."),
        "burmese": _("This is not in Burmese script."),
        "romanised": _("This is not in roman letters."),
    }
    return str(said[field])


def identity_elsewhere() -> str:
    """An identity there is, and this desk does not open it."""
    return gettext(
        "Who they are is kept by those who screened before, and opens only on their desks. "
        "Ask the other screener to open it to you, or intake to send the case to those who had it."
    )


# Today


def title(count: int) -> str:
    """The state of the world in a sentence."""
    if count == 0:
        return gettext("No case waits for you")
    said = ngettext("One case waits for you", "%(count)s cases wait for you", count)
    return said % {"count": frame.in_words(count)}


def line(one: Listed, now: datetime) -> frame.Line:
    """A case as one row."""
    action, page = ACTIONS[one.need] if one.need is not None else (_("Open"), "case")
    tag, tone = TAGS[one.need] if one.need is not None else (_("Waiting"), "quiet")
    changed = gettext("last changed %(time)s") % {"time": times.ago(frame.moment(one.row.changed), now)}
    return frame.Line(
        reference=one.row.reference, what=what(one.known, one.need), tag=str(tag), tone=tone, detail=changed,
        url=reverse(f"screening:{page}", args=[slug_of(one.known.case.folder)]), action=str(action),
        main=one.need in (Need.CHILD, Need.FINISH, Need.SIGN),
    )  # fmt: skip


def what(known: Known, need: Need | None) -> str:
    """How a case stands, after its reference."""
    if len(known.case.stages) > 1:
        return gettext("was put into two stages at once: intake settles it")
    if need is Need.FINISH and known.case.stage is not Stage.SCREENING:
        stage = frame.stages(known.case.stages)
        return gettext("went on to “%(stage)s”, and you still sit on it") % {"stage": stage}
    if need is not None:
        return str(WHAT[need])
    return str(WAITS[rules.waits_for(known)])


def headline(known: Known, need: Need | None) -> str:
    """A case's state in a sentence."""
    return f"{known.case.reference} {what(known, need)}"


def gone() -> str:
    """To whoever sits on a case no more."""
    return str(REFUSED[WhyNot.SEAT])
