"""The codes of passage and what they are called in the language of the page."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banyan.desks.frame import HALTS as HALTS_OF_ALL
from banyan.desks.frame import Choices, exact, language, needs, number, zone
from banyan.language.pack import load_pack, named, pairs

# What a planner may give as a reason; intake has others.
HALTS = {code: HALTS_OF_ALL[code] for code in ("person_no", "danger", "silent", "leg", "plan", "other")}
LEGS = {
    "asked": _("Not accepted yet"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "met": _("They have met"),
    "done": _("Ended well"),
    "trouble": _("In trouble"),
    "off": _("Called off"),
    "": _("Not on this desk"),
}
LEG_TONES = {
    "declined": "sun",
    "trouble": "alarm",
    "off": "quiet",
    "met": "sky",
    "accepted": "leaf",
    "done": "leaf",
}
SAYS = {
    "accepted": _("I accept"),
    "declined": _("I decline"),
    "met": _("We have met"),
    "done": _("We have arrived: my leg is done"),
    "trouble": _("There is trouble"),
}
WORDS = {"ok": _("All is well"), "not_ok": _("Not well"), "arrived": _("They have arrived")}
WORD_TONES = {"ok": "leaf", "not_ok": "alarm", "arrived": "sky"}
PLAN = {
    "threats": _("What threatens them"),
    "stays_behind": _("How many stay behind"),
    "first_step": _("The first step"),
    "if_silent": _("If no word comes"),
    "call_off": _("How to call it off"),
    "region": _("Where they will arrive"),
}
WAY = {
    "meet": _("Where to meet"),
    "end": _("Where it ends"),
    "means": _("How"),
    "starts": _("When it starts"),
    "people": _("How many people"),
    "sign": _("The sign by which you know one another"),
}
EVERY = {
    2: _("every two hours"), 4: _("every four hours"), 6: _("every six hours"), 12: _("every twelve hours"),
    24: _("every day"),
}  # fmt: skip


def threats() -> Choices:
    """What may threaten somebody, from the pack."""
    return list(pairs(load_pack().threats, language()))


def means() -> Choices:
    """How a leg is travelled, from the pack."""
    return list(pairs(load_pack().means_of_travel, language()))


def regions() -> Choices:
    """Where somebody may arrive, as coarse as it is ever said; nothing chosen first."""
    return [("", gettext("Not decided yet")), *pairs(load_pack().house_regions, language())]


def every() -> Choices:
    """How often word comes."""
    return [(str(hours), said) for hours, said in EVERY.items()]


def coded(key: str, value: object) -> str:
    """A field of the plan, of a leg or of the household as the page says it."""
    pack = load_pack()
    if isinstance(value, tuple):
        if key == "needs":
            return needs(value) or gettext("none")
        return ", ".join(named(pack.threats, one, language()) for one in value) or gettext("none")
    if key == "region":
        return named(pack.house_regions, str(value), language())
    if key == "means":
        return named(pack.means_of_travel, str(value), language())
    if isinstance(value, int):
        return exact(value) if key == "starts" else number(value)
    return str(value)


def clock() -> str:
    """By which clock times are typed."""
    return gettext("Times are by the clock of this desk: %(zone)s.") % {"zone": zone()}
