"""Passage: a plan and the person's own yes, a go signed by two, legs with guides, word on the way, arrival."""

from datetime import timedelta

from banyan.cases import casework
from banyan.cases.folders.leg import LegState
from banyan.desks.intake import case_actions as cases
from banyan.desks.passage import actions as passage
from banyan.desks.passage import leg_actions
from banyan.doors.front import actions as front
from banyan.folders.seats import Seat
from banyan.house.demo import letters
from banyan.house.demo.people import HOUR, Person, Turns, nonce
from banyan.language.pack import load_pack

LEGS = 2


def planned(person: Person) -> Turns:
    """A planner writes the safety plan and asks."""
    person.after(3, 50)
    planner, random, language = person.desk_of(Seat.PLANNING), person.random, person.contact.language
    threats = random.sample([one.code for one in load_pack().threats], 2)
    passage.plan(
        desk=planner, cover=person.cover, seen="", threats=tuple(threats), stays_behind=random.randint(0, 4),
        first_step=random.choice(letters.FIRST_STEPS), if_silent=random.choice(letters.IF_SILENT),
        call_off=random.choice(letters.CALL_OFF), region=random.choice(("TH", "TH", "TH", "IN")),
    )  # fmt: skip
    person.part(planner, "passage")
    text = letters.letter("way", language)
    passage.ask(desk=planner, cover=person.cover, text=text, language=language)
    yield


def says(person: Person, *, yes: bool) -> Turns:
    """The person's own yes or no."""
    person.after(3, 30)
    front.answer_plan(visit=person.visit, nonce=nonce(), letter=person.letter("way"), yes=yes)
    yield


def go_proposed(person: Person) -> Turns:
    """The planner signs first that they may go."""
    person.after(1, 20)
    passage.propose_go(desk=person.desk_of(Seat.PLANNING), cover=person.cover)
    yield


def go_signed(person: Person) -> Turns:
    """Intake signs too."""
    person.after(1, 20)
    desk = person.desk
    case = casework.case_of(desk, person.cover)
    (waiting,) = (one for one in case.waiting(desk.now) if one.statement.act == "go")
    cases.second(desk=desk, folder=person.cover, name=waiting.name)
    yield


def may_go(person: Person) -> Turns:
    """A plan, a yes, and two signatures."""
    yield from planned(person)
    yield from says(person, yes=True)
    yield from go_proposed(person)
    yield from go_signed(person)


def legs_given(person: Person, *, starts_in: float = 30) -> Turns:
    """The way is given to guides, leg by leg; word is agreed, and shelter is called."""
    person.after(1, 10)
    planner, random, language = person.desk_of(Seat.PLANNING), person.random, person.contact.language
    guides = person.scene.cast.members(Seat.GUIDE)
    for nth in range(LEGS):
        starts = int((person.at + timedelta(hours=starts_in + 8 * nth)).timestamp() * 1000)
        leg = leg_actions.add_leg(
            desk=planner, cover=person.cover, guide=guides[(person.contact.number + nth) % len(guides)].id,
            meet=random.choice(letters.MEET), end=random.choice(letters.END),
            means=random.choice(("foot", "motorbike", "car", "boat")), starts=starts,
            people=person.people, sign=random.choice(letters.SIGNS),
        )  # fmt: skip
        person.knows(leg)
        person.legs.append(leg)
    due = int((person.at + timedelta(hours=starts_in + 4)).timestamp() * 1000) // HOUR * HOUR
    passage.agree_words(
        desk=planner, cover=person.cover, next_due=due, every_hours=12,
        text=letters.letter("word", language), language=language,
    )  # fmt: skip
    passage.call_shelter(desk=planner, cover=person.cover)
    yield


def guide_says(person: Person, nth: int, how: str) -> None:
    """The guide of a leg says how it goes."""
    leg = person.legs[nth]
    guides = person.scene.cast.members(Seat.GUIDE)
    desk = person.caught_up(person.scene.desk(guides[(person.contact.number + nth) % len(guides)].id))
    if desk.state(leg, LegState) is not None:
        leg_actions.say(desk=desk, leg=leg, how=how)


def legs_accepted(person: Person) -> Turns:
    """Both guides accept."""
    person.after(1, 10)
    for nth in range(LEGS):
        guide_says(person, nth, "accepted")
    yield


def gives_word(person: Person, how: str) -> None:
    """The person on the way gives word."""
    letter = person.letter("word")
    front.give_word(visit=person.visit, nonce=nonce(), letter=letter, how=how)  # type: ignore[arg-type]


def travels(person: Person) -> Turns:
    """Both legs end well, and the person says that they have arrived."""
    person.after(30, 34)
    guide_says(person, 0, "met")
    gives_word(person, "ok")
    yield
    person.after(6, 8)
    guide_says(person, 0, "done")
    guide_says(person, 1, "met")
    yield
    person.after(6, 10)
    guide_says(person, 1, "done")
    gives_word(person, "arrived")
    yield


def arrives(person: Person) -> Turns:
    """The planner confirms it, and with that leaves the case."""
    person.after(1, 8)
    passage.arrive(desk=person.desk_of(Seat.PLANNING), cover=person.cover)
    yield


def halted(person: Person) -> Turns:
    """Two signed that they may go, and a planner stops it: they stay inside for now."""
    yield from may_go(person)
    yield from legs_given(person)
    person.after(2, 20)
    planner = person.desk_of(Seat.PLANNING)
    passage.halt(desk=planner, cover=person.cover, reason="danger")
    passage.stay_inside(desk=planner, cover=person.cover, reason="danger")
    yield


def says_no(person: Person) -> Turns:
    """The person says no to their plan, and stays inside."""
    yield from planned(person)
    yield from says(person, yes=False)
    person.after(2, 20)
    passage.stay_inside(desk=person.desk_of(Seat.PLANNING), cover=person.cover, reason="their_wish")
    yield
