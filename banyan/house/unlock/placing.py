"""Acts of the roster that have enough signatures are put into the chain by whichever of their signers syncs next.

The hub gives the place: of two links that race one wins, and the other desk finds the act placed when it next pulls.
"""

import logging
from collections.abc import Callable

from banyan.cases.desk import Desk
from banyan.folders.acts import ready_links
from banyan.folders.peers import Peer

log = logging.getLogger("banyan.sync")


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
    """After a change of the roster: each folder that somebody holds who is out gets an epoch without them."""
    for folder in sorted(desk.held_by_out()):
        desk.take_in_folder(folder)
        courtesy()
