"""2,000 random schedules of five desks, a hub and pouches: in the end all who hold a folder read the same.

At each step somebody writes, answers, notes, hands over, is removed, erases or forgets, or somebody carries
some of what they have to somebody else, in any order and twice. Removed members go on writing, and pouches
bring back what was erased in between.
"""

import contextlib
import random

import pytest

from banyan.cases.folders import conversation
from banyan.cases.folders.conversation import About, Message, Triage
from banyan.folders.compose import NotHeld
from banyan.folders.history import History
from banyan.folders.store import Store
from promises.many import INTAKE, OFFICE, Many, fingerprint, many

SCHEDULES, PARTS, STEPS = 2_000, 20, 14
EACH_TIME = list(range(5))  # 500 schedules in `make test`; all 2,000 in `make soak`
LONGER = [pytest.param(part, marks=pytest.mark.soak) for part in range(len(EACH_TIME), PARTS)]


class Schedule:
    """One schedule, drawn from a seed."""

    def __init__(self, places: Many, seed: int) -> None:
        self.places, self.pick = places, random.Random(seed)
        self.codes = [self.pick.randbytes(11) for _ in range(self.pick.choice((1, 1, 2)))]
        self.pouches: list[list[bytes]] = []
        self.erased: set[int] = set()
        self.posted: dict[int, int] = {}
        self.removed: set[str] = set()

    def play(self) -> None:
        """All steps; the first is a message of every person."""
        for number in range(len(self.codes)):
            self.post(number)
        weighted = [self.post, self.answer, self.triage, self.carry, self.carry, self.carry, self.carry]
        weighted += [self.hand_over, self.remove, self.pouch, self.open_pouch, self.forget, self.erase]
        weights = [3, 4, 4, 5, 5, 5, 5, 2, 1, 2, 2, 1, 0.4]
        for _ in range(STEPS):
            self.places.clock.forward(minutes=self.pick.randint(1, 90))
            step = self.pick.choices(weighted, weights)[0]
            step(self.pick.randrange(len(self.codes)))

    def post(self, number: int) -> None:
        if number not in self.erased:
            self.posted[number] = self.posted.get(number, 0) + 1
            nonce = self.posted[number].to_bytes(16, "big")
            words = Message(text=f"{number} {self.posted[number]}", language="en")
            self.places.door.visit(self.codes[number]).post(
                nonce, About(danger=self.pick.random() < 0.5), words
            )

    def _held(self):
        desk = self.places.desks[self.pick.choice(INTAKE)]
        held = sorted(desk.held("conversation"))
        return desk, self.pick.choice(held) if held else None

    def answer(self, _: int) -> None:
        desk, folder = self._held()
        if folder:
            self._try(lambda: desk.write(folder, Message(text="heard", language="en")))

    def triage(self, _: int) -> None:
        desk, folder = self._held()
        if folder:
            note = Triage(
                topic=self.pick.choice(("road", "papers")),
                state=self.pick.choice(("open", "set_aside", None)),
            )
            self._try(lambda: desk.write(folder, note))

    def hand_over(self, _: int) -> None:
        desk, folder = self._held()
        if folder:
            chosen = self.pick.sample(INTAKE, self.pick.choice((1, 2, 2)))
            members = [desk.roster.members[self.places.keys[name].id] for name in chosen]
            self._try(lambda: desk.hand_over(folder, members))

    def _try(self, action) -> None:
        with contextlib.suppress(NotHeld):  # shut out or removed: the page says so
            action()

    def remove(self, _: int) -> None:
        who = self.pick.choice(INTAKE)
        if len(self.removed | {who}) < len(INTAKE):
            at = self.pick.choice([self.places.hub, *(desk.store for desk in self.places.desks.values())])
            roster = at.roster()
            if not roster.forked and roster.members[self.places.keys[who].id].standing != "removed":
                self.removed.add(who)
                at.add([self.places.change("remove", who, roster)])

    def carry(self, _: int) -> None:
        name = self.pick.choice(INTAKE)
        desk, hub = self.places.desks[name], self.places.hub
        if self.pick.random() < 0.5:
            self.places.carry(desk.store, hub, None, self.pick)
        elif self.pick.random() < 0.8:
            self.places.carry(hub, desk.store, desk.keys.id, self.pick)
            desk.take_in_all()
        else:
            other = self.places.desks[self.pick.choice(INTAKE)]
            self.places.carry(other.store, desk.store, desk.keys.id, self.pick)
            desk.take_in_all()

    def _any_store(self) -> Store:
        return self.pick.choice([self.places.hub, *(self.places.desks[name].store for name in INTAKE)])

    def pouch(self, _: int) -> None:
        store = self._any_store()
        self.pouches.append([item.data for item in store.get(store.ids_for(None))])

    def open_pouch(self, _: int) -> None:
        if self.pouches:
            self._any_store().add(self.pick.choice(self.pouches))

    def forget(self, number: int) -> None:
        self.places.door.visit(self.codes[number]).forget_words()

    def erase(self, number: int) -> None:
        if self.places.door.visit(self.codes[number]).erase():
            self.erased.add(number)

    # In the end

    def settle(self) -> None:
        """Every pouch is opened, all is carried, and those who can merge do."""
        for pouch in self.pouches:
            self.places.hub.add(pouch)
        for name in OFFICE:
            self.places.unite(name)
        for _ in range(12):
            if not sum(self.places.unite(name) + self._merge(name) for name in INTAKE):
                return
        raise AssertionError("they never settle")

    def _merge(self, name: str) -> int:
        desk, merged = self.places.desks[name], 0
        if desk.me is not None and desk.me.active:
            for folder in desk.held("conversation"):
                history = desk.history(folder)
                if history and len(history.current) > 1 and desk.keys.id in history.holders:
                    with contextlib.suppress(NotHeld):
                        desk.write(folder, Triage(topic="merged"))
                        merged += 1 + self.places.unite(name)
        return merged

    def check(self) -> int:
        """Hold every desk against what the person reads; how many comparisons were made."""
        compared = 0
        for number, code in enumerate(self.codes):
            truth = self.places.door.visit(code).history
            if number in self.erased:
                assert truth is None
            elif truth is not None:
                compared += sum(self._agrees(name, truth) for name in INTAKE)
        gone = self.erased and self.places.hub.buried_folders()
        for desk in self.places.desks.values():
            assert not gone or not gone & set(desk.held("conversation"))
        return compared

    def _agrees(self, name: str, truth: History) -> int:
        desk = self.places.desks[name]
        history, active = desk.history(truth.folder), desk.me is not None and desk.me.active
        if desk.keys.id not in truth.holders or not active:
            return 0
        common = frozenset.intersection(*(leaf.readers for leaf in truth.current))
        if len(truth.current) > 1:  # two shut each other out: nobody at a desk knows both sides
            members = self.places.hub.roster().members
            assert not any(ident in members and members[ident].active for ident in common)
            return 0
        assert history is not None
        opened = {one.statement.epoch for one in desk.view.ring(truth.folder).statements.values()}
        unread = {told.opened.entry.epoch for told in truth.told} - opened
        if unread:  # an epoch that fell, and that its author had sealed to others alone
            told = [(one.name, one.counts) for one in truth.told if one.opened.entry.epoch in opened]
            assert [(one.name, one.counts) for one in history.told] == told
            return 1
        assert fingerprint(history, conversation.fold) == fingerprint(truth, conversation.fold)
        assert history.missing == 0 == history.ahead and history.doubled == ()
        return 1


@pytest.fixture(scope="module")
def places(django_db_blocker):
    with django_db_blocker.unblock(), many("schedules") as made:
        yield made


@pytest.mark.parametrize("part", EACH_TIME + LONGER)
def test_all_who_hold_a_folder_read_the_same_in_the_end(places, part):
    compared = 0
    for seed in range(part, SCHEDULES, PARTS):
        places.afresh()
        print(f"schedule {seed}")
        schedule = Schedule(places, seed)
        schedule.play()
        schedule.settle()
        compared += schedule.check()
    assert compared >= SCHEDULES / PARTS
