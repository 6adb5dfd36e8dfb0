"""The clock of the demo: every place takes it as an argument, and the play sets it before each act."""

from datetime import UTC, datetime, timedelta

FOUNDED = datetime(2021, 1, 15, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        """Say what time it is."""
        self.now = now

    def forward(self, **delta: float) -> None:
        """Let time pass: `hours=3`, `minutes=20`."""
        self.now += timedelta(**delta)

    @property
    def milliseconds(self) -> int:
        """The time in milliseconds since 1970."""
        return int(self.now.timestamp() * 1000)


def this_second() -> datetime:
    """The real time, without parts of a second."""
    return datetime.now(UTC).replace(microsecond=0)
