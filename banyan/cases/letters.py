"""Letters of other desks as the person opens them: they stand in the conversation, sealed to the person alone."""

from dataclasses import dataclass

from banyan.cases.folders.conversation import Conversation, ForPerson, Letter, LetterKind
from banyan.folders.epoch import Slot
from banyan.folders.membership import Roster, Standing
from banyan.folders.seats import Seat
from banyan.sealing import boxes
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import read
from banyan.sealing.keys import Keys

# Whose letter counts as what: a planner asks for no names, and a screener promises no money.
WRITES: dict[LetterKind, frozenset[Seat]] = {
    "names": frozenset({Seat.SCREENING}),
    "question": frozenset({Seat.SCREENING}),
    "way": frozenset({Seat.PLANNING}),
    "word": frozenset({Seat.PLANNING}),
    "bed": frozenset({Seat.SHELTER}),
    "money": frozenset({Seat.ENTERING, Seat.PAYING}),
}


class NoSuchLetter(Exception):
    """The person has no such letter."""


@dataclass(frozen=True)
class Opened:
    """A letter of another desk, opened: the name of its entry, when and by whom (a member's id), what it says, and the
    slot for an answer.
    """

    name: bytes
    time: int
    author: bytes
    kind: LetterKind
    letter: Letter
    slot: Slot | None


def open_letters(
    state: Conversation | None, keys: Keys, roster: Roster, known: dict[bytes, Letter | None]
) -> list[Opened]:
    """The letters that these keys open, the oldest first; what `known` holds is not opened again. Passed over are those
    that do not open, those of a kind that is not for their author to write, and what the person had not read before its
    author was removed or frozen: a letter has no place in time, and whoever has left may say a way that leads astray.
    """
    found = []
    for name, time, author, one in state.letters if state else ():
        if name not in known:
            known[name] = _open(keys, roster, author, one)
        letter, member = known[name], roster.members.get(author)
        if letter is not None and member and (member.active or _read(state, name)):
            slot = None if _read_by_removed(roster, letter) else one.slot
            found.append(Opened(name, time, author, one.kind, letter, slot))
    return sorted(found, key=lambda one: (one.time, one.name))


def _read_by_removed(roster: Roster, letter: Letter) -> bool:
    """Whether somebody who was removed could open an answer: its slot is of an epoch that they hold."""
    members = roster.members
    return any(ident in members and members[ident].standing is Standing.REMOVED for ident in letter.readers)


def _read(state: Conversation | None, letter: bytes) -> bool:
    """Whether the person opened or answered a letter."""
    return state is not None and (
        letter in state.opened or any(one.letter == letter for _, one in state.answered)
    )


def _open(keys: Keys, roster: Roster, author: bytes, one: ForPerson) -> Letter | None:
    member = roster.members.get(author)
    if member is None or not WRITES[one.kind] & member.as_ever.seats:
        return None
    try:
        return read(boxes.open_drop(keys, one.sealed), Letter)
    except SealingFault:
        return None
