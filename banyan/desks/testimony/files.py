"""The pages of one file. A file goes out as bytes to be saved; only a picture that was made anew is ever shown, from an
address of its own, as what its bytes are and not as what anybody says of it.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.cases.folders.file import File
from banyan.cases.folders.testimony import Part, Testimony
from banyan.cases.reference import reference_of
from banyan.desks.frame import number, refusal, who_sees
from banyan.desks.frame.files import begins_as_said, is_picture, saved
from banyan.desks.frame.files import picture as shown
from banyan.desks.testimony import actions, rules
from banyan.desks.testimony.pages import FRAME, show_account, state_or_404


@require_POST
def fetch(request: DeskRequest, slug: str, part: str) -> HttpResponse:
    """The missing pieces come with the next sync."""
    state, file = _file_or_404(request.desk, slug, part)
    refused = refusal(actions.fetch, desk=request.desk, folder=state.folder, part=file.name)
    return show_account(request, state, refused) if refused else redirect("testimony:account", slug)


@require_POST
def save(request: DeskRequest, slug: str, part: str) -> HttpResponse:
    """The file byte for byte, once its note stands in the chain of custody."""
    state, file = _file_or_404(request.desk, slug, part)
    try:
        data = actions.save_copy(desk=request.desk, folder=state.folder, part=file.name)
    except NotYet as refused:
        return show_account(request, state, str(refused))
    called = rules.file_name(reference_of(state.folder), rules.number_of(state, file.name))
    return saved(file.document, data, called)


@require_safe
def look(request: DeskRequest, slug: str, part: str) -> HttpResponse:
    """A page with one picture, which begins to be made anew and comes at an address of its own."""
    state, file = _picture_or_404(request.desk, slug, part)
    try:
        data = actions.read_whole(desk=request.desk, folder=state.folder, part=file.name)
    except NotYet as refused:
        return show_account(request, state, str(refused))
    if not begins_as_said(file.document, data):
        words = _("This is not the picture that it is said to be, so it is not shown. Tell your office.")
        return show_account(request, state, words)
    return FRAME.show(
        request, "testimony/look.html", slug=slug, part=part, reference=reference_of(state.folder),
        number=number(rules.number_of(state, file.name)), who_sees=who_sees(request.desk, state.folder),
    )  # fmt: skip


@require_safe
def picture(request: DeskRequest, slug: str, part: str) -> HttpResponse:
    """The bytes of a picture, and of nothing else."""
    state, file = _picture_or_404(request.desk, slug, part)
    try:
        data = actions.read_whole(desk=request.desk, folder=state.folder, part=file.name)
    except NotYet:
        raise Http404 from None
    return shown(file.document, data)


def _file_or_404(desk: Desk, slug: str, part: str) -> tuple[Testimony, Part[File]]:
    """A file that this keeper noted to have opened; of any other there is no page."""
    state = state_or_404(desk, slug)
    files = rules.read_by(state, desk.keys.id).files
    found = next((one for one in files if one.name[:8].hex() == part), None)
    if found is None:
        raise Http404
    return state, found


def _picture_or_404(desk: Desk, slug: str, part: str) -> tuple[Testimony, Part[File]]:
    state, file = _file_or_404(desk, slug, part)
    if not is_picture(file.document):
        raise Http404
    return state, file
