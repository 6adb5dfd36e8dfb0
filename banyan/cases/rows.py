"""From a state to its row: what the lists of a desk show and sort by."""

from django.db.models import Model

from banyan.cases.deadlines import answer_due
from banyan.cases.folders import conversation, state_of
from banyan.cases.folders.conversation import Conversation
from banyan.cases.folders.cover import Case
from banyan.cases.folders.finding import Found
from banyan.cases.folders.house import House
from banyan.cases.folders.identity import Identity
from banyan.cases.folders.leg import LegState
from banyan.cases.folders.passage import Passage
from banyan.cases.folders.placement import Placement
from banyan.cases.folders.support import Support
from banyan.cases.folders.tally import Tally
from banyan.cases.folders.testimony import Testimony
from banyan.cases.models import CaseRow, ConversationRow, FolderRow
from banyan.cases.reference import reference_of
from banyan.cases.view import View
from banyan.folders.history import History
from banyan.folders.membership import Roster

PREVIEW = 160


def show(view: View, history: History, roster: Roster, me: bytes, *, mine: bool) -> None:
    """Put the rows of a folder where the lists of this member find them."""
    state = state_of(history, roster)
    holders = b"".join(sorted(history.holders))
    _put(view, FolderRow(folder=history.folder, kind=history.kind, holders=holders, **_shown(state, me)))
    if isinstance(state, Conversation):
        _show_conversation(view, history, state, mine)
    elif isinstance(state, Case):
        _show_case(view, history, state, me, mine)


def _shown(state: object, me: bytes) -> dict[str, object]:
    """What the lists show of a folder that is neither a conversation nor a cover."""
    if isinstance(state, Found):
        return {
            "cover": state.finding.cover if state.finding else b"",
            "state": "mine" if state.author == me else "",
        }
    if isinstance(state, Identity):
        return {"cover": state.cover, "count": len(state.told)}
    if isinstance(state, Passage):
        word = state.last_word
        return {"cover": state.cover, "state": word[1].how if word else "", "due": state.due}
    if isinstance(state, LegState):
        starts = state.one("starts")
        return {"cover": state.passage, "state": state.state, "due": starts, "count": state.nth}
    if isinstance(state, Placement):
        due = min((one.due for _, one in state.arriving), default=None)
        asks = any(one.key not in state.placed for one in state.standing)
        found = "asked" if asks else "placed" if state.lives_in else ""
        return {"cover": state.cover, "state": found, "due": due, "count": len(state.standing)}
    if isinstance(state, House):
        asked = sum(state.state(key) == "asked" for key in state.requests)
        return {
            "label": str(state.one("label") or ""),
            "count": state.free or 0,
            "state": "asked" if asked else "",
        }
    if isinstance(state, Support):
        open_ones = [
            one.state for one in state.payments.values() if one.state in ("entered", "approved", "paid")
        ]
        return {"cover": state.cover, "state": " ".join(sorted(set(open_ones)))[:20], "count": len(open_ones)}
    if isinstance(state, Testimony):
        count = len(state.accounts) + len(state.files)
        return {"state": "new" if state.unopened() else "", "due": state.began or None, "count": count}
    return {"label": state.month, "count": len(state.counted)} if isinstance(state, Tally) else {}


def _show_conversation(view: View, history: History, state: Conversation, mine: bool) -> None:
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
        erase_asked=state.erase_asked,
        later=min(later, default=None),
        last_word=state.last_word,
        began=min((leaf.time for leaf in state.said), default=0),
        concern=state.one("concern")[:40],
        force=state.one("force")[:40],
        preview=_preview(said),
        consent=state.agreed("service"),
        consent_asked=bool(state.asked),
        figures=state.agreed("figures"),
        cover=state.cover,
        lead=state.lead,
        missing=history.missing + history.waiting,
        warnings=_warnings(history) + state.broken,
        wrote=len(said) + sum(one.by_person and one.counts for one in state.files),
        answered=any(not one.by_person and one.counts for one in state.messages),
        length=_length(said),
        batch=state.batch,
        mine=mine,
    )
    _put(view, row)


def _warnings(history: History) -> int:
    """How many things somebody should look at: refused, told twice, ahead of what is known, not counting."""
    odd = len(history.faults) + len(history.doubled) + history.ahead
    return odd + sum(not told.counts for told in history.told)


def _length(said: list[conversation.Said]) -> int:
    first = said[0].document if said else None
    return len(first.text) if isinstance(first, conversation.Message) else 0


def _preview(said: list[conversation.Said]) -> str:
    if not said or not isinstance(said[-1].document, conversation.Message):
        return ""
    return " ".join(said[-1].document.text.split())[:PREVIEW]


def _show_case(view: View, history: History, case: Case, me: bytes, mine: bool) -> None:
    seats = [seat.value for (who, seat) in sorted(case.seats_) if who == me and case.sits(who, seat)]
    waits = {
        f"{one.statement.act}:{'me' if one.signature.member == me else 'other'}" for one in case.waiting(0)
    }
    row = CaseRow(
        folder=history.folder,
        reference=case.reference or reference_of(history.folder),
        conversation=case.conversation,
        stage=" / ".join(case.stages),
        opened=case.opened,
        changed=case.changed,
        conflict="stage" in case.conflicts,
        counted=case.one("counted") is True,
        seats=" ".join(seats),
        waits=" ".join(sorted(waits))[:60],
        findings=len(case.findings),
        missing=history.missing + history.waiting,
        warnings=_warnings(history) + len(case.refused),
        mine=mine and bool(seats),
    )
    _put(view, row)


def _put(view: View, row: Model) -> None:
    """Write a row, or write it anew."""
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    rows = type(row)._default_manager.using(view.alias)
    rows.bulk_create([row], update_conflicts=True, unique_fields=["folder"], update_fields=names)
