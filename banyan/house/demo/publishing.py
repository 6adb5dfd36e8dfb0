"""The figures of the demo are published as figures do it: quarter by quarter, signed by two, placed by a sync.

Of several publications the last is proposed and not signed, so that today somebody has it to do.
"""

from datetime import UTC, datetime, timedelta

from banyan.cases.desk import Desk
from banyan.desks.figures import actions as figures
from banyan.desks.figures import lists, rules
from banyan.desks.figures.past import Past
from banyan.desks.office import actions as office
from banyan.folders.peers import LocalPeer
from banyan.folders.published import following, quarter_at
from banyan.house.demo.clock import FOUNDED
from banyan.house.demo.stage import Stage
from banyan.house.unlock.placing import place_ready

AFTER = timedelta(days=9)  # of the new quarter, when those who count look at the one before


def publish_all(stage: Stage, counts: Desk, signs: Desk, now: datetime) -> int:
    """Publish what may be shown of every quarter that is over; how many publications stand."""
    days = to_publish(counts, now)
    for day in days[:-1] or days:
        stage.clock.set(day)
        if propose(counts):
            sign_and_place(stage, signs)
    stage.clock.set(now)
    if len(days) > 1:
        propose(counts)
    _meet(stage)
    return len(counts.roster.publications)


def to_publish(counts: Desk, now: datetime) -> list[datetime]:
    """The days on which there is something new to publish, by the same rules; the last is today."""
    people, earlier, days = lists.known(counts, lists.boxes(counts)).people, list[Past](), list[datetime]()
    quarters = quarters_over(now)
    for through in quarters:
        found = rules.next_publication(people, earlier, through=through, coding=lists.coding())
        if found is not None:
            earlier.append(found.past)
            days.append(first_day(following(through)) + AFTER)
    return days


def propose(counts: Desk) -> bool:
    """Who counts looks at what the rules made and signs it first; whether there was anything."""
    prepared = lists.prepared(counts, lists.known(counts, lists.boxes(counts)))
    if prepared is not None:
        figures.publish(desk=counts, seen=figures.mark_of(prepared))
    return prepared is not None


def sign_and_place(stage: Stage, signs: Desk) -> None:
    """Somebody of the office signs too, and at the next sync it is placed."""
    _meet(stage)
    for ident in office.waiting(signs):
        office.sign(desk=signs, act=ident)
    _meet(stage)
    place_ready(signs, LocalPeer(stage.door.store, signs.keys.id))
    _meet(stage)


def _meet(stage: Stage) -> None:
    """First all bring, then all take."""
    for _ in range(2):
        stage.settle()


def quarters_over(now: datetime) -> list[str]:
    """The quarters from the first one that are over."""
    quarter, last, found = quarter_at(int(FOUNDED.timestamp())), quarter_at(int(now.timestamp())), list[str]()
    while quarter < last:
        found.append(quarter)
        quarter = following(quarter)
    return found


def first_day(quarter: str) -> datetime:
    """The first day of a quarter."""
    return datetime(int(quarter[:4]), 3 * int(quarter[-1]) - 2, 1, 9, tzinfo=UTC)
