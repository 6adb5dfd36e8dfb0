"""A hub for tests: the whole program behind its door, its store in a file, and desks that reach it by HTTP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from django.db import connections
from django.test import Client, override_settings
from django.urls import include, path
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from banyan.folders.remote import HttpPeer
from banyan.folders.store import Store, system_clock
from banyan.folders.tests.places import Programme, add_database, programme
from banyan.house.settings_shared import HUB_MIDDLEWARE

URL = "http://hub.localhost"
urlpatterns = [path("sync/", include("banyan.doors.sync.urls"))]  # this door alone
Bend = Callable[[requests.PreparedRequest], None]


class Straight(BaseAdapter):
    """Hands a request to the program in this process, as it would come over the line.

    `lose` says of which answers (counted from 1) the line breaks after the hub has done its part.
    """

    def __init__(self, bend: Bend | None = None) -> None:
        super().__init__()
        self.bend = bend
        self.lose: set[int] = set()
        self.sent: list[requests.PreparedRequest] = []
        self.client = Client(headers={"host": "hub.localhost"}, raise_request_exception=True)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The hub's answer, or a broken line."""
        if self.bend:
            self.bend(request)
        self.sent.append(request)
        headers = {name: value for name, value in request.headers.items() if name != "Content-Length"}
        kind = headers.pop("Content-Type", "")
        answer = self.client.generic(
            "POST", request.path_url, request.body or b"", content_type=kind, headers=headers
        )
        if len(self.sent) in self.lose:
            raise requests.ConnectionError("cut")
        response = requests.Response()
        response.status_code = answer.status_code
        response.headers.update(answer.headers)
        response.raw = HTTPResponse(BytesIO(answer.content), preload_content=False)
        return response

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class Hub:
    """The hub, its programme, and what a member's desk reaches it by."""

    store: Store
    programme: Programme
    lines: list[Straight] = field(default_factory=list)

    def peer(
        self, name: str, clock: Callable[[], datetime] = system_clock, bend: Bend | None = None
    ) -> HttpPeer:
        """The hub as this member's desk sees it."""
        peer = HttpPeer(URL, self.programme.keys[name], clock)
        self.lines.append(Straight(bend))
        peer.session.mount("http://", self.lines[-1])
        return peer


@pytest.fixture
def hub(tmp_path: Path, django_db_blocker) -> Iterator[Hub]:
    """A hub with Ama and Bo of intake, Cho and Dali of the office."""
    with (
        django_db_blocker.unblock(),
        override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=HUB_MIDDLEWARE),
    ):
        usual, opened = connections.databases["default"], connections["default"]
        del connections["default"]
        add_database("default", tmp_path / "hub.sqlite3")
        made = Hub(Store(), programme())
        made.store.add([made.programme.founding])
        yield made
        connections["default"].close()
        connections.databases["default"], connections["default"] = usual, opened
