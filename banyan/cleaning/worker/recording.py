"""The recorder of a voice and the recorder of a film, each on one thread and with nothing to say about itself."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import av
from av.container import OutputContainer
from av.filter import Graph
from av.packet import Packet

from banyan.cleaning.limits import FILM_RATE, LONGEST_FILM_SIDE

HERTZ = 48_000
SLICE = 960  # samples: a fiftieth of a second
SPEECH = 32_000  # bits a second
FILM = 400_000
FAST = {"deadline": "realtime", "cpu-used": "8", "threads": "1", "lag-in-frames": "0", "auto-alt-ref": "0"}
# By how many degrees the phone was turned, the other way round.
TURNS = {
    90: (("transpose", "cclock"),),
    -90: (("transpose", "clock"),),
    180: (("hflip",), ("vflip",)),
    -180: (("hflip",), ("vflip",)),
}


def time_of(frame: av.AudioFrame | av.VideoFrame) -> Fraction:
    """Seconds on the clock of the file."""
    if frame.pts is None or frame.time_base is None:
        return Fraction(0)
    return frame.pts * Fraction(frame.time_base)


class Tape:
    """What is recorded, written down once it is known how large the pictures are."""

    def __init__(self, target: OutputContainer, *, begun: bool) -> None:
        self.target = target
        self._begun = begun
        self._waiting: list[Packet[Any]] = []

    def put(self, packets: list[Packet[Any]]) -> None:
        """Packets of either stream, in the order in which they come."""
        if self._begun:
            self.target.mux(packets)
        else:
            self._waiting += packets

    def begin(self) -> None:
        """The size is known."""
        self._begun = True
        self.target.mux(self._waiting)
        self._waiting = []


class Speech:
    """The sound, mixed to one voice, without gaps."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._stream = tape.target.add_stream("libopus", rate=HERTZ, layout="mono")
        self._stream.bit_rate = SPEECH
        self._stream.codec_context.thread_count = 1
        self._graph: Graph | None = None
        self._form: object = None
        self._at = 0

    def add(self, frame: av.AudioFrame, at: Fraction) -> None:
        """One piece of sound that was heard `at` seconds from the beginning."""
        form = (frame.sample_rate, frame.format.name, frame.layout.name)
        if self._form != form:
            if self._form is None:
                self._at = round(at * HERTZ)
            self._flush()
            self._form, self._graph = form, _to_one_voice(*form)
        frame.pts = None
        if self._graph:
            self._graph.push(frame)
        self._pull()

    def end(self) -> None:
        """What is still within."""
        self._flush()
        self._tape.put(self._stream.encode(None))

    def _flush(self) -> None:
        if self._graph:
            self._graph.push(None)
            self._pull()

    def _pull(self) -> None:
        while self._graph and (piece := _next(self._graph)) is not None:
            piece.pts, piece.time_base = self._at, Fraction(1, HERTZ)
            self._at += cast(av.AudioFrame, piece).samples
            self._tape.put(self._stream.encode(cast(av.AudioFrame, piece)))


class Pictures:
    """The film, the right way up, small, and with few pictures a second."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._stream = tape.target.add_stream("libvpx", rate=FILM_RATE, options=FAST)
        self._stream.bit_rate = FILM
        self._stream.codec_context.thread_count = 1
        self._graph: Graph | None = None
        self._form: object = None
        self._last = -1

    def add(self, frame: av.VideoFrame, at: Fraction) -> None:
        """One picture that was seen `at` seconds from the beginning; left out where the last is still new."""
        number = int(at * FILM_RATE)
        if number <= self._last:
            return
        form = (frame.width, frame.height, frame.format.name, frame.rotation)
        if self._form is None:
            self._stream.width, self._stream.height = _small(frame)
            self._stream.pix_fmt = "yuv420p"
            self._tape.begin()
        if self._graph is None or self._form != form:
            self._form, self._graph = form, _upright(frame, self._stream.width, self._stream.height)
        frame.pts = self._last = number
        self._graph.push(frame)
        while (piece := _next(self._graph)) is not None:
            piece.pts, piece.time_base = number, Fraction(1, FILM_RATE)
            self._tape.put(self._stream.encode(cast(av.VideoFrame, piece)))

    def end(self) -> None:
        """What is still within."""
        self._tape.put(self._stream.encode(None))


def _to_one_voice(rate: int, form: str, layout: str) -> Graph:
    graph = Graph()
    graph.threads = 1
    graph.link_nodes(
        graph.add(
            "abuffer", sample_rate=str(rate), sample_fmt=form, channel_layout=layout, time_base=f"1/{rate}"
        ),
        graph.add("aformat", sample_rates=str(HERTZ), sample_fmts="s16", channel_layouts="mono"),
        graph.add("abuffersink"),
    ).configure()
    graph.set_audio_frame_size(SLICE)
    return graph


def _small(frame: av.VideoFrame) -> tuple[int, int]:
    """Width and height upright, both even, none over the longest side."""
    width, height = frame.width, frame.height
    if abs(frame.rotation) == 90:
        width, height = height, width
    scale = min(1.0, LONGEST_FILM_SIDE / max(width, height))
    return max(2, int(width * scale) // 2 * 2), max(2, int(height * scale) // 2 * 2)


def _upright(frame: av.VideoFrame, width: int, height: int) -> Graph:
    graph = Graph()
    graph.threads = 1
    size = (height, width) if abs(frame.rotation) == 90 else (width, height)
    turns = [graph.add(*turn) for turn in TURNS.get(frame.rotation, ())]
    graph.link_nodes(
        graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, FILM_RATE)
        ),
        graph.add("scale", f"{size[0]}:{size[1]}:flags=fast_bilinear"),
        *turns,
        graph.add("format", "yuv420p"),
        graph.add("buffersink"),
    ).configure()
    return graph


def _next(graph: Graph) -> av.AudioFrame | av.VideoFrame | None:
    """The next piece that comes out, if one is ready."""
    try:
        return graph.pull()
    except (BlockingIOError, EOFError):
        return None
