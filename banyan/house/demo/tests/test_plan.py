"""The plan: the same for a seed, and its totals are those that were reported."""

from datetime import UTC, datetime

import pytest

from banyan.house.demo.plan import BANDS, MOST_RECENT, full, largest_remainder, make_plan
from banyan.house.demo.reported import REPORTED
from banyan.language.pack import load_pack

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_seed_gives_one_plan_and_another_seed_another():
    assert make_plan(300, 1, NOW) == make_plan(300, 1, NOW)
    assert make_plan(300, 1, NOW) != make_plan(300, 2, NOW)


@pytest.mark.parametrize("people", [0, 1, 7, 40, 300, full()])
def test_there_are_as_many_as_were_asked_for(people):
    plan = make_plan(people, 1, NOW)
    assert len(plan) == people
    assert sum(one.recent for one in plan) == min(MOST_RECENT, people // 4)
    assert [one.began for one in plan] == sorted(one.began for one in plan)
    assert all(one.began <= NOW for one in plan)


def test_the_full_set_has_the_totals_that_were_reported():
    plan = make_plan(full(), 1, NOW)
    counted = {one.ident: one.count(plan) for one in REPORTED}
    assert counted["R02"] == 453
    assert counted["R07"] == 1500 and counted["R08"] == 1000
    assert counted["R29"] > 2000 and counted["R30"] > 6000 and counted["R31"] > 8000
    assert 2900 < counted["R11"] < 3000 and 6900 < counted["R12"] < 7000
    assert counted["R13"] == 3 and counted["R14"] > 100 and counted["R15"] >= 1 and counted["R32"] >= 10
    assert counted["R09"] == 50 and counted["R18"] == 10


def test_a_reading_is_named_for_what_does_not_agree():
    plan = make_plan(full(), 1, NOW)
    against = {"R25": 0.33, "R17": 100, "R04": 3000, "R06": 20}
    for one in REPORTED:
        if one.ident in against:
            assert one.count(plan) != against[one.ident]
            assert one.why


def test_fewer_people_keep_the_proportions():
    small, whole = make_plan(1000, 1, NOW), make_plan(full(), 1, NOW)
    for force in ("army", "police"):
        share = [sum(one.force == force for one in plan) / len(plan) for plan in (small, whole)]
        assert abs(share[0] - share[1]) < 0.02


def test_shares_are_whole_and_sum_up():
    assert largest_remainder([1, 1, 1], 10) == [4, 3, 3]
    assert largest_remainder([5, 0, 5], 1) == [1, 0, 0]
    assert largest_remainder([0, 0], 0) == [0, 0]


def test_every_code_is_one_of_the_pack():
    pack, plan = load_pack(), make_plan(2000, 1, NOW)
    assert {one.force for one in plan} <= {choice.code for choice in pack.forces}
    assert set(BANDS.values()) <= {choice.code for choice in pack.rank_bands}
    assert {one.region for one in plan} <= {choice.code for choice in pack.regions}
    assert {one.concern for one in plan} <= {choice.code for choice in pack.concerns}
