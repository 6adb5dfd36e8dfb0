"""The members of the demo fill every seat, and none sits on two that must not meet."""

from collections import Counter

from banyan.folders.seats import LEAST, Seat, check_seats
from banyan.house.cli.founding import Plan, check_plan, what_is_missing
from banyan.house.demo.cast import MEMBERS
from banyan.house.demo.founding import TRUSTEES, phrases

WANTED = {
    "intake": 2, "screening": 2, "deciding": 1, "planning": 2, "guide": 2, "shelter": 2, "entering": 1,
    "approving": 1, "paying": 1, "figures": 2, "office": 2, "oversight": 1,
}  # fmt: skip


def test_the_whole_story_can_be_played():
    held = Counter(seat for seats in MEMBERS.values() for seat in seats)
    assert all(held[seat] >= number for seat, number in WANTED.items())
    assert all(held[seat] >= LEAST.get(seat, 1) for seat in Seat)
    plan = Plan(name="Demo", trustees=TRUSTEES, members=MEMBERS, demo=True)
    check_plan(plan)
    assert what_is_missing(plan) == []


def test_no_member_sits_on_both_sides():
    for seats in MEMBERS.values():
        check_seats(Seat(seat) for seat in seats)


def test_every_member_has_a_phrase_of_their_own():
    words = phrases(1).members
    assert set(words) == set(MEMBERS) and len(set(words.values())) == len(MEMBERS)
