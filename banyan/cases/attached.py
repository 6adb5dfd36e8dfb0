"""Files that people sent, at a desk: read when somebody asks for one, never before."""

from banyan.cases.desk import Desk
from banyan.cases.folders.file import File, lacking, open_file
from banyan.sealing.faults import Damaged


def missing(desk: Desk, file: File) -> tuple[bytes, ...]:
    """The pieces of a file that have not arrived at this desk: large ones come when they are asked for."""
    return lacking(file, desk.store.known(file.pieces))


def read_file(desk: Desk, folder: bytes, file: File) -> bytes:
    """The file's bytes. Raises `NotHereYet` where pieces have not arrived, `Damaged` where one was changed on this
    disk; that piece is dropped, so that it is missing from then on and can be asked for.
    """
    items = desk.store.get(file.pieces)
    if len(items) < len(file.pieces) and not missing(desk, file):
        desk.store.drop_damaged(file.pieces)
        raise Damaged("a piece of the file was changed on this disk")
    return open_file(file, folder, items)


def want(desk: Desk, file: File) -> None:
    """Have the missing pieces of a file come with the next sync."""
    desk.wanted.update(missing(desk, file))
