"""The stages of a case, and the one table of moves between them. docs/STAGES.md is drawn from it.

The terms are the field's own (IDDRS, ICRS, inter-agency case management). A move is made by one member who sits
on the case with a seat that the table names, or by an act of two. Nothing here knows a folder or a request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from banyan.folders.seats import Seat


class Stage(StrEnum):
    """Where a case stands."""

    INTAKE = "intake"
    WAITING = "waiting"
    SCREENING = "screening"
    DECLINED = "declined"
    PASSAGE = "passage"
    RECEPTION = "reception"
    SUPPORT = "support"
    REINTEGRATION = "reintegration"
    FOLLOW_UP = "follow-up"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


Seats = frozenset[Seat]


def _seats(*seats: Seat) -> Seats:
    return frozenset(seats)


@dataclass(frozen=True)
class Act:
    """What two do together: one of `first` and another one of `second` sign the same statement.

    `findings`: both findings must be in, the act rests on them, and a screener who signs signed one of them.
    `after`: acts that must stand, and that it rests on. `parts`: folders of the case that must exist. `rests`: on how
    many names it rests at least. `asks`: the person must have said yes, and while they say no it lets nobody go.
    """

    first: Seats
    second: Seats
    findings: bool = False
    after: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    rests: int = 0
    asks: bool = False

    def by_two(self, one: bytes, other: bytes, sits: Callable[[bytes, Seats], bool]) -> bool:
        """Whether two different members sit where this act needs them, by what `sits` says of each."""
        pairs = ((one, other), (other, one))
        return one != other and any(sits(a, self.first) and sits(b, self.second) for a, b in pairs)


ACTS = {
    "admit": Act(_seats(Seat.SCREENING), _seats(Seat.SCREENING, Seat.DECIDING), findings=True),
    "decline": Act(_seats(Seat.SCREENING), _seats(Seat.SCREENING, Seat.DECIDING), findings=True),
    "go": Act(
        _seats(Seat.PLANNING), _seats(Seat.INTAKE), after=("admit",), parts=("passage",), rests=2, asks=True
    ),
    "refer": Act(_seats(Seat.INTAKE), _seats(Seat.INTAKE)),
    "close": Act(
        _seats(Seat.INTAKE), _seats(Seat.INTAKE, Seat.PLANNING, Seat.SHELTER, Seat.ENTERING, Seat.SCREENING)
    ),
    "reopen": Act(_seats(Seat.INTAKE), _seats(Seat.INTAKE, Seat.SHELTER, Seat.ENTERING)),
}


@dataclass(frozen=True)
class Move:
    """One way from a stage to another: by one of these seats, or by the act that is named; `needs` acts that stand."""

    come_from: Stage
    to: Stage
    by: Seats = frozenset()
    act: str = ""
    needs: tuple[str, ...] = ()


_I, _P = _seats(Seat.INTAKE), _seats(Seat.PLANNING)
_ON_THE_WAY = (Stage.INTAKE, Stage.WAITING, Stage.SCREENING, Stage.PASSAGE)
ARRIVED = (Stage.RECEPTION, Stage.SUPPORT, Stage.REINTEGRATION, Stage.FOLLOW_UP)

MOVES: tuple[Move, ...] = (
    Move(Stage.INTAKE, Stage.WAITING, _I),
    Move(Stage.WAITING, Stage.INTAKE, _I),
    Move(Stage.INTAKE, Stage.SCREENING, _I),
    Move(Stage.WAITING, Stage.SCREENING, _I),
    Move(Stage.SCREENING, Stage.PASSAGE, act="admit"),
    Move(Stage.SCREENING, Stage.DECLINED, act="decline"),
    Move(Stage.DECLINED, Stage.SCREENING, _I),
    Move(Stage.PASSAGE, Stage.WAITING, _I | _P),
    Move(Stage.WAITING, Stage.PASSAGE, _I | _P, needs=("admit",)),
    Move(Stage.PASSAGE, Stage.RECEPTION, _P, needs=("admit", "go")),
    Move(Stage.RECEPTION, Stage.SUPPORT, _seats(Seat.SHELTER), needs=("admit", "go")),
    Move(Stage.SUPPORT, Stage.REINTEGRATION, _seats(Seat.SHELTER, Seat.ENTERING, Seat.INTAKE)),
    Move(Stage.REINTEGRATION, Stage.FOLLOW_UP, _seats(Seat.SHELTER, Seat.ENTERING, Seat.INTAKE)),
    *(Move(stage, Stage.REFERRED, act="refer") for stage in (Stage.INTAKE, Stage.WAITING, Stage.SCREENING)),
    *(Move(stage, Stage.WITHDRAWN, _I) for stage in (*_ON_THE_WAY, *ARRIVED)),
    *(
        Move(stage, Stage.CLOSED, act="close")
        for stage in (*_ON_THE_WAY, *ARRIVED, Stage.DECLINED, Stage.REFERRED, Stage.WITHDRAWN)
    ),
    *(Move(stage, Stage.INTAKE, act="reopen") for stage in (Stage.CLOSED, Stage.WITHDRAWN, Stage.REFERRED)),
)
# Who gives a seat on a case: the member before in the row, or the case worker. Everybody may leave; and who sits on
# the same side may say that a colleague's part has ended.
_MONEY = _seats(Seat.INTAKE, Seat.SHELTER, Seat.ENTERING)
ASSIGNED_BY: dict[Seat, Seats] = {
    **dict.fromkeys(Seat, _I),
    Seat.PLANNING: _seats(Seat.INTAKE, Seat.SCREENING, Seat.DECIDING, Seat.PLANNING),
    Seat.SHELTER: _seats(Seat.INTAKE, Seat.PLANNING, Seat.SHELTER),
    **dict.fromkeys((Seat.ENTERING, Seat.APPROVING, Seat.PAYING), _MONEY),
}
_JUDGES = _seats(Seat.SCREENING, Seat.DECIDING)
ENDED_BY: dict[Seat, Seats] = {
    seat: by | {seat} | (_JUDGES if seat in _JUDGES else frozenset()) for seat, by in ASSIGNED_BY.items()
}
ALWAYS_WINS = (Stage.CLOSED, Stage.WITHDRAWN, Stage.DECLINED, Stage.REFERRED)
RESTS_ON = {Stage.PASSAGE: ("admit",), **dict.fromkeys(ARRIVED, ("admit", "go"))}


def move(come_from: str, to: str) -> Move | None:
    """The move between two stages, or None where the table has none."""
    return next((one for one in MOVES if one.come_from == come_from and one.to == to), None)


def as_markdown() -> str:
    """docs/STAGES.md: the drawing and the two tables, for readers."""
    lines = [
        "# Stages of a case", "",
        "Made from `banyan/cases/stages.py` by `make docs`; a stale copy fails `make check`.", "",
        "```mermaid", "stateDiagram-v2", "    [*] --> intake",
    ]  # fmt: skip
    lines += [
        f"    {_drawn(one.come_from)} --> {_drawn(one.to)}: {one.act or _named(one.by)}"
        for one in MOVES
        if one.to not in (Stage.CLOSED, Stage.WITHDRAWN) and one.act != "reopen"
    ]
    lines += ["    followup --> closed: close", "    closed --> [*]", "```", ""]
    lines += [
        "Not drawn: a case may be withdrawn from every stage before it is closed, and closed from every stage; a",
        "case that was closed, withdrawn or referred may be opened again. A closing, a withdrawal, a decline and a",
        "referral win over what somebody else did at once, in this order; of other stages that were set at once both",
        "are shown, and one must be chosen.",
        "", "## Moves", "", "| from | to | by | needs |", "|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {one.come_from} | {one.to} | {f'act: {one.act}' if one.act else _named(one.by)} | {', '.join(one.needs)} |"
        for one in MOVES
    ]
    lines += ["", "## Acts of two", "", "| act | one of | and another one of | needs |", "|---|---|---|---|"]
    for name, act in ACTS.items():
        needs = [
            *(["two findings"] if act.findings else []),
            *act.after,
            *(f"a {part}" for part in act.parts),
            *(["the person's own yes"] if act.asks else []),
        ]
        lines.append(f"| {name} | {_named(act.first)} | {_named(act.second)} | {', '.join(needs)} |")
    return "\n".join(lines) + "\n"


def _drawn(stage: Stage) -> str:
    return stage.replace("-", "")


def _named(seats: Seats) -> str:
    return ", ".join(seat.value for seat in Seat if seat in seats)
