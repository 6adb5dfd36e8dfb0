"""A signed record and its name.

What is signed is a salted commitment, not the record and not the ciphertext. The commitment is the record's
*name*: it stays the same when the record is sealed again, and after an erasure it is a number that nobody can
test guesses against.
"""

import secrets

from banyan.sealing.faults import Forged
from banyan.sealing.format import Bytes16, Bytes32, Bytes64, Record, digest
from banyan.sealing.keys import Keys, PublicKeys


class Signed(Record, frozen=True):
    """A record in its one spelling, with the salt of its name and its author's signature."""

    author: Bytes16
    salt: Bytes32
    body: bytes
    signature: Bytes64

    def name(self, purpose: str) -> bytes:
        """The 32-byte name of this record."""
        return digest("name", purpose.encode(), self.author, self.salt, self.body)

    def check(self, purpose: str, author: PublicKeys) -> None:
        """Raise `Forged` unless `author` signed this record for this purpose."""
        if author.id != self.author:
            raise Forged("signed by somebody else than it says")
        author.check(purpose, self.name(purpose), self.signature)


def sign(keys: Keys, purpose: str, body: bytes, *, salt: bytes | None = None) -> Signed:
    """`body` signed by `keys` for one purpose. `salt` is given only by vectors."""
    salt = salt or secrets.token_bytes(32)
    name = digest("name", purpose.encode(), keys.id, salt, body)
    return Signed(author=keys.id, salt=salt, body=body, signature=keys.sign(purpose, name))
