"""The pure decisions of the office, and that there are words for every one of them."""

import pytest

from banyan.desks.office import rules, words
from banyan.folders.acts import Why
from banyan.folders.membership import Member, Standing
from banyan.folders.roster import fingerprint
from banyan.folders.seats import APART, IncompatibleSeats, Seat, check_seats
from banyan.sealing.keys import Keys

KEYS = Keys(bytes(range(32))).public


def member(*seats: Seat, standing: Standing = Standing.ACTIVE) -> Member:
    return Member(KEYS.id, "Aye", KEYS, frozenset(seats), standing)


def test_only_the_last_group_or_all_of_it_counts_as_heard():
    whole = fingerprint(KEYS)
    for right in (whole, whole[-4:], f" {whole[-4:-2]} {whole[-2:]}.", whole.replace(" ", "-")):
        assert rules.heard_right(KEYS, right)
    for wrong in ("", "....", whole[:4], whole[:-1], whole[-3:], whole[-4:] + "0", whole[:-4], "²²²²"):
        assert not rules.heard_right(KEYS, wrong)


def test_who_may_propose():
    assert rules.may_propose(member(Seat.OFFICE)) and rules.may_propose(member(Seat.OVERSIGHT))
    assert not rules.may_propose(member(*(set(Seat) - {Seat.OFFICE, Seat.OVERSIGHT})))
    assert not rules.may_propose(member(Seat.OFFICE, standing=Standing.FROZEN))
    assert not rules.may_propose(None)


@pytest.mark.parametrize("one", Seat)
@pytest.mark.parametrize("other", Seat)
def test_every_clash_of_the_table_is_found_and_has_words(one: Seat, other: Seat):
    try:
        check_seats((one, other))
    except IncompatibleSeats:
        assert words.seat(one) in words.clash((one, other)) and words.seat(other) in words.clash((one, other))
    else:
        assert words.clash((one, other)) == ""


def test_there_are_words_for_everything():
    assert len(words.APART) == len(APART)
    assert set(words.SEATS) == set(Seat)
    assert set(words.WHY) | {Why.SEATS} == set(Why)
    assert set(words.STANDING) == set(Standing)
    assert set(words.CHANGED) == {"freeze", "thaw", "remove", "seats"}
