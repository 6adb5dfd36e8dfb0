"""A flood of junk, put aside in one action and taken back in one: which contacts, and the only writes.

What is put aside is one entry in each conversation, like any conversation that is set aside by hand: so its second
reader sees it too, and whoever writes again is open again by that, also where both happened at once. Nobody is chosen
at first who may be somebody: in danger, with a second message or a file, or with whom anything was begun. Who floods
can tick a box, write twice and send files too: those stand apart, with a look and a choice of their own; but never one
with whom anything was begun. The conversations of one action carry its name, the batch; from them alone it is known
what it held.
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
LISTED, LISTED_LOUD = "flood shown", "flood shown loud"
FOLDER, SAID = 32, 12  # bytes of what is listed: a conversation, and what was said in it until then
NO_BATCH = bytes(16)
BY_HAND = bytes(15) + b"\1"  # no batch either: one that was set aside by itself, and may be dropped
Contacts = Callable[[Desk], QuerySet[ConversationRow]]


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
    return _unbegun(desk).filter(danger=False, wrote=1)


def loud(desk: Desk) -> QuerySet[ConversationRow]:
    """Those who ticked that they are in danger, wrote again or sent a file, with whom nothing was begun, and whom
    nobody answered.
    """
    return _unbegun(desk).filter(Q(danger=True) | Q(wrote__gt=1), answered=False, erase_asked__isnull=True)


def _unbegun(desk: Desk) -> QuerySet[ConversationRow]:
    return mine(desk).filter(
        state="open", consent=False, consent_asked=False,
        check_in_due__isnull=True, cover__isnull=True, lead__isnull=True, missing=0,
    )  # fmt: skip


def alike(desk: Desk, asked: Alike, among: Contacts = fresh) -> QuerySet[ConversationRow]:
    """The contacts among these that have this in common, the oldest first."""
    found = Q()
    for name, value in (
        ("began__gte", asked.since), ("began__lte", asked.until), ("preview__icontains", asked.words or None),
        ("length__gte", asked.shortest), ("length__lte", asked.longest),
        ("answered", False if asked.unanswered else None),
    ):  # fmt: skip
        found &= Q() if value is None else Q(**{name: value})
    return among(desk).filter(found).order_by("began", "folder")


def sample(rows: QuerySet[ConversationRow], size: int) -> list[ConversationRow]:
    """Some of them, evenly from the first to the last."""
    count = rows.count()
    shown = min(size, count)
    places = [place * (count - 1) // max(1, shown - 1) for place in range(shown)]
    return [rows[place] for place in places]


def remember(desk: Desk, rows: QuerySet[ConversationRow], *, loud: bool = False) -> bytes:
    """Keep in the view, which is sealed, exactly what was shown; the name of the batch that it will be."""
    batch = desk.now.to_bytes(8, "big") + secrets.token_bytes(8)
    _note(desk, LISTED_LOUD if loud else LISTED, batch, [_as_shown(row) for row in rows])
    return batch


def listed(desk: Desk, batch: bytes) -> list[bytes]:
    """What was shown for this batch and is still to come. Raises `NotYet` where something else was shown since."""
    return [one[:FOLDER] for one in _listed(desk, batch)[1]]


def put_aside(*, desk: Desk, batch: bytes, go_on: Callable[[], bool]) -> int:
    """What was shown is set aside, as long as it is still such a contact and said nothing since; how many are still to
    come.

    Stops after a step where `go_on` says no. What was done is durable, and the rest is remembered.
    """
    name, shown = _listed(desk, batch)
    among = loud if name == LISTED_LOUD else fresh
    while shown:
        part, shown = shown[:AT_ONCE], shown[AT_ONCE:]
        still = {_as_shown(row) for row in among(desk).filter(folder__in=[one[:FOLDER] for one in part])}
        _write(desk, (one[:FOLDER] for one in part if one in still), Triage(state="set_aside", batch=batch))
        _note(desk, name, batch, shown)
        if not go_on():
            break
    return len(shown)


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
    rows = mine(desk).filter(state="set_aside").exclude(batch__in=[b"", BY_HAND])
    found = rows.values_list("batch").annotate(count=Count("*")).order_by("-batch")
    return [Batch(bytes(name), _when(bytes(name)), count) for name, count in found]


def in_batch(desk: Desk, batch: bytes) -> int:
    """How many are still in a batch."""
    return _in(desk, batch).count()


def _as_shown(row: ConversationRow) -> bytes:
    """A conversation, how often the person wrote, and when they said anything last."""
    return bytes(row.folder) + row.wrote.to_bytes(4, "big") + row.last_word.to_bytes(8, "big")


def _note(desk: Desk, name: str, batch: bytes, shown: list[bytes]) -> None:
    desk.view.note(name, batch + b"".join(shown))


def _listed(desk: Desk, batch: bytes) -> tuple[str, list[bytes]]:
    """Under which name a batch was noted, and each conversation as it was shown."""
    for name in (LISTED, LISTED_LOUD):
        kept = desk.view.noted(name) or b""
        if kept[:16] == batch:
            return name, [kept[at : at + FOLDER + SAID] for at in range(16, len(kept), FOLDER + SAID)]
    raise NotYet("")


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
