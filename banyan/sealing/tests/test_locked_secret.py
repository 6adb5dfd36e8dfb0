"""A small secret under a phrase: it opens with its own words, and with nothing else."""

import pytest

from banyan.sealing import phrases
from banyan.sealing.faults import Damaged, WrongPhrase
from banyan.sealing.keys import Keys

COST = phrases.Cost(memory_kib=32, passes=1)


def test_a_secret_opens_with_its_words_only():
    locked = phrases.lock_secret(b"six pieces", "one two three", COST)
    assert phrases.unlock_secret(locked, " One  TWO three") == b"six pieces"
    assert b"six pieces" not in locked
    with pytest.raises(WrongPhrase):
        phrases.unlock_secret(locked, "one two four")


def test_a_changed_byte_or_another_sort_of_file_is_refused():
    locked = phrases.lock_secret(b"six pieces", "one two three", COST)
    for at in (-1, -20):
        changed = bytearray(locked)
        changed[at] ^= 1
        with pytest.raises((WrongPhrase, Damaged)):
            phrases.unlock_secret(bytes(changed), "one two three")
    with pytest.raises(Damaged):
        phrases.unlock_secret(locked[:-1], "one two three")
    keys = phrases.lock(Keys.generate(), "one two three", COST)
    with pytest.raises(Damaged):
        phrases.unlock_secret(keys, "one two three")
    with pytest.raises(Damaged):
        phrases.unlock(locked, "one two three")
