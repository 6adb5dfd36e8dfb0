"""The whole way, desk after desk; and the ways that end before."""

from banyan.house.demo.people import Person, Turns
from banyan.house.demo.plan import ENDS, HOW_FAR
from banyan.house.demo.story import intake, passage, screening, shelter, support, testimony


def comes_out(person: Person) -> Turns:
    """From the first word to the arrival."""
    yield from intake.opens_case(person)
    yield from screening.admitted(person)
    yield from on_the_way(person)
    yield from passage.travels(person)
    yield from passage.arrives(person)


def on_the_way(person: Person) -> Turns:
    """Two signed that they may go, the guides have accepted, and shelter expects them."""
    yield from passage.may_go(person)
    yield from passage.legs_given(person)
    yield from passage.legs_accepted(person)
    yield from shelter.expected(person)


def out(person: Person) -> Turns:
    """All the way: out, a bed, support month by month, and their own feet."""
    yield from comes_out(person)
    yield from shelter.housed(person)
    yield from support.supported(person)
    yield from goes_on(person)
    yield from testimony.left(person)


def goes_on(person: Person) -> Turns:
    """Reintegration, follow-up, closed by two: how far somebody went is invented."""
    far = person.one_of(HOW_FAR)
    if far != "support":
        yield from shelter.reintegrated(person)
    if far in ("follow-up", "closed"):
        yield from shelter.followed_up(person)
    if far == "closed":
        yield from intake.closed(person, "support_ended")


def ended(person: Person) -> Turns:
    """A case that ended inside: declined, withdrawn, halted, or their own no."""
    end = person.one_of(ENDS)
    yield from intake.opens_case(person)
    if end == "withdrawn":
        yield from intake.withdraws(person, person.random.choice(("own_wish", "stays", "other_way")))
    elif end == "declined":
        yield from screening.declined(person)
        if person.random.random() < 0.5:
            yield from intake.closed(person, "criteria_no_longer_met")
    else:
        yield from screening.admitted(person)
        yield from (passage.halted(person) if end == "halted" else passage.says_no(person))
