"""What the door decides: pure, without a request, a database or a key."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from banyan.cases.deadlines import HOUR
from banyan.cases.folders.conversation import PURPOSES, Conversation, Read, Said
from banyan.doors.front.codewords import typed_code as typed_code
from banyan.folders.history import History
from banyan.language.names import SURE
from banyan.language.text import from_zawgyi, is_probably_zawgyi, nfc
from banyan.sealing import codes
from banyan.sealing.faults import WrongCode
from banyan.sealing.format import digest

MOST_SIGNS = 10_000
MOST_OWN_SIGNS = 2_000
# So many bytes of what is new are shown at first (some 600 Burmese signs, or 1,800 English), and so many letters: the
# page then has the length of every other answer to words typed at the door. The rest is one step further.
MOST_AT_FIRST = 1_800
MOST_LETTERS_AT_FIRST = 4
_STACKS = "\u1039"
# For so long a page that was lost on the line can be asked for again; then what was read is behind a further step.
SHOWN_AGAIN = HOUR // 6


def carried(code: bytes) -> str:
    """The code as a form carries it from page to page: of one length, whatever the words and their language."""
    return code.hex()


def uncarried(text: str) -> bytes:
    """The code that a form carried. Raises `WrongCode`."""
    return _exactly(text, codes.ENTROPY)


def nonce_of(text: str) -> bytes:
    """The sixteen bytes that make sending twice sending once. Raises `WrongCode` for anything else."""
    return _exactly(text, 16)


def said_anew(nonce: bytes, now: int) -> bytes:
    """The nonce of a check-in: a page kept open since yesterday says today's word, and within an hour sending twice
    is sending once.
    """
    return digest("said anew", nonce, str(now // HOUR).encode())[:16]


def _exactly(text: str, length: int) -> bytes:
    try:
        data = bytes.fromhex(text) if len(text) == 2 * length else b""
    except ValueError as error:
        raise WrongCode("a form carried something else than bytes") from error
    if len(data) != length:
        raise WrongCode("a form carried too few or too many bytes")
    return data


@dataclass(frozen=True)
class News:
    """What a person finds on coming back. `mark_read` where something is there that they have not been shown."""

    fresh: tuple[Said, ...]
    older: tuple[Said, ...]
    mark_read: bool


def news(history: History, conversation: Conversation, now: int) -> News:
    """What is new: by what the person had been shown, never by clocks, for an answer may come late from a desk.

    What was shown in the last ten minutes is shown again: the line may have broken meanwhile. A clock that was put back
    shows nothing again.
    """
    read = [said for said in conversation.said if said.by_person and said.counts and _is_of_all(said)]
    fresh, older, mark = [], [], False
    for said in conversation.messages:
        if not said.counts:
            continue
        shown = [one.time for one in read if history.causal.before(said.name, one.name)]
        if said.by_person or (shown and not 0 <= now - min(shown) <= SHOWN_AGAIN):
            older.append(said)
        else:
            fresh.append(said)
            mark = mark or not shown
    return News(tuple(fresh), tuple(older), mark)


def _is_of_all(said: Said) -> bool:
    return isinstance(said.document, Read) and said.document.letter is None


def begun(texts: Sequence[str], most: int = MOST_AT_FIRST) -> tuple[list[str], bool]:
    """The texts as far as they fit into so many bytes, the last from its beginning; whether anything was left out."""
    shown: list[str] = []
    for text in texts:
        size = len(text.encode())
        if size > most:
            first = _beginning(text, most)
            return ([*shown, first] if first else shown), True
        shown.append(text)
        most -= size
    return shown, False


def _beginning(text: str, most: int) -> str:
    """The beginning of a text that is too long, with dots behind it: to the end of a word, or at least of a syllable.
    Nothing where too little room is left to say anything.
    """
    end = len(text.encode()[:most].decode(errors="ignore"))
    gap = max(
        (place for place in range(end * 2 // 3, end) if text[place].isspace() or text[place] == "။"),
        default=-1,
    )
    if gap >= 0:
        end = gap + 1
    while end and (unicodedata.category(text[end])[0] == "M" or text[end - 1] == _STACKS):
        end -= 1
    return text[:end].rstrip() + " …" if end >= 20 else ""


def thread(conversation: Conversation) -> tuple[Said, ...]:
    """All that was written and counts, oldest first."""
    return tuple(said for said in conversation.messages if said.counts)


def unanswered(conversation: Conversation) -> tuple[str, ...]:
    """The purposes that intake asked about and the person has not answered, in a fixed order."""
    return tuple(p for p in PURPOSES if p in conversation.asked and p not in conversation.consent)


def may_agree(conversation: Conversation, adult: bool | None) -> bool:
    """Only somebody who says that they are 18 or older agrees to anything; a no that they said before stands."""
    return (
        adult is not False
        and (conversation.adult if adult is None else conversation.adult is not False) is True
    )


def answered(conversation: Conversation) -> Sequence[tuple[str, bool]]:
    """What was agreed to and what not, purpose by purpose."""
    return [(p, conversation.agreed(p)) for p in PURPOSES if p in conversation.consent]


def missed_check_in(conversation: Conversation, now: int) -> bool:
    """Whether an agreed check-in has passed without a word."""
    return conversation.next_check_in is not None and conversation.next_check_in < now


def every_hours(conversation: Conversation) -> int:
    """Every how many hours a check-in was agreed; 0 where none stands."""
    standing = [value for value in conversation.agreement.values if value[1]]
    return min(standing)[1] if standing and conversation.next_check_in is not None else 0


def called_off(conversation: Conversation) -> bool:
    """Whether check-ins were agreed and the person called them off."""
    return conversation.called_off and any(every for _, every in conversation.agreement.values)


def as_written(text: str) -> str:
    """A person's own words as they are kept: composed Unicode, read from Zawgyi where it is plainly that; where it may
    be either it stays as it was typed.
    """
    text = text.replace("\r\n", "\n")
    likely = is_probably_zawgyi(text)
    if likely <= 1 - SURE:
        return nfc(text)
    read = from_zawgyi(text)
    return read if likely >= SURE and is_probably_zawgyi(read) <= 1 - SURE else text


def as_kept(text: str) -> tuple[str, str]:
    """A message as it is read, and as it was typed where that is something else than its composed form.

    Zawgyi becomes Unicode, also where it is only the likelier of the two: what was typed stands beside it then.
    """
    text = text.replace("\r\n", "\n")
    likely = is_probably_zawgyi(text)
    if likely <= 1 - SURE:
        return nfc(text), ""
    read = from_zawgyi(text) if likely >= 0.5 else text
    return (read, text) if read != text and len(read) <= 2 * MOST_SIGNS else (text, "")
