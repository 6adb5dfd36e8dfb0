"""What is due when, in milliseconds. Suggested defaults of the field, for a pack to change later."""

from collections.abc import Sequence

HOUR = 3_600_000
FIRST_ANSWER_IN_DANGER = 1 * HOUR
FIRST_ANSWER = 24 * HOUR
ERASE = 72 * HOUR  # two people erase what other desks keep of somebody who asks for it


def answer_due(waiting_since: int | None, *, danger: bool) -> int | None:
    """When an answer is due to somebody who waits since `waiting_since`."""
    if waiting_since is None:
        return None
    return waiting_since + (FIRST_ANSWER_IN_DANGER if danger else FIRST_ANSWER)


Agreed = Sequence[tuple[int, int]]  # when somebody gives word next, and then every how many hours; 0 ends it


def word_due(agreed: Agreed, last: int) -> int | None:
    """When the next word is due after one that came at `last`; of two agreements at once by the earlier. None where
    none is agreed.
    """
    standing = [one for one in agreed if one[1]]
    if not standing:
        return None
    due, every = min(standing)
    step = every * HOUR
    return due if due > last else due + ((last - due) // step + 1) * step


def times_missed(agreed: Agreed, due: int | None, now: int) -> int:
    """How many agreed words have not come, the first of them at `due`."""
    if due is None or due >= now:
        return 0
    return 1 + (now - due) // (min(every for _, every in agreed if every) * HOUR)
