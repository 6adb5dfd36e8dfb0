"""Running: ports, a child that dies, and the command as a person calls it."""

import socket
import subprocess
import sys

import pytest

from banyan.house.cli.refused import Refused
from banyan.house.demo import founding, run
from banyan.house.processes import environment


def banyan(*args):
    return subprocess.run([*run.BANYAN, *args], capture_output=True, text=True, env=environment())


def test_a_busy_port_is_exchanged_for_a_free_one():
    with socket.socket() as busy:
        busy.bind((run.HERE, 0))
        busy.listen()
        taken = busy.getsockname()[1]
        assert run.free_port(taken) != taken
    free = run.free_port(0)
    assert run.free_port(free) == free
    assert run.free_port(free, taken=free) != free


def test_a_child_that_dies_is_said_in_one_line_and_the_other_ends():
    children = [
        run.Program(name, subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True))
        for name, code in (("hub", "print('no room left'); exit(3)"), ("desk", "import time; time.sleep(60)"))
    ]
    for child in children:
        child.follow()
    children[0].process.wait(20)
    with pytest.raises(Refused, match=r"The hub stopped by itself \(exit code 3\): no room left"):
        run.wait_until_up(children, [run.free_port(0)])
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
        child.process.wait(20)


def test_the_members_are_listed_with_their_phrases(tmp_path):
    block = "\n".join(run.members_block(tmp_path))
    for name, words in founding.phrases(1).members.items():
        assert name in block and words in block


def test_the_command_makes_a_demo_once_and_finds_it_again(tmp_path):
    home = str(tmp_path / "demo")
    first = banyan("demo", "--home", home, "--people", "2")
    assert first.returncode == 0, first.stderr
    assert "2 people" in first.stdout and founding.phrases(1).members["Aye"] in first.stdout
    again = banyan("demo", "--home", home, "--people", "3")
    assert again.returncode == 0 and "holds a demo of 2 people already" in again.stdout
    assert "sealed entries" not in again.stdout


def test_a_real_programme_is_never_made_a_demo(tmp_path):
    (tmp_path / "desks").mkdir()
    refused = banyan("demo", "--home", str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr.startswith("banyan: There is a programme") and refused.stderr.count("\n") == 1
    assert [one.name for one in tmp_path.iterdir()] == ["desks"]
