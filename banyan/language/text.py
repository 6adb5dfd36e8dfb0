"""Burmese text: one Unicode form, and the way to it from Zawgyi.

Zawgyi is an old encoding of Burmese on the same code points, still found on phones. `myanmartools` tells it
apart by probability; ICU converts it, and is loaded when first needed, for it takes 13 MiB.
Both want the text as it was typed: `nfc` puts signs into an order that is Unicode's and not Zawgyi's.
"""

import unicodedata
from functools import cache
from typing import Any

from myanmartools import ZawgyiDetector


def nfc(text: str) -> str:
    """The text in Unicode's composed form, in which everything is stored and compared."""
    return unicodedata.normalize("NFC", text)


def has_burmese(text: str) -> bool:
    """Whether a letter of the Burmese script is in the text, in Unicode or in Zawgyi."""
    return any("\u1000" <= sign <= "\u109f" for sign in text)


def is_probably_zawgyi(text: str) -> float:
    """How likely it is (0 to 1) that Burmese text is in Zawgyi; 0 for text without Burmese letters."""
    if not has_burmese(text):
        return 0.0
    return float(_detector().get_zawgyi_probability(text))


def from_zawgyi(text: str) -> str:
    """Text in Zawgyi as Unicode, composed; only for text that is Zawgyi: Unicode would be broken by it."""
    return nfc(str(_converter().transliterate(text)))


@cache
def _detector() -> ZawgyiDetector:
    return ZawgyiDetector()


@cache
def _converter() -> Any:
    from icu import Transliterator

    return Transliterator.createInstance("Zawgyi-my")
