"""Cases and payments without folders: the folds themselves, fed with entries that anybody may have written.

Two branches stand for two desks that have not heard of one another; what is written on one had not seen the other.
Every signature is a true one, by the keys of somebody who is or was a member. Who was frozen or removed may sign on,
and what they write comes late: it counts nowhere.
"""

import os
from dataclasses import dataclass, field
from random import Random
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from banyan.cases import acts
from banyan.cases.folders import kind_of
from banyan.cases.folders.cover import Answer, Assigned, Case, Opening
from banyan.cases.folders.cover_fold import Folding
from banyan.cases.table import RULES
from banyan.cases.testing import WHOLE
from banyan.folders.epoch import Slot
from banyan.folders.membership import Member, Roster, Standing
from banyan.folders.seats import Seat
from banyan.sealing.format import Record
from banyan.sealing.keys import Keys

PROGRAMME = b"p" * 32
KEYS = {name: Keys.generate() for name in WHOLE}
NAMES = tuple(WHOLE)
STEPS = int(os.environ.get("BANYAN_FUZZ_STEPS", "100000"))
LENGTH = 60
PERSON = Keys.generate().public
SLOT = Slot(folder=b"s" * 32, epoch=b"e" * 16, drop=PERSON)


def roster(out: frozenset[str] = frozenset()) -> Roster:
    """A roster with somebody on every seat, of whom some are out."""
    standing = {name: Standing.REMOVED if name in out else Standing.ACTIVE for name in WHOLE}
    members = {
        KEYS[name].id: Member(KEYS[name].id, name, KEYS[name].public, frozenset(seats), standing[name])
        for name, seats in WHOLE.items()
    }
    return Roster(PROGRAMME, "Harbour", True, PERSON, (), bytes(32), members, (bytes(32),), 0, frozenset())


ROSTER = roster()


def seats_of(ident: bytes) -> frozenset[Seat]:
    """The seats that the roster gives to a member."""
    return ROSTER.members[ident].seats


class Order:
    """A causal order that grows by one entry at a time."""

    def __init__(self) -> None:
        self.bit: dict[bytes, int] = {}
        self.mask: dict[bytes, int] = {}

    def add(self, name: bytes, parents: set[bytes]) -> None:
        """One more, after these."""
        mask = 0
        for parent in parents:
            mask |= self.mask[parent] | self.bit[parent]
        self.bit[name], self.mask[name] = 1 << len(self.bit), mask

    def before(self, one: bytes, other: bytes) -> bool:
        """Whether `one` is an ancestor of `other`."""
        return bool(self.mask[other] & self.bit[one])


@dataclass
class Entry:
    """An entry as it was written, whether or not it came to have an effect."""

    name: bytes
    author: bytes
    document: Record


@dataclass
class World:
    """One case and all that anybody wrote on its cover, and what the person answers to the way. `folding` may be
    exchanged for one that is broken.
    """

    folding_of: type[Folding] = Folding
    order: Order = field(default_factory=Order)
    written: list[Entry] = field(default_factory=list)
    told: list[tuple[Any, Record]] = field(default_factory=list)
    heads: list[set[bytes]] = field(default_factory=lambda: [set(), set()])
    time: int = 1_000_000
    answers: tuple[Answer, ...] = (Answer(nth=1, yes=True),)
    out: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.folding = self._fresh()
        opening = Opening(
            reference="quiet river 7", conversation=b"v" * 32, number=b"n" * 16, person=PERSON, slot=SLOT, adults=1,
            children=0, needs=(),
        )  # fmt: skip
        self.write("Aye", opening)
        self.merge()
        self.write("Aye", Assigned(member=KEYS["Ba"].id, seat=Seat.INTAKE))
        self.merge()

    def _fresh(self) -> Folding:
        case = Case(b"c" * 32, answers=list(self.answers))
        members = roster(self.out) if self.out else ROSTER
        return self.folding_of(case, self.order, members, bytes(32))  # type: ignore[arg-type]

    @property
    def case(self) -> Case:
        """The case as it is told."""
        return self.folding.case

    def turns_out(self, out: frozenset[str]) -> None:
        """These are frozen or removed, and nobody else is: every desk hears of it at once, and tells the case anew."""
        self.merge()
        self.out = out
        self.folding = self._fresh()
        for told, document in self.told:
            self.folding.take(told, document)

    def merge(self) -> None:
        """Both branches hear of one another."""
        both = self.heads[0] | self.heads[1]
        self.heads = [set(both), set(both)]

    def write(self, who: str, document: Record, branch: int = 0) -> bytes:
        """Somebody writes on the cover; what the table does not let them write is nothing, as in every folder."""
        name, kind = len(self.written).to_bytes(32, "big"), kind_of("cover", document)
        self.time += 1
        if who in self.out or not RULES.may_write("cover", kind, ROSTER.members[KEYS[who].id]):
            return b""
        self.order.add(name, self.heads[branch])
        self.heads[branch] = {name}
        self.written.append(Entry(name, KEYS[who].id, document))
        told = SimpleNamespace(
            name=name, counts=True, by_owner=False,
            opened=SimpleNamespace(author=KEYS[who].id, drop=False, entry=SimpleNamespace(time=self.time)),
        )  # fmt: skip
        self.told.append((told, document))
        self.folding.take(told, document)  # type: ignore[arg-type]
        return name

    def in_another_order(self, chance: Random) -> Case:
        """The same entries taken in by somebody to whom they came otherwise: parents first, else as chance has it."""
        folding = self._fresh()
        left, done = list(self.told), 0
        while left:
            free = [one for one in left if not self.order.mask[one[0].name] & ~done]
            told, document = chance.choice(free)
            folding.take(told, document)  # type: ignore[arg-type]
            left = [one for one in left if one[0] is not told]
            done |= self.order.bit[told.name]
        return folding.case

    def statement(self, act: str, rests: tuple[bytes, ...]) -> acts.Statement:
        """A statement of this case."""
        return acts.new_statement(
            programme=PROGRAMME, act=act, number=self.case.number, rests=rests, time=self.time
        )


def play(machine: Any, steps: int) -> None:
    """Play a machine until it has made so many steps."""
    machine.steps, machine.reached = 0, set()
    while machine.steps < steps:
        rules = settings(
            max_examples=max(20, (steps - machine.steps) // LENGTH), stateful_step_count=LENGTH, deadline=None,
            database=None, suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
        )  # fmt: skip
        run_state_machine_as_test(machine, settings=rules)
