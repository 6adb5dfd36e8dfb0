"""`banyan bench`: measure this machine."""

from __future__ import annotations

import importlib
import json

import click

from banyan.house.bench.figures import QUICK_SECONDS, lines, report

BENCHES = ("door", "seal", "desk", "sync", "files", "demo")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(BENCHES), metavar="[door|seal|desk|sync|files|demo]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a bench.")
@click.option("--quick", is_flag=True, help=f"A reduced measurement of at most {QUICK_SECONDS} seconds each.")
def command(names: tuple[str, ...], as_json: bool, quick: bool) -> None:
    """Measure this machine: the door, sealing, a desk, sync, files and the demo.

    Without a name all are measured. Everything happens in a scratch folder, on no programme.
    """
    for name in names or BENCHES:
        measured = importlib.import_module(f"banyan.house.bench.{name}").measure(quick)
        told = report(name, measured)
        click.echo(json.dumps(told) if as_json else "\n".join(lines(told)))
