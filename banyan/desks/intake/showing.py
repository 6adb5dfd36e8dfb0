"""What the pages of intake share: the frame, a form of its own for one action, and the two large pages."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Conversation, Message
from banyan.cases.folders.cover import Case
from banyan.cases.folders.notebook import SavedReply
from banyan.cases.models import ConversationRow
from banyan.cases.reference import reference_of
from banyan.desks.intake import actions, codes, forms, lists, rules, timeline, words

A_PAGE = 50


def show(
    request: DeskRequest, template: str, active: str = "", *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of this desk in its frame: name, sections, member, the desk's clock."""
    sections = (
        ("today", _("Today")), ("conversations", _("Conversations")),
        ("waiting", _("Waiting inside")), ("help", _("Help")),
    )  # fmt: skip
    page = {
        "desk_name": _("Intake"),
        "sections": [(label, reverse(f"intake:{name}"), name == active) for name, label in sections],
        "member": request.desk.me.name if request.desk.me else "",
        "now": request.desk.clock(),
        "who_sees": _("Only you."),
    }
    return render(request, template, {**page, **context}, status=status)


def folder_or_404(desk: Desk, slug: str, kind: str = "conversation") -> bytes:
    """The folder that an address names; where this desk opened none, there is no such page."""
    folder = lists.folder_of(desk, slug, kind)
    if folder is None:
        raise Http404
    return folder


def state_or_404(desk: Desk, folder: bytes) -> Conversation:
    """The state of a conversation that this desk holds."""
    state = desk.conversation(folder)
    if state is None:
        raise Http404
    return state


def done(desk: Desk, folder: bytes, form: BaseForm, act: Callable[..., object]) -> bool:
    """Whether the form held and the action wrote; else the form says what is missing."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(desk=desk, folder=folder, **form.cleaned_data)
    except NotYet as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    return True


def task_page(
    request: DeskRequest, slug: str, form: BaseForm, act: Callable[..., object], **context: Any
) -> HttpResponse:
    """One form of its own for one action on a conversation; what was typed stays where it was refused."""
    folder = folder_or_404(request.desk, slug)
    if request.method == "POST" and done(request.desk, folder, form, act):
        return redirect("intake:conversation", slug)
    return show(
        request, "intake/task.html", form=form, slug=slug, reference=reference_of(folder),
        zone=codes.zone(), who_sees=_who_sees(request.desk, folder), **context,
    )  # fmt: skip


def listed(request: DeskRequest, form: forms.SearchForm, rows: Any) -> HttpResponse:
    """One page of conversations, with the form to search them."""
    desk = request.desk
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page") or request.POST.get("page"))
    counted = [(row, lists.missed(desk, row)) for row in page]
    lines = [line(desk, row, lists.need_now(desk, row, many), many) for row, many in counted]
    return show(
        request, "intake/conversations.html", "conversations", form=form, page=page, lines=lines,
        title=words.found_title(page.paginator.count), asked=form.is_bound,
    )  # fmt: skip


def conversation_page(
    request: DeskRequest, folder: bytes, form: forms.AnswerForm | None = None, refused: str = ""
) -> HttpResponse:
    """All that happened in a conversation, with an answer that may have been typed already."""
    desk, state = request.desk, state_or_404(request.desk, folder)
    row, history = lists.row_of(desk, folder), desk.history(folder)
    missed = lists.missed(desk, row)
    need = lists.need_now(desk, row, missed)
    return show(
        request, "intake/conversation.html", state=state, row=row, refused=refused, slug=folder[:8].hex(),
        title=words.headline(row.reference, need, state, missed), lead=desk.roster.members.get(state.lead or b""),
        holds=desk.holds(folder), stop=rules.stop_before_case(state), facts=words.facts(state),
        warnings=words.arrival(rules.arrival(history, state.broken)) if history else [],
        events=timeline.events(desk, state),
        covers=[(cover[:8].hex(), desk.case(cover)) for cover in state.covers.values],
        consents=words.consents(state), check_in=words.check_in(state), who_sees=_who_sees(desk, folder),
        form=form or _answer_form(request, state), replies=_kept_replies(desk),
        missed=missed, missed_tone=words.silent_tone(missed),
        main_is_case=rules.may_become_case(row) and not row.due and state.adult is not False,
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


def line(desk: Desk, row: ConversationRow, need: rules.Need | None, missed: int) -> words.Line:
    """The row of a conversation; before a case is offered, whether the person is of age."""
    under_18 = rules.may_become_case(row) and state_or_404(desk, bytes(row.folder)).adult is False
    return words.line(row, need, desk.clock(), missed=missed, under_18=under_18)


def case_page(
    request: DeskRequest, folder: bytes, form: BaseForm | None = None, note: BaseForm | None = None
) -> HttpResponse:
    """A case's cover, with forms that may have been refused."""
    desk, case, history = request.desk, request.desk.case(folder), request.desk.history(folder)
    if case is None or history is None:
        raise Http404
    return show(
        request, "intake/case.html", case=case, reference=case.reference or reference_of(folder),
        slug=folder[:8].hex(), facts=words.case_facts(case), notes=timeline.notes(case, desk.roster, desk.keys.id),
        warnings=words.arrival(rules.arrival(history)), form=form or forms.CaseForm(initial=_household(case)),
        note=note or forms.NoteForm(), who_sees=_who_sees(desk, folder),
        holds=desk.holds(folder), from_slug=case.conversation[:8].hex(),
    )  # fmt: skip


def _household(case: Case) -> dict[str, object]:
    """What the form starts from; of two values at once the first."""
    return {key: register.values[0] for key, register in case.fields.items() if register.values}


def _who_sees(desk: Desk, folder: bytes) -> str:
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
    return show(request, "intake/replies.html", form=form, title=title, replies=_kept_replies(request.desk))
