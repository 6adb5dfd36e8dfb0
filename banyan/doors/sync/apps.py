"""The members' door, without rows of its own."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    """Sync."""

    name = "banyan.doors.sync"
    label = "sync"
