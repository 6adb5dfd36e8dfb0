"""How a command says no: one clear line and a non-zero exit, never a traceback."""

from __future__ import annotations

import click


class Refused(click.ClickException):
    """Ends a command with one line for the person who typed it. It is printed: pass no secret, no name."""

    exit_code = 1

    def format_message(self) -> str:
        """The message on one line, whatever line breaks the text that caused it had."""
        return " ".join(self.message.split())
