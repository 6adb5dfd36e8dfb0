"""What every place checks of an item before it takes it in, without any key: that it is a record of its sort.

Seals and wraps were read when their headers were. A public item that cannot be read would stand in the way of
all who read them, so none is taken in.
"""

from collections.abc import Callable

from banyan.folders.epoch import DropCard, QuorumKeys
from banyan.folders.graveyard import read_burial
from banyan.folders.items import Item, Sort, body_of
from banyan.folders.membership import found
from banyan.folders.roster import Assent, read_act, read_link
from banyan.sealing.faults import Damaged, SealingFault
from banyan.sealing.format import read
from banyan.sealing.signed import Signed


def check_shape(item: Item) -> None:
    """Raise `Damaged` or `Forged` where a public item is no record of its sort."""
    check = _SHAPES.get(item.sort)
    if check is not None:
        check(item)


def is_founding(item: Item) -> bool:
    """Whether a link founds a programme."""
    try:
        return read_link(item).index == 0
    except SealingFault:
        return False


def _link(item: Item) -> None:
    link = read_link(item)
    read_act(link.act)
    if (link.index == 0) != (not link.previous):
        raise Damaged("a link that neither founds nor follows")
    if link.index == 0:
        found(item)


def _card(item: Item) -> None:
    read(read(body_of(item), Signed).body, DropCard)


_SHAPES: dict[Sort, Callable[[Item], object]] = {
    Sort.LINK: _link,
    Sort.ACT: lambda item: read_act(body_of(item)),
    Sort.ASSENT: lambda item: read(body_of(item), Assent),
    Sort.BURIAL: read_burial,
    Sort.CARD: _card,
    Sort.QUORUM: lambda item: read(body_of(item), QuorumKeys),
}
