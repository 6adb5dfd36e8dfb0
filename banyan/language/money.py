"""Money: whole minor units and exact decimals, never a float.

An amount is an `int` of minor units (satang, pya, cents) with the code of its currency. What a currency is
called, how many decimals it has and the smallest amount that is paid stand in the pack.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

from banyan.language.numerals import from_any_digits, to_burmese_digits
from banyan.language.pack import Currency, load_pack

MOST = 10**15
RATES_BELOW = Decimal(10**9)
_WRITTEN = re.compile(r"(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,9})?", re.ASCII)


class MoneyFault(ValueError):
    """An amount, a currency or a rate that cannot be meant; the text says which, never how much."""


def convert(minor: int, from_currency: str, to_currency: str, rate: Decimal) -> int:
    """The same money in another currency, in its minor units.

    `rate` is what one whole unit of the first currency is worth in whole units of the second (66.5 kyat for a
    baht: from THB to MMK at 66.5). The result is rounded half up to the second currency's `step`, the smallest
    amount that is paid. Within one currency only a rate of 1 is taken, and nothing is rounded. Raises
    `MoneyFault` for an unknown currency, an amount below 0 or beyond 10**15, and a rate that is no `Decimal`,
    not above 0, or not below 10**9.
    """
    source, target = _known(from_currency), _known(to_currency)
    _check_amount(minor)
    _check_rate(rate)
    if source == target:
        if rate != 1:
            raise MoneyFault("within one currency the rate is 1")
        return minor
    with localcontext(prec=60):
        exact = Decimal(minor) * rate * Decimal(10) ** (target.minor_units - source.minor_units)
        steps = (exact / target.step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    converted = int(steps) * target.step
    _check_amount(converted)
    return converted


def format_amount(minor: int, currency: str, language_code: str) -> str:
    """The amount as it is read: "1,000 baht", "၁,၀၀၀ ဘတ်"; decimals only where there are any."""
    known = _known(currency)
    _check_amount(minor)
    whole, rest = divmod(minor, 10**known.minor_units)
    said = f"{whole:,}" + (f".{rest:0{known.minor_units}}" if rest else "")
    if language_code.split("-")[0] == "my":
        return f"{to_burmese_digits(said)} {known.my}"
    return f"{said} {known.en if minor == 10**known.minor_units else known.many}"


def read_amount(text: str, currency: str) -> int:
    """The minor units of an amount as somebody types it, in the digits of any script, thousands apart or not.

    Raises `MoneyFault` for anything else, and for more decimals than the currency has.
    """
    known = _known(currency)
    minor = _read(text) * Decimal(10) ** known.minor_units
    if minor != minor.to_integral_value():
        raise MoneyFault("the currency has no such small part")
    _check_amount(int(minor))
    return int(minor)


def read_rate(text: str) -> Decimal:
    """A rate as somebody types it, in the digits of any script, with at most 9 decimals; `str(rate)` would write
    small ones with an exponent, `f"{rate:f}"` never does. Raises `MoneyFault` for anything else.
    """
    rate = _read(text)
    _check_rate(rate)
    return rate


def _read(text: str) -> Decimal:
    plain = from_any_digits(text).strip()
    if not _WRITTEN.fullmatch(plain):
        raise MoneyFault("this is no amount")
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation as error:
        raise MoneyFault("this is no amount") from error


def _known(code: str) -> Currency:
    currency = load_pack().currency(code)
    if currency is None:
        raise MoneyFault("the currency is unknown")
    return currency


def _check_amount(minor: int) -> None:
    if type(minor) is not int or not 0 <= minor <= MOST:
        raise MoneyFault("an amount is a whole number of minor units, from 0 up")


def _check_rate(rate: Decimal) -> None:
    if type(rate) is not Decimal or not rate.is_finite() or not 0 < rate < RATES_BELOW:
        raise MoneyFault("a rate is a decimal number above 0")
