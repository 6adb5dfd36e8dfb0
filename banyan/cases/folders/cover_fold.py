"""From the entries of a cover to the state of its case: which seats, acts and moves hold, and which do not.

Each entry is judged by what its author had seen, never by a clock. What the table or the seats do not allow has no
effect, and is named with the reason. Who sits there and which acts hold is judged in `cover_seats` and `cover_acts`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from banyan.cases.folders.cover import (
    DOCUMENTS,
    Acted,
    Assigned,
    Case,
    Cover,
    FindingIn,
    Halted,
    Moved,
    Note,
    Opening,
    Part,
    Proposed,
    TakenBack,
)
from banyan.cases.folders.cover_acts import Acts
from banyan.cases.folders.reading import answers_of, counting, opened_by
from banyan.cases.registers import fields_of, put_fields
from banyan.cases.stages import ALWAYS_WINS, RESTS_ON, Move, Stage, move
from banyan.cases.table import TABLE
from banyan.folders.history import COUNTERSIGN, History, Told
from banyan.folders.membership import Roster
from banyan.folders.seats import Seat
from banyan.sealing.format import Record


def fold(history: History, roster: Roster) -> Case:
    """The state of a case: in causal order, checking each signature of an act against the roster."""
    case = Case(history.folder, answers=answers_of(history))
    vouched = frozenset(
        (bytes(told.opened.entry.document), told.opened.author)
        for told in history.counting if told.opened.kind == COUNTERSIGN
    )  # fmt: skip
    folding = Folding(case, history.causal, roster, opened_by(history), vouched)
    for told, document in counting(history, DOCUMENTS):
        folding.take(told, document)
    return case


@dataclass
class Folding(Acts):
    """A case while its entries are taken in, one by one in causal order."""

    stages: list[tuple[bytes, Stage, bytes]] = field(
        default_factory=list
    )  # the entry, where to, by which act

    def take(self, told: Told, document: Record) -> None:
        """One more entry."""
        case, name, time = self.case, told.name, told.opened.entry.time
        case.changed = max(case.changed, time)
        if isinstance(document, Cover):
            put_fields(case.fields, name, fields_of(document), self.causal)
        elif isinstance(document, Note):
            case.notes.append((name, time, told.opened.author, document.text))
        elif isinstance(document, Halted):
            self._halt(told, document)
        else:
            why = self._take_or_why(told, document)
            if why:
                case.refused.append((name, why))

    def _take_or_why(self, told: Told, document: Record) -> str:
        ways: dict[type[Record], Callable[..., str]] = {
            Opening: self._open, Assigned: self._seat, FindingIn: self._find, Proposed: self._propose, Acted: self._act,
            TakenBack: self._take_back, Part: self._part, Moved: self._move,
        }  # fmt: skip
        way = ways.get(type(document))
        return way(told, document) if way else ""

    def _open(self, told: Told, opening: Opening) -> str:
        case, time = self.case, told.opened.entry.time
        if told.name != self.opening:
            return "a case is opened once, by whoever founded its cover"
        case.opening, case.reference, case.opened = opening, opening.reference, time
        start = Cover(opening.adults, opening.children, opening.needs, opening.counted)
        put_fields(case.fields, told.name, fields_of(start), self.causal)
        self._go_to(told, Stage.INTAKE, "", b"")
        self._put_seat(told, Assigned(member=told.opened.author, seat=Seat.INTAKE))
        return ""

    def _part(self, told: Told, document: Part) -> str:
        """What is dropped there, its author reads: so only who sits on the case to hold it says which folder it is."""
        kind, slot = document.kind, document.slot
        if not self._sat(
            told.opened.author, frozenset(seat for seat in Seat if seat in TABLE[kind].founded_by), told.name
        ):
            return "a folder of the case by somebody who is not to found it"
        seen = [one.slot for name, one in self.parts if one.kind == kind and self._seen(name, told.name)]
        if any(one.folder != slot.folder for one in seen):
            return "a case has one such folder"
        if not seen and not all(self._stood(act, told) for act in TABLE[kind].after):
            return "a folder of the case before the acts that it needs"
        self.parts.append((told.name, document))
        slots = self.case.parts_.setdefault(kind, [])
        slots[:] = [one for one in slots if one not in seen] + [slot]  # a newer way into it
        return ""

    # Stages

    def _move(self, told: Told, document: Moved) -> str:
        wrong, by = self._move_wrong(told, document)
        if wrong:
            return wrong
        nonce = next((one.statement.nonce for one in self.case.done if by and one.name == document.act), b"")
        self._go_to(told, document.to, document.reason, nonce)
        if nonce and document.to is not Stage.PASSAGE:
            self._end(nonce, told.name)  # an act moves a case once; an admission goes on to stand
        if document.to in (Stage.SCREENING, Stage.INTAKE):
            self._begin_again(told)
        elif document.to is Stage.WAITING:
            self._wait(told.name)
        elif document.to is Stage.RECEPTION:
            self._arrive(told)
        self._show_acts()
        return ""

    def _begin_again(self, told: Told) -> None:
        """Screened again, or opened again: neither findings nor acts of before count."""
        acts = ((one.name, one.statement.nonce) for one in self.case.done)
        for name, what in (*acts, *((name, name) for name, *_ in self.findings)):
            if self._seen(name, told.name):
                self._end(what, told.name)
        self._show_findings()

    def _go_to(self, told: Told, stage: Stage, reason: str, nonce: bytes) -> None:
        self.stages.append((told.name, stage, nonce))
        self.case.stage_.standing = self._stages(self.stages)
        self.case.moves.append((stage, told.opened.entry.time, told.opened.author, reason))

    def _stages(self, said: list[tuple[bytes, Stage, bytes]]) -> list[tuple[bytes, Stage]]:
        """What stands of these moves. All by one act are one move: what came after one of them came after all, or an
        act would be used again for good by dating its move back.
        """
        after = [(name, other, nonce) for name, _, nonce in said for other, *_ in said
                 if self.causal.before(other, name)]  # fmt: skip
        gone = {other for _, other, _ in after}
        acts = {name: nonce for name, _, nonce in said if nonce}
        over = {acts[other] for _, other, nonce in after if other in acts and nonce != acts[other]}
        return [(name, stage) for name, stage, nonce in said if name not in gone and nonce not in over]

    def _move_wrong(self, told: Told, document: Moved) -> tuple[str, str]:
        """Why a move does not hold, or nothing; and by which act it is made, where the table gives it to one."""
        known = [one for one in self.stages if self._seen(one[0], told.name)]
        seen = {stage for _, stage in self._stages(known)}
        seen = next(({one} for one in ALWAYS_WINS if one in seen), seen)
        if len(seen) > 1 and document.to in seen and self._settles(told, document.to, seen):
            return "", ""
        found = [one for stage in seen if (one := move(stage, document.to))]
        whys = [(self._why_not(one, told, document), one.act) for one in found]
        return min(whys, key=lambda why: why[0] != "", default=("a move that the table does not have", ""))

    def _settles(self, told: Told, to: Stage, seen: set[Stage]) -> bool:
        """Whoever sits on the case settles what two set at once; but to none whose acts have ended, unless all rest on
        the same.
        """
        needs = {stage: RESTS_ON.get(stage, ()) for stage in seen}
        same = len(set(needs.values())) == 1
        stand = same or all(self._stood(act, told) for act in needs[to])
        return stand and self._sat(told.opened.author, frozenset(Seat), told.name)

    def _why_not(self, one: Move, told: Told, document: Moved) -> str:
        if one.act:
            if document.act not in self._stood(one.act, told):
                return "a move without the act that it needs"
        elif not self._sat(told.opened.author, one.by, told.name):
            return "moved by somebody who may not"
        if any(not self._stood(act, told) for act in one.needs):
            return "a move before the acts that it needs"
        return ""
