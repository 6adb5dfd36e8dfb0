"""Pure decisions of shelter: how a request stands, what comes first, what may be done. No request, no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum

from banyan.cases.folders.cover import Case
from banyan.cases.folders.house import House
from banyan.cases.folders.placement import Arriving, Asked
from banyan.cases.stages import ARRIVED, Stage
from banyan.folders.membership import Member
from banyan.folders.seats import Seat

NEXT = {Stage.SUPPORT: Stage.REINTEGRATION, Stage.REINTEGRATION: Stage.FOLLOW_UP}
MONEY = (Seat.ENTERING, Seat.APPROVING, Seat.PAYING)
DAY = 24 * 3_600_000


class Stands(StrEnum):
    """How a request for beds stands. `unsent`: the house has not heard of it; `freed`: the house has no beds for it
    any more, and the placement does not say why; `held`: it ended, and the house still keeps the beds.
    """

    UNKNOWN = "unknown"
    UNSENT = "unsent"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    FREED = "freed"
    HELD = "held"
    ENDED = "ended"


@dataclass(frozen=True)
class Bed:
    """A request for beds in a house: in which placement it stands, whether the household came, why it ended. `house`
    is None where this desk does not hold the house.
    """

    folder: bytes
    asked: Asked
    house: House | None
    placed: bool = False
    ended: str = ""

    @property
    def stands(self) -> Stands:
        """How it stands, by the placement and the house together: an end in the placement comes before all else."""
        there = self.house.state(self.asked.key) if self._known and self.house else ""
        if self.ended:
            return Stands.HELD if there in ("asked", "confirmed") else Stands.ENDED
        if self.house is None:
            return Stands.UNKNOWN
        return Stands(there) if there else Stands.UNSENT

    @property
    def _known(self) -> bool:
        return self.house is not None and self.asked.key in self.house.requests

    @property
    def half(self) -> bool:
        """Whether the placement and the house do not say the same, so that somebody has to finish it."""
        lost = self.placed and self.stands in (Stands.ASKED, Stands.REFUSED)
        return lost or self.stands in (Stands.UNSENT, Stands.FREED, Stands.HELD)


@dataclass(frozen=True)
class Household:
    """A case as shelter sees it: who comes when, and its requests for beds in all its placements."""

    case: Case
    folders: tuple[bytes, ...] = ()
    beds: tuple[Bed, ...] = ()
    arriving: tuple[tuple[int, Arriving], ...] = ()

    @property
    def people(self) -> int:
        """How many they are, or nothing while two wrote different numbers."""
        counts = [self.case.one(key) for key in ("adults", "children")]
        return sum(count for count in counts if isinstance(count, int)) if None not in counts else 0

    @property
    def lives(self) -> tuple[Bed, ...]:
        """Where they live: they came, and have not left. Two: a conflict."""
        return tuple(bed for bed in self.beds if bed.placed and not bed.ended)

    @property
    def asks(self) -> tuple[Bed, ...]:
        """Where beds are asked or promised. Two: a conflict."""
        open_ones = (bed for bed in self.beds if not bed.placed and not bed.ended)
        return tuple(bed for bed in open_ones if bed.stands is not Stands.REFUSED)

    @property
    def refused(self) -> tuple[Bed, ...]:
        """Requests that a keeper refused, of which the placement does not say so yet."""
        return tuple(bed for bed in self.beds if bed.stands is Stands.REFUSED and not bed.placed)

    @property
    def halves(self) -> tuple[Bed, ...]:
        """Requests of which the placement and the house do not say the same."""
        return tuple(bed for bed in self.beds if bed.half)

    @property
    def conflict(self) -> tuple[Bed, ...]:
        """The requests of which one must be chosen: two houses lived in, or two asked."""
        return next((beds for beds in (self.lives, self.asks) if len(beds) > 1), ())

    def bed(self, key: bytes) -> Bed | None:
        """The request with this key."""
        return next((bed for bed in self.beds if bed.asked.key == key), None)


# What may be done


class Stop(Enum):
    """Why a household is given no bed now."""

    STAGE = "stage"
    NO_GO = "no go"
    TWO_STAGES = "two stages"


def stop_before_beginning(case: Case) -> Stop | None:
    """A placement begins once two signed that the person may go: on the way, or after they arrived."""
    return _stop(case, (Stage.PASSAGE, Stage.RECEPTION))


def stop_before_bed(case: Case) -> Stop | None:
    """A first bed is for a case in reception whose go stands; later ones are for whoever was received."""
    return _stop(case, ARRIVED)


def _stop(case: Case, stages: Sequence[Stage]) -> Stop | None:
    if case.stage is None:
        return Stop.TWO_STAGES
    if case.stage not in stages:
        return Stop.STAGE
    if case.stage is Stage.PASSAGE:
        return None if case.standing("admit") and case.may_go else Stop.NO_GO
    if case.stage is not Stage.RECEPTION:  # shelter has received them before: nothing ends that
        return None
    return None if case.standing("admit") and case.standing("go") else Stop.NO_GO


def is_mine(case: Case, me: bytes) -> bool:
    """Whether this member shelters the case now."""
    return case.sits(me, Seat.SHELTER)


def was_mine(case: Case, me: bytes) -> bool:
    """Whether this member ever did: nobody else finds a page of the case at this desk."""
    return (me, Seat.SHELTER) in case.seats_


def has_room(house: House, people: int) -> bool:
    """Whether a house is open and has so many beds free. Nobody knows while two wrote different numbers of beds."""
    return house.one("open") is True and house.free is not None and house.free >= people


def is_over(house: House) -> bool:
    """Whether more beds were confirmed than there are."""
    return house.free is not None and house.free < 0


def conflicts(house: House) -> tuple[str, ...]:
    """Fields of a house that two set to different values at once."""
    return tuple(key for key, register in house.fields.items() if register.conflict)


def keeps(house: House, member: Member | None) -> bool:
    """Whether a member is the keeper of a house, and on this seat now."""
    held = member is not None and member.active and Seat.SHELTER in member.seats
    return held and member is not None and house.one("keeper") == member.id


def waiting(house: House) -> list[bytes]:
    """The keys of the requests that wait for the keeper."""
    return [key for key in house.requests if house.state(key) == "asked"]


def not_reading(holders: Iterable[Member], wanted: Iterable[Member], most: int) -> list[Member]:
    """Active members who should read a folder and do not, as far as the table has room for them."""
    held = {member.id for member in holders}
    come = [member for member in wanted if member.active and member.id not in held]
    return come[: max(0, most - len(held))]


# What comes first


class Need(IntEnum):
    """Why a household or a house stands on today's list; the lower, the sooner."""

    CONFLICT = 0
    HALF = 1
    OVER = 2
    NO_KEEPER = 3
    NO_BED = 4
    REFUSED = 5
    READY = 6
    KEEPER = 7
    ENDED = 8
    BEGIN = 9
    ARRIVES = 10
    NO_MONEY = 11


def need_of(household: Household, now: int) -> Need | None:
    """Why a household needs somebody of shelter today, or None where it can wait."""
    case = household.case
    if household.conflict or len(case.stages) > 1:
        return Need.CONFLICT
    if household.halves:
        return Need.HALF
    if not set(case.stages) & {Stage.PASSAGE, *ARRIVED}:
        return Need.ENDED if household.lives or household.asks else None
    if case.stage is Stage.PASSAGE:
        return _before_they_come(household, now)
    if any(bed.stands is Stands.CONFIRMED for bed in household.asks):
        return Need.READY
    if household.refused:
        return Need.REFUSED
    if case.stage is Stage.RECEPTION and not household.asks:
        return Need.NO_BED
    missing = case.stage is Stage.SUPPORT and not all(case.seated(seat) for seat in MONEY)
    return Need.NO_MONEY if missing else None


def _before_they_come(household: Household, now: int) -> Need | None:
    if not household.folders:
        return None if stop_before_beginning(household.case) else Need.BEGIN
    due = due_of(household)
    return Need.ARRIVES if due is not None and due < now + DAY else None


def due_of(household: Household) -> int | None:
    """When they are expected (milliseconds): as it was said last."""
    return max(household.arriving, key=lambda one: one[0])[1].due if household.arriving else None


def order(household: Household, need: Need) -> tuple[int, int, str]:
    """What households sort by: why, then when they are due or since when nothing was done."""
    due = due_of(household) if need is Need.ARRIVES else None
    return need, due if due is not None else household.case.changed, household.case.reference
