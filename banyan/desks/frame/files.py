"""Files that people sent, on their way to a member's browser: never opened there, but for pictures, which are
made anew a second time, here.
"""

from django.http import Http404, HttpResponse

from banyan.cases.folders.file import File
from banyan.cleaning import sandboxed
from banyan.desks.frame import anew

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
SAVED = {**ENDINGS, "application/pdf": "pdf", "text/plain; charset=utf-8": "txt"}
BEGIN = {
    "image/jpeg": (b"\xff\xd8\xff",), "image/png": (b"\x89PNG\r\n\x1a\n",), "image/webp": (b"RIFF",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}  # fmt: skip


def is_picture(file: File) -> bool:
    """Whether a file may be shown: a picture that was made anew, on a computer that can make it anew once more."""
    return _drawn(file) and sandboxed()


def only_saved(file: File) -> bool:
    """Whether it would be shown, were this a computer where strangers' pictures can be decoded safely."""
    return _drawn(file) and not sandboxed()


def begins_as_said(file: File, data: bytes) -> bool:
    """Whether the first bytes are of the picture that the entry calls it; begins to make that anew."""
    if not is_picture(file) or not data.startswith(BEGIN[file.media_type]):
        return False
    anew.begin(data)
    return True


def picture(file: File, data: bytes) -> HttpResponse:
    """A picture for a page's `img`, made anew just now. Raises `Http404` for everything that may not be shown,
    whatever it calls itself, and for what takes too long.
    """
    copy = anew.made_anew(data) if begins_as_said(file, data) else None
    if copy is None:
        raise Http404
    return _bare(HttpResponse(copy.data, content_type=copy.media_type))


def _drawn(file: File) -> bool:
    return file.cleaned and file.media_type in ENDINGS


def saved(file: File, data: bytes, called: str) -> HttpResponse:
    """The bytes as they are, to be saved and not opened. `called` is made by us: a file has no name of its own."""
    ending = SAVED.get(file.media_type, "bin") if file.cleaned else "bin"
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{called}.{ending}"'
    return _bare(response)


def _bare(response: HttpResponse) -> HttpResponse:
    """Nothing in it runs, loads or frames anything, also when it is opened by itself."""
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
