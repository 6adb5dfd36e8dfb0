"""The way to the hub through this machine's Tor, and what is said where there is none."""

import socket

import pytest

from banyan.house.unlock import line, syncing
from banyan.house.unlock.tests.test_pieces import sitting

__all__ = ["sitting"]
ONION = "http://" + "a" * 56 + ".onion"


@pytest.fixture(autouse=True)
def no_variable(monkeypatch):
    """As it is where nobody said where Tor is."""
    monkeypatch.delenv("BANYAN_TOR", raising=False)


def test_an_onion_goes_through_tor_and_another_hub_only_where_it_was_said(monkeypatch):
    assert line.tor_for(ONION) == line.TOR
    assert line.tor_for("https://hub.example") == line.tor_for("https://x.onion.example") == ""
    monkeypatch.setenv("BANYAN_TOR", "socks5h://127.0.0.1:9150")
    assert line.tor_for(ONION) == line.tor_for("https://hub.example") == "socks5h://127.0.0.1:9150"


def test_a_tor_that_does_not_run_is_named_in_the_bar(programme, sitting, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sitting.hub = ONION
        monkeypatch.setenv("BANYAN_TOR", f"socks5h://127.0.0.1:{port}")
        assert line.tor_is_there(f"socks5h://127.0.0.1:{port}")
    assert not line.tor_is_there(f"socks5h://127.0.0.1:{port}")
    syncing.sync_once(sitting)
    assert str(sitting.sync.problem).startswith("Tor does not run on this laptop")
    sitting.hub = "http://127.0.0.1:9"
    monkeypatch.delenv("BANYAN_TOR")
    syncing.sync_once(sitting)
    assert str(sitting.sync.problem).startswith("The hub does not answer.")
