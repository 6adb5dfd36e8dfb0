"""Who is worked for first, where more people ask than can be: a bounded lane for each kind, and cheap answers past all.

A request that waits holds no thread, only its place. Within a lane comes first who has waited longest by their
ticket; lanes take turns, so that none is ever behind all of another. Who finds their lane full gets at once a page that
says so and keeps what they sent.
"""

import heapq
import itertools
import sys
import threading
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from waitress.task import ThreadedTaskDispatcher

# Staff's sync; people whose code opens something here; newcomers with a ticket; all others; and files, apart. How many
# wait, and turns.
PLACES: Mapping[str, int] = {"staff": 60, "known": 300, "new": 150, "other": 120, "files": 20}
TURNS = ("known", "staff", "new", "known", "other", "new", "known", "staff", "known", "new")
# From so many on, one code, ticket or member has one place: nobody fills a lane alone. A file may take a minute: of one
# code one waits, whoever else does, while one is seen to.
ONE_EACH_FROM, ONE_FILE_EACH_FROM = 8, 0
SORTERS, FILERS = 1, 2  # threads: cleaning a file takes seconds, and nobody else waits for it
# Python's own five milliseconds would let each small answer wait for all who work.
SWITCH_SECONDS = 0.0005


@dataclass(frozen=True)
class Ready:
    """An answer that stands already."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Spot:
    """Where a request waits: its lane, its order there (the lower the earlier), and whose it is, if that is known."""

    lane: str
    order: float = 0
    whose: bytes = b""


class Front(Protocol):
    """Whoever looks at a request before it costs anything."""

    def at_once(self, request: Any) -> Ready | None:
        """An answer from memory, if there is one. Asked by the server's own thread: it never waits."""

    def sort(self, request: Any) -> Ready | Spot:
        """A cheap answer, or where the request waits."""

    def no_place(self, request: Any) -> Ready:
        """The answer where its lane is full."""

    def crowded(self, lane: str, share: float) -> None:
        """Be told how full a lane is, from 0 to 1."""


Waiting = tuple[float, int, Any, bytes]


class Lanes(ThreadedTaskDispatcher):  # type: ignore[misc]
    """The threads of a server: one sorts and gives cheap answers, two see to files, the others to one request each."""

    def __init__(self, front: Front) -> None:
        super().__init__()
        sys.setswitchinterval(SWITCH_SECONDS)
        self.front = front
        self.work_cv = threading.Condition(self.lock)
        self.waiting: dict[str, list[Waiting]] = {name: [] for name in PLACES}
        self.whose: Counter[tuple[str, bytes]] = Counter()  # how many places each has in a lane
        self._seen_to: set[bytes] = set()  # whose files are being cleaned
        self._arrival, self._turn = itertools.count(), itertools.cycle(TURNS)
        self.queue: deque[Any]

    def add_task(self, task: Any) -> None:
        """Take a connection whose first request is whole."""
        with self.lock:
            self.queue.append(task)
            self.queue_cv.notify()

    def set_thread_count(self, count: int) -> None:
        """So many workers, the sorter, and those who see to files."""
        super().set_thread_count(count + SORTERS + FILERS if count else 0)
        with self.lock:
            self.work_cv.notify_all()

    def handler_thread(self, thread_no: int) -> None:
        """One thread's life. One that breaks is replaced: what it was at is lost, and nothing else."""
        try:
            step = (
                self._sort_one
                if thread_no < SORTERS
                else partial(self._work_one, thread_no < SORTERS + FILERS)
            )
            while step():
                pass
        finally:
            with self.lock:
                self.active_count -= 1
                going_on = self.stop_count == 0
                if going_on:
                    self.active_count += 1
                else:
                    self.stop_count -= 1
                    self.threads.discard(thread_no)
                    self.thread_exit_cv.notify()
            if going_on:
                self.start_new_thread(self.handler_thread, thread_no)

    def _sort_one(self) -> bool:
        with self.lock:
            while not self.queue and self.stop_count == 0:
                self.queue_cv.wait()
            if self.stop_count:
                return False
            channel = self.queue.popleft()
        going_well = False
        try:
            self._sort(channel)
            going_well = True
        finally:
            if not going_well:
                channel.will_close = True
        return True

    def _sort(self, channel: Any) -> None:
        request = channel.requests[0]
        if request.error is None and request.ready is None:
            found = self.front.sort(request)
            if isinstance(found, Spot):
                refused = self._line_up(channel, found)
                if refused is None:
                    return
                channel, request = refused, refused.requests[0]
                found = self.front.no_place(request)
            request.ready = found
        channel.service()

    def _line_up(self, channel: Any, spot: Spot) -> Any | None:
        """Give a connection its place; whoever has none then (it, or one behind it) is returned."""
        with self.lock:
            lane = self.waiting[spot.lane]
            alone = ONE_FILE_EACH_FROM if spot.lane == "files" else ONE_EACH_FROM
            if spot.whose and self.whose[spot.lane, spot.whose] and len(lane) >= alone:
                return channel
            refused = None
            heapq.heappush(lane, (spot.order, next(self._arrival), channel, spot.whose))
            self.whose[spot.lane, spot.whose] += 1
            if len(lane) > PLACES[spot.lane]:
                last = max(lane)
                lane.remove(last)
                heapq.heapify(lane)
                refused = last[2]
                self._gone(spot.lane, last[3])
            self.work_cv.notify_all()
            share = len(lane) / max(1, PLACES[spot.lane])
        self.front.crowded(spot.lane, share)
        return refused

    def _work_one(self, files: bool = False) -> bool:
        return self._see_to_one() if files else self._answer_one()

    def _answer_one(self) -> bool:
        with self.lock:
            while not any(self.waiting[name] for name in TURNS) and self.stop_count == 0:
                self.work_cv.wait()
            if self.stop_count:
                return False
            lane = next(name for name in self._turn if self.waiting[name])
            _, _, channel, whose = heapq.heappop(self.waiting[lane])
            share = len(self.waiting[lane]) / max(1, PLACES[lane])
        self.front.crowded(lane, share)
        try:
            channel.service()
        finally:
            with self.lock:
                self._gone(lane, whose)
        return True

    def _see_to_one(self) -> bool:
        """The first file of somebody of whom no other is being seen to: nobody holds all who clean."""
        lane = self.waiting["files"]
        with self.lock:
            while not (free := [one for one in lane if one[3] not in self._seen_to]) and self.stop_count == 0:
                self.work_cv.wait()
            if self.stop_count:
                return False
            first = min(free)
            lane.remove(first)
            heapq.heapify(lane)
            _, _, channel, whose = first
            self._gone("files", whose)
            self._seen_to |= {whose} - {b""}
            share = len(lane) / max(1, PLACES["files"])
        self.front.crowded("files", share)
        try:
            channel.service()
        finally:
            with self.lock:
                self._seen_to.discard(whose)
                self.work_cv.notify_all()
        return True

    def _gone(self, lane: str, whose: bytes) -> None:
        """A place is free again."""
        self.whose[lane, whose] -= 1
        if self.whose[lane, whose] <= 0:
            del self.whose[lane, whose]

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End the threads; what waits is let go."""
        with self.lock:
            for lane in self.waiting.values():
                self.queue.extend(one[2] for one in lane)
                lane.clear()
        return bool(super().shutdown(cancel_pending, timeout))
