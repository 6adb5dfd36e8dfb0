"""Several processes: what they tell is heard, and whatever ends one of them ends all."""

import os
import signal
import subprocess
import time

import pytest

from banyan.house.cli.refused import Refused
from banyan.house.demo import crew, founding
from banyan.house.demo.run import BANYAN
from banyan.house.processes import environment


def say(tell, word, number):
    for _ in range(number):
        tell((word, os.getpid()))


def die(tell, code):
    tell("begun")
    os._exit(code)


def wait_long(tell):
    tell(os.getpid())
    time.sleep(120)


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    for name in ("BANYAN_DESK_DIR", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))


def test_every_job_has_a_process_of_its_own_and_all_is_heard(tmp_path):
    heard: list[tuple[str, int]] = []
    crew.do([crew.Job(say, ("a", 3)), crew.Job(say, ("b", 2))], heard.append, tmp_path)
    assert sorted(word for word, _ in heard) == ["a", "a", "a", "b", "b"]
    processes = {pid for _, pid in heard}
    assert len(processes) == 2 and os.getpid() not in processes


def test_a_single_job_is_done_here(tmp_path):
    heard: list[object] = []
    crew.do([crew.Job(say, ("a", 1))], heard.append, tmp_path)
    assert heard == [("a", os.getpid())]


def test_one_that_dies_ends_the_others_and_is_said(tmp_path):
    heard: list[object] = []
    began = time.monotonic()
    with pytest.raises(Refused, match=r"exit code 7"):
        crew.do([crew.Job(wait_long, ()), crew.Job(die, (7,))], heard.append, tmp_path)
    assert time.monotonic() - began < 60 and "begun" in heard
    for pid in (one for one in heard if isinstance(one, int)):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C goes to a group of processes")
def test_ctrl_c_leaves_nothing_half_and_the_next_run_begins_anew(tmp_path):
    home = tmp_path / "demo"
    words = [*BANYAN, "demo", "--home", str(home), "--workers", "2", "--people"]
    asked = subprocess.Popen(
        [*words, "5000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not list(home.glob("making-demo-*/part-1/desks/Aye")) and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(2)
    os.killpg(asked.pid, signal.SIGINT)
    _, said = asked.communicate(timeout=60)
    assert asked.returncode == 130
    assert said.strip().splitlines()[-1].endswith("banyan: Stopped.") and "Traceback" not in said
    assert list(home.iterdir()) == []
    again = subprocess.run([*words, "2"], capture_output=True, text=True, env=environment())
    assert again.returncode == 0 and "2 people" in again.stdout
    assert founding.told(home) == {"people": 2, "seed": 1}


def test_a_demo_that_was_cut_off_while_it_moved_is_no_demo(tmp_path):
    for part in ("hub", "desks"):
        (tmp_path / part).mkdir()
        (tmp_path / part / founding.UNFINISHED).touch()
    (tmp_path / "making-demo-0").mkdir()
    assert founding.told(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_real_programme_beside_it_is_never_removed(tmp_path):
    (tmp_path / "hub").mkdir()
    (tmp_path / "desks").mkdir()
    (tmp_path / "desks" / founding.UNFINISHED).touch()
    with pytest.raises(Refused, match="programme"):
        founding.told(tmp_path)
    assert (tmp_path / "hub").is_dir()
