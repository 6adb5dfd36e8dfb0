"""Which epochs of a folder stand, and who holds it by them.

An epoch stands when somebody made it who held the folder, for readers whom the roster and the table allow. It
*falls* when its author had been shut out by another that it does not come after: the work of somebody who is
gone, however they date it. Two active members who shut each other out at once both stand, and so does what
somebody else, who knew both, has since brought together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from banyan.folders.causal import Causal
from banyan.folders.epoch import OpenedStatement, quorum_recipient
from banyan.folders.membership import Roster, Standing
from banyan.folders.rules import Rules
from banyan.folders.unseal import Fault, Ring
from banyan.sealing.quorum import bucket_of

NEVER = 2**53


@dataclass
class Epochs:
    """The epochs of a folder by id: those that stand, those that fell, and their order."""

    founding: OpenedStatement
    standing: dict[bytes, OpenedStatement]
    fallen: dict[bytes, OpenedStatement] = field(default_factory=dict)
    lost: int = 0
    order: Causal[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.sort()

    def sort(self) -> None:
        """Work out the order of those that stand."""
        after = {name: [p.epoch for p in one.statement.parents] for name, one in self.standing.items()}
        self.order = Causal(after, {name: (one.statement.time, name) for name, one in self.standing.items()})

    @property
    def leaves(self) -> tuple[OpenedStatement, ...]:
        """The current epochs: two or more until somebody merges them."""
        return tuple(self.standing[name] for name in self.order.heads())

    def shut_out(self, one: OpenedStatement) -> frozenset[bytes]:
        """The readers of its parents whom an epoch no longer has."""
        parents = (self.standing.get(parent.epoch) for parent in one.statement.parents)
        before = frozenset[bytes]().union(*(parent.readers for parent in parents if parent))
        return before - one.readers

    def taken_back(self, ident: bytes, since: bytes, before: bytes | None = None) -> bool:
        """Whether somebody whom the epoch `since` shut out was given the folder again after it (and before)."""
        return any(
            ident in one.readers
            and self.order.before(since, name)
            and (before is None or self.order.before(name, before))
            for name, one in self.standing.items()
        )

    def holders(self, roster: Roster) -> frozenset[bytes]:
        """With one leaf its readers; with several all of theirs less whom any side shut out.

        Where that would leave nobody of the roster, because two shut each other out, both stay: a person in
        danger must not be left without anybody.
        """
        leaves = self.leaves
        readers = frozenset[bytes]().union(*(leaf.readers for leaf in leaves))
        if len(leaves) < 2:
            return readers
        ends = [leaf.statement.epoch for leaf in leaves]
        out = {
            ident
            for name, one in self.standing.items()
            if not all(end == name or self.order.before(name, end) for end in ends)
            for ident in self.shut_out(one)
            if not self.taken_back(ident, name)
        }
        left = readers - out
        active = frozenset(ident for ident, member in roster.members.items() if member.active)
        return left if left & active else left | (readers & active)


def epochs_of(ring: Ring, roster: Roster, rules: Rules, faults: dict[bytes, Fault]) -> Epochs | None:
    """The epochs of what a ring holds, or None without its founding; faults are added to `faults`."""
    founding = _founding(ring, roster, rules, faults)
    if founding is None or not _readers_fit(founding, founding, roster, rules, faults):
        return None
    found = Epochs(founding, {founding.statement.epoch: founding})
    left = [one for one in ring.statements.values() if one.statement.terms is None]
    while left:
        ready = [one for one in left if all(p.epoch in found.standing for p in one.statement.parents)]
        if not ready:
            break
        waiting = {one.seal_id for one in ready}
        left = [one for one in left if one.seal_id not in waiting]
        for one in sorted(ready, key=lambda one: one.name):
            words = _why_not(one, found, roster)
            if words:
                faults[one.seal_id] = Fault(one.seal_id, words)
            elif _readers_fit(one, founding, roster, rules, faults):
                found.standing[one.statement.epoch] = one
    refused = {one.statement.epoch for one in ring.statements.values() if one.seal_id in faults}
    found.lost = sum(not any(p.epoch in refused for p in one.statement.parents) for one in left)
    found.sort()
    _let_fall(found, roster, faults)
    return found


def _founding(ring: Ring, roster: Roster, rules: Rules, faults: dict[bytes, Fault]) -> OpenedStatement | None:
    lawful = []
    for one in ring.statements.values():
        terms = one.statement.terms
        if terms is None:
            continue
        door = one.author == roster.door.id
        author = roster.members.get(one.author)
        author = author.as_ever if author else None
        if terms.programme != roster.programme or not rules.may_found(terms.kind, author, door=door):
            faults[one.seal_id] = Fault(one.seal_id, "founded by somebody who may not found such a folder")
            continue
        lawful.append(one)
    return min(lawful, key=lambda one: one.name, default=None)  # all say the same: the folder's id binds it


def _why_not(one: OpenedStatement, found: Epochs, roster: Roster) -> str:
    parents = [(found.standing[parent.epoch], parent.seed) for parent in one.statement.parents]
    if one.author not in roster.members or not any(one.author in parent.readers for parent, _ in parents):
        return "an epoch by somebody who did not hold the folder"
    if any(parent.seed != seed for parent, seed in parents):
        return "an epoch that gives another seed for its parent"
    return ""


def _readers_fit(
    one: OpenedStatement, founding: OpenedStatement, roster: Roster, rules: Rules, faults: dict[bytes, Fault]
) -> bool:
    """Whether every reader is one that the roster and the table allow, and the owner is among them."""
    terms = founding.statement.terms
    if terms is None:
        return False
    owner = {terms.owner.id} if terms.owner else set()
    members = [roster.members[ident].as_ever for ident in one.readers if ident in roster.members]
    strangers = (
        one.readers - roster.members.keys() - owner - {quorum_recipient(bucket_of(one.statement.folder))}
    )
    if strangers or owner - one.readers or not all(rules.may_hold(terms.kind, member) for member in members):
        words = "an epoch with a reader whom the roster or the table does not allow"
        faults[one.seal_id] = Fault(one.seal_id, words)
        return False
    return True


# Who had been shut out


def _let_fall(found: Epochs, roster: Roster, faults: dict[bytes, Fault]) -> None:
    while any(found.shut_out(one) for one in found.standing.values()):
        against = {
            name: others
            for name, one in found.standing.items()
            if (others := [other for other in found.standing if _is_late(name, one, other, found, roster)])
        }
        if not against:
            return
        # What is itself late proves nothing against another. In a ring those go first who were removed.
        gone = [name for name, others in against.items() if any(other not in against for other in others)]
        gone = gone or [name for name in against if not _is_member(found.standing[name].author, roster)]
        _drop(found, gone or list(against), faults)


def _is_member(ident: bytes, roster: Roster) -> bool:
    member = roster.members.get(ident)
    return member is not None and member.standing is not Standing.REMOVED


def _drop(found: Epochs, gone: Iterable[bytes], faults: dict[bytes, Fault]) -> None:
    """Let these fall, and whatever was built on them."""
    gone = set(gone)
    for name in found.order.order:
        one = found.standing[name]
        if name in gone or any(parent.epoch in found.fallen for parent in one.statement.parents):
            found.fallen[name] = found.standing.pop(name)
            faults[one.seal_id] = Fault(one.seal_id, "an epoch by somebody who had been shut out")
    found.sort()


def _is_late(name: bytes, one: OpenedStatement, other_name: bytes, found: Epochs, roster: Roster) -> bool:
    """Whether the other epoch had shut out the author of this one, who goes on as if it were not there."""
    other, order = found.standing[other_name], found.order
    if (
        other_name == name
        or order.before(name, other_name)
        or one.author not in found.shut_out(other)
        or found.taken_back(one.author, other_name, name)
        or _brought_together(name, one, other_name, found)
    ):
        return False
    mutual = any(
        other.author in found.shut_out(mine) and not order.before(other_name, after)
        for after, mine in found.standing.items()
        if mine.author == one.author and (after == name or order.before(name, after))
    )
    return not mutual or _weight(name, one, found, roster) < _weight(other_name, other, found, roster)


def _brought_together(name: bytes, one: OpenedStatement, other: bytes, found: Epochs) -> bool:
    """Whether somebody else, who had the seeds of both, has merged them."""
    return any(
        merge.author != one.author and found.order.before(name, later) and found.order.before(other, later)
        for later, merge in found.standing.items()
    )


def _weight(name: bytes, one: OpenedStatement, found: Epochs, roster: Roster) -> tuple[bool, bool, int]:
    """Of two that shut each other out: whose author is a member still, what others built on, who left later."""
    author = roster.members.get(one.author)
    if author is None or author.standing is not Standing.REMOVED:
        return (author is not None, False, NEVER)
    built_on = any(
        later.author != one.author and found.order.before(name, after)
        for after, later in found.standing.items()
    )
    return (False, built_on, author.removed_at or 0)
