"""How much one person may leave at the door before somebody has answered them, and after.

One code must not fill the hub. Nobody is shut out by that: short messages go on to be taken, some each hour, as
signs of life are; only what is long, and files, wait for an answer. Each answer begins it anew. Pure: no store, no
request.
"""

from dataclasses import dataclass

from banyan.cases.deadlines import HOUR
from banyan.cases.folders.conversation import CheckIn, Consent, EraseAsked, Read
from banyan.cases.folders.testimony import Agreed
from banyan.folders.history import History, Told
from banyan.folders.quota import NoRoom
from banyan.sealing.format import Record, read

SHORT = 3_000  # bytes: a thousand signs in Burmese
FEW = 6  # short things an hour, where all else was used up
SIGNS = 40  # check-ins, readings and withdrawals an hour
ANSWERS = frozenset({"message", "consent-asked", "agreement", "case-opened", "for-person", "custody"})
TAKEN_BACK: dict[str, type[Consent] | type[Agreed]] = {"consent": Consent, "agreed": Agreed}
LIGHT = frozenset({"check-in", "read", "erase-asked"})


class TooMuch(NoRoom):
    """This person left so much that more waits for an answer. Nothing of it was kept."""


class TooLong(NoRoom):
    """The hub has room for short messages alone. Nothing of this was kept."""


@dataclass(frozen=True)
class Allowance:
    """How many documents and files somebody may leave."""

    documents: int
    files: int


BEFORE = {"conversation": Allowance(40, 3), "testimony": Allowance(160, 20)}
AFTER = Allowance(400, 20)  # since the last answer


@dataclass(frozen=True)
class SoFar:
    """What somebody left since they were last answered, and in the last hour. Signs of life and withdrawals weigh
    nothing, and are counted apart.
    """

    answered: bool = False
    documents: int = 0
    files: int = 0
    lately: int = 0
    signs: int = 0


def weighs(document: Record) -> bool:
    """Whether a document counts: all but a sign of life, a note of having read, a no, and the wish to be erased."""
    if isinstance(document, Consent | Agreed):
        return document.given
    return not isinstance(document, CheckIn | Read | EraseAsked)


def so_far(history: History | None, now: int) -> SoFar:
    """What the owner of a folder left in it until now (milliseconds)."""
    if history is None:
        return SoFar()
    answers = [one for one in history.told if one.counts and not one.by_owner and one.opened.kind in ANSWERS]
    since = max((min(one.opened.entry.time, now) for one in answers), default=0)
    own = [one for one in history.told if one.by_owner]
    heavy = [
        one for one in own if one.opened.kind != "about" and not _is_light(one)
    ]  # that comes with a message
    new = [one for one in heavy if one.opened.entry.time > since]
    files = sum(one.opened.kind == "file" for one in new)
    return SoFar(
        answered=bool(answers), documents=len(new) - files, files=files,
        lately=sum(_is_late(one, now) for one in heavy),
        signs=sum(_is_late(one, now) for one in own if _is_light(one)),
    )  # fmt: skip


def refuse_more(kind: str, so_far: SoFar, documents: tuple[Record, ...], size: int) -> None:
    """Raise `TooMuch` for documents, of so many bytes together, that go beyond what a folder of this kind may have; for
    none, it is a file.
    """
    allowed = AFTER if so_far.answered else BEFORE.get(kind, AFTER)
    if not documents:
        enough = so_far.files >= allowed.files
    elif not any(weighs(document) for document in documents):
        enough = so_far.signs >= SIGNS
    else:
        used_up = so_far.documents >= allowed.documents
        enough = used_up and (size > SHORT or so_far.lately >= FEW)
    if enough:
        raise TooMuch("this person left much, and more waits for an answer")


def why_not(fault: Exception) -> str:
    """In a word why something was not kept: `much`, `long`, or `now` for whatever may pass."""
    return "much" if isinstance(fault, TooMuch) else "long" if isinstance(fault, TooLong) else "now"


def _is_light(told: Told) -> bool:
    kind = told.opened.kind
    return kind in LIGHT or (
        kind in TAKEN_BACK and not read(told.opened.entry.document, TAKEN_BACK[kind]).given
    )


def _is_late(told: Told, now: int) -> bool:
    return 0 <= now - told.opened.entry.time < HOUR
