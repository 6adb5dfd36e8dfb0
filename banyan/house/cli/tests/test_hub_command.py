"""The hub as a process: it answers, says nothing of itself, refuses in one line and ends cleanly."""

import os
import shutil
import signal
import socket

import pytest
import requests

from banyan.house.processes import banyan, python

POSTED = """
import sys
from pathlib import Path
from banyan.house.cli.hub import stand
stand(Path(sys.argv[1]))
from banyan.cases.folders.conversation import Message
from banyan.house.standing import door_here
from banyan.sealing import codes
visit = door_here().visit(codes.new_code())
visit.post(b"n" * 16, Message(text="I want to leave", language="en"))
print(visit.history.folder.hex())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_hub_answers_and_ends_cleanly(home, started, number):
    hub = started("hub", "--home", str(home.path), "--port", "0")
    answer = requests.post(hub.address + "/sync/summary", data=b"junk", timeout=10)
    assert 400 <= answer.status_code < 500
    assert "Server" not in answer.headers
    code, said = hub.end(number)
    assert (code, "Traceback" in said) == (0, False)
    assert "junk" not in said


def test_a_busy_port_is_refused_where_it_was_named(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = banyan("hub", "--home", str(home.path), "--port", port)
        assert done.returncode == 1
        assert (
            done.stderr == f"banyan: Port {port} is taken by another program. Choose another with --port.\n"
        )
        desk = banyan("desk", "--home", str(home.path), "--port", port, "--no-browser")
        assert (desk.returncode, desk.stderr) == (1, done.stderr)


@pytest.mark.parametrize("args", [["hub"], ["desk"], ["desk", "--name", "Aye"], ["check", "--hub"]])
def test_what_is_not_there_is_said_in_one_line(tmp_path, args):
    done = banyan(args[0], "--home", str(tmp_path / "none"), *args[1:])
    assert done.returncode == 1
    assert done.stderr.startswith("banyan: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "none" / "hub").exists()


@pytest.mark.skipif(os.name == "nt", reason="folders have no such rights there")
def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path):
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    done = banyan("init", "--home", "/proc/nowhere", "--from", str(plan))
    assert done.returncode == 1
    assert done.stderr.startswith("banyan: Banyan cannot write in /proc/nowhere")
    assert done.stderr.count("\n") == 1


def test_a_damaged_store_is_said_in_one_line_and_left_alone(home):
    store = home.path / "hub" / "store.sqlite3"
    store.write_bytes(b"nothing that SQLite knows" * 400)
    for args in (["hub", "--port", "0"], ["check", "--hub"]):
        done = banyan(args[0], "--home", str(home.path), *args[1:])
        assert done.returncode == 1
        assert "is damaged" in done.stderr
        assert done.stderr.count("\n") == 1
    assert store.read_bytes().startswith(b"nothing")


def test_a_door_with_another_key_than_the_roster_s_stays_shut(home):
    (home.path / "hub" / "door.key").write_bytes(bytes(32))
    done = banyan("hub", "--home", str(home.path), "--port", "0")
    assert done.returncode == 1
    assert "not the one that the programme's roster names" in done.stderr


@pytest.mark.parametrize("text", ["[[bell]", '[[bell]]\nmember = "Aye"\nkind = "mail"\n', "bells = 1"])
def test_a_bells_file_that_would_ring_nobody_is_refused_at_the_start(home, text):
    (home.path / "hub" / "bells.toml").write_text(text)
    done = banyan("hub", "--home", str(home.path), "--port", "0")
    assert done.returncode == 1
    assert "bells.toml" in done.stderr and "Nobody would be told" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["hub", "desk"])
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('nmae = { en = "a", my = "b" }', "nmae"),
        ('[colours.light]\nleaf = "#eeeeee"', "leaf on paper"),
        (None, "no folder"),
    ],
)
def test_a_pack_that_does_not_hold_is_refused_in_one_line(home, tmp_path, command, text, fault):
    if text is not None:
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "door.toml").write_text(text)
    done = banyan(command, "--home", str(home.path), "--pack", str(tmp_path / "own"), "--port", "0")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert fault in done.stderr


def test_a_sentence_that_the_door_does_not_say_is_refused_at_the_start(home, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "door.toml").write_text('[words]\n"Wriet" = { en = "Begin" }')
    done = banyan("hub", "--home", str(home.path), "--pack", str(tmp_path / "own"), "--port", "0")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "the door does not say 'Wriet'" in done.stderr


def test_a_hub_wears_its_own_pack(home, tmp_path, started):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "door.toml").write_text(
        'name = { en = "Harbour Bakers", my = "မုန့်ဖုတ်သမား" }', encoding="utf-8"
    )
    hub = started("hub", "--home", str(home.path), "--pack", str(tmp_path / "own"), "--port", "0")
    answer = requests.get(hub.address + "/en/", timeout=20)
    assert "<title>Harbour Bakers</title>" in answer.text
    assert "banyan" not in f"{answer.headers} {answer.text}".lower()


@pytest.mark.parametrize("room", ["much", "0", "-5G", "5 gigabytes"])
def test_a_room_that_is_no_size_is_refused(home, room):
    done = banyan("hub", "--home", str(home.path), f"--room={room}", "--port", "0")
    assert (done.returncode, done.stderr) == (1, "banyan: --room is a size such as 500M or 20G.\n")


# Founding

PLAN = """
name = "Harbour"
hub = "https://hub.example"
trustees = ["one", "two", "three", "four", "five"]
[members]
Aye = ["intake"]
"Ma Hnin" = ["office"]
"""


def test_a_programme_is_founded_from_a_file_and_never_over_another(tmp_path):
    plan, home = tmp_path / "plan.toml", tmp_path / "home"
    plan.write_text(PLAN)
    done = banyan("init", "--home", str(home), "--from", str(plan))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\nmember ") == 2
    assert "intake: 1 of 2." in done.stdout
    assert "about 8 members" in done.stdout
    assert {one.name for one in home.iterdir()} == {"hub", "desks", "trustees", "hub.address"}
    assert (home / "hub" / "door.key").stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in (home / "trustees").iterdir()) == [f"{n}.share" for n in range(1, 6)]
    words = [
        line.partition(": ")[2] for line in done.stdout.splitlines() if line.startswith(("member", "trustee"))
    ]
    assert all(len(one.split()) == 7 for one in words)
    kept = b"".join(one.read_bytes() for one in home.rglob("*") if one.is_file())
    assert not any(one.encode() in kept for one in words)
    again = banyan("init", "--home", str(home), "--from", str(plan))
    assert again.returncode == 1
    assert "a programme" in again.stderr


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('["office"]', '["office", "oversight"]', "never meet in one member"),
        ('["office"]', '["captain"]', "There is no seat captain"),
        ('"five"]', '"four"]', "Five trustees"),
        ('"Ma Hnin" = ["office"]', "", "at least two members"),
        ('"Ma Hnin"', '"../hub"', "A member's name"),
        ("[members]", "[members", "no TOML file"),
        ('name = "Harbour"', "", "1 to 60 letters"),
    ],
)
def test_a_plan_that_does_not_fit_founds_nothing(tmp_path, old, new, words):
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.replace(old, new))
    done = banyan("init", "--home", str(tmp_path / "home"), "--from", str(plan))
    assert done.returncode == 1
    assert words in done.stderr
    assert list((tmp_path / "home").iterdir()) == []


def test_the_ceremony_asks_and_shows_each_phrase_once(tmp_path):
    said = "Harbour\n\none\ntwo\nthree\nfour\nfive\nAye\ncaptain\nintake screening\nintake\nBa\noffice\n\ny\n"
    done = python(CEREMONY, str(tmp_path / "home"), said)
    assert "There is no seat captain" in done
    assert "never meet in one member" in done
    assert done.count("these are your seven words") == 7
    assert (tmp_path / "home" / "desks" / "Ba" / "keys.sealed").exists()


CEREMONY = """
import sys
from click.testing import CliRunner
from banyan.house.cli.init import command
done = CliRunner().invoke(command, ["--home", sys.argv[1]], input=sys.argv[2], catch_exceptions=False)
print(done.output)
sys.exit(done.exit_code)
"""


# Recovery


def hand_over(home, number, target, *where):
    words = home.trustees[["one", "two", "three", "four", "five"][number - 1]]
    share = home.path / "trustees" / f"{number}.share"
    return banyan("trustee", "hand-over", str(share), *where, "-o", str(target), BANYAN_PHRASE=words)


def test_three_trustees_open_a_folder_for_a_member_and_two_do_not(home, tmp_path):
    folder = python(POSTED, str(home.path)).strip()
    files = [tmp_path / f"{number}.handed" for number in (1, 3, 5)]
    for number, target in zip((1, 3, 5), files, strict=True):
        done = hand_over(home, number, target, "--folder", folder)
        assert done.returncode == 0, done.stderr
    two = banyan(*recover(home, "Dway"), *map(str, files[:2]), BANYAN_PHRASE=home.members["Dway"])
    assert two.returncode == 1
    assert "three are needed" in two.stderr
    shutil.rmtree(home.path / "desks" / "Aye")
    wrong = banyan(*recover(home, "Ba"), *map(str, files), BANYAN_PHRASE=home.members["Dway"])
    assert "do not open that desk" in wrong.stderr
    other = banyan(
        *recover(home, "Ba"), "--folder", "00" * 32, *map(str, files), BANYAN_PHRASE=home.members["Ba"]
    )
    assert other.returncode == 1
    three = banyan(*recover(home, "Ba"), *map(str, files), BANYAN_PHRASE=home.members["Ba"])
    assert three.returncode == 0, three.stderr
    assert f"Opened: {folder}" in three.stdout
    read = python(READ, str(home.path), "Ba", home.members["Ba"], folder)
    assert "I want to leave" in read


def recover(home, name):
    return ["recover", "--home", str(home.path), "--desk", name]


READ = """
import sys
from pathlib import Path
from banyan.house.cli import places
from banyan.house.cli.recover import unlock_keys
home, name, words, folder = Path(sys.argv[1]), *sys.argv[2:]
keys = unlock_keys(home, name, words)
places.settle(home, desk=name)
from banyan.house.unlock.opening import make_desk
desk = make_desk(places.desk_dir(home, name), keys)
desk.take_in_all()
print([said.document for said in desk.conversation(bytes.fromhex(folder)).messages])
"""


def test_a_trustee_s_share_opens_with_its_own_words_only(home, tmp_path):
    target = tmp_path / "handed"
    home.trustees["one"] = home.trustees["two"]
    assert "do not open that share" in hand_over(home, 1, target, "--bucket", "7").stderr
    assert "either --bucket or --folder" in hand_over(home, 2, target).stderr
    assert not target.exists()
    assert hand_over(home, 2, target, "--bucket", "7").returncode == 0
    assert "nothing is written over" in hand_over(home, 2, target, "--bucket", "8").stderr


# Checking


def test_check_names_what_is_damaged_and_mends_it(home):
    folder = python(POSTED, str(home.path)).strip()
    whole = banyan("check", "--home", str(home.path), "--hub")
    assert whole.returncode == 0, whole.stderr
    assert "Nothing is wrong" in whole.stdout
    damaged = python(DAMAGE, str(home.path), folder).strip()
    found = banyan("check", "--home", str(home.path), "--hub")
    assert found.returncode == 1
    assert f"Damaged: {damaged}" in found.stdout
    assert found.stdout.count("Damaged") == 1
    assert banyan("check", "--home", str(home.path), "--hub", "--mend").returncode == 0
    assert "Nothing is wrong" in banyan("check", "--home", str(home.path), "--hub").stdout
    assert "either --hub or --desk" in banyan("check", "--home", str(home.path)).stderr


DAMAGE = """
import sqlite3, sys
from pathlib import Path
store = sqlite3.connect(Path(sys.argv[1]) / "hub" / "store.sqlite3")
row, ident, data = store.execute(
    "SELECT key, item, data FROM folders_held WHERE sort = 'seal' AND folder = ?", (bytes.fromhex(sys.argv[2]),)
).fetchone()
data = data[:200] + bytes((data[200] ^ 1,)) + data[201:]
store.execute("UPDATE folders_held SET data = ? WHERE key = ?", (data, row))
store.commit()
print(ident.hex())
"""
