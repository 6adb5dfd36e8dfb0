"""What every desk says alike: a row, who somebody is among the members, and what has not arrived or does not fit."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from banyan.desks.frame.codes import number
from banyan.folders.history import COUNTERSIGN, History
from banyan.folders.membership import Roster


@dataclass(frozen=True)
class Line:
    """A row as the part `row` takes it; the lighter its weight, the higher it stands."""

    reference: str
    what: str
    url: str
    action: str
    tag: str = ""
    tone: str = "quiet"
    detail: str = ""
    main: bool = False
    weight: int = 0


def who(roster: Roster, me: bytes, *members: bytes) -> str:
    """Pseudonyms in the order of the alphabet, with "you" for this member."""
    known = roster.members
    names = (
        gettext("you") if one == me else known[one].name if one in known else gettext("somebody unknown")
        for one in members
    )
    return ", ".join(sorted(names))


def more(count: int) -> str:
    """How many stand on another page; or nothing."""
    said = ngettext("%(count)s more needs you.", "%(count)s more need you.", count)
    return said % {"count": number(count)} if count else ""


@dataclass(frozen=True)
class Arrival:
    """What has not arrived, was refused, or does not fit: counts to be named on a page. `not_allowed` are entries that
    the rules of a case did not allow, `unreadable` those that this program does not know.
    """

    missing: int = 0
    refused: int = 0
    two_histories: int = 0
    late: int = 0
    not_allowed: int = 0
    unreadable: int = 0


def arrival(*histories: History | None, not_allowed: int = 0, unreadable: int = 0) -> Arrival:
    """What is wrong or still to come in these folders, taken together."""
    there = [history for history in histories if history]
    return Arrival(
        missing=sum(one.missing + one.waiting for one in there), refused=sum(len(one.faults) for one in there),
        two_histories=sum(len(one.doubled) for one in there), not_allowed=not_allowed, unreadable=unreadable,
        late=sum(not told.counts and told.opened.kind != COUNTERSIGN for one in there for told in one.told),
    )  # fmt: skip


def notices(found: Arrival) -> list[tuple[str, str]]:
    """What is wrong or still to come, as notices: a tone and a sentence."""
    sentences = (
        ("sun", found.missing, ngettext(
            "%(count)s entry has not arrived yet. What you see may not be all.",
            "%(count)s entries have not arrived yet. What you see may not be all.", found.missing)),
        ("alarm", found.refused, ngettext(
            "%(count)s item was refused, for it did not hold. Tell your office.",
            "%(count)s items were refused, for they did not hold. Tell your office.", found.refused)),
        ("alarm", found.two_histories, ngettext(
            "Somebody wrote two histories here. Trust neither until you have spoken. Tell your office.",
            "Somebody wrote two histories here %(count)s times. Trust neither until you have spoken."
            " Tell your office.", found.two_histories)),
        ("sun", found.late, ngettext(
            "%(count)s entry came late and has no effect.",
            "%(count)s entries came late and have no effect.", found.late)),
        ("sun", found.not_allowed, ngettext(
            "%(count)s entry has no effect: the rules of a case did not allow it.",
            "%(count)s entries have no effect: the rules of a case did not allow them.", found.not_allowed)),
        ("sun", found.unreadable, ngettext(
            "%(count)s entry could not be read by this program.",
            "%(count)s entries could not be read by this program.", found.unreadable)),
    )  # fmt: skip
    return [(tone, said % {"count": number(count)}) for tone, count, said in sentences if count]


def warnings(*histories: History | None, not_allowed: int = 0) -> list[tuple[str, str]]:
    """What is wrong or still to come in these folders, as notices."""
    return notices(arrival(*histories, not_allowed=not_allowed))
