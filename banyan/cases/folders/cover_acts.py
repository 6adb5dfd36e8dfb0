"""Acts of two on a cover: which hold, and which have ended, as far as somebody had seen.

Each signature is given by its member's own hand, in an entry of theirs on this cover: the first in a proposal, the
other in the act. What somebody signed elsewhere, or after they were shut out, brings nothing about here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from banyan.cases.acts import Signature, Statement, check
from banyan.cases.folders.cover import Acted, Done, FindingIn, Halted, Part, Proposed, TakenBack, Waiting
from banyan.cases.folders.cover_seats import Seats
from banyan.cases.stages import ACTS, Act
from banyan.folders.history import Told
from banyan.folders.seats import Seat
from banyan.sealing.faults import Forged

SCREENS = frozenset({Seat.SCREENING})
Ends = dict[bytes, list[bytes]]


@dataclass
class Acts(Seats):
    """Acts and of what they rest on. `vouched`: entries that came late, and who countersigned them."""

    vouched: frozenset[tuple[bytes, bytes]] = frozenset()
    parts: list[tuple[bytes, Part]] = field(default_factory=list)
    findings: list[tuple[bytes, bytes, FindingIn]] = field(default_factory=list)  # the entry, by whom, what
    ended: Ends = field(default_factory=dict)  # an act's nonce, a finding's entry: by which
    stops: Ends = field(default_factory=dict)  # an act's nonce: which halts, or who took it back
    waits: list[bytes] = field(default_factory=list)  # moves to waiting
    arrivals: list[tuple[bytes, frozenset[bytes]]] = field(default_factory=list)  # the move, by which acts

    # Two sign

    def _propose(self, told: Told, document: Proposed) -> str:
        statement, signer = document.statement, document.signature.member
        if wrong := self._wrong(statement, (document.signature,), told):
            return wrong
        act = ACTS[statement.act]
        if signer != told.opened.author or not self._sat(signer, act.first | act.second, told.name):
            return "signed by somebody who may not"
        waiting = Waiting(told.name, statement, document.signature, told.opened.entry.time)
        self.case.proposals.append(waiting)
        if not self.roster.members[signer].active:
            self.case.away.add(told.name)
        if any(self._halts(name, statement) for name, *_ in self.case.halted):
            self.case.stopped.add(statement.nonce)
        for move in self.waits:
            self._outwait(waiting, move)
        self._show_acts()
        return ""

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
        if not self._by_own_hand(told, document):
            return "with a signature that its member did not give on this case"
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
                self._stop(statement.nonce, name)
        self._show_acts()
        return ""

    def _by_own_hand(self, told: Told, document: Acted) -> bool:
        """Whether each who signed wrote the act, or proposed it before. A proposal that came after its author was shut
        out is not theirs by the word of one of the same two.
        """
        hands = {told.opened.author, *(one.member for one in document.signatures)}
        proposed = {
            one.signature.member for one in self.case.proposals
            if one.statement == document.statement and self._seen(one.name, told.name)
            and not any((one.name, hand) in self.vouched for hand in hands)
        }  # fmt: skip
        return all(one.member in {told.opened.author, *proposed} for one in document.signatures)

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
        self._stop(nonce, told.name)
        self._show_acts()
        return ""

    # What ends an act

    def _halt(self, told: Told, document: Halted) -> None:
        """A halt ends every go that was proposed or signed without knowing of it: two sign anew."""
        self.case.halted.append((told.name, told.opened.entry.time, document.reason))
        self.case.halts.put(told.name, told.name, self.causal)
        for waiting in self.case.proposals:
            if self._halts(told.name, waiting.statement):
                self.case.stopped.add(waiting.statement.nonce)
        for one in self.case.done:
            if self._halts(told.name, one.statement):
                self._stop(one.statement.nonce, told.name)
        self._show_acts()

    def _halts(self, halt: bytes, statement: Statement) -> bool:
        """Whether a halt ends a go: whoever signs one names the halts that they know of, and all others end it."""
        known = (name for name, *_ in self.case.halted if name in statement.rests)
        return statement.act == "go" and not any(self._seen(halt, name) for name in known)

    def _wait(self, move: bytes) -> None:
        """A move to waiting ends every go that was proposed without knowing of it: what was planned is old by then."""
        self.waits.append(move)
        for one in self.case.proposals:
            self._outwait(one, move)

    def _outwait(self, one: Waiting, move: bytes) -> None:
        if one.statement.act == "go" and not self._seen(move, one.name):
            self.case.stopped.add(one.statement.nonce)
            self._end(one.statement.nonce, move)

    def _end(self, what: bytes, by: bytes) -> None:
        """An act (by its nonce, however often it was entered) or a finding counts no more for who has seen `by`."""
        self.ended.setdefault(what, []).append(by)

    def _stop(self, nonce: bytes, by: bytes) -> None:
        """The same by one who stops a way, or takes their signature back: who has arrived by then has arrived."""
        self.stops.setdefault(nonce, []).append(by)

    def _has_ended(self, what: bytes, by: bytes | None) -> bool:
        """Whether it had ended as far as the author of the entry `by` knew; with None, as far as anybody knows."""
        return any(by is None or self._seen(end, by) for end in self.ended.get(what, ())) or any(
            (by is None or self._seen(stop, by)) and not self._came_first(stop, what, by)
            for stop in self.stops.get(what, ())
        )

    def _came_first(self, stop: bytes, nonce: bytes, by: bytes | None) -> bool:
        """Whether somebody confirmed an arrival by this act without knowing that it was stopped."""
        return any(
            nonce in acts and not self._seen(stop, move) and (by is None or self._seen(move, by))
            for move, acts in self.arrivals
        )

    def _arrive(self, told: Told) -> None:
        """An arrival rests on the acts that stand for whoever confirmed it."""
        stand = self._stood("admit", told) | self._stood("go", told)
        acts = frozenset(one.statement.nonce for one in self.case.done if one.name in stand)
        self.arrivals.append((told.name, acts))

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
        self.case.unheard = {
            stop
            for nonce, stops in self.stops.items()
            for stop in stops
            if self._came_first(stop, nonce, None)
        }

    def _stood(self, act: str, told: Told) -> set[bytes]:
        """The entries of such acts that stand as far as the author of an entry knew."""
        off = self._off(told.name)
        return {
            one.name for one in self.case.done
            if one.statement.act == act and self._seen(one.name, told.name) and one.name not in off
        }  # fmt: skip

    # What an act rests on

    def _find(self, told: Told, document: FindingIn) -> str:
        author = self._who(told.opened.author)
        if not self._sat(author, SCREENS, told.name):
            return "a finding by somebody who does not screen this case"
        if author in {who for who, _ in self._found(told)}:
            return "a screener finds once; to look again is to ask again"
        self.findings.append((told.name, author, document))
        self._show_findings()
        return ""

    def _found(self, told: Told) -> Iterator[tuple[bytes, FindingIn]]:
        """The findings that stand as far as the author of an entry knew, by whom."""
        return (
            (who, one) for name, who, one in self.findings
            if self._seen(name, told.name) and not self._has_ended(name, told.name)
        )  # fmt: skip

    def _show_findings(self) -> None:
        standing = {
            who: one for name, who, one in sorted(self.findings, reverse=True) if name not in self.ended
        }
        self.case.findings = dict(sorted(standing.items()))

    def _two_findings(self, told: Told) -> set[bytes] | None:
        """The names of the findings of those who screen the case; None while there are not two."""
        found = [(who, one.finding) for who, one in self._found(told) if self._sat(who, SCREENS, told.name)]
        by, names = {who for who, _ in found}, {name for _, name in found}
        return names if len(found) == len(by) == len(names) == 2 else None

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
