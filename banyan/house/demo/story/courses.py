"""The course for each word of the plan."""

from collections.abc import Callable

from banyan.house.demo.people import Person, Turns
from banyan.house.demo.story import intake as told
from banyan.house.demo.story import now, whole


def course_of(person: Person) -> Turns:
    """The course that the plan has for this person."""
    return COURSES[person.contact.course](person)


COURSES: dict[str, Callable[[Person], Turns]] = {
    "enquiry": told.enquiry,
    "set-aside": told.set_aside,
    "inside": told.inside,
    "waiting": told.waiting,
    "out": whole.out,
    "ended": whole.ended,
    "case": told.opens_case,
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
    "to-find": now.to_find,
    "to-compare": now.to_compare,
    "to-decide": now.to_decide,
    "to-sign": now.to_sign,
    "to-accept": now.to_accept,
    "overdue": now.overdue,
    "without-bed": now.without_bed,
    "to-confirm": now.to_confirm,
    "to-enter": now.to_enter,
    "to-approve": now.to_approve,
    "to-pay": now.to_pay,
}
