"""Files that people sent, on their way to a member's browser: never opened there, but for pictures made anew."""

from django.http import Http404, HttpResponse

from banyan.cases.folders.file import File

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
SAVED = {**ENDINGS, "application/pdf": "pdf", "text/plain; charset=utf-8": "txt"}
BEGIN = {
    "image/jpeg": (b"\xff\xd8\xff",), "image/png": (b"\x89PNG\r\n\x1a\n",), "image/webp": (b"RIFF",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}  # fmt: skip


def is_picture(file: File) -> bool:
    """Whether a file may be shown: a picture that was made anew, and nothing else."""
    return file.cleaned and file.media_type in ENDINGS


def picture(file: File, data: bytes) -> HttpResponse:
    """A picture for a page's `img`. Raises `Http404` for everything that may not be shown, whatever it calls itself."""
    if not is_picture(file) or not data.startswith(BEGIN[file.media_type]):
        raise Http404
    return _bare(HttpResponse(data, content_type=file.media_type))


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
