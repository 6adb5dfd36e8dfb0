"""What a programme allows. This room knows no kinds of folders: the table of `banyan.cases` answers."""

from typing import Protocol

from banyan.folders.membership import Member


class Rules(Protocol):
    """What the programme allows, given by the table of folders: this room knows no kinds."""

    def may_found(self, kind: str, author: Member | None, *, door: bool) -> bool:
        """Whether a member, or the door, founds folders of this kind."""

    def may_hold(self, kind: str, member: Member) -> bool:
        """Whether a member may be given a key to folders of this kind."""

    def may_write(self, kind: str, document: str, author: Member | None) -> bool:
        """Whether a member (or with None the owner) writes such documents into folders of this kind."""

    def may_drop(self, kind: str, document: str, author: Member | None) -> bool:
        """Whether a member (or with None the person whom the folder hears) may drop such a document into it."""
