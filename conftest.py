"""How the tests are ordered and what is said of those that cannot run here."""

from __future__ import annotations

import os
import shutil

import pytest
from django.utils import translation

pytest_plugins = ["banyan.cases.testing", "banyan.house.testing"]

STORIES = ("test_whole_story", "test_kill_", "test_canaries.py", "test_benches.py")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser_path() -> str | None:
    """The browser that browser tests drive: BANYAN_CHROMIUM, else what is on the PATH."""
    return os.environ.get("BANYAN_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole stories first, for nothing else fits beside the end of them; then fast tests, then those with a browser.
    Without one they are skipped and say why.
    """
    items.sort(key=lambda item: (not any(one in item.nodeid for one in STORIES), "browser" in item.keywords))
    if browser_path() is None:
        missing = pytest.mark.skip(reason="no Chromium here: `make browser` installs it where it may")
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser to drive."""
    path = browser_path()
    assert path is not None, "a test that asks for a browser must carry the mark `browser`"
    return path


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Each test begins in English: a page that was asked for in Burmese leaves its thread in Burmese."""
    translation.activate("en")
