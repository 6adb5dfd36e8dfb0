"""Burmese digits: shown in Burmese, accepted in any script."""

import unicodedata

_BURMESE = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")


def to_burmese_digits(text: str | int) -> str:
    """The text with its ASCII digits in Burmese; everything else stays."""
    return str(text).translate(_BURMESE)


def from_any_digits(text: str) -> str:
    """The text with the decimal digits of every script in ASCII; everything else stays."""
    return "".join(_ascii(sign) for sign in text)


def _ascii(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
