"""A flood of junk, put aside in one action and taken back in one: which contacts, and the only writes.

What is put aside is one entry in each conversation, like any conversation that is set aside by hand: so its second
reader sees it too, and whoever writes again is open again by that, also where both happened at once. Nobody is chosen
here who may be somebody: in danger, with a second message or a file, or with whom anything was begun. The conversations
of one action carry its name, the batch; from them alone it is known what it held.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from banyan.cases.casework import NotYet, put
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Triage
from banyan.cases.models import ConversationRow
from banyan.desks.intake.lists import mine

AT_ONCE = 25  # conversations whose entries are kept on disk together
LISTED = "flood"
NO_BATCH = bytes(16)


@dataclass(frozen=True)
class Alike:
    """What the contacts have in common: when they came (milliseconds), words near the beginning, how long the message
    is (signs), that nobody answered. None or nothing where it does not matter.
    """

    since: int | None = None
    until: int | None = None
    words: str = ""
    shortest: int | None = None
    longest: int | None = None
    unanswered: bool = True


@dataclass(frozen=True)
class Batch:
    """What was put aside at once: its name, when, and how many are still in it."""

    name: bytes
    when: datetime
    count: int


def fresh(desk: Desk) -> QuerySet[ConversationRow]:
    """The contacts that may be put aside with others: open, one message, nothing begun with them, no danger."""
    return mine(desk).filter(
        state="open", danger=False, wrote=1, consent=False, consent_asked=False,
        check_in_due__isnull=True, cover__isnull=True, lead__isnull=True, missing=0,
    )  # fmt: skip


def alike(desk: Desk, asked: Alike) -> QuerySet[ConversationRow]:
    """The fresh contacts that have this in common, the oldest first."""
    found = Q()
    for name, value in (
        ("began__gte", asked.since), ("began__lte", asked.until), ("preview__icontains", asked.words or None),
        ("length__gte", asked.shortest), ("length__lte", asked.longest),
        ("answered", False if asked.unanswered else None),
    ):  # fmt: skip
        found &= Q() if value is None else Q(**{name: value})
    return fresh(desk).filter(found).order_by("began", "folder")


def sample(rows: QuerySet[ConversationRow], size: int) -> list[ConversationRow]:
    """Some of them, evenly from the first to the last."""
    count = rows.count()
    places = sorted({place * (count - 1) // max(1, size - 1) for place in range(min(size, count))})
    return [rows[place] for place in places]


def remember(desk: Desk, rows: QuerySet[ConversationRow]) -> bytes:
    """Keep in the view, which is sealed, exactly what was shown; the name of the batch that it will be."""
    batch = desk.now.to_bytes(8, "big") + secrets.token_bytes(8)
    folders = b"".join(bytes(folder) for folder in rows.values_list("folder", flat=True))
    desk.view.note(LISTED, batch + folders)
    return batch


def listed(desk: Desk, batch: bytes) -> list[bytes]:
    """What was shown for this batch and is still to come. Raises `NotYet` where something else was shown since."""
    kept = desk.view.noted(LISTED) or b""
    if kept[:16] != batch:
        raise NotYet("")
    return [kept[start : start + 32] for start in range(16, len(kept), 32)]


def put_aside(*, desk: Desk, batch: bytes, go_on: Callable[[], bool]) -> int:
    """What was shown is set aside, as long as it is still a fresh contact; how many are still to come.

    Stops after a step where `go_on` says no. What was done is durable, and the rest is remembered.
    """
    folders = listed(desk, batch)
    while folders:
        part, folders = folders[:AT_ONCE], folders[AT_ONCE:]
        still = {bytes(row.folder) for row in fresh(desk).filter(folder__in=part)}
        _write(desk, (one for one in part if one in still), Triage(state="set_aside", batch=batch))
        desk.view.note(LISTED, batch + b"".join(folders))
        if not go_on():
            break
    return len(folders)


def take_back(*, desk: Desk, batch: bytes, go_on: Callable[[], bool]) -> int:
    """All that is still in a batch is opened again, and waits for an answer as before; how many are still to come."""
    rows, last = _in(desk, batch), b""
    while True:
        part = [bytes(row.folder) for row in rows.filter(folder__gt=last)[:AT_ONCE]]
        if not part:
            return 0
        _write(desk, part, Triage(state="open", batch=NO_BATCH))
        last = part[-1]
        if not go_on():
            return rows.filter(folder__gt=last).count()


def batches(desk: Desk) -> list[Batch]:
    """Every batch of which something is still put aside, the newest first."""
    rows = mine(desk).filter(state="set_aside").exclude(batch=b"")
    found = rows.values_list("batch").annotate(count=Count("*")).order_by("-batch")
    return [Batch(bytes(name), _when(bytes(name)), count) for name, count in found]


def in_batch(desk: Desk, batch: bytes) -> int:
    """How many are still in a batch."""
    return _in(desk, batch).count()


def _in(desk: Desk, batch: bytes) -> QuerySet[ConversationRow]:
    return mine(desk).filter(state="set_aside", batch=batch).order_by("folder")


def _write(desk: Desk, folders: Iterable[bytes], document: Triage) -> None:
    """The same entry in each; a conversation that is not held any more is left as it is."""
    with desk.store.alone(NO_BATCH + NO_BATCH), transaction.atomic(using=desk.view.alias):
        for folder in folders:
            try:
                put(desk, folder, document)
            except NotYet:
                continue


def _when(batch: bytes) -> datetime:
    return datetime.fromtimestamp(int.from_bytes(batch[:8], "big") / 1000, UTC)
