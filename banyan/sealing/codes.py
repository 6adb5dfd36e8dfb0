"""The code of a person at the door: eight words, 88 bits, drawn for them and stored nowhere.

The words are only a spelling: the same code may be said in English, in Burmese, or in digits grouped like the numbers
of telephones, the last of which checks the others. It opens a pair to be sealed to and a pair to sign with. The
derivation is fast on purpose: 88 bits cannot be searched, and a slow one would help only those who flood the door.
What is said here of a slip is found from the public list and the check digit alone: it tells nothing of any code.
"""

import secrets
import unicodedata
from dataclasses import dataclass

from stdnum import verhoeff

from banyan.sealing import words
from banyan.sealing.faults import WrongCode
from banyan.sealing.keys import Keys, derive

WORDS = 8
BITS_A_WORD = 11
ENTROPY = WORDS * BITS_A_WORD // 8
LANGUAGES = ("en", "my")
# 88 bits are at most 27 digits, and one more checks them: any one wrong digit, and any two neighbours exchanged.
GROUPS, GROUP = 4, 7
DIGITS = GROUPS * GROUP
_LETTERS_LIKE_DIGITS = {"o": "0", "l": "1", "i": "1"}


class WrongDigits(WrongCode):
    """So many digits as a code has, but the last does not fit the others."""


@dataclass(frozen=True)
class Slip:
    """A word that is in no list: its place (from 0), the word as it was typed, and the listed word that alone is one
    slip of the hand away, or "".
    """

    place: int
    word: str
    meant: str


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


def from_words(text: str, languages: tuple[str, ...] = LANGUAGES) -> bytes:
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


def slips(said: list[str]) -> tuple[Slip, ...]:
    """The words that are in no list, each with the one that was likely meant, in the language of most of the others."""
    language = max(LANGUAGES, key=lambda one: sum(words.find(word, one) is not None for word in said))
    return tuple(
        Slip(place, word, words.near(word, language) or "")
        for place, word in enumerate(said)
        if words.find(word, language) is None
    )


def to_digits(code: bytes) -> tuple[str, ...]:
    """A code as four groups of seven ASCII digits."""
    if len(code) != ENTROPY:
        raise WrongCode("a code has eleven bytes")
    number = f"{int.from_bytes(code, 'big'):0{DIGITS - 1}d}"
    number += verhoeff.calc_check_digit(number)
    return tuple(number[start : start + GROUP] for start in range(0, DIGITS, GROUP))


def digits_in(text: str) -> str:
    """The ASCII digits that a text of nothing but digits says, of any script, with letters that look like them; spaces
    and signs between don't matter. "" for a text that says anything else.
    """
    folded = words.normalise(text)
    read = [_LETTERS_LIKE_DIGITS.get(sign) or str(unicodedata.decimal(sign, "")) for sign in folded]
    return "".join(read) if all(read) and any(map(str.isdecimal, folded)) else ""


def from_digits(text: str) -> bytes:
    """The code that digits say. Raises `WrongDigits` where the last doesn't fit the others, else `WrongCode`."""
    number = digits_in(text)
    if len(number) != DIGITS:
        raise WrongCode("a code has 28 digits")
    if not verhoeff.is_valid(number) or int(number[:-1]) >> 8 * ENTROPY:
        raise WrongDigits("a digit is wrong")
    return int(number[:-1]).to_bytes(ENTROPY, "big")


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
