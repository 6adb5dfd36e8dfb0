"""Findings as tables: one by itself, or two side by side with what differs marked. Nothing here decides or writes."""

from collections.abc import Sequence

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext

from banyan.cases.folders.finding import Finding
from banyan.desks import frame
from banyan.desks.screening import codes, rules
from banyan.language.criteria import Criteria
from banyan.language.pack import label

Cells = list[object]


def sheet(findings: Sequence[Finding]) -> list[Cells]:
    """A row for the verdict, each criterion, force, rank, advice and words: what is asked, and each answer."""
    differ = set(rules.differences(_codes(findings), *findings)) if len(findings) == 2 else frozenset[str]()
    rows = [_row(gettext("What was found"), [str(codes.VERDICTS[one.verdict]) for one in findings])]
    names = _names(findings)
    for code in _codes(findings):
        cells = [_answer(one, code) for one in findings]
        rows.append(_row(names.get(code, code), cells, differs=code in differ))
    rows += [
        _row(gettext("Force"), [codes.force(one.force) for one in findings]),
        _row(gettext("Rank"), [codes.rank_band(one.rank_band) for one in findings]),
    ]
    if "legal_advice" not in _codes(findings):
        legal = [gettext("yes") if one.legal_advice else gettext("no") for one in findings]
        rows.append(_row(gettext("Needs a lawyer's advice"), legal))
    said = [linebreaksbr(one.words) if one.words else "–" for one in findings]
    return [*rows, _row(gettext("In a few words"), said, differs=False)]


def _row(name: str, cells: Sequence[str], differs: bool | None = None) -> Cells:
    """A row; where two findings differ, a word beside what was asked says so."""
    apart = len(set(cells)) > 1 if differs is None else differs
    if len(cells) != 2 or not apart:
        return [name, *cells]
    return [format_html('{} <span class="tag sun">{}</span>', name, gettext("differs")), *cells]


def _answer(finding: Finding, code: str) -> str:
    one = next((one for one in finding.answers if one.criterion == code), None)
    if one is None:
        return gettext("not asked")
    said = str(codes.ANSWERS[one.answer])
    if not one.evidence:
        return said
    return format_html('{}<br><span class="soft">{}</span>', said, codes.evidence(one.evidence))


def _criteria(findings: Sequence[Finding]) -> list[Criteria]:
    """The criteria by which the findings were made, each version once."""
    versions = dict.fromkeys(one.version for one in findings)
    return [criteria for version in versions if (criteria := codes.asked_in(version))]


def _codes(findings: Sequence[Finding]) -> list[str]:
    asked = [item.code for criteria in _criteria(findings) for item in criteria.items]
    answered = [answer.criterion for one in findings for answer in one.answers]
    given = set(answered)
    return [code for code in dict.fromkeys((*asked, *answered)) if code in given]


def _names(findings: Sequence[Finding]) -> dict[str, str]:
    return {item.code: label(item, frame.language()) for found in _criteria(findings) for item in found.items}
