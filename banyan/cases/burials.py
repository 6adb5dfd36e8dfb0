"""Erasing for good all that is kept of one person: proposed by whoever knows the folders, signed by the office too.

The office opens none of these folders, and who knows them signs nothing else of the roster: neither erases alone. What
waits is seen by every member, so that whoever holds such a folder too sees that it is to go, and why.
"""

from collections.abc import Iterable
from contextlib import suppress

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.folders import acts
from banyan.folders.acts import NotPossible, Pending, Why
from banyan.folders.grave import Grave
from banyan.folders.items import Sort, body_of
from banyan.folders.roster import MOST_GRAVES, Bury, BuryReason, act_id, read_act
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import write

WHY = {
    Why.NOT_A_MEMBER: _("You are not an active member now, so you cannot sign."),
    Why.NOT_OFFICE: _("Only intake and planning propose to erase."),
    Why.WAITS_ALREADY: _("This waits for the office already."),
    Why.ERASED: _("All of this was erased already, by two others."),
    Why.FORKED: _("The roster shows two histories. The office mends that first; nothing is erased before."),
}


def waiting(desk: Desk) -> dict[bytes, Pending]:
    """The erasure that waits for a folder, by the folder's id; where several wait, the one that erases most."""
    if not any(_waits(body_of(item), desk) for item in desk.store.public(Sort.ACT)):
        return {}  # nearly always: then no signature is checked
    found = acts.pending(desk.store, desk.roster, desk.now // 1000)
    burials = [(len(one.act.graves), one, one.act) for one in found if isinstance(one.act, Bury)]
    return {
        grave.folder: one
        for _many, one, act in sorted(burials, key=lambda burial: burial[0])
        for grave in act.graves
    }


def _waits(data: bytes, desk: Desk) -> bool:
    with suppress(SealingFault):
        return act_id(data) not in desk.roster.acts and isinstance(read_act(data), Bury)
    return False


def names_all(pending: Pending, folders: Iterable[bytes]) -> bool:
    """Whether an erasure names all these folders."""
    named = {grave.folder for grave in pending.act.graves} if isinstance(pending.act, Bury) else set()
    return named.issuperset(folders)


def propose(desk: Desk, folders: Iterable[bytes], reason: BuryReason) -> bytes:
    """A member who knows the folders signs first that they are erased; the act's id. Raises `NotYet`."""
    graves = tuple(Grave(folder=folder, seals=(), names=()) for folder in dict.fromkeys(folders))
    if not 0 < len(graves) <= MOST_GRAVES:
        raise NotYet(gettext("There is nothing here to erase, or more than one signature takes."))
    act = Bury(graves=graves, reason=reason, made=desk.now // 1000, nonce=acts.new_nonce())
    there = acts.pending(desk.store, desk.roster, desk.now // 1000)
    try:
        items = acts.propose(desk.keys, desk.roster, act, there)
    except NotPossible as refused:
        raise NotYet(str(WHY.get(refused.why, refused.why))) from refused
    desk.store.add(items, unsent=True)
    return act_id(write(act))
