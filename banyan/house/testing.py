"""Fixtures for the tests of doors and desks: one side's addresses and middleware around Django's client."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from banyan.house.settings_shared import DESK_MIDDLEWARE, HUB_MIDDLEWARE


@pytest.fixture
def door() -> Iterator[Client]:
    """A browser at the hub's door, which stands at hub.localhost."""
    with override_settings(ROOT_URLCONF="banyan.house.urls_hub", MIDDLEWARE=HUB_MIDDLEWARE):
        yield Client(headers={"host": "hub.localhost"})


@pytest.fixture
def at_desk() -> Iterator[Client]:
    """A browser at a desk, which stands at desk.localhost. Forms pass without the CSRF mark."""
    with override_settings(ROOT_URLCONF="banyan.house.urls_desk", MIDDLEWARE=DESK_MIDDLEWARE):
        yield Client(headers={"host": "desk.localhost"})
