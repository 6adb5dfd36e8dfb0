"""Requests that know their place: what a page of a desk, or of the door, is given to act with.

The places themselves are named for the type checker alone: the hub's process must not load a desk's view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from banyan.cases.desk import Desk
    from banyan.cases.visit import Door


class DeskRequest(HttpRequest):
    """A request at an unlocked desk."""

    desk: Desk


class DoorRequest(HttpRequest):
    """A request at the hub."""

    door: Door
