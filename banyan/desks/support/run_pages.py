"""The pages of support about many households at once: entering a month, a run and its approval."""

import secrets

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from banyan.cases.asked import DeskRequest
from banyan.cases.casework import NotYet
from banyan.cases.desk import Desk
from banyan.desks import frame
from banyan.desks.frame import slug_of
from banyan.desks.support import actions, codes, forms, lists, rules, run_words, showing, words
from banyan.desks.support.rules import Entry, Offer, Run
from banyan.desks.support.showing import only
from banyan.folders.seats import Seat
from banyan.language import times
from banyan.language.pack import load_pack

# Entering a month


@only(Seat.ENTERING)
def choose(request: DeskRequest) -> HttpResponse:
    """Which month to enter."""
    form = forms.MonthForm(request.POST or None, initial={"month": times.month_of(request.desk.clock())})
    if request.method == "POST" and form.is_valid():
        return redirect("support:enter", form.cleaned_data["month"])
    return showing.show(request, "choose", "choose", form=form)


@only(Seat.ENTERING)
def enter(request: DeskRequest, month: str) -> HttpResponse:
    """All households of a month: look, say the rates, tick, enter."""
    desk = request.desk
    if month > rules.next_month(times.month_of(desk.clock())):
        raise Http404
    offers = lists.offers(desk, month)
    do, posted = request.POST.get("do", ""), request.POST if request.method == "POST" else None
    form = _run_form(request, offers, posted if do in ("show", "enter") else None)
    if do in ("all", "none"):
        ticks = [slug for slug in form.ticks if do == "all"]
        form.initial = {**request.POST.dict(), "tick": ticks}
    elif do in ("show", "enter") and form.is_valid():
        if do == "enter" and form.was_seen(request.POST.get("worked", "")):
            return _enter_some(request, month, offers, form)
        return _run_page(request, month, offers, form, worked=form.worked, seen=do == "show")
    return _run_page(request, month, offers, form)


def _run_form(request: DeskRequest, offers: list[Offer], posted: object) -> forms.RunForm:
    ticks = {slug_of(one.household.case.folder): one.paid_in for one in offers if one.may}
    clear = [slug_of(one.household.case.folder) for one in offers if one.may and not one.snags]
    return forms.RunForm(
        posted, currencies=sorted(set(ticks.values())), base=load_pack().entitlements().currency, ticks=ticks,
        today=localtime(request.desk.clock()).date(), initial={"tick": clear},
    )  # fmt: skip


def _run_page(
    request: DeskRequest,
    month: str,
    offers: list[Offer],
    form: forms.RunForm,
    *,
    worked: str = "",
    seen: bool = True,
) -> HttpResponse:
    """The households of a month; amounts in other currencies once the rates hold."""
    ticked, rows, chosen = form.ticked(), [], list[tuple[str, int]]()
    for one in offers:
        row = words.offered(one, form.base)
        rate = form.rates.get(one.paid_in)
        much = one.total if one.may and one.paid_in == form.base else None
        if rate and one.may and not form.errors:
            much = actions.worth(one, form.base, rate)
        row |= {
            "ticked": row["slug"] in ticked,
            "due": codes.amount(much, one.paid_in) if much is not None else "",
        }
        row["paid_in_words"] = codes.currency(one.paid_in) if one.paid_in else ""
        if row["ticked"] and one.may and much is not None:
            chosen.append((one.paid_in, much))
        rows.append(row)
    due, over = [row for row in rows if not row["nothing_due"]], [row for row in rows if row["nothing_due"]]
    ready = bool(form.ticks) and (not form.currencies or (form.is_bound and not form.errors))
    return showing.show(
        request, "enter", "choose", form=form, month=month, title=_enter_title(month, rows), ready=ready,
        due=due, nothing_due=over, without=frame.number(len(over)),
        totals=[codes.amount(much, code) for code, much in rules.totals(chosen).items()], worked=worked, seen=seen,
        run=request.POST.get("run") or secrets.token_hex(16), count=frame.number(len(ticked & set(form.ticks))),
        rates_wanted=bool(form.currencies),
    )  # fmt: skip


def _enter_title(month: str, rows: list[dict[str, object]]) -> str:
    left = sum(bool(row["may"]) for row in rows)
    if not left:
        return _("%(month)s: nobody is left to enter") % {"month": codes.month(month)}
    said = ngettext(
        "%(month)s: one household can be entered", "%(month)s: %(count)s households can be entered", left
    )
    return said % {"month": codes.month(month), "count": frame.number(left)}


def _enter_some(request: DeskRequest, month: str, offers: list[Offer], form: forms.RunForm) -> HttpResponse:
    """Enter for a moment, and show how far it is; the page goes on with what is left."""
    covers = {slug_of(one.household.case.folder): one.household.case for one in offers}
    chosen, run = [covers[slug].folder for slug in form.cleaned_data["tick"]], _run_id(request)
    batch = actions.enter_run(desk=request.desk, run=run, month=month, covers=chosen, rates=form.rates)
    done = _count(request, "done") + batch.entered
    if not batch.left and not batch.refused:
        return redirect("support:run", run[:8].hex())
    references = {case.folder: case.reference for case in covers.values()}
    return showing.show(
        request, "entered", "choose", month=month, run=run.hex(), run_slug=run[:8].hex(), done=done,
        total=done + len(batch.left) + len(batch.refused), worked=form.worked,
        left=[slug_of(cover) for cover in batch.left],
        title=_("%(month)s: being entered") % {"month": codes.month(month)},
        refused=[(references[cover], why) for cover, why in batch.refused],
        typed=[(field.html_name, field.value()) for field in form.rate_fields()],
    )  # fmt: skip


def _run_id(request: DeskRequest) -> bytes:
    try:
        run = bytes.fromhex(request.POST.get("run", ""))
    except ValueError:
        run = b""
    return run if len(run) == 16 else secrets.token_bytes(16)


def _count(request: DeskRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


# Runs


@require_safe
@only(Seat.ENTERING, Seat.APPROVING)
def runs(request: DeskRequest) -> HttpResponse:
    """The runs of the last twelve months, the newest first, and what was paid month by month."""
    return _runs(request, lists.runs(request.desk))


@require_safe
@only(Seat.ENTERING, Seat.APPROVING)
def all_runs(request: DeskRequest) -> HttpResponse:
    """All runs that ever were."""
    return _runs(request, lists.all_runs(request.desk), everything=True)


def _runs(request: DeskRequest, found: list[Run], *, everything: bool = False) -> HttpResponse:
    rows = [
        (run_words.page_of_run(run), codes.month(run.month), run_words.payments_in(run), codes.amounts(run.totals()),
            [(codes.said(codes.STATES, state), frame.number(many)) for state, many in run_words.states_in(run)])
        for run in found
    ]  # fmt: skip
    title = run_words.runs_title(len(rows))
    return showing.show(
        request, "runs", "runs", rows=rows, title=title, everything=everything, **_months(found)
    )


def _months(found: list[Run]) -> dict[str, object]:
    """The chart of the months: what was entered, and what of it was handed over, by the rules' currency."""
    base = load_pack().entitlements().currency
    bars = run_words.by_month(found, base)[-lists.A_YEAR :]
    return {
        "bars": bars,
        "series": (_("Month"), _("Entered"), _("Handed over")),
        "base": codes.currency(base),
    }


@require_safe
@only(Seat.ENTERING, Seat.APPROVING)
def run(request: DeskRequest, slug: str) -> HttpResponse:
    """One run: its totals, and its payments; who approves ticks them here."""
    return _one_run(request, slug)


@require_POST
@only(Seat.APPROVING)
def approve_run(request: DeskRequest, slug: str) -> HttpResponse:
    """Approve all that is ticked, each for the payer who was entered and sits on the case."""
    desk, one = request.desk, _run_or_404(request, slug)
    ticked, refused, done = set(request.POST.getlist("tick")), [], 0
    if request.POST.get("do") in ("all", "none"):
        return _one_run(request, slug, tick=request.POST["do"] == "all")
    for entry in run_words.waiting_in(one, desk.keys.id):
        payment = entry.payment
        if payment.name[:8].hex() not in ticked:
            continue
        try:
            _approve_with_others(desk, entry)
            done += 1
        except NotYet as not_yet:
            refused.append((entry.household.case.reference, str(not_yet)))
    if done and not refused:
        return redirect("support:run", slug)
    return _one_run(request, slug, refused=refused, nobody=not ticked)


def _approve_with_others(desk: Desk, entry: Entry) -> None:
    """What stands out is not approved here, whatever the browser ticked."""
    payment = entry.payment
    if not rules.may_approve(run_words.doubts_of(entry)):
        raise NotYet(_("Something stands out here. Look at it alone before you approve it."))
    actions.approve(
        desk=desk, cover=entry.household.case.folder, payment=payment.name, payer=payment.entered.payer
    )


def _run_or_404(request: DeskRequest, slug: str) -> Run:
    """One of the last twelve months; else whichever it is, which takes longer."""
    for read in (lists.runs, lists.all_runs):
        found = next((one for one in read(request.desk) if one.ident[:8].hex() == slug), None)
        if found is not None:
            return found
    raise Http404


def _one_run(
    request: DeskRequest, slug: str, *, tick: bool | None = None, refused: list[tuple[str, str]] | None = None,
    nobody: bool = False,
) -> HttpResponse:  # fmt: skip
    desk, one = request.desk, _run_or_404(request, slug)
    waits = run_words.waiting_in(one, desk.keys.id) if lists.seat_of(desk) is Seat.APPROVING else []
    to_approve, names = [], {entry.payment.name for entry in waits}
    for entry in waits:
        doubts = run_words.doubts_of(entry)
        to_approve.append(showing.payment_line(desk, entry.household, entry.payment) | {
            "snags": words.snags(doubts), "may": rules.may_approve(doubts),
            "ticked": tick or (tick is None and not doubts),
            "people": words.people(entry.household.number("adults"), entry.household.number("children")),
            "last": run_words.last_before(entry),
            "page": words.page_of_payment(entry.household, entry.payment, "approve"),
            "stop": words.page_of_payment(entry.household, entry.payment, "stop"),
        })  # fmt: skip
    rest = [entry for entry in one.entries if entry.payment.name not in names]
    return showing.show(
        request, "run", "runs", slug=slug, to_approve=to_approve, refused=refused or [], nobody=nobody,
        title=_("%(month)s: %(count)s") % {"month": codes.month(one.month), "count": run_words.payments_in(one)},
        rest=[showing.payment_line(desk, entry.household, entry.payment) for entry in rest],
        totals=[(codes.currency(code), codes.amount(much, code)) for code, much in one.totals().items()],
        states=run_words.table_of_states(one),
        waiting=[codes.amount(much, code) for code, much in rules.totals(
            (entry.payment.entered.currency, entry.payment.entered.due) for entry in waits).items()],
        **_months(lists.runs(desk)),
    )  # fmt: skip
