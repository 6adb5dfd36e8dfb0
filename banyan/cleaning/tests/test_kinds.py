"""What a file is, by its content, and what text and recordings come out as."""

import io

import av
import pytest

from banyan.cleaning import Clean, clean, sandboxed
from banyan.cleaning.kinds import kind_of
from banyan.cleaning.tests.hostile import archive
from banyan.cleaning.tests.planted import PLANTS, copy_of, recording

needs_sandbox = pytest.mark.skipif(not sandboxed(), reason="no sandbox here: nothing is decoded")

KINDS = {"m4a": "audio", "mp3": "audio", "ogg": "audio", "mp4": "video", "webm": "video"}


def test_a_kind_is_seen_in_the_first_bytes():
    seen = {name: kind_of(plant(lambda: b"canary")) for name, plant in PLANTS.items()}
    assert seen == {name: KINDS.get(name, name) for name in PLANTS} | {"m4a": "video"}
    assert kind_of(archive()) == "zip"
    assert kind_of(b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml") == "office"
    assert kind_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == kind_of(b"{\\rtf1") == "office"
    for nothing in (
        b"",
        b"\x7fELF",
        b"MZ\0",
        b"<html>",
        b" <?xml",
        "\ufeff<!DOCTYPE".encode(),
        b"a\0b",
        b"\xff\xfe",
    ):
        assert kind_of(nothing) == "unknown", nothing
    assert kind_of(b"1 < 2") == kind_of("မင်္ဂလာပါ".encode() * 99) == "text"


@needs_sandbox
def test_text_keeps_what_is_read_and_loses_what_is_not():
    def read(text, encoding="utf-8"):
        return copy_of(text.encode(encoding)).decode()

    burmese = "သူ\u200bမသွား\u200cဘူး\nနှစ်\tလိုင်း"
    assert read(burmese) == read(burmese, "utf-16") == read("\ufeff" + burmese) == burmese
    assert read("a" * 2000 + "\r\nb\rc\x07\x1b[1m") == "a" * 2000 + "\nb\nc[1m"
    assert kind_of(b"a\x07") == "unknown"
    assert read("a\u202eb\u2066c\u00ad\u200b\u200c\u200b\u200dd") == "abc\u200bd"


@needs_sandbox
def test_text_that_stops_being_text_is_broken():
    assert clean(b"a" * 5000 + b"\xff\xfe") == Clean("text", why="broken")


@needs_sandbox
def test_a_voice_note_comes_out_as_a_voice_note_as_long_as_it_was():
    for form, codec in (
        ("mp4", "aac"),
        ("ogg", "libopus"),
        ("wav", "pcm_s16le"),
        ("mp3", "libmp3lame"),
        ("adts", "aac"),
    ):
        copy = clean(recording(form, codec))
        assert (copy.kind, copy.media_type) == ("audio", "audio/ogg"), form
        with av.open(io.BytesIO(copy.data or b""), "r") as heard:
            assert 0.9 < sum(f.samples / f.sample_rate for f in heard.decode(audio=0)) < 1.2
            assert heard.metadata == {} and set(heard.streams[0].metadata) <= {"encoder"}


@needs_sandbox
def test_a_film_comes_out_upright_with_its_sound():
    film = recording("mp4", "aac", "libx264")
    straight = bytes.fromhex(
        "00010000 00000000 00000000 00000000 00010000 00000000 00000000 00000000 40000000"
    )
    quarter = bytes.fromhex(
        "00000000 00010000 00000000 ffff0000 00000000 00000000 00000000 00000000 40000000"
    )
    at = film.index(straight, film.rindex(b"vmhd") - 600)
    turned = film[:at] + quarter + film[at + 36 :]
    for file, size, white in ((film, (64, 32), (4, 2)), (turned, (32, 64), (28, 2))):
        copy = clean(file)
        assert copy.media_type == "video/webm", copy
        with av.open(io.BytesIO(copy.data or b""), "r") as seen:
            assert {stream.type for stream in seen.streams} == {"video", "audio"}
            pictures = [frame.to_image() for frame in seen.decode(video=0)]
        assert pictures[0].size == size and len(pictures) in (9, 10)
        assert min(pictures[0].getpixel(white)) > 180 > max(pictures[0].getpixel((size[0] // 2, size[1] - 4)))
