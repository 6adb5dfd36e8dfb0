"""The codes of shelter and what they are called in the language of the page; a row; what a house is called."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.house import House
from banyan.desks.shelter.rules import Stands
from banyan.language.numerals import to_burmese_digits
from banyan.language.pack import load_pack, named

NEEDS = {
    "medical": _("Medical care"), "children": _("Care for children"), "pregnancy": _("Care in pregnancy"),
    "disability": _("Help with a disability"), "trauma": _("Help after violence"), "documents": _("Papers"),
    "language": _("An interpreter"), "legal": _("Legal advice"),
}  # fmt: skip
STAGES = {
    "intake": _("Intake"), "waiting": _("Waiting inside"), "screening": _("Screening"), "declined": _("Declined"),
    "passage": _("Passage"), "reception": _("Reception"), "support": _("Support"),
    "reintegration": _("Reintegration"), "follow-up": _("Follow-up"), "referred": _("Referred"),
    "withdrawn": _("Withdrawn"), "closed": _("Closed"),
}  # fmt: skip
FIELDS = {
    "label": _("What you call it"), "region": _("Where, roughly"), "beds": _("Beds"),
    "step_free": _("Can be entered without steps"), "keeper": _("Keeper"), "open": _("Takes people in now"),
    "words": _("Notes for shelter"), "adults": _("Adults"), "children": _("Children"), "needs": _("Needs"),
}  # fmt: skip
STANDS = {
    Stands.UNKNOWN: (_("Not visible"), "quiet", _("stands in a house that this desk cannot see")),
    Stands.UNSENT: (_("Unfinished"), "alarm", _("is written here, and the house has not heard of it")),
    Stands.ASKED: (_("Asked"), "sky", _("waits for the keeper")),
    Stands.CONFIRMED: (_("Confirmed"), "leaf", _("is confirmed: beds are ready")),
    Stands.REFUSED: (_("Refused"), "sun", _("was refused: there is no room")),
    Stands.FREED: (_("Unfinished"), "alarm", _("has no beds in the house any more, and nothing here says why")),
    Stands.HELD: (_("Unfinished"), "alarm", _("has ended, and the house still keeps the beds")),
    Stands.ENDED: (_("Ended"), "quiet", _("has ended")),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row as the part `row` takes it."""

    need: int
    reference: str
    what: str
    detail: str
    tag: str
    tone: str
    action: str
    url: str
    main: bool = False


def number(count: int) -> str:
    """A count in the digits of the page's language."""
    return to_burmese_digits(count) if (get_language() or "").startswith("my") else str(count)


def moment(milliseconds: int) -> datetime:
    """A moment of the documents as pages take it."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def people(count: int) -> str:
    """How many they are."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}


def needs_of(codes: object) -> str:
    """Coarse needs, named."""
    return ", ".join(str(NEEDS.get(one, one)) for one in codes) if isinstance(codes, tuple) else ""


def region(code: object) -> str:
    """A region's name; an unknown code as it stands."""
    return named(load_pack().house_regions, str(code), get_language() or "en")


def name_of(house: House | None) -> str:
    """What a house is called; all that it is called, where two named it at once."""
    register = house.fields.get("label") if house else None
    return " / ".join(str(one) for one in register.values) if register else ""


def free_of(house: House) -> str:
    """How many beds are free."""
    free = house.free
    if free is None:
        return gettext("two numbers of beds at once")
    if free < 0:
        return ngettext("%(count)s bed too few", "%(count)s beds too few", -free) % {"count": number(-free)}
    return (
        ngettext("%(count)s bed free", "%(count)s beds free", free) % {"count": number(free)}
        if free
        else gettext("full")
    )
