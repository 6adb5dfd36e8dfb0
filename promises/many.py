"""Five desks, a hub and pouches, made over and over in the same memory: what random schedules are played on."""

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model

from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Conversation
from banyan.cases.founding import FirstMember, found_programme
from banyan.cases.memory import words
from banyan.cases.memory.base import forget
from banyan.cases.testing import Clock
from banyan.cases.view import MODELS, View
from banyan.cases.visit import Door
from banyan.folders.history import History
from banyan.folders.items import read_item
from banyan.folders.membership import Roster
from banyan.folders.roster import Change, assent, place
from banyan.folders.seats import Seat
from banyan.folders.store import Store
from banyan.sealing.format import write
from banyan.sealing.keys import Keys

INTAKE, OFFICE = ("Aye", "Ba", "Ei"), ("Chit", "Dway")


class Many:
    """One programme on databases in memory; `afresh` forgets all but its founding."""

    def __init__(self, name: str) -> None:
        self.clock = Clock()
        self.keys = {who: Keys.generate() for who in (*INTAKE, *OFFICE, "door")}
        seats = {**dict.fromkeys(INTAKE, (Seat.INTAKE,)), **dict.fromkeys(OFFICE, (Seat.OFFICE,))}
        self.founded = found_programme(
            name="Harbour", demo=True, door=self.keys["door"], trustees=("1", "2", "3", "4", "5"),
            members=[FirstMember(self.keys[who], who, held) for who, held in seats.items()],
            time=int(self.clock().timestamp()),
        )  # fmt: skip
        self.name = name
        self._tables: dict[str, list[str]] = {}
        stores = [list(apps.get_app_config("folders").get_models()), MODELS]
        for who in (*INTAKE, *OFFICE, "door"):
            for kind, models in zip(("store", "view"), stores, strict=True):
                self._database(f"{kind}-{name}-{who}", list(models))
            words.create(f"view-{name}-{who}")
            self._tables[f"view-{name}-{who}"].append("words")
            Store(f"store-{name}-{who}", self.clock).add(self.founded.items)
        self.afresh()

    def _database(self, alias: str, models: list[type[Model]]) -> None:
        connections.databases[alias] = {**connections.databases["default"], **settings.DATABASES["view"]}
        connections.databases[alias]["NAME"] = alias
        self._tables[alias] = [model._meta.db_table for model in models]
        with connections[alias].schema_editor() as editor:
            for model in models:
                editor.create_model(model)

    def afresh(self) -> None:
        """Everybody knows the founding, and nothing else is anywhere."""
        founding = [read_item(data).id for data in self.founded.items]
        for alias, tables in self._tables.items():
            with connections[alias].cursor() as cursor:
                for table in tables:
                    kept = table == "folders_held"  # nobody learns the founding anew
                    cursor.execute(
                        f"DELETE FROM {table}" + (" WHERE item NOT IN (%s, %s)" if kept else ""),
                        founding if kept else [],
                    )
        self.clock.now = Clock().now
        self.hub = Store(f"store-{self.name}-door", self.clock)
        self.door = Door(keys=self.keys["door"], store=self.hub, clock=self.clock)
        self.desks = {who: self._desk(who) for who in (*INTAKE, *OFFICE)}

    def _desk(self, who: str) -> Desk:
        store = Store(f"store-{self.name}-{who}", self.clock)
        view = View(self.keys[who], Path("nowhere"), store, f"view-{self.name}-{who}")
        return Desk(keys=self.keys[who], store=store, view=view, clock=self.clock)

    def close(self) -> None:
        """Let go of the memory."""
        for alias in self._tables:
            forget(alias)

    # What moves

    def carry(
        self, giver: Store, taker: Store, reader: bytes | None, pick: random.Random | None = None
    ) -> int:
        """Bring what the reader is given from one store to another; with `pick` some of it, in any order, twice."""
        ids = giver.ids_for(reader)
        known = taker.known(ids)
        datas = [item.data for item in giver.get(ident for ident in ids if ident not in known)]
        if pick is not None:
            datas = [data for data in datas if pick.random() < 0.6] * 2
            pick.shuffle(datas)
        return len(taker.add(datas).new) if datas else 0

    def unite(self, who: str) -> int:
        """One desk and the hub, both ways; how many items moved."""
        desk = self.desks[who]
        moved = self.carry(self.hub, desk.store, desk.keys.id)
        desk.take_in_all()
        return moved + self.carry(desk.store, self.hub, None)

    def change(self, what: str, who: str, roster: Roster) -> bytes:
        """A link by both of the office that removes, freezes or thaws somebody."""
        act = write(
            Change(
                what=what,
                member=self.keys[who].id,
                seats=(),
                made=roster.index,
                nonce=secrets.token_bytes(16),
            )  # type: ignore[arg-type]
        )
        signed = tuple(assent(self.keys[one], roster.programme, act) for one in OFFICE)
        return place(
            self.keys["Chit"], index=roster.index + 1, previous=tuple(sorted(roster.head)), time=roster.index,
            act=act, assents=signed,
        )  # fmt: skip


@contextmanager
def many(name: str) -> Iterator[Many]:
    """A programme in memory, let go at the end."""
    made = Many(name)
    try:
        yield made
    finally:
        made.close()


def fingerprint(history: History, fold: Callable[[History], Conversation]) -> tuple[object, ...]:
    """All that a history comes to: names in causal order and whether they count, holders, state."""
    state = fold(history)
    fields = {key: sorted(map(str, register.values)) for key, register in sorted(state.fields.items())}
    consent = {key: sorted(register.values) for key, register in sorted(state.consent.items())}
    return (
        tuple((told.name, told.counts) for told in history.told), history.heads, history.holders,
        tuple(one.statement.epoch for one in history.current), history.missing, history.ahead, history.doubled,
        tuple(sorted(fields.items(), key=lambda pair: pair[0])).__repr__(), consent.__repr__(),
        state.state, state.danger, state.waiting_since, state.last_word, tuple(said.name for said in state.messages),
    )  # fmt: skip
