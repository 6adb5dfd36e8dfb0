"""Acts of the roster that have enough signatures are put into the chain by whichever of their signers syncs next.

The hub gives the place: of two links that race one wins, and the other desk finds the act placed when it next pulls.
"""

import logging
from collections.abc import Callable

from banyan.cases.desk import Desk
from banyan.cases.models import FolderRow
from banyan.folders.acts import ready_links
from banyan.folders.peers import Peer

log = logging.getLogger("banyan.sync")
ID = 16


def place_ready(desk: Desk, peer: Peer) -> int:
    """Place what this member signed and what has enough signatures, one at a time; how many got their place."""
    placed = 0
    for link in ready_links(desk.keys, desk.store, desk.roster, desk.now // 1000):
        if not peer.place(link).accepted:
            log.info("a link of the roster did not get its place this time")
            break
        desk.store.add([link])
        placed += 1
    return placed


def renew_after(desk: Desk, courtesy: Callable[[], None]) -> None:
    """After a change of the roster: each folder that a removed member holds gets an epoch without them."""
    removed = {ident for ident, member in desk.roster.members.items() if member.standing == "removed"}
    rows = FolderRow.objects.using(desk.view.alias).values_list("folder", "holders")
    for folder, holders in list(rows):
        held = bytes(holders)
        if removed & {held[start : start + ID] for start in range(0, len(held), ID)}:
            desk.take_in_folder(bytes(folder))
            courtesy()
