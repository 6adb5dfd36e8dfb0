"""The graveyard: what is to be gone for good, in every place, however late a place hears of it.

A person buries (part of) their own conversation by a burial of their own, which anybody can check because a
folder's id is made from its owner's key. Two members, one of them of the office, bury by an act of the
roster: there it has its place in the chain, so it holds for ever, also after one of them has left. Burials
are taken in first in every union, so that no old pouch or desk brings the erased back.

Limit: a desk that has not synced still opens what it holds.
"""

from banyan.folders.epoch import folder_id
from banyan.folders.grave import Grave
from banyan.folders.items import Item, Sort, body_of, mark
from banyan.sealing.faults import Damaged, Forged
from banyan.sealing.format import Bytes32, Bytes64, Record, digest, read, write
from banyan.sealing.keys import Keys, PublicKeys

PURPOSE = "burial"


class Burial(Record, frozen=True):
    """A grave, and the proof that its folder is the signer's own: their keys and the digest of the founding
    terms.
    """

    grave: Grave
    owner: PublicKeys
    terms: Bytes32
    signature: Bytes64


def bury_own(keys: Keys, terms: bytes, grave: Grave) -> bytes:
    """The item by which a person buries (part of) their own conversation. `terms` is the digest of its terms."""
    signature = keys.sign(PURPOSE, _message(grave, keys.public))
    return mark(Sort.BURIAL, write(Burial(grave=grave, owner=keys.public, terms=terms, signature=signature)))


def read_burial(item: Item) -> Grave:
    """The grave that a burial makes. Raises `Forged` where it is not the owner's, `Damaged` where it is no
    burial.
    """
    if item.sort is not Sort.BURIAL:
        raise Damaged("not a burial")
    burial = read(body_of(item), Burial)
    if folder_id(burial.owner.signing, burial.terms) != burial.grave.folder:
        raise Forged("a burial by somebody whose folder it is not")
    burial.owner.check(PURPOSE, _message(burial.grave, burial.owner), burial.signature)
    return burial.grave


def _message(grave: Grave, owner: PublicKeys) -> bytes:
    return digest("grave", write(grave), owner.id)
