"""Where things lie, and which names and ports are taken."""

import socket

import pytest

from banyan.house.cli import places
from banyan.house.cli.refused import Refused


@pytest.mark.parametrize("name", ["Aye", "Ma Hnin", "မြ မြ", "U-2", "O'Shea", "x"])
def test_a_pseudonym_names_a_folder(name, tmp_path):
    assert places.desk_dir(tmp_path, name).parent == tmp_path / "desks"


@pytest.mark.parametrize(
    "name", ["", "..", "../hub", "a/b", "a\\b", ".", " a", "a ", "a\n", "a\0", "C:", "x" * 61]
)
def test_a_name_that_leads_elsewhere_is_refused(name, tmp_path):
    with pytest.raises(Refused):
        places.desk_dir(tmp_path, name)


def test_a_busy_port_is_exchanged_unless_it_was_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with places.listen("127.0.0.1", port, exactly=False) as other:
            assert other.getsockname()[1] not in (0, port)
        with pytest.raises(Refused, match="is taken"):
            places.listen("127.0.0.1", port, exactly=True)


def test_a_private_file_is_whole_and_for_one_user(tmp_path):
    path = tmp_path / "door.key"
    places.write_private(path, b"first")
    places.write_private(path, b"second")
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["door.key"]


def test_the_hub_s_address_comes_from_the_file_or_the_environment(tmp_path, monkeypatch):
    monkeypatch.delenv("BANYAN_HUB", raising=False)
    assert places.hub_address(tmp_path) == ""
    (tmp_path / places.ADDRESS).write_text("https://hub.example\n")
    assert places.hub_address(tmp_path) == "https://hub.example"
    monkeypatch.setenv("BANYAN_HUB", "http://x.onion")
    assert places.hub_address(tmp_path) == "http://x.onion"
