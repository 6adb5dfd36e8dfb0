"""The criteria of eligibility: what screeners ask of themselves about a person, as the pack words it.

Data only: nothing here decides. A finding names the version of the criteria that it answered, so that it can
be read years later by the questions that were put; old versions stay in the pack.
"""

from typing import Literal

import msgspec

from banyan.language.choices import Choice, PackFault, check_choices

Answer = Literal["met", "not_met", "unknown"]
Rule = Literal["must", "stop", "against", "flag"]


class Criterion(Choice, frozen=True, kw_only=True):
    """One question (`en`, `my`), why it is asked, and the kinds of evidence that may speak for it.

    `rule` says what an answer means: "must" - an admission needs it met; "stop" - the same, and where it is
    not met screening stops at once and the person is referred (to child protection); "against" - where it is
    not met it speaks against admission, unknown may stand; "flag" - neither for nor against: met means that
    somebody else is asked to help.
    """

    rule: Rule
    why_en: str
    why_my: str
    evidence: tuple[str, ...]


class Criteria(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The criteria of one version, in the order in which they are asked, and what is never asked."""

    version: int
    items: tuple[Criterion, ...]
    never_asked: tuple[Choice, ...]

    def item(self, code: str) -> Criterion | None:
        """The criterion of that code, or nothing."""
        return next((item for item in self.items if item.code == code), None)


def why(criterion: Criterion, language_code: str) -> str:
    """Why a criterion is asked, in a language: Burmese for "my" and its variants, else English."""
    return criterion.why_my if language_code.split("-")[0] == "my" else criterion.why_en


def check_criteria(criteria: Criteria, evidence_kinds: frozenset[str], place: str) -> None:
    """What types can't say: codes once, reasons given, known kinds of evidence. Raises `PackFault`."""
    check_choices(criteria.items, f"{place}: items", short=True)
    check_choices(criteria.never_asked, f"{place}: never_asked", short=True)
    for item in criteria.items:
        if not (item.why_en.strip() and item.why_my.strip()):
            raise PackFault(f"{place}: items: {item.code} does not say why it is asked")
        unknown = set(item.evidence) - evidence_kinds
        if unknown or not item.evidence:
            named = ", ".join(sorted(unknown)) or "none at all"
            raise PackFault(f"{place}: items: {item.code} names no known kind of evidence: {named}")
    if not any(item.rule == "must" for item in criteria.items):
        raise PackFault(f"{place}: items: nothing must be met")
