"""Acts of the roster that have enough signatures are put into the chain by the first signer who syncs.

The hub gives the place: of two links that race one wins, and the other desk finds the act placed when it next pulls.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator

from banyan.cases.desk import Desk
from banyan.cases.models import FolderRow
from banyan.folders.items import Sort, body_of, read_item
from banyan.folders.membership import Roster, check_next
from banyan.folders.peers import Peer
from banyan.folders.roster import Assent, act_id, check_assent, place
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import read

log = logging.getLogger("banyan.sync")
ID = 16


def place_ready(desk: Desk, peer: Peer) -> int:
    """Place every act that this member signed and that has enough signatures; how many got their place."""
    placed = 0
    assents = _assents(desk)
    for act in _open_acts(desk):
        link = _link(desk, act, assents[act_id(act)])
        if link is None:
            continue
        answer = peer.place(link)
        if answer.accepted:
            desk.store.add([link])
            placed += 1
        else:
            log.info("a link of the roster did not get its place this time")
    return placed


def _open_acts(desk: Desk) -> Iterator[bytes]:
    for item in sorted(desk.store.public(Sort.ACT), key=lambda one: one.id):
        if act_id(body_of(item)) not in desk.roster.acts:
            yield body_of(item)


def _assents(desk: Desk) -> dict[bytes, list[Assent]]:
    """The signatures that hold, by act, one for each member."""
    roster = desk.roster
    found: dict[bytes, dict[bytes, Assent]] = defaultdict(dict)
    for item in desk.store.public(Sort.ASSENT):
        try:
            one = read(body_of(item), Assent)
            member = roster.members.get(one.member)
            if member is not None and member.active:
                check_assent(one, roster.programme, member.keys)
                found[one.act][one.member] = one
        except SealingFault:
            continue
    return defaultdict(list, {act: [ones[key] for key in sorted(ones)] for act, ones in found.items()})


def _link(desk: Desk, act: bytes, assents: list[Assent]) -> bytes | None:
    """The link that would put the act at the head, or None where it does not hold (too few, too late)."""
    roster: Roster = desk.roster
    if desk.keys.id not in {one.member for one in assents}:
        return None
    link = place(
        desk.keys,
        index=roster.index + 1,
        previous=tuple(sorted(roster.head)),
        time=desk.now // 1000,
        act=act,
        assents=tuple(assents),
    )
    try:
        check_next(roster, read_item(link))
    except SealingFault:
        return None
    return link


def renew_after(desk: Desk, courtesy: Callable[[], None]) -> None:
    """After a change of the roster: each folder that a removed member holds gets an epoch without them."""
    removed = {ident for ident, member in desk.roster.members.items() if member.standing == "removed"}
    rows = FolderRow.objects.using(desk.view.alias).values_list("folder", "holders")
    for folder, holders in list(rows):
        held = bytes(holders)
        if removed & {held[start : start + ID] for start in range(0, len(held), ID)}:
            desk.take_in_folder(bytes(folder))
            courtesy()
