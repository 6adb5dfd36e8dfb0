"""One person's way through a whole test programme, step by step, for the tests of every desk.

Each step does what a desk's actions do, by the same means (`casework`), and carries it to every place. A test takes
the journey as far as it needs and goes on with its own desk's actions.
"""

import secrets
from dataclasses import dataclass, field
from typing import TypeVar

from banyan.cases import casework
from banyan.cases.desk import Desk
from banyan.cases.folders import finding, identity, passage, placement, support, tally
from banyan.cases.folders.conversation import (
    About,
    CaseOpened,
    Consent,
    ConsentAsked,
    Conversation,
    Letter,
    Message,
)
from banyan.cases.folders.cover import Answer, Assigned, Case, FindingIn, Opening
from banyan.cases.reference import reference_of
from banyan.cases.stages import Stage
from banyan.cases.testing import Programme
from banyan.cases.visit import Visit
from banyan.folders.membership import Member
from banyan.folders.seats import Seat
from banyan.sealing import codes

S = TypeVar("S")


@dataclass
class Journey:
    """A person with a code, and the folders of their case as they come to be."""

    programme: Programme
    code: bytes = field(default_factory=codes.new_code)
    folder: bytes = b""
    cover: bytes = b""

    # Hands

    def desk(self, name: str) -> Desk:
        """A member's desk."""
        return self.programme.desks[name]

    def visit(self) -> Visit:
        """The person comes to the door."""
        return self.programme.door.visit(self.code)

    def case(self, name: str) -> Case:
        """The case as a member's desk has it."""
        return casework.case_of(self.desk(name), self.cover)

    def part(self, name: str, kind: str) -> bytes:
        """The id of another folder of the case."""
        slot = self.case(name).part(kind)
        assert slot is not None
        return slot.folder

    def state(self, name: str, folder: bytes, kind: type[S]) -> S:
        """What a folder comes to at a member's desk, which holds it."""
        state = self.desk(name).state(folder, kind)
        assert state is not None
        return state

    def talk(self, name: str) -> Conversation:
        """The conversation as a member of intake has it."""
        return self.state(name, self.folder, Conversation)

    def member(self, name: str) -> Member:
        """A member as the roster has them."""
        return self.programme.hub.roster().members[self.programme.keys[name].id]

    def carry(self) -> None:
        """Everything reaches everybody; time goes on a little."""
        self.programme.clock.forward(minutes=20)
        self.programme.carry()

    # Steps

    def writes(self) -> "Journey":
        """The person writes for the first time, in danger of nothing."""
        about = About(danger=False, concern="self", force="army", rank_band="nco", region="MM-13")
        self.visit().post(secrets.token_bytes(16), about, Message(text="I want to leave", language="en"))
        history = self.visit().history
        assert history is not None
        self.folder = history.folder
        self.carry()
        self.carry()
        return self

    def agrees(self) -> "Journey":
        """Intake asks, and the person agrees to be served and to be counted."""
        self.desk("Aye").write(self.folder, ConsentAsked(purposes=("service", "figures")))
        self.carry()
        for purpose in ("service", "figures"):
            said = Consent(purpose=purpose, given=True, adult=True)
            self.visit().post(secrets.token_bytes(16), said)
        self.carry()
        return self

    def opens(self) -> "Journey":
        """A case is opened; Aye and Ba of intake sit on it. A box for counting is open."""
        thi = self.desk("Thi")
        if thi.tally_slot() is None:
            box = thi.found("tally", [])
            thi.write(box, tally.Box(month=casework.month_of(thi.now)))
            self.carry()
        self.writes().agrees()
        aye = self.desk("Aye")
        person = aye.person(self.folder)
        assert person is not None
        self.cover = aye.found("cover", [member.keys for member in aye.holders(self.folder)], hears=person)
        opening = Opening(
            reference=reference_of(self.cover), conversation=self.folder, number=secrets.token_bytes(16),
            person=person, slot=aye.slot(self.folder), adults=2, children=1, needs=("children",), counted=True,
        )  # fmt: skip
        aye.write(self.cover, opening)
        aye.write(self.cover, Assigned(member=self.programme.keys["Ba"].id, seat=Seat.INTAKE))
        aye.write(self.folder, CaseOpened(cover=self.cover))
        casework.count(aye, self.cover, "asked", force="army", rank_band="nco", region="MM-13")
        self.carry()
        return self

    def to_screening(self) -> "Journey":
        """Intake asks two screeners, with a deciding officer for where they disagree."""
        self.opens()
        come = [(self.member("Ei"), Seat.SCREENING), (self.member("Gyi"), Seat.SCREENING)]
        casework.give_seats(self.desk("Aye"), self.cover, [*come, (self.member("Hla"), Seat.DECIDING)])
        casework.go_to(self.desk("Aye"), self.cover, Stage.SCREENING)
        self.carry()
        return self

    def identified(self) -> "Journey":
        """A screener founds the identity and asks the person, who tells their name to the screeners alone."""
        self.to_screening()
        ei = self.desk("Ei")
        folder = casework.found_part(
            ei, self.cover, "identity", [self.member("Gyi")], identity.Begun(cover=self.cover)
        )
        casework.write_to_person(ei, self.cover, "names", Letter(text="Your name, please"), answer_to=folder)
        self.carry()
        (letter,) = self.visit().letters()
        self.visit().answer(
            secrets.token_bytes(16), letter.name, "identity",
            lambda nth: identity.Told(nth=nth, given="Min Min Latt"),
        )  # fmt: skip
        self.carry()
        return self

    def finds(self, name: str, verdict: finding.Verdict = "eligible") -> bytes:
        """One screener writes a finding, blind to the other's; its folder."""
        desk = self.desk(name)
        folder = desk.found("finding", [self.member("Hla").keys])
        answers = (finding.Criterion(criterion="served", answer="met", evidence="pay_book"),)
        found = finding.Finding(
            cover=self.cover, version=1, answers=answers, verdict=verdict, force="army", rank_band="nco"
        )
        written = desk.write(folder, found)
        desk.write(self.cover, FindingIn(folder=folder, finding=written))
        return folder

    def found_twice(self, *verdicts: finding.Verdict) -> "Journey":
        """Both findings are in, and opened to the other screener."""
        self.identified()
        one, other = verdicts or ("eligible", "eligible")
        folders = {"Ei": self.finds("Ei", one), "Gyi": self.finds("Gyi", other)}
        self.carry()
        for name, folder in folders.items():
            self.desk(name).hand_over(folder, [self.member(who) for who in ("Ei", "Gyi", "Hla")])
        self.carry()
        return self

    def signed(self, act: str, rests: tuple[bytes, ...], first: str, other: str, reason: str = "") -> None:
        """Two sign an act, one after the other."""
        casework.propose(self.desk(first), self.cover, act, rests, reason)
        self.carry()
        (waiting,) = self.case(other).waiting(self.desk(other).now)
        casework.second(self.desk(other), self.cover, waiting)
        self.carry()

    def rests(self, name: str) -> tuple[bytes, ...]:
        """The names of the two findings."""
        return tuple(sorted(one.finding for one in self.case(name).findings.values()))

    def admitted(self) -> "Journey":
        """Two screeners admit; the case goes to passage, and they leave it."""
        self.found_twice()
        self.signed("admit", self.rests("Ei"), "Ei", "Gyi")
        gyi = self.desk("Gyi")
        done = self.case("Gyi").standing("admit")
        casework.go_to(gyi, self.cover, Stage.PASSAGE, act=done)
        casework.count(gyi, self.cover, "admitted", act=done, force="army", rank_band="nco")
        leave = [self.programme.keys[name].id for name in ("Ei", "Gyi", "Hla")]
        casework.give_seats(gyi, self.cover, [(self.member("Kyi"), Seat.PLANNING)], leave)
        self.carry()
        return self

    def planned(self) -> "Journey":
        """The planner writes a safety plan, and the person says yes to it."""
        self.admitted()
        kyi = self.desk("Kyi")
        folder = casework.found_part(kyi, self.cover, "passage", [], passage.Begun(cover=self.cover))
        kyi.write(folder, passage.SafetyPlan(threats=("search",), first_step="Wait for the second word"))
        casework.write_to_person(kyi, self.cover, "way", Letter(text="Ready?"), answer_to=self.cover)
        self.carry()
        letter = self.visit().letters()[-1]
        self.visit().answer(
            secrets.token_bytes(16), letter.name, "cover", lambda nth: Answer(nth=nth, yes=True), said="yes"
        )
        self.carry()
        return self

    def goes(self) -> "Journey":
        """The planner and intake sign that the person may go."""
        self.planned()
        kyi = self.desk("Kyi")
        way, done = (
            kyi.state(self.part("Kyi", "passage"), passage.Passage),
            self.case("Kyi").standing("admit"),
        )
        assert way is not None and done is not None
        self.signed("go", (done.name, way.planned), "Kyi", "Aye")
        return self

    def arrives(self) -> "Journey":
        """The planner confirms the arrival; shelter comes to the case and the planner leaves."""
        self.goes()
        kyi = self.desk("Kyi")
        casework.go_to(kyi, self.cover, Stage.RECEPTION)
        casework.count(kyi, self.cover, "arrived", act=self.case("Kyi").may_go)
        come = [(self.member(name), Seat.SHELTER) for name in ("Mon", "Nwe")]
        casework.give_seats(kyi, self.cover, come, [self.programme.keys["Kyi"].id])
        self.carry()
        return self

    def housed(self) -> "Journey":
        """The household has a bed (without a house of its own here); those who see to money come to the case."""
        self.arrives()
        mon = self.desk("Mon")
        casework.found_part(
            mon, self.cover, "placement", [self.member("Nwe")], placement.Begun(cover=self.cover)
        )
        casework.go_to(mon, self.cover, Stage.SUPPORT)
        seats = (("Oo", Seat.ENTERING), ("Phyu", Seat.APPROVING), ("San", Seat.PAYING))
        casework.give_seats(mon, self.cover, [(self.member(name), seat) for name, seat in seats])
        self.carry()
        return self

    def supported(self) -> "Journey":
        """The support folder is founded for the three who see to money."""
        self.housed()
        readers = [self.member("Phyu"), self.member("San")]
        casework.found_part(self.desk("Oo"), self.cover, "support", readers, support.Begun(cover=self.cover))
        self.carry()
        return self
