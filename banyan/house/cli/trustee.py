"""`banyan trustee`: what a trustee does with their share of the recovery key."""

from __future__ import annotations

from pathlib import Path

import click

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.sealing import phrases, quorum
from banyan.sealing.faults import SealingFault, WrongPhrase
from banyan.sealing.format import read, write


@click.group()
def command() -> None:
    """Keep a trustee's share of the recovery key, and hand over what one recovery needs."""


@command.command("hand-over")
@click.argument("share", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--bucket", type=click.IntRange(0, quorum.BUCKETS - 1), help="The bucket that is to be opened.")
@click.option("--folder", help="Instead of the bucket: the folder's id (64 hexadecimal digits).")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where to."
)
@click.option("--words", envvar="BANYAN_PHRASE", prompt="Your seven words", hide_input=True)
def hand_over(share: Path, bucket: int | None, folder: str | None, output: Path, words: str) -> None:
    """Write one file for one recovery: it opens one bucket of 256 and not the share.

    Carry it to the ceremony yourself. Two such files open nothing; three open every folder of that bucket.
    """
    number = bucket_of(bucket, folder)
    data = places.read_file(share, "The share")
    try:
        opened = read(phrases.unlock_secret(data, words), quorum.Share)
        handed = quorum.hand_over(opened, number)
    except WrongPhrase:
        raise Refused("These words do not open that share.") from None
    except SealingFault as fault:
        raise Refused(f"{share} is no share of a trustee: {fault}.") from None
    if output.exists():
        raise Refused(f"{output} is there already, and nothing is written over.")
    try:
        places.write_private(output, write(handed))
    except OSError as fault:
        raise Refused(f"{output} cannot be written: {fault.strerror}.") from None
    click.echo(
        f"{output} opens bucket {number}, together with those of two other trustees. Destroy it afterwards."
    )


def bucket_of(bucket: int | None, folder: str | None) -> int:
    """The bucket that was named, or that of the folder that was named. Refused where not exactly one was."""
    if (bucket is None) == (folder is None):
        raise Refused("Name either --bucket or --folder.")
    if bucket is not None:
        return bucket
    return quorum.bucket_of(folder_id(folder or ""))


def folder_id(said: str) -> bytes:
    """The 32 bytes of a folder's id as it is shown. Refused where it is none."""
    try:
        found = bytes.fromhex(said)
    except ValueError:
        found = b""
    if len(found) != 32:
        raise Refused("A folder's id has 64 hexadecimal digits.")
    return found
