"""`banyan roster`: the signed chain of members, link by link, with what was checked of each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from banyan.house.cli import places
from banyan.house.cli.member import chosen_store
from banyan.house.cli.refused import Refused
from banyan.sealing.faults import SealingFault

if TYPE_CHECKING:
    from banyan.folders.acts import Told
    from banyan.folders.membership import Roster
    from banyan.folders.roster import Act, Founding
    from banyan.folders.store import Store

SHORT = 8


@click.command()
@places.home_option
@click.option("--hub", is_flag=True, help="The chain in the hub's store.")
@click.option("--desk", "name", help="The chain in the store of this member's desk.")
def command(home: Path, hub: bool, name: str | None) -> int:
    """Show the signed chain of members and check every link of it.

    Every signature is checked anew, back to the founding. Ends with 1 where a link is refused or the chain is
    forked. Needs no phrase, and shows no key but by its fingerprint.
    """
    store = chosen_store(home, hub, name)
    folder = places.hub_dir(home) if hub else places.desk_dir(home, name or "")
    with places.store_faults(folder):
        return show(store)


def show(store: Store) -> int:
    """Print the chain of a store; 0 where all of it holds."""
    from banyan.folders import acts

    try:
        roster = store.roster()
    except SealingFault as fault:
        raise Refused(f"The roster does not hold: {fault}.") from None
    click.echo(f"{roster.name}{' (demo)' if roster.demo else ''}, programme {roster.programme.hex()}")
    for told in acts.told(store, roster):
        _show_link(told, roster)
    refused = refused_links(store, roster)
    for ident, words in refused:
        click.echo(f"refused  {ident.hex()[:SHORT]}: {words}")
    if roster.forked:
        click.echo("FORKED: two chains were shown. Removals and freezes of both hold, additions of neither.")
    waiting = len(acts.pending(store, roster, int(store.clock().timestamp())))
    click.echo(
        f"{len(roster.active())} active members; {waiting} acts wait for signatures or for their place."
    )
    return 1 if refused or roster.forked else 0


def refused_links(store: Store, roster: Roster) -> list[tuple[bytes, str]]:
    """Every link in the store that does not belong to the chain, and why."""
    from banyan.folders.items import Sort
    from banyan.folders.roster import read_link

    found = dict(roster.refused)
    for item in store.public(Sort.LINK):
        if item.id in roster.known or item.id in found:
            continue
        try:
            read_link(item)
        except SealingFault as fault:
            found[item.id] = str(fault)
        else:
            found[item.id] = "a link that follows nothing in this chain"
    found.update(store.damaged)
    return sorted(found.items())


def _show_link(told: Told, roster: Roster) -> None:
    from banyan.folders.membership import needed
    from banyan.folders.roster import Founding

    when = datetime.fromtimestamp(told.time, UTC).strftime("%Y-%m-%d %H:%M UTC")
    least = len(told.act.members) if isinstance(told.act, Founding) else needed(told.act)
    click.echo(f"{told.index:>5}  {told.id.hex()[:SHORT]}  {when}  {_said(told.act, roster)}")
    click.echo(
        f"       follows and holds; {len(told.signers)} of at least {least} signed: {_names(told, roster)}"
    )
    if isinstance(told.act, Founding):
        _show_founding(told.act)


def _show_founding(act: Founding) -> None:
    from banyan.folders.roster import fingerprint

    for card, seats in act.members:
        click.echo(f"       {card.name}: {', '.join(seats)}; {fingerprint(card.keys)}")
    click.echo(f"       the door: {fingerprint(act.door)}")


def _names(told: Told, roster: Roster) -> str:
    return ", ".join(sorted(_name(ident, roster) for ident in told.signers))


def _name(ident: bytes, roster: Roster) -> str:
    member = roster.members.get(ident)
    return member.name if member else f"somebody added on one side of a fork ({ident.hex()[:SHORT]})"


def _said(act: Act, roster: Roster) -> str:
    from banyan.folders.published import Publish
    from banyan.folders.roster import Add, Bury, Change, Founding, fingerprint

    if isinstance(act, Founding):
        return f"the founding, with {len(act.members)} members and {len(act.trustees)} trustees"
    if isinstance(act, Add):
        instead = f", in the place of {_name(act.replaces, roster)}" if act.replaces is not None else ""
        return f"add {act.card.name}: {', '.join(act.seats)}; {fingerprint(act.card.keys)}{instead}"
    if isinstance(act, Change):
        seats = f": {', '.join(act.seats)}" if act.what == "seats" else ""
        return f"{act.what} {_name(act.member, roster)}{seats}"
    if isinstance(act, Publish):
        return f"publish figures no. {act.serial}, up to {act.through}, in {len(act.rows)} groups"
    if isinstance(act, Bury):
        return f"bury {len(act.graves)} folders or parts of folders, for the reason: {act.reason}"
    return "mend the chain after a fork"
