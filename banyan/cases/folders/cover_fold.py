"""From the entries of a cover to the state of its case: which seats, acts and moves hold, and which do not.

Each entry is judged by what its author had seen, never by a clock. What the table or the seats do not allow has no
effect, and is named with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from banyan.cases.acts import Signature, Statement, check
from banyan.cases.folders.cover import (
    DOCUMENTS,
    Acted,
    Assigned,
    Case,
    Cover,
    Done,
    FindingIn,
    Halted,
    Moved,
    Note,
    Opening,
    Part,
    Proposed,
    TakenBack,
    Waiting,
)
from banyan.cases.folders.reading import answers_of, counting, opened_by
from banyan.cases.registers import Remembered, fields_of, put_fields
from banyan.cases.stages import (
    ACTS,
    ALWAYS_WINS,
    ASSIGNED_BY,
    ENDED_BY,
    RESTS_ON,
    Act,
    Move,
    Stage,
    move,
)
from banyan.cases.table import TABLE
from banyan.folders.causal import Causal
from banyan.folders.history import History, Told
from banyan.folders.membership import Roster
from banyan.folders.seats import IncompatibleSeats, Seat, check_seats_in_case, fits_in_case
from banyan.sealing.faults import Forged
from banyan.sealing.format import Record

SCREENS = frozenset({Seat.SCREENING})


def fold(history: History, roster: Roster) -> Case:
    """The state of a case: in causal order, checking each signature of an act against the roster."""
    case = Case(history.folder, answers=answers_of(history))
    folding = Folding(case, history.causal, roster, opened_by(history))
    for told, document in counting(history, DOCUMENTS):
        folding.take(told, document)
    return case


@dataclass
class Folding:
    """A case while its entries are taken in, one by one in causal order. `opening` is the entry that opens it."""

    case: Case
    causal: Causal[bytes]
    roster: Roster
    opening: bytes
    stages: list[tuple[bytes, Stage, bytes]] = field(
        default_factory=list
    )  # the entry, where to, by which act
    parts: list[tuple[bytes, Part]] = field(default_factory=list)
    findings: list[tuple[bytes, bytes, FindingIn]] = field(default_factory=list)  # the entry, by whom, what
    ended: dict[bytes, list[bytes]] = field(
        default_factory=dict
    )  # an act's nonce, a finding's entry: by which

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

    def _seen(self, name: bytes, by: bytes) -> bool:
        """Whether the author of the entry `by` had seen another, or it is that entry itself."""
        return name == by or self.causal.before(name, by)

    def _who(self, ident: bytes) -> bytes:
        """A member by the newest of their keys: who was given new ones keeps their seats and is still one person."""
        member = self.roster.members.get(ident)
        while member is not None and member.replaced_by:
            ident, member = member.replaced_by, self.roster.members.get(member.replaced_by)
        return ident

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
        self.parts.append((told.name, document))
        slots = self.case.parts_.setdefault(kind, [])
        slots[:] = [one for one in slots if one not in seen] + [slot]  # a newer way into it
        return ""

    # Who sits on the case

    def _seat(self, told: Told, document: Assigned) -> str:
        member, author = self.roster.members.get(document.member), told.opened.author
        if member is None or document.seat not in member.as_ever.seats:
            return "assigned to a seat that the roster does not give"
        leaves = not document.on and self._who(author) == self._who(document.member)
        by = ASSIGNED_BY if document.on else ENDED_BY
        if not leaves and not self._sat(author, by[document.seat], told.name):
            return "assigned by somebody who may not"
        try:
            check_seats_in_case((*self._held(document.member, told.name), document.seat))
        except IncompatibleSeats as why:
            return str(why)
        self._put_seat(told, document)
        return ""

    def _held(self, ident: bytes, by: bytes) -> set[Seat]:
        """The seats that a member ever had on the case, as far as the author of the entry `by` knew."""
        ever = ((seat, one.said) for (who, seat), one in self.case.seats_.items() if who == self._who(ident))
        return {seat for seat, said in ever if any(self._seen(name, by) for name, _ in said)}

    def _put_seat(self, told: Told, document: Assigned) -> None:
        key = (self._who(document.member), document.seat)
        self.case.seats_.setdefault(key, Remembered()).put(told.name, document.on, self.causal)

    def _sat(self, ident: bytes, seats: frozenset[Seat], by: bytes) -> bool:
        """Whether a member had one of these seats on the case, as far as the author of the entry `by` knew."""
        who, held = self._who(ident), self._held(ident, by)
        if not fits_in_case(held):
            return False  # two gave them seats at once that never meet: neither counts
        said = (self.case.seats_[who, seat] for seat in held & seats)
        last = (one.as_seen(lambda name: self._seen(name, by), self.causal) for one in said)
        return any(values and all(values) for values in last)

    # Acts of two

    def _find(self, told: Told, document: FindingIn) -> str:
        author = self._who(told.opened.author)
        if not self._sat(author, SCREENS, told.name):
            return "a finding by somebody who does not screen this case"
        if author in {who for who, _ in self._found(told)}:
            return "a screener finds once; to look again is to ask again"
        self.findings.append((told.name, author, document))
        self._show_findings()
        return ""

    def _found(self, told: Told) -> list[tuple[bytes, FindingIn]]:
        """The findings that stand as far as the author of an entry knew, by whom."""
        return [
            (who, one) for name, who, one in self.findings
            if self._seen(name, told.name) and not self._has_ended(name, told.name)
        ]  # fmt: skip

    def _show_findings(self) -> None:
        standing = {
            who: one for name, who, one in sorted(self.findings, reverse=True) if name not in self.ended
        }
        self.case.findings = dict(sorted(standing.items()))

    def _propose(self, told: Told, document: Proposed) -> str:
        wrong = self._wrong(document.statement, (document.signature,), told)
        if not wrong:
            waiting = Waiting(told.name, document.statement, document.signature, told.opened.entry.time)
            self.case.proposals.append(waiting)
            if any(self._halts(name, document.statement) for name, *_ in self.case.halted):
                self.case.stopped.add(document.statement.nonce)
        return wrong

    def _act(self, told: Told, document: Acted) -> str:
        statement, signers = document.statement, [self._who(one.member) for one in document.signatures]
        same = (one for one in self.case.done if one.statement.nonce == statement.nonce)
        if any(self._seen(one.name, told.name) for one in same):
            return "an act that was done already"
        wrong = self._wrong(statement, document.signatures, told) or self._signers_wrong(
            ACTS[statement.act], signers, told
        )
        if wrong:
            return wrong
        if any(
            one.statement.nonce == statement.nonce and self._seen(name, told.name)
            for name, _, one in self.case.taken_back
        ):
            return "an act that was taken back"
        if ACTS[statement.act].asks and not any(one.yes for one in self.case.answers):
            return "a way to which the person never said yes"
        done = Done(told.name, statement, document.signatures, told.opened.entry.time)
        self.case.done.append(done)
        for name, *_ in self.case.halted:
            if self._halts(name, statement):
                self._end(statement.nonce, name)
        self._show_acts()
        return ""

    def _take_back(self, told: Told, document: TakenBack) -> str:
        author = self._who(told.opened.author)
        mine = (one for one in self.case.proposals if self._who(one.signature.member) == author)
        one = next((one for one in mine if one.name == document.proposal), None)
        if one is None or not self._seen(one.name, told.name):
            return "taken back by somebody who did not sign it first"
        nonce = one.statement.nonce
        if any(done.statement.nonce == nonce and self._seen(done.name, told.name) for done in self.case.done):
            return "an act that was done already"
        self.case.taken_back.append((told.name, told.opened.entry.time, one))
        self.case.stopped.add(nonce)
        self._end(nonce, told.name)
        self._show_acts()
        return ""

    def _halts(self, halt: bytes, statement: Statement) -> bool:
        """Whether a halt ends a go: whoever signs one names the halts that they know of, and all others end it."""
        known = (name for name, *_ in self.case.halted if name in statement.rests)
        return statement.act == "go" and not any(self._seen(halt, name) for name in known)

    def _end(self, what: bytes, by: bytes) -> None:
        """An act (by its nonce, however often it was entered) or a finding counts no more for who has seen `by`."""
        self.ended.setdefault(what, []).append(by)

    def _has_ended(self, what: bytes, by: bytes | None) -> bool:
        """Whether it had ended as far as the author of the entry `by` knew; with None, as far as anybody knows."""
        return any(by is None or self._seen(end, by) for end in self.ended.get(what, ()))

    def _off(self, by: bytes | None) -> set[bytes]:
        """The acts that do not stand: they have ended, or what they rest on, however far back, has."""
        found = {one.finding for name, _, one in self.findings if not self._has_ended(name, by)}
        gone = {one.finding for _, _, one in self.findings} - found
        gone |= {one.name for one in self.case.done if self._has_ended(one.statement.nonce, by)}
        while more := {one.name for one in self.case.done if not gone.isdisjoint(one.statement.rests)} - gone:
            gone |= more
        return gone & {one.name for one in self.case.done}

    def _show_acts(self) -> None:
        self.case.off = self._off(None)

    def _wrong(self, statement: Statement, signatures: tuple[Signature, ...], told: Told) -> str:
        """Why a statement does not hold here, with as many signatures as it has."""
        act, case = ACTS.get(statement.act), self.case
        if act is None or not case.number or statement.number != case.number:
            return "an act of another case, or of no name that is known"
        if told.opened.entry.time > statement.expires:
            return "signed too late"
        if act.findings and set(statement.rests) != self._two_findings(told):
            return "an act that does not rest on the two findings"
        if any(not self._stood(needed, told) & set(statement.rests) for needed in act.after):
            return "an act before another that it rests on"
        there = {one.kind for name, one in self.parts if self._seen(name, told.name)}
        if not there.issuperset(act.parts) or len(statement.rests) < act.rests:
            return "an act without what it rests on"
        try:
            for one in signatures:
                check(statement, one, self.roster)
        except Forged as forged:
            return str(forged)
        return ""

    def _two_findings(self, told: Told) -> set[bytes] | None:
        """The names of the findings of those who screen the case; None while there are not two."""
        found = [(who, one.finding) for who, one in self._found(told) if self._sat(who, SCREENS, told.name)]
        by, names = {who for who, _ in found}, {name for _, name in found}
        return names if len(found) == len(by) == len(names) == 2 else None

    def _signers_wrong(self, act: Act, signers: list[bytes], told: Told) -> str:
        one, other = signers
        if one == other:
            return "an act of two by one"
        if not act.by_two(one, other, lambda who, seats: self._sat(who, seats, told.name)):
            return "signed by somebody who may not"
        screeners = {who for who in signers if self._sat(who, SCREENS, told.name)}
        if act.findings and not screeners <= {who for who, _ in self._found(told)}:
            return "signed by a screener without a finding"
        return ""

    def _stood(self, act: str, told: Told) -> set[bytes]:
        """The entries of such acts that stand as far as the author of an entry knew."""
        off = self._off(told.name)
        return {
            one.name for one in self.case.done
            if one.statement.act == act and self._seen(one.name, told.name) and one.name not in off
        }  # fmt: skip

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

    def _halt(self, told: Told, document: Halted) -> None:
        """A halt ends every go that was proposed or signed without knowing of it: two sign anew."""
        self.case.halted.append((told.name, told.opened.entry.time, document.reason))
        self.case.halts.put(told.name, told.name, self.causal)
        for waiting in self.case.proposals:
            if self._halts(told.name, waiting.statement):
                self.case.stopped.add(waiting.statement.nonce)
        for one in self.case.done:
            if self._halts(told.name, one.statement):
                self._end(one.statement.nonce, told.name)
        self._show_acts()
