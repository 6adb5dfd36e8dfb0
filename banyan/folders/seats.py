"""Seats: what a member may be asked to do, and which seats never meet in one member.

The *who side* learns who somebody is; the *where side* learns where they are. No member sits on both, so no
one member can join a recorded name to a recorded place. Whoever enters, approves and pays are three. Office
and oversight are apart.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import combinations

from banyan.sealing.faults import SealingFault


class Seat(StrEnum):
    """The seats of a programme."""

    INTAKE = "intake"
    SCREENING = "screening"
    DECIDING = "deciding"
    PLANNING = "planning"
    GUIDE = "guide"
    SHELTER = "shelter"
    ENTERING = "entering"
    APPROVING = "approving"
    PAYING = "paying"
    TESTIMONY = "testimony"
    FIGURES = "figures"
    OFFICE = "office"
    OVERSIGHT = "oversight"


WHO_SIDE = frozenset({Seat.SCREENING, Seat.DECIDING, Seat.TESTIMONY})
WHERE_SIDE = frozenset({Seat.PLANNING, Seat.GUIDE, Seat.SHELTER})
APART = (
    (WHO_SIDE, WHERE_SIDE, "who somebody is and where they are"),
    (frozenset({Seat.ENTERING}), frozenset({Seat.APPROVING}), "entering and approving a payment"),
    (frozenset({Seat.ENTERING}), frozenset({Seat.PAYING}), "entering and paying a payment"),
    (frozenset({Seat.APPROVING}), frozenset({Seat.PAYING}), "approving and paying a payment"),
    (
        frozenset({Seat.SCREENING}),
        frozenset({Seat.DECIDING}),
        "screening and deciding where screeners disagree",
    ),
    (frozenset({Seat.INTAKE}), frozenset({Seat.SCREENING, Seat.DECIDING}), "case work and screening"),
    (frozenset({Seat.INTAKE}), WHERE_SIDE, "free text that may name anybody, and where they are"),
    (frozenset({Seat.OVERSIGHT}), frozenset(Seat) - {Seat.OVERSIGHT}, "the work and its oversight"),
)
# Beside these, what never meets in one member on one and the same case.
IN_ONE_CASE = (
    (frozenset({Seat.INTAKE, Seat.SCREENING, Seat.PLANNING, Seat.SHELTER}),
     frozenset({Seat.APPROVING}), "working on a case and approving its money"),
    (frozenset({Seat.INTAKE}), frozenset({Seat.PAYING}), "case work and handing over the money"),
)  # fmt: skip
LEAST = {Seat.INTAKE: 2, Seat.SCREENING: 2, Seat.SHELTER: 2, Seat.OFFICE: 2, Seat.TESTIMONY: 0, Seat.GUIDE: 0}


class IncompatibleSeats(SealingFault):
    """Two seats that must never meet in one member."""


def check_seats(seats: Iterable[Seat]) -> None:
    """Raise `IncompatibleSeats`, naming the two that do not go together."""
    _check(frozenset(seats), APART)


def check_seats_in_case(seats: Iterable[Seat]) -> None:
    """Raise `IncompatibleSeats` where one member would sit on two seats of one case that never meet."""
    _check(frozenset(seats), (*APART, *IN_ONE_CASE))


def fits_in_case(seats: Iterable[Seat]) -> bool:
    """Whether one member may sit on all these seats of one case."""
    try:
        check_seats_in_case(seats)
    except IncompatibleSeats:
        return False
    return True


def _check(held: frozenset[Seat], apart: Iterable[tuple[frozenset[Seat], frozenset[Seat], str]]) -> None:
    for left, right, why in apart:
        if held & left and held & right:
            one, other = min(held & left), min(held & right)
            raise IncompatibleSeats(f"{one} and {other} never meet in one member: {why}")


def least_members() -> int:
    """The fewest members that can fill every seat that a whole programme needs, found by trying."""
    wanted = [seat for seat in Seat for _ in range(LEAST.get(seat, 1))]
    members: list[set[Seat]] = []
    for seat in wanted:
        home = next((m for m in members if seat not in m and _fits(m | {seat})), None)
        if home is None:
            members.append({seat})
        else:
            home.add(seat)
    return len(members)


def _fits(seats: set[Seat]) -> bool:
    return not any(
        (a in left and b in right) or (b in left and a in right)
        for a, b in combinations(seats, 2)
        for left, right, _ in APART
    )
