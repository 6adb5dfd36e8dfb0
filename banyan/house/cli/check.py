"""`banyan check`: looks for damage in a store, and says what is wrong and what is safe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from banyan.house.cli import places
from banyan.house.cli.refused import Refused

if TYPE_CHECKING:
    from banyan.folders.store import Store


@click.command()
@places.home_option
@click.option("--hub", is_flag=True, help="Look at the hub's store.")
@click.option("--desk", "name", help="Look at the store of this member's desk.")
@click.option("--mend", is_flag=True, help="Drop what is damaged, so that the next sync brings it whole.")
def command(home: Path, hub: bool, name: str | None, mend: bool) -> int:
    """Look for damage in a store, and say what is wrong and what is safe.

    Needs no phrase: every item is held against the name that its own bytes give. Ends with 1 where something is wrong.
    """
    if hub == (name is not None):
        raise Refused("Name either --hub or --desk NAME.")
    store = places.open_store(home, hub=hub, desk=name)
    folder = places.hub_dir(home) if hub else places.desk_dir(home, name or "")
    with places.store_faults(folder):
        counts = store.counts()
        click.echo(f"{sum(counts.values())} items: " + ", ".join(f"{n} {sort}" for sort, n in counts.items()))
        click.echo(f"{store.unsent_count()} of them only here.")
        wrong = _file(store) + _items(store, mend) + _roster(store)
    if wrong:
        click.echo(f"{wrong} wrong. Everything that is not named above is whole.")
        return 1
    click.echo("Nothing is wrong: every item is whole and every link of the roster holds.")
    return 0


def _file(store: Store) -> int:
    """What SQLite says of its own file; each line is one thing that is wrong."""
    from django.db import connections

    connection = connections[store.alias]
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        said = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
    for line in said:
        click.echo(f"The file: {line}")
    return len(said)


def _items(store: Store, mend: bool) -> int:
    """Hold every item against its name. What is mended counts as wrong no more, unless it was only here."""
    store.get(store.ids_for(None))
    damaged, only_here = dict(store.damaged), set(store.unsent())
    for ident, words in sorted(damaged.items()):
        lost = " It was only here." if ident in only_here else ""
        click.echo(f"Damaged: {ident.hex()}: {words}.{lost}")
    if not (mend and damaged):
        return len(damaged)
    store.drop_damaged()
    store.sent(set(damaged))
    click.echo(f"{len(damaged)} dropped. The next sync brings back what any other place holds.")
    return len(set(damaged) & only_here)


def _roster(store: Store) -> int:
    from banyan.sealing.faults import SealingFault

    try:
        roster = store.roster()
    except SealingFault as fault:
        click.echo(f"The roster does not hold: {fault}.")
        return 1
    click.echo(f"The roster: {roster.index + 1} links, {len(roster.active())} active members.")
    for ident, words in roster.refused:
        click.echo(f"A refused link: {ident.hex()}: {words}.")
    if roster.forked:
        click.echo("The roster has forked: two members have to sign a link that mends it.")
    return len(roster.refused) + roster.forked
