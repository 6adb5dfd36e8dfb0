"""Letters of other desks as the person meets them: which wait, what was said to them, when word is due.

Pure: without a request, a database or a key. At first a person sees only by whom a letter is; its text is a
further step, for a code may be forced out of somebody at a gate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from banyan.cases.deadlines import HOUR
from banyan.cases.folders.conversation import Conversation, Letter, LetterKind
from banyan.cases.visit import Opened

LINES = {
    "names": _("Those who check ask you something"),
    "question": _("Those who check ask you something"),
    "way": _("Those who plan your way ask you something"),
    "word": _("Those who plan your way wait for your word"),
    "bed": _("Those who find a bed wrote to you"),
    "money": _("Those who see to the money wrote to you"),
}
# Of these only the newest holds: a yes to an old plan must not become a yes to the new one.
ONE_HOLDS: frozenset[LetterKind] = frozenset({"way", "word"})
ANSWERED_BY_OPENING: frozenset[LetterKind] = frozenset({"bed"})
WORDS = ("ok", "not_ok", "arrived")


@dataclass(frozen=True)
class Waiting:
    """A letter that waits: its name and its line; `new` where the person has something to do, `due` and `missed`
    where word is expected.
    """

    name: str
    line: str
    new: bool
    due: int | None = None
    missed: bool = False


def find(letters: Sequence[Opened], name: str) -> Opened | None:
    """The person's own letter of this name (hex), or None for any other text."""
    return next((one for one in letters if one.name.hex() == name), None)


def holds(letters: Sequence[Opened], one: Opened) -> bool:
    """Whether no newer letter stands in its place."""
    return one.kind not in ONE_HOLDS or [each for each in letters if each.kind == one.kind][-1] == one


def waiting(letters: Sequence[Opened], conversation: Conversation, now: int) -> list[Waiting]:
    """What waits for the person, the oldest first; word on the way stands until they have arrived."""
    found = []
    for one in letters:
        if one.kind == "word":
            due = next_word(one.letter, conversation)
            if holds(letters, one) and (due is not None or one.name not in conversation.opened):
                late = due is not None and due < now
                new = late or one.name not in conversation.opened
                found.append(Waiting(one.name.hex(), str(LINES[one.kind]), new, due, late))
        elif holds(letters, one) and not is_done(one, conversation):
            found.append(Waiting(one.name.hex(), str(LINES[one.kind]), new=True))
    return found


def is_done(one: Opened, conversation: Conversation) -> bool:
    """Whether nothing is left to do with a letter: it was answered, or opened where it asks for nothing."""
    if one.kind in ANSWERED_BY_OPENING or not takes(one):
        return one.name in conversation.opened
    return said_to(one, conversation) is not None


def said_to(one: Opened, conversation: Conversation) -> str | None:
    """What the person last said to a letter ("" where only those who asked know it), or None."""
    said = [answer.said for _time, answer in conversation.answered if answer.letter == one.name]
    return said[-1] if said else None


def takes(one: Opened) -> bool:
    """Whether an answer to this letter can reach anybody."""
    return one.slot is not None and (one.kind != "money" or one.letter.payment is not None)


def last_yes_or_no(conversation: Conversation) -> str:
    """What the person last said to any plan, or nothing."""
    said = [answer.said for _time, answer in conversation.answered if answer.said in ("yes", "no")]
    return said[-1] if said else ""


def last_word(conversation: Conversation) -> tuple[int, str] | None:
    """When the person last gave word on the way, and how they were."""
    words = [(time, answer.said) for time, answer in conversation.answered if answer.said in WORDS]
    return words[-1] if words else None


def next_word(letter: Letter, conversation: Conversation) -> int | None:
    """When the next word is due (milliseconds), as those who plan reckon it; None where none is, or after arrival."""
    last = last_word(conversation)
    if letter.due is None or (last and last[1] == "arrived"):
        return None
    if last is None or letter.due > last[0]:
        return letter.due
    step = letter.every_hours * HOUR
    return letter.due + ((last[0] - letter.due) // step + 1) * step if step else None


def unopened(letters: Sequence[Opened], conversation: Conversation) -> int:
    """How many letters there are that this person's keys do not open, or that nobody may have written."""
    return len(conversation.letters) - len(letters)
