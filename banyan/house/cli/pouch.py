"""`banyan pouch`: sealed entries as one file, out of and into the store of a hub or a desk.

Only the store is opened: no key, no phrase, no view. What a pouch holds stays sealed throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from tqdm import tqdm

from banyan.house.cli import places
from banyan.house.cli.refused import Refused

if TYPE_CHECKING:
    from banyan.folders.store import Store

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 20
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def command() -> None:
    """Write sealed entries to one file to carry by hand, or take them in."""


def _place_options(function: F) -> F:
    function = click.option("--desk", metavar="NAME", help="The desk whose store is meant.")(function)
    function = click.option("--hub", is_flag=True, help="The hub's store is meant.")(function)
    return places.home_option(function)


@command.command()
@click.argument("file", type=FILE)
@_place_options
@click.option("--for", "member", metavar="MEMBER", help="Only what this member is given, wraps too.")
@click.option("--backup", is_flag=True, help="Everything that is here but wraps: it opens nothing.")
@click.option("--wraps", is_flag=True, help="The wraps alone, good for seven days. Keep this file apart.")
def out(
    file: Path, home: Path, hub: bool, desk: str | None, member: str | None, backup: bool, wraps: bool
) -> None:
    """Write a pouch to FILE."""
    if [bool(member), backup, wraps].count(True) != 1:
        raise click.UsageError("Say what to write: one of --for MEMBER, --backup and --wraps.")
    if file.exists():
        raise Refused(f"{file} is there already. Choose another name.")
    store = _store(home, hub, desk)
    from banyan.folders.pouch import items_for, write_pouch, write_wraps

    with _words(file), _bar() as progress:
        if wraps:
            count = write_wraps(file, store, progress)
        else:
            ident = _member(store, member) if member else None
            count = write_pouch(file, items_for(store, ident), wraps=not backup, progress=progress)
    click.echo(f"{count} sealed items are in {file}.")


@command.command("in")
@click.argument("file", type=FILE)
@_place_options
def take_in(file: Path, home: Path, hub: bool, desk: str | None) -> None:
    """Take in what is whole in the pouch FILE. Doing it twice changes nothing.

    A pouch of another programme is refused, and nothing of it is taken in.
    """
    store = _store(home, hub, desk)
    from banyan.folders.pouch import take_in_pouch

    with _words(file), _bar() as progress:
        report = take_in_pouch(store, file, progress)
    came = report.pulled
    click.echo(f"New here: {len(came.new)}. Known: {came.known}. Erased, so left out: {came.buried}.")
    if report.wraps_refused:
        click.echo(f"{report.wraps_refused} wraps were left out: they are older than seven days.")
    _list("was refused", [f"{ident.hex()[:12]}: {words}" for ident, words in came.refused])
    _list("is broken", [f"{one.place}: {one.words}" for one in report.broken])
    if report.broken or came.refused:
        click.get_current_context().exit(1)


@command.command()
@click.argument("file", type=FILE)
def look(file: Path) -> None:
    """Check the pouch FILE and count what is in it. Nothing is taken in and nothing opened."""
    from collections import Counter

    from banyan.folders.items import read_item
    from banyan.folders.pouch_file import WRAPS, Broken, read_head, read_pouch
    from banyan.sealing.faults import SealingFault

    sorts: Counter[str] = Counter()
    broken: list[str] = []
    with _words(file):
        head = read_head(file)
        for one in read_pouch(file):
            if isinstance(one, Broken):
                broken.append(f"{one.place}: {one.words}")
                continue
            try:
                sorts[read_item(one).sort] += 1
            except SealingFault:
                sorts["of a kind not known here"] += 1
    if head.kind == WRAPS:
        click.echo(f"A backup of wraps made {datetime.fromtimestamp(head.made, UTC):%Y-%m-%d %H:%M} UTC.")
    click.echo(
        f"{sorts.total()} items are whole: " + ", ".join(f"{n} {sort}" for sort, n in sorted(sorts.items()))
    )
    _list("is broken", broken)
    if broken:
        click.get_current_context().exit(1)


def _store(home: Path, hub: bool, desk: str | None) -> Store:
    if hub == (desk is not None):
        raise click.UsageError("Say whose store is meant: --hub or --desk NAME.")
    return places.open_store(home, hub=hub, desk=desk)


def _member(store: Store, name: str) -> bytes:
    """A member by their pseudonym. Nobody who is frozen or removed is given a pouch."""
    from banyan.sealing.faults import SealingFault

    try:
        found = [member.id for member in store.roster().active() if member.name == name]
    except SealingFault:
        raise Refused("There is no roster in this store: no programme was founded here.") from None
    if len(found) != 1:
        raise Refused("No active member goes by this name." if not found else "Two members go by this name.")
    return found[0]


@contextmanager
def _words(file: Path) -> Iterator[None]:
    from banyan.folders.pouch_file import ForeignPouch, NoPouch

    try:
        yield
    except NoPouch:
        raise Refused(f"{file} is no pouch, or one of a newer Banyan.") from None
    except ForeignPouch:
        raise Refused(f"{file} is a pouch of another programme. Nothing of it was taken in.") from None
    except FileNotFoundError:
        raise Refused(f"{file} is not there, or its folder is not.") from None
    except OSError as fault:
        raise Refused(f"{file} cannot be read or written: {fault.strerror}.") from None


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    with tqdm(unit=" items", disable=None, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total or None
            bar.update(done - bar.n)

        yield progress


def _list(what: str, lines: list[str]) -> None:
    for line in lines[:SHOWN]:
        click.echo(f"  {what}: {line}", err=True)
    if len(lines) > SHOWN:
        click.echo(f"  and {len(lines) - SHOWN} more.", err=True)
