"""The hub beside its tor: from the first line on the terminal to the last."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Collection
from functools import partial
from pathlib import Path

import click

from banyan.house.cli import hub, places
from banyan.house.cli.refused import Refused
from banyan.house.onion import gate
from banyan.house.onion.gate import Application
from banyan.house.onion.place import OnionPlace
from banyan.house.onion.serving import OnionServer, server_for
from banyan.house.onion.tor import Tor, find

STAFF_THREADS, STAFF_CONNECTIONS = 2, 100  # beyond the door's


def run(home: Path, program: str = "", extra: Collection[str] = ()) -> None:
    """Run tor beside the hub and answer over it alone. `extra` are lines of its configuration, for test networks."""
    if sys.platform == "win32":
        raise Refused("The hub runs as an onion service on Linux only.")
    places.read_file(places.hub_dir(home) / places.DOOR_KEY, "The door's key")
    place = OnionPlace.of(home)
    tor = Tor(place, find(program), extra)
    hub.end_when_asked()
    place.make()
    taken = (
        place.listen("door"),
        place.listen("staff"),
    )  # first of all: another hub here must not lose its tor
    with tor.running():
        hub.answer_to((place.address("door"), place.address("staff")))
        door, staff = _servers(hub.stand(home), place, *taken)
        tor.go_online()
        tor.wait(lambda phase: click.echo(f"Tor: {phase.done} % ({phase.words})"))
        _tell_onions(place)
        ended = list[bool]()
        tor.follow(partial(click.echo, "Both addresses are known to the Tor network."), partial(_stop, ended))
        door.run()  # for both
        for server in (door, staff):
            server.task_dispatcher.shutdown()
        if ended:
            raise tor.gone()
    click.echo("The hub and tor have stopped.")


def _servers(
    application: Application, place: OnionPlace, at_door: socket.socket, at_staff: socket.socket
) -> tuple[OnionServer, OnionServer]:
    """The door's and the staff's, in one loop. Beyond all places of the door the staff has some of its own, and threads
    of its own: whoever fills the door keeps nobody of the staff out.
    """
    from banyan.house.serving.quick import front_of

    door, staff = place.address("door"), place.address("staff")
    front = gate.DoorFront(front_of(gate.door_only(application, door), (door,)))
    given = hub.adjustments()
    first = server_for(front, at_door, **given)
    given |= {"threads": STAFF_THREADS, "connection_limit": given["connection_limit"] + STAFF_CONNECTIONS}
    return first, server_for(gate.sync_only(application, staff), at_staff, map=first._map, **given)


def _tell_onions(place: OnionPlace) -> None:
    click.echo(f"The front door is at http://{place.address('door')}/")
    click.echo(
        f"The staff's sync is at http://{place.address('staff')}/, for those whom `banyan onion` gave a key."
    )
    click.echo("Ctrl-C stops the hub and tor.")


def _stop(ended: list[bool]) -> None:
    """Tor is gone: end the hub as Ctrl-C would. Nothing is answered over anything else."""
    ended.append(True)
    os.kill(os.getpid(), signal.SIGTERM)
