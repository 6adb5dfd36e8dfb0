from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyan.language.money import MOST, MoneyFault, convert, format_amount, read_amount, read_rate

AMOUNTS = st.integers(0, 10**11)
RATES = st.decimals("0.000000001", "99999", places=9)
CODES = ["MMK", "THB", "INR", "USD"]


@pytest.mark.parametrize(
    ("minor", "source", "target", "rate", "converted"),
    [
        (100_000, "THB", "MMK", "66.5", 6_650_000),
        (100_000, "THB", "INR", "2.4545", 245_500),  # 2,454.50 rupees: a half goes up
        (100_000, "THB", "INR", "2.45449", 245_400),  # a little less goes down
        (20_000_000, "MMK", "USD", "0.000476", 9_520),
        (333, "USD", "USD", "1", 333),
        (50, "MMK", "THB", "0.01", 0),
        (0, "THB", "USD", "0.03", 0),
    ],
)
def test_what_is_converted_is_rounded_half_up_to_the_smallest_amount_paid(
    minor, source, target, rate, converted
):
    assert convert(minor, source, target, Decimal(rate)) == converted


@given(minor=AMOUNTS, rate=RATES, source=st.sampled_from(CODES), target=st.sampled_from(CODES))
def test_converting_is_exact_to_half_a_step(minor, rate, source, target):
    if source == target or rate == 0:
        return
    step = 1 if target == "USD" else 100
    converted = convert(minor, source, target, rate)
    assert converted % step == 0
    assert -Decimal(step) / 2 < converted - minor * rate <= Decimal(step) / 2


@pytest.mark.parametrize(
    ("minor", "source", "target", "rate"),
    [
        (1, "XTS", "THB", Decimal(1)),
        (1, "THB", "thb", Decimal(1)),
        (1, "THB", "MMK", Decimal(0)),
        (1, "THB", "MMK", Decimal("-66.5")),
        (1, "THB", "MMK", Decimal("NaN")),
        (1, "THB", "MMK", Decimal("Infinity")),
        (1, "THB", "MMK", Decimal(10**9)),
        (1, "THB", "MMK", 66.5),
        (1, "THB", "MMK", 66),
        (1, "THB", "THB", Decimal("1.01")),
        (-1, "THB", "MMK", Decimal(1)),
        (1.0, "THB", "MMK", Decimal(1)),
        (True, "THB", "MMK", Decimal(1)),
        (MOST + 1, "THB", "MMK", Decimal(1)),
        (MOST, "THB", "MMK", Decimal(2)),
    ],
)
def test_what_cannot_be_meant_is_refused(minor, source, target, rate):
    with pytest.raises(MoneyFault):
        convert(minor, source, target, rate)


@pytest.mark.parametrize(
    ("minor", "currency", "english", "burmese"),
    [
        (100_000, "THB", "1,000 baht", "၁,၀၀၀ ဘတ်"),
        (6_650_000_000, "MMK", "66,500,000 kyat", "၆၆,၅၀၀,၀၀၀ ကျပ်"),
        (100_005, "USD", "1,000.05 US dollars", "၁,၀၀၀.၀၅ အမေရိကန်ဒေါ်လာ"),
        (100, "INR", "1 rupee", "၁ ရူပီး"),
        (110, "INR", "1.10 rupees", "၁.၁၀ ရူပီး"),
        (0, "THB", "0 baht", "၀ ဘတ်"),
    ],
)
def test_an_amount_is_said_with_its_currency(minor, currency, english, burmese):
    assert format_amount(minor, currency, "en") == english
    assert format_amount(minor, currency, "my-mm") == burmese


def test_an_amount_of_no_currency_or_below_nothing_is_not_said():
    for minor, currency in ((1, "XTS"), (-1, "THB")):
        with pytest.raises(MoneyFault):
            format_amount(minor, currency, "en")


@given(minor=st.integers(0, MOST), currency=st.sampled_from(CODES), language=st.sampled_from(["en", "my"]))
def test_what_is_said_can_be_typed(minor, currency, language):
    number = format_amount(minor, currency, language).split(" ")[0]
    if len(number) < 20:
        assert read_amount(number, currency) == minor


@pytest.mark.parametrize(
    "text", ["", "-1", "1,00", "1,0000", "1.005", "1e3", "0x1", "NaN", "1 000", "1.", ".5", "1_000", "baht 5"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(MoneyFault):
        read_amount(text, "THB")


def test_a_rate_is_read_exactly():
    assert read_rate(" ၆၆.၅ ") == Decimal("66.5")
    assert f"{read_rate('0.000000476'):f}" == "0.000000476"
    for wrong in ("0", "0.0", "-1", "66,5", "1e3", "1.0000000001"):
        with pytest.raises(MoneyFault):
            read_rate(wrong)
