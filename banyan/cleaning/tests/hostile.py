"""Files made to do harm, from a seed: bombs, halves, noise, changed bytes, and files that are two things at once."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from banyan.cleaning.tests.planted import PLANTS, a_pdf, chunk, painting, saved, segment

SCRIPT = b"<script>alert('stays')</script>"
VALID: dict[str, bytes] = {}


def valid(kind: str) -> bytes:
    """A good file of a kind, made once."""
    if kind not in VALID:
        VALID[kind] = PLANTS[kind](lambda: b"canary00000Q")
    return VALID[kind]


def archive() -> bytes:
    """A ZIP with a page in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("index.html", SCRIPT)
    return out.getvalue()


def vast_png(chance: random.Random) -> bytes:
    """65,535 by 65,535 points in a few bytes."""
    head = struct.pack(">IIBBBBB", 65535, 65535, 8, chance.choice([0, 2, 6]), 0, 0, 0)
    return (
        saved("PNG")[:8]
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
        + chunk(b"IEND", b"")
    )


def vast_gif(chance: random.Random) -> bytes:
    """A screen of the largest size."""
    plain = saved("GIF")
    return plain[:6] + struct.pack("<HH", 65535, 65535 - chance.randrange(9)) + plain[10:]


def vast_jpeg(chance: random.Random) -> bytes:
    """A JPEG that says it is 65,500 by 65,500."""
    plain = saved("JPEG")
    at = plain.index(b"\xff\xc0") + 5
    return plain[:at] + struct.pack(">HH", 65500, 65500 - chance.randrange(9)) + plain[at + 4 :]


def vast_webp(chance: random.Random) -> bytes:
    """A canvas of the largest size."""
    plain = bytearray(saved("WEBP", exif=b"Exif\0\0a"))
    plain[24:30] = (16383).to_bytes(3, "little") * 2
    return bytes(plain)


def long_text_png(chance: random.Random) -> bytes:
    """A remark of 200 million letters, compressed."""
    deflate = zlib.compressobj(9)
    body = b"".join(deflate.compress(bytes(1 << 20)) for _ in range(200)) + deflate.flush()
    plain = saved("PNG")
    return plain[:33] + chunk(b"zTXt", b"Comment\0\0" + body) + plain[33:]


def many_pages(chance: random.Random) -> bytes:
    """A PDF of two thousand million pages, or one that is its own page."""
    count = chance.choice([2_000_000_000, 61, -1])
    return a_pdf((b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[2 0 R 2 0 R]>>" % count))


def drawn_for_ever(chance: random.Random) -> bytes:
    """A page whose drawing draws itself twice, thirty deep, on paper of a mile."""
    forms = tuple(
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</P %d 0 R>>>>/Length 12>>stream\n"
        b"/P Do /P Do \nendstream" % (5 + number)
        for number in range(30)
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 4000000 9]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>"
    first = b"<</Length 6>>stream\n/P Do \nendstream"
    return a_pdf(
        (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, first, *forms)
    )


def swollen_page(chance: random.Random) -> bytes:
    """A page whose drawing unpacks to a thousand million bytes."""
    deflate = zlib.compressobj(9)
    body = (
        b"".join(deflate.compress(b"0 0 m " * 200_000) for _ in range(chance.choice([50, 800])))
        + deflate.flush()
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>"
    drawing = b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(body), body)
    return a_pdf((b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, drawing))


def zip_bomb(chance: random.Random) -> bytes:
    """Nought, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a", bytes(10_000_000))
    return out.getvalue()


def half(chance: random.Random) -> bytes:
    """A good file that was cut off."""
    whole = valid(chance.choice(list(PLANTS)))
    return whole[: chance.randrange(4, len(whole))]


def changed(chance: random.Random) -> bytes:
    """A good file in which some bytes are others."""
    whole = bytearray(valid(chance.choice(list(PLANTS))))
    for _ in range(chance.randrange(1, 30)):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    return bytes(whole)


def noise(chance: random.Random) -> bytes:
    """Noise that begins like something."""
    return valid(chance.choice(list(PLANTS)))[: chance.randrange(0, 40)] + chance.randbytes(
        chance.randrange(1, 60_000)
    )


def two_at_once(chance: random.Random) -> bytes:
    """A good file that is an archive, a page and a script too."""
    kind = chance.choice(["jpeg", "png", "gif", "webp", "pdf", "m4a", "mp3"])
    whole = valid(kind)
    if kind == "jpeg":
        whole = whole[:2] + segment(0xFE, SCRIPT) + whole[2:]
    return whole + SCRIPT + archive()


def script_picture(chance: random.Random) -> bytes:
    """A GIF that is a script too: its height is read as the beginning of a remark."""
    plain = saved("GIF", painting(0x2F2A & 0xFFF, 8))
    return plain[:-1] + b"\x21\xfe" + bytes([len(SCRIPT)]) + SCRIPT + b"\0;*/=1;" + SCRIPT


def other(chance: random.Random) -> bytes:
    """What is never cleaned: markup, programs, nothing at all."""
    return chance.choice(
        [b"", b"<svg onload='x'/>", b"<!DOCTYPE html>" + SCRIPT, b"\x7fELF" + bytes(99), b"MZ" + bytes(99)]
    )


HARM: tuple[Callable[[random.Random], bytes], ...] = (
    half,
    changed,
    noise,
    two_at_once,
    vast_png,
    half,
    changed,
    noise,
    two_at_once,
    vast_jpeg,
    half,
    changed,
    vast_gif,
    vast_webp,
    many_pages,
    script_picture,
    zip_bomb,
    other,
    half,
    changed,
)
SLOW_HARM = (long_text_png, drawn_for_ever, swollen_page)
