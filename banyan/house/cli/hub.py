"""`banyan hub`: the front door and the staff's sync, served by waitress. No desk is ever loaded here."""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from banyan.house.cli import places
from banyan.house.cli.refused import Refused

THREADS, CONNECTIONS = 2, 1000


@click.command()
@places.home_option
@places.pack_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen at."
)
@click.option(
    "--name", "names", multiple=True, help="A name the hub answers to: its domain or onion address."
)
@click.option(
    "--room",
    callback=places.bounded_room,
    expose_value=False,
    help="How much it may hold, such as 500M or 20G. Else BANYAN_ROOM, else 20G.",
)
@click.option(
    "--onion", is_flag=True, help="Answer over Tor alone, at two onion addresses; needs Debian's tor."
)
@click.option(
    "--tor", "program", default="", help="With --onion: the program tor, where it is not on the PATH."
)
def command(home: Path, host: str, port: int, names: tuple[str, ...], onion: bool, program: str) -> None:
    """Start a programme's hub: the front door and the staff's sync.

    A busy port is refused where you named it, else the next free one is taken. With --onion the hub listens at no
    port: the door stands at one onion address, the staff's sync at another that is found with a key alone
    (`banyan onion`), and the hub ends when tor ends. Ctrl-C stops the hub.
    """
    if onion:
        if names or any(map(_typed, ("host", "port"))):
            raise Refused(
                "With --onion the hub has its two addresses only: leave out --host, --port and --name."
            )
        from banyan.house.onion.running import run

        run(home, program)
        return
    if program:
        raise Refused("--tor goes with --onion.")
    taken = places.listen(host, port, exactly=places.given_port())
    answer_to(names)
    application = stand(home)
    _tell(host, port, taken)
    serve(application, taken)
    click.echo("The hub has stopped.")


def answer_to(names: tuple[str, ...]) -> None:
    """Add to the names that the hub answers to."""
    known = [name for name in os.environ.get("BANYAN_HUB_HOSTS", "").split(",") if name]
    os.environ["BANYAN_HUB_HOSTS"] = ",".join([*known, *names])


def stand(home: Path) -> Callable[..., Any]:
    """Open the hub's store, stand at its door, and give the application that answers."""
    places.read_file(places.hub_dir(home) / places.DOOR_KEY, "The door's key")
    store = places.open_store(home, hub=True)
    from django.core.wsgi import get_wsgi_application

    from banyan.cases.visit import Door
    from banyan.doors.front.bell import BellsFault, read_bells
    from banyan.house import wording
    from banyan.house.standing import stand_at
    from banyan.language.pack import PackFault, front_of_pack
    from banyan.sealing.faults import SealingFault
    from banyan.sealing.keys import Keys

    secret = places.read_file(places.hub_dir(home) / places.DOOR_KEY, "The door's key")
    try:
        keys, roster = Keys(secret), store.roster()
    except SealingFault as fault:
        raise Refused(f"This hub cannot open its door: {fault}.") from None
    if roster.door.id != keys.id:
        raise Refused("The door's key in this folder is not the one that the programme's roster names.")
    try:
        read_bells(places.hub_dir(home) / "bells.toml")
    except BellsFault as fault:
        raise Refused(
            f"Nobody would be told that somebody wrote: {fault}. Mend it, or move it away."
        ) from None
    try:
        wording.check(front_of_pack())
    except PackFault as fault:
        raise Refused(f"The door cannot say what the pack wants: {fault}.") from None
    stand_at(Door(keys=keys, store=store))
    return get_wsgi_application()


def serve(application: Callable[..., Any], taken: socket.socket) -> None:
    """Answer until Ctrl-C or a request to end; what was acknowledged is on disk by then."""
    from banyan.house.serving.bounded import server_on
    from banyan.house.serving.quick import front_of

    server = server_on(front_of(application), taken, **adjustments())
    end_when_asked()
    server.run()
    server.close()


def adjustments(threads: int = THREADS, connections: int = CONNECTIONS) -> dict[str, Any]:
    """How waitress is to serve."""
    from banyan.house.wsgi import WAITRESS

    # waitress warns at every request that waits for a thread; nothing there helps whoever reads it.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return {
        "threads": threads,
        "connection_limit": connections,
        "channel_timeout": 90,
        "backlog": 1024,
        "max_request_header_size": 32 * 1024,
        "asyncore_use_poll": hasattr(__import__("select"), "poll"),
        **WAITRESS,
    }


def _typed(option: str) -> bool:
    return click.get_current_context().get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE


def end_when_asked() -> None:
    """A request to end the process ends it as Ctrl-C does: what is begun is finished."""
    signal.signal(signal.SIGTERM, _end)


def _end(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _tell(host: str, port: int, taken: socket.socket) -> None:
    at = taken.getsockname()[1]
    if port not in (0, at):
        click.echo(f"Port {port} is taken, so the hub is at port {at}.")
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    click.echo(f"The front door is at http://{f'[{shown}]' if ':' in shown else shown}:{at}/")
    click.echo("Ctrl-C stops the hub.")
