"""The street of test pages, seen from the door and from a desk."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import polib
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings

from banyan.house.settings_shared import DESK_MIDDLEWARE, HUB_MIDDLEWARE

STREET = "banyan.house.tests.street"


@pytest.fixture
def door() -> Iterator[Client]:
    """A browser at the street's door; a page that breaks answers instead of raising."""
    with override_settings(ROOT_URLCONF=STREET, MIDDLEWARE=HUB_MIDDLEWARE):
        yield Client(headers={"host": "hub.localhost"}, raise_request_exception=False)


@pytest.fixture
def at_desk() -> Iterator[Client]:
    """A browser at the street's desk, which has to bring the CSRF mark like a real one."""
    with override_settings(ROOT_URLCONF=STREET, MIDDLEWARE=DESK_MIDDLEWARE):
        yield Client(headers={"host": "desk.localhost"}, enforce_csrf_checks=True)


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the gallery's own words in Burmese: without them its pages would prove nothing."""
    folder = tmp_path_factory.mktemp("locale")
    (folder / "my" / "LC_MESSAGES").mkdir(parents=True)
    words = polib.pofile(str(Path(__file__).with_name("gallery") / "my.po"))
    words.save_as_mofile(str(folder / "my" / "LC_MESSAGES" / "django.mo"))
    return folder


@contextmanager
def served(middleware: list[str], spoken: Path) -> Iterator[str]:
    """The street over a real socket; gives its address."""
    paths = [spoken, *settings.LOCALE_PATHS]
    with override_settings(ROOT_URLCONF=STREET, MIDDLEWARE=middleware, LOCALE_PATHS=paths):
        server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Silent)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture
def door_address(spoken: Path) -> Iterator[str]:
    """Where a browser finds the street's door."""
    with served(HUB_MIDDLEWARE, spoken) as address:
        yield address


@pytest.fixture
def desk_address(spoken: Path) -> Iterator[str]:
    """Where a browser finds the street's desk."""
    with served(DESK_MIDDLEWARE, spoken) as address:
        yield address
