"""Films of a few bytes that take long to play are refused for what they would cost, and not for how long they last."""

import io
import resource
from fractions import Fraction
from functools import cache
from typing import Any

import av
import pytest

from banyan.cleaning import clean, sandboxed
from banyan.cleaning.limits import LARGEST_FILE, LONGEST_SOUND, MOST_FILM_FRAMES, MOST_FILM_POINTS
from banyan.cleaning.worker.bounds import Bounds, check_film
from banyan.cleaning.worker.refusal import Refused

needs_sandbox = pytest.mark.skipif(not sandboxed(), reason="no sandbox here: nothing is decoded")
CLOCK = 15_360  # of the films made here, in a second
FOUR_K = (4096, 2304)


@cache
def black(size: tuple[int, int], codec: str = "libx264", form: str = "yuv420p") -> bytes:
    """Sixty black pictures."""
    out = io.BytesIO()
    with av.open(out, "w", format="mov") as target:
        film: Any = target.add_stream(
            codec, rate=60, options={"preset": "ultrafast", "bf": "0"} if codec == "libx264" else {}
        )
        (film.width, film.height), film.pix_fmt = size, form
        picture = av.VideoFrame(*size, form)
        for number in range(60 if codec == "libx264" else 5):
            picture.pts = number
            target.mux(film.encode(picture))
        target.mux(film.encode(None))
    return out.getvalue()


def again_and_again(film: bytes, frames: int, *, form: str = "mp4", step: int = CLOCK // 60) -> bytes:
    """The packets of a film over and over, `step` of the clock apart."""
    out = io.BytesIO()
    with av.open(io.BytesIO(film), "r") as source, av.open(out, "w", format=form) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        packets = [(bytes(one), one.is_keyframe) for one in source.demux(video=0) if one.size]
        for number in range(frames):
            data, key = packets[number % len(packets)]
            packet = av.Packet(data)
            packet.stream, packet.time_base, packet.is_keyframe = stream, Fraction(1, CLOCK), key
            packet.pts = packet.dts = number * step
            packet.duration = step
            target.mux(packet)
    return out.getvalue()


def tried(film: bytes) -> tuple[str, float]:
    """Why it is refused, and how many seconds of a processor that took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    copy = clean(film)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert copy.kind == "video" and (copy.data is None) == bool(copy.why)
    return copy.why, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@needs_sandbox
def test_ten_minutes_of_4k_in_a_few_bytes_are_refused_before_one_picture_is_played():
    film = again_and_again(black(FOUR_K), 36_000)
    assert len(film) < LARGEST_FILE
    why, spent = tried(film)
    taken, playing = tried(again_and_again(black(FOUR_K), MOST_FILM_POINTS // (FOUR_K[0] * FOUR_K[1]) - 10))
    assert (why, taken) == ("too_large", "") and spent < playing, (spent, playing)


@needs_sandbox
def test_a_film_that_says_nothing_of_its_length_is_refused_as_soon_as_it_has_cost_its_measure():
    most = MOST_FILM_POINTS // (FOUR_K[0] * FOUR_K[1])
    assert tried(again_and_again(black(FOUR_K), 2 * most, form="matroska"))[0] == "too_large"
    assert tried(again_and_again(black(FOUR_K), 40, form="matroska"))[0] == ""


@needs_sandbox
def test_a_film_whose_time_stands_still_is_bounded_by_its_pictures():
    small = black((64, 32))
    assert tried(again_and_again(small, MOST_FILM_FRAMES + 1, step=1))[0] == "too_large"
    assert tried(again_and_again(small, 600, step=1))[0] == ""


@needs_sandbox
def test_ten_minutes_of_a_usual_small_film_are_taken():
    assert tried(again_and_again(black((64, 32)), 6_000, step=CLOCK // 10))[0] == ""
    assert tried(again_and_again(black((64, 32)), 6_100, step=CLOCK // 10))[0] == "too_large"


@needs_sandbox
def test_a_film_of_still_pictures_in_a_row_is_none_that_a_phone_records():
    for codec, size in (("jpeg2000", (64, 32)), ("dvvideo", (720, 576))):
        film = black(size, codec)
        with av.open(io.BytesIO(film)) as source, pytest.raises(Refused, match="unknown"):
            check_film(source.streams.video[0])
        assert tried(film)[0] in ("unknown", "broken")
    assert tried(black((64, 32), "mjpeg", "yuvj420p"))[0] == ""


def test_sound_whose_time_stands_still_is_bounded_by_what_is_heard():
    bounds, piece = Bounds(film=False), av.AudioFrame("s16", "mono", 48_000)
    piece.sample_rate = 48_000
    for _ in range(LONGEST_SOUND):
        bounds.frame(piece, Fraction(0))
    with pytest.raises(Refused):
        for _ in range(100):
            bounds.frame(piece, Fraction(0))


def test_pictures_that_grow_on_the_way_are_refused():
    bounds = Bounds(film=True)
    bounds.frame(av.VideoFrame(64, 32, "yuv420p"), Fraction(0))
    with pytest.raises(Refused, match="too_many_pixels"):
        bounds.frame(av.VideoFrame(4096, 2400, "yuv420p"), Fraction(0))
