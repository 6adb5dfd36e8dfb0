"""How a worker's answer looks on the pipe: a mark, one byte for what it is, eight for the length, the copy."""

from __future__ import annotations

from banyan.cleaning.kinds import BEGINNINGS
from banyan.cleaning.limits import LARGEST_COPY

MARK = b"BNYC"
HEAD = len(MARK) + 1 + 8
REASONS = ("broken", "too_large", "too_many_pixels", "no_sandbox")
ANSWERS = (*REASONS, *BEGINNINGS)


def frame(answer: str, copy: bytes = b"") -> bytes:
    """A reason or a media type, and the copy with the latter."""
    return MARK + bytes([ANSWERS.index(answer)]) + len(copy).to_bytes(8, "big") + copy


def why_or_copy(said: bytes) -> tuple[str, str, bytes]:
    """`why`, the media type and the copy. What is not exactly one whole frame is `broken`."""
    number, copy = said[len(MARK) : len(MARK) + 1], said[HEAD:]
    length = int.from_bytes(said[len(MARK) + 1 : HEAD], "big")
    whole = said.startswith(MARK) and len(said) >= HEAD and number[0] < len(ANSWERS) and length == len(copy)
    if not whole or length > LARGEST_COPY:
        return "broken", "", b""
    answer = ANSWERS[number[0]]
    return (answer, "", b"") if answer in REASONS else ("", answer, copy)
