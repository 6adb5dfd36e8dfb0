"""A picture or a paper that a person sends after their message: made harmless before it is kept, sealed as it comes.

The message is safe before: a file takes minutes on a slow line, and what was written must not wait for it. Nothing of
a file touches the disk in clear, and its name is never read. What cannot be made harmless is kept only once the person,
who was told so, says that it may be sent as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from banyan.cases.allowance import TooMuch
from banyan.cases.asked import DoorRequest
from banyan.cases.folders.file import LARGEST
from banyan.cases.visit import NothingHere
from banyan.cleaning import Clean, clean
from banyan.doors.front import actions
from banyan.doors.front.held import held
from banyan.doors.front.posted import NOT_KEPT, carry_on, nonce_in, show, show_first, with_code
from banyan.folders.quota import NoRoom

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

# Fields of the page that asks: the key of the file that waits, and the yes to sending it as it is.
HELD, ANYWAY = "held", "as_it_is"
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
    if HELD in request.POST:
        return _asked(request, code)
    if "send" not in request.POST:
        return _form(request, code)
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        return _form(request, code, fault="none", status=422)
    if sent.size > LARGEST:
        return _form(request, code, fault="large", status=422)
    return _clean(request, code, sent)


def _clean(request: DoorRequest, code: bytes, sent: UploadedFile[bytes]) -> HttpResponse:
    data = sent.read()
    made = clean(data)
    if made.why == "busy":
        return _form(request, code, fault="busy", status=503)
    if made.data is None and ANYWAY not in request.POST:
        return _ask(request, code, made, held().put(code, data, made))
    return _keep(request, code, data, made)


def _ask(request: DoorRequest, code: bytes, made: Clean, key: str) -> HttpResponse:
    """It could not be made harmless, and nothing of it is kept: the person says whether it is sent as it is."""
    original = _original(request)
    carry = carry_on(code) | {HELD: key, "original": original}
    return show(request, "file_ask", here="front:file", carry=carry, why=made.why, original=bool(original))


def _asked(request: DoorRequest, code: bytes) -> HttpResponse:
    """The person's yes or no to sending it as it is."""
    if "leave" in request.POST:
        held().drop(code)
        return _form(request, code, fault="left")
    found = held().get(code, key := request.POST[HELD])
    if found is None:
        return _form(request, code, fault="gone", status=422)
    return _keep(request, code, *found) if ANYWAY in request.POST else _ask(request, code, found[1], key)


def _original(request: DoorRequest) -> str:
    """Whether the unchanged file is to be kept for a court too."""
    return "1" if request.POST.get("original") and request.door.keeps_testimony() else ""


def _keep(request: DoorRequest, code: bytes, data: bytes, made: Clean) -> HttpResponse:
    original = bool(_original(request))
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
    # Who already said that it may be sent as it is, and has to choose it again, is not asked again.
    again = fault and fault != "left" and ANYWAY in request.POST
    carry = carry_on(code) | ({ANYWAY: "1"} if again else {})
    context: dict[str, Any] = {"fault": fault, "court": request.door.keeps_testimony(), "files": True}
    context["original"] = bool(_original(request))
    return show(request, "file", here="front:file", carry=carry, status=status, **context)
