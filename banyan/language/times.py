"""Times as a person says them, in the language that is active.

Pure functions of the moment and of now, both aware; a naive one raises `ValueError`. Counts are whole and
rounded down, so that "2 hours late" is never said before two hours have passed.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from banyan.language.numerals import to_burmese_digits

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
MONTHS = (
    gettext_lazy("January"),
    gettext_lazy("February"),
    gettext_lazy("March"),
    gettext_lazy("April"),
    gettext_lazy("May"),
    gettext_lazy("June"),
    gettext_lazy("July"),
    gettext_lazy("August"),
    gettext_lazy("September"),
    gettext_lazy("October"),
    gettext_lazy("November"),
    gettext_lazy("December"),
)
QUARTERS = (
    gettext_lazy("first quarter of %(year)s"),
    gettext_lazy("second quarter of %(year)s"),
    gettext_lazy("third quarter of %(year)s"),
    gettext_lazy("fourth quarter of %(year)s"),
)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


def ago(moment: datetime, now: datetime) -> str:
    """How long past a moment is: "just now", "22 minutes ago", "3 days ago"; after a week its day.

    A moment that is still to come is said as its day; one of the next minute is "just now".
    """
    passed = _between(moment, now)
    if passed > WEEK or passed < -MINUTE:
        return exact(moment, now)
    if passed < MINUTE:
        return gettext("just now")
    if passed < HOUR:
        return _counted(
            ngettext("%(count)s minute ago", "%(count)s minutes ago", passed // MINUTE), passed // MINUTE
        )
    if passed < DAY:
        return _counted(ngettext("%(count)s hour ago", "%(count)s hours ago", passed // HOUR), passed // HOUR)
    return _counted(ngettext("%(count)s day ago", "%(count)s days ago", passed.days), passed.days)


def due(moment: datetime, now: datetime) -> str:
    """How a due moment stands: "due in 38 minutes", "due now", "2 hours late"."""
    left = _between(now, moment)
    if left <= -MINUTE:
        return _late(-left)
    if left < MINUTE:
        return gettext("due now")
    if left < HOUR:
        return _counted(
            ngettext("due in %(count)s minute", "due in %(count)s minutes", left // MINUTE), left // MINUTE
        )
    if left < DAY:
        return _counted(
            ngettext("due in %(count)s hour", "due in %(count)s hours", left // HOUR), left // HOUR
        )
    return _counted(ngettext("due in %(count)s day", "due in %(count)s days", left.days), left.days)


def is_late(moment: datetime, now: datetime) -> bool:
    """Whether a due moment is at least a minute past."""
    return _between(moment, now) >= MINUTE


def exact(moment: datetime, now: datetime | None = None, *, zone: str | None = None) -> str:
    """The moment on the clock of a zone: "Tuesday 9 March, 09:00"; with the year where it is not now's.

    Without a zone it is the one that is set: the pack's.
    """
    there = ZoneInfo(zone) if zone else get_current_timezone()
    local = _aware(moment).astimezone(there)
    this_year = now is not None and _aware(now).astimezone(there).year == local.year
    said = (
        gettext("%(weekday)s %(day)s %(month)s, %(clock)s")
        if this_year
        else gettext("%(weekday)s %(day)s %(month)s %(year)s, %(clock)s")
    )
    filled = said % {
        "weekday": WEEKDAYS[local.weekday()],
        "day": local.day,
        "month": MONTHS[local.month - 1],
        "year": local.year,
        "clock": f"{local:%H:%M}",
    }
    return _in_own_digits(filled)


def day(of: date) -> str:
    """A day: "Thursday 5 March 2026"."""
    filled = gettext("%(weekday)s %(day)s %(month)s %(year)s") % {
        "weekday": WEEKDAYS[of.weekday()],
        "day": of.day,
        "month": MONTHS[of.month - 1],
        "year": of.year,
    }
    return _in_own_digits(filled)


def month(code: str) -> str:
    """A month by its code: "2026-03" is "March 2026". Raises `ValueError` for what is no month."""
    year, number = _parts(_MONTH, code, "month")
    return _in_own_digits(gettext("%(month)s %(year)s") % {"month": MONTHS[number - 1], "year": year})


def quarter(code: str) -> str:
    """A quarter by its code: "2026-Q1" is "first quarter of 2026". Raises `ValueError` for what is none."""
    year, number = _parts(_QUARTER, code, "quarter")
    return _in_own_digits(str(QUARTERS[number - 1]) % {"year": year})


def quarter_of(month_code: str) -> str:
    """The code of the quarter of a month: "2026-03" is in "2026-Q1"."""
    year, number = _parts(_MONTH, month_code, "month")
    return f"{year}-Q{(number + 2) // 3}"


def month_of(moment: datetime, *, zone: str | None = None) -> str:
    """The code of the month of a moment on the clock of a zone: "2026-03"."""
    there = ZoneInfo(zone) if zone else get_current_timezone()
    return f"{_aware(moment).astimezone(there):%Y-%m}"


def _parts(pattern: re.Pattern[str], code: str, what: str) -> tuple[str, int]:
    found = pattern.fullmatch(code)
    if found is None:
        raise ValueError(f"this is no {what}")
    return found[1], int(found[2])


def _late(by: timedelta) -> str:
    if by < HOUR:
        return _counted(
            ngettext("%(count)s minute late", "%(count)s minutes late", by // MINUTE), by // MINUTE
        )
    if by < DAY:
        return _counted(ngettext("%(count)s hour late", "%(count)s hours late", by // HOUR), by // HOUR)
    return _counted(ngettext("%(count)s day late", "%(count)s days late", by.days), by.days)


def _counted(sentence: str, count: int) -> str:
    return sentence % {"count": to_burmese_digits(count) if _is_burmese() else count}


def _in_own_digits(text: str) -> str:
    return to_burmese_digits(text) if _is_burmese() else text


def _is_burmese() -> bool:
    return (get_language() or "").split("-")[0] == "my"


def _between(start: datetime, end: datetime) -> timedelta:
    return _aware(end) - _aware(start)


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment needs its time zone")
    return moment
