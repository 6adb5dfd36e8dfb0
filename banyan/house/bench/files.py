"""Making a file harmless: how long it takes from the bytes that came to the bytes that may be shown."""

import io
import time

from PIL import Image

from banyan.cleaning import clean, sandboxed
from banyan.house.bench.figures import Figure, Figures


def measure(quick: bool) -> Figures:
    """Seconds for a phone's picture of 12 million points, the same once more at a desk, and a PDF of 10 pages;
    milliseconds until a locked process has answered to one letter. The middle of several; nothing where there is
    no sandbox.
    """
    if not sandboxed():
        return {}
    rounds = 3 if quick else 9
    picture = Image.effect_mandelbrot((4000, 3000), (-2, -1.5, 1, 1.5), 40).convert("RGB")
    page = picture.resize((1240, 1754))
    photograph = _saved(picture, "JPEG", quality=90)
    pages = _saved(page, "PDF", save_all=True, append_images=[page] * 9)
    return {
        "sandbox_start_ms": Figure(round(_middle(b"a", rounds) * 1000, 1), "ms"),
        "clean_jpeg_s": Figure(round(_middle(photograph, rounds), 3), "s"),
        "look_jpeg_s": Figure(round(_middle(clean(photograph).data or b"", rounds), 3), "s"),
        "clean_pdf_s": Figure(round(_middle(pages, rounds), 3), "s"),
    }


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _middle(data: bytes, rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        if not clean(data).data:
            raise RuntimeError("the file was not cleaned")
        spent.append(time.perf_counter() - began)
    return sorted(spent)[rounds // 2]
