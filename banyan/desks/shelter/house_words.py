"""What the pages of shelter say of houses: titles, rows, facts, requests. Nothing here decides or writes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from banyan.cases.folders.house import House
from banyan.cases.reference import reference_of
from banyan.desks.frame import Line, moment, needs, number, slug_of
from banyan.desks.shelter.codes import FIELDS, STANDS, free_of, name_of, people, region
from banyan.desks.shelter.rules import Need, Stands
from banyan.folders.history import History
from banyan.folders.membership import Roster
from banyan.language import times


def beds_title(free: int) -> str:
    """How many beds are free in all houses that take people in."""
    if not free:
        return gettext("No bed is free")
    return ngettext("%(count)s bed is free", "%(count)s beds are free", free) % {"count": number(free)}


def offered(house: House) -> str:
    """A house as one chooses it."""
    steps = gettext("no steps") if house.one("step_free") else ""
    return " · ".join(filter(None, (name_of(house), region(house.one("region")), free_of(house), steps)))


def house_headline(house: House) -> str:
    """A house's state in a sentence."""
    if house.one("open") is False:
        return gettext("%(house)s takes nobody in now") % {"house": name_of(house)}
    return gettext("%(house)s: %(free)s") % {"house": name_of(house), "free": free_of(house)}


def house_line(house: House, need: Need | None = None, key: bytes = b"") -> Line:
    """A house as one row."""
    opened, free = gettext("Open"), free_of(house)
    shut = gettext("Open house") if house.one("open") is True else gettext("Closed")
    said = {
        Need.CONFLICT: (gettext("Choose"), "alarm", gettext("has two answers at once"), gettext("Settle it")),
        Need.OVER: (gettext("Too full"), "alarm", gettext("has more people than beds"), opened),
        Need.NO_KEEPER: (
            gettext("No keeper"),
            "sun",
            gettext("has no keeper who could confirm"),
            gettext("Choose one"),
        ),
        Need.KEEPER: (
            gettext("Asked"),
            "sun",
            gettext("is asked for beds, and you are its keeper"),
            gettext("Answer"),
        ),
    }
    room = house.one("open") is True and (house.free or 0) > 0
    plain = (shut, "leaf" if room else "quiet", free, opened)
    tag, tone, what, action = said[need] if need is not None else plain
    steps = gettext("no steps") if house.one("step_free") else ""
    asked = people(house.requests[key][1].people) if key else ""
    detail = (asked, free if need is not None else "", region(house.one("region")), steps)
    return Line(
        weight=need if need is not None else 99, reference=name_of(house), what=what,
        detail=" · ".join(filter(None, detail)), tag=tag, tone=tone, action=action,
        url=reverse("shelter:house", args=[slug_of(house.folder)]), main=need in (Need.OVER, Need.KEEPER),
    )  # fmt: skip


def house_facts(house: House, roster: Roster) -> list[tuple[str, str, bool]]:
    """What a house's fields say, and whether two stand at once."""
    return [
        (str(said), " / ".join(_field(key, value, roster) for value in register.values), register.conflict)
        for key, said in FIELDS.items()
        if (register := house.fields.get(key)) and any(value != "" for value in register.values)
    ]


def _field(key: str, value: object, roster: Roster) -> str:
    if key == "keeper" and isinstance(value, bytes):
        member = roster.members.get(value)
        return member.name if member else gettext("nobody")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int):
        return number(value)
    return region(value) if key == "region" else str(value)


def requests(house: House, history: History | None, roster: Roster, now: datetime) -> list[dict[str, object]]:
    """The requests in a house that stand, those that wait first: under which key, for how many, asked by whom."""
    told = {one.name: one.opened for one in history.told} if history else {}
    found: list[dict[str, object]] = []
    for key, (name, asked) in house.requests.items():
        state = house.state(key)
        if state not in ("asked", "confirmed"):
            continue
        by = roster.members.get(told[name].author) if name in told else None
        since = times.ago(moment(told[name].entry.time), now) if name in told else ""
        tag, tone, what = STANDS[Stands(state)]
        detail = (people(asked.people), needs(asked.needs), by.name if by else "", since)
        found.append({
            "key": key.hex(), "reference": reference_of(key), "state": state, "tag": str(tag), "tone": tone,
            "what": str(what), "detail": " · ".join(filter(None, detail)),
        })  # fmt: skip
    return sorted(found, key=lambda one: str(one["state"]))


def drawn(houses: Iterable[House]) -> dict[str, Any]:
    """Beds in use and free by house: the bars, what their table's columns are called, and whose bars they are."""
    bars = [(name_of(house), house.used, max(0, house.free)) for house in houses if house.free is not None]
    series = [gettext("House"), gettext("In use"), gettext("Free")]
    return {"bars": bars, "series": series, "names": " · ".join(name for name, _used, _free in bars)}
