"""What the pages of support say of a run: rows, titles, tables, the months. Nothing here decides."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from banyan.desks import frame
from banyan.desks.frame import Line
from banyan.desks.support import codes, rules
from banyan.desks.support.rules import ALARMS, Entry, Run, Snag
from banyan.desks.support.words import in_order, row
from banyan.language.pack import load_pack


def approving(found: Sequence[Run], me: bytes) -> list[Line]:
    """What who approves has to see to: each run that holds something to approve, those with exceptions first."""
    rows = []
    for run in found:
        waits = waiting_in(run, me)
        odd = [entry for entry in waits if doubts_of(entry)]
        if not waits:
            continue
        said = ngettext("%(count)s payment waits", "%(count)s payments wait", len(waits))
        tag = _("To approve")
        if odd:
            stands_out = ngettext("%(count)s exception", "%(count)s exceptions", len(odd))
            tag = stands_out % {"count": frame.number(len(odd))}
        alarm = any(snag in ALARMS for entry in odd for snag in doubts_of(entry))
        weight, tone = (0, "alarm") if alarm else (1, "sun") if odd else (2, "sky")
        what, sums = said % {"count": frame.number(len(waits))}, codes.amounts(run.totals("entered"))
        rows.append(
            row(
                weight, codes.month(run.month), what, page_of_run(run), _("Look and approve"), tag, tone, sums
            )
        )
    return in_order(rows)


def page_of_run(run: Run) -> str:
    """The address of a run."""
    return reverse("support:run", args=[run.ident[:8].hex()])


def waiting_in(run: Run, me: bytes) -> list[Entry]:
    """What of a run waits for this member's approval, those with doubts first."""
    found = [entry for entry in run.entries if entry.payment.state == "entered" and entry.payment.by != me]
    return sorted(found, key=lambda entry: (not doubts_of(entry), entry.household.case.reference))


def doubts_of(entry: Entry) -> tuple[Snag, ...]:
    """What stands out before a payment is approved."""
    in_force = load_pack().entitlements()
    version = entry.household.number("version")
    fitting = load_pack().entitlements(version) if version and version <= in_force.version else in_force
    return rules.doubts(entry.household, entry.payment, fitting)


def payments_in(run: Run) -> str:
    """How many payments a run has."""
    many = len(run.entries)
    return ngettext("%(count)s payment", "%(count)s payments", many) % {"count": frame.number(many)}


def states_in(run: Run) -> list[tuple[str, int]]:
    """How many payments of a run are how far."""
    states = [entry.payment.state for entry in run.entries]
    return [(state, states.count(state)) for state in codes.STATES if state in states]


def table_of_states(run: Run) -> list[tuple[str, str, str, str]]:
    """A run by state and currency: state, currency, how many, how much."""
    found = run.by_state()
    order = list(codes.STATES)
    return [
        (codes.said(codes.STATES, state), codes.currency(code), frame.number(many), codes.amount(much, code))
        for (state, code), (many, much) in sorted(
            found.items(), key=lambda one: (order.index(one[0][0]), one[0][1])
        )
    ]


def runs_title(count: int) -> str:
    """How many runs there are, in a sentence."""
    if not count:
        return _("Nothing has been entered yet")
    return ngettext("One run so far", "%(count)s runs so far", count) % {"count": frame.number(count)}


def by_month(runs: Iterable[Run], currency: str) -> list[tuple[str, int, int]]:
    """For each month what was entered and what was handed over, in whole units of the rules' currency."""
    known, found = load_pack().currency(currency), dict[str, list[int]]()
    one = 10**known.minor_units if known else 1
    for run in runs:
        sums = found.setdefault(run.month, [0, 0])
        for entry in run.entries:
            total = sum(line.amount for line in entry.payment.entered.lines)
            if entry.payment.state != "stopped" and entry.payment.entered.rules_currency == currency:
                sums[0] += total
                sums[1] += total if entry.payment.paid_at is not None else 0
    return [
        (codes.month(month), first // one, second // one) for month, (first, second) in sorted(found.items())
    ]


def last_before(entry: Entry) -> str:
    """The household's last payment before this one, in a few words."""
    earlier = [
        payment for payment in entry.household.payments
        if payment.entered.month < entry.payment.entered.month and payment.state != "stopped"
    ]  # fmt: skip
    if not earlier:
        return _("no payment before")
    last = earlier[0]
    return _("%(month)s: %(amount)s, %(state)s") % {
        "month": codes.month(last.entered.month), "amount": codes.amount(last.entered.due, last.entered.currency),
        "state": codes.said(codes.STATES, last.state),
    }  # fmt: skip
