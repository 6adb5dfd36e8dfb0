"""The fixtures of the office's tests."""

from banyan.desks.office.tests.sitting import newcomer, office

__all__ = ["newcomer", "office"]
