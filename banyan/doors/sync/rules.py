"""Who may do what at the members' door. Pure decisions: no request, no database."""

from collections.abc import Sequence

from banyan.folders.membership import Member
from banyan.folders.peers import BATCH_BYTES
from banyan.folders.seats import Seat


def may_sync(member: Member | None) -> bool:
    """Active members only. Strangers, frozen and removed members are answered alike."""
    return member is not None and member.active


def may_say_duty(member: Member) -> bool:
    """Conversations are given to intake on duty, so only intake says whether it is."""
    return Seat.INTAKE in member.seats


def may_say_aside(member: Member) -> bool:
    """Conversations are intake's, so only intake says which of them are junk."""
    return Seat.INTAKE in member.seats


def fits(datas: Sequence[bytes]) -> bool:
    """A batch is 1 MiB of items, or one larger item alone."""
    return len(datas) == 1 or sum(map(len, datas)) <= BATCH_BYTES
