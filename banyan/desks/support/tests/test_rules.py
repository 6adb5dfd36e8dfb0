"""The decisions of support, without any desk."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from banyan.cases.folders.cover import Case
from banyan.cases.folders.support import Entered, Line, Payment, Support
from banyan.cases.registers import Register
from banyan.cases.stages import Stage
from banyan.desks.support import rules
from banyan.desks.support.rules import Household, Snag
from banyan.folders.seats import Seat
from banyan.language.money import MoneyFault
from banyan.language.pack import load_pack

RULES = load_pack().entitlements()
SAN, PHYU, OO = b"s" * 16, b"p" * 16, b"o" * 16
SAT = {
    SAN: frozenset({Seat.PAYING}),
    PHYU: frozenset({Seat.APPROVING}),
    OO: frozenset({Seat.ENTERING}),
}


def register(value: object) -> Register[object]:
    """A field that one wrote."""
    return Register([(b"n" * 32, value)])


def household(*payments: Payment, **fields: object) -> Household:
    """Two adults and a child, entitled since March, with a payer and an approver."""
    said = {
        "version": 1, "since": "2026-03", "until": "9999-12", "adults": 2, "children": 1,
        "currency": "THB", "way": "cash", **fields,
    }  # fmt: skip
    support = Support(b"f" * 32, b"c" * 32, {key: register(value) for key, value in said.items()})
    support.payments = {payment.name: payment for payment in payments}
    case = Case(b"c" * 32, "amber heron 41", stage_=Register([(b"m" * 32, Stage.SUPPORT)]))
    case.fields = {"adults": register(2), "children": register(1)}
    return Household(case, (support,), (SAN,), (PHYU,), sat=SAT)


def payment(month: str = "2026-03", nth: int = 1, *, once: bool = True, **other: object) -> Payment:
    """A payment of all that is due in the first month."""
    codes = ("stipend", "adult_dependant", "child", "arrival")[: 4 if once else 3]
    amounts = dict(zip(codes, (100_000, 50_000, 50_000, 200_000), strict=False))
    entered = Entered(
        run=b"r" * 16, month=month, lines=tuple(Line(code=code, amount=much) for code, much in amounts.items()),
        rules_currency="THB", due=sum(amounts.values()), currency="THB", rate="1", rate_source="",
        rate_day="2026-03-02", payer=SAN,
    )  # fmt: skip
    return Payment(bytes([nth]) * 32, entered, OO, 0, **other)  # type: ignore[arg-type]


def amounts(one: Household, month: str) -> list[int]:
    """What the lines of a month come to."""
    return [line.amount for line in rules.lines_of(one, month, RULES)]


def test_what_is_given_once_is_given_once():
    assert amounts(household(), "2026-03") == [100_000, 50_000, 50_000, 200_000]
    assert amounts(household(), "2026-04") == [100_000, 50_000, 50_000]
    stopped = payment(stops={b"x" * 32: "twice"})
    assert amounts(household(stopped), "2026-03")[-1] == 200_000  # what was stopped was not given
    moved = household(payment(), since="2026-04")  # the start was put off after it was given
    assert amounts(moved, "2026-04") == [100_000, 50_000, 50_000]
    assert amounts(household(adults=0), "2026-03") == []


@pytest.mark.parametrize(
    ("fields", "snag"),
    [
        ({"until": "2026-03"}, Snag.ENDED),
        ({"children": 2}, Snag.CHANGED),
        ({"since": "2026-02"}, Snag.MISSED),
        ({"version": 0}, Snag.OLD_RULES),
    ],
)
def test_each_exception_is_found_and_none_where_there_is_none(fields: dict[str, object], snag: Snag):
    paid = payment(received_at=1, paid_at=1)
    assert rules.snags(household(paid), "2026-04", RULES) == ()
    assert rules.snags(household(paid, **fields), "2026-04", RULES) == (snag,)


def test_people_and_stages_that_are_not_there_are_exceptions():
    fine = household(payment())
    for changed, snag in (
        (replace(fine, payers=()), Snag.NO_PAYER),
        (replace(fine, approvers=()), Snag.NO_APPROVER),
        (replace(fine, shut_out=(SAN,)), Snag.SHUT_OUT),
    ):
        assert rules.snags(changed, "2026-04", RULES) == (snag,)
        assert not rules.offer(changed, "2026-04", RULES, RULES).may
    for stages, snag in (
        ([Stage.WITHDRAWN], Snag.STAGE),
        ([Stage.REINTEGRATION, Stage.FOLLOW_UP], Snag.STAGE_TORN),
    ):
        fine.case.stage_ = Register([(bytes([n]) * 32, stage) for n, stage in enumerate(stages)])
        assert rules.snags(fine, "2026-04", RULES) == (snag,)
    fine.case.stage_ = register(Stage.RECEPTION)  # type: ignore[assignment]
    assert rules.offer(fine, "2026-04", RULES, RULES).may


def test_a_payment_is_looked_at_against_the_rules():
    fine, other = payment(), payment()
    assert rules.doubts(household(fine), fine, RULES) == ()
    other.entered = msgspec.structs.replace(other.entered, due=400_100)
    assert rules.doubts(household(other), other, RULES) == (Snag.AMOUNT,)
    assert rules.doubts(household(fine, children=2), fine, RULES) == (Snag.AMOUNT, Snag.CHANGED)
    twin = payment(nth=2, once=False)
    assert Snag.TWICE in rules.doubts(household(fine, twin), fine, RULES)
    assert Snag.PAYER_GONE in rules.doubts(replace(household(fine), payers=(PHYU,)), fine, RULES)


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ({}, OO),
        ({"approvals": [(b"a" * 32, PHYU, SAN)]}, PHYU),
        ({"approvals": [(b"a" * 32, PHYU, SAN)], "paid_by": {SAN}, "paid_at": 1}, SAN),
    ],
)
def test_the_word_of_somebody_without_that_seat_on_the_case_holds_money_up(state: dict[str, Any], who: bytes):
    one = household(payment(**state))
    works_on_it = SAT[who] | {Seat.INTAKE, Seat.SCREENING, Seat.APPROVING}
    for held, snag in (
        (SAT[who], None),
        (frozenset({Seat.SHELTER}), Snag.STRANGER),
        (frozenset[Seat](), Snag.STRANGER),
        (works_on_it, Snag.STRANGER),  # seats that never meet count neither
    ):
        found = replace(one, sat={**SAT, who: held})
        assert rules.held_up(found, found.payments[0]) is snag
        assert (Snag.STRANGER in rules.doubts(found, found.payments[0], RULES)) is (snag is not None)
    assert not rules.may_approve((Snag.STRANGER,))


def test_money_that_nobody_confirmed_is_late_after_a_week():
    paid = payment(paid_at=0)
    assert not rules.is_late(paid, rules.CONFIRMED_WITHIN) and rules.is_late(paid, rules.CONFIRMED_WITHIN + 1)
    paid.received_at = 5
    assert not rules.is_late(paid, rules.CONFIRMED_WITHIN * 9)


def test_months_follow_one_another():
    assert rules.months_between("2026-11", "2027-02") == ["2026-11", "2026-12", "2027-01"]
    assert rules.months_between("2026-11", "2026-11") == [] and rules.next_month("2026-12") == "2027-01"


def test_totals_stand_by_currency_and_leave_out_what_was_stopped():
    one, other = household(payment()), household(payment(nth=3, stops={b"x" * 32: "other"}))
    (run,) = rules.runs([one, other])
    assert run.totals() == {"THB": 400_000} and run.totals("received") == {}
    assert run.by_state() == {("entered", "THB"): (1, 400_000), ("stopped", "THB"): (1, 400_000)}


def test_a_rate_that_cannot_be_meant_gives_nothing():
    assert rules.due(400_000, "THB", "MMK", "66.5") == 26_600_000
    for rate in ("0", "1e3", "0.000"):
        with pytest.raises((MoneyFault, ArithmeticError)):
            assert rules.due(400_000, "THB", "THB", rate)
