"""What the pages of the office list: what waits, who is a member since when, what happened. Only reads."""

from dataclasses import dataclass
from datetime import UTC, datetime

from banyan.cases.desk import Desk
from banyan.desks.office import actions, rules, words
from banyan.folders import acts
from banyan.folders.acts import Pending, Told
from banyan.folders.membership import Member, Standing
from banyan.folders.roster import Add, Founding

LATEST = 6


def moment(seconds: int) -> datetime:
    """A time as pages show it."""
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True)
class Line:
    """An act as a row: what it does, who signed it, when it lapses."""

    slug: str
    what: str
    detail: str
    mine: bool


@dataclass(frozen=True)
class Waiting:
    """What waits for this member's signature, and what waits for somebody else's or for a sync."""

    for_me: list[Line]
    for_others: list[Line]


def waiting(desk: Desk) -> Waiting:
    """The acts that wait."""
    lines = [line(desk, one) for one in actions.waiting(desk).values()]
    return Waiting([one for one in lines if one.mine], [one for one in lines if not one.mine])


def line(desk: Desk, one: Pending) -> Line:
    """An act as a row."""
    roster = desk.roster
    mine = acts.may_sign(one, desk.me)
    return Line(one.id.hex(), words.act(one.act, roster), words.state(one, roster), mine)


@dataclass(frozen=True)
class Seated:
    """A member as a row: pseudonym, seats, standing in a word and a tone, since when."""

    slug: str
    name: str
    seats: str
    standing: str
    tone: str
    since: str
    detail: str


def members(desk: Desk) -> list[Seated]:
    """Everybody who is or was a member: the active first, then by pseudonym."""
    order = list(Standing)
    since = joined(acts.told(desk.store, desk.roster))
    found = sorted(desk.roster.members.values(), key=lambda one: (order.index(one.standing), one.name))
    return [seated(one, since.get(one.id)) for one in found]


def seated(member: Member, since: int | None) -> Seated:
    """A member as a row."""
    standing, tone = words.STANDING[member.standing]
    when = words.since(moment(since)) if since is not None else ""
    print_ = " ".join(rules.groups(member.keys))
    return Seated(
        slug=member.id.hex(), name=member.name, seats=words.seats(member.seats), standing=str(standing),
        tone=tone, since=when, detail=" · ".join(filter(None, (print_, when))),
    )  # fmt: skip


def joined(story: list[Told]) -> dict[bytes, int]:
    """When each member came onto the roster, in seconds since 1970."""
    since: dict[bytes, int] = {}
    for one in story:
        if isinstance(one.act, Founding):
            since.update({card.id: one.time for card, _ in one.act.members})
        elif isinstance(one.act, Add):
            since.setdefault(one.act.card.id, one.time)
    return since


def latest(desk: Desk) -> list[dict[str, object]]:
    """The last changes of the roster, the newest first, as the part `timeline` takes them."""
    story = acts.told(desk.store, desk.roster)[::-1][:LATEST]
    return [
        {
            "when": moment(one.time),
            "title": words.act(one.act, desk.roster),
            "who": words.event(one, desk.roster),
        }
        for one in story
    ]
