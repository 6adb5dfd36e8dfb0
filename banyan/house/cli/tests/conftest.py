"""A founded programme on disk and processes to start."""

from banyan.house.processes import founded, home, started

__all__ = ["founded", "home", "started"]
