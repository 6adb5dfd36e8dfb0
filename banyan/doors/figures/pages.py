"""The pages of the public figures: function views that read the roster and show what two members signed."""

import csv
import io
from typing import Any

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banyan.cases.asked import DoorRequest
from banyan.doors.figures import rules
from banyan.folders.membership import Publication
from banyan.folders.published import MEASURES, Measure, Row
from banyan.language import counts
from banyan.language.pack import label, load_pack


@require_safe
def figures(request: DoorRequest) -> HttpResponse:
    """All figures in sum by quarter, and the newest publication whole."""
    found = _published(request)
    if not found:
        return render(request, "public_figures/none.html")
    drawn = [_drawn(found, measure) for measure in MEASURES]
    earlier = [(one.act.serial, counts.number_words(one.act.serial)) for one in reversed(found[:-1])]
    page = {**_shown(found[-1]), "drawn": drawn, "earlier": earlier}
    return render(request, "public_figures/figures.html", page)


@require_safe
def publication(request: DoorRequest, serial: int) -> HttpResponse:
    """One publication whole."""
    found = next((one for one in _published(request) if one.act.serial == serial), None)
    if found is None:
        raise Http404
    return render(request, "public_figures/publication.html", _shown(found))


@require_safe
def as_csv(request: DoorRequest) -> HttpResponse:
    """Every group that was ever published, as a table of codes."""
    text = io.StringIO()
    csv.writer(text).writerows([rules.HEAD, *rules.as_lines(_published(request))])
    return _download(text.getvalue().encode(), "text/csv; charset=utf-8", "figures.csv")


@require_safe
def as_json(request: DoorRequest) -> HttpResponse:
    """The same as JSON, with the names of the codes in this language."""
    pack, language = load_pack(), get_language() or "en"
    names = {choice.code: label(choice, language) for choice in (*pack.forces, *pack.rank_bands)}
    record = {"publications": rules.as_record(_published(request)), "names": names}
    return _download(msgspec.json.format(msgspec.json.encode(record)), "application/json", "figures.json")


def _download(body: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _published(request: DoorRequest) -> tuple[Publication, ...]:
    return request.door.roster.publications


def _shown(one: Publication) -> dict[str, Any]:
    """A publication for the template: its groups in words by measure and quarters."""
    measures = [(counts.measure(measure), _groups(rules.rows_of([one], measure))) for measure in MEASURES]
    return {
        "serial": counts.number_words(one.act.serial), "day": counts.day(rules.day_of(one)),
        "through": counts.until(one.act.through),
        "held_back": one.act.held_back, "measures": [(name, groups) for name, groups in measures if groups],
    }  # fmt: skip


def _groups(rows: list[Row]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Groups by their quarters, in words."""
    return [
        (
            counts.quarters(quarters),
            [(counts.forces(row.forces), counts.bands(row.bands), counts.people(row.count)) for row in found],
        )
        for quarters, found in rules.by_quarters(rows)
    ]


def _drawn(found: tuple[Publication, ...], measure: Measure) -> dict[str, Any]:
    bars = rules.bars(found, measure)
    drawn = [(counts.short_quarter(quarter), count) for quarter, count in bars.quarters]
    if bars.before:
        drawn.insert(0, (_("Before"), bars.before))
    if bars.several:
        drawn.append((_("Several quarters together"), bars.several))
    name, note = counts.measure(measure), ""
    if bars.quarters:
        first, last = (counts.short_quarter(bars.quarters[at][0]) for at in (0, -1))
        note = _("By quarter, %(first)s to %(last)s:") % {"first": first, "last": last}
    return {
        "name": name,
        "total": counts.people(bars.total),
        "bars": drawn,
        "note": note,
        "series": [_("Quarter"), _("People")],
    }
