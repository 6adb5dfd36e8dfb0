"""`banyan demo`: a demo programme with invented people, and with `--run` its hub and one desk."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click

from banyan.house.cli.refused import Refused
from banyan.house.demo import founding, report, run
from banyan.house.demo.clock import this_second


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-data"),
    show_default=True,
    help="The folder that the demo lives in. Remove it to begin anew.",
)
@click.option(
    "--people", type=click.IntRange(0, 20_000), default=300, show_default=True,
    help="How many invented people; 10000 is as many as were reported.",
)  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other people.")
@click.option(
    "--workers", type=click.IntRange(1, 64),
    help="How many processes play at once; else as many as there are processors.",
)  # fmt: skip
@click.option("--report", "reporting", is_flag=True, help="Print what it published beside what was reported.")
@click.option(
    "--write", type=click.Path(path_type=Path, dir_okay=False), help="With --report: write that to a file."
)
@click.option("--run", "running", is_flag=True, help="Then start the hub and a desk; Ctrl-C stops both.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The hub's port."
)
@click.option(
    "--desk-port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="The desk's."
)
def command(
    home: Path,
    people: int,
    seed: int,
    workers: int | None,
    reporting: bool,
    write: Path | None,
    running: bool,
    port: int,
    desk_port: int,
) -> None:
    """Make or start the demo programme, filled with invented people.

    Nothing in it is secret and nobody in it is real: never write anything true into it. A second run finds
    what the first made.
    """
    told = founding.told(home)
    if reporting or write:
        _report(home, told, write)
        return
    if told is None:
        _make(home, people, seed, workers)
    elif (_given("people") and told["people"] != people) or (_given("seed") and told["seed"] != seed):
        click.echo(f"{home} holds a demo of {told['people']} people already. Remove it to make another.")
    if running:
        run.run(home, port=port, desk_port=desk_port)
    else:
        click.echo("\n".join(["", *run.members_block(home), "", f"Start it with: {_again(home)}"]))


def _report(home: Path, told: Mapping[str, int] | None, write: Path | None) -> None:
    if told is None:
        raise Refused(f"There is no demo in {home}: `banyan demo` makes one.")
    page = report.of_demo(home, told["people"], told["seed"])
    if write is None:
        click.echo(page)
        return
    try:
        write.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise Refused(f"{write} cannot be written: {fault.strerror}.") from None


def _given(option: str) -> bool:
    return click.get_current_context().get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE


def _again(home: Path) -> str:
    return "banyan demo --run" + ("" if home == Path("demo-data") else f" --home {home}")


def _make(home: Path, people: int, seed: int, workers: int | None) -> None:
    click.echo(f"Founding a demo programme with {people} invented people in {home} ...")
    began = time.monotonic()
    with _bar("People") as played, _bar("Places") as united:
        made = founding.make(
            home,
            people=people,
            seed=seed,
            now=this_second(),
            progress=played,
            uniting=united,
            workers=workers,
        )
    click.echo(
        f"{made.people} people, {made.entries} sealed entries, {made.wraps} wraps in "
        f"{time.monotonic() - began:.0f} seconds with {made.memory} MB of memory in {made.processes} processes."
    )


@contextmanager
def _bar(label: str) -> Iterator[founding.Progress]:
    """A bar that stands still until it is first moved."""
    with ExitStack() as stack:
        bars: list[Any] = []

        def move(done: int, of: int) -> None:
            if not bars:
                bars.append(stack.enter_context(click.progressbar(length=of, label=label, file=sys.stderr)))
            bars[0].update(done - bars[0].pos)

        yield move
