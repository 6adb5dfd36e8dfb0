"""One form for the many ways of writing a word.

Burmese can be stored in several orders that look the same on paper, and some letters look like digits. A
person copies their code from paper, often on somebody else's phone: all such spellings fold into one here.
The folded form is for comparing only; it is never shown.
"""

import re
import unicodedata

# Marks of one syllable in the order of Unicode technical note 11.
_MARKS = "\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u102f\u1030\u102c\u103a\u1036\u1037\u1038"
_PLACE = {mark: place for place, mark in enumerate(_MARKS)}
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")
_LETTER = re.compile("[\u1000-\u103f\u104e]")
_LETTER_ONLY_LOOKS_A_DIGIT = frozenset("\u101d\u101b\u1002")
_DIGITS = {0x1040 + value: str(value) for value in range(10)}
_AS_LETTERS = str.maketrans("\u1040\u1047\u1048", "\u101d\u101b\u1002")  # 0, 7 and 8 look like wa, ra and ga

# Words of the lists settle in two, however their marks are ordered; a text made to need one for each of its
# signs would cost the square of its length.
PASSES = 4

# The vowel e is drawn before its consonant, and some type it first.
_E_TYPED_FIRST = re.compile(
    "(?<![\u1000-\u1021\u103f\u103b-\u103e])\u1031([\u1000-\u1021\u103f][\u103b-\u103e]*)"
)
_ALIKE = (
    ("\u102b", "\u102c"),  # tall aa and aa: one vowel in two shapes
    ("\u1009", "\u1025"),  # nya and the letter u
    ("\u101e\u1039\u101e", "\u103f"),  # stacked sa and great sa
    ("\u102a", "\u1029\u1031\u102c\u103a"),  # au
    ("\u101e\u103c", "\u1029"),  # sa with ra, and the letter o
    ("\u1005\u103b", "\u1008"),  # ca with ya, and jha
    ("\u104e", "\u1044"),  # the sign of "the said" and 4
)


def normalise(text: str) -> str:
    """The form in which typed words are compared: folded case, no spaces, punctuation or invisible signs,
    ASCII digits, and Burmese look-alikes, doubled marks and mark orders made one. Folding it again changes nothing.
    What does not settle in a few passes is no word, and stays as it is.
    """
    folded = text
    for _ in range(PASSES):  # a mark out of place can hide another
        again = _folded(folded)
        if again == folded:
            return folded
        folded = again
    return text


def _folded(text: str) -> str:
    kept = "".join(sign for sign in unicodedata.normalize("NFC", text.casefold()) if _counts(sign))
    return unicodedata.normalize("NFC", _burmese(kept) if _LETTER.search(kept) else kept.translate(_DIGITS))


def one_slip(one: str, other: str) -> bool:
    """Whether one slip of the hand makes one folded word of another: a sign more, less or other, or two exchanged."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    at = next((place for place, sign in enumerate(one) if sign != other[place]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :]


def _counts(sign: str) -> bool:
    """Letters, marks and digits count; spaces, punctuation, symbols and invisible signs don't."""
    return unicodedata.category(sign)[0] in "LMN" or sign == "\u104e"


def _burmese(word: str) -> str:
    if not _DIGITS.keys().isdisjoint(map(ord, word)) and _is_a_number(word):
        return word.translate({0x101D: "0", 0x101B: "7", 0x1002: "8"} | _DIGITS)
    word = unicodedata.normalize("NFD", word.translate(_AS_LETTERS))
    for one, other in _ALIKE[:3]:
        word = word.replace(one, other)
    word = _E_TYPED_FIRST.sub("\\1\u1031", word)
    word = _MARK_RUN.sub(_in_order, word)
    for one, other in _ALIKE[3:]:
        word = word.replace(one, other)
    return _MARK_RUN.sub(_in_order, word).translate(_DIGITS)


def _is_a_number(word: str) -> bool:
    """Burmese digits among letters that look like digits, and nothing else."""
    return all(ord(sign) in _DIGITS or sign in _LETTER_ONLY_LOOKS_A_DIGIT for sign in word)


def _in_order(run: re.Match[str]) -> str:
    return "".join(sorted(set(run.group()), key=_PLACE.__getitem__))
