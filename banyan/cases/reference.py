"""What a conversation or a case is called: two words and a number ("amber heron 41"), never a name."""

from banyan.sealing.format import digest
from banyan.sealing.words import reference_words

NUMBERS = 900


def reference_of(folder: bytes) -> str:
    """The reference that a folder's id gives: the same at every desk, without anybody choosing it."""
    adjectives, nouns = reference_words()
    number = int.from_bytes(digest("reference", folder)[:8], "big")
    number, last = divmod(number, NUMBERS)
    number, noun = divmod(number, len(nouns))
    return f"{adjectives[number % len(adjectives)]} {nouns[noun]} {last + 1}"
