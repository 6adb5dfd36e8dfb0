"""Those who stand somewhere on the way today, so that every desk has something to do."""

from banyan.house.demo.people import Person, Turns
from banyan.house.demo.story import intake, passage, screening, shelter, support, testimony, whole


def to_find(person: Person) -> Turns:
    """One finding is in; the other is to be written. They sent a picture of a paper."""
    yield from intake.opens_case(person)
    person.sends_picture()
    yield from screening.asked_for(person)
    yield from screening.named(person)
    yield from screening.finds(person, 0, "eligible")


def to_compare(person: Person) -> Turns:
    """Both findings are in, and neither is open to the other."""
    yield from to_find(person)
    yield from screening.finds(person, 1, "eligible")


def to_decide(person: Person) -> Turns:
    """The two disagree: the officer decides."""
    yield from intake.opens_case(person)
    yield from screening.asked_for(person)
    yield from screening.compared(person, "eligible", "not_eligible")


def to_sign(person: Person) -> Turns:
    """A planner has signed a go; intake has not."""
    yield from intake.opens_case(person)
    yield from screening.admitted(person)
    yield from passage.planned(person)
    yield from passage.says(person, yes=True)
    person.ago(6)
    yield from passage.go_proposed(person)


def to_accept(person: Person) -> Turns:
    """A leg waits for its guide."""
    yield from intake.opens_case(person)
    yield from screening.admitted(person)
    yield from passage.may_go(person)
    person.ago(14)
    yield from passage.legs_given(person, starts_in=30)


def overdue(person: Person) -> Turns:
    """Somebody on the way has not given word."""
    yield from intake.opens_case(person)
    yield from screening.admitted(person)
    yield from passage.may_go(person)
    person.ago(58)
    yield from passage.legs_given(person, starts_in=20)
    yield from passage.legs_accepted(person)
    person.ago(28)
    passage.guide_says(person, 0, "met")
    passage.gives_word(person, "ok")
    yield


def without_bed(person: Person) -> Turns:
    """Somebody has arrived, and no bed is asked for; they have left an account for a court."""
    yield from whole.comes_out(person)
    yield from testimony.leaves(person)


def to_confirm(person: Person) -> Turns:
    """A keeper is asked for beds."""
    yield from whole.comes_out(person)
    yield from shelter.asks_bed(person)


def to_enter(person: Person) -> Turns:
    """They are entitled this month, and nothing is entered yet."""
    yield from whole.comes_out(person)
    yield from shelter.housed(person)
    yield from support.begins(person, support.month_at(person.now), "")


def to_approve(person: Person) -> Turns:
    """The month is entered."""
    yield from to_enter(person)
    yield from support.entered(person, support.month_at(person.now))


def to_pay(person: Person) -> Turns:
    """The month is approved; they too have left an account."""
    yield from to_approve(person)
    yield from support.approved(person, support.month_at(person.now))
    yield from testimony.leaves(person)
