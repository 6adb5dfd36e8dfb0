"""Over Tor alone: a private Tor network on loopback, the hub as two onion services, a person's tor and a member's.

`make test-onion` runs this. Nothing leaves the machine: all relays are Debian's tor on 127.0.0.1.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from banyan.house.onion.tests import network as tor
from banyan.house.onion.tests.processes import listening
from banyan.house.processes import Home, Process, banyan, environment, founded, started, until
from promises.walk import Walker

pytestmark = [
    pytest.mark.onion,
    pytest.mark.skipif(not tor.is_here(), reason="no tor here: `make test-onion` installs it where it may"),
]
QUESTION, ANSWER = "Can my family come with me?", "Yes. Both of you are safe to ask here."
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
PATIENCE = 90.0
__all__ = ["founded", "started"]


class OnionHub:
    """A hub that runs over the test network, and those who come to it."""

    def __init__(self, net: tor.Network, home: Home) -> None:
        self.net, self.home = net, home
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", RUN, str(home.path), json.dumps(net.lines)],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def wait(self) -> None:
        """Until both addresses are known to the network."""
        for line in self.process.stdout or ():
            self.said.append(line)
            if "Both addresses are known" in line:
                return
        raise AssertionError("".join(self.said))

    def address(self, name: str) -> str:
        """Where the door or the staff's sync is."""
        return "http://" + (self.home.path / "hub" / "tor" / name / "hostname").read_text().strip()

    def key_for(self, name: str) -> str:
        """What `banyan onion add` prints for a member's own tor."""
        done = banyan("onion", "add", name, "--home", str(self.home.path))
        assert done.returncode == 0, done.stderr
        assert "Tor knows it already." in done.stdout
        (line,) = re.findall(r"^[a-z2-7]{56}:descriptor:x25519:[A-Z2-7]{52}$", done.stdout, re.MULTILINE)
        return str(line)

    def end(self) -> None:
        """Stop it."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=30)


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tor.Network]:
    """The network, with a person's tor in it that knows nothing."""
    with tor.network(tmp_path_factory.mktemp("tor")) as made:
        made.person = made.client("person")
        yield made


@pytest.fixture(scope="module")
def hub(net: tor.Network, founded: Home) -> Iterator[OnionHub]:
    """The hub of a founded programme on that network."""
    made = OnionHub(net, founded)
    try:
        made.wait()
        net.ready("person")
        until(lambda: status(net.person, made.address("door") + "/en/") == 200, PATIENCE)
        print(f"the door answered {time.monotonic() - made.began:.1f} s after the hub was started")
        yield made
    except AssertionError as fault:
        raise AssertionError(
            f"{fault}\nthe hub:\n{''.join(made.said)}\na person's tor:\n{net.log('person')}"
        ) from None
    finally:
        made.end()


@pytest.fixture(scope="module")
def member(net: tor.Network, hub: OnionHub) -> str:
    """A member's tor, which holds the key that the hub gave to Aye."""
    proxy = net.client("aye", hub.key_for("Aye"))
    net.ready("aye")
    until(lambda: status(proxy, hub.address("staff") + "/") == 404, PATIENCE)
    return proxy


class Patient(requests.Session):
    """Whoever loads a page again when none comes: in a network of six relays a circuit now and then stalls."""

    def __init__(self, proxy: str, tries: int = 5) -> None:
        super().__init__()
        self.trust_env = False
        self.proxy, self.tries = proxy, tries

    def request(self, method, url, **more):  # type: ignore[no-untyped-def,override]
        """An answer, over a circuit of its own for each try."""
        for left in reversed(range(self.tries)):
            self.proxies = {"http": self.proxy.replace("://", f"://try{left}:x@")}
            try:
                return super().request(method, url, **{**more, "timeout": 25})
            except requests.RequestException:
                if not left:
                    raise
        raise AssertionError("never tried")


def ask(proxy: str, url: str, method: str = "GET", **headers: str) -> requests.Response:
    """One request over somebody's tor."""
    return Patient(proxy).request(method, url, headers=headers, data=b"junk" if method == "POST" else None)


def status(proxy: str, url: str) -> int:
    """The status of an answer, or 0 where none came at the first try."""
    try:
        return Patient(proxy, 1).request("GET", url).status_code
    except requests.RequestException:
        return 0


class OverTor(Walker):
    """A person's browser, all of whose requests go through their tor."""

    def __init__(self, address: str, proxy: str) -> None:
        self.session = Patient(proxy)
        self.open(address)


def test_a_person_and_a_member_reach_each_other_over_onion_addresses_alone(net, hub, member, started):
    person = OverTor(hub.address("door") + "/en/", net.person).send("words")
    code = re.findall(
        r"<li>([^<]+)</li>", person.answer.text.partition('class="code')[2].partition("</ol>")[0]
    )
    person.send("write", "/en/write/")
    person.send("nonce", "send", message=QUESTION, danger="no")
    assert person.answer.status_code == 200 and len(code) == 8
    aye = at_desk(started, hub, member)
    sync(aye)
    (talk,) = set(
        re.findall(r"/intake/[0-9a-f]{16}\b", aye.open(origin(aye) + "/intake/conversations").text_of_links)
    )
    assert QUESTION in aye.open(origin(aye) + talk).text
    aye.send("/answer", text=ANSWER)
    sync(aye)
    back = OverTor(hub.address("door") + "/en/back/", net.person).send("words", "open", words=" ".join(code))
    assert ANSWER in back.text
    wrong = OverTor(hub.address("door") + "/en/back/", net.person)
    assert ANSWER not in wrong.send("words", "open", words=" ".join(reversed(code))).text


def test_without_its_key_the_staffs_address_is_not_found(net, hub, member, started):
    assert status(net.person, hub.address("staff") + "/") == 0
    assert ask(net.person, hub.address("door") + "/en/").status_code == 200
    ba = at_desk(started, hub, net.person, name="Ba")
    until(lambda: "The hub does not answer" in ba.open(ba.url).text, PATIENCE)
    assert 'id="lock"' in ba.answer.text  # and the desk is open all the same


def test_the_doors_address_has_no_sync_and_the_staffs_has_no_door(net, hub, member):
    door, staff = hub.address("door"), hub.address("staff")
    there = ask(member, staff + "/sync/summary", "POST")
    assert there.status_code == 403  # it answers, and knows nobody of that name
    gone = ask(net.person, door + "/sync/summary", "POST")
    nowhere = ask(net.person, door + "/never-was", "POST")
    assert (gone.status_code, len(gone.content)) == (404, len(nowhere.content))
    named = ask(net.person, door + "/sync/summary", "POST", Host=staff.removeprefix("http://"))
    assert named.status_code == 404
    for path in ("/", "/en/", "/my/", "/en/back/", "/en/figures/"):
        assert ask(member, staff + path).status_code == 404, path
        assert ask(member, staff + path, Host=door.removeprefix("http://")).status_code == 404, path
    assert "Server" not in there.headers and "Server" not in gone.headers


def test_the_hub_listens_at_no_port_and_tor_at_none(hub):
    children = Path(f"/proc/{hub.process.pid}/task/{hub.process.pid}/children").read_text().split()
    assert len(children) == 1
    assert listening(hub.process.pid) == listening(int(children[0])) == set()
    with socket.create_server(("127.0.0.1", 0)) as open_port:
        assert listening(os.getpid()) == {open_port.getsockname()[1]}


def test_a_key_that_was_taken_away_finds_nothing_any_more(net, hub, member):
    kept = net.client("chit", hub.key_for("Chit"))
    net.ready("chit")
    until(lambda: status(kept, hub.address("staff") + "/") == 404, PATIENCE)
    assert banyan("onion", "remove", "Chit", "--home", str(hub.home.path)).returncode == 0
    until(lambda: status(kept, hub.address("staff") + "/") == 0, 30)
    until(lambda: status(member, hub.address("staff") + "/") == 404, PATIENCE)
    assert status(kept, hub.address("staff") + "/") == 0


def test_when_tor_dies_the_hub_ends_and_answers_nowhere(net, hub):
    (child,) = Path(f"/proc/{hub.process.pid}/task/{hub.process.pid}/children").read_text().split()
    os.kill(int(child), signal.SIGKILL)
    assert hub.process.wait(15) == 1
    said = hub.process.stdout.read()
    assert "Tor has ended, so the hub has stopped" in said and "Traceback" not in said
    assert status(net.person, hub.address("door") + "/en/") == 0


def at_desk(started, hub: OnionHub, proxy: str, name: str = "Aye") -> Walker:
    """A member's unlocked desk, whose hub is the staff's onion address."""
    process: Process = started(
        "desk", "--home", str(hub.home.path), "--port", "0", "--no-browser", "--hub", hub.address("staff"),
        "--tor", proxy,
    )  # fmt: skip
    walker = Walker(f"{process.address}/start{process.link.partition('/start')[2]}")
    walker.send("phrase", member=name, phrase=hub.home.members[name])
    until(lambda: 'id="lock"' in walker.open(f"{process.address}/").answer.text, 60)
    return walker


def origin(walker: Walker) -> str:
    """Where a desk is."""
    return re.match(r"http://[^/]+", walker.url)[0]


def sync(walker: Walker) -> None:
    """The desk brings and takes."""
    walker.send("sync-now")
    until(lambda: "dot leaf" in walker.open(walker.url).answer.text, PATIENCE)
