"""The codes of support and what they are called in the language of the page; months, moments and money as read."""

from datetime import date, datetime

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from banyan.cases.stages import Stage
from banyan.desks.frame import Text, language
from banyan.desks.support.rules import Snag
from banyan.language import times
from banyan.language.entitlements import due_on
from banyan.language.money import format_amount
from banyan.language.pack import label, load_pack, named, pairs

Said = dict[str, Text]
STATES: Said = {
    "entered": _("Waits for approval"),
    "approved": _("Approved, not handed over"),
    "paid": _("Handed over, not confirmed"),
    "received": _("Received"),
    "stopped": _("Stopped"),
}
STATE_TONES = {"entered": "sky", "approved": "sky", "paid": "sun", "received": "leaf", "stopped": "quiet"}
WHYS: Said = {
    "wrong_amount": _("The amount is wrong"),
    "twice": _("It was entered twice"),
    "household_changed": _("The household has changed"),
    "not_entitled": _("They are not entitled this month"),
    "cannot_reach": _("They cannot be reached safely now"),
    "payer": _("Somebody else must hand it over"),
    "other": _("Something else; tell your colleagues"),
}
MEANINGS: dict[Stage, Text] = {
    Stage.SUPPORT: _("They are housed, and their first needs are met month by month."),
    Stage.REINTEGRATION: _("Their first needs are met. Now it is about work, school, papers and neighbours. "
        "The monthly money goes on until its end."),
    Stage.FOLLOW_UP: _("They stand on their own. You hear from them now and then. "
        "The monthly money goes on until its end."),
}  # fmt: skip
SNAGS: dict[Snag, tuple[Text, Text]] = {
    Snag.TWICE: (_("Entered twice"), _("Two payments stand for one month. Stop one of them.")),
    Snag.PAID_AND_STOPPED: (_("Paid and stopped"), _("A payment was handed over while somebody stopped it. Speak "
        "with who pays and who stopped it before you enter the next.")),
    Snag.DOUBTFUL: (_("Doubtful receipt"), _("Somebody said at the door that the money came, with a wrong word. Ask "
        "who pays, and ask the person in a way that is safe.")),
    Snag.STRANGER: (_("No such seat here"), _("Somebody entered, approved or paid this who has no such seat on this "
        "case. Stop it if that is possible, and tell your office.")),
    Snag.TORN: (_("Two answers"), _("The entitlement was changed in two places at once. Look at it and keep it "
        "again.")),
    Snag.STAGE_TORN: (_("Two stages"), _("The case was moved to two stages at once. One must be chosen.")),
    Snag.ALREADY: (_("Entered already"), _("This month is entered already.")),
    Snag.NOT_ENTITLED: (_("No entitlement"), _("What they are entitled to is not written yet.")),
    Snag.ENDED: (_("Ended"), _("Their entitlement ended before this month.")),
    Snag.STAGE: (_("Not in this stage"), _("In this stage of the case no money is due.")),
    Snag.NO_PAYER: (_("No payer"), _("Nobody who pays sits on this case.")),
    Snag.NO_APPROVER: (_("No approver"), _("Nobody who approves sits on this case.")),
    Snag.SHUT_OUT: (_("Cannot read"), _("Somebody who came to the case cannot read its support folder yet. Give it "
        "to them.")),
    Snag.PAYER_GONE: (_("Payer changed"), _("The payer who was entered does not sit on the case now.")),
    Snag.AMOUNT: (_("Amount differs"), _("The amount is not what the rules give for this household today.")),
    Snag.CHANGED: (_("Household changed"), _("The cover of the case says another number of adults or children than "
        "the entitlement.")),
    Snag.MISSED: (_("Month missed"), _("An earlier month was never paid.")),
    Snag.OLD_RULES: (_("Older rules"), _("The programme has newer rules than those of this entitlement.")),
}  # fmt: skip


def said(names: Said, code: str) -> str:
    """What a code is called; one that is not known, as it stands."""
    return str(names.get(code, code))


def amount(minor: int, currency: str) -> str:
    """An amount with its currency, as it is read."""
    return format_amount(minor, currency, language())


def amounts(totals: dict[str, int]) -> str:
    """Amounts in several currencies, one after the other."""
    return " · ".join(amount(minor, currency) for currency, minor in totals.items())


def currency(code: str) -> str:
    """What a currency is called."""
    known = load_pack().currency(code)
    return label(known, language()) if known else code


def rule(code: str) -> str:
    """What a rule of the pack is called, by the newest version that has it."""
    versions = reversed(load_pack().entitlements_versions)
    found = next((item for rules in versions if (item := rules.item(code))), None)
    return label(found, language()) if found else code


def way(code: str) -> str:
    """How the money reaches them."""
    return named(load_pack().payment_methods, code, language())


def ways() -> list[tuple[str, str]]:
    """All ways, for a form."""
    return pairs(load_pack().payment_methods, language())


def currencies() -> list[tuple[str, str]]:
    """All currencies, for a form."""
    return pairs(load_pack().currencies, language())


def close_reasons() -> list[tuple[str, str]]:
    """Why a case may be closed, for a form."""
    return pairs(load_pack().close_reasons, language())


def close_reason(code: str) -> str:
    """Why somebody would close a case."""
    return named(load_pack().close_reasons, code, language())


def month(code: str) -> str:
    """A month as it is read; nothing for none."""
    return times.month(code) if code else ""


def day(code: str) -> str:
    """A day as it is read."""
    return times.day(date.fromisoformat(code))


def due_moment(code: str) -> datetime:
    """The end of the day on which a month's money is due, on the desk's clock."""
    on = due_on(load_pack().entitlements(), code)
    return datetime(on.year, on.month, on.day, 23, 59, tzinfo=get_current_timezone())
