"""Files in which something is planted wherever a format lets one hide it."""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import av
import pillow_heif
from PIL import Image

from banyan.cleaning import clean

pillow_heif.register_heif_opener()

Canary = Callable[[], bytes]
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r>%b</r></x:xmpmeta>"


def painting(width: int = 48, height: int = 32, colour: str = "teal") -> Image.Image:
    """A picture with a mark at its top left."""
    picture = Image.new("RGB", (width, height), colour)
    picture.paste("white", (0, 0, width // 4, height // 4))
    return picture


def saved(form: str, picture: Image.Image | None = None, **options) -> bytes:
    """A picture in a format."""
    out = io.BytesIO()
    (picture or painting()).save(out, form, **options)
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def exif(canary: Canary) -> bytes:
    """EXIF with a canary in each field and a thumbnail."""
    tags = Image.Exif()
    for tag in (0x010F, 0x0110, 0x0131, 0x013B, 0x8298, 0x010E):
        tags[tag] = canary().decode()
    tags.get_ifd(0x8825).update({1: "N", 29: canary().decode()})
    tags.get_ifd(0x8769).update({0x9286: canary(), 0xA430: canary().decode(), 0xA431: canary().decode()})
    return tags.tobytes()


def jpeg(canary: Canary) -> bytes:
    """Comment, EXIF, XMP, IPTC, colour profile, an application of its own, a thumbnail, appended bytes."""
    thumbnail = saved("JPEG", comment=canary())
    extra = (
        segment(0xE1, exif(canary)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP % canary()),
        segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", 64) + canary().ljust(64)),
        segment(0xE2, b"ICC_PROFILE\0\1\1" + canary()),
        segment(0xE7, canary()),
        segment(0xE0, b"JFXX\0\x10" + thumbnail),
        segment(0xFE, canary()),
    )
    return saved("JPEG")[:2] + b"".join(extra) + saved("JPEG")[2:] + canary()


def png(canary: Canary) -> bytes:
    """Text of three kinds, EXIF, a colour profile, a chunk of its own, appended bytes."""
    plain = saved("PNG")
    extra = (
        chunk(b"tEXt", b"Author\0" + canary()),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(canary())),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP % canary()),
        chunk(b"iTXt", b"Title\0\1\0\0\0" + zlib.compress(canary())),
        chunk(b"eXIf", exif(canary)[6:]),
        chunk(b"iCCP", b"p\0\0" + zlib.compress(canary())),
        chunk(b"caNa", canary()),
    )
    return plain[:33] + b"".join(extra) + plain[33:] + canary()


def webp(canary: Canary) -> bytes:
    """EXIF, XMP, a colour profile, appended bytes."""
    return saved("WEBP", exif=exif(canary), xmp=XMP % canary(), icc_profile=canary()) + canary()


def gif(canary: Canary) -> bytes:
    """A comment, XMP of an application, a comment behind a second picture, appended bytes."""
    plain = saved("GIF", comment=canary(), save_all=True, append_images=[painting(colour="navy")])
    packet = canary()
    application = b"\x21\xff\x0bXMP DataXMP" + bytes([len(packet)]) + packet + b"\0"
    behind = canary()
    return plain[:-1] + application + b"\x21\xfe" + bytes([len(behind)]) + behind + b"\0;" + canary()


def heic(canary: Canary) -> bytes:
    """EXIF, XMP, a free box."""
    body = canary()
    return (
        saved("HEIF", exif=exif(canary), xmp=XMP % canary())
        + struct.pack(">I", 8 + len(body))
        + b"free"
        + body
    )


def pdf(canary: Canary) -> bytes:
    """Author, XMP, script, link, attachment, unseen text, a picture's comment, a remark, appended bytes."""
    picture = saved("JPEG", comment=canary())
    shown = zlib.compress(b"BT 3 Tr /F 9 Tf 20 20 Td (%b) Tj ET 40 0 0 30 5 5 cm /P Do" % canary())
    parts = (
        b"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/OpenAction<</S/JavaScript/JS(%b)>>/Names<</EmbeddedFiles"
        b"<</Names[(%b) 7 0 R]>>>>>>" % (canary(), canary()),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</XObject<</P 6 0 R>>/Font<</F"
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]"
        b"/A<</S/URI/URI(http://%b.example)>>>>]>>" % canary(),
        _stream(b"/Filter/FlateDecode", shown),
        _stream(b"/Type/Metadata/Subtype/XML", XMP % canary()),
        _stream(
            b"/Type/XObject/Subtype/Image/Width 48/Height 32/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
            picture,
        ),
        b"<</Type/Filespec/F(a.txt)/EF<</F 8 0 R>>>>",
        _stream(b"/Type/EmbeddedFile/Filter/FlateDecode", zlib.compress(canary())),
        b"<</Author(%b)/Title(%b)/Producer<%b>>>" % (canary(), canary(), canary().hex().encode()),
    )
    return a_pdf(parts, b"/Info 9 0 R", b"%% %b\n" % canary()) + canary()


def a_pdf(parts: tuple[bytes, ...], trailer: bytes = b"", remark: bytes = b"") -> bytes:
    """A PDF of these objects; the first is the root."""
    out, places = b"%PDF-1.7\n" + remark, []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _stream(head: bytes, body: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (head, len(body), body)


def text(canary: Canary) -> bytes:
    """Letters that nobody sees: tags, and a message of selectors."""
    tags = "".join(chr(0xE0000 + byte) for byte in canary())
    marks = "".join(chr(0xE0100 + byte) for byte in canary())
    return f"မင်္ဂလာပါ{tags} we are four people{marks}\r\n".encode()


def recording(form: str, codec: str, film: str = "", **tags: str) -> bytes:
    """A second of sound, with a film of a picture if one is wanted."""
    out = io.BytesIO()
    with av.open(out, "w", format=form) as target:
        target.metadata.update(tags)
        sound: Any = target.add_stream(codec, rate=48000, layout="mono")
        pictures: Any = target.add_stream(film, rate=10) if film else None
        if pictures:
            pictures.width, pictures.height, pictures.pix_fmt = 64, 32, "yuv420p"
            for number in range(10):
                frame = av.VideoFrame.from_image(painting(64, 32))
                frame.pts = number
                target.mux(pictures.encode(frame))
            target.mux(pictures.encode(None))
        for number in range(40):
            frame = av.AudioFrame("s16", "mono", 1200)
            frame.planes[0].update(bytes(range(240)) * 10)
            frame.sample_rate, frame.pts = 48000, number * 1200
            target.mux(sound.encode(frame))
        target.mux(sound.encode(None))
    return out.getvalue()


def told(canary: Canary) -> dict[str, str]:
    """What a phone writes beside a recording."""
    return {name: canary().decode() for name in ("title", "artist", "comment", "date")}


PLANTS: dict[str, Callable[[Canary], bytes]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "gif": gif,
    "heic": heic,
    "pdf": pdf,
    "text": text,
    "m4a": lambda canary: recording("mp4", "aac", **told(canary)),
    "mp3": lambda canary: recording("mp3", "libmp3lame", **told(canary)) + canary(),
    "ogg": lambda canary: recording("ogg", "libopus", **told(canary)),
    "mp4": lambda canary: recording("mp4", "aac", "libx264", **told(canary)),
    "webm": lambda canary: recording("webm", "libopus", "libvpx", **told(canary)),
}


def forms(data: bytes) -> Iterator[bytes]:
    """The bytes as they stand and in the forms in which they could still be read."""
    yield data
    at = -1
    while (at := data.find(b"\x78", at + 1)) >= 0:
        opened = zlib.decompressobj()
        try:
            yield opened.decompress(data[at:], 1 << 20)
        except zlib.error:
            continue
    signs = data.decode("utf-8", "ignore")
    yield bytes(ord(sign) & 0xFF for sign in signs if 0xE0000 <= ord(sign) < 0xE0200)


def holds(data: bytes, canary: bytes) -> bool:
    """Whether a canary can be found in a file: plain, in two bytes a letter, as hex, or compressed."""
    said = canary.decode()
    wanted = (canary, said.encode("utf-16-le"), said.encode("utf-16-be"), canary.hex().encode())
    return any(word in form for form in forms(data) for word in wanted)


def copy_of(file: bytes) -> bytes:
    """The cleaned copy of a file that has one."""
    copy = clean(file)
    assert copy.data is not None and not copy.why, copy.why
    return copy.data


def seen(file: bytes) -> Any:
    """The picture in the cleaned copy."""
    return Image.open(io.BytesIO(copy_of(file)))
