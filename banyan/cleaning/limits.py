"""How much a file may be, and how much memory and time its process may have."""

from __future__ import annotations

from typing import NamedTuple

MEGA = 1 << 20

LARGEST_FILE = 20 * MEGA
LARGEST_COPY = 40 * MEGA

AT_ONCE = 2
WAITING = 8
PATIENCE = 60.0  # seconds in the queue

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096
LARGEST_PNG = 8 * MEGA  # beyond it a picture leaves as JPEG

MOST_PAGES = 60
LONGEST_PAGE_SIDE = 2000
DOTS_PER_INCH = 150

LONGEST_SOUND = 60 * 60  # seconds
LONGEST_FILM = 10 * 60
LONGEST_FILM_SIDE = 640
MOST_FILM_PIXELS = 4096 * 2304
FILM_RATE = 12  # pictures a second
# All pictures of a film together, for few bytes make many: ten minutes of the smallest film that a phone sends, three
# of a usual one, ten seconds of 4K.
MOST_FILM_POINTS = 6_000_000_000
MOST_FILM_FRAMES = 10 * 60 * 60
MOST_SOUND_PACKETS = 400_000  # an hour in hundredths of a second


class Limits(NamedTuple):
    """For one process: bytes of address space, seconds of processor time, seconds by the clock; whether its
    library cannot do without a second thread; whether it asks the system for the number of processors by opening
    a file, and so is told no where others are ended.
    """

    memory: int
    processor: int
    clock: float
    threads: bool = False
    told_no: bool = False


LIMITS = {
    "heic": Limits(1024 * MEGA, 20, 60.0, threads=True),
    "text": Limits(512 * MEGA, 5, 30.0),
    "pdf": Limits(1024 * MEGA, 30, 75.0),
    "audio": Limits(1024 * MEGA, 40, 90.0),
    "video": Limits(1024 * MEGA, 90, 200.0, told_no=True),
}
FOR_PICTURES = Limits(1024 * MEGA, 15, 45.0)


def limits_of(kind: str) -> Limits:
    """What a file of this kind gets."""
    return LIMITS.get(kind, FOR_PICTURES)
