"""`banyan onion`: who finds the staff's onion address. It is hidden from everybody who has no key for it."""

from __future__ import annotations

from pathlib import Path

import click

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.onion import clients, torrc
from banyan.house.onion.control import Control, TorSilent
from banyan.house.onion.place import OnionPlace


@click.group()
def command() -> None:
    """Give members a key to the staff's onion address, and take it away."""


@command.command()
@places.home_option
@click.argument("name")
def add(home: Path, name: str) -> None:
    """Make a key for a member and print its secret line once.

    The member puts the line into a file of their own tor's ClientOnionAuthDir. The hub keeps the public half.
    """
    place = _place(home)
    line = clients.add(place, name)
    click.echo(f"For {name}'s own tor, shown once and kept nowhere here. Hand it over as you would a key:")
    click.echo(line)
    click.echo(f"Their desk finds the hub at http://{place.address('staff')}")
    _told(place)


@command.command()
@places.home_option
@click.argument("name")
def remove(home: Path, name: str) -> None:
    """Take a member's key away: they find the staff's address no more.

    Tor alone would let who is there stay, and who has been there come back for a day. So all are cut off and find the
    address anew, in about a minute.
    """
    place = _place(home)
    clients.remove(place, name)
    click.echo(f"{name} has no key any more.")
    _told(place, cut_off=True)


@command.command("list")
@places.home_option
def show(home: Path) -> None:
    """Show both addresses and who has a key."""
    place = _place(home)
    for name, what in (("door", "The front door"), ("staff", "The staff's sync")):
        click.echo(f"{what}: {place.address(name) or 'made at the first `banyan hub --onion`'}")
    found = clients.names(place)
    click.echo(f"{len(found)} with a key{': ' if found else '.'}{', '.join(found)}")


def _place(home: Path) -> OnionPlace:
    if not places.hub_dir(home).is_dir():
        raise Refused(f"There is no hub in {home}: `banyan init` founds one.")
    return OnionPlace.of(home)


def _told(place: OnionPlace, *, cut_off: bool = False) -> None:
    """Let a tor that runs know at once."""
    try:
        control = Control(place)
    except TorSilent:
        click.echo("The hub does not run over Tor just now: it holds from its next start.")
        return
    try:
        if cut_off:
            control.renew(torrc.without_staff(place.torrc.read_text(encoding="utf-8")))
        else:
            control.reload()
    except (TorSilent, OSError, ValueError):
        raise Refused("Tor runs and was not told: start the hub again.") from None
    finally:
        control.close()
    click.echo("Tor knows it already.")
