"""Which models live where: those of this room in the view, those of `folders` in the store."""

from typing import Any

from django.db.models import Model


class ViewRouter:
    """The view's rows are never migrated and never on disk."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The view for the view's rows."""
        return "view" if model._meta.app_label == "cases" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Only the store migrates."""
        if app_label == "cases" or db.startswith("view"):
            return False
        return None
