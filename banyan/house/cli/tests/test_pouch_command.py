"""`banyan pouch` as somebody at a terminal meets it: a hub's store, a stick, a desk's store."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MAKE = """
import sys
from pathlib import Path
from banyan.house.cli import places
home = Path(sys.argv[1])
(home / "hub").mkdir(parents=True); (home / "desks" / "bo").mkdir(parents=True)
store = places.open_store(home, hub=sys.argv[2] == "hub", desk=None if sys.argv[2] == "hub" else "bo")
from banyan.folders.tests.places import folder, programme
one = programme()
store.add([one.founding, *folder(one, "ama", "bo")[1].items, *folder(one, "ama")[1].items])
"""


def run(*args: object, code: str | None = None) -> subprocess.CompletedProcess[str]:
    start = ["-c", code] if code else ["-c", "from banyan.house.cli import main; main()"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BANYAN_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *start, *map(str, args)],
        capture_output=True,
        text=True,
        env=clean,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with two folders, of which Bo holds one, and Bo's empty desk."""
    home = tmp_path_factory.mktemp("home") / "banyan"
    made = run(home, "hub", code=MAKE)
    assert made.returncode == 0, made.stderr
    return home


def test_a_pouch_is_written_looked_at_and_taken_in(home: Path, tmp_path: Path) -> None:
    stick = tmp_path / "bo.pouch"
    out = run("pouch", "out", stick, "--home", home, "--hub", "--for", "bo")
    assert out.returncode == 0 and "4 sealed items" in out.stdout, out.stderr
    assert run("pouch", "look", stick).stdout == "4 items are whole: 1 link, 1 seal, 2 wrap\n"
    for words in ("New here: 4. Known: 0.", "New here: 0. Known: 4."):
        came = run("pouch", "in", stick, "--home", home, "--desk", "bo")
        assert came.returncode == 0 and words in came.stdout, came.stderr


def test_what_is_broken_is_said_and_the_rest_comes_in(home: Path, tmp_path: Path) -> None:
    stick = tmp_path / "all.pouch"
    assert "3 sealed items" in run("pouch", "out", stick, "--home", home, "--hub", "--backup").stdout
    whole = bytearray(stick.read_bytes())
    whole[-200] ^= 1
    stick.write_bytes(whole)
    for args in (("look", stick), ("in", stick, "--home", home, "--desk", "bo")):
        done = run("pouch", *args)
        assert done.returncode == 1 and "item 3: a byte of it was changed" in done.stderr


def test_a_pouch_of_another_programme_is_refused_whole(home: Path, tmp_path: Path) -> None:
    other, stick = tmp_path / "other", tmp_path / "other.pouch"
    assert run(other, "hub", code=MAKE).returncode == 0
    assert run("pouch", "out", stick, "--home", other, "--hub", "--backup").returncode == 0
    mine = tmp_path / "mine.pouch"
    for again in ("before", "after"):
        done = run("pouch", "out", tmp_path / again, "--home", home, "--hub", "--backup")
        assert "3 sealed items" in done.stdout
        refused = run("pouch", "in", stick, "--home", home, "--hub")
        assert refused.returncode == 1 and refused.stdout == ""
        assert "is a pouch of another programme. Nothing of it was taken in." in refused.stderr
    assert run("pouch", "out", mine, "--home", home, "--hub", "--backup").returncode == 0
    assert "Known: 3." in run("pouch", "in", mine, "--home", home, "--hub").stdout


def test_wrong_words_end_in_one_line(home: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"a letter")
    for args in (
        ("out", tmp_path / "x", "--home", home, "--hub"),
        ("out", tmp_path / "x", "--home", home, "--hub", "--backup", "--wraps"),
        ("out", tmp_path / "x", "--home", home, "--backup"),
        ("out", tmp_path / "x", "--home", home, "--hub", "--for", "nobody"),
        ("out", there, "--home", home, "--hub", "--backup"),
        ("out", tmp_path / "no" / "x", "--home", home, "--hub", "--backup"),
        ("in", there, "--home", home, "--hub"),
        ("in", tmp_path / "gone", "--home", home, "--hub"),
        ("in", there, "--home", tmp_path / "nowhere", "--hub"),
        ("look", there),
    ):
        done = run("pouch", *args)
        assert done.returncode != 0 and done.stderr.startswith("banyan: "), (args, done.stderr)
        assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert not (tmp_path / "x").exists() and there.read_bytes() == b"a letter"
