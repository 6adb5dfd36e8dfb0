"""The code of a person at the door: eight words, 88 bits, drawn for them and stored nowhere.

The words are only a spelling: the same code may be said in English or in Burmese. It opens a pair to be
sealed to and a pair to sign with. The derivation is fast on purpose: 88 bits cannot be searched, and a slow
one would help only those who flood the door.
"""

import secrets

from banyan.sealing import words
from banyan.sealing.faults import WrongCode
from banyan.sealing.keys import Keys, derive

WORDS = 8
BITS_A_WORD = 11
ENTROPY = WORDS * BITS_A_WORD // 8


def new_code() -> bytes:
    """Eleven random bytes."""
    return secrets.token_bytes(ENTROPY)


def to_words(code: bytes, language: str) -> tuple[str, ...]:
    """The eight words that spell a code in a language."""
    if len(code) != ENTROPY:
        raise WrongCode("a code has eleven bytes")
    number, listed = int.from_bytes(code, "big"), words.load(language)
    shifts = range((WORDS - 1) * BITS_A_WORD, -1, -BITS_A_WORD)
    return tuple(listed[number >> shift & (2**BITS_A_WORD - 1)] for shift in shifts)


def from_words(text: str, languages: tuple[str, ...] = ("en", "my")) -> bytes:
    """The code that the words spell in one of the languages. Raises `WrongCode`, never saying which word was
    right.
    """
    said = text.split()
    if len(said) != WORDS:
        raise WrongCode("a code has eight words")
    for language in languages:
        places = [words.find(word, language) for word in said]
        if None not in places:
            number = 0
            for place in places:
                number = number << BITS_A_WORD | (place or 0)
            return number.to_bytes(ENTROPY, "big")
    raise WrongCode("a word is not in the list")


def keys_of(code: bytes, programme: bytes, part: str = "person") -> Keys:
    """The keys that a code opens in one programme (its 32-byte id). Each part has keys of its own, and nothing in
    clear joins them: "person" for the conversation, "testimony" for what is kept for a court.
    """
    if len(code) != ENTROPY:
        raise WrongCode("a code has eleven bytes")
    return Keys(derive(code, part, salt=programme))


def spoken(text: str) -> str:
    """A phrase as it is said: its words without case, odd spaces or variant spellings."""
    return " ".join(words.normalise(word) for word in text.split())
