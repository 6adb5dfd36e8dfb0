"""Which desks a member's seats open, and where each begins. Everybody may look at who the members are."""

from collections.abc import Collection
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banyan.folders.seats import Seat


@dataclass(frozen=True)
class Room:
    """A desk: its address's first part, what it is called, and the seats that work there (none: everybody)."""

    at: str
    label: str | Promise
    seats: frozenset[Seat] = frozenset()

    @property
    def url(self) -> str:
        """Where it begins."""
        return f"/{self.at}/"


ROOMS = (
    Room("intake", _("Intake"), frozenset({Seat.INTAKE})),
    Room("screening", _("Screening"), frozenset({Seat.SCREENING, Seat.DECIDING})),
    Room("passage", _("Passage"), frozenset({Seat.PLANNING, Seat.GUIDE})),
    Room("shelter", _("Shelter"), frozenset({Seat.SHELTER})),
    Room("support", _("Support"), frozenset({Seat.ENTERING, Seat.APPROVING, Seat.PAYING})),
    Room("testimony", _("Testimony"), frozenset({Seat.TESTIMONY})),
    Room("figures", _("Figures"), frozenset({Seat.FIGURES})),
    Room("office", _("Members")),
)


def rooms_of(seats: Collection[Seat]) -> list[Room]:
    """The desks of somebody with these seats, in the order of a case's way; the members last."""
    there = (room for room in ROOMS if apps.is_installed(f"banyan.desks.{room.at}"))
    return [room for room in there if not room.seats or room.seats & set(seats)]
