"""How the demo's people and its staff go on with each other: a course for each person, played in turns.

A course acts, yields when the turn passes between the door and the desks, and acts again. Persons act by
their visit and staff by the actions of intake: nothing here writes a row or a document of its own making into
a store.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from banyan.cases.desk import Desk
from banyan.cases.folders.cover import Need
from banyan.desks.intake import actions as intake
from banyan.doors.front import actions as front
from banyan.doors.front.forms import Answers
from banyan.house.demo import texts
from banyan.house.demo.plan import Contact
from banyan.house.demo.scene import Scene
from banyan.sealing import codes

HOUR = 3_600_000
Turns = Iterator[None]


@dataclass
class Person:
    """One person of the plan: their code, their folder once they wrote, who reads it, and the folders of their
    case.
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

    # At the door

    def sends(self, text: str, about: Mapping[str, object] | None = None) -> None:
        """The person sends a message, the first one with the coded answers."""
        door, language = self.scene.door, self.contact.language
        answers = Answers(text=text, about=dict(about or {}))
        posted = front.send(door=door, code=self.code, nonce=_nonce(), answers=answers, language=language)
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
        front.mark_read(visit=self.scene.door.visit(self.code))

    def says_more(self) -> None:
        """The person writes again."""
        self.sends(texts.more(self.contact.language, self.random))

    def checks_in(self, how: str) -> None:
        """The person says how they are."""
        front.check_in(door=self.scene.door, code=self.code, nonce=_nonce(), how=how)

    def consents(self, purpose: str, *, given: bool) -> None:
        """The person, who is 18 or older, says yes or no to one purpose."""
        door = self.scene.door
        front.answer_consent(
            door=door, code=self.code, nonce=_nonce(), purpose=purpose, given=given, adult=True
        )

    def is_under_age(self) -> None:
        """The person says that they are under 18."""
        purposes = ("service", "figures")
        front.say_under_age(door=self.scene.door, code=self.code, nonce=_nonce(), purposes=purposes)

    # At a desk

    @property
    def desk(self) -> Desk:
        """The desk that answers: one of the two that hold the conversation. It knows what was written before."""
        return self.caught_up(self.scene.desk(self.readers[self.contact.number % len(self.readers)]))

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
        text = texts.answer(self.contact.language, self.random)
        intake.answer(desk=self.desk, folder=self.folder, text=text, language=self.contact.language)

    def calms(self) -> None:
        """Intake says that nobody is in danger any more, where somebody was."""
        state = self.desk.conversation(self.folder)
        if state is not None and state.danger:
            intake.say_danger(desk=self.desk, folder=self.folder, danger=False)


def _nonce() -> bytes:
    return secrets.token_bytes(16)


def course_of(person: Person) -> Turns:
    """The course that the plan has for this person."""
    return COURSES[person.contact.course](person)


def _writes(person: Person) -> None:
    in_danger = not person.contact.recent and person.random.random() < 0.08
    text = texts.first_message(person.contact.language, person.random, danger=in_danger)
    person.first(text, danger=in_danger)


def _enquiry(person: Person) -> Turns:
    _writes(person)
    yield
    person.after(1, 22)
    intake.close_as_enquiry(
        desk=person.desk,
        folder=person.folder,
        topic=person.random.choice(("leaving", "family", "papers", "safety", "health", "other")),
        advice=texts.advice(person.contact.language, person.random),
        language=person.contact.language,
    )
    person.calms()
    yield
    if person.random.random() < 0.7:
        person.after(10, 90)
        person.reads()
        yield


def _set_aside(person: Person) -> Turns:
    person.scene.clock.set(person.at)
    person.sends(texts.junk(person.contact.language, person.random))
    yield
    person.after(1, 30)
    intake.set_aside(desk=person.desk, folder=person.folder)


def _talks(person: Person) -> Turns:
    """They write, are answered, come back and write again."""
    _writes(person)
    yield
    person.answered(0.5, 20)
    yield
    person.after(4, 30)
    person.reads()
    person.says_more()
    yield


def _inside(person: Person) -> Turns:
    """Still serving and in touch: check-ins are agreed, kept, and later ended."""
    yield from _talks(person)
    person.answered(0.5, 8)
    person.calms()
    _agree(person, days=3)
    yield
    person.after(60, 71)
    person.reads()
    person.checks_in("ok")
    yield
    if person.random.random() < 0.5:
        person.after(24 * 20, 24 * 90)
        intake.end_check_ins(desk=person.desk, folder=person.folder)
    else:
        person.after(24 * 20, 24 * 90)
        person.checks_in("call_off")
    yield


def _agree(person: Person, days: int) -> None:
    due = person.scene.clock.milliseconds + days * 24 * HOUR
    intake.agree_check_in(desk=person.desk, folder=person.folder, next_due=due, every_hours=24 * days)


def _agrees(person: Person) -> Turns:
    """They talk, intake asks, and they agree to be served."""
    yield from _asked(person)
    person.after(3, 20)
    person.reads()
    person.consents("service", given=True)
    person.consents("figures", given=person.random.random() < 0.8)
    yield


def _asked(person: Person) -> Turns:
    yield from _talks(person)
    person.answered(0.5, 6)
    person.calms()
    intake.ask_consent(desk=person.desk, folder=person.folder, purposes=("service", "figures"))
    yield


def _case(person: Person) -> Turns:
    """They agree, and a case is opened."""
    yield from _agrees(person)
    person.after(0.5, 10)
    family = person.contact.concern == "family"
    children = person.random.randint(0, 3) if family else 0
    needs: list[Need] = ["children"] if children else []
    needs += person.random.sample(["medical", "trauma", "documents", "legal"], person.random.randint(0, 2))
    cover = intake.open_case(
        desk=person.desk,
        folder=person.folder,
        adults=2 if family else 1,
        children=children,
        needs=tuple(needs),
    )
    person.case.append(cover)
    person.answered_now()
    yield


# Those who write around now


def _waits(person: Person) -> Turns:
    """No answer yet."""
    danger = person.contact.course.startswith("danger")
    person.first(texts.first_message(person.contact.language, person.random, danger=danger), danger=danger)
    yield


def _put_off(person: Person) -> Turns:
    _writes(person)
    yield
    person.ago(20)
    until = int(person.now.timestamp() * 1000) + 48 * HOUR
    intake.put_off(desk=person.desk, folder=person.folder, until=until)


def _check_in(person: Person) -> Turns:
    """Check-ins are kept; the next is due within three days."""
    yield from _talks(person)
    person.ago(person.random.uniform(75, 90))
    person.answered_now()
    _agree(person, days=3)
    yield
    person.ago(person.random.uniform(10, 40))
    person.reads()
    person.checks_in("ok")
    yield


def _silent(person: Person) -> Turns:
    """A check-in is overdue."""
    yield from _talks(person)
    person.ago(person.random.uniform(60, 72))
    person.answered_now()
    _agree(person, days=2)
    yield


def _not_ok(person: Person) -> Turns:
    yield from _check_in(person)
    person.ago(3)
    person.checks_in("not_ok")
    yield


def _young(person: Person) -> Turns:
    yield from _asked(person)
    person.ago(8)
    person.reads()
    person.is_under_age()
    yield


COURSES: dict[str, Callable[[Person], Turns]] = {
    "enquiry": _enquiry,
    "set-aside": _set_aside,
    "inside": _inside,
    "case": _case,
    "danger": _waits,
    "danger-late": _waits,
    "late": _waits,
    "new": _waits,
    "put-off": _put_off,
    "check-in": _check_in,
    "silent": _silent,
    "not-ok": _not_ok,
    "consent": _agrees,
    "asked": _asked,
    "young": _young,
}
