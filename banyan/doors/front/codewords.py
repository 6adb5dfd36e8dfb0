"""What somebody typed as their code, from memory or paper: read forgivingly, and what is plainly wrong said kindly.

Pure, and found from the typed text, the public lists and the check digit alone: whether a code opens anything is
never asked here, so that nothing said here helps whoever guesses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from banyan.language.text import from_zawgyi, has_burmese
from banyan.sealing import codes, words
from banyan.sealing.codes import Slip
from banyan.sealing.faults import WrongCode

# So many digits are meant as digits; fewer are the numbers of words.
LEAST_DIGITS = 10
# Signs: eight words of either list, numbered and with whatever stands between, are far fewer. Whoever can post can make
# this be read, so nothing longer is, and of what is read no part that is longer than any word.
MOST_TYPED = 400
_BETWEEN = re.compile(r"[\s,;/·၊။]+")
_NUMBERED = re.compile(r"^[(\[]?[0-9\u1040-\u1049]{1,2}[).\]:]+")
_NUMBER = re.compile(r"[0-9\u1040-\u1049]{1,2}")


@dataclass(frozen=True)
class Typed:
    """What a typed text comes to: a code, or what is wrong with it: how many words or digits there are where that is
    it, words that are in no list, and the whole text with the one slip in it put right.
    """

    code: bytes | None = None
    words: int = 0
    digits: int = 0
    slips: tuple[Slip, ...] = ()
    better: str = ""


def read_code(text: str) -> Typed:
    """What the text comes to: eight words of either language or 28 digits of any script, whatever stands between."""
    if is_too_long(text):
        return Typed(words=len(text.split()))
    digits = codes.digits_in(text)
    if len(digits) >= LEAST_DIGITS:
        try:
            return Typed(codes.from_digits(text), digits=len(digits))
        except WrongCode:
            return Typed(digits=len(digits))
    readings = [_read(parts) for parts in _readings(text)]
    return next((one for one in readings if one.code), min(readings, key=lambda one: len(one.slips)))


def typed_code(text: str) -> bytes:
    """The code that a text says. Raises `WrongCode`."""
    code = read_code(text).code
    if code is None:
        raise WrongCode("neither eight words nor 28 digits")
    return code


def plain_code(text: str) -> bytes | None:
    """The code that a text says as it stands, or None: no reading from Zawgyi, no slip put right. This is asked of
    every post while many wait, by the one thread that sorts them; whoever needs more is read by the page itself.
    """
    if is_too_long(text):
        return None
    try:
        return codes.from_digits(text) if codes.digits_in(text) else codes.from_words(" ".join(_parts(text)))
    except WrongCode:
        return None


def is_too_long(text: str) -> bool:
    """Whether this is longer than any way to write a code."""
    return len(text.strip()) > MOST_TYPED


def tried(text: str, code: bytes) -> tuple[bool, ...]:
    """Which of the eight words, or of the four groups of digits, stand right in their places."""
    if is_too_long(text):
        return (False,) * codes.WORDS
    digits = codes.digits_in(text)
    if len(digits) >= LEAST_DIGITS:
        starts = range(0, codes.DIGITS, codes.GROUP)
        groups = codes.to_digits(code)
        return tuple(digits[at : at + codes.GROUP] == group for at, group in zip(starts, groups, strict=True))
    return max((_placed(parts, code) for parts in _readings(text)), key=sum)


def _placed(parts: list[str], code: bytes) -> tuple[bool, ...]:
    spelt = [codes.to_words(code, language) for language in codes.LANGUAGES]
    parts = [*parts, *[""] * codes.WORDS][: codes.WORDS]
    return tuple(
        len(part) <= words.LONGEST and words.normalise(part) in _folded(spelt, place)
        for place, part in enumerate(parts)
    )


def _folded(spelt: list[tuple[str, ...]], place: int) -> set[str]:
    return {words.normalise(one[place]) for one in spelt}


def _readings(text: str) -> Iterator[list[str]]:
    """The words of a text as it is, and as it reads from Zawgyi."""
    yield _parts(text)
    if has_burmese(text):
        yield _parts(from_zawgyi(text))


def _parts(text: str) -> list[str]:
    """The words without numbers before them."""
    parts = (_NUMBERED.sub("", part) for part in _BETWEEN.split(text))
    said = [part for part in parts if len(part) > words.LONGEST or words.normalise(part)]
    if len(said) > codes.WORDS:
        said = [part for part in said if not _NUMBER.fullmatch(part)]
    return said


def _read(parts: list[str]) -> Typed:
    try:
        return Typed(codes.from_words(" ".join(parts)), words=len(parts))
    except WrongCode:
        if len(parts) != codes.WORDS:
            return Typed(words=len(parts))
    slips = codes.slips(parts)
    better = ""
    if len(slips) == 1 and slips[0].meant:
        better = " ".join([*parts[: slips[0].place], slips[0].meant, *parts[slips[0].place + 1 :]])
    return Typed(words=len(parts), slips=slips, better=better)
