"""What is due when, in milliseconds. Suggested defaults of the field, for a pack to change later."""

HOUR = 3_600_000
FIRST_ANSWER_IN_DANGER = 1 * HOUR
FIRST_ANSWER = 24 * HOUR
ERASE = 72 * HOUR  # two people erase what other desks keep of somebody who asks for it


def answer_due(waiting_since: int | None, *, danger: bool) -> int | None:
    """When an answer is due to somebody who waits since `waiting_since`."""
    if waiting_since is None:
        return None
    return waiting_since + (FIRST_ANSWER_IN_DANGER if danger else FIRST_ANSWER)
