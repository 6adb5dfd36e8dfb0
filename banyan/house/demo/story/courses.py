"""The course for each word of the plan."""

from collections.abc import Callable

from banyan.house.demo.people import Person, Turns
from banyan.house.demo.story import intake as told


def course_of(person: Person) -> Turns:
    """The course that the plan has for this person."""
    return COURSES[person.contact.course](person)


COURSES: dict[str, Callable[[Person], Turns]] = {
    "enquiry": told.enquiry,
    "set-aside": told.set_aside,
    "inside": told.inside,
    "case": told.case,
    "danger": told.waits,
    "danger-late": told.waits,
    "late": told.waits,
    "new": told.waits,
    "put-off": told.put_off,
    "check-in": told.check_in,
    "silent": told.silent,
    "not-ok": told.not_ok,
    "consent": told.agrees,
    "asked": told.asked,
    "young": told.young,
}
