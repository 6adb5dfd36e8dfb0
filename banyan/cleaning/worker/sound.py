"""Voice notes and films: played and recorded anew, as Opus in Ogg and as VP8 and Opus in WebM.

What stood beside the sound and the pictures (places, dates, names of phones, covers, subtitles, tracks of
data) is not carried over. A voice can still be known by those who know it.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from banyan.cleaning.worker.bounds import Bounds, check_film
from banyan.cleaning.worker.recording import Pictures, Speech, Tape, time_of
from banyan.cleaning.worker.refusal import Refused

# By how a file begins: which reader it gets. No other reader is tried.
READERS = (
    (4, b"ftyp", "mov"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"#!AMR", "amr"),
    (0, b"fLaC", "flac"),
    (0, b"caff", "caf"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"\xff", "mp3"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
)
# Nothing of the writer's own: no name of a program, no number drawn by lot (which would open a file).
PLAIN = {"fflags": "+bitexact"}


def cleaner() -> Callable[[bytes], tuple[str, bytes]]:
    """The cleaner of sound and film, loaded and tried."""
    av.logging.set_level(av.logging.PANIC)
    clean(_sample_sound())
    clean(_sample_film())
    return clean


def clean(data: bytes) -> tuple[str, bytes]:
    """A film where there is one, else the sound alone. Refuses what has neither."""
    reader = next((name for at, mark, name in READERS if data.startswith(mark, at)), "")
    if not reader:
        raise Refused("unknown")
    out = io.BytesIO()
    with av.open(io.BytesIO(data), "r", format=reader) as source:
        pictures, sound = _pictures_of(source), next(iter(source.streams.audio), None)
        if pictures is None and sound is None:
            raise Refused("broken")
        with av.open(out, "w", format="webm" if pictures else "ogg", options=PLAIN) as target:
            tape = Tape(target, begun=not pictures)
            speech = Speech(tape) if sound else None
            film = Pictures(tape) if pictures else None
            _record(source, sound, speech, pictures, film)
    return ("video/webm" if pictures else "audio/ogg"), out.getvalue()


def _pictures_of(source: InputContainer) -> VideoStream | None:
    """The film, where it is one: the cover of a song is a picture stream too."""
    for stream in source.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            check_film(stream)
            return stream
    return None


def _record(
    source: InputContainer,
    sound: AudioStream | None,
    speech: Speech | None,
    pictures: VideoStream | None,
    film: Pictures | None,
) -> None:
    """Plays one and records the other, in the order in which it comes. Times begin at nought."""
    wanted = [stream for stream in (sound, pictures) if stream is not None]
    for stream in wanted:
        stream.codec_context.thread_count = 1
    bounds = Bounds(film=film is not None)
    start: Fraction | None = None
    for packet in source.demux(wanted):
        bounds.packet(packet)
        for frame in _played(packet):
            if not isinstance(frame, av.AudioFrame | av.VideoFrame):
                continue
            at = time_of(frame)
            start = at if start is None else start
            bounds.frame(frame, at - start)
            if speech and isinstance(frame, av.AudioFrame):
                speech.add(frame, max(Fraction(0), at - start))
            elif film and isinstance(frame, av.VideoFrame):
                film.add(frame, max(Fraction(0), at - start))
    if start is None:
        raise Refused("broken")
    for recording in (speech, film):
        if recording:
            recording.end()


def _played(packet: Packet[Any]) -> Sequence[object]:
    """The frames of a packet; none where it cannot be played, as any player would go on."""
    try:
        return cast(Sequence[object], packet.decode())
    except av.error.InvalidDataError:
        return ()


def _sample_sound() -> bytes:
    """A tenth of a second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as silence:
        silence.setnchannels(2)
        silence.setsampwidth(2)
        silence.setframerate(8000)
        silence.writeframes(bytes(4 * 800))
    return out.getvalue()


def _sample_film() -> bytes:
    """Two black pictures."""
    out = io.BytesIO()
    with av.open(out, "w", format="webm", options=PLAIN) as target:
        film = Pictures(Tape(target, begun=False))
        for number in range(2):
            film.add(av.VideoFrame(64, 48, "yuv420p"), Fraction(number, 2))
        film.end()
    return out.getvalue()
