"""Times as a person says them, to stand beside the exact ones."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def span(length: timedelta) -> str:
    """A length of time in its largest whole unit: minutes, hours or days. At least one minute."""
    if length >= 2 * DAY:
        return ngettext("%(n)d day", "%(n)d days", length // DAY) % {"n": length // DAY}
    if length >= HOUR:
        return ngettext("%(n)d hour", "%(n)d hours", length // HOUR) % {"n": length // HOUR}
    minutes = max(1, length // MINUTE)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def exact(moment: datetime) -> str:
    """The day and minute in the current time zone: "Tuesday 9 March 2027, 09:00"."""
    return date_format(localtime(moment), _("l j F Y, H:i"))


def ago(moment: datetime, now: datetime) -> str:
    """How long ago it was; the exact time after a week, or when it is still to come."""
    if moment > now + MINUTE or now - moment > 7 * DAY:
        return exact(moment)
    if now - moment < MINUTE:
        return _("just now")
    return _("%(span)s ago") % {"span": span(now - moment)}


def until(moment: datetime, now: datetime) -> str:
    """How much time is left, or how late it is."""
    if moment < now:
        return _("%(span)s late") % {"span": span(now - moment)}
    return _("due in %(span)s") % {"span": span(moment - now)}
