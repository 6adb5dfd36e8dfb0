"""What the pages of intake share: the frame, a form of its own for one action, and the two large pages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Conversation, Message
from banyan.cases.folders.cover import Case
from banyan.cases.folders.notebook import SavedReply
from banyan.cases.models import CaseRow, ConversationRow
from banyan.cases.reference import reference_of
from banyan.desks import frame
from banyan.desks.frame import Frame, folder_or_404
from banyan.desks.intake import (
    actions,
    case_rules,
    case_words,
    erasing,
    erasing_words,
    forms,
    lists,
    rules,
    timeline,
    words,
)
from banyan.desks.intake.case_rules import Why

A_PAGE = 50
# Where a case stands among the conversations of today.
RANKS = {
    Why.CONSENT: rules.Need.LONG_SILENT, Why.SAID_NO: rules.Need.LONG_SILENT,
    Why.ARRIVED: rules.Need.LONG_SILENT, Why.SIGN: rules.Need.SILENT, Why.STAGES: rules.Need.LATE,
    Why.TOLD: rules.Need.LATE, Why.COUNT: rules.Need.TODAY, Why.UNASKED: rules.Need.TODAY,
}  # fmt: skip


TALK = "conversation"
FRAME = Frame(
    "intake", gettext_lazy("Intake"),
    (("today", gettext_lazy("Today")), ("conversations", gettext_lazy("Conversations")),
     ("waiting", gettext_lazy("Waiting inside")), ("help", gettext_lazy("Help"))),
)  # fmt: skip


def state_or_404(desk: Desk, folder: bytes) -> Conversation:
    """The state of a conversation that this desk holds."""
    state = desk.conversation(folder)
    if state is None:
        raise Http404
    return state


def task_page(
    request: DeskRequest, slug: str, form: BaseForm, act: Callable[..., object], **context: Any
) -> HttpResponse:
    """One form of its own for one action on a conversation; what was typed stays where it was refused."""
    folder = folder_or_404(request.desk, slug, TALK)
    return FRAME.task(
        request, form, partial(act, folder=folder), back=reverse("intake:conversation", args=[slug]),
        template="intake/task.html", slug=slug, reference=reference_of(folder), zone=frame.zone(),
        who_sees=who_sees(request.desk, folder), **context,
    )  # fmt: skip


def listed(request: DeskRequest, form: forms.SearchForm, rows: Any) -> HttpResponse:
    """One page of conversations, with the form to search them."""
    desk = request.desk
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page") or request.POST.get("page"))
    counted = [(row, lists.missed(desk, row)) for row in page]
    lines = [line(desk, row, lists.need_now(desk, row, many), many) for row, many in counted]
    return FRAME.show(
        request, "intake/conversations.html", "conversations", form=form, page=page, lines=lines,
        title=words.found_title(page.paginator.count), asked=form.is_bound,
    )  # fmt: skip


def conversation_page(
    request: DeskRequest, folder: bytes, form: forms.AnswerForm | None = None, refused: str = ""
) -> HttpResponse:
    """All that happened in a conversation, with an answer that may have been typed already."""
    desk, state = request.desk, state_or_404(request.desk, folder)
    row = lists.row_of(desk, folder)
    missed = lists.missed(desk, row)
    need = lists.need_now(desk, row, missed)
    cases = [desk.case(cover) for cover in state.covers.values]
    return FRAME.show(
        request, "intake/conversation.html", state=state, row=row, refused=refused, slug=folder[:8].hex(),
        title=words.headline(row.reference, need, state, missed), lead=desk.roster.members.get(state.lead or b""),
        holds=desk.holds(folder), stop=rules.stop_before_case(state), facts=words.facts(state),
        warnings=frame.notices(frame.arrival(desk.history(folder), unreadable=state.broken)),
        events=timeline.events(desk, state),
        covers=[(cover[:8].hex(), one) for cover, one in zip(state.covers.values, cases, strict=True)],
        consents=words.consents(state), check_in=words.check_in(state), who_sees=who_sees(desk, folder),
        form=form or _answer_form(request, state), replies=_kept_replies(desk),
        missed=missed, missed_tone=words.silent_tone(missed),
        took_back=[one.folder[:8].hex() for one in cases if one and case_rules.took_back(one, state)],
        main_is_case=rules.may_become_case(row) and not row.due and state.adult is not False,
        erase=erasing_words.asked(
            state, erasing.waits(desk, folder), erasing.whole(desk, state), desk.roster, desk.keys.id, desk.clock()
        ),
    )  # fmt: skip


def _answer_form(request: DeskRequest, state: Conversation) -> forms.AnswerForm:
    spoken = [said.document.language for said in state.messages
              if said.by_person and isinstance(said.document, Message)]  # fmt: skip
    drafts = getattr(request, "drafts", None)
    text = drafts.load(_draft_key(state.folder[:8].hex())) if drafts else ""
    return forms.AnswerForm(initial={"text": text, "language": (spoken or [get_language()])[-1]})


def with_reply(request: DeskRequest) -> dict[str, str]:
    """What was typed, and a saved reply below it."""
    reply = saved_reply(request.desk, request.POST["insert"])
    texts = (request.POST.get("text", "").strip(), reply.text if reply else "")
    language = reply.language if reply else request.POST.get("language", "")
    return {"text": "\n\n".join(filter(None, texts)), "language": language}


def _draft_key(slug: str) -> str:
    return f"intake {slug}"


def drop_draft(request: DeskRequest, slug: str) -> None:
    """What was sent is no draft any more."""
    drafts = getattr(request, "drafts", None)
    if drafts:
        drafts.drop(_draft_key(slug))


def today_lines(
    desk: Desk, talks: list[tuple[ConversationRow, rules.Need, int]], cases: list[tuple[CaseRow, Case, Why]]
) -> tuple[list[frame.Line], int]:
    """The rows of today, conversations and cases by how urgent they are; and how many people they are about."""
    lines = [(need, line(desk, row, need, missed)) for row, need, missed in talks]
    lines += [(RANKS[why], case_words.case_line(row, case, why, desk.clock())) for row, case, why in cases]
    people = {bytes(row.folder) for row, _, _ in talks} | {case.conversation for _, case, _ in cases}
    return [one for _rank, one in sorted(lines, key=lambda ranked: ranked[0])], len(people)


def line(desk: Desk, row: ConversationRow, need: rules.Need | None, missed: int) -> frame.Line:
    """The row of a conversation; before a case is offered, whether the person is of age."""
    if need is rules.Need.ERASE:
        state = state_or_404(desk, folder := bytes(row.folder))
        again = erasing.wrote_since(state) is not None
        return erasing_words.line(row, erasing.waits(desk, folder), again, desk.clock())
    under_18 = rules.may_become_case(row) and state_or_404(desk, bytes(row.folder)).adult is False
    return words.line(row, need, desk.clock(), missed=missed, under_18=under_18)


def who_sees(desk: Desk, folder: bytes) -> str:
    """Who can open a folder; of a conversation the person too."""
    readers = desk.holders(folder)
    others = [member.name for member in readers if member.id != desk.keys.id]
    history = desk.history(folder)
    person = history is not None and history.owner is not None
    return words.who_sees(others, holds=len(others) < len(readers), person=person)


def saved_reply(desk: Desk, key: str) -> SavedReply | None:
    """The saved reply with this key, or None."""
    return dict(_kept_replies(desk)).get(key)


def _kept_replies(desk: Desk) -> list[tuple[str, SavedReply]]:
    notebook = desk.notebook()
    return [(reply.key.hex(), reply) for reply in notebook.replies] if notebook else []


def reply_page(request: DeskRequest, form: forms.ReplyForm, title: str) -> HttpResponse:
    """The saved replies, and one to write."""
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_reply(desk=request.desk, **form.cleaned_data)
        except NotYet as refused:
            form.add_error("text", str(refused))
        else:
            return redirect("intake:replies")
    return FRAME.show(
        request, "intake/replies.html", form=form, title=title, replies=_kept_replies(request.desk)
    )
