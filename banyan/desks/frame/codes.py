"""The codes that every desk says alike, and moments, days and numbers in the language of the page."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from banyan.language import times
from banyan.language.numerals import to_burmese_digits
from banyan.language.pack import load_pack, named

Text = str | Promise
Choices = list[tuple[str, Text]]
LANGUAGES: Choices = [("my", "မြန်မာ"), ("en", "English")]
NEEDS: dict[str, Text] = {
    "medical": _("Medical care"),
    "children": _("Care for children"),
    "pregnancy": _("Care in pregnancy"),
    "disability": _("Help with a disability"),
    "trauma": _("Help after violence"),
    "documents": _("Papers"),
    "language": _("An interpreter"),
    "legal": _("Legal advice"),
}
STAGES: dict[str, Text] = {
    "intake": _("Intake"),
    "waiting": _("Waiting inside"),
    "screening": _("Screening"),
    "declined": _("Declined"),
    "passage": _("Passage"),
    "reception": _("Reception"),
    "support": _("Support"),
    "reintegration": _("Reintegration"),
    "follow-up": _("Follow-up"),
    "referred": _("Referred"),
    "withdrawn": _("Withdrawn"),
    "closed": _("Closed"),
}
ACTS: dict[str, Text] = {
    "admit": _("They are admitted"),
    "decline": _("They are declined"),
    "go": _("The person may set out"),
    "refer": _("They are referred"),
    "close": _("The case is closed"),
    "reopen": _("The case is opened again"),
}
# Why a way was halted, by whichever desk, and why somebody stays inside: every desk reads what another wrote.
HALTS: dict[str, Text] = {
    "person_no": _("The person said no"),
    "danger": _("Somebody is in danger"),
    "silent": _("No word has come"),
    "leg": _("A leg does not hold"),
    "plan": _("The plan must change"),
    "consent": _("They took their consent back"),
    "unsafe": _("The way is not safe"),
    "waiting": _("They wait inside"),
    "other": _("Another reason"),
}
STAYS: dict[str, Text] = {
    "their_wish": _("They wish to stay for now"),
    "family": _("Their family needs them there"),
    "health": _("Their health does not allow it"),
    "danger": _("The way is too dangerous now"),
    "no_way": _("There is no way now"),
    "other": _("Another reason"),
}
NUMBERS = (
    _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine"), _("Ten"),
)  # fmt: skip


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def stages(codes: Iterable[str]) -> str:
    """Where a case stands; of two stages at once both, and one that is not known as it stands."""
    return " / ".join(str(STAGES.get(code, code)) for code in codes)


def needs(codes: object) -> str:
    """Coarse needs by name, or nothing."""
    return ", ".join(str(NEEDS.get(code, code)) for code in codes) if isinstance(codes, tuple) else ""


def halted_for(code: str) -> str:
    """Why a way was halted; one that this program does not know is another reason, and never a code on a page."""
    return str(HALTS.get(code, HALTS["other"]))


def number(count: int | str) -> str:
    """A count in the digits of the page's language."""
    return to_burmese_digits(count) if language().startswith("my") else str(count)


def in_words(count: int) -> str:
    """A count that begins a title: up to ten a word."""
    return str(NUMBERS[count - 1]) if 0 < count <= len(NUMBERS) else number(count)


def moment(milliseconds: int) -> datetime:
    """A moment of the documents as pages take it."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def exact(milliseconds: int, now: datetime | None = None) -> str:
    """The day and minute on the clock of this desk."""
    return times.exact(moment(milliseconds), now)


def next_morning(now: datetime) -> datetime:
    """Nine in the morning of the day after `now`, where `now` is: what a form for a later time starts from."""
    return (now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)


def zone() -> str:
    """The clock by which times are typed."""
    return named(load_pack().zones, get_current_timezone_name(), language())
