"""The desk's sync with its hub: every minute and when somebody asks, beside the pages and never in their way.

Public items come first, so that a removal or an erasure is known before anything is sealed. Then what this desk alone
has goes out, and what the hub has comes in, batch by batch, each opened as it comes.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from django.db import DatabaseError, connections
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banyan.cases import casework
from banyan.cases.desk import Desk
from banyan.folders import union
from banyan.folders.peers import MOST_ASKED, Peer
from banyan.folders.remote import HttpPeer, PeerFault
from banyan.house.unlock import line, placing
from banyan.house.unlock.sitting import SYNCED, Sitting
from banyan.sealing.faults import SealingFault

log = logging.getLogger("banyan.sync")
EVERY = 60.0
SAVED_EVERY = 20_000  # items that came in
PROGRAMME = "programme.id"
ON_DUTY, DUTY_TOLD, ASIDE_TOLD = "on duty", "duty told", "aside told"


def begin(sitting: Sitting) -> None:
    """Sync from now on, in a thread of its own. Without a hub's address there is nothing to do."""
    if not sitting.hub:
        sitting.sync.problem = _("This desk was not told where its hub is. What you write is kept here.")
        return
    threading.Thread(target=_keep_on, args=(sitting,), name="syncing", daemon=True).start()


def _keep_on(sitting: Sitting) -> None:
    while not sitting.locking:
        sitting.wake.clear()
        sync_once(sitting)
        connections.close_all()
        sitting.wake.wait(EVERY)


def sync_once(sitting: Sitting) -> None:
    """One whole sync; what went wrong stands in the bar, in words."""
    desk, state = sitting.desk, sitting.sync
    if desk is None or sitting.locking:
        return
    state.busy = True
    try:
        _sync(sitting, desk, peer_of(sitting, desk))
        state.problem = ""
    except PeerFault as fault:
        # lazy: said in the language of the page that shows it
        state.problem = _without_tor(sitting) or fault.words
    except SealingFault:
        log.error("sync stopped at something that does not hold")
        state.problem = _("Sync stopped at something that does not hold. Tell somebody of the office.")
    except (DatabaseError, OSError):
        log.error("sync stopped: the disk refused")
        state.problem = _("Sync stopped: this laptop's disk refused. Look whether it is full.")
    finally:
        state.busy = sitting.wake.is_set()  # asked for again meanwhile: another sync follows at once


def peer_of(sitting: Sitting, desk: Desk) -> HttpPeer:
    """The hub. An onion address goes through Tor, at BANYAN_TOR or where Tor listens by itself."""
    return HttpPeer(sitting.hub, desk.keys, desk.clock, line.tor_for(sitting.hub) or None)


def _without_tor(sitting: Sitting) -> str | Promise:
    """What to say where the hub is reached through Tor and this machine's Tor is not running."""
    tor = line.tor_for(sitting.hub)
    if not tor or line.tor_is_there(tor):
        return ""
    return _(
        "Tor does not run on this laptop, and the hub is reached through it. What you write is kept here."
    )


def know_programme(sitting: Sitting, desk: Desk) -> None:
    """A desk that has never synced fetches the programme's roster before it is shown.

    Only the founding that its own folder names is taken, where it names one. Raises `PeerFault` or a
    `SealingFault`.
    """
    try:
        desk.store.roster()
        return
    except SealingFault:
        if not sitting.hub:
            raise
    folder = Path(desk.view.path).parent
    named = folder / PROGRAMME
    programme = bytes.fromhex(named.read_text(encoding="ascii").strip()) if named.is_file() else None
    union.pull_public(desk.store, peer_of(sitting, desk), desk.keys.id, programme=programme)
    desk.store.roster()


def _sync(sitting: Sitting, desk: Desk, peer: Peer) -> None:
    before = desk.roster.index
    pulled, private = union.pull_public(desk.store, peer, desk.keys.id)
    if pulled.new:
        _bury(sitting, desk)
    if placing.place_ready(desk, peer):
        _bury(sitting, desk)
    if desk.roster.index != before:
        with sitting.turns:
            placing.renew_after(desk, sitting.turns.courtesy)
    union.push_unsent(desk.store, peer)
    fresh = 0
    for batch in union.pull_private(desk.store, peer, desk.keys.id, private):
        sitting.sync.done, sitting.sync.total = batch.done, batch.total
        if batch.pulled.new:
            _take_in(sitting, desk)
            fresh += len(batch.pulled.new)
        if fresh > SAVED_EVERY:  # a first sync that is cut opens nothing twice
            fresh = 0
            with sitting.turns:
                desk.view.save()
    _take_in(sitting, desk)
    for batch in union.pull_wanted(desk.store, peer, desk.wanted):
        sitting.sync.done, sitting.sync.total = batch.done, batch.total
    if desk.store.unsent_count():
        union.push_unsent(desk.store, peer)
    _tell_duty(sitting, desk, peer)
    if sitting.drafts is not None:
        sitting.drafts.drop_erased(desk.store.buried_folders())
    _tell_aside(sitting, desk, peer)
    with sitting.turns:
        desk.view.note(SYNCED, desk.now.to_bytes(8, "big"))


def _bury(sitting: Sitting, desk: Desk) -> None:
    """What was erased leaves the view and the file of the store."""
    sitting.changed = True
    with sitting.turns:
        desk.bury()
        desk.store.scrub()


def _take_in(sitting: Sitting, desk: Desk) -> None:
    with sitting.turns:
        if desk.take_in_all(lambda _done, _of: sitting.turns.courtesy()):
            sitting.changed = True


def _tell_duty(sitting: Sitting, desk: Desk, peer: Peer) -> None:
    """What the member last said of being on duty, told to the hub once."""
    with sitting.turns:
        said, told = desk.view.noted(ON_DUTY), desk.view.noted(DUTY_TOLD)
    if said is not None and said != told:
        peer.duty(said == b"1")
        with sitting.turns:
            desk.view.note(DUTY_TOLD, said)


def _tell_aside(sitting: Sitting, desk: Desk, peer: Peer) -> None:
    """What is put aside as a flood, and what no longer is, told to the hub once: when it is full it drops of that."""
    with sitting.turns:
        told, now = _ids(desk.view.noted(ASIDE_TOLD) or b""), casework.put_aside(desk)
    for back, folders in ((True, sorted(told - now)), (False, sorted(now - told))):
        for start in range(0, len(folders), MOST_ASKED):
            part = folders[start : start + MOST_ASKED]
            peer.aside(part, back=back)
            told = told - set(part) if back else told | set(part)
            with sitting.turns:
                desk.view.note(ASIDE_TOLD, b"".join(sorted(told)))


def _ids(kept: bytes) -> set[bytes]:
    return {kept[start : start + 32] for start in range(0, len(kept), 32)}
