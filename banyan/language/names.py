"""Names as given: one field, for people who have no first and last name.

Honorifics and ranks (U, Daw, Ko, Saya ...) are part of what was given and stay. What comes in Zawgyi is read
in Unicode where it is plainly Zawgyi; where that is in doubt it stays, and a person looks at both readings.
Roman spellings are typed by hand and never made here: the same name is spelled in many ways, one of them is
theirs, and no kept library finds it (ICU and others go letter by letter).
"""

import unicodedata
from typing import Literal

import msgspec

from banyan.language.text import from_zawgyi, has_burmese, is_probably_zawgyi, nfc

LONGEST = 200
SURE = 0.95
Zawgyi = Literal["no", "converted", "doubt"]
Script = Literal["burmese", "latin", "mixed", "other", "none"]


class NameFault(ValueError):
    """Text that cannot be a name; the message never repeats it."""


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name: as it was given, and how it is written in Burmese script and in roman letters, where known.

    `given` is never converted. `zawgyi` tells of `burmese`: "no" - it is Unicode as it was typed; "converted" -
    it was plainly Zawgyi and is now Unicode; "doubt" - it may be either, and stands as it was typed.
    """

    given: str
    burmese: str = ""
    romanised: str = ""
    zawgyi: Zawgyi = "no"

    @property
    def shown(self) -> str:
        """The name to show: as given, or its reading in Unicode where it was plainly Zawgyi."""
        return self.burmese if self.zawgyi == "converted" and has_burmese(self.given) else self.given

    @property
    def readings(self) -> tuple[str, ...]:
        """Every way in which the name may be written, each once: to look it up, and to show what is in doubt."""
        doubted = (nfc(self.burmese), from_zawgyi(self.burmese)) if self.zawgyi == "doubt" else ()
        every = (self.shown, self.burmese, *doubted, self.romanised)
        return tuple(dict.fromkeys(reading for reading in every if reading))


def read_name(given: str, *, burmese: str = "", romanised: str = "") -> Name:
    """A name from its one field, and from the two for its spellings where somebody filled them in.

    An empty spelling is taken from `given`: the Burmese one if it has any Burmese, the roman one if it has
    nothing else ("ဦးအောင် (U Aung)" stays whole as the Burmese one). Raises `NameFault` for a name without
    a letter, for one over 200 signs, and for a spelling in the wrong script.
    """
    whole, own, roman = _tidy(given), _tidy(burmese), nfc(_tidy(romanised))
    if not any(unicodedata.category(sign)[0] == "L" for sign in whole):
        raise NameFault("a name has a letter at least")
    if own and not has_burmese(own):
        raise NameFault("the Burmese spelling is not in Burmese script")
    if roman and script_of(roman) != "latin":
        raise NameFault("the roman spelling is not in roman letters")
    reading, zawgyi = _unicode(own or (whole if has_burmese(whole) else ""))
    if not roman and script_of(whole) == "latin":
        roman = nfc(whole)
    # The given text keeps the signs as they came wherever it may be Zawgyi: composing would reorder them.
    kept = whole if _unicode(whole)[1] != "no" else nfc(whole)
    return Name(given=kept, burmese=reading, romanised=roman, zawgyi=zawgyi)


def script_of(text: str) -> Script:
    """The script of a text's letters: Burmese (Shan, Mon and Karen letters too), roman, both, or another."""
    letters = [sign for sign in text if unicodedata.category(sign)[0] in "LM"]
    scripts = {_script(sign) for sign in letters} - {"mark"}
    if not scripts:
        return "none"
    if len(scripts) > 1:
        return "mixed"
    return "burmese" if scripts == {"burmese"} else "latin" if scripts == {"latin"} else "other"


def _script(sign: str) -> str:
    name = unicodedata.name(sign, "")
    if name.startswith("MYANMAR "):
        return "burmese"
    if name.startswith("LATIN "):
        return "latin"
    return "mark" if name.startswith(("COMBINING ", "MODIFIER LETTER ")) else "other"


def _unicode(text: str) -> tuple[str, Zawgyi]:
    """The text in composed Unicode, or as it is where that is in doubt; and which of them."""
    likely = is_probably_zawgyi(text)
    plain = nfc(text)
    if likely <= 1 - SURE:
        return plain, "no"
    read = from_zawgyi(text)
    if read == plain:
        return plain, "no"
    if likely >= SURE and is_probably_zawgyi(read) <= 1 - SURE:
        return read, "converted"
    return text, "doubt"


def _tidy(text: str) -> str:
    """One line without signs that cannot be seen; spaces single."""
    if len(text) > LONGEST:
        raise NameFault("a name has at most 200 signs")
    seen = "".join(" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(sign for sign in seen if unicodedata.category(sign)[0] != "C").split())
