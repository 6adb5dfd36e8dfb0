"""`banyan member` and `banyan roster` on a founded programme, as somebody at a terminal meets them."""

import json
import re

import pytest

from banyan.folders.cards import read_card
from banyan.folders.roster import fingerprint
from banyan.house.processes import banyan, python
from banyan.sealing import phrases

# What an office's desk would have sent to the hub: an act with the signatures of these members.
SIGN = """
import json, sys
from pathlib import Path
from banyan.house.cli import places
home, told = Path(sys.argv[1]), json.loads(sys.argv[2])
store = places.open_store(home, hub=True)
from banyan.folders import acts
from banyan.folders.cards import read_card
from banyan.folders.items import Sort, mark
from banyan.folders.roster import Add, Change, assent, place
from banyan.folders.seats import Seat
from banyan.sealing import phrases
from banyan.sealing.format import write
roster, made = store.roster(), int(store.clock().timestamp())
ids = {member.name: member.id for member in roster.members.values()}
if told.get("card"):
    act = Add(card=read_card(told["card"]), seats=(Seat.GUIDE,), replaces=None, made=made, nonce=acts.new_nonce())
else:
    act = Change(what="freeze", member=ids[told["freeze"]], seats=(), made=made, nonce=acts.new_nonce())
keys = [phrases.unlock((home / "desks" / name / "keys.sealed").read_bytes(), words) for name, words in told["by"]]
data = write(act)
signed = tuple(assent(one, roster.programme, data) for one in keys)
if told.get("fork"):
    head = (roster.programme,)
    store.add([place(keys[0], index=1, previous=head, time=made, act=data, assents=signed)])
else:
    store.add([mark(Sort.ACT, data), *(mark(Sort.ASSENT, write(one)) for one in signed)])
"""


def sign(home, *names: str, **what: object) -> None:
    told = {"by": [(name, home.members[name]) for name in names], **what}
    python(SIGN, str(home.path), json.dumps(told))


@pytest.fixture
def joined(home, tmp_path):
    """Ei's folder, card and words, made by the command."""
    done = banyan("member", "join", "Ei", "--home", str(home.path), "--card", str(tmp_path / "ei.txt"))
    assert done.returncode == 0, done.stderr
    return done.stdout, (tmp_path / "ei.txt").read_text()


def test_joining_makes_keys_that_the_words_open_and_a_card_that_says_the_same(home, joined):
    out, text = joined
    (words,) = re.findall(r"Your seven words:\s+(.+)\n", out)
    keys = phrases.unlock((home.path / "desks" / "Ei" / "keys.sealed").read_bytes(), words)
    card = read_card(text)
    assert card == read_card(out) and card.keys == keys.public and card.name == "Ei"
    assert fingerprint(keys.public) in out
    assert keys.secret.hex() not in out
    again = banyan("member", "join", "Ei", "--home", str(home.path))
    assert again.returncode == 1 and "already" in again.stderr and "words" not in again.stdout
    assert banyan("member", "join", "../Ei", "--home", str(home.path)).returncode == 1
    assert banyan("member", "join", "Fo", "--home", str(home.path), "--programme", "x").returncode == 1
    assert not (home.path / "desks" / "Fo").exists()


def test_an_act_of_two_is_placed_on_the_hubs_machine_and_one_of_one_is_not(home, joined):
    def place(name: str):
        return banyan("member", "place", name, "--home", str(home.path), BANYAN_PHRASE=home.members[name])

    def roster():
        return banyan("roster", "--home", str(home.path), "--hub")

    sign(home, "Chit", card=joined[1])
    assert "0 acts got their place. 1 still wait" in place("Chit").stdout
    assert "add Ei" not in roster().stdout
    sign(home, "Dway", freeze="Aye")
    wrong = banyan("member", "place", "Dway", "--home", str(home.path), BANYAN_PHRASE="wrong words")
    assert wrong.returncode == 1 and "do not open" in wrong.stderr
    assert "1 acts got their place" in place("Dway").stdout
    sign(home, "Chit", "Dway", card=joined[1])
    assert "1 acts got their place" in place("Dway").stdout
    shown = roster()
    assert shown.returncode == 0 and "freeze Aye" in shown.stdout and "add Ei: guide" in shown.stdout
    assert "2 of at least 2 signed: Chit, Dway" in shown.stdout
    listed = banyan("member", "list", "--home", str(home.path), "--hub").stdout
    assert "Aye: frozen; intake" in listed and "4 of 5 are active" in listed
    desk = banyan("member", "list", "--home", str(home.path), "--desk", "Ba").stdout
    assert "Ei" not in desk and "4 of 4 are active" in desk


def test_a_refused_or_forked_chain_is_named_and_does_not_end_with_0(home):
    shown = banyan("roster", "--home", str(home.path), "--hub")
    assert shown.returncode == 0 and "4 of at least 4 signed" in shown.stdout
    assert all(len(word) <= 64 for word in shown.stdout.split())
    sign(home, "Aye", freeze="Ba", fork=True)  # Aye has no right to that
    shown = banyan("roster", "--home", str(home.path), "--hub")
    assert (
        shown.returncode == 1 and "refused" in shown.stdout and "needs somebody of the office" in shown.stdout
    )
    sign(home, "Chit", freeze="Ba", fork=True)
    assert banyan("roster", "--home", str(home.path), "--hub").returncode == 1
    sign(home, "Dway", freeze="Aye", fork=True)
    shown = banyan("roster", "--home", str(home.path), "--hub")
    assert shown.returncode == 1 and "FORKED" in shown.stdout
    assert banyan("roster", "--home", str(home.path), "--desk", "Ba").returncode == 0


@pytest.mark.parametrize("args", [("roster",), ("roster", "--hub", "--desk", "Aye"), ("member", "list")])
def test_a_place_has_to_be_named(home, args):
    done = banyan(*args, "--home", str(home.path))
    assert done.returncode == 1 and "Name either" in done.stderr
