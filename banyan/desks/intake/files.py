"""Files that a person sent, as intake meets them: looked at, fetched, saved; only what was made anew is shown."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.attached import missing, read_file, want
from banyan.cases.folders.conversation import Said
from banyan.cases.folders.file import File, NotHereYet
from banyan.cases.reference import reference_of
from banyan.desks.frame import files, folder_or_404
from banyan.desks.intake import codes, showing
from banyan.sealing.faults import SealingFault


def file(request: DeskRequest, slug: str, name: str, damaged: bool = False) -> HttpResponse:
    """One file: what it is, what was done to it, and what can be done with it."""
    folder, _said, sent = _found(request, slug, name)
    lacking = missing(request.desk, sent)
    asked = bool(lacking) and request.desk.wanted >= set(lacking)
    return showing.FRAME.show(
        request, "intake/file.html", "", slug=slug, name=name, reference=reference_of(folder), file=sent,
        title=codes.file_name(sent), size=filesizeformat(sent.size), lacking=bool(lacking), asked=asked,
        shown=files.is_picture(sent) and not lacking and not damaged, damaged=damaged,
        only_saved=files.only_saved(sent),
        why=codes.WHY_NOT_CLEANED.get(sent.why, ""), who_sees=showing.who_sees(request.desk, folder),
    )  # fmt: skip


@require_safe
def look(request: DeskRequest, slug: str, name: str) -> HttpResponse:
    """The picture itself; nothing where it has not arrived or was damaged."""
    folder, _said, sent = _found(request, slug, name)
    try:
        return files.picture(sent, read_file(request.desk, folder, sent))
    except (NotHereYet, SealingFault):
        raise Http404 from None


@require_POST
def save(request: DeskRequest, slug: str, name: str) -> HttpResponse:
    """The file as it is, to be saved."""
    folder, said, sent = _found(request, slug, name)
    called = f"{reference_of(folder)} {said.name[:4].hex()}".replace(" ", "-")
    try:
        return files.saved(sent, read_file(request.desk, folder, sent), called)
    except NotHereYet:
        return redirect("intake:file", slug, name)
    except SealingFault:
        return file(request, slug, name, damaged=True)


@require_POST
def fetch(request: DeskRequest, slug: str, name: str) -> HttpResponse:
    """Have the rest of a large file come with the next sync."""
    _folder, _said, sent = _found(request, slug, name)
    want(request.desk, sent)
    return redirect("intake:file", slug, name)


def _found(request: DeskRequest, slug: str, name: str) -> tuple[bytes, Said, File]:
    folder = folder_or_404(request.desk, slug, showing.TALK)
    state = showing.state_or_404(request.desk, folder)
    for said in state.files:
        if said.name[:8].hex() == name and isinstance(said.document, File):
            return folder, said, said.document
    raise Http404
