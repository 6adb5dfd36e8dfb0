"""The room whose rows live in memory only."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The spine."""

    name = "banyan.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
