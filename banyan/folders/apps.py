"""The one room with rows on disk."""

from django.apps import AppConfig


class FoldersConfig(AppConfig):
    """Sealed folders."""

    name = "banyan.folders"
    label = "folders"
    default_auto_field = "django.db.models.BigAutoField"
