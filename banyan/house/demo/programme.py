"""What the programme does as a whole, apart from any one person: before anybody writes, and after all have written.

What stands before the play is in every part of it, so nobody writes into such a folder while the parts are played
but by drops, which add up whatever their order. A house or a fund that is written into belongs to one part.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from banyan.desks.figures import actions as figures
from banyan.folders.seats import Seat
from banyan.house.demo.clock import FOUNDED, Clock
from banyan.house.demo.publishing import publish_all
from banyan.house.demo.scene import LOOK_ON, Scene
from banyan.house.demo.stage import Stage
from banyan.sealing.keys import Keys


def before(home: Path, unlock: Callable[[str], Keys]) -> None:
    """The first days of the programme: figures open the box that all counts are dropped into."""
    with closing(Scene(home, unlock, Clock(FOUNDED + timedelta(days=1)))) as scene:
        with scene.one_batch():
            figures.open_box(desk=scene.cast.one(Seat.FIGURES, 0))
        scene.save()


def after(home: Path, unlock: Callable[[str], Keys], now: datetime) -> int:
    """Those who looked on sync with the hub and open all that was dropped for them; then the figures are published,
    quarter by quarter. How many publications stand.
    """
    with closing(Stage(home, {}, Clock(now))) as stage:
        for member in stage.door.roster.active():
            if member.seats <= LOOK_ON and member.seats & {Seat.FIGURES, Seat.OFFICE}:
                stage.seat(member.name, unlock(member.name))
        stage.settle()
        desks = [stage.desks[member.id] for member in stage.door.roster.active() if member.id in stage.desks]
        counts = next(desk for desk in desks if desk.me and desk.me.seats == {Seat.FIGURES})
        signs = next(desk for desk in desks if desk.me and desk.me.seats == {Seat.OFFICE})
        return publish_all(stage, counts, signs, now)
