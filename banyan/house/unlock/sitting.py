"""What the child of `banyan desk` knows between two requests: who may knock, who sits here, how sync stands.

One to a process, put in place by `sit`. It begins without keys; unlocking puts the desk into it, and the end of the
process is the only way it loses them again.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from banyan.house.unlock.turns import Turns

if TYPE_CHECKING:
    from banyan.cases.desk import Desk
    from banyan.house.unlock.drafts import Drafts

SYNCED = "last sync"
MOST_HELD = 8


@dataclass
class SyncState:
    """What the bar of every page says about sync."""

    desk: Desk | None = None
    busy: bool = False
    problem: str | Promise = ""
    done: int = 0
    total: int = 0

    @property
    def unsent(self) -> int:
        """How many items are only on this laptop."""
        return self.desk.store.unsent_count() if self.desk else 0

    @property
    def last(self) -> datetime | None:
        """When the last whole sync ended."""
        noted = self.desk.view.noted(SYNCED) if self.desk else None
        return datetime.fromtimestamp(int.from_bytes(noted, "big") / 1000, UTC) if noted else None


@dataclass(frozen=True)
class HeldForm:
    """A form that came while the desk was locked: kept in memory until somebody unlocks."""

    path: str
    fields: tuple[tuple[str, str], ...]


@dataclass
class Sitting:
    """The state of one child process."""

    home: Path
    cookie: str
    hub: str = ""
    wanted: str = ""
    last: str = ""  # who sat here before: what was typed and came too late is theirs
    idle_seconds: int = 0
    tokens: set[str] = field(default_factory=set)
    said: Callable[[str], None] = lambda word: None
    stop_accepting: Callable[[], None] = lambda: None
    leave: Callable[[], None] = lambda: None

    name: str = ""
    desk: Desk | None = None
    drafts: Drafts | None = None
    opening: bool = False
    spent: bool = False
    locking: bool = False
    problem: str = ""
    changed: bool = False
    sync: SyncState = field(default_factory=SyncState)
    held: list[HeldForm] = field(default_factory=list)
    turns: Turns = field(default_factory=Turns)
    wake: threading.Event = field(default_factory=threading.Event)
    step: tuple[int, int] = (0, 0)
    _touched: tuple[float, float] = field(default_factory=lambda: (time.monotonic(), time.time()))

    @property
    def open(self) -> bool:
        """Whether a member sits here and everything is ready."""
        return self.desk is not None and not self.opening

    def touch(self) -> None:
        """Somebody used a page just now."""
        self._touched = (time.monotonic(), time.time())

    @property
    def idle(self) -> float:
        """Seconds since somebody used a page. The wall clock counts too: a laptop may have slept."""
        steady, wall = self._touched
        return max(time.monotonic() - steady, time.time() - wall)

    def knows(self, cookie: str) -> bool:
        """Whether this browser was let in."""
        return hmac.compare_digest(cookie.encode(), self.cookie.encode())

    def let_in(self, token: str) -> bool:
        """Take a one-time token: true once, for a token that was given out."""
        found = next((one for one in self.tokens if hmac.compare_digest(one.encode(), token.encode())), None)
        if found is None:
            return False
        self.tokens.discard(found)
        self.said(f"used {found}")
        return True

    def hold(self, form: HeldForm) -> None:
        """Keep a form that came too late, the last few of them."""
        self.held = [*self.held, form][-MOST_HELD:]

    def hand_back(self) -> list[HeldForm]:
        """The forms that came too late, once, and only to the member who had sat here before: nobody is shown what
        a colleague wrote.
        """
        held, self.held = self.held, []
        return held if self.name == (self.last or self.name) else []


_here: list[Sitting] = []


def sit(sitting: Sitting | None) -> None:
    """Put this process's sitting in place; None takes it away (for tests)."""
    _here[:] = [sitting] if sitting is not None else []


def here() -> Sitting | None:
    """This process's sitting."""
    return _here[0] if _here else None
