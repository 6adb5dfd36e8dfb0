"""The public figures as a Django app; its label keeps it apart from the desk of the same name."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Pages without tables of their own."""

    name = "banyan.doors.figures"
    label = "public_figures"
