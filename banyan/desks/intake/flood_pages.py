"""The pages to put aside a flood: what looks alike, putting it aside step by step, taking it back."""

import time
from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.models import ConversationRow
from banyan.desks import frame
from banyan.desks.intake import flood, words
from banyan.desks.intake.flood_forms import AlikeForm
from banyan.desks.intake.lists import mine
from banyan.desks.intake.rules import Need
from banyan.desks.intake.showing import FRAME

A_STEP = 0.8  # seconds; then a page says how far it is, and goes on
SHOWN = 12


def flood_page(request: DeskRequest) -> HttpResponse:
    """Choose what looks alike; what was chosen is shown, with how many would be left."""
    desk = request.desk
    form = AlikeForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return FRAME.show(
            request, "intake/flood.html", "conversations", form=form, title=_("Put aside a flood"),
            batches=_batches(request), status=422 if form.is_bound else 200,
        )  # fmt: skip
    rows, loud = flood.alike(desk, form.alike()), flood.alike(desk, form.alike(), flood.loud)
    count, more, whole = rows.count(), loud.count(), mine(desk).filter(state="open").count()
    return FRAME.show(
        request, "intake/flood_shown.html", "conversations", form=form, count=count, title=_found(count),
        lines=_sample(request, rows), left=_left(whole - count), button=_put(count),
        batch=flood.remember(desk, rows).hex() if count else "", loud=_loud(more), loud_lines=_sample(request, loud),
        loud_batch=flood.remember(desk, loud, loud=True).hex(), loud_button=_put(more),
    )  # fmt: skip


@require_POST
def put(request: DeskRequest, batch: str) -> HttpResponse:
    """Put aside what was shown, as much as fits into a step."""
    return _step(request, batch, flood.put_aside, _("Putting it aside"), "intake:flood_put", _done)


@require_POST
def back(request: DeskRequest, batch: str) -> HttpResponse:
    """Take a whole batch back, as much as fits into a step."""
    return _step(request, batch, flood.take_back, _("Taking it back"), "intake:flood_back", _taken_back)


def _step(
    request: DeskRequest, batch: str, act: Callable[..., int], label: str, again: str,
    said: Callable[[DeskRequest, bytes, int], str],
) -> HttpResponse:  # fmt: skip
    name = _named(batch)
    total = _number(request.POST.get("total", "")) or (
        flood.in_batch(request.desk, name) if act is flood.take_back else _to_come(request, name)
    )
    end = time.monotonic() + A_STEP
    try:
        left = act(desk=request.desk, batch=name, go_on=lambda: time.monotonic() < end)
    except NotYet:
        return FRAME.show(
            request, "intake/flood.html", "conversations", form=AlikeForm(), batches=_batches(request),
            title=_("Put aside a flood"), refused=_("Something else was looked at since. Look again, then press."),
        )  # fmt: skip
    if left:
        return FRAME.show(
            request, "intake/flood_going.html", "conversations", title=label, done=max(0, total - left), total=total,
            batch=batch, again=again,
        )  # fmt: skip
    return FRAME.show(
        request, "intake/flood_done.html", "conversations", title=said(request, name, total), batch=batch,
        inside=flood.in_batch(request.desk, name),
    )  # fmt: skip


def _to_come(request: DeskRequest, batch: bytes) -> int:
    try:
        return len(flood.listed(request.desk, batch))
    except NotYet:
        return 0


def _named(batch: str) -> bytes:
    try:
        name = bytes.fromhex(batch)
    except ValueError:
        raise Http404 from None
    if len(name) != 16 or name in (flood.NO_BATCH, flood.BY_HAND):
        raise Http404
    return name


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 8 else 0


def _batches(request: DeskRequest) -> list[tuple[str, str, object]]:
    """Each batch as a line: its name, how many it holds, when it was."""
    return [(one.name.hex(), _put_aside(one.count), one.when) for one in flood.batches(request.desk)]


def _sample(request: DeskRequest, rows: "QuerySet[ConversationRow]") -> list[frame.Line]:
    return [
        words.line(row, Need.DANGER if row.danger else None, request.desk.clock())
        for row in flood.sample(rows, SHOWN)
    ]


def _loud(count: int) -> str:
    """How many more there are whom one may choose by themselves; nothing where there are none."""
    said = ngettext(
        "One more looks like that, but ticked danger, wrote again or sent a file",
        "%(count)s more look like that, but ticked danger, wrote again or sent a file",
        count,
    )
    return said % {"count": frame.number(count)} if count else ""


def _found(count: int) -> str:
    said = ngettext("One conversation looks like that", "%(count)s conversations look like that", count)
    return said % {"count": frame.number(count)} if count else _("No conversation looks like that")


def _left(count: int) -> str:
    said = ngettext("One other conversation stays open.", "%(count)s other conversations stay open.", count)
    return said % {"count": frame.number(count)}


def _put(count: int) -> str:
    return ngettext("Put one aside", "Put %(count)s aside", count) % {"count": frame.number(count)}


def _put_aside(count: int) -> str:
    said = ngettext("One conversation is put aside", "%(count)s conversations are put aside", count)
    return said % {"count": frame.number(count)}


def _done(request: DeskRequest, batch: bytes, _total: int) -> str:
    return _put_aside(flood.in_batch(request.desk, batch))


def _taken_back(_request: DeskRequest, _batch: bytes, total: int) -> str:
    said = ngettext("One conversation is open again", "%(count)s conversations are open again", total)
    return said % {"count": frame.number(total)}
