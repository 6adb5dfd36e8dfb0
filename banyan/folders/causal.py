"""Causal order: who had seen what, from `after`, `previous` and epoch parents alone. Never from ids or
clocks.

Ancestors are kept as bit sets, so that "had this author seen that?" is one operation, and a folder of a
thousand entries takes milliseconds.
"""

import heapq
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Name = TypeVar("Name")


class Causal(Generic[Name]):
    """A set of named things, each after some others. Parents that have not arrived are remembered, and never
    block.
    """

    def __init__(self, after: Mapping[Name, Iterable[Name]], tie: Mapping[Name, tuple[int, Name]]) -> None:
        """`after` gives each one's parents; `tie` orders, for show only, those that are concurrent."""
        self.missing: set[Name] = {p for parents in after.values() for p in parents if p not in after}
        self._parents = {name: tuple(p for p in parents if p in after) for name, parents in after.items()}
        self.order: list[Name] = self._sort(tie)
        self._bit = {name: 1 << place for place, name in enumerate(self.order)}
        self._before: dict[Name, int] = {}
        for name in self.order:
            mask = 0
            for parent in self._parents[name]:
                mask |= self._before[parent] | self._bit[parent]
            self._before[name] = mask

    def _sort(self, tie: Mapping[Name, tuple[int, Name]]) -> list[Name]:
        """Parents first; among those that are free, by `tie`. Things in a ring of parents never come out."""
        waiting = {name: len(parents) for name, parents in self._parents.items()}
        children: dict[Name, list[Name]] = {}
        for name, parents in self._parents.items():
            for parent in parents:
                children.setdefault(parent, []).append(name)
        free = [(tie[name], name) for name, count in waiting.items() if not count]
        heapq.heapify(free)
        order = []
        while free:
            _, name = heapq.heappop(free)
            order.append(name)
            for child in children.get(name, ()):
                waiting[child] -= 1
                if not waiting[child]:
                    heapq.heappush(free, (tie[child], child))
        ringed = set(self._parents) - set(order)
        for name in ringed:
            del self._parents[name]
        return order

    def __contains__(self, name: Name) -> bool:
        return name in self._bit

    def before(self, one: Name, other: Name) -> bool:
        """Whether `one` is an ancestor of `other`."""
        return bool(self._before[other] & self._bit[one])

    def heads(self, among: Iterable[Name] | None = None) -> list[Name]:
        """Those that no other of them comes after, in order."""
        names = [name for name in (self.order if among is None else among) if name in self._bit]
        covered = 0
        for name in names:
            covered |= self._before[name]
        return [name for name in names if not covered & self._bit[name]]

    def reached(self, heads: Iterable[Name]) -> int:
        """The bit set of the heads and all their ancestors, for `within`."""
        mask = 0
        for name in heads:
            if name in self._bit:
                mask |= self._before[name] | self._bit[name]
        return mask

    def within(self, name: Name, reached: int) -> bool:
        """Whether `name` is in a bit set that `reached` gave."""
        return bool(self._bit[name] & reached)
