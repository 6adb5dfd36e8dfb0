"""`kill -9` of a desk under load: nothing that was acknowledged is lost, nothing half-written shows."""

import random
import subprocess
import sys
import time
from pathlib import Path

from banyan.cases.folders.conversation import Message
from banyan.sealing import codes

KILLS = 50


def test_a_desk_killed_at_any_moment_keeps_what_it_acknowledged(programme, tmp_path):
    programme.door.visit(codes.new_code()).post(b"n" * 16, Message(text="hello", language="en"))
    programme.carry()
    programme.carry()
    aye = programme.desks["Aye"]
    (folder,) = aye.held("conversation")
    place = tmp_path / "killed"
    place.mkdir()
    store = programme.store("killed/store")
    store.add(item.data for item in aye.store.get(aye.store.ids_for(None)))
    chance = random.Random(7)
    said: list[bytes] = []
    for _ in range(KILLS):
        said += _killed(place, folder, aye.keys.secret, chance.uniform(0.0, 0.25))
    desk = programme.desk(aye.keys, "after", store=store)
    desk.take_in_all()
    history = desk.history(folder)
    written = [told.name for told in history.told]
    assert len(said) > KILLS and len(written) == len(set(written))
    assert set(said) <= set(written)
    assert history.faults == () and history.doubled == () and history.missing == 0
    assert store.drop_damaged() == []
    numbers = sorted(t.opened.entry.seq for t in history.told if t.opened.author == aye.keys.id)
    assert numbers == list(range(len(numbers)))


def _killed(place: Path, folder: bytes, secret: bytes, after: float) -> list[bytes]:
    """Start the desk, let it write for a moment after its first entry, kill it; the names that it acknowledged."""
    program = Path(__file__).with_name("killed_desk.py")
    desk = subprocess.Popen(
        [sys.executable, program, place, folder.hex()], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert desk.stdin is not None and desk.stdout is not None
    desk.stdin.write(secret)
    desk.stdin.close()
    first = desk.stdout.readline()
    assert first, "the desk ended before it wrote anything"
    time.sleep(after)
    desk.kill()
    rest = desk.stdout.read().splitlines()
    desk.wait()
    return [bytes.fromhex(line.decode()) for line in [first, *rest] if len(line.strip()) == 64]
