"""The two large pages of a case: the case itself, and what is signed."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from banyan.cases.asked import DeskRequest
from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case, Waiting
from banyan.cases.stages import Stage
from banyan.desks import frame
from banyan.desks.intake import case_forms, case_rules, case_words, codes, rules, showing, timeline, words
from banyan.folders.seats import Seat


@dataclass(frozen=True)
class Signature:
    """A signature that waits, as the page shows it; `slug` where this member may sign."""

    what: str
    detail: str
    reason: str
    slug: str


def case_or_404(desk: Desk, slug: str) -> Case:
    """The case that an address names, where this member sits or once sat on it for intake."""
    case = frame.case_or_404(desk, slug)
    if (desk.keys.id, Seat.INTAKE) not in case.seats_:
        raise Http404
    return case


def works_on(desk: Desk, case: Case) -> bool:
    """Whether this member works on the case now."""
    return case.sits(desk.keys.id, Seat.INTAKE) and desk.holds(case.folder)


def case_page(
    request: DeskRequest, case: Case, note: BaseForm | None = None, refused: str = ""
) -> HttpResponse:
    """A case, with a note that may have been refused."""
    desk, case = request.desk, request.desk.case(case.folder) or case
    talk, history, mine = (
        desk.conversation(case.conversation),
        desk.history(case.folder),
        works_on(desk, case),
    )
    took_back = mine and case_rules.took_back(case, talk)
    signatures = [_signature(desk, case, one) for one in case.waiting(desk.now)]
    stop_now = case_rules.said_no_since(case, talk) or (talk is not None and talk.danger)
    free = not took_back and not stop_now and not any(one.slug for one in signatures)
    return showing.FRAME.show(
        request, "intake/case.html", refused=refused, case=case, reference=case.reference, slug=_slug(case), mine=mine,
        title=frame.stages(case.stages), now_words=case_words.NOW.get(case.stage or "", ""),
        since=frame.moment(case_rules.moved(case)), warnings=frame.warnings(history, not_allowed=len(case.refused)),
        stopped=case_words.stopped_unheard(case, desk.clock()) if mine else "", took_back=took_back,
        recount=mine and not took_back and case_rules.counts_otherwise(case, talk),
        agrees_to_figures=talk is not None and talk.agreed("figures"), signatures=signatures,
        ways=[case_words.following(way, case.stage, main=free and nth == 0 and way.to in MAIN)
              for nth, way in enumerate(case_rules.ways(case, desk.now))] if mine else [],
        chosen=_stages(desk, case), may_stop=mine and case_rules.may_stop(case, desk.now),
        stop_now=stop_now,
        facts=words.case_facts(case), sits=_sits(desk, case), missing=list(case_words.missing(case)) if mine else [],
        events=timeline.of_case(case, desk.roster, desk.keys.id, says=case_words.reason, acts=_acts()),
        signed_first=frame.signed_first(desk, case, "intake"),
        note=note or case_forms.NoteForm(), from_slug=case.conversation[:8].hex(),
        who_sees=showing.who_sees(desk, case.folder),
    )  # fmt: skip


MAIN = (Stage.SCREENING, Stage.PASSAGE, Stage.REINTEGRATION, Stage.FOLLOW_UP)


def sign_page(request: DeskRequest, case: Case, waiting: Waiting, refused: str) -> HttpResponse:
    """What is to be signed, with all that this member knows about it."""
    desk, statement = request.desk, waiting.statement
    talk, now = desk.conversation(case.conversation), desk.clock()
    against = [str(case_words.AGAINST[one]) for one in case_rules.against(statement.act, case, talk)]
    missed = rules.times_missed(talk, desk.now) if talk else 0
    name, meaning = case_words.SIGNS[statement.act]
    return showing.FRAME.show(
        request, "intake/sign.html", refused="" if refused in against else refused, against=against, title=name,
        meaning=meaning, reference=case.reference, slug=_slug(case), reason=case_words.reason(statement.reason),
        by=case_words.with_seats(case, desk.roster, desk.keys.id, waiting.signature.member),
        since=frame.moment(statement.made), until=frame.exact(statement.expires, now),
        rests=case_words.rests_on(case, waiting, desk.roster, desk.keys.id, now),
        known=case_words.known(talk, missed, now) if talk and statement.act == "go" else [],
        own=waiting.signature.member == desk.keys.id,
        may=works_on(desk, case) and case_rules.may_second(case, waiting, desk.keys.id),
        may_stop=works_on(desk, case) and statement.act == "go", from_slug=case.conversation[:8].hex(),
        who_sees=showing.who_sees(desk, case.folder),
    )  # fmt: skip


def about_seat(case: Case, desk: Desk, seat: Seat, leaves: bytes | None) -> str:
    """What happens when somebody comes to a seat, or goes."""
    if leaves is None:
        return _("They see this case's cover from now on, and what is written there.")
    said = [_("%(name)s leaves this case and reads nothing new in it.") % {
        "name": frame.who(desk.roster, desk.keys.id, leaves)
    }]  # fmt: skip
    if seat is Seat.INTAKE:
        said.append(_("Who comes reads the conversation too."))
    if leaves in case.findings and case.stage is Stage.SCREENING:
        said.append(_("Their finding will not count: whoever comes writes a new one."))
    return " ".join(said)


def _slug(case: Case) -> str:
    return frame.slug_of(case.folder)


def _acts() -> dict[str, str]:
    return {act: str(said) for act, (said, _meaning) in case_words.SIGNS.items()}


def _signature(desk: Desk, case: Case, waiting: Waiting) -> Signature:
    may = works_on(desk, case) and case_rules.may_second(case, waiting, desk.keys.id)
    what, detail, reason = case_words.waiting_line(case, waiting, desk.roster, desk.keys.id, desk.clock())
    return Signature(what, detail, reason, waiting.name[:8].hex() if may else "")


def _stages(desk: Desk, case: Case) -> list[tuple[str, str, datetime, str]]:
    """Of stages that stand at once: the code, the name, when and by whom each was set."""
    if len(case.stages) < 2:
        return []
    last = {stage: (time, author) for stage, time, author, _reason in case.moves}
    return [
        (stage.value, str(frame.STAGES[stage]), frame.moment(last[stage][0]),
         frame.who(desk.roster, desk.keys.id, last[stage][1]))
        for stage in case.stages
    ]  # fmt: skip


def _sits(desk: Desk, case: Case) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Who sits on the case, by seat: its code and name, and each member's name with the id where another may come."""
    found = []
    for seat, name in codes.SEATS.items():
        members = [
            (frame.who(desk.roster, desk.keys.id, one), "" if one == desk.keys.id else one.hex())
            for one in case.seated(seat)
        ]
        if members:
            found.append((seat.value, str(name), members))
    return found
