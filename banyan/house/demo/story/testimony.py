"""Testimony: somebody leaves an account for a court, and who keeps it opens it in their own time."""

from datetime import timedelta

from banyan.desks.testimony import actions as testimony
from banyan.doors.front import actions as front
from banyan.folders.seats import Seat
from banyan.house.demo import texts
from banyan.house.demo.people import Person, Turns, nonce

USES = ("investigators", "open_court")


def leaves(person: Person) -> Turns:
    """They leave an account; to the further uses they say yes or no, one by one."""
    person.after(2, 30)
    uses = {"keep": True} | {use: person.happens(60 if use == "investigators" else 30) for use in USES}
    front.leave_account(
        door=person.scene.door, code=person.code, nonce=nonce(),
        text=texts.account(person.contact.language, person.random), uses=uses, language=person.contact.language,
    )  # fmt: skip
    left = person.scene.door.testimony(person.code).left
    if left is not None:
        person.knows(left.folder)
    yield


def left(person: Person) -> Turns:
    """Of those who are out a few leave one, some weeks later; it is opened within the month, if the month is over."""
    if not person.happens(15):
        return
    person.after(24, 600)
    yield from leaves(person)
    if person.at + timedelta(days=30) < person.now:
        person.after(24, 700)
        testimony.open_account(desk=person.desk_of(Seat.TESTIMONY), folder=person.case[-1])
        yield
