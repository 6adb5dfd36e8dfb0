"""Requests that know their place: what a page of a desk, or of the door, is given to act with."""

from django.http import HttpRequest

from banyan.cases.desk import Desk
from banyan.cases.visit import Door


class DeskRequest(HttpRequest):
    """A request at an unlocked desk."""

    desk: Desk


class DoorRequest(HttpRequest):
    """A request at the hub."""

    door: Door
