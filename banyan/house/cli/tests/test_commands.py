"""The command line as a person meets it: help lists what is here, and a no is one line."""

from __future__ import annotations

import sys
import textwrap

import click
import pytest

from banyan.house.cli.group import Commands


@pytest.fixture
def main(tmp_path, monkeypatch):
    """A group with two commands in its table, of which one is in this copy."""
    room = tmp_path / "cli_under_test"
    room.mkdir()
    (room / "__init__.py").write_text("")
    (room / "hub.py").write_text(
        textwrap.dedent("""
            import click
            from banyan.house.cli.refused import Refused

            @click.command()
            @click.option("--port", type=int, default=1)
            def command(port):
                if port == 80:
                    raise Refused("Port 80 is taken.\\nChoose another.")
                click.echo(f"on {port}")
        """)
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield Commands(
        {"hub": "Start the hub.", "desk": "Start a desk."}, package="cli_under_test", name="banyan"
    )
    for name in [name for name in sys.modules if name.startswith("cli_under_test")]:
        del sys.modules[name]


def run(main, capsys, *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(args))
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err


def test_help_lists_what_is_here_and_imports_no_command(main, capsys):
    code, out, _err = run(main, capsys, "--help")
    assert code == 0
    assert "Start the hub." in out
    assert "Start a desk." not in out
    assert "cli_under_test.hub" not in sys.modules


def test_a_command_runs_with_its_options(main, capsys):
    assert run(main, capsys, "hub", "--port", "8100") == (0, "on 8100\n", "")


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["hub", "--port", "80"], "banyan: Port 80 is taken. Choose another.\n"),
        (["desk"], "banyan: `banyan desk` is not in this copy of Banyan.\n"),
        (["dance"], "banyan: No such command 'dance'. `banyan --help` says how.\n"),
        (["hub", "--prt", "80"], "banyan: No such option"),
        (["hub", "--port", "x"], "banyan: Invalid value for '--port'"),
    ],
)
def test_a_no_is_one_line_and_not_zero(main, capsys, args, line):
    code, out, err = run(main, capsys, *args)
    assert code != 0
    assert out == ""
    assert err.startswith(line)
    assert err.count("\n") == 1


def test_ctrl_c_is_no_traceback(main, capsys, monkeypatch):
    def stopped(*_args, **_extra):
        raise click.Abort

    monkeypatch.setattr(main, "main", stopped)
    assert run(main, capsys) == (130, "", "banyan: Stopped.\n")
