"""The codes of screening and what they are called in the language of the page."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banyan.desks.frame import Choices, language
from banyan.language.criteria import Criteria, Criterion
from banyan.language.pack import PackFault, load_pack, named, pairs

ANSWERS = {"met": _("Yes"), "not_met": _("No"), "unknown": _("Not known")}
VERDICTS = {"eligible": _("The programme is for them"), "not_eligible": _("The programme is not for them")}
ACTS = {"admit": _("Admit"), "decline": _("Decline")}
KEPT = {"returned": _("Given back"), "destroyed": _("Destroyed"), "sealed": _("Kept sealed elsewhere")}
SCRIPTS = {
    "burmese": _("Burmese script"), "latin": _("roman letters"), "mixed": _("two scripts"),
    "other": _("another script"), "none": "",
}  # fmt: skip
FIELDS = {
    "given": _("Names as given"),
    "burmese": _("In Burmese script"),
    "romanised": _("In roman letters"),
    "birth_year": _("Year of birth"),
    "service_number": _("Service number"),
}


def asked_in(version: int | None = None) -> Criteria | None:
    """The criteria of a version, or those in force; None where this desk's pack does not have it."""
    try:
        return load_pack().criteria(version)
    except PackFault:
        return None


def evidence_of(criterion: Criterion) -> Choices:
    """The kinds of evidence that may speak for a criterion."""
    kinds = [kind for kind in load_pack().evidence_kinds if kind.code in criterion.evidence]
    return [("", _("Choose what it rests on")), *pairs(kinds, language())]


def evidence_kinds() -> Choices:
    """All kinds of evidence that can be looked at."""
    return list(pairs(load_pack().evidence_kinds, language()))


def forces() -> Choices:
    """The forces of the pack."""
    return [("", _("Not known")), *pairs(load_pack().forces, language())]


def rank_bands() -> Choices:
    """The bands of ranks."""
    return [("", _("Not known")), *pairs(load_pack().rank_bands, language())]


def reasons() -> Choices:
    """Why somebody is not admitted."""
    return list(pairs(load_pack().decline_reasons, language()))


def evidence(code: str) -> str:
    """What a kind of evidence is called."""
    return named(load_pack().evidence_kinds, code, language())


def force(code: str) -> str:
    """What a force is called; a word where it is not known."""
    return named(load_pack().forces, code, language()) if code else gettext("Not known")


def rank_band(code: str) -> str:
    """What a rank band is called; a word where it is not known."""
    return named(load_pack().rank_bands, code, language()) if code else gettext("Not known")


def reason(code: str) -> str:
    """What a reason to decline is called."""
    return named(load_pack().decline_reasons, code, language())
