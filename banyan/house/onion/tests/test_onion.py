"""What tor is told, who finds the staff's address, and the hub beside a tor that is kept off every network."""

import json
import os
import re
import signal
import subprocess
import sys
from base64 import b32decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from banyan.house.cli.refused import Refused
from banyan.house.onion import clients, gate, torrc
from banyan.house.onion.place import OnionPlace
from banyan.house.onion.tests.network import is_here
from banyan.house.processes import banyan, environment, founded, home, until

__all__ = ["founded", "home"]
needs_tor = pytest.mark.skipif(not is_here(), reason="no tor here: `make tor` installs it where it may")
DOOR, STAFF = "a" * 56 + ".onion", "b" * 56 + ".onion"
# Never into the real network, not even for a test: a later line wins.
OFFLINE = ["DisableNetwork 1"]
RUN = """
import json, sys
from pathlib import Path
from banyan.house.cli.refused import Refused
from banyan.house.onion.running import run
try:
    run(Path(sys.argv[1]), extra=json.loads(sys.argv[2]))
except Refused as refused:
    refused.show()
    sys.exit(refused.exit_code)
"""


@pytest.fixture
def place(tmp_path: Path) -> OnionPlace:
    """The folder of a tor whose addresses were made."""
    made = OnionPlace.of(tmp_path / "a home")
    made.make()
    for name, address in (("door", DOOR), ("staff", STAFF)):
        (made.service(name) / "hostname").write_text(address + "\n")
    return made


def told(place: OnionPlace, *modules: str, extra: tuple[str, ...] = ()) -> str:
    return torrc.text(place, modules=modules, online=False, owner=os.getpid(), extra=extra)


# What tor is told


def test_the_configuration_hides_the_hub_and_pays_for_floods_where_tor_can(place):
    lines = told(place, "pow").splitlines()
    for line in (
        "HiddenServiceNonAnonymousMode 0", "HiddenServiceSingleHopMode 0", "VanguardsLiteEnabled 1", "SocksPort 0",
        "SafeLogging 1", "Log notice stdout", "ClientOnly 1",
    ):  # fmt: skip
        assert lines.count(line) == 1
    door, staff = (lines.index(f'HiddenServiceDir "{place.service(name)}"') for name in ("door", "staff"))
    assert f'HiddenServicePort 80 unix:"{place.socket_of("door")}"' in lines[door:staff]
    assert "HiddenServicePoWDefensesEnabled 1" in lines[door:staff]
    assert "HiddenServiceEnableIntroDoSDefense 1" in lines[door:staff]
    assert "HiddenServiceEnableIntroDoSDefense 1" in lines[staff:]
    assert not any("127.0.0.1" in line for line in lines)
    rest = torrc.without_staff(told(place, "pow", extra=("One 1",))).splitlines()
    assert (
        set(lines) - set(rest) >= set(lines[staff : staff + 2])
        and rest[-1] == "One 1"
        and lines[door] in rest
    )
    without = told(place, "relay").splitlines()
    assert not any("PoW" in line for line in without)
    assert "HiddenServiceEnableIntroDoSRatePerSec 25" in without[: without.index(lines[staff])]


@needs_tor
def test_debians_tor_takes_the_configuration_and_no_other_line(place):
    from banyan.house.onion.tor import Tor

    clients.close(place)
    tor = Tor(place, "tor")
    for extra, taken in ((), True), (("HiddenServiceNonsense 1",), False):
        place.torrc.write_text(told(place, *tor.modules, extra=extra))
        asked = ["tor", "-f", place.torrc, "--defaults-torrc", place.defaults, "--verify-config"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert (done.returncode == 0) is taken, done.stdout
    words = r"Tor does not take its configuration: .*HiddenServiceNonsense"
    with pytest.raises(Refused, match=words), Tor(place, "tor", ["HiddenServiceNonsense 1"]).running():
        raise AssertionError("it began")


def test_a_folder_that_tor_cannot_be_told_is_refused(tmp_path):
    for name, words in (('a"b', "such signs"), ("a\nb", "such signs"), ("x" * 100, "too long")):
        with pytest.raises(Refused, match=words):
            OnionPlace.of(tmp_path / name)


def test_a_second_hub_takes_nothing_from_the_first(place):
    taken = place.listen("door")
    with pytest.raises(Refused, match="runs already"):
        place.listen("door")
    taken.close()
    place.listen("door").close()  # what a killed hub left is no hindrance
    assert place.folder.stat().st_mode & 0o777 == 0o700


# Who finds the staff's address


def test_the_staffs_address_is_never_open_to_everybody_and_the_hub_keeps_no_private_half(place):
    clients.close(place)
    folder = place.service("staff") / "authorized_clients"
    assert [one.name for one in folder.iterdir()] == ["nobody.auth"]
    line = clients.add(place, "Ma Hnin")
    address, kind, curve, private = line.split(":")
    assert (address + ".onion", kind, curve) == (STAFF, "descriptor", "x25519")
    key = X25519PrivateKey.from_private_bytes(b32decode(private + "===="))
    said, kept = (folder / "Ma Hnin.auth").read_text().split(":")[::2]
    assert said == "descriptor" and b32decode(kept.strip() + "====") == key.public_key().public_bytes_raw()
    everything = b"".join(one.read_bytes() for one in place.folder.rglob("*") if one.is_file())
    assert private.encode() not in everything and kept.strip().encode() in everything
    assert all(one.stat().st_mode & 0o777 == 0o600 for one in folder.iterdir())
    assert clients.names(place) == ["Ma Hnin"]
    with pytest.raises(Refused, match="has a key already"):
        clients.add(place, "Ma Hnin")
    clients.remove(place, "Ma Hnin")
    assert clients.names(place) == [] and (folder / "nobody.auth").exists()


@pytest.mark.parametrize("name", ["nobody", "Nobody", "../door", "", "a/b", "x" * 61])
def test_no_key_is_made_or_taken_away_for_what_is_no_name(place, name):
    clients.close(place)
    for act in (clients.add, clients.remove):
        with pytest.raises(Refused, match="A name is made of"):
            act(place, name)
    assert (place.service("staff") / "authorized_clients" / "nobody.auth").exists()


# Which address answers what


def test_each_address_answers_its_own_and_nothing_of_the_other():
    def application(environ, _start):
        return [f"{environ['HTTP_HOST']} {environ['PATH_INFO']}".encode()]

    def ask(answer, host, path):
        (said,) = answer({"HTTP_HOST": host, "PATH_INFO": path}, None)
        return said.decode()

    door, staff = gate.door_only(application, DOOR), gate.sync_only(application, STAFF)
    assert ask(door, DOOR, "/my/") == f"{DOOR} /my/"
    assert ask(door, DOOR.upper() + ":80", "/my/").endswith(" /my/")
    assert ask(staff, STAFF, "/sync/push") == f"{STAFF} /sync/push"
    for host, path in (
        (DOOR, "/sync/push"),
        (STAFF, "/my/"),
        (STAFF, "/sync/push"),
        ("", "/my/"),
        ("127.0.0.1", "/"),
    ):
        assert ask(door, host, path) == f"{DOOR} /nowhere"
    for host, path in (
        (STAFF, "/"),
        (STAFF, "/my/"),
        (DOOR, "/my/"),
        (DOOR, "/sync/push"),
        (STAFF, "//sync/push"),
    ):
        assert ask(staff, host, path) == f"{STAFF} /nowhere"


# The commands


def refused(done) -> str:
    assert done.returncode != 0 and done.stderr.startswith("banyan: ") and done.stderr.count("\n") == 1
    return str(done.stderr)


def test_the_commands_refuse_in_one_line(home, tmp_path):
    where = ("--home", str(home.path))
    assert "apt install tor" in refused(banyan("hub", "--onion", *where, PATH=str(tmp_path)))
    assert "There is no program" in refused(banyan("hub", "--onion", "--tor", "/no/tor", *where))
    assert "does not run" in refused(banyan("hub", "--onion", "--tor", _script(tmp_path, "sleep"), *where))
    for more in (("--port", "0"), ("--host", "127.0.0.1"), ("--name", "hub.example")):
        assert "its two addresses only" in refused(banyan("hub", "--onion", *more, *where))
    assert "--tor goes with --onion" in refused(banyan("hub", "--tor", "tor", *where))
    assert "door's key is missing" in refused(banyan("hub", "--onion", "--home", str(tmp_path / "none")))
    assert "start `banyan hub --onion` once" in refused(banyan("onion", "add", "Aye", *where))
    assert "has no key here" in refused(banyan("onion", "remove", "Aye", *where))
    assert "There is no hub" in refused(banyan("onion", "list", "--home", str(tmp_path / "none")))
    assert not (tmp_path / "none").exists()
    listed = banyan("onion", "list", *where)
    assert listed.returncode == 0 and "0 with a key" in listed.stdout


def _script(folder: Path, _what: str) -> str:
    path = folder / "not-tor"
    path.write_bytes(b"\x00\x01nothing that runs")
    path.chmod(0o700)
    return str(path)


@pytest.mark.parametrize(
    "tor", ["127.0.0.1:9050", "socks5://127.0.0.1:9050", "http://127.0.0.1:8118", "socks5h://"]
)
def test_a_desk_refuses_what_is_no_tor(home, tor):
    done = banyan("desk", "--home", str(home.path), "--no-browser", "--hub", f"http://{STAFF}", "--tor", tor)
    assert "socks5h://127.0.0.1:9050" in refused(done)


# Beside tor


@pytest.fixture
def offline(home):
    """A hub beside a tor that stays off every network, and the id of that tor."""
    started = subprocess.Popen(
        [sys.executable, "-u", "-c", RUN, str(home.path), json.dumps(OFFLINE)],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert started.stdout is not None
    first = started.stdout.readline()
    assert first.startswith("Tor: 0 %"), first + started.stdout.read()
    (child,) = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
    yield started, int(child)
    if started.poll() is None:
        started.kill()
    started.communicate()


def gone(pid: int) -> bool:
    """Whether a process has ended."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


@needs_tor
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_however_the_hub_ends_tor_ends_with_it(offline, number):
    hub, tor = offline
    assert not gone(tor)
    hub.send_signal(number)
    hub.wait(15)
    until(lambda: gone(tor))


@needs_tor
def test_a_hub_whose_tor_was_killed_ends_and_says_so(offline):
    hub, tor = offline
    os.kill(tor, signal.SIGKILL)
    said, _ = hub.communicate(timeout=15)
    assert hub.returncode == 1
    assert "Tor has ended, so the hub has stopped" in said and "Traceback" not in said


@needs_tor
def test_a_key_is_known_to_a_running_tor_at_once_and_a_second_hub_is_refused(offline, home):
    added = banyan("onion", "add", "Aye", "--home", str(home.path))
    assert added.returncode == 0 and "Tor knows it already." in added.stdout
    assert re.search(r"^[a-z2-7]{56}:descriptor:x25519:[A-Z2-7]{52}$", added.stdout, re.MULTILINE)
    assert "1 with a key: Aye" in banyan("onion", "list", "--home", str(home.path)).stdout
    assert "runs already" in refused(banyan("hub", "--onion", "--home", str(home.path)))
    assert not gone(offline[1])
    removed = banyan("onion", "remove", "Aye", "--home", str(home.path))
    assert "Aye has no key any more." in removed.stdout
