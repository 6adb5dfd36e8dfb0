"""What the pages of intake say of a case: where it stands, what may come next, what is signed. Nothing decides here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.conversation import Conversation
from banyan.cases.folders.cover import Case, Waiting
from banyan.cases.models import CaseRow
from banyan.cases.stages import ACTS, Stage
from banyan.desks import frame
from banyan.desks.frame import Line, Text, slug_of
from banyan.desks.intake import case_rules, codes
from banyan.desks.intake.case_rules import Against, Way, Why
from banyan.folders.membership import Roster
from banyan.folders.seats import Seat
from banyan.language import times
from banyan.language.pack import label, load_pack

NOW: dict[str, Text] = {
    "intake": _("Intake talks with the person. When they are ready, ask for screening."),
    "waiting": _("They stay where they are for now and check in. Nothing is planned."),
    "screening": _("Two screeners look at it, each alone. Intake waits for them and goes on answering."),
    "declined": _("Two have declined. Tell the person why, kindly, and that they may ask again."),
    "passage": _("A way out is planned with them. Before they set out, a planner and intake sign."),
    "reception": _("They are out. Shelter looks for a house for them."),
    "support": _("They have a house and receive support."),
    "reintegration": _("They learn, work, and find their feet."),
    "follow-up": _("Support is ending. Somebody asks from time to time how they are."),
    "referred": _("Another organisation helps them now, with their agreement."),
    "withdrawn": _("The person did not want to go on. They may come back."),
    "closed": _("The case is closed. It can be opened again by two."),
}
WAYS: dict[tuple[str, str], tuple[Text, Text]] = {
    ("screening", ""): (
        _("Ask for screening"),
        _("Two screeners and a deciding officer come to the case. They do not read the conversation."),
    ),
    ("waiting", ""): (
        _("Wait inside"), _("They stay for now and check in. What two signed about a way out counts no more."),
    ),
    ("intake", ""): (_("Back to intake"), _("They are ready to talk on. Nothing else changes.")),
    ("passage", ""): (_("Back to passage"), _("Their admission still stands. A planner goes on with the way.")),
    ("reintegration", ""): (_("On to reintegration"), _("They are settled. Support goes on beside learning and work.")),
    ("follow-up", ""): (_("On to follow-up"), _("Support is ending. Somebody asks from time to time how they are.")),
    ("withdrawn", ""): (
        _("Withdraw the case"), _("Only on the person's own word. It stops whatever others do at once."),
    ),
    ("referred", "refer"): (
        _("Refer them"),
        _("Another organisation helps instead. Two of intake sign, and only with their consent to share."),
    ),
    ("closed", "close"): (_("Close the case"), _("With a reason, signed by two. It can be opened again.")),
    ("intake", "reopen"): (
        _("Open it again"), _("Signed by two. Findings and signatures of before do not count any more."),
    ),
}  # fmt: skip
SIGNS: dict[str, tuple[Text, Text]] = {
    "go": (
        _("The person may set out"),
        _("You sign that, as far as intake knows, nothing speaks against their setting out on the way that was planned."
          " You do not read the way itself."),
    ),
    "close": (_("The case is closed"), _("You sign that this case is closed, for the reason below.")),
    "refer": (
        _("They are referred"), _("You sign that another organisation helps them from now on, as they agreed."),
    ),
    "reopen": (
        _("The case is opened again"), _("You sign that this case begins again in intake, for the reason below."),
    ),
    "admit": (_("They are admitted"), _("Two who read the findings sign this.")),
    "decline": (_("They are declined"), _("Two who read the findings sign this.")),
}  # fmt: skip
WITHDRAWN: dict[str, Text] = {
    "own_wish": _("They do not want to go on"),
    "consent": _("They took their consent back"),
    "stays": _("They decided to stay where they are"),
    "other_way": _("They found another way"),
    "too_dangerous": _("It became too dangerous for them"),
}
REFERRED: dict[str, Text] = {
    "medical": _("Medical care"),
    "legal": _("Legal advice"),
    "protection": _("Protection by another organisation"),
    "family": _("Care for their family"),
    "elsewhere": _("They are in another country or region"),
    "other": _("Something else"),
}
REOPENED: dict[str, Text] = {
    "came_back": _("They came back and ask for help"),
    "changed": _("Their situation changed"),
    "mistake": _("It was closed by mistake"),
}
STOPPED: dict[str, Text] = {
    "person_no": _("The person said no"),
    "danger": _("Somebody is in danger"),
    "silent": _("No word from them"),
    "consent": _("They took their consent back"),
    "unsafe": _("The way is not safe"),
    "waiting": _("They wait inside"),
}
AGAIN: dict[str, Text] = {"again": _("Screening once more")}
AGAINST: dict[Against, Text] = {
    Against.UNKNOWN: _("Their conversation is not on this desk, so you cannot know what they said."),
    Against.UNDER_18: _("They are under 18. No case is opened here: refer them to child protection."),
    Against.DANGER: _("They are in danger now. Answer them first; when it is over, say so in the conversation."),
    Against.SERVICE: _("They took their consent back. Withdraw the case, or ask them again."),
    Against.SHARE: _("They have not agreed that what is needed is shared with a partner. Ask for their consent first."),
    Against.SAID_NO: _("Their last answer about the way is no. A no always counts: stop the way, or wait for a yes."),
    Against.NO_ANSWER: _("They have not said yes to the way yet."),
    Against.PLACE: _("The case does not stand where this can be signed."),
}  # fmt: skip


def who_signs() -> list[tuple[Text, str]]:
    """The acts of two, and who signs each."""
    said = gettext("one of %(first)s, and another one of %(second)s")
    return [
        (name, said % {"first": _seats(ACTS[act].first), "second": _seats(ACTS[act].second)})
        for act, (name, _meaning) in SIGNS.items()
    ]


def _seats(seats: Iterable[Seat]) -> str:
    held = set(seats)
    return " / ".join(str(name) for seat, name in codes.SEATS.items() if seat in held)


def reasons(act: str) -> list[tuple[str, Text]]:
    """The reasons that may be given, for a form."""
    if act == "close":
        language = get_language() or "en"
        return [(choice.code, label(choice, language)) for choice in load_pack().close_reasons]
    return list(
        {"refer": REFERRED, "reopen": REOPENED, "withdraw": WITHDRAWN, "stop": _own_stops()}[act].items()
    )


def _own_stops() -> dict[str, Text]:
    return {code: said for code, said in STOPPED.items() if code != "waiting"}


def reason(code: str) -> str:
    """A reason of any kind in the language of the page; an unknown one as it stands."""
    pack = load_pack()
    packed = {choice.code: choice for choice in (*pack.close_reasons, *pack.decline_reasons)}
    if code in packed:
        return label(packed[code], get_language() or "en")
    known = {**REFERRED, **REOPENED, **STOPPED, **WITHDRAWN, **AGAIN}
    return str(known.get(code, code))


@dataclass(frozen=True)
class Next:
    """Something that may come next, as a row: what it is called, what it means, the word of its button, its address."""

    name: str
    meaning: str
    tag: str
    detail: str
    action: str
    page: str
    what: str
    main: bool


def following(way: Way, stage: str | None, *, main: bool) -> Next:
    """A way as a row."""
    name, meaning = WAYS[way.to.value, way.act]
    if (stage, way.to) == (Stage.DECLINED, Stage.SCREENING):
        meaning = again_meaning()
    if way.waits and not way.signed:
        detail, action, page = gettext("Waits for a signature"), "", ""
    elif way.signed:
        detail, action, page = gettext("Signed by two"), gettext("Do it now"), "intake:go_on"
    elif way.act:
        detail, action, page = gettext("Two sign"), gettext("Sign first"), "intake:propose"
    else:
        detail, action = "", gettext("Choose")
        page = {Stage.SCREENING: "intake:screening", Stage.WITHDRAWN: "intake:withdraw"}.get(
            way.to, "intake:go_on"
        )
    what = way.act if page == "intake:propose" else way.to.value if page == "intake:go_on" else ""
    return Next(str(name), str(meaning), str(frame.STAGES[way.to]), detail, action, page, what, main)


def stopped_unheard(case: Case, now: datetime) -> str:
    """That the way was stopped while somebody confirmed the arrival: when, and why; or nothing."""
    if case.stopped_unheard is None:
        return ""
    time, why = case.stopped_unheard
    said = gettext("It was stopped %(time)s: %(why)s.")
    return said % {"time": frame.exact(time, now), "why": frame.halted_for(why)}


def again_meaning() -> str:
    """What asking for screening means after a decline."""
    return gettext(
        "They may ask again. Say what is different now; new findings are written, blind to those of before."
    )


# What waits for a signature


def with_seats(case: Case, roster: Roster, me: bytes, member: bytes) -> str:
    """A pseudonym with the seats on this case."""
    seats = ", ".join(str(codes.SEATS[seat]) for seat in case_rules.seats_of(case, member))
    name = frame.who(roster, me, member)
    return f"{name} ({seats})" if seats else name


def waiting_line(
    case: Case, waiting: Waiting, roster: Roster, me: bytes, now: datetime
) -> tuple[str, str, str]:
    """A signature that waits: what is signed, who signed first, until when."""
    statement = waiting.statement
    until = gettext("Until %(time)s.") % {"time": frame.exact(statement.expires, now)}
    by = gettext("Signed first by %(name)s.") % {
        "name": with_seats(case, roster, me, waiting.signature.member)
    }
    facts = [by, until, *([reason(statement.reason)] if statement.reason else [])]
    return str(SIGNS[statement.act][0]), " ".join(facts[:2]), " ".join(facts[2:])


def rests_on(case: Case, waiting: Waiting, roster: Roster, me: bytes, now: datetime) -> list[str]:
    """What a statement rests on, in words: earlier acts by name, and what intake cannot open as such."""
    found, left = [], set(waiting.statement.rests)
    for done in case.done:
        if done.name in left:
            left.discard(done.name)
            said = gettext("%(act)s: signed by %(names)s, %(time)s")
            names = frame.who(roster, me, *done.signers)
            act = SIGNS[done.statement.act][0]
            found.append(said % {"act": act, "names": names, "time": frame.exact(done.time, now)})
    if left and waiting.statement.act == "go":
        found.append(gettext("The safety plan as it stood then. Only the planners read it."))
    elif left:
        found.append(gettext("What this desk does not open."))
    return found or [gettext("Nothing but the reason.")]


def known(talk: Conversation, missed: int, now: datetime) -> list[tuple[str, str, str]]:
    """What intake knows before somebody sets out: a name, what is so, and a tone where it speaks against it."""
    answer = case_rules.last_answer(talk)
    said = {"yes": gettext("yes"), "no": gettext("no"), None: gettext("none yet")}[answer]
    given = case_rules.answers(talk)
    if given:
        said = f"{said}, {times.ago(frame.moment(given[-1][0]), now)}"
    agreed = talk.agreed("service")
    silent = ngettext("%(count)s missed", "%(count)s missed", missed) % {"count": frame.number(missed)}
    return [
        (gettext("Their last answer about the way"), said, "" if answer == "yes" else "alarm"),
        *([(gettext("Since then"), gettext("a newer letter, not answered yet"), "sun")]
          if given and case_rules.asked_again(talk) else []),
        (gettext("In danger now"), codes.coded("danger", talk.danger), "alarm" if talk.danger else ""),
        (gettext("Consent to be served"), gettext("stands") if agreed else gettext("taken back"),
         "" if agreed else "alarm"),
        (gettext("Check-ins"), silent if missed else gettext("none missed"), "sun" if missed else ""),
        (gettext("Their last word"), times.ago(frame.moment(talk.last_word), now) if talk.last_word else "–", ""),
    ]  # fmt: skip


# Today


TONES = {
    Why.CONSENT: "alarm", Why.SAID_NO: "alarm", Why.ARRIVED: "alarm", Why.SIGN: "sun", Why.STAGES: "sun",
    Why.TOLD: "sun",
}  # fmt: skip


def case_line(row: CaseRow, case: Case, why: Why, now: datetime) -> Line:
    """A case that needs intake, as a row of today's list."""
    said = {
        Why.CONSENT: (_("Consent"), _("took their consent back: withdraw the case"), _("Withdraw the case")),
        Why.SAID_NO: (_("Said no"), _("said no to the way that two signed"), _("Stop the way")),
        Why.ARRIVED: (_("Arrived"), _("arrived while the way was stopped"), _("Look")),
        Why.SIGN: (_("Signature"), _("waits for your signature"), _("Read and sign")),
        Why.STAGES: (_("Two stages"), _("was set to two stages at once"), _("Choose")),
        Why.TOLD: (_("Not told"), _("was declined, and nobody has told them yet"), _("Answer")),
        Why.COUNT: (_("Figures"), _("changed what they agree to about figures"), _("Open")),
        Why.UNASKED: (
            _("Intake"),
            _("is in intake, and nobody has asked for screening"),
            _("Ask for screening"),
        ),
    }
    tag, what, action = (str(one) for one in said[why])
    pages = {
        Why.TOLD: "intake:conversation", Why.CONSENT: "intake:withdraw", Why.SAID_NO: "intake:stop",
        Why.UNASKED: "intake:screening",
    }  # fmt: skip
    since = times.ago(frame.moment(case_rules.moved(case)), now)
    detail = f"{frame.stages(case.stages)} · {since}"
    folder = case.conversation if why is Why.TOLD else bytes(row.folder)
    return Line(
        reference=row.reference, what=what, detail=detail, tag=tag, tone=TONES.get(why, "quiet"), action=action,
        url=reverse(pages.get(why, "intake:case"), args=[slug_of(folder)]), main=why in (Why.CONSENT, Why.SAID_NO),
    )  # fmt: skip


def missing(case: Case) -> Iterable[tuple[str, str]]:
    """The seats that nobody fills where the case stands: the code of the seat, and a sentence."""
    for seat, many in case_rules.missing(case):
        said = ngettext("%(seat)s: one is missing", "%(seat)s: %(count)s are missing", many)
        yield seat.value, said % {"seat": codes.SEATS[seat], "count": frame.number(many)}
