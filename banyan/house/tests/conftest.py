"""The street of test pages, seen from the door and from a desk."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
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


@contextmanager
def served(middleware: list[str]) -> Iterator[str]:
    """The street over a real socket; gives its address."""
    with override_settings(ROOT_URLCONF=STREET, MIDDLEWARE=middleware):
        server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Silent)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture
def door_address() -> Iterator[str]:
    """Where a browser finds the street's door."""
    with served(HUB_MIDDLEWARE) as address:
        yield address


@pytest.fixture
def desk_address() -> Iterator[str]:
    """Where a browser finds the street's desk."""
    with served(DESK_MIDDLEWARE) as address:
        yield address
