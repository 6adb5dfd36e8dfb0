"""The click group behind `banyan`: commands by name, each imported on its first call."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

import banyan
from banyan.house.cli.refused import Refused


class Commands(click.Group):
    """A group that lists its commands from a table and imports one only when it is called."""

    def __init__(self, sentences: Mapping[str, str], *, package: str, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.sentences = sentences
        self.package = package
        self.params.append(_version_option())

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands that this copy of Banyan has, in the order of the table."""
        return [name for name in self.sentences if self._is_here(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import `PACKAGE.NAME` and return its `command`; None for a name that is not in the table."""
        if cmd_name not in self.sentences:
            return None
        if not self._is_here(cmd_name):
            raise Refused(f"`banyan {cmd_name}` is not in this copy of Banyan.")
        command: click.Command = importlib.import_module(f"{self.package}.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One sentence a command, from the table, so that help imports nothing."""
        rows = [(name, self.sentences[name]) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def __call__(self, args: Sequence[str] | None = None) -> NoReturn:
        """Run a command and end; every refusal and every wrong argument ends in one line and not with 0."""
        try:
            outcome = self.main(args, prog_name="banyan", standalone_mode=False)
        except click.exceptions.NoArgsIsHelpError as no_command:
            click.echo(no_command.format_message(), err=True)
            sys.exit(2)
        except click.UsageError as wrong:
            path = wrong.ctx.command_path if wrong.ctx else "banyan"
            _say(f"{wrong.format_message()} `{path} --help` says how.", wrong.exit_code)
        except click.ClickException as refused:
            _say(refused.format_message(), refused.exit_code)
        except click.Abort:
            _say("Stopped.", 130)
        sys.exit(outcome if isinstance(outcome, int) else 0)

    def _is_here(self, name: str) -> bool:
        return importlib.util.find_spec(f"{self.package}.{name}") is not None


def _say(line: str, exit_code: int) -> NoReturn:
    click.echo("banyan: " + " ".join(line.split()), err=True)
    sys.exit(exit_code)


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            click.echo(f"banyan {banyan.__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Show the version and exit.",
    )
