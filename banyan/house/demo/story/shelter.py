"""Shelter: a placement begins before they come, a house is asked, its keeper confirms, they are there."""

from datetime import timedelta

from banyan.cases.desk import Desk
from banyan.cases.folders.house import House
from banyan.desks.passage import actions as passage
from banyan.desks.shelter import actions as shelter
from banyan.desks.shelter import lists
from banyan.doors.front import actions as front
from banyan.folders.seats import Seat
from banyan.house.demo import letters
from banyan.house.demo.people import Person, Turns

BEDS, HOUSEHOLDS = 60, 24  # of one house; who comes later is asked for in a new one


def expected(person: Person) -> Turns:
    """Shelter begins to look for a place, and the planner says when they come."""
    person.after(1, 8)
    desk = person.desk_of(Seat.SHELTER)
    person.knows(shelter.begin(desk=desk, cover=person.cover))
    yield
    person.after(1, 4)
    due = int((person.at + timedelta(hours=36)).timestamp() * 1000)
    passage.expect(desk=person.desk_of(Seat.PLANNING), cover=person.cover, due=due, region="TH")
    yield


def asks_bed(person: Person) -> Turns:
    """Beds are asked for in a house."""
    person.after(1, 6)
    desk = person.desk_of(Seat.SHELTER)
    house = _house(person, desk)
    person.bed = house, shelter.ask(desk=desk, cover=person.cover, shelter=house, people=person.people)
    yield


def confirms(person: Person) -> Turns:
    """The keeper, who is the other one, has room."""
    person.after(1, 8)
    keeper = person.desk_of(Seat.SHELTER, 1)
    folder, key = person.bed
    shelter.confirm(desk=keeper, folder=folder, key=key)
    yield


def moves_in(person: Person) -> Turns:
    """They are told that a bed is ready, read it, and come."""
    desk, language = person.desk_of(Seat.SHELTER), person.contact.language
    shelter.write_bed_letter(
        desk=desk, cover=person.cover, text=letters.letter("bed", language), language=language
    )
    yield
    person.after(1, 5)
    front.mark_opened(visit=person.visit, letter=person.letter("bed").name)
    person.after(1, 8)
    shelter.they_are_here(desk=person.desk_of(Seat.SHELTER), cover=person.cover)
    yield


def housed(person: Person) -> Turns:
    """From the question to the bed."""
    yield from asks_bed(person)
    yield from confirms(person)
    yield from moves_in(person)


def reintegrated(person: Person) -> Turns:
    """They learn, work and find their feet."""
    person.after(24 * 20, 24 * 60)
    shelter.go_on(desk=person.desk_of(Seat.SHELTER), cover=person.cover, to="reintegration")
    yield


def followed_up(person: Person) -> Turns:
    """They have a place of their own, their beds are free again, and somebody asks from time to time."""
    person.after(24 * 20, 24 * 60)
    desk = person.desk_of(Seat.SHELTER)
    shelter.leave(desk=desk, cover=person.cover, why="own_place")
    shelter.go_on(desk=desk, cover=person.cover, to="follow-up")
    yield


def _house(person: Person, desk: Desk) -> bytes:
    """The newest house of this member of shelter, or a new one where it has had its share."""
    houses, me = person.scene.houses, desk.keys.id
    if me in houses:
        folder = houses[me]
        person.scene.bring(desk, [folder])
        state = desk.state(folder, House)
        if state is not None and len(state.requests) < HOUSEHOLDS and _room(state) >= person.people:
            person.knows(folder)
            return folder
    number = len(lists.houses(desk)) + 1
    houses[me] = shelter.found_house(
        desk=desk, label=f"{letters.HOUSES[number % len(letters.HOUSES)]} {person.contact.number}", region="TH",
        beds=BEDS, step_free=number % 2 == 0, keeper=person.other_of(Seat.SHELTER, me), open=True, words="",
    )  # fmt: skip
    person.knows(houses[me])
    return houses[me]


def _room(house: House) -> int:
    """Beds that nobody asked for yet."""
    asked = sum(one.people for key, (_, one) in house.requests.items() if house.state(key) == "asked")
    return (house.free or 0) - asked
