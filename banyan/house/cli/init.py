"""`banyan init`: the founding of a programme, in one sitting of its first members."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import click

from banyan.house.cli import founding, places
from banyan.house.cli.founding import Phrases, Plan
from banyan.house.cli.refused import Refused


@click.command()
@places.home_option
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A TOML file instead of questions: name, hub, trustees = [5 names], [members] NAME = [seats].",
)
def command(home: Path, source: Path | None) -> None:
    """Found a programme: its name, its trustees and its first members, in one sitting.

    Each member's keys and each trustee's share get seven words, shown once. Afterwards carry each folder in
    HOME/desks to its member's laptop and each file in HOME/trustees to its trustee, and remove them here.
    """
    founding.check_empty(home)
    places.made(home)
    plan = read_plan(source) if source else _ask()
    founding.check_plan(plan)
    _say_what_is_missing(plan)
    if source is None:
        click.confirm("Found the programme with these members?", abort=True)
    made = founding.found(home, plan)
    if source is None:
        _show_one_by_one(made)
    else:
        _show_all(made)
    _say_what_next(home)


def read_plan(source: Path) -> Plan:
    """A plan from a TOML file. Refused where it does not say what is needed."""
    try:
        told = tomllib.loads(places.read_file(source, "The plan").decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refused(f"{source} is no TOML file: {fault}.") from None
    members = told.get("members")
    if not isinstance(members, dict) or not all(map(_are_names, members.values())):
        raise Refused(f'{source} needs a table [members] with lines such as  Aye = ["intake"].')
    if not _are_names(told.get("trustees")):
        raise Refused(f"{source} needs trustees = [five names].")
    return Plan(
        name=str(told.get("name", "")),
        trustees=tuple(told["trustees"]),
        members={name: tuple(seats) for name, seats in members.items()},
        hub=str(told.get("hub", "")),
    )


def _are_names(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def _ask() -> Plan:
    from banyan.folders.seats import Seat, least_members

    click.echo(
        "A programme is founded in one sitting: all first members, in a room that is safe to talk in.\n"
    )
    name = click.prompt("The programme's name")
    hub = click.prompt("The hub's address, if you know it (https://... or an onion)", default="")
    click.echo("\nFive trustees each keep a share of the recovery key; any three together can use it.")
    click.echo("They need not be members. Choose people who do not meet by chance.")
    trustees = tuple(click.prompt(f"Trustee {number} of 5") for number in range(1, 6))
    click.echo(f"\nNow the first members, by a pseudonym. A whole programme needs about {least_members()}.")
    click.echo(f"The seats: {', '.join(Seat)}.")
    members: dict[str, tuple[str, ...]] = {}
    while True:
        member = click.prompt(
            "A member's pseudonym (empty when all are named)", default="", show_default=False
        )
        if not member:
            break
        members[member] = _ask_seats(member, members)
    return Plan(name=name, trustees=trustees, members=members, hub=hub)


def _ask_seats(member: str, members: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Ask until the seats go together."""
    from banyan.folders.seats import IncompatibleSeats, Seat, check_seats

    while True:
        said = click.prompt(f"Seats of {member}, with spaces between")
        seats = tuple(said.replace(",", " ").split())
        unknown = [seat for seat in seats if seat not in set(Seat)]
        if unknown:
            click.echo(f"There is no seat {unknown[0]}.")
            continue
        try:
            check_seats(Seat(seat) for seat in seats)
        except IncompatibleSeats as clash:
            click.echo(f"{clash}.")
            continue
        return seats


def _say_what_is_missing(plan: Plan) -> None:
    missing = founding.what_is_missing(plan)
    if missing:
        click.echo("\nWithout more members this programme has to do without some things:")
        for line in missing:
            click.echo(f"  {line}")
        click.echo("Members can be added later, by two signatures.\n")


def _show_one_by_one(made: Phrases) -> None:
    """Each phrase on a screen of its own: only its owner looks."""
    owners = [*made.members.items(), *((f"trustee {name}", words) for name, words in made.trustees.items())]
    for owner, words in owners:
        click.clear()
        click.pause(f"Only {owner} looks at the screen now. Press any key.")
        click.echo(f"\n{owner}, these are your seven words:\n\n    {words}\n")
        click.echo("Write them down or learn them. They are shown once and kept nowhere.")
        click.pause("Press any key when you have them: the screen is cleared.")
        click.clear()


def _show_all(made: Phrases) -> None:
    for name, words in made.members.items():
        click.echo(f"member {name}: {words}")
    for name, words in made.trustees.items():
        click.echo(f"trustee {name}: {words}")


def _say_what_next(home: Path) -> None:
    click.echo(f"The programme is founded in {home}.")
    click.echo(
        "Carry each folder in desks/ to its member's laptop and each file in trustees/ to its trustee,"
    )
    click.echo("then remove them here. Start the hub with `banyan hub`, a desk with `banyan desk`.")
