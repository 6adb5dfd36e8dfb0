"""`banyan recover`: three of five trustees open a bucket for one member of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.cli.trustee import folder_id
from banyan.sealing import boxes, phrases, quorum
from banyan.sealing.faults import SealingFault, WrongPhrase
from banyan.sealing.format import read

if TYPE_CHECKING:
    from banyan.folders.membership import Member
    from banyan.folders.store import Store
    from banyan.sealing.keys import Keys


@click.command()
@places.home_option
@click.option("--desk", "name", required=True, help="The member who is to read the folders again.")
@click.option(
    "--folder", "folders", multiple=True, help="Only this folder (64 hexadecimal digits). May repeat."
)
@click.option(
    "--store",
    "source",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A copy of the hub's store.sqlite3. Else HOME/hub, if it is here.",
)
@click.option("--words", envvar="BANYAN_PHRASE", prompt="The member's seven words", hide_input=True)
@click.argument("handed", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
def command(
    home: Path, name: str, folders: tuple[str, ...], source: Path | None, words: str, handed: tuple[Path, ...]
) -> None:
    """Open what nobody holds a key for any more, with three of the five trustees.

    HANDED are the trustees' files of `banyan trustee hand-over`. The member's desk can then read those folders
    of that bucket. It cannot write into them: only a holder can, and all of them are gone. Go on in a new folder.
    """
    wanted = {folder_id(folder) for folder in folders}
    bucket, secret = combine([places.read_file(path, "A trustee's file") for path in handed])
    keys = unlock_keys(home, name, words)
    store = places.open_store(home, desk=name)
    member = _member(store, keys)
    at = source or places.hub_dir(home) / places.STORE
    if not at.is_file():
        raise Refused(f"{at} does not exist. Name a copy of the hub's store with --store.")
    with other_store(at) as hub:
        found = recover(store, hub, member, bucket=bucket, secret=secret, wanted=wanted)
    if not found:
        raise Refused(
            f"No folder of bucket {bucket} was opened. Is it the right bucket, and a whole copy of the hub?"
        )
    for folder in found:
        click.echo(f"Opened: {folder.hex()}")
    click.echo(f"{name} reads {len(found)} folders from the next unlock on. Destroy the trustees' files now.")


def combine(brought: Sequence[bytes]) -> tuple[int, bytes]:
    """The bucket's number and secret from the files that trustees brought. Refused where they do not fit."""
    try:
        opened = [read(data, quorum.HandedOver) for data in brought]
        return opened[0].bucket, quorum.combine(opened)
    except SealingFault as fault:
        raise Refused(f"The trustees' files do not open a bucket: {fault}.") from None


def unlock_keys(home: Path, name: str, words: str) -> Keys:
    """A member's keys by their phrase. Refused where it is wrong."""
    data = places.read_file(places.desk_dir(home, name) / places.KEYS, "The member's keys")
    try:
        return phrases.unlock(data, words)
    except WrongPhrase:
        raise Refused("These words do not open that desk.") from None
    except SealingFault as fault:
        raise Refused(f"The member's keys are damaged: {fault}.") from None


@contextmanager
def other_store(path: Path) -> Iterator[Store]:
    """A store in a file beside the one that this process is set up for."""
    from django.db import connections

    from banyan.folders.store import Store

    connections.databases["other"] = {**connections.databases["default"], "NAME": str(path.absolute())}
    try:
        with places.store_faults(path.parent):
            yield Store("other")
    finally:
        connections["other"].close()
        del connections.databases["other"]


def _member(store: Store, keys: Keys) -> Member:
    try:
        member = store.roster().members.get(keys.id)
    except SealingFault as fault:
        raise Refused(f"This desk's roster does not hold: {fault}.") from None
    if member is None or not member.active:
        raise Refused("That member is not active on the roster, and nothing is sealed to them.")
    return member


def recover(
    store: Store, hub: Store, member: Member, *, bucket: int, secret: bytes, wanted: set[bytes]
) -> list[bytes]:
    """Wrap every seed of the bucket's folders to the member, and bring those folders into their store.

    With `wanted` only those folders. The folders whose seeds opened; what does not open is left out.
    """
    from banyan.folders.epoch import quorum_recipient
    from banyan.folders.items import Sort

    reader, found = quorum_recipient(bucket), []
    for folder in sorted(hub.folders_for(reader)):
        if (wanted and folder not in wanted) or quorum.bucket_of(folder) != bucket:
            continue
        items, wraps = hub.of_folder(folder), []
        for item in items:
            if item.sort is Sort.WRAP and item.recipient == reader:
                try:
                    seed = boxes.unwrap_with_seed(secret, reader, item.data)
                except SealingFault:
                    continue
                wraps.append(boxes.wrap(seed, member.keys, folder=folder, epoch=item.epoch))
        if wraps:
            store.add(item.data for item in items)
            store.add(wraps, unsent=True)
            found.append(folder)
    return found
