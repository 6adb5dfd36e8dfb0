"""`banyan member`: join on one's own machine, see who is in, and place acts where no desk syncs.

Who is added, frozen, removed or given other seats is decided at the office's desk, where two sign.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.sealing.faults import SealingFault

if TYPE_CHECKING:
    from banyan.folders.store import Store
    from banyan.sealing.keys import Keys

PROGRAMME = re.compile(r"[0-9a-f]{64}")


@click.group()
def command() -> None:
    """Join on this machine, show who is in, and place acts that have enough signatures."""


@command.command()
@click.argument("name")
@places.home_option
@click.option("--language", type=click.Choice(["en", "my"]), default="en", help="Of the seven words.")
@click.option("--hub", help="The hub's address, if the office told it (https://... or an onion).")
@click.option("--programme", help="The programme's id, if the office told it (64 hexadecimal digits).")
@click.option(
    "--card", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write the card here too."
)
def join(
    name: str, home: Path, language: str, hub: str | None, programme: str | None, file: Path | None
) -> None:
    """Make keys for NAME (a pseudonym) on this machine, and print the join card for the office.

    The seven words are shown once and kept nowhere. Send the card by any way: it is no secret. Then the office
    calls you, and you read the fingerprint to them.
    """
    if programme is not None and not PROGRAMME.fullmatch(programme):
        raise Refused("A programme's id has 64 hexadecimal digits.")
    folder = places.desk_dir(home, name)
    if folder.exists():
        raise Refused(f"There is a desk of that name in {home} already. Nothing is written over.")
    if file is not None and file.exists():
        raise Refused(f"{file} is there already, and nothing is written over.")
    from banyan.sealing import phrases
    from banyan.sealing.keys import Keys

    keys, words = Keys.generate(), phrases.new_phrase(language)
    places.made(home)
    try:
        places.write_private(places.made(folder) / places.KEYS, phrases.lock(keys, words))
        _remember(home, folder, hub, programme)
    except OSError as fault:
        raise Refused(f"Banyan cannot write in {folder}: {fault.strerror}.") from None
    _show_words(words)
    _show_card(keys, name, file)


def _remember(home: Path, folder: Path, hub: str | None, programme: str | None) -> None:
    """What the desk needs to find its hub, and to take no other programme's roster from it."""
    if programme is not None:
        (folder / "programme.id").write_text(programme + "\n", encoding="ascii")
    if hub is not None and not (home / places.ADDRESS).exists():
        (home / places.ADDRESS).write_text(hub + "\n", encoding="utf-8")


def _show_words(words: str) -> None:
    if sys.stdout.isatty():
        click.clear()
        click.pause("Only you look at the screen now. Press any key.")
    click.echo(f"Your seven words:\n\n    {words}\n")
    click.echo("Write them down or learn them. They are shown once and kept nowhere.")
    if sys.stdout.isatty():
        click.pause("Press any key when you have them: the screen is cleared.")
        click.clear()


def _show_card(keys: Keys, name: str, file: Path | None) -> None:
    from banyan.folders.cards import card_text
    from banyan.folders.roster import fingerprint, make_card

    text = card_text(make_card(keys, name))
    if file is not None:
        try:
            file.write_text(text, encoding="ascii")
        except OSError as fault:
            raise Refused(f"{file} cannot be written: {fault.strerror}. The card stands below.") from None
        finally:
            click.echo()
    click.echo("Send this card to the office, all of it:\n")
    click.echo(text)
    click.echo("When they call, read them your fingerprint, all six groups:\n")
    click.echo(f"    {fingerprint(keys.public)}\n")
    click.echo("Two of them have to sign. Then start your desk with `banyan desk`.")


@command.command("list")
@places.home_option
@click.option("--hub", is_flag=True, help="As the hub's store has them.")
@click.option("--desk", "name", help="As this member's desk has them.")
def list_members(home: Path, hub: bool, name: str | None) -> None:
    """Show who is in: pseudonym, standing, seats and fingerprint."""
    store = chosen_store(home, hub, name)
    from banyan.folders.roster import fingerprint

    try:
        roster = store.roster()
    except SealingFault as fault:
        raise Refused(f"The roster does not hold: {fault}.") from None
    for member in sorted(roster.members.values(), key=lambda one: (one.standing, one.name)):
        seats = ", ".join(sorted(member.seats))
        click.echo(f"{member.name}: {member.standing}; {seats}; {fingerprint(member.keys)}")
    click.echo(f"{len(roster.active())} of {len(roster.members)} are active.")


def chosen_store(home: Path, hub: bool, name: str | None) -> Store:
    """The store that was named. Refused where not exactly one was."""
    if hub == (name is not None):
        raise Refused("Name either --hub or --desk NAME.")
    return places.open_store(home, hub=hub, desk=name)


@command.command("place")
@click.argument("name")
@places.home_option
@click.option("--words", envvar="BANYAN_PHRASE", prompt="The member's seven words", hide_input=True)
def place_acts(name: str, home: Path, words: str) -> None:
    """Place the acts that NAME signed and that have enough signatures, on the hub's own machine.

    A desk that syncs does this by itself. This is for a hub that no desk reaches: bring the desks' pouches in
    first, and take one out again afterwards.
    """
    if not places.hub_dir(home).is_dir():
        raise Refused(f"There is no hub in {home}. Acts get their place on the hub's machine, nowhere else.")
    from banyan.house.cli.recover import unlock_keys

    keys = unlock_keys(home, name, words)
    store = places.open_store(home, hub=True)
    with places.store_faults(places.hub_dir(home)):
        placed, waiting = place_all(store, keys)
    click.echo(f"{placed} acts got their place. {waiting} still wait.")


def place_all(store: Store, keys: Keys) -> tuple[int, int]:
    """Place in the hub's store what these keys may; how many were placed, and how many still wait."""
    from banyan.folders import acts
    from banyan.folders.peers import LocalPeer

    now, placed = int(store.clock().timestamp()), 0
    try:
        for link in acts.ready_links(keys, store, store.roster(), now):
            answer = LocalPeer(store, keys.id).place(link)
            if not answer.accepted:
                raise Refused(f"An act did not get its place: {answer.words}.")
            placed += 1
        return placed, len(acts.pending(store, store.roster(), now))
    except SealingFault as fault:
        raise Refused(f"The roster does not hold: {fault}.") from None
