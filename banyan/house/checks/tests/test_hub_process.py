"""What the contracts cannot see, as urls are named by strings: a hub that serves has no desk loaded."""

from __future__ import annotations

import os
import subprocess
import sys

from banyan.house.checks.checkout import ROOT

LOADED = """
import sys
import django
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
get_wsgi_application()
get_resolver().url_patterns
print(*sorted(name for name in sys.modules if name.startswith("banyan.")))
"""


def loaded(settings: str, home) -> set[str]:
    place = {"BANYAN_HUB_DIR": str(home), "BANYAN_DESK_DIR": str(home)}
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        env={**os.environ, **place, "DJANGO_SETTINGS_MODULE": settings},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    return set(told.stdout.split())


def test_the_hub_loads_doors_and_no_desk_and_a_desk_no_door(tmp_path):
    hub = loaded("banyan.house.settings_hub", tmp_path / "hub")
    assert any(name.startswith("banyan.doors.front") for name in hub)
    assert not any(name.startswith(("banyan.desks.", "banyan.house.settings_desk")) for name in hub)
    desk = loaded("banyan.house.settings_desk", tmp_path / "desk")
    assert any(name.startswith("banyan.desks.intake") for name in desk)
    assert not any(name.startswith("banyan.doors.") for name in desk)
