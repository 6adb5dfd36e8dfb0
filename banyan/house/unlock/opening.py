"""From a member's keys to their open desk: the store is brought up to date, the view loaded, what is new opened."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from banyan.cases.desk import Desk
from banyan.cases.view import View
from banyan.folders.remote import PeerFault
from banyan.folders.store import Store
from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.standing import stand_at
from banyan.house.unlock import syncing
from banyan.house.unlock.drafts import Drafts
from banyan.house.unlock.sitting import Sitting
from banyan.sealing.faults import SealingFault
from banyan.sealing.keys import Keys

log = logging.getLogger("banyan.unlock")


def begin(sitting: Sitting, name: str, keys: Keys) -> None:
    """Open the desk in a thread of its own, while the page shows how far it has come."""
    sitting.opening, sitting.problem, sitting.name = True, "", name
    threading.Thread(target=_open, args=(sitting, name, keys), name="opening", daemon=True).start()


def _open(sitting: Sitting, name: str, keys: Keys) -> None:
    folder = places.desk_dir(sitting.home, name)
    try:
        with places.store_faults(folder):
            desk = make_desk(folder, keys)
            syncing.know_programme(sitting, desk)
            desk.take_in_all(lambda done, of: _show(sitting, done, of))
        _seat(sitting, folder, desk)
    except (Refused, SealingFault, PeerFault) as fault:
        log.error("the desk did not open")
        sitting.problem = str(fault)
    except OSError:
        log.error("the desk did not open: the disk refused")
        sitting.problem = _("The disk refused. Look whether it is full, then unlock again.")
    finally:
        # Keys that opened nothing are in this process's memory now: it says why, and ends.
        sitting.spent = sitting.desk is None
        sitting.opening = False
        connections.close_all()


def make_desk(folder: Path, keys: Keys) -> Desk:
    """The desk that lies in this folder, its view loaded, as far as it was opened before."""
    at = str(folder / places.STORE)
    settings.DATABASES["default"]["NAME"] = at
    connections.databases["default"]["NAME"] = at
    store: Store = places.ready_store(folder)
    view = View(keys, folder / places.VIEW, store)
    view.open()
    return Desk(keys=keys, store=store, view=view)


def _show(sitting: Sitting, done: int, of: int) -> None:
    sitting.step = (done, of)


def _seat(sitting: Sitting, folder: Path, desk: Desk) -> None:
    sitting.drafts = Drafts(folder, desk.keys)
    sitting.sync.desk = desk
    sitting.desk = desk
    sitting.changed = True
    sitting.touch()
    sitting.said(f"sat {sitting.name}")
    stand_at(desk)
    syncing.begin(sitting)
