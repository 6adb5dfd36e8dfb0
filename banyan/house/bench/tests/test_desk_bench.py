"""The bench of a desk, with a handful of people: what it measures is there and true. No test here asserts a time."""

from pathlib import Path

from banyan.house.processes import python

MEASURE = """
import json
from banyan.house.bench import desk, households
desk.QUICK_REAL, desk.QUICK_SYNTHETIC = (8,), (60,)
households.QUICK_PEOPLE, households.QUICK_CASES = 12, (50,)
print(json.dumps({key: one.value for key, one in desk.measure(True).items()}))
"""
EACH = {
    "unlock_rest_s", "unlock_view_s", "unlock_new_s", "search_ms", "search_common_ms", "page_ms", "page_today_ms",
    "page_list_ms", "page_conversation_ms", "memory_mb", "memory_peak_mb",
}  # fmt: skip


def test_every_size_is_measured_and_the_first_sync_fetches_nothing_twice():
    import json

    told = json.loads(python(MEASURE))
    assert set(told) == {
        "unlock_kdf_s", "synthetic_from", "first_sync_s_8", "first_sync_items_8", "first_sync_again_8",
        *(f"{key}_{cases}" for key in EACH for cases in (8, 60)), "case_households", "case_households_open",
        "case_page_ms_50", "case_page_first_ms_50", "case_page_today_ms_50",
    }  # fmt: skip
    assert told["synthetic_from"] == 60 and told["first_sync_again_8"] == 0
    assert 50 > told["case_households"] >= told["case_households_open"] > 0
    assert told["first_sync_items_8"] > 8 * 10 and all(value >= 0 for value in told.values())


FILL = """
import sys
from pathlib import Path
from banyan.house.bench import desk, scratch
from banyan.house.cli import places
from banyan.sealing import phrases
with scratch.programme() as (home, made):
    keys = phrases.unlock((places.desk_dir(home, "Aye") / places.KEYS).read_bytes(), made.members["Aye"])
    there = desk.Scratch(home, keys)
    desk._fill(there, 3)
    whole = (there.folder / places.VIEW).read_bytes()
    with desk._larger(there, 50):
        print(len((there.folder / places.VIEW).read_bytes()) > len(whole))
    print((there.folder / places.VIEW).read_bytes() == whole)
    try:
        there.child("pull", cut=False, folder=str(home / "nowhere"))
    except AssertionError:
        print("refused")
"""


def test_rows_are_added_for_one_measurement_only():
    assert python(FILL).split() == ["True", "True", "refused"]


def test_the_bench_says_which_sizes_are_synthetic():
    source = (Path(__file__).parents[1] / "desk.py").read_text(encoding="utf-8")
    assert '"synthetic_from"' in source and "synthetic" in source.split('"""')[1]
