"""The table: folders down, seats across. Code, tests and docs/FOLDERS.md are made from it.

What a member holds a key for is what they see; so this table, and who is assigned, is the whole of the
permissions.
"""

from dataclasses import dataclass, field

from banyan.folders.membership import Member
from banyan.folders.seats import Seat

PERSON = "person"
Writer = Seat | str


@dataclass(frozen=True)
class FolderKind:
    """One row: what such a folder holds, who holds it (and how many at most), who founds it, who writes what."""

    kind: str
    holds: str
    seats: tuple[Seat, ...]
    most: int
    founded_by: tuple[Writer, ...]
    documents: dict[str, tuple[Writer, ...]]
    owned: bool = False
    drops: dict[str, tuple[Seat, ...]] = field(default_factory=dict)


DOOR = "door"
EVERY_SEAT = tuple(Seat)

TABLE: dict[str, FolderKind] = {
    row.kind: row
    for row in (
        FolderKind(
            kind="conversation",
            holds="messages, coded answers, consent and check-ins",
            seats=(Seat.INTAKE,),
            most=2,
            founded_by=(DOOR,),
            owned=True,
            documents={
                "message": (PERSON, Seat.INTAKE),
                "about": (PERSON,),
                "read": (PERSON,),
                "check-in": (PERSON,),
                "consent": (PERSON,),
                "agreement": (Seat.INTAKE,),
                "consent-asked": (Seat.INTAKE,),
                "triage": (Seat.INTAKE,),
                "case-opened": (Seat.INTAKE,),
            },
        ),
        FolderKind(
            kind="cover",
            holds="reference, stage, household size, coarse needs, who is assigned",
            seats=(Seat.INTAKE,),
            most=8,
            founded_by=(Seat.INTAKE,),
            documents={
                "opening": (Seat.INTAKE,),
                "cover": (Seat.INTAKE,),
                "note": (Seat.INTAKE,),
            },
        ),
        FolderKind(
            kind="notebook",
            holds="a member's own saved replies",
            seats=EVERY_SEAT,
            most=1,
            founded_by=EVERY_SEAT,
            documents={"saved-reply": EVERY_SEAT},
        ),
    )
}


class TableRules:
    """The table as the rules that `banyan.folders` asks."""

    def may_found(self, kind: str, author: Member | None, *, door: bool) -> bool:
        """Whether a member, or the door, founds folders of this kind."""
        row = TABLE.get(kind)
        if row is None:
            return False
        return DOOR in row.founded_by if door else author is not None and _sits(author, row.founded_by)

    def may_hold(self, kind: str, member: Member) -> bool:
        """Whether a member may be given a key to folders of this kind."""
        row = TABLE.get(kind)
        return row is not None and _sits(member, row.seats)

    def may_write(self, kind: str, document: str, author: Member | None) -> bool:
        """Whether a member (or with None the owner) writes such documents into folders of this kind."""
        writers = TABLE[kind].documents.get(document, ()) if kind in TABLE else ()
        return PERSON in writers if author is None else _sits(author, writers)

    def takes_drops(self, kind: str, document: str) -> bool:
        """Whether a member who cannot read such a folder may drop such a document into it."""
        return kind in TABLE and document in TABLE[kind].drops


RULES = TableRules()


def _sits(member: Member, writers: tuple[Writer, ...]) -> bool:
    return bool(member.seats & {seat for seat in writers if isinstance(seat, Seat)})


def as_markdown() -> str:
    """docs/FOLDERS.md: this table for readers."""
    lines = [
        "# Folders, and who holds them",
        "",
        "Made from `banyan/cases/table.py` by `make docs`; a stale copy fails `make check`.",
        "What somebody holds a key for is what they see: there is no other permission.",
        "The recovery quorum (three of five trustees) can open every folder in a ceremony;",
        "the door signs what it founds and keeps no key.",
        "",
        "| folder | holds | held by | at most | founded by |",
        "|---|---|---|---|---|",
    ]
    for row in TABLE.values():
        held = ("the person, " if row.owned else "") + _names(row.seats)
        lines.append(f"| {row.kind} | {row.holds} | {held} | {row.most} | {_names(row.founded_by)} |")
    lines += ["", "## Who writes what", "", "| folder | document | written by |", "|---|---|---|"]
    for row in TABLE.values():
        lines += [f"| {row.kind} | {name} | {_names(writers)} |" for name, writers in row.documents.items()]
        lines += [
            f"| {row.kind} | {name} | dropped by {_names(writers)} |" for name, writers in row.drops.items()
        ]
    return "\n".join(lines) + "\n"


def _names(writers: tuple[Writer, ...]) -> str:
    return "any member" if writers == EVERY_SEAT else ", ".join(str(writer) for writer in writers)
