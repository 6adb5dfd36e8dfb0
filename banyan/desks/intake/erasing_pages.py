"""The page on which all that is kept of a person is erased: what goes, what stays, and the first signature."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from banyan.cases import burials
from banyan.cases.asked import DeskRequest
from banyan.cases.reference import reference_of
from banyan.desks import frame
from banyan.desks.frame import folder_or_404
from banyan.desks.intake import erasing, erasing_words, showing
from banyan.desks.intake.erasing_forms import EraseForm


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: DeskRequest, slug: str) -> HttpResponse:
    """Erase it all: sign first."""
    desk, folder = request.desk, folder_or_404(request.desk, slug, showing.TALK)
    state = showing.state_or_404(desk, folder)
    all_of_it, waits = erasing.whole(desk, state), erasing.waits(desk, folder)
    if not desk.holds(folder) or (waits is not None and burials.names_all(waits, all_of_it.folders)):
        return redirect("intake:conversation", slug)  # its page says who holds it now, or since when it waits
    again = erasing.wrote_since(state)
    start = {"reason": "asked"} if state.erase_asked is not None and again is None else {}
    form = EraseForm(
        frame.posted(request), initial=start, reasons=erasing_words.reasons(state), again=again is not None
    )
    due = erasing.due(state)
    return showing.FRAME.task(
        request, form, partial(erasing.erase_all, folder=folder), template="intake/erase.html",
        back=reverse("intake:conversation", args=[slug]), title=_("Erase it all"),
        about=_("Nothing is erased by one signature. Somebody of the office signs after you, within fourteen days."),
        button=_("Erase it all: sign first"), reference=reference_of(folder), goes=erasing_words.goes(all_of_it),
        stays=erasing_words.STAYS, all_of_it=all_of_it, more=waits is not None,
        due=frame.exact(due, desk.clock()) if due else "", who_sees=showing.who_sees(desk, folder),
    )  # fmt: skip
