"""Logs that say what broke and where, and nothing of whom it broke for.

A line holds: time, level, the logger's name, the kind of exception, the page's function. Messages of
other people's code are dropped whole, for they quote paths, values and SQL. Our own messages are
printed as they stand in the source; of what is put into them only numbers survive.
"""

import logging


class BareFormatter(logging.Formatter):
    """One line a record, without request, path, message of an exception or traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Never raises: a log that fails would print the record it failed on."""
        stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        parts = [stamp, record.levelname, record.name, *self._what(record)]
        return " ".join(part for part in parts if part)

    def _what(self, record: logging.LogRecord) -> list[str]:
        kind = record.exc_info[0] if record.exc_info else None
        status = getattr(record, "status_code", None)
        return [
            own_words(record),
            kind.__qualname__ if kind else "",
            str(status) if isinstance(status, int) else "",
            view_name(getattr(record, "request", None)),
        ]


def own_words(record: logging.LogRecord) -> str:
    """The message of a logger of ours with its numbers filled in; of any other logger nothing."""
    if record.name.split(".")[0] != "banyan":
        return ""
    words = record.msg if isinstance(record.msg, str) else ""
    args = record.args if isinstance(record.args, tuple) else ()
    safe = tuple(arg if isinstance(arg, int | float) else "…" for arg in args)
    try:
        return (words % safe if safe else words).replace("\n", " ")
    except (TypeError, ValueError):
        return words.replace("\n", " ")


def view_name(request: object) -> str:
    """The dotted name of the function that answered, or nothing."""
    view = getattr(getattr(request, "resolver_match", None), "func", None)
    if view is None:
        return ""
    return f"{getattr(view, '__module__', '')}.{getattr(view, '__qualname__', '')}".strip(".")
