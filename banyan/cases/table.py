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
    """One row: what such a folder holds, who holds it (and how many at most), who founds it, who writes what.

    `owned`: the person is a reader. `hears`: the person may drop answers and reads nothing. `public_slot`: every
    member finds the way in by a public card; else it is handed on inside the case's other folders. `after`: the acts
    of two that must stand before it is a folder of the case.
    """

    kind: str
    holds: str
    seats: tuple[Seat, ...]
    most: int
    founded_by: tuple[Writer, ...]
    documents: dict[str, tuple[Writer, ...]]
    owned: bool = False
    hears: bool = False
    public_slot: bool = False
    after: tuple[str, ...] = ()
    drops: dict[str, tuple[Writer, ...]] = field(default_factory=dict)


DOOR = "door"
EVERY_SEAT = tuple(Seat)
SIGNS = (Seat.INTAKE, Seat.SCREENING, Seat.DECIDING, Seat.PLANNING, Seat.SHELTER, Seat.ENTERING)
ON_A_CASE = (*SIGNS, Seat.APPROVING, Seat.PAYING)

TABLE: dict[str, FolderKind] = {
    row.kind: row
    for row in (
        FolderKind(
            kind="conversation",
            holds="messages, files, coded answers, consent, check-ins, and sealed letters of other desks",
            seats=(Seat.INTAKE,),
            most=2,
            founded_by=(DOOR,),
            owned=True,
            documents={
                "message": (PERSON, Seat.INTAKE),
                "about": (PERSON,),
                "file": (PERSON,),
                "erase-asked": (PERSON,),
                "read": (PERSON,),
                "check-in": (PERSON,),
                "consent": (PERSON,),
                "answered": (PERSON,),
                "agreement": (Seat.INTAKE,),
                "consent-asked": (Seat.INTAKE,),
                "triage": (Seat.INTAKE,),
                "case-opened": (Seat.INTAKE,),
            },
            drops={"for-person": (Seat.SCREENING, Seat.PLANNING, Seat.SHELTER, Seat.ENTERING, Seat.PAYING)},
        ),
        FolderKind(
            kind="cover",
            holds="reference, stage, household size, coarse needs, who is assigned, acts of two, the other folders, and"
            " the person's yes or no to the way",
            seats=ON_A_CASE,
            most=9,
            founded_by=(Seat.INTAKE,),
            hears=True,
            documents={
                "opening": (Seat.INTAKE,),
                "cover": (Seat.INTAKE, Seat.SHELTER),
                "note": (Seat.INTAKE,),
                "assigned": ON_A_CASE,
                "part": (Seat.SCREENING, Seat.PLANNING, Seat.SHELTER, Seat.ENTERING),
                "finding-in": (Seat.SCREENING,),
                "proposed": SIGNS,
                "acted": SIGNS,
                "taken-back": SIGNS,
                "moved": SIGNS,
                "halted": (Seat.INTAKE, Seat.PLANNING),
            },
            drops={"answer": (PERSON,)},
        ),
        FolderKind(
            kind="identity",
            holds="names as given, birth year, service number, which kinds of evidence were seen",
            seats=(Seat.SCREENING,),
            most=2,
            founded_by=(Seat.SCREENING,),
            hears=True,
            documents={
                "begun": (Seat.SCREENING,),
                "person": (Seat.SCREENING,),
                "evidence": (Seat.SCREENING,),
            },
            drops={"told": (PERSON,)},
        ),
        FolderKind(
            kind="finding",
            holds="one screener's finding; opened to the other screener when both are in",
            seats=(Seat.SCREENING, Seat.DECIDING),
            most=3,
            founded_by=(Seat.SCREENING,),
            documents={"finding": (Seat.SCREENING,)},
        ),
        FolderKind(
            kind="passage",
            holds="safety plan, which legs there are, word from the person on the way",
            seats=(Seat.PLANNING,),
            most=2,
            founded_by=(Seat.PLANNING,),
            hears=True,
            after=("admit",),
            documents={
                "begun": (Seat.PLANNING,),
                "safety-plan": (Seat.PLANNING,),
                "leg": (Seat.PLANNING,),
                "reporting": (Seat.PLANNING,),
            },
            drops={"word": (PERSON,)},
        ),
        FolderKind(
            kind="leg",
            holds="one leg of the way: where to meet, where it ends, by which means",
            seats=(Seat.PLANNING, Seat.GUIDE),
            most=3,
            founded_by=(Seat.PLANNING,),
            documents={
                "begun": (Seat.PLANNING,),
                "way": (Seat.PLANNING,),
                "said": (Seat.GUIDE,),
                "called-off": (Seat.PLANNING,),
            },
        ),
        FolderKind(
            kind="placement",
            holds="in which house a household lives",
            seats=(Seat.SHELTER,),
            most=2,
            founded_by=(Seat.SHELTER,),
            after=("admit", "go"),
            documents={
                "begun": (Seat.SHELTER,),
                "asked": (Seat.SHELTER,),
                "placed": (Seat.SHELTER,),
                "left": (Seat.SHELTER,),
            },
            drops={"arriving": (Seat.PLANNING,)},
        ),
        FolderKind(
            kind="house",
            holds="a house, its beds and its keeper; of no case",
            seats=(Seat.SHELTER,),
            most=6,
            founded_by=(Seat.SHELTER,),
            documents={
                "about": (Seat.SHELTER,),
                "request": (Seat.SHELTER,),
                "confirmed": (Seat.SHELTER,),
                "refused": (Seat.SHELTER,),
                "freed": (Seat.SHELTER,),
            },
        ),
        FolderKind(
            kind="support",
            holds="entitlement, payments, receipts",
            seats=(Seat.ENTERING, Seat.APPROVING, Seat.PAYING),
            most=3,
            founded_by=(Seat.ENTERING,),
            hears=True,
            after=("admit", "go"),
            documents={
                "begun": (Seat.ENTERING,),
                "entitled": (Seat.ENTERING,),
                "entered": (Seat.ENTERING,),
                "approved": (Seat.APPROVING,),
                "stopped": (Seat.ENTERING, Seat.APPROVING),
                "paid": (Seat.PAYING,),
            },
            drops={"receipt": (PERSON,)},
        ),
        FolderKind(
            kind="testimony",
            holds="what the person wants kept for a court, and who did what with it; of no case",
            seats=(Seat.TESTIMONY,),
            most=2,
            founded_by=(DOOR,),
            owned=True,
            documents={
                "account": (PERSON,),
                "file": (PERSON,),
                "agreed": (PERSON,),
                "custody": (Seat.TESTIMONY,),
            },
        ),
        FolderKind(
            kind="tally",
            holds="coarse facts for counting, by month; of the programme, not of a case",
            seats=(Seat.FIGURES,),
            most=2,
            founded_by=(Seat.FIGURES,),
            public_slot=True,
            documents={"box": (Seat.FIGURES,), "published": (Seat.FIGURES,)},
            drops={"counted": SIGNS},
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

    def may_drop(self, kind: str, document: str, author: Member | None) -> bool:
        """Whether a member, or with None the person whom the folder hears, may drop such a document into it."""
        row = TABLE.get(kind)
        writers = row.drops.get(document, ()) if row else ()
        if author is not None:
            return _sits(author, writers)
        return row is not None and row.hears and PERSON in writers


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
        "| folder | holds | held by | at most | founded by | after |",
        "|---|---|---|---|---|---|",
    ]
    for row in TABLE.values():
        held = ("the person, " if row.owned else "") + _names(row.seats)
        after = ", ".join(row.after)
        lines.append(
            f"| {row.kind} | {row.holds} | {held} | {row.most} | {_names(row.founded_by)} | {after} |"
        )
    lines += ["", "## Who writes what", "", "| folder | document | written by |", "|---|---|---|"]
    for row in TABLE.values():
        lines += [f"| {row.kind} | {name} | {_names(writers)} |" for name, writers in row.documents.items()]
        lines += [
            f"| {row.kind} | {name} | dropped by {_names(writers)} |" for name, writers in row.drops.items()
        ]
    return "\n".join(lines) + "\n"


def _names(writers: tuple[Writer, ...]) -> str:
    return "any member" if writers == EVERY_SEAT else ", ".join(str(writer) for writer in writers)
