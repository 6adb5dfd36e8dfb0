"""A shelf of items without any store: what several readers make of one set, written now or dated back."""

import secrets
from collections.abc import Iterable
from typing import Any

from banyan.folders import roster as chain
from banyan.folders.compose import found_folder, next_entry, next_epoch
from banyan.folders.history import History, tell
from banyan.folders.items import Item, read_item
from banyan.folders.membership import check_next
from banyan.folders.rules import Rules
from banyan.folders.seats import Seat
from banyan.folders.tests.places import NOW, AnythingGoes, Programme, programme
from banyan.folders.unseal import Ring, take
from banyan.sealing.keys import Keys


class Shelf:
    """One folder of a programme, as all who have its items know it."""

    def __init__(self, *readers: str, owner: Keys | None = None, by_door: bool = False) -> None:
        self.one: Programme = programme()
        self.roster = self.one.roster
        self.rules: Rules = AnythingGoes()
        self.items: dict[bytes, Item] = {}
        self.time = NOW * 1000
        self.keys = {**self.one.keys, "door": self.one.door, **({"owner": owner} if owner else {})}
        self.terms, self.first = found_folder(
            self.keys["door" if by_door else readers[0]], roster=self.roster, kind="conversation",
            readers=[self.keys[name].public for name in readers], owner=owner.public if owner else None,
            quorum=None, time=self.time,
        )  # fmt: skip
        self.folder = self.first.folder
        self.put(*self.first.items)

    def put(self, *datas: bytes) -> list[bytes]:
        """Put items on the shelf; their ids."""
        items = [read_item(data) for data in datas]
        self.items.update((item.id, item) for item in items)
        return [item.id for item in items]

    def ring(self, name: str, items: Iterable[Item] | None = None) -> Ring:
        """What somebody opens of it."""
        chosen = self.items.values() if items is None else items
        return take(Ring(self.folder), chosen, self.keys[name], self.roster)

    def tell(self, name: str, items: Iterable[Item] | None = None) -> History:
        """What it comes to for somebody."""
        history = tell(self.ring(name, items), self.roster, self.rules)
        assert history is not None
        return history

    def write(
        self, name: str, text: str | bytes, *, knowing: History | None = None, kind: str = "note"
    ) -> bytes:
        """The next entry of somebody, who may know no more than an older history; its name."""
        self.time += 1000
        document = text if isinstance(text, bytes) else text.encode()
        data, made = next_entry(
            self.keys[name], knowing or self.tell(name), roster=self.roster, kind=kind, document=document,
            time=self.time,
        )  # fmt: skip
        self.put(data)
        return made

    def hand(self, name: str, *readers: str, knowing: History | None = None, quorum: Any = None) -> bytes:
        """The next epoch by somebody, who may know no more than an older history; its id."""
        self.time += 1000
        epoch = next_epoch(
            self.keys[name], knowing or self.tell(name), roster=self.roster,
            readers=[self.keys[reader].public for reader in readers], quorum=quorum, time=self.time,
        )  # fmt: skip
        self.put(*epoch.items)
        return epoch.epoch

    def add(self, name: str, *seats: Seat) -> None:
        """Somebody joins."""
        self.keys[name] = Keys.generate()
        card = chain.make_card(self.keys[name], name)
        self._place(
            chain.Add(card=card, seats=seats, replaces=None, made=NOW, nonce=secrets.token_bytes(16)), "cho"
        )

    def remove(self, name: str) -> None:
        """Somebody is removed from the roster."""
        link = self.one.change(
            "remove", name, *[n for n in ("cho", "dali", "ama") if n != name][:2], on=self.roster
        )
        self.roster = check_next(self.roster, read_item(link))

    def change_seats(self, name: str, *seats: Seat) -> None:
        """Somebody is given other seats."""
        member, nonce = self.keys[name].id, secrets.token_bytes(16)
        self._place(chain.Change(what="seats", member=member, seats=seats, made=NOW, nonce=nonce), "cho")

    def _place(self, act: chain.Act, first: str) -> None:
        self.roster = check_next(self.roster, read_item(self.one.link(act, first, "dali", on=self.roster)))


def texts(history: History) -> list[str]:
    """The words that count."""
    return [told.opened.entry.document.decode(errors="replace") for told in history.counting]


def late(history: History) -> list[str]:
    """The words that are shown without effect."""
    return [told.opened.entry.document.decode(errors="replace") for told in history.told if not told.counts]


def faults(history: History) -> set[str]:
    """What was refused, in words."""
    return {fault.words for fault in history.faults}
