"""PDF: every page is drawn, and the drawings make a new PDF. No script, link, attachment, text or author stays.

Fonts that the file does not carry are taken from those within the library; none of this machine is opened.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterable, Iterator

import pypdfium2_raw as pdfium
from PIL import Image

from banyan.cleaning.limits import DOTS_PER_INCH, LARGEST_COPY, LONGEST_PAGE_SIDE, MOST_PAGES
from banyan.cleaning.worker.pictures import as_jpeg
from banyan.cleaning.worker.refusal import Refused

MEDIA_TYPE = "application/pdf"
POINTS = 72  # of PDF, an inch
WHITE = 0xFFFFFFFF
SHOWN = pdfium.FPDF_ANNOT

Drawn = tuple[Image.Image, float]  # a page, and how many points of PDF one of its pixels is


def cleaner() -> Callable[[bytes], tuple[str, bytes]]:
    """The cleaner of PDF, loaded and tried."""
    no_fonts = (ctypes.POINTER(ctypes.c_char) * 1)()  # an empty list: without one it would look for folders
    config = pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=no_fonts)
    pdfium.FPDF_InitLibraryWithConfig(ctypes.byref(config))
    clean(_made_of([(Image.new("RGB", (8, 8), "red"), 1.0)]))
    return clean


def clean(data: bytes) -> tuple[str, bytes]:
    """A PDF of pictures, page for page."""
    return MEDIA_TYPE, _made_of(_pages(data))


def _pages(data: bytes) -> Iterator[Drawn]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise Refused("broken")
    count = pdfium.FPDF_GetPageCount(document)
    if not count > 0:
        raise Refused("broken")
    if count > MOST_PAGES:
        raise Refused("too_large")
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, ctypes.byref(pdfium.FPDF_FORMFILLINFO(version=2)))
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            raise Refused("broken")
        yield _drawn(page, form)
        pdfium.FPDF_ClosePage(page)


def _drawn(page: ctypes.c_void_p, form: ctypes.c_void_p | None) -> Drawn:
    """One page on white, with the marks and filled fields that a reader would see."""
    across, down = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not (across > 0 and down > 0):
        raise Refused("broken")
    scale = min(DOTS_PER_INCH / POINTS, LONGEST_PAGE_SIDE / max(across, down))
    width, height = max(1, int(across * scale)), max(1, int(down * scale))
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    if not bitmap:
        raise MemoryError
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
    where = (bitmap, page, 0, 0, width, height, 0, SHOWN)
    pdfium.FPDF_RenderPageBitmap(*where)
    if form:
        pdfium.FPDF_FFLDraw(form, *where)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    dots = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombytes("RGB", (width, height), dots, "raw", "BGRX", stride), 1 / scale


def _made_of(pages: Iterable[Drawn]) -> bytes:
    """The bytes of a PDF that holds these pictures and nothing else: no date, no author, no name of a program."""
    out, places = io.BytesIO(), [0]
    out.write(b"%PDF-1.4\n")

    def add(body: bytes) -> None:
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (len(places) - 1, body))
        if out.tell() > LARGEST_COPY:
            raise Refused("too_large")

    sheets = []
    for picture, points in pages:
        width, height = picture.width * points, picture.height * points
        jpeg, drawing = as_jpeg(picture, quality=75), b"%.2f 0 0 %.2f 0 0 cm /P Do" % (width, height)
        size = b"/Width %d /Height %d" % picture.size
        first = len(places)
        add(
            b"<</Type/XObject/Subtype/Image %b/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>"
            b"stream\n%b\nendstream" % (size, len(jpeg), jpeg)
        )
        add(b"<</Length %d>>stream\n%b\nendstream" % (len(drawing), drawing))
        sheets.append(
            b"<</Type/Page/Parent @ 0 R/MediaBox[0 0 %.2f %.2f]/Resources<</XObject<</P %d 0 R>>>>/Contents %d 0 R>>"
            % (width, height, first, first + 1)
        )
    root = len(places) + len(sheets)
    leaves = b" ".join(b"%d 0 R" % (len(places) + number) for number in range(len(sheets)))
    for sheet in sheets:
        add(sheet.replace(b"@", b"%d" % root))
    add(b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(sheets), leaves))
    add(b"<</Type/Catalog/Pages %d 0 R>>" % root)
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % len(places))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places[1:]))
    out.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places), root + 1, start))
    return out.getvalue()
