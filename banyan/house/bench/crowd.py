"""People who write to a scratch programme, and one of intake who answers: by the door and the desk, in bulk.

The stores' transactions are held open over many people, so that small writes wait for the disk once.
"""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.db import connections, transaction

from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import About, Consent, ConsentAsked, Message, Read, Triage
from banyan.cases.memory.base import forget
from banyan.cases.view import View
from banyan.cases.visit import Door, Visit
from banyan.folders.store import Store
from banyan.house.cli import places
from banyan.house.demo import texts
from banyan.house.demo.clock import Clock
from banyan.sealing.keys import Keys

BATCH = 200
SPAN = timedelta(days=2 * 365)
WAITING = 500  # one in so many waits for an answer
AGREES = 100  # one in so many agrees to be served, and no case is open yet
GOING_ON = 5  # one in so many is not closed


@dataclass(frozen=True)
class Street:
    """The hub's door and one desk, with a clock for both."""

    door: Door
    desk: Desk
    clock: Clock

    @contextmanager
    def one_batch(self) -> Iterator[None]:
        """All of it is durable when it ends."""
        with ExitStack() as stack:
            for alias in (self.door.store.alias, self.desk.store.alias, self.desk.view.alias):
                stack.enter_context(transaction.atomic(using=alias))
            yield

    def to_desk(self, folder: bytes) -> None:
        """What the hub has of a folder goes to the desk."""
        self.desk.store.add(item.data for item in self.door.store.of_folder(folder))
        self.desk.take_in_folder(folder)

    def to_hub(self) -> None:
        """What only the desk has goes to the hub."""
        unsent = self.desk.store.unsent()
        self.door.store.add(item.data for item in self.desk.store.get(unsent))
        self.desk.store.sent(unsent)


def store_at(folder: Path, clock: Clock) -> Store:
    """The store that lies in a folder."""
    alias = str(folder / places.STORE)
    connections.databases[alias] = {**connections.databases["default"], "NAME": alias}
    return Store(alias, clock)


@contextmanager
def street(home: Path, name: str, keys: Keys, now: datetime) -> Iterator[Street]:
    """The places of a scratch programme in `home`, let go of at the end."""
    clock, folder = Clock(now), places.desk_dir(home, name)
    store = store_at(folder, clock)
    view = View(keys, folder / places.VIEW, store)
    view.open()
    hub = store_at(places.hub_dir(home), clock)
    door = Door(keys=Keys((places.hub_dir(home) / places.DOOR_KEY).read_bytes()), store=hub, clock=clock)
    try:
        yield Street(door, Desk(keys=keys, store=store, view=view, clock=clock), clock)
    finally:
        for alias in (store.alias, hub.alias, view.alias):
            forget(alias)


def fill(where: Street, people: int, now: datetime) -> None:
    """So many people write, read and answer over two years; the desk's view is sealed at the end."""
    for start in range(0, people, BATCH):
        with where.one_batch():
            for number in range(start, min(start + BATCH, people)):
                began = now - SPAN * ((number + 1) / (people + 1))
                _person(where, number, began, Random(number))  # noqa: S311
    where.clock.set(now)
    where.desk.view.save()


def _person(where: Street, number: int, began: datetime, random: Random) -> None:
    keys, language = Keys.generate(), random.choice(("en", "my"))

    def writes(*documents: object) -> bytes:
        visit = Visit(where.door, keys)
        visit.post(secrets.token_bytes(16), *documents)  # type: ignore[arg-type]
        (folder,) = where.door.store.folders_for(keys.id)
        return folder

    where.clock.set(began)
    first = Message(text=texts.first_message(language, random, danger=False), language=language)
    where.to_desk(folder := writes(About(concern="self", force="army"), first))
    if number % WAITING == 0:
        return
    _answers(where, folder, began, language, random)
    where.clock.set(began + timedelta(days=1))
    writes(Read(), Message(text=texts.more(language, random), language=language))
    where.to_desk(writes(Consent(purpose="service", given=number % AGREES == 0, adult=True)))
    _answers(where, folder, began + timedelta(days=2), language, random)
    if number % GOING_ON and number % AGREES:
        where.desk.write(folder, Triage(state="enquiry", topic="leaving"))
    where.to_hub()


def _answers(where: Street, folder: bytes, when: datetime, language: str, random: Random) -> None:
    where.clock.set(when)
    where.desk.write(folder, Message(text=texts.answer(language, random), language=language))
    where.desk.write(folder, ConsentAsked(purposes=("service",)))
    where.to_hub()
