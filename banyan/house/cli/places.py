"""Where a programme lies on this machine, and how a command opens a store there.

    HOME/hub/               store.sqlite3, door.key            (0600: the door's own secret)
    HOME/desks/NAME/        keys.sealed, store.sqlite3, view.sealed, drafts/
    HOME/trustees/N.share   only until the trustees have taken theirs away
    HOME/hub.address        where the desks of this HOME find their hub

HOME is `--home`, else BANYAN_HOME, else this system's folder for a user's data. Whatever a person can put right is
refused in one line.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import platformdirs

from banyan.house.cli.refused import Refused
from banyan.language.pack import PackFault, load_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyan.folders.store import Store

F = TypeVar("F", bound=Callable[..., Any])

STORE, KEYS, DOOR_KEY, VIEW, ADDRESS = (
    "store.sqlite3",
    "keys.sealed",
    "door.key",
    "view.sealed",
    "hub.address",
)
# A member's folder is named by their pseudonym: letters of any script, digits, spaces, dots and dashes.
NAME = re.compile(r"[^\W_](?:[\w .'-]{0,58}[\w'-])?")
NEXT_PORTS = 20
ROOM, SIZE = "20G", re.compile(r"(\d{1,15})([KkMmGgTt]?)")


def standard_home() -> Path:
    """BANYAN_HOME, else this user's folder for data."""
    return Path(os.environ.get("BANYAN_HOME") or platformdirs.user_data_dir("banyan"))


def home_option(function: F) -> F:
    """The option `--home` of every command."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        default=standard_home,
        show_default="BANYAN_HOME, else this user's data folder",
        help="The folder that holds the hub and the desks of this machine.",
    )(function)


def pack_option(function: F) -> F:
    """The option `--pack` of the hub and of a desk. What it names is checked at once, for a door and codes that are
    not the programme's own are worse than none.
    """
    return click.option(
        "--pack",
        expose_value=False,
        callback=_wear,
        help="The programme's own pack: a folder with the files that differ. Else BANYAN_PACK, else Myanmar's.",
    )(function)


def _wear(_context: click.Context, _option: click.Parameter, given: str | None) -> None:
    if given:
        os.environ["BANYAN_PACK"] = str(Path(given).resolve()) if Path(given).is_dir() else given
    try:
        load_pack()
    except PackFault as fault:
        raise Refused(f"The pack does not hold: {fault}.") from None


def bounded_room(_context: click.Context, _option: click.Parameter, given: str | None) -> None:
    """Set how many bytes the hub may hold, as BANYAN_ROOM. Refused for what is no size."""
    said = given or os.environ.get("BANYAN_ROOM") or ROOM
    found = SIZE.fullmatch(said.strip())
    if found is None or not int(found[1]):
        raise Refused("--room is a size such as 500M or 20G.")
    os.environ["BANYAN_ROOM"] = str(int(found[1]) * 1024 ** " KMGT".index((found[2] or " ").upper()))


def hub_dir(home: Path) -> Path:
    """The hub's own folder."""
    return home / "hub"


def desk_dir(home: Path, name: str) -> Path:
    """One member's folder. Refused for a name that would lead elsewhere or that some system cannot hold."""
    if not is_name(name):
        raise Refused("A desk's name is made of letters, digits, spaces, dots and dashes, at most 60.")
    return home / "desks" / name


def is_name(name: str) -> bool:
    """Whether a pseudonym can be the name of a folder on every system."""
    plain = "".join("x" if ord(sign) > 0x2FF and not sign.isspace() else sign for sign in name)
    return len(name) <= 60 and NAME.fullmatch(plain) is not None


def desks(home: Path) -> list[str]:
    """The members who have a desk here, by name."""
    folder = home / "desks"
    return sorted(one.parent.name for one in folder.glob(f"*/{KEYS}")) if folder.is_dir() else []


def made(folder: Path) -> Path:
    """The folder, made where it is missing, for this user alone. Refused where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".{secrets.token_hex(8)}"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as fault:
        raise Refused(f"Banyan cannot write in {folder}: {fault.strerror}.") from None
    return folder


def write_private(path: Path, data: bytes) -> None:
    """A file for this user alone, whole or not at all. An OSError is the caller's to put into words."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def read_file(path: Path, what: str) -> bytes:
    """The bytes of a file, refused in words where it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"{what} is missing: {path} does not exist.") from None
    except OSError as fault:
        raise Refused(f"{what} cannot be read: {path}: {fault.strerror}.") from None


def hub_address(home: Path) -> str:
    """Where the desks of this home find their hub: BANYAN_HUB, else the file, else nothing."""
    path = home / ADDRESS
    kept = path.read_text(encoding="ascii", errors="replace").strip() if path.is_file() else ""
    return os.environ.get("BANYAN_HUB", "") or kept


# Stores


def settle(home: Path, *, hub: bool = False, desk: str | None = None) -> Path:
    """Set this process up as the hub, or as a program at one desk (or, without a name, at any of them)."""
    folder = hub_dir(home) if hub else desk_dir(home, desk) if desk is not None else home / "desks"
    variable = "BANYAN_HUB_DIR" if hub else "BANYAN_DESK_DIR"
    os.environ[variable] = str(made(folder))
    os.environ["DJANGO_SETTINGS_MODULE"] = f"banyan.house.settings_{'hub' if hub else 'desk'}"
    import django

    django.setup()
    return folder


def open_store(home: Path, *, hub: bool = False, desk: str | None = None) -> Store:
    """The store of the hub or of one desk, ready for use. Refused where it is not there or damaged."""
    folder = hub_dir(home) if hub else desk_dir(home, desk or "")
    if not folder.is_dir():
        what = "hub" if hub else "such desk"
        raise Refused(f"There is no {what} in {home}: `banyan init` founds one.")
    settle(home, hub=hub, desk=desk)
    return ready_store(folder)


def ready_store(folder: Path) -> Store:
    """The default store, brought to the form that this program knows. `folder` is named where it fails."""
    from django.core.management import call_command

    from banyan.folders.store import Store

    with store_faults(folder):
        call_command("migrate", database="default", verbosity=0, interactive=False)
        store = Store()
        store.scrub()  # a process that was killed may have left in the log what it had erased
    return store


def start_store(folder: Path, items: Iterable[bytes]) -> None:
    """A new store in a folder, with these items, beside the one that this process is set up for."""
    from django.core.management import call_command
    from django.db import connections

    from banyan.folders.store import Store

    alias = f"new-{secrets.token_hex(8)}"
    connections.databases[alias] = {**connections.databases["default"], "NAME": str(folder / STORE)}
    try:
        with store_faults(folder):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
            refused = Store(alias).add(items).refused
    finally:
        connections[alias].close()
        del connections.databases[alias]
    if refused:
        raise Refused(f"A new store refused what it should begin with: {refused[0][1]}.")


@contextmanager
def store_faults(folder: Path) -> Iterator[None]:
    """Put what a database says of its file into one line."""
    from django.db import DatabaseError, InterfaceError

    try:
        yield
    except (DatabaseError, InterfaceError, sqlite3.Error) as fault:
        said = str(fault).lower()
        if "malformed" in said or "not a database" in said or "corrupt" in said or "disk image" in said:
            raise Refused(
                f"The store in {folder} is damaged. Put the folder aside, bring back a backup or a new store, and "
                "sync: what others hold comes back."
            ) from None
        if "readonly" in said or "unable to open" in said or "disk i/o" in said or "full" in said:
            raise Refused(f"The store in {folder} cannot be written: {said}.") from None
        raise Refused(f"The store in {folder} does not open ({type(fault).__name__}).") from None


# Ports


def listen(host: str, port: int, *, exactly: bool) -> socket.socket:
    """A socket that listens there. A busy port is refused, or unless `exactly` a free one is taken."""
    wanted = [port] if exactly else [port, *range(port + 2, port + 2 * NEXT_PORTS, 2), 0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for one in wanted:
        taken = socket.socket(family, socket.SOCK_STREAM)
        try:
            if sys.platform != "win32":  # there it would let two programs share the port
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind((host, one))
            taken.listen(256)
        except (OSError, OverflowError) as fault:
            taken.close()
            if one == wanted[-1]:
                raise _no_port(host, port, fault) from None
            continue
        return taken
    raise Refused(f"No free port near {port}.")


def _no_port(host: str, port: int, fault: OSError | OverflowError) -> Refused:
    import errno

    if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
        return Refused(f"Port {port} is taken by another program. Choose another with --port.")
    if isinstance(fault, OSError) and fault.errno == errno.EACCES:
        return Refused(f"Port {port} is not open to this user. Choose one above 1023 with --port.")
    return Refused(f"Nothing can listen at {host} port {port}.")


def given_port() -> bool:
    """Whether the running command's `--port` was typed: then a busy port is refused and not exchanged."""
    return click.get_current_context().get_parameter_source("port") is click.core.ParameterSource.COMMANDLINE
