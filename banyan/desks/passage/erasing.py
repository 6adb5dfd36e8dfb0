"""Legs whose case was erased: only planning knows that they belonged together, so planning proposes to erase them too.

An erasure names folders, and who proposed it for the case did not know the legs. Here a leg is left over where its
passage was erased, which every desk hears of.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from banyan.cases import burials
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.cases.models import FolderRow
from banyan.folders.acts import Pending
from banyan.folders.seats import Seat


@dataclass(frozen=True)
class LeftOver:
    """The legs of one way whose passage was erased, and the erasure that waits for all of them."""

    passage: bytes
    legs: tuple[bytes, ...]
    waits: Pending | None


def left_over(desk: Desk) -> list[LeftOver]:
    """The legs that are left over on a planner's desk, by the passage to which they belonged."""
    if desk.me is None or Seat.PLANNING not in desk.me.seats:
        return []
    rows = FolderRow.objects.using(desk.view.alias).filter(kind="leg").values_list("cover", "folder")
    legs: dict[bytes, list[bytes]] = {}
    for passage, folder in rows:
        legs.setdefault(bytes(passage), []).append(bytes(folder))
    erased = {passage: sorted(folders) for passage, folders in legs.items() if desk.store.is_buried(passage)}
    waiting = burials.waiting(desk) if erased else {}
    return [
        LeftOver(passage, tuple(folders), _for_all(waiting.get(folders[0]), folders))
        for passage, folders in sorted(erased.items())
    ]


def _for_all(pending: Pending | None, folders: list[bytes]) -> Pending | None:
    return pending if pending is not None and burials.names_all(pending, folders) else None


def erase_legs(*, desk: Desk, passage: bytes) -> bytes:
    """A planner signs first that the legs of an erased case are erased too; the act's id."""
    found = next((one for one in left_over(desk) if one.passage == passage), None)
    if found is None:
        raise NotYet(_("There are no legs of an erased case on this desk."))
    return burials.propose(desk, found.legs, "case")
