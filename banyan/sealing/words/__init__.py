"""Words: two lists of 2,048 words, and the words of which a case's reference is made.

The lists spell what a person must say, write down or remember: the code given at the door, a member's
phrase, a key's fingerprint read aloud. `codes` and `phrases` use them, and the door shows them.
Each word stands for eleven bits by its place in the file, so a list in use never changes: a better list is a
new file with a new name. The files are pure data; README.txt beside them says where the words come from.
What people type is folded by `normalise` before it is compared, so that case, spaces and the spellings that
look alike on paper don't lock anybody out.
This room never sees a code or a phrase: it turns a place into a word and a word into a place.
"""

from functools import cache
from importlib.resources import files

from banyan.sealing.faults import SealingFault
from banyan.sealing.words.spelling import normalise, one_slip

__all__ = [
    "LISTED",
    "LONGEST",
    "REFERENCE_WORDS",
    "OddWordList",
    "find",
    "load",
    "near",
    "normalise",
    "reference_words",
]

LISTED = 2048
REFERENCE_WORDS = 256
LONGEST = 32  # signs as typed; the longest listed word has far fewer, and what is longer is no word
LISTS = {"en": "english.txt", "my": "burmese.txt"}


class OddWordList(SealingFault):
    """A list of words that is missing, of the wrong length, out of order or says one word twice."""


def load(language: str) -> tuple[str, ...]:
    """The 2,048 words of a language ("en" or "my") in order of number. Raises `OddWordList`."""
    return _loaded(_file_of(language), LISTED)


def find(word: str, language: str) -> int | None:
    """The number (0 to 2,047) of a word as somebody typed it, or None where the list has no such word."""
    return _places(_file_of(language)).get(normalise(word)) if len(word) <= LONGEST else None


def near(word: str, language: str) -> str | None:
    """The listed word that is one slip of the hand from a word as somebody typed it; None where none is, or several."""
    if len(word) > LONGEST:
        return None
    folded, alike = normalise(word), _alike(_file_of(language))
    found = {each for part in (folded, *_one_less(folded)) for each in alike.get(part, ())}
    meant = [listed for listed in found if one_slip(folded, listed)]
    return load(language)[_places(_file_of(language))[meant[0]]] if len(meant) == 1 else None


def reference_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """256 adjectives and 256 nouns for references such as "amber heron 41". Raises `OddWordList`."""
    adjectives = _loaded("reference_adjectives.txt", REFERENCE_WORDS)
    nouns = _loaded("reference_nouns.txt", REFERENCE_WORDS)
    return adjectives, nouns


def verified(text: str, count: int, name: str) -> tuple[str, ...]:
    """The words of a list's text, one a line. Raises `OddWordList` naming list and fault."""
    words = tuple(text.splitlines())
    folded = {normalise(word) for word in words}
    if len(words) != count:
        raise OddWordList(f"{name} has {len(words)} words, not {count}")
    if "" in folded or any(word != "".join(word.split()) for word in words):
        raise OddWordList(f"{name} has a line that is not one word")
    if len(folded) != count:
        raise OddWordList(f"{name} says a word twice")
    if words != tuple(sorted(words)):
        raise OddWordList(f"{name} is not in order")
    return words


def _file_of(language: str) -> str:
    if language not in LISTS:
        raise OddWordList(f"there is no list of words for {language!r}")
    return LISTS[language]


@cache
def _loaded(name: str, count: int) -> tuple[str, ...]:
    try:
        text = (files(__package__) / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OddWordList(f"{name} cannot be read") from error
    return verified(text, count, name)


@cache
def _places(name: str) -> dict[str, int]:
    return {normalise(word): place for place, word in enumerate(_loaded(name, LISTED))}


@cache
def _alike(name: str) -> dict[str, tuple[str, ...]]:
    """The folded words of a list by what they are with one sign less, and by themselves: two that are one slip apart
    share one of these, so that a few look-ups find what a comparison with each word would.
    """
    found: dict[str, tuple[str, ...]] = {}
    for word in _places(name):
        for part in {word, *_one_less(word)}:
            found[part] = (*found.get(part, ()), word)
    return found


def _one_less(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}
