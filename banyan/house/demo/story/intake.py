"""Contact and intake: somebody writes, is answered, and goes on as an enquiry, waiting inside, or with a case."""

from banyan.cases.casework import case_of
from banyan.cases.folders.cover import Need
from banyan.cases.stages import Stage
from banyan.desks.intake import actions as intake
from banyan.desks.intake import case_actions as cases
from banyan.house.demo import texts
from banyan.house.demo.people import HOUR, Person, Turns
from banyan.house.demo.plan import COUNTED

WITH_A_PICTURE = ("late", "danger-late")


def writes(person: Person) -> None:
    """The first message; of those in the past a few are in danger."""
    in_danger = not person.contact.recent and person.random.random() < 0.08
    text = texts.first_message(person.contact.language, person.random, danger=in_danger)
    person.first(text, danger=in_danger)


def enquiry(person: Person) -> Turns:
    """One question, answered with advice."""
    writes(person)
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


def set_aside(person: Person) -> Turns:
    """Plainly junk, which nobody answers."""
    person.scene.clock.set(person.at)
    person.sends(texts.junk(person.contact.language, person.random))
    yield
    person.after(1, 30)
    intake.set_aside(desk=person.desk, folder=person.folder)


def talks(person: Person) -> Turns:
    """They write, are answered, come back and write again."""
    writes(person)
    yield
    person.answered(0.5, 20)
    yield
    person.after(4, 30)
    person.reads()
    person.says_more()
    yield


def inside(person: Person) -> Turns:
    """Still serving and in touch: check-ins are agreed, kept, and later ended."""
    yield from talks(person)
    person.answered(0.5, 8)
    person.calms()
    agree(person, days=3)
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


def agree(person: Person, days: int) -> None:
    """Intake agrees a check-in with them, and again every so many days."""
    due = person.scene.clock.milliseconds + days * 24 * HOUR
    intake.agree_check_in(desk=person.desk, folder=person.folder, next_due=due, every_hours=24 * days)


def agrees(person: Person) -> Turns:
    """They talk, intake asks, and they agree to be served."""
    yield from asked(person)
    person.after(3, 20)
    person.reads()
    person.consents("service", given=True)
    person.consents("figures", given=person.happens(COUNTED))
    yield


def asked(person: Person) -> Turns:
    """They talk, and intake asks them to agree."""
    yield from talks(person)
    person.answered(0.5, 6)
    person.calms()
    intake.ask_consent(desk=person.desk, folder=person.folder, purposes=("service", "figures"))
    yield


def opens_case(person: Person) -> Turns:
    """They agree, and a case is opened."""
    yield from agrees(person)
    person.after(0.5, 10)
    family = person.contact.concern == "family"
    children = person.random.randint(0, 3) if family else 0
    needs: list[Need] = ["children"] if children else []
    needs += person.random.sample(["medical", "trauma", "documents", "legal"], person.random.randint(0, 2))
    adults = 2 if family else 1
    cover = intake.open_case(
        desk=person.desk, folder=person.folder, adults=adults, children=children, needs=tuple(needs)
    )
    person.knows(cover)
    person.people = adults + children
    person.answered_now()
    yield


def waiting(person: Person) -> Turns:
    """They have a case and wait inside: check-ins are agreed, kept, and later ended."""
    yield from opens_case(person)
    person.after(1, 20)
    cases.go_on(desk=person.desk, folder=person.cover, stage=Stage.WAITING.value)
    agree(person, days=3)
    yield
    person.after(60, 71)
    person.checks_in("ok")
    yield
    person.after(24 * 20, 24 * 90)
    intake.end_check_ins(desk=person.desk, folder=person.folder)
    yield


def closed(person: Person, reason: str) -> Turns:
    """Two of intake close the case."""
    person.after(24, 24 * 20)
    cases.propose(desk=person.desk, folder=person.cover, act="close", reason=reason)
    yield
    person.after(2, 40)
    other = person.other_reader
    (waits,) = case_of(other, person.cover).waiting(other.now)
    cases.second(desk=other, folder=person.cover, name=waits.name)
    yield


def withdraws(person: Person, reason: str) -> Turns:
    """They do not want to go on, and intake says so."""
    person.after(10, 24 * 9)
    person.says_more()
    yield
    person.answered(1, 20)
    cases.withdraw(desk=person.desk, folder=person.cover, reason=reason, said=True)
    yield


# Those who write around now


def waits(person: Person) -> Turns:
    """No answer yet."""
    danger = person.contact.course.startswith("danger")
    person.first(texts.first_message(person.contact.language, person.random, danger=danger), danger=danger)
    if person.contact.course in WITH_A_PICTURE:
        person.sends_picture()
    yield


def put_off(person: Person) -> Turns:
    """Intake puts the first answer off to the day after tomorrow."""
    writes(person)
    yield
    person.ago(20)
    until = int(person.now.timestamp() * 1000) + 48 * HOUR
    intake.put_off(desk=person.desk, folder=person.folder, until=until)


def check_in(person: Person) -> Turns:
    """Check-ins are kept; the next is due within three days."""
    yield from talks(person)
    person.ago(person.random.uniform(75, 90))
    person.answered_now()
    agree(person, days=3)
    yield
    person.ago(person.random.uniform(10, 40))
    person.reads()
    person.checks_in("ok")
    yield


def silent(person: Person) -> Turns:
    """A check-in is overdue."""
    yield from talks(person)
    person.ago(person.random.uniform(60, 72))
    person.answered_now()
    agree(person, days=2)
    yield


def not_ok(person: Person) -> Turns:
    """Check-ins were kept, and now they are not well."""
    yield from check_in(person)
    person.ago(3)
    person.checks_in("not_ok")
    yield


def young(person: Person) -> Turns:
    """They are asked to agree, and are under 18."""
    yield from asked(person)
    person.ago(8)
    person.reads()
    person.is_under_age()
    yield
