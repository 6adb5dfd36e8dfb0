"""A grave: what is to be gone for good."""

from typing import Annotated

import msgspec

from banyan.sealing.format import Bytes32, Record

Ids = Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=10_000)]


class Grave(Record, frozen=True):
    """A whole folder, or these seals of it (with the names of their entries, so that nobody waits for them)."""

    folder: Bytes32
    seals: Ids
    names: Ids

    @property
    def whole(self) -> bool:
        """Whether the folder as a whole is meant."""
        return not self.seals
