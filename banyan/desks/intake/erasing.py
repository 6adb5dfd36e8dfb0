"""All that the programme keeps of one person, found from their conversation; and the one action that erases it."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from banyan.cases import burials
from banyan.cases.casework import NotYet, in_words, refuse_stranger
from banyan.cases.deadlines import ERASE
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Conversation
from banyan.cases.folders.cover import DOCUMENTS, Case, FindingIn
from banyan.cases.folders.reading import counting
from banyan.cases.stages import Stage
from banyan.desks.intake.rules import SPOKEN
from banyan.folders.acts import Pending
from banyan.folders.roster import BuryReason
from banyan.folders.seats import Seat

PARTS = ("identity", "finding", "passage", "placement", "support")


@dataclass(frozen=True)
class Whole:
    """The folders of one person, their conversation first; how many of each kind. `unknown`: a case of theirs is not on
    this desk, so not all is known. `on_the_way`: somebody may be on the way just now.
    """

    folders: tuple[bytes, ...]
    kinds: dict[str, int]
    unknown: bool
    on_the_way: bool


def whole(desk: Desk, state: Conversation) -> Whole:
    """All that this desk knows of; the legs of a way only planning knows, and an account for a court nobody here."""
    cases = [desk.case(cover) for cover in state.covers.values]
    found = [(state.folder, "conversation"), *((cover, "cover") for cover in state.covers.values)]
    for case in filter(None, cases):
        found += _parts(desk, case)
    kinds = dict(found)
    return Whole(
        tuple(kinds), dict(Counter(kinds.values())), None in cases,
        any(case is not None and Stage.PASSAGE in case.stages for case in cases),
    )  # fmt: skip


def _parts(desk: Desk, case: Case) -> list[tuple[bytes, str]]:
    """The other folders of a case, by who was to found them: also the findings of an earlier round."""
    history = desk.history(case.folder)
    said = counting(history, DOCUMENTS) if history else ()
    findings = {
        document.folder for told, document in said
        if isinstance(document, FindingIn) and (told.opened.author, Seat.SCREENING) in case.seats_
    }  # fmt: skip
    parts = [(slot.folder, kind) for kind, slots in case.parts_.items() for slot in slots]
    return sorted(
        [*parts, *((folder, "finding") for folder in findings)], key=lambda one: PARTS.index(one[1])
    )


def due(state: Conversation) -> int | None:
    """By when two have to sign (milliseconds); None where nobody asked to be erased."""
    return state.erase_asked + ERASE if state.erase_asked is not None else None


def wrote_since(state: Conversation) -> int | None:
    """When the person last said something after they had asked to be erased (milliseconds), or None."""
    asked = state.erase_asked
    later = (
        said.time for said in state.said
        if asked is not None and said.by_person and said.counts and said.kind in (*SPOKEN, "file") and said.time > asked
    )  # fmt: skip
    return max(later, default=None)


def waits(desk: Desk, folder: bytes) -> Pending | None:
    """The erasure that waits for a conversation, or None."""
    return burials.waiting(desk).get(folder)


def erase_all(*, desk: Desk, folder: bytes, reason: BuryReason, sure: bool = False) -> bytes:
    """A reader of a conversation signs first that all that is kept of the person is erased; nothing is, before somebody
    of the office has signed too. `sure`: what the person wrote after asking was read, and they still want it.
    """
    state = desk.conversation(folder)
    if state is None:
        raise NotYet(_("This conversation is not on this desk."))
    with in_words():
        refuse_stranger(desk, folder)
    if reason == "asked" and state.erase_asked is None:
        raise NotYet(_("They did not ask for it at the door. Choose another reason."), "reason")
    if wrote_since(state) is not None and not sure:
        raise NotYet(_("They wrote again after asking. Read it first, and say that you did."), "sure")
    all_of_it = whole(desk, state)
    if all_of_it.unknown:
        raise NotYet(
            _("Their case is not on this desk, so you do not know all of it. Ask who has it to sign first.")
        )
    return burials.propose(desk, all_of_it.folders, reason)
