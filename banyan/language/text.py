"""Burmese text: one Unicode form, and a warning where it is not Unicode at all.

Zawgyi is an old encoding of Burmese on the same code points, still found on phones. Converting it needs ICU
and is a later step: here it is only told apart, so that a page can say so.
"""

import unicodedata
from functools import cache

from myanmartools import ZawgyiDetector


def nfc(text: str) -> str:
    """The text in Unicode's composed form, in which everything is stored and compared."""
    return unicodedata.normalize("NFC", text)


def is_probably_zawgyi(text: str) -> float:
    """How likely it is (0 to 1) that Burmese text is in Zawgyi; 0 for text without Burmese letters."""
    if not any("\u1000" <= sign <= "\u109f" for sign in text):
        return 0.0
    return float(_detector().get_zawgyi_probability(text))


@cache
def _detector() -> ZawgyiDetector:
    return ZawgyiDetector()
