"""What a file is, by its first bytes. Nothing is decoded here: bytes are compared, and that is all."""

from __future__ import annotations

import codecs

LOOK = 1024

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
SOUND_BRANDS = {b"M4A ", b"M4B ", b"M4P "}
SOUND_FORMS = (
    b"ID3",
    b"#!AMR",
    b"fLaC",
    b"caff",
    b"\xff\xfb",
    b"\xff\xf3",
    b"\xff\xf2",
    b"\xff\xf1",
    b"\xff\xf9",
)
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
)
OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
OFFICE_NAMES = (b"[Content_Types].xml", b"mimetype", b"_rels/", b"word/", b"xl/", b"ppt/", b"docProps/")
NO_TEXT = {chr(number) for number in (*range(32), 127)} - set("\t\n\r\f")
BYTE_ORDERS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What the cleaned copy of each kind may be, and how such a copy begins. A worker that answers with anything
# else is not believed.
BEGINNINGS = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "application/pdf": b"%PDF-1.",
    "text/plain; charset=utf-8": b"",
    "audio/ogg": b"OggS",
    "video/webm": b"\x1aE\xdf\xa3",
}
COMES_OUT = {
    "jpeg": ("image/jpeg",),
    "png": ("image/png", "image/jpeg"),
    "webp": ("image/jpeg", "image/png"),
    "gif": ("image/png", "image/jpeg"),
    "heic": ("image/jpeg",),
    "pdf": ("application/pdf",),
    "text": ("text/plain; charset=utf-8",),
    "audio": ("audio/ogg",),
    "video": ("video/webm", "audio/ogg"),
}


def kind_of(data: bytes) -> str:
    """One word for what `data` is: a key of `COMES_OUT`, or zip, office, unknown."""
    head = data[:LOOK]
    return (
        _picture(head) or _document(head) or _sound(head) or ("text" if _reads_as_text(head) else "unknown")
    )


def encoding_of(data: bytes) -> str:
    """The encoding that a text's byte order mark says, else UTF-8."""
    return next((name for mark, name in BYTE_ORDERS if data.startswith(mark)), "utf-8")


def _picture(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "heic" if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS else ""


def _document(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(OFFICE):
        return "office"
    if head.startswith(ARCHIVES):
        return "office" if head.startswith(b"PK") and head[30:].startswith(OFFICE_NAMES) else "zip"
    return ""


def _sound(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "audio" if head[8:12] in SOUND_BRANDS else "unknown" if head[8:12] == b"avif" else "video"
    if head.startswith(SOUND_FORMS) or (head[:4] == b"RIFF" and head[8:12] == b"WAVE"):
        return "audio"
    if head.startswith(b"OggS"):
        return "video" if b"theora" in head else "audio"
    return (
        "video"
        if head.startswith(b"\x1aE\xdf\xa3") or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
        else ""
    )


def _reads_as_text(head: bytes) -> bool:
    """Whether this begins as plain text. Markup is none: what it hides would stay."""
    try:
        text = codecs.getincrementaldecoder(encoding_of(head))("strict").decode(head)
    except UnicodeDecodeError:
        return False
    if not text or any(sign in NO_TEXT for sign in text):
        return False
    start = text.lstrip("\ufeff \t\r\n")[:2]
    return not (
        (start.startswith("<") and start[1:2] in "!?/") or (start[:1] == "<" and start[1:2].isalpha())
    )
