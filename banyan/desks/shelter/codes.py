"""The codes of shelter and what they are called in the language of the page, and what a house is called."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.house import House
from banyan.desks.frame import language, number
from banyan.desks.shelter.rules import Stands
from banyan.language.pack import load_pack, named

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


def people(count: int) -> str:
    """How many they are."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}


def region(code: object) -> str:
    """A region's name; an unknown code as it stands."""
    return named(load_pack().house_regions, str(code), language())


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
