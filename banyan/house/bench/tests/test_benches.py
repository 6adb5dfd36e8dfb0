"""The benches: their shape and what must hold at any speed. No test here asserts a time."""

import json
import random
from pathlib import Path

import pytest

from banyan.house.bench import alike, figures, seal
from banyan.house.bench.slow_line import Way
from banyan.house.bench.visitor import EMBEDDED, hidden, letter
from banyan.house.cli import bench
from banyan.house.demo.run import BANYAN
from banyan.house.processes import environment

KEYS = {
    "seal": {
        "entry_seal_per_s", "entry_open_per_s", "entry_seal_share", "entry_open_share",
        "wrap_per_s", "unwrap_per_s",
    },
    "door": {
        "first_page_requests", "first_page_bytes", "first_page_bytes_my", "path_requests", "path_bytes",
        "script_bytes", "contact_cpu_ms", "message_cpu_ms", "read3_cpu_ms", "read20_cpu_ms",
        "senders", "sent", "kept", "doubled", "send_p50_ms", "send_p99_ms",
        "code_tries", "code_t_statistic", "code_paired_low_ms", "code_paired_high_ms",
        "flood_honest_finished_pct", "flood_honest_p50_s", "flood_honest_p95_s", "flood_honest_dropped",
        "flood_junk_per_s", "flood_junk_kept", "flood_memory_mb",
    },
    "sync": {"push_entries_per_s_sqlite", "pull_entries_per_s_sqlite", "union_entries_per_s"},
}  # fmt: skip


def told_by(name):
    """What `banyan bench NAME --json --quick` prints, as the program that people call."""
    import subprocess

    asked = subprocess.run(
        [*BANYAN, "bench", name, "--json", "--quick"], capture_output=True, text=True, env=environment()
    )
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout)


@pytest.mark.parametrize("name", ["seal", "door", "sync"])
def test_a_bench_prints_one_object_with_its_keys(name):
    told = told_by(name)
    assert told["bench"] == name and told["machine"]["cores"] >= 1
    assert set(told["figures"]) >= (KEYS[name] if Path("/proc/self/stat").exists() else set())
    for key, one in told["figures"].items():
        assert set(one) == {"value", "unit", "beside"}, key
        assert isinstance(one["value"], int | float) and (one["value"] >= 0 or key.startswith("code_paired_"))
    if name == "door":
        kept, sent = (told["figures"][key]["value"] for key in ("kept", "sent"))
        assert kept == sent == 500 and told["figures"]["doubled"]["value"] == 0
        assert told["figures"]["flood_honest_finished_pct"]["value"] == 100
        assert told["figures"]["flood_honest_dropped"]["value"] == 0
        assert told["figures"]["first_page_requests"]["value"] == 1
        assert told["figures"]["script_bytes"]["value"] == 0


def test_the_bare_library_works_on_the_same_bytes():
    seal_raw, open_raw = seal._raw(1024)
    seal_raw()
    open_raw()
    assert seal.rate(lambda: None, 0.01) > 0


def test_a_figure_is_told_with_what_others_reached():
    told = figures.report("door", {"kept": figures.Figure(500, "messages", {"Another": 95})})
    assert told["figures"]["kept"] == {"value": 500, "unit": "messages", "beside": {"Another": 95}}
    assert "Another 95" in "\n".join(figures.lines(told))
    assert "Another" not in "\n".join(figures.lines(figures.report("door", {})))


def test_the_visitor_sees_what_a_page_carries_and_embeds():
    page = '<input type="hidden" name="code" value="00ff"><input name="words" value="x"><img src="/a.png">'
    assert hidden(page) == {"code": "00ff"}
    assert EMBEDDED.findall(page) == ["/a.png"]
    assert EMBEDDED.findall('<a href="/en/back/">') == []
    assert letter("00ff", "text")["nonce"] != letter("00ff", "text")["nonce"]


def test_only_known_benches_are_measured():
    assert set(bench.BENCHES) == {"door", "seal", "desk", "sync", "files", "demo"}


def test_a_difference_in_time_is_found_where_there_is_one_and_not_where_there_is_none():
    chance = random.Random(1)
    same = [
        {kind: 0.25 + chance.gauss(0, 0.01) for kind in ("right", "wrong", "erased")} for _ in range(3000)
    ]
    slower = [{**one, "right": one["right"] + 0.002} for one in same]
    told, found = alike.figures_of(same), alike.figures_of(slower)
    assert told["code_t_statistic"].value < 4.5 < found["code_t_statistic"].value
    assert told["code_paired_low_ms"].value < 0 < told["code_paired_high_ms"].value
    assert 0 < found["code_paired_low_ms"].value < 2 < found["code_paired_high_ms"].value


def test_the_slow_line_takes_a_round_trip_to_open_and_its_time_for_every_byte():
    line = Way(rate=1000.0)
    assert line.arrival(960, 5.0) == pytest.approx(5.0 + 1.0 + 0.5)
    assert line.arrival(960, 5.0) == pytest.approx(5.0 + 2.0 + 0.5), "the second waits for the first"
