"""How much work a recording may make. Seconds alone bound none: a black picture of 4K takes a few bytes and as long to
play as any other, and times can stand still.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
from av.packet import Packet
from av.video.stream import VideoStream

from banyan.cleaning.limits import (
    LONGEST_FILM,
    LONGEST_SOUND,
    MOST_FILM_FRAMES,
    MOST_FILM_PIXELS,
    MOST_FILM_POINTS,
    MOST_SOUND_PACKETS,
)
from banyan.cleaning.worker.refusal import Refused

# What phones and their programs record and send. A still format whose pictures follow one another is none of them.
FILMS = {"h264", "hevc", "mpeg4", "h263", "mjpeg", "vp8", "vp9", "av1", "theora", "mpeg1video", "mpeg2video"}


def check_film(stream: VideoStream) -> None:
    """Refuses a film that says already in its head that it is too much."""
    points = stream.width * stream.height
    if stream.codec_context.codec.canonical_name not in FILMS:
        raise Refused("unknown")
    if points > MOST_FILM_PIXELS:
        raise Refused("too_many_pixels")
    if stream.frames > MOST_FILM_FRAMES or stream.frames * points > MOST_FILM_POINTS:
        raise Refused("too_large")


class Bounds:
    """What was played so far; refuses with `too_large` or `too_many_pixels` what goes beyond the measure."""

    def __init__(self, *, film: bool) -> None:
        self._longest = LONGEST_FILM if film else LONGEST_SOUND
        self._pictures = self._sounds = 0
        self._sent = self._seen = 0  # points
        self._heard = Fraction(0)

    def packet(self, packet: Packet[Any]) -> None:
        """One packet, before it is played: also one that shows nothing costs the work of a picture."""
        if isinstance(packet.stream, VideoStream):
            self._pictures += 1
            context = packet.stream.codec_context
            self._sent += context.width * context.height
        else:
            self._sounds += 1
        self._refuse(self._pictures > MOST_FILM_FRAMES or self._sounds > MOST_SOUND_PACKETS)
        self._refuse(self._sent > MOST_FILM_POINTS)

    def frame(self, frame: av.AudioFrame | av.VideoFrame, at: Fraction) -> None:
        """One picture or piece of sound, `at` seconds from the beginning."""
        self._refuse(at > self._longest)
        if isinstance(frame, av.AudioFrame):
            self._heard += Fraction(frame.samples, max(1, frame.sample_rate))
            self._refuse(self._heard > self._longest + 60)  # clocks of phones go wrong by a little
            return
        points = frame.width * frame.height
        self._seen += points
        if points > MOST_FILM_PIXELS:
            raise Refused("too_many_pixels")
        self._refuse(self._seen > MOST_FILM_POINTS)

    def _refuse(self, too_much: bool) -> None:
        if too_much:
            raise Refused("too_large")
