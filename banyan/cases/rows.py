"""From a state to its row: what the lists of a desk show and sort by."""

from django.db.models import Model

from banyan.cases.deadlines import answer_due
from banyan.cases.folders import conversation, cover
from banyan.cases.models import CaseRow, ConversationRow, FolderRow
from banyan.cases.reference import reference_of
from banyan.cases.view import View
from banyan.folders.history import History

PREVIEW = 160


def show(view: View, history: History, *, mine: bool) -> None:
    """Put the rows of a folder where the lists find them."""
    holders = b"".join(sorted(history.holders))
    _put(view, FolderRow(folder=history.folder, kind=history.kind, holders=holders))
    if history.kind == "conversation":
        _show_conversation(view, history, mine)
    elif history.kind == "cover":
        _show_case(view, history)


def _show_conversation(view: View, history: History, mine: bool) -> None:
    state = conversation.fold(history)
    said = [one for one in state.messages if one.by_person and one.counts]
    later = [value for value in state.values("later") if isinstance(value, int)]
    row = ConversationRow(
        folder=history.folder,
        reference=reference_of(history.folder),
        state=state.state,
        danger=state.danger,
        waiting_since=state.waiting_since,
        due=answer_due(state.waiting_since, danger=state.danger),
        check_in_due=state.next_check_in,
        later=min(later, default=None),
        last_word=state.last_word,
        began=min((leaf.time for leaf in state.said), default=0),
        concern=state.one("concern")[:40],
        force=state.one("force")[:40],
        preview=_preview(said),
        consent=state.agreed("service"),
        consent_asked=bool(state.asked),
        cover=state.cover,
        lead=state.lead,
        missing=history.missing + history.waiting,
        warnings=_warnings(history) + state.broken,
        mine=mine,
    )
    _put(view, row)


def _warnings(history: History) -> int:
    """How many things somebody should look at: refused, told twice, ahead of what is known, not counting."""
    odd = len(history.faults) + len(history.doubled) + history.ahead
    return odd + sum(not told.counts for told in history.told)


def _preview(said: list[conversation.Said]) -> str:
    if not said or not isinstance(said[-1].document, conversation.Message):
        return ""
    return " ".join(said[-1].document.text.split())[:PREVIEW]


def _show_case(view: View, history: History) -> None:
    case = cover.fold(history)
    row = CaseRow(
        folder=history.folder,
        reference=case.reference or reference_of(history.folder),
        conversation=case.conversation,
        stage=" / ".join(case.stages),
        opened=case.opened,
        conflict="stage" in case.conflicts,
    )
    _put(view, row)


def _put(view: View, row: Model) -> None:
    """Write a row, or write it anew."""
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    rows = type(row)._default_manager.using(view.alias)
    rows.bulk_create([row], update_conflicts=True, unique_fields=["folder"], update_fields=names)
