"""A picture or a paper that a person sends after their message: made harmless before it is kept, sealed as it comes.

The message is safe before: a file takes minutes on a slow line, and what was written must not wait for it. Nothing of
a file touches the disk in clear, and its name is never read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from banyan.cases.allowance import TooMuch
from banyan.cases.asked import DoorRequest
from banyan.cases.folders.file import LARGEST
from banyan.cases.visit import NothingHere
from banyan.cleaning import clean
from banyan.doors.front import actions
from banyan.doors.front.posted import NOT_KEPT, carry_on, nonce_in, show, show_first, with_code
from banyan.folders.quota import NoRoom

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SHOWN = {
    "jpeg": "picture",
    "png": "picture",
    "webp": "picture",
    "gif": "picture",
    "heic": "picture",
    "pdf": "paper",
}


@with_code
def file(request: DoorRequest, code: bytes) -> HttpResponse:
    """Choose one file; with `send` it is cleaned, sealed and kept, and the page says what became of it."""
    visit = request.door.visit(code)
    if visit.conversation is None:
        return show_first(request)
    if "send" not in request.POST:
        return _form(request, code)
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        return _form(request, code, fault="none", status=422)
    if sent.size > LARGEST:
        return _form(request, code, fault="large", status=422)
    return _keep(request, code, sent)


def _keep(request: DoorRequest, code: bytes, sent: UploadedFile[bytes]) -> HttpResponse:
    data = sent.read()
    made = clean(data)
    if made.why == "busy":
        return _form(request, code, fault="busy", status=503)
    original = "original" in request.POST and request.door.keeps_testimony()
    try:
        posted = actions.send_file(
            door=request.door, code=code, nonce=nonce_in(request), data=data, made=made, original=original
        )
    except NothingHere:
        return show_first(request)
    except TooMuch:
        return _form(request, code, fault="much", status=503)
    except NoRoom:
        return _form(request, code, fault="room", status=503)
    except NOT_KEPT:
        return _form(request, code, fault="not_kept", status=503)
    what = SHOWN.get(made.kind, "file") if made.data is not None else "file"
    return show(
        request, "file_sent", here="front:file", carry=carry_on(code), what=what, cleaned=made.data is not None,
        why=made.why, original=original, twice=not posted.new,
    )  # fmt: skip


def _form(request: DoorRequest, code: bytes, *, fault: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"fault": fault, "court": request.door.keeps_testimony(), "files": True}
    return show(request, "file", here="front:file", carry=carry_on(code), status=status, **context)
