"""Founding a programme on this machine: hub, desks and trustees' shares are written whole or not at all."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from banyan.house.cli import places
from banyan.house.cli.refused import Refused

if TYPE_CHECKING:
    from banyan.cases.founding import Founded
    from banyan.sealing.phrases import Cost

PARTS = ("hub", "desks", "trustees")


@dataclass(frozen=True)
class Plan:
    """What is to be founded: names, and the seats of the first members by their names."""

    name: str
    trustees: Sequence[str]
    members: Mapping[str, Sequence[str]]
    demo: bool = False
    hub: str = ""


@dataclass(frozen=True)
class Phrases:
    """The phrases that were made: shown once and kept nowhere."""

    members: Mapping[str, str]
    trustees: Mapping[str, str]


def found(
    home: Path,
    plan: Plan,
    *,
    phrases: Phrases | None = None,
    cost: Cost | None = None,
    when: int | None = None,
) -> Phrases:
    """Found the programme in `home`; its phrases. `phrases` are given only for a demo, `cost` for a demo or by tests,
    `when` in seconds since 1970.
    """
    check_empty(home)
    check_plan(plan)
    made = phrases or new_phrases(plan)
    new = places.made(home / f"founding-{secrets.token_hex(4)}")
    try:
        _write(new, plan, made, cost, int(time.time()) if when is None else when)
        for part in PARTS:
            (new / part).rename(home / part)
        if plan.hub:
            (home / places.ADDRESS).write_text(plan.hub + "\n", encoding="ascii")
    except OSError as fault:
        raise Refused(f"Banyan cannot write in {home}: {fault.strerror}.") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return made


def check_empty(home: Path) -> None:
    """Refused where something was founded already: nothing is ever written over."""
    for part in PARTS:
        if (home / part).exists():
            raise Refused(
                f"There is a programme in {home} already ({part}). Name another folder with --home."
            )


def check_plan(plan: Plan) -> None:
    """Refused where names or seats do not fit."""
    from banyan.folders.seats import IncompatibleSeats, Seat, check_seats

    if not 1 <= len(plan.name) <= 60:
        raise Refused("A programme's name has 1 to 60 letters.")
    if len(plan.trustees) != 5 or len(set(plan.trustees)) != 5 or not all(map(_is_person, plan.trustees)):
        raise Refused("Five trustees are needed, each with a name of their own (at most 60 letters).")
    if len(plan.members) < 2:
        raise Refused(
            "A programme is founded by at least two members, for every act of the roster needs two."
        )
    for name, seats in plan.members.items():
        if not places.is_name(name):
            raise Refused("A member's name is made of letters, digits, spaces, dots and dashes, at most 60.")
        unknown = sorted(set(seats) - set(Seat))
        if unknown:
            raise Refused(f"There is no seat {unknown[0]}. The seats are: {', '.join(Seat)}.")
        try:
            check_seats(Seat(seat) for seat in seats)
        except IncompatibleSeats as clash:
            raise Refused(f"{clash}.") from None


def _is_person(name: str) -> bool:
    return 1 <= len(name) <= 60 and name.isprintable()


def what_is_missing(plan: Plan) -> list[str]:
    """What a programme with these members has to do without, in sentences."""
    from banyan.folders.seats import LEAST, Seat, least_members

    held = [Seat(seat) for seats in plan.members.values() for seat in seats]
    lost = []
    for seat in Seat:
        wanted = LEAST.get(seat, 1)
        if held.count(seat) < wanted:
            lost.append(f"{seat}: {held.count(seat)} of {wanted}. {WITHOUT[seat.value]}")
    if lost:
        lost.append(f"A whole programme needs about {least_members()} members.")
    return lost


WITHOUT = {
    "intake": "With fewer than two, nobody answers while one is away; with none, the door is shut.",
    "screening": "Nobody can be admitted: that takes two findings that do not know of each other.",
    "deciding": "Where two findings disagree, nobody can decide.",
    "planning": "No safe way out can be planned.",
    "guide": "No leg of a way has a guide of its own.",
    "shelter": "Nobody can be housed, or not while one is away.",
    "entering": "No payment can be entered.",
    "approving": "No payment can be approved.",
    "paying": "No payment can be made.",
    "testimony": "Nothing can be kept for a court.",
    "figures": "Nothing can be counted.",
    "office": "With fewer than two, no member can be added or removed without help from oversight.",
    "oversight": "Nobody looks over the work from outside it.",
}


def new_phrases(plan: Plan) -> Phrases:
    """Seven words for each member and each trustee."""
    from banyan.sealing.phrases import new_phrase

    return Phrases(
        members={name: new_phrase() for name in plan.members},
        trustees={name: new_phrase() for name in plan.trustees},
    )


def _write(new: Path, plan: Plan, made: Phrases, cost: Cost | None, when: int) -> None:
    places.settle(new, hub=True)
    from banyan.cases.founding import FirstMember, found_programme
    from banyan.folders.seats import Seat
    from banyan.sealing import phrases
    from banyan.sealing.keys import Keys

    keys = {name: Keys.generate() for name in plan.members}
    members = [
        FirstMember(keys[name], name, tuple(Seat(seat) for seat in dict.fromkeys(seats)))
        for name, seats in plan.members.items()
    ]
    door = Keys.generate()
    founded = found_programme(
        name=plan.name, demo=plan.demo, members=members, door=door, trustees=plan.trustees, time=when
    )
    places.write_private(new / "hub" / places.DOOR_KEY, door.secret)
    places.start_store(new / "hub", founded.items)
    for name, own in keys.items():
        folder = places.made(new / "desks" / name)
        places.write_private(folder / places.KEYS, phrases.lock(own, made.members[name], cost))
        places.start_store(folder, founded.items)
    _write_shares(places.made(new / "trustees"), plan, made, cost, founded)


def _write_shares(folder: Path, plan: Plan, made: Phrases, cost: Cost | None, founded: Founded) -> None:
    from banyan.sealing import phrases
    from banyan.sealing.format import write

    for number, (share, trustee) in enumerate(zip(founded.shares, plan.trustees, strict=True), 1):
        locked = phrases.lock_secret(write(share), made.trustees[trustee], cost)
        places.write_private(folder / f"{number}.share", locked)
