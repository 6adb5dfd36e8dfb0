"""The settings of a hub and of a desk as a fresh process reads them, and the union for the tests."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

from banyan.house import settings

PROGRAM = """
import importlib, json, sys
module = importlib.import_module(sys.argv[1])
print(json.dumps({name: getattr(module, name) for name in dir(module) if name.isupper()}, default=str))
"""


def read(module: str, **environment: str) -> dict[str, object]:
    """The settings that a process with exactly these variables sees."""
    done = started(module, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def started(module: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, f"banyan.house.{module}"],
        env={**path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hub_keeps_what_it_acknowledged_in_its_own_folder(tmp_path: Path) -> None:
    found = read("settings_hub", BANYAN_HUB_DIR=str(tmp_path / "hub"))
    default = found["DATABASES"]["default"]  # type: ignore[index]
    assert default["NAME"] == str(tmp_path / "hub" / "store.sqlite3")
    for wanted in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
        assert wanted in default["OPTIONS"]["init_command"]
    assert default["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert stat.S_IMODE((tmp_path / "hub").stat().st_mode) == 0o700


def test_a_named_database_takes_the_place_of_the_file(tmp_path: Path) -> None:
    url = "postgresql://b@127.0.0.1/banyan"
    found = read("settings_hub", BANYAN_HUB_DIR=str(tmp_path), DATABASE_URL=url)
    assert found["DATABASES"]["default"]["ENGINE"].endswith("postgresql")  # type: ignore[index]
    lite = read("settings_hub", BANYAN_HUB_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path}/x.db")
    assert "secure_delete=ON" in str(lite["DATABASES"])


def test_no_folder_is_guessed() -> None:
    for module in ("settings_hub", "settings_desk"):
        done = started(module)
        assert done.returncode != 0
        assert "is not set" in done.stderr


def test_the_own_key_is_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    first, second = (read("settings_desk", BANYAN_DESK_DIR=str(tmp_path)) for _ in range(2))
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(str(first["SECRET_KEY"])) >= 50
    assert stat.S_IMODE((tmp_path / "django.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["django.key"]
    other = read("settings_desk", BANYAN_DESK_DIR=str(tmp_path / "other"))
    assert other["SECRET_KEY"] != first["SECRET_KEY"]


def test_the_view_of_a_desk_is_never_a_file(tmp_path: Path) -> None:
    found = read("settings_desk", BANYAN_DESK_DIR=str(tmp_path), BANYAN_VIEW_NAME="lotus")
    view = found["DATABASES"]["view"]  # type: ignore[index]
    assert view == {"ENGINE": "banyan.cases.memory", "NAME": "lotus"}


def test_hub_and_desk_share_no_room_but_folders_and_the_union_is_both(tmp_path: Path) -> None:
    hub = read("settings_hub", BANYAN_HUB_DIR=str(tmp_path / "hub"))
    desk = read("settings_desk", BANYAN_DESK_DIR=str(tmp_path / "desk"))
    hub_apps, desk_apps = set(hub["INSTALLED_APPS"]), set(desk["INSTALLED_APPS"])  # type: ignore[call-overload]
    assert hub_apps & desk_apps == {"banyan.folders"}
    assert not [app for app in hub_apps if app.startswith("banyan.desks")]
    assert hub_apps | desk_apps == set(settings.INSTALLED_APPS)
    for found in (hub, desk):
        assert found["DEBUG"] is False
        assert not [name for name in found["MIDDLEWARE"] if "session" in name]  # type: ignore[attr-defined]
        assert found["FILE_UPLOAD_HANDLERS"] == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
