"""What the pages of figures say: groups in words, what was joined and held back and why. Nothing here decides."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.desks.figures.joining import Coarse
from banyan.desks.figures.past import One
from banyan.desks.figures.rules import Prepared
from banyan.folders.acts import Pending, Why
from banyan.folders.membership import Publication, Roster
from banyan.folders.published import MEASURES, Row
from banyan.language import counts

EVENTS: dict[str, str | Promise] = {
    "asked": _("Asked for help"), "waiting": _("Waits inside"), "admitted": _("Admitted"), "declined": _("Declined"),
    "arrived": _("Came out"), "settled": _("Settled"), "closed": _("Closed"), "withdrawn": _("Withdrew"),
    "uncounted": _("Not to be counted any more"),
}  # fmt: skip
WHY: dict[Why, str | Promise] = {
    Why.NOT_A_MEMBER: _("You are not an active member now, so you cannot sign."),
    Why.NOT_OFFICE: _("Only members of figures, of the office or of oversight propose this."),
    Why.FORKED: _("The roster shows two histories. The office mends that first; nothing else holds before."),
    Why.WAITS_ALREADY: _(
        "Figures wait for a signature already. Nothing more is proposed before they are signed."
    ),
    Why.NOT_NEXT: _("Other figures were published meanwhile. Look at the table again."),
}
COARSE: dict[Coarse, str | Promise] = {
    Coarse.FORCES: _("Of those who came out, ranks are left out: with them somebody could be worked out."),
    Coarse.QUARTERS: _(
        "Of those who came out, forces and ranks are left out: with them somebody could be worked out."
    ),
    Coarse.NOTHING: _(
        "Those who came out are left out this time: from their number somebody could be worked out."
    ),
}


def title(prepared: Prepared | None, waits: Pending | None) -> str:
    """The state of the figures in a sentence."""
    if waits is not None:
        return gettext("Figures wait for a signature")
    return (
        gettext("New figures can be published") if prepared else gettext("Nothing new can be published yet")
    )


def sums(rows: Sequence[Row]) -> str:
    """How many people a publication counts."""
    said = {measure: sum(row.count for row in rows if row.measure == measure) for measure in MEASURES}
    return gettext("%(asked)s asked for help, %(arrived)s came out.") % {
        name: counts.number_words(count) for name, count in said.items()
    }


def joined(rows: Iterable[Row]) -> list[str]:
    """What was joined, and why."""
    rows = list(rows)
    found = (
        (_several(row.bands for row in rows), gettext("Ranks stand together where one alone has fewer than ten.")),
        (_several(row.forces for row in rows), gettext("Forces stand together where one alone has fewer than ten.")),
        (_several(row.quarters for row in rows), gettext(
            "Quarters stand together where one alone has fewer than ten, or where we learned of people only later.")),
    )  # fmt: skip
    return [words for there, words in found if there]


def _several(groups: Iterable[Sequence[str]]) -> bool:
    return any(len(codes) > 1 for codes in groups)


def held(prepared: Prepared) -> list[str]:
    """Who is held back, by quarter and measure, for the members who see single people; and why."""
    by = Counter((one.quarter, one.measure) for one in prepared.held)
    lines = [
        gettext("%(quarter)s, %(what)s: %(count)s") % {
            "quarter": counts.quarters([quarter]), "what": counts.measure(measure), "count": counts.number_words(count),
        }
        for (quarter, measure), count in sorted(by.items())
    ]  # fmt: skip
    return [*lines, *([str(COARSE[prepared.coarse])] if prepared.coarse in COARSE else [])]


def not_over(people: Iterable[One], through: str) -> str:
    """How many wait for the end of a quarter."""
    count = sum(one.quarter > through for one in people)
    said = ngettext(
        "%(count)s count is of a quarter that is not over. It waits.",
        "%(count)s counts are of a quarter that is not over. They wait.", count,
    )  # fmt: skip
    return said % {"count": counts.number_words(count)} if count else ""


def publication(one: Publication, roster: Roster) -> dict[str, object]:
    """A publication as an item of the part `timeline`."""
    said = gettext("No. %(serial)s, up to %(quarter)s") % {
        "serial": counts.number_words(one.act.serial), "quarter": counts.until(one.act.through),
    }  # fmt: skip
    names = ", ".join(sorted(roster.members[who].name for who in one.signers if who in roster.members))
    when = datetime.fromtimestamp(one.time, UTC)
    return {"when": when, "title": said, "detail": sums(one.act.rows), "who": names}


def unsigned(count: int) -> str:
    """How many words do not hold."""
    said = ngettext(
        "%(count)s entry is not counted: the signatures it needs are missing or do not hold.",
        "%(count)s entries are not counted: the signatures they need are missing or do not hold.", count,
    )  # fmt: skip
    return said % {"count": counts.number_words(count)} if count else ""


def missing(serials: Sequence[int]) -> str:
    """Whose people are not here."""
    said = gettext(
        "Who was counted in figures no. %(numbers)s has not arrived on this desk, so nobody can be counted. Sync, or "
        "ask your colleague of figures to."
    )
    return said % {"numbers": counts.number_words(", ".join(map(str, serials)))}


def changed() -> str:
    """Something else would be published than what was seen."""
    return gettext("Something arrived meanwhile, so the table has changed. Look at it once more.")


def box_is_open() -> str:
    """A box of this month is open."""
    return gettext("A box of this month is open already.")


def only_figures() -> str:
    """Who may do this."""
    return gettext("Only active members with the seat figures do this.")


def why(reason: Why) -> str:
    """Why figures cannot be proposed."""
    return str(WHY.get(reason, gettext("These figures cannot be published so. Tell your office.")))
