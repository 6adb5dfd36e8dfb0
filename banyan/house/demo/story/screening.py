"""Screening: intake asks for it, two look at it without seeing one another, and two sign."""

from typing import get_args

from banyan.cases import casework
from banyan.cases.folders.finding import Answer, Criterion, Verdict
from banyan.desks.intake import case_actions as cases
from banyan.desks.screening import actions as screening
from banyan.doors.front import actions as front
from banyan.folders.seats import Seat
from banyan.house.demo import letters
from banyan.house.demo.people import Person, Turns, nonce
from banyan.house.demo.plan import DISAGREE
from banyan.language.names import read_name
from banyan.language.pack import load_pack

MET, NOT_MET, _UNKNOWN = get_args(Answer)


def asked_for(person: Person) -> Turns:
    """Two screeners and a deciding officer come to the case."""
    person.after(2, 40)
    members = person.scene.cast.members
    first, second = (member.id.hex() for member in members(Seat.SCREENING)[:2])
    officer = members(Seat.DECIDING)[0].id.hex()
    cases.ask_screening(desk=person.desk, folder=person.cover, screeners=(first, second), deciding=officer)
    yield


def named(person: Person) -> Turns:
    """A screener asks how they are called, they tell it to the screeners alone, and it is noted."""
    yield from asks_name(person)
    person.after(4, 40)
    given = letters.name(person.contact.language, person.random)
    letter = person.letter("names")
    front.tell(visit=person.visit, nonce=nonce(), letter=letter, name=read_name(given), words="")
    yield
    person.after(1, 20)
    desk = person.desk_of(Seat.SCREENING)
    screening.note_person(
        desk=desk, cover=person.cover, given=given, birth_year=person.random.randint(1972, 2001)
    )
    kind = person.random.choice(load_pack().evidence_kinds).code
    screening.saw_evidence(desk=desk, cover=person.cover, kind=kind, kept="returned")
    yield


def asks_name(person: Person) -> Turns:
    """The first letter of a screener, which founds the identity."""
    person.after(2, 30)
    desk, language = person.desk_of(Seat.SCREENING), person.contact.language
    text = letters.letter("names", language)
    screening.ask(desk=desk, cover=person.cover, kind="names", text=text, language=language)
    person.part(desk, "identity")
    yield


def finds(person: Person, which: int, verdict: Verdict) -> Turns:
    """One of the two writes a finding."""
    person.after(3, 40)
    desk, one = person.desk_of(Seat.SCREENING, which), person.contact
    fails = "own_will" if verdict == "not_eligible" else ""
    criteria = load_pack().criteria()
    answers = tuple(
        Criterion(item.code, NOT_MET if item.code == fails or item.rule == "flag" else MET, item.evidence[0])
        for item in criteria.items
    )
    screening.write_finding(
        desk=desk, cover=person.cover, answers=answers, verdict=verdict, force=one.force, rank_band=one.band
    )
    person.knows(casework.case_of(desk, person.cover).findings[desk.keys.id].folder)
    yield


def opened(person: Person, which: int) -> Turns:
    """Both are in, and one is opened to the other."""
    person.after(1, 15)
    screening.open_finding(desk=person.desk_of(Seat.SCREENING, which), cover=person.cover)
    yield


def compared(person: Person, first: Verdict, second: Verdict) -> Turns:
    """Both find, and each opens theirs."""
    yield from named(person)
    for which, verdict in enumerate((first, second)):
        yield from finds(person, which, verdict)
    for which in range(2):
        yield from opened(person, which)


def signed(person: Person, act: str, first: tuple[Seat, int], second: tuple[Seat, int], reason: str) -> Turns:
    """Two sign what was found; with the second signature the case moves on."""
    person.after(2, 20)
    screening.propose(desk=person.desk_of(*first), cover=person.cover, act=act, reason=reason)
    yield
    person.after(2, 20)
    desk = person.desk_of(*second)
    case = casework.case_of(desk, person.cover)
    (waiting,) = (one for one in case.waiting(desk.now) if one.statement.act == act)
    screening.sign(desk=desk, cover=person.cover, proposal=waiting.name)
    yield


def admitted(person: Person) -> Turns:
    """Both find them eligible; or they disagree, and the officer admits with one of them."""
    yield from asked_for(person)
    if person.happens(DISAGREE):
        yield from compared(person, "eligible", "not_eligible")
        yield from signed(person, "admit", (Seat.DECIDING, 0), (Seat.SCREENING, 0), "")
    else:
        yield from compared(person, "eligible", "eligible")
        yield from signed(person, "admit", (Seat.SCREENING, 0), (Seat.SCREENING, 1), "")


def declined(person: Person) -> Turns:
    """Both find that they are not eligible, or the officer declines with one of them; intake tells them."""
    yield from asked_for(person)
    if person.happens(DISAGREE):
        yield from compared(person, "eligible", "not_eligible")
        yield from signed(person, "decline", (Seat.DECIDING, 0), (Seat.SCREENING, 1), "not_enough_known")
    else:
        yield from compared(person, "not_eligible", "not_eligible")
        yield from signed(person, "decline", (Seat.SCREENING, 0), (Seat.SCREENING, 1), "criteria_not_met")
    yield from tells_decline(person)


def tells_decline(person: Person) -> Turns:
    """Intake says why, and that they may ask again."""
    person.after(2, 20)
    person.is_told(letters.DECLINED[person.contact.language])
    yield
