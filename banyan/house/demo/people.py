"""A person of the demo: what they do at the door, and the desks that act for them.

Persons act by their visit and staff by the actions of intake: nothing here writes a row or a document of its own
making into a store. What they go through is told in `story`.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from banyan.cases.casework import NotYet, case_of
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import LetterKind
from banyan.cases.visit import Opened, Visit
from banyan.cleaning import clean
from banyan.desks.intake import actions as intake
from banyan.doors.front import actions as front
from banyan.doors.front.forms import Answers
from banyan.folders.seats import Seat
from banyan.house.demo import drawn, texts
from banyan.house.demo.plan import Contact
from banyan.house.demo.scene import Scene
from banyan.sealing import codes

HOUR = 3_600_000
Turns = Iterator[None]


@dataclass
class Person:
    """One person of the plan: their code, their folder once they wrote, who reads it, the folders of their case, how
    many they are; the legs of their way, the house and key of their bed, and the word that came with the money.
    """

    contact: Contact
    scene: Scene
    now: datetime
    random: Random
    code: bytes = field(default_factory=codes.new_code)
    folder: bytes = b""
    at: datetime = field(init=False)
    readers: tuple[bytes, ...] = ()
    case: list[bytes] = field(default_factory=list)
    people: int = 1
    legs: list[bytes] = field(default_factory=list)
    bed: tuple[bytes, bytes] = (b"", b"")
    word: str = ""

    def __post_init__(self) -> None:
        self.at = self.contact.began

    # Time

    def after(self, least: float, most: float) -> None:
        """So many hours later, and never after now."""
        self.at = min(self.at + timedelta(hours=self.random.uniform(least, most)), self.now)
        self.scene.clock.set(self.at)

    def ago(self, hours: float) -> None:
        """So many hours before now, and never before what was done already."""
        self.at = max(self.now - timedelta(hours=hours), self.at + timedelta(minutes=3))
        self.scene.clock.set(self.at)

    def until(self, moment: datetime) -> None:
        """Not before a moment, and never after now."""
        self.at = min(max(self.at + timedelta(minutes=10), moment), self.now)
        self.scene.clock.set(self.at)

    # What is drawn: the same for the same seed, however many play

    def one_of(self, shares: Mapping[str, int]) -> str:
        """One of these words, each as often as its share says."""
        return self.random.choices(list(shares), list(shares.values()))[0]

    def happens(self, of_hundred: int) -> bool:
        """Whether what happens to so many of a hundred happens to this person."""
        return self.random.random() * 100 < of_hundred

    # At the door

    def sends(self, text: str, about: Mapping[str, object] | None = None) -> None:
        """The person sends a message, the first one with the coded answers."""
        door, language = self.scene.door, self.contact.language
        answers = Answers(text=text, about=dict(about or {}))
        posted = front.send(door=door, code=self.code, nonce=nonce(), answers=answers, language=language)
        if not self.folder:
            (self.folder,) = door.store.folders_for(door.visit(self.code).keys.id)
            self.readers = tuple(member.id for member in posted.ring)

    def first(self, text: str, *, danger: bool) -> None:
        """The first message."""
        self.scene.clock.set(self.at)
        one = self.contact
        about: dict[str, object] = {"concern": one.concern, "force": one.force, "rank_band": one.band}
        if danger:
            about["danger"] = True
        if self.random.random() < 0.6:
            about["region"] = one.region
        self.sends(text, about)

    def reads(self) -> None:
        """The person is shown what is new."""
        front.mark_read(visit=self.visit)

    def says_more(self) -> None:
        """The person writes again."""
        self.sends(texts.more(self.contact.language, self.random))

    def sends_picture(self) -> None:
        """The person sends a photograph after their message; the door makes it anew, as it does with every file."""
        data, door = drawn.card(self.random), self.scene.door
        front.send_file(door=door, code=self.code, nonce=nonce(), data=data, made=clean(data), original=False)

    def checks_in(self, how: str) -> None:
        """The person says how they are."""
        front.check_in(door=self.scene.door, code=self.code, nonce=nonce(), how=how)

    def consents(self, purpose: str, *, given: bool) -> None:
        """The person, who is 18 or older, says yes or no to one purpose."""
        door = self.scene.door
        front.answer_consent(
            door=door, code=self.code, nonce=nonce(), purpose=purpose, given=given, adult=True
        )

    def is_under_age(self) -> None:
        """The person says that they are under 18."""
        purposes = ("service", "figures")
        front.say_under_age(door=self.scene.door, code=self.code, nonce=nonce(), purposes=purposes)

    @property
    def visit(self) -> Visit:
        """The person comes to the door."""
        return self.scene.door.visit(self.code)

    def letter(self, kind: LetterKind) -> Opened:
        """The newest letter of this kind."""
        return next(one for one in reversed(self.visit.letters()) if one.kind == kind)

    # Their case

    @property
    def cover(self) -> bytes:
        """The cover of their case, its first folder."""
        return self.case[0]

    def knows(self, *folders: bytes) -> None:
        """Folders that belong to what this person goes through from now on."""
        self.case += [folder for folder in folders if folder not in self.case]

    def part(self, desk: Desk, kind: str) -> bytes:
        """A part of the case, which a desk knows of; from now on it belongs to what this person goes through."""
        slot = case_of(desk, self.cover).part(kind)
        if slot is None:
            raise NotYet(f"this case has no {kind}")
        self.knows(slot.folder)
        return slot.folder

    # At a desk

    @property
    def desk(self) -> Desk:
        """The desk that answers: one of the two that hold the conversation. It knows what was written before."""
        return self.caught_up(self.scene.desk(self.readers[self.contact.number % len(self.readers)]))

    @property
    def other_reader(self) -> Desk:
        """The desk of the other one of intake who holds the conversation."""
        return self.caught_up(self.scene.desk(self.readers[(self.contact.number + 1) % len(self.readers)]))

    def desk_of(self, seat: Seat, which: int = 0) -> Desk:
        """The desk of a member with a seat, the same one for this person each time; `which` gives another of them."""
        return self.caught_up(self.scene.cast.one(seat, self.contact.number + which))

    def other_of(self, seat: Seat, member: bytes) -> bytes:
        """Another member with a seat."""
        return next(one.id for one in self.scene.cast.members(seat) if one.id != member)

    def caught_up(self, desk: Desk) -> Desk:
        """A desk, which is brought what others wrote for this person's case before it acts."""
        self.scene.bring(desk, [self.folder, *self.case])
        return desk

    def answered(self, least: float, most: float) -> None:
        """Intake answers."""
        self.after(least, most)
        self.answered_now()

    def answered_now(self) -> None:
        """Intake answers at this moment."""
        self.is_told(texts.answer(self.contact.language, self.random))

    def is_told(self, text: str) -> None:
        """Intake writes this."""
        intake.answer(desk=self.desk, folder=self.folder, text=text, language=self.contact.language)

    def calms(self) -> None:
        """Intake says that nobody is in danger any more, where somebody was."""
        state = self.desk.conversation(self.folder)
        if state is not None and state.danger:
            intake.say_danger(desk=self.desk, folder=self.folder, danger=False)


def nonce() -> bytes:
    """Each sending is its own."""
    return secrets.token_bytes(16)
