"""What this member signed first and nobody signed after them yet: on the page of its case, at every desk, with one
button to take it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from banyan.cases import casework
from banyan.cases.asked import DeskRequest
from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Case
from banyan.desks.frame.addresses import case_or_404, slug_of
from banyan.desks.frame.codes import ACTS, exact
from banyan.desks.frame.pages import Frame, refusal


@dataclass(frozen=True)
class SignedFirst:
    """As the part `desk/signed_first.html` shows it: what was signed, until when it waits, where it is taken back."""

    what: str
    until: str
    url: str


def signed_first(desk: Desk, case: Case, app: str) -> Sequence[SignedFirst]:
    """What this member signed first on a case and may take back; `app` is the desk whose page it is."""
    return [
        SignedFirst(
            what=str(ACTS[one.statement.act]), until=exact(one.statement.expires, desk.clock()),
            url=reverse(f"{app}:take_back", args=[slug_of(case.folder), slug_of(one.name)]),
        )
        for one in case.signed_first(desk.keys.id, desk.now)
        if desk.holds(case.folder)
    ]  # fmt: skip


@require_POST
def take_back(request: DeskRequest, slug: str, name: str) -> HttpResponse:
    """Take back what this member signed first; where a colleague was quicker, the page says so."""
    case = case_or_404(request.desk, slug)
    app = request.resolver_match.app_name if request.resolver_match else ""
    proposal = next((one.name for one in case.proposals if slug_of(one.name) == name), None)
    if proposal is None:
        raise Http404
    stop = refusal(casework.take_back, desk=request.desk, cover=case.folder, proposal=proposal)
    back = reverse(f"{app}:case", args=[slug])
    if not stop:
        return redirect(back)
    return Frame(app, "", ()).show(
        request,
        "desk/task.html",
        title=_("Take it back"),
        stop=stop,
        back=back,
        reference=case.reference,
        who_sees="",
    )
