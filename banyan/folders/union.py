"""Moving data: the union of two sets of items.

A place compares fingerprints with its peer, asks for the ids that differ, then for the items that it lacks.
Each batch is durable here before the next is asked for, so a break anywhere costs at most one batch, and doing
it all again changes nothing. The peer is not believed: an item is taken only if it was asked for by its id;
what a peer holds back is counted and asked for again the next time.

Public items come first (links, then burials, then the rest): nothing of an erased folder is taken in before
its burial, and a member who was removed is known as removed before anything is sealed.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from banyan.folders.given import Ids, given
from banyan.folders.items import MARK_OF, Sort, read_item
from banyan.folders.peers import MOST_ASKED, MOST_PUSHED, Peer, batches
from banyan.folders.roster import read_link
from banyan.folders.store import Store
from banyan.sealing.boxes import seal_id
from banyan.sealing.faults import Damaged, SealingFault

IDS_AT_ONCE = 65_536
PREPARED = 256  # unsent items read at once before they are put into batches

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are."""


def quiet(done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass
class Pulled:
    """What came: ids new here, how many were known or buried, what was refused, what was held back or not
    asked for.
    """

    new: list[bytes] = field(default_factory=list)
    known: int = 0
    buried: int = 0
    refused: list[tuple[bytes, str]] = field(default_factory=list)
    withheld: int = 0
    unasked: int = 0


@dataclass
class Sent:
    """What went: how many were confirmed, what was refused, and what could not be read here."""

    confirmed: int = 0
    refused: list[tuple[bytes, str]] = field(default_factory=list)
    left: int = 0


@dataclass
class Batch:
    """One batch that is durable here now, and how far the pull has come."""

    pulled: Pulled
    done: int
    total: int


def missing(store: Store, peer: Peer, me: bytes | None) -> Ids:
    """The ids that the peer would give and that are not here."""
    here, there = given(store, me), peer.summary()
    public: list[bytes] = []
    private: list[bytes] = []
    for prefixes in _in_parts(there.differing(here.summary), there.counts):
        ids = peer.ids(prefixes)
        lacking = set(ids.public + ids.private) - store.known(ids.public + ids.private)
        public += [ident for ident in dict.fromkeys(ids.public) if ident in lacking]
        private += [ident for ident in dict.fromkeys(ids.private) if ident in lacking]
    return Ids(public=tuple(public), private=tuple(private))


def _in_parts(prefixes: Iterable[int], counts: Sequence[int]) -> Iterator[bytes]:
    part, size = bytearray(), 0
    for byte in prefixes:
        if part and size + counts[byte] > IDS_AT_ONCE:
            yield bytes(part)
            part, size = bytearray(), 0
        part.append(byte)
        size += counts[byte]
    if part:
        yield bytes(part)


def pull_public(
    store: Store, peer: Peer, me: bytes | None, *, progress: Progress = quiet, programme: bytes | None = None
) -> tuple[Pulled, tuple[bytes, ...]]:
    """Take in all public items; what came, and the private ids that are lacking, for `pull_private`.

    `programme` is the only founding that is taken in where none is here yet. What was refused is asked for
    once more after all the rest, for a burial may wait for the link that adds its signer.
    """
    ids = missing(store, peer, me)
    pulled = Pulled()
    for batch in _take(store, peer, ids.public, programme):
        _sum(pulled, batch.pulled)
        progress(batch.done, batch.total)
    again = [ident for ident, _ in pulled.refused if ident in set(ids.public)]
    if again and pulled.new:
        pulled.refused = [one for one in pulled.refused if one[0] not in set(again)]
        for batch in _take(store, peer, again, programme):
            _sum(pulled, batch.pulled)
    return pulled, ids.private


def pull_private(
    store: Store, peer: Peer, me: bytes | None, ids: Sequence[bytes] | None = None
) -> Iterator[Batch]:
    """Take in seals and wraps, batch by batch, each durable when it is given. `ids` come from
    `pull_public`.
    """
    return _take(store, peer, missing(store, peer, me).private if ids is None else ids, None)


def pull_wanted(store: Store, peer: Peer, wanted: set[bytes]) -> Iterator[Batch]:
    """Take in items that are not given by themselves, the large pieces of files; each that came is wanted no more."""
    for batch in _take(store, peer, sorted(wanted - store.known(wanted)), None):
        wanted -= store.known(wanted)
        yield batch
    wanted -= store.known(wanted)


def pull(
    store: Store, peer: Peer, me: bytes | None, progress: Progress = quiet, *, programme: bytes | None = None
) -> Pulled:
    """Take in all that the peer gives this reader and that is not here."""
    pulled, private = pull_public(store, peer, me, programme=programme)
    for batch in pull_private(store, peer, me, private):
        _sum(pulled, batch.pulled)
        progress(batch.done, batch.total)
    return pulled


def push_unsent(store: Store, peer: Peer, progress: Progress = quiet) -> Sent:
    """Hand over what no other place has confirmed, in an order drawn anew each time.

    The shuffle keeps the hub from reading off which items were written together. A mark is taken off only for
    an id that was sent and confirmed.
    """
    ids = store.unsent()
    secrets.SystemRandom().shuffle(ids)
    sent = Sent(left=len(ids))
    done = 0
    for batch in batches(_unsent(store, ids), MOST_PUSHED):
        pushed = peer.push(batch)
        ours = {seal_id(data) for data in batch}
        confirmed = ours & set(pushed.confirmed)
        store.sent(confirmed)
        sent.confirmed += len(confirmed)
        sent.refused += [(ident, words) for ident, words in pushed.refused if ident in ours]
        done += len(batch)
        progress(done, len(ids))
    sent.left = len(ids) - sent.confirmed
    return sent


def _unsent(store: Store, ids: Sequence[bytes]) -> Iterator[bytes]:
    """In the order drawn; the store would give them in its own."""
    for start in range(0, len(ids), PREPARED):
        part = ids[start : start + PREPARED]
        found = {item.id: item.data for item in store.get(part)}
        yield from (found[ident] for ident in part if ident in found)


def _take(store: Store, peer: Peer, ids: Sequence[bytes], programme: bytes | None) -> Iterator[Batch]:
    done = 0
    while done < len(ids):
        asked = ids[done : done + MOST_ASKED]
        place = {ident: number for number, ident in enumerate(asked)}
        pulled = Pulled()
        came: dict[bytes, bytes] = {}
        for data in peer.fetch(asked):
            ident = seal_id(data)
            if ident in place and ident not in came:
                came[ident] = data
            else:
                pulled.unasked += 1
        # What stands before the last that came is not there; what stands behind it may not have fitted.
        step = 1 + max(place[ident] for ident in came) if came else len(asked)
        pulled.withheld = step - len(came)
        take_in(store, came.values(), pulled, programme=programme)
        done += step
        yield Batch(pulled, done, len(ids))


def take_in(store: Store, datas: Iterable[bytes], pulled: Pulled, *, programme: bytes | None = None) -> None:
    """Add what came from another place, and note in `pulled` what became of it."""
    fit = []
    for data in datas:
        try:
            if data[:4] == MARK_OF[Sort.LINK]:
                _check_link(data, programme)
            fit.append(data)
        except SealingFault as fault:
            pulled.refused.append((seal_id(data), str(fault)))
    added = store.add(fit)
    pulled.new += added.new
    pulled.known += added.known
    pulled.buried += added.buried
    pulled.refused += added.refused


def _check_link(data: bytes, programme: bytes | None) -> None:
    """Raise `Damaged` for a link that cannot be read or a founding that is not the one named: either would make
    the whole roster unreadable here. (Where a founding is here already the store keeps to that one.)
    """
    item = read_item(data)
    if read_link(item).index == 0 and programme not in (None, item.id):
        raise Damaged("the founding of another programme")


def _sum(whole: Pulled, part: Pulled) -> None:
    whole.new += part.new
    whole.known += part.known
    whole.buried += part.buried
    whole.refused += part.refused
    whole.withheld += part.withheld
    whole.unasked += part.unasked
