"""`banyan desk`: one member's desk on this machine, in the browser."""

from __future__ import annotations

import os
import signal
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import click

from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.unlock import line
from banyan.house.unlock.supervisor import Supervisor, follow_terminal


@click.command()
@places.home_option
@places.pack_option
@click.option("--name", default="", help="The member whose desk to offer first.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="The port on this machine."
)
@click.option("--hub", default="", help="The hub's address. Else BANYAN_HUB, else the file hub.address.")
@click.option(
    "--tor",
    default="",
    help="Where this machine's Tor is. Else BANYAN_TOR, else socks5h://127.0.0.1:9050 for an onion.",
)
@click.option("--no-browser", is_flag=True, help="Print the link and open no browser.")
def command(home: Path, name: str, port: int, hub: str, tor: str, no_browser: bool) -> None:
    """Start a member's desk on this machine, in the browser.

    The printed link works once, in one browser. Enter prints a new one; Ctrl-C locks the desk and stops.
    """
    if name and name not in places.desks(home):
        raise Refused(f"There is no desk of that name in {home}.")
    if not places.desks(home):
        raise Refused(f"There is no desk in {home}: `banyan init` founds a programme.")
    hub = hub or places.hub_address(home)
    _through(tor, hub)
    places.made(home / "desks")
    taken = places.listen("127.0.0.1", port, exactly=places.given_port())
    supervisor = Supervisor(home=home, taken=taken, name=name, hub=hub)
    if supervisor.port != port and port:
        click.echo(f"Port {port} is taken, so the desk is at port {supervisor.port}.")
    link = supervisor.link()
    click.echo(f"Open this link once: {link}")
    click.echo("Enter prints a new link. Ctrl-C locks the desk and stops.")
    supervisor.ready = _opener("" if no_browser else link)
    if sys.stdin is not None and sys.stdin.isatty():
        follow_terminal(supervisor, lambda fresh: click.echo(f"Open this link once: {fresh}"))
    run(supervisor)
    click.echo("The desk is locked and has stopped.")


def _through(tor: str, hub: str) -> None:
    """Tell the desk where Tor is, and say at once where none answers: the desk opens all the same."""
    if tor:
        os.environ["BANYAN_TOR"] = tor
    given = line.tor_for(hub)
    if not given:
        return
    if line.tor_place(given) is None:
        raise Refused("Tor is named by an address such as socks5h://127.0.0.1:9050.")
    if not line.tor_is_there(given):
        click.echo(
            f"Tor does not answer at {given}: nothing is synced until it runs (on Debian: `apt install tor`). "
            "What is written is kept on this laptop."
        )


def run(supervisor: Supervisor) -> None:
    """Run until Ctrl-C or a request to end."""
    signal.signal(signal.SIGTERM, _end)
    try:
        supervisor.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        # From here on a second Ctrl-C must not leave a child behind.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        supervisor.end()


def _end(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _opener(link: str) -> Callable[[], None]:
    """Opens the browser when the desk first answers; with an empty link never."""
    left = [link] if link else []

    def open_once() -> None:
        if left:
            webbrowser.open(left.pop())

    return open_once
