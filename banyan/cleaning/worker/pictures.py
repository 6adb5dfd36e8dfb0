"""Pictures: taken apart to their colours and made anew. What is no colour stays behind."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageOps, ImagePalette, MpoImagePlugin, TiffImagePlugin

from banyan.cleaning.limits import LARGEST_PNG, LONGEST_SIDE, MOST_PIXELS
from banyan.cleaning.worker.refusal import Refused

# Pillow loads these only when a picture asks for them, and then it is too late.
LOADED = (ImagePalette, MpoImagePlugin, TiffImagePlugin)
FORMATS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",), "gif": ("GIF",), "heic": ("HEIF",)}
STAYS_SHARP = ("png", "gif")
ORIENTATION = 0x0112
GREY = ("1", "L")
SEE_THROUGH = ("LA", "La", "RGBA", "RGBa", "PA")


def cleaner(kind: str) -> Callable[[bytes], tuple[str, bytes]]:
    """The cleaner of one kind of picture, with its library loaded and tried."""
    if kind == "heic":
        from banyan.cleaning.worker import heic

        heic.load()
        sample = heic.SAMPLE
    else:
        sample = _sample(kind)

    def clean(data: bytes) -> tuple[str, bytes]:
        return _clean(data, kind)

    clean(sample)
    return clean


def _clean(data: bytes, kind: str) -> tuple[str, bytes]:
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS[kind])
    except Image.DecompressionBombError as bomb:
        raise Refused("too_many_pixels") from bomb
    with opened as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused("too_many_pixels")
        fresh = _colours_alone(picture)
    if kind in STAYS_SHARP:
        out = io.BytesIO()
        fresh.save(out, "PNG")
        if out.tell() <= LARGEST_PNG:
            return "image/png", out.getvalue()
    return "image/jpeg", as_jpeg(fresh)


def as_jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    """A picture without any history, as JPEG."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _colours_alone(picture: Image.Image) -> Image.Image:
    """The right way up, not too large, on white, and painted onto a new sheet that knows nothing of the old:
    what lay hidden under full transparency is gone too.
    """
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    if upright.mode == "P" or "transparency" in upright.info:
        upright = upright.convert("RGBA")
    if upright.mode.startswith(("I", "F")):
        upright = _eight_bits(upright)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    sheet = Image.new("L" if upright.mode in GREY else "RGB", upright.size, "white")
    if upright.mode in SEE_THROUGH:
        upright = upright.convert("RGBA")
        sheet.paste(upright, mask=upright.getchannel("A"))
    else:
        sheet.paste(upright.convert(sheet.mode))
    return sheet


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey to eight."""
    return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _sample(kind: str) -> bytes:
    """A small picture that is turned, so that everything a real one needs is loaded before the lock."""
    out, turned = io.BytesIO(), Image.Exif()
    turned[ORIENTATION] = 6
    Image.new("RGBA" if kind in ("png", "webp") else "RGB", (8, 16), "red").save(
        out, FORMATS[kind][0], exif=turned
    )
    return out.getvalue()
