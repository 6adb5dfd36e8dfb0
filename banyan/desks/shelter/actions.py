"""What shelter does, each in one function: the only writes of this desk.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` with words for the page where
the rule is not met. What it returns is durable. A placement and a house are written together or not at all.
"""

import secrets
from collections.abc import Sequence
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from banyan.cases import casework
from banyan.cases.casework import NotYet, in_words, put
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Letter
from banyan.cases.folders.cover import Case, Need
from banyan.cases.folders.house import About, Confirmed, Freed, House, Refused, Request
from banyan.cases.folders.placement import Asked, Begun, Left, Placed
from banyan.cases.stages import ARRIVED, Stage
from banyan.cases.table import TABLE
from banyan.desks.shelter import lists, rules
from banyan.desks.shelter.rules import Bed, Household, Stands, Stop
from banyan.desks.shelter.words import stopped
from banyan.folders.membership import Member
from banyan.folders.seats import Seat
from banyan.sealing.format import read, write

Why = Literal["moved", "own_place", "left", "withdrawn", "refused"]

# Houses


def found_house(
    *, desk: Desk, label: str, region: str, beds: int, step_free: bool, keeper: bytes, open: bool, words: str
) -> bytes:
    """A member of shelter founds a house, which all of shelter may read, as many as the table allows; its folder."""
    if desk.me is None or not desk.me.active or Seat.SHELTER not in desk.me.seats:
        raise NotYet(_("Only members of shelter add a house."))
    _refuse_keeper(desk, keeper)
    readers = [member for member in desk.roster.active(Seat.SHELTER) if member.id != desk.keys.id]
    readers.sort(key=lambda member: (member.id != keeper, member.name))
    with desk.store.alone(desk.keys.id), in_words():
        folder = desk.found("house", [member.keys for member in readers[: TABLE["house"].most - 1]])
        about = About(
            label=label.strip(), region=region, beds=beds, step_free=step_free, keeper=keeper, open=open,
            words=words.strip(),
        )  # fmt: skip
        put(desk, folder, about)
    return folder


def change_house(
    *, desk: Desk, folder: bytes, label: str, region: str, beds: int, step_free: bool, keeper: bytes, open: bool,
    words: str,
) -> None:  # fmt: skip
    """Whoever reads a house may change it; only what differs is written, and so settles what two wrote at once."""
    house = _house(desk, folder)
    _refuse_keeper(desk, keeper)
    wanted = {
        "label": label.strip(), "region": region, "beds": beds, "step_free": step_free, "keeper": keeper,
        "open": open, "words": words.strip(),
    }  # fmt: skip
    changed = {key: value for key, value in wanted.items() if house.one(key) != value}
    if changed:
        put(desk, folder, read(write(About(**changed)), About))  # type: ignore[arg-type]


def confirm(*, desk: Desk, folder: bytes, key: bytes) -> None:
    """The keeper alone says that there is room, and only while there is; nobody else's yes has an effect."""
    house, request = _asked_of_me(desk, folder, key)
    if "beds" in rules.conflicts(house):
        raise NotYet(_("Two wrote different numbers of beds. Settle that first."))
    if not rules.has_room(house, request.people):
        raise NotYet(
            _("There are not so many free beds here, or the house is closed. Refuse, or change the house.")
        )
    put(desk, folder, Confirmed(request=house.requests[key][0]))


def refuse(*, desk: Desk, folder: bytes, key: bytes) -> None:
    """The keeper says that there is no room; whoever asked sees it and asks another house."""
    house, _request = _asked_of_me(desk, folder, key)
    put(desk, folder, Refused(request=house.requests[key][0]))


def free_beds(*, desk: Desk, folder: bytes, key: bytes) -> None:
    """The keeper may free beds in which nobody sleeps any more; those who look after the household then say why."""
    house = _house(desk, folder)
    if not rules.keeps(house, desk.me):
        raise NotYet(_("Only the keeper of the house does this."))
    if key not in house.requests or house.state(key) != "confirmed":
        raise NotYet(_("These beds are free already."))
    put(desk, folder, Freed(key=key))


def share_house(*, desk: Desk, folder: bytes) -> None:
    """A reader of a house lets other members of shelter read it, as many as the table allows."""
    _house(desk, folder)
    _share(desk, folder, desk.roster.active(Seat.SHELTER))


# A household comes


def begin(*, desk: Desk, cover: bytes) -> bytes:
    """A placement begins once two signed that the person may go; another of shelter on the case reads it too."""
    case = _mine(desk, cover)
    _refuse_stop(rules.stop_before_beginning(case))
    others = [desk.roster.members[one] for one in case.seated(Seat.SHELTER) if one in desk.roster.members]
    others = [member for member in others if member.active and member.id != desk.keys.id]
    return casework.found_part(
        desk, cover, "placement", others[: TABLE["placement"].most - 1], Begun(cover=cover)
    )


def share_placement(*, desk: Desk, cover: bytes) -> None:
    """A reader lets the other member of shelter on the case read its placements."""
    found = _household(desk, cover)
    others = [
        desk.roster.members[one] for one in found.case.seated(Seat.SHELTER) if one in desk.roster.members
    ]
    for folder in found.folders:
        _share(desk, folder, others)


def change_household(
    *, desk: Desk, cover: bytes, adults: int, children: int, needs: tuple[Need, ...] = ()
) -> None:
    """Shelter counts who is there."""
    _mine(desk, cover)
    casework.change_household(desk, cover, adults=adults, children=children, needs=needs)


def ask(*, desk: Desk, cover: bytes, shelter: bytes, people: int) -> bytes:
    """One house is asked at a time, an open one with so many beds free; the key under which it knows the household."""
    found = _household(desk, cover)
    _refuse_stop(rules.stop_before_bed(found.case))
    if found.asks:
        raise NotYet(_("Beds are asked for already. Withdraw that request first."))
    house = desk.state(shelter, House)
    if house is None or not desk.holds(shelter):
        raise NotYet(_("Choose a house that you can see."), "shelter")
    if any(bed.asked.shelter == shelter for bed in found.lives):
        raise NotYet(_("They live in this house already. Choose another one."), "shelter")
    _refuse_full(house, people)
    if not found.folders:
        raise NotYet(_("Begin the placement first."))
    key, needs = secrets.token_bytes(16), found.case.one("needs")
    with desk.store.alone(cover):
        for bed in found.refused:
            put(desk, bed.folder, Left(key=bed.asked.key, why="refused"))
        put(desk, found.folders[0], Asked(shelter=shelter, key=key, people=people))
        put(desk, shelter, Request(key=key, people=people, needs=needs if isinstance(needs, tuple) else ()))
    return key


def write_bed_letter(*, desk: Desk, cover: bytes, text: str, language: str) -> None:
    """That a bed is ready is written to the person alone, once a keeper has confirmed it."""
    found = _household(desk, cover)
    if not any(bed.stands is Stands.CONFIRMED for bed in found.asks):
        raise NotYet(_("No keeper has confirmed a bed yet. Do not promise one."))
    if not text.strip():
        raise NotYet(_("Write something first."), "text")
    casework.write_to_person(desk, cover, "bed", Letter(text=text.strip(), language=language))


def they_are_here(*, desk: Desk, cover: bytes) -> None:
    """Whoever came into confirmed beds lives there; the beds of before are freed, and from reception the case goes to
    support, is counted, and those who see to money come to it.
    """
    found = _household(desk, cover)
    _refuse_stop(rules.stop_before_bed(found.case))
    if found.conflict:
        raise NotYet(_("Two requests stand. Choose one of them first."))
    (bed,) = found.asks or (None,)
    if bed is None or bed.stands is not Stands.CONFIRMED:
        raise NotYet(_("The keeper of the house has not confirmed yet. Nobody else's word counts."))
    with desk.store.alone(cover):
        put(desk, bed.folder, Placed(key=bed.asked.key))
        for before in found.lives:
            _end(desk, before, "moved")
        if found.case.stage is Stage.RECEPTION:
            casework.go_to(desk, cover, Stage.SUPPORT)
            casework.count(desk, cover, "settled", act=found.case.standing("go"))
            _bring_money(desk, cover)


def bring_money(*, desk: Desk, cover: bytes) -> None:
    """Those who enter, approve and pay come to a case that was received: one each; an empty seat stays empty."""
    case = _mine(desk, cover)
    if case.stage not in ARRIVED or case.stage is Stage.RECEPTION:
        raise NotYet(_("This is done when the household has a bed."))
    if not _bring_money(desk, cover):
        raise NotYet(_("There is still nobody who may. Tell your office which seat is empty."))


# A household moves and leaves


def withdraw(*, desk: Desk, cover: bytes, key: bytes) -> None:
    """A request may be withdrawn until they are there, and wins over a yes that the keeper gives at once."""
    found = _household(desk, cover)
    bed = found.bed(key)
    if bed is None or bed.ended or bed.placed:
        raise NotYet(_("This request has ended already."))
    with desk.store.alone(cover):
        _end(desk, bed, "withdrawn")


def choose(*, desk: Desk, cover: bytes, key: bytes) -> None:
    """Of two houses asked or lived in at once one is chosen; the beds of the others are freed."""
    found = _household(desk, cover)
    if key not in {bed.asked.key for bed in found.conflict}:
        raise NotYet(_("There is nothing to choose here any more."))
    with desk.store.alone(cover):
        for bed in found.conflict:
            if bed.asked.key != key:
                _end(desk, bed, "moved" if bed.placed else "withdrawn")


def leave(*, desk: Desk, cover: bytes, why: Why) -> None:
    """A household that leaves its house gives its beds back, and its case goes on."""
    found = _household(desk, cover)
    if not found.lives:
        raise NotYet(_("They live in no house now."))
    with desk.store.alone(cover):
        for bed in found.lives:
            _end(desk, bed, why)


def finish(*, desk: Desk, cover: bytes, key: bytes) -> None:
    """Where the placement and the house do not say the same, what is missing is written: an end wins over all else."""
    bed = _household(desk, cover).bed(key)
    if bed is None or not bed.half:
        raise NotYet(_("This is finished already."))
    if bed.stands is Stands.UNSENT:
        needs = casework.case_of(desk, cover).one("needs")
        put(desk, bed.asked.shelter, Request(key=key, people=bed.asked.people,
            needs=needs if isinstance(needs, tuple) else ()))  # fmt: skip
    elif bed.stands is Stands.HELD:
        put(desk, bed.asked.shelter, Freed(key=key))
    elif bed.stands is Stands.FREED:
        put(desk, bed.folder, Left(key=key, why="left" if bed.placed else "withdrawn"))
    else:
        raise NotYet(
            _("Only the keeper can say that they live there. Speak with them, or say that they left.")
        )


# Towards their own means


def go_on(*, desk: Desk, cover: bytes, to: str) -> None:
    """A household goes on by one stage at a time; where two set different stages at once, one of them is chosen."""
    case = _mine(desk, cover)
    settles = len(case.stages) > 1 and to in case.stages
    if not settles and (case.stage is None or rules.NEXT.get(case.stage) != to):
        raise NotYet(_("The case stands elsewhere by now. Look again."))
    casework.go_to(desk, cover, Stage(to))


# What the actions share


def _mine(desk: Desk, cover: bytes) -> Case:
    case = casework.case_of(desk, cover)
    if not rules.is_mine(case, desk.keys.id):
        raise NotYet(_("You do not sit on this case for shelter any more, so nothing was written."))
    with in_words():
        casework.refuse_stranger(desk, cover)
    return case


def _household(desk: Desk, cover: bytes) -> Household:
    return lists.household(desk, _mine(desk, cover))


def _house(desk: Desk, folder: bytes) -> House:
    house = desk.state(folder, House)
    if house is None:
        raise NotYet(_("This house is not on this desk."))
    with in_words():
        casework.refuse_stranger(desk, folder)
    return house


def _asked_of_me(desk: Desk, folder: bytes, key: bytes) -> tuple[House, Request]:
    house = _house(desk, folder)
    if not rules.keeps(house, desk.me):
        raise NotYet(_("Only the keeper of the house does this."))
    if key not in rules.waiting(house):
        raise NotYet(_("This request does not wait any more."))
    return house, house.requests[key][1]


def _end(desk: Desk, bed: Bed, why: Why) -> None:
    """A request ends, and its beds are free: both or neither."""
    if bed.house is None:
        raise NotYet(_("You cannot see this house, so its beds cannot be freed. Ask a colleague who can."))
    put(desk, bed.folder, Left(key=bed.asked.key, why=why))
    put(desk, bed.asked.shelter, Freed(key=bed.asked.key))


def _bring_money(desk: Desk, cover: bytes) -> list[Member]:
    """One member for each seat that is empty; a seat for which there is nobody stays so."""
    came: list[Member] = []
    for seat in rules.MONEY:
        case = casework.case_of(desk, cover)
        found = [] if case.seated(seat) else casework.choose(desk, case, seat, 1)
        if found:
            casework.give_seats(desk, cover, [(found[0], seat)])
            came += found
    return came


def _share(desk: Desk, folder: bytes, wanted: Sequence[Member]) -> None:
    holders = desk.holders(folder)
    kind = "house" if desk.state(folder, House) else "placement"
    come = rules.not_reading(holders, wanted, TABLE[kind].most)
    if come:
        with in_words():
            casework.refuse_stranger(desk, folder)
            desk.hand_over(folder, [*(one for one in holders if one.active), *come])


def _refuse_keeper(desk: Desk, keeper: bytes) -> None:
    if keeper not in {member.id for member in desk.roster.active(Seat.SHELTER)}:
        raise NotYet(_("Choose an active member of shelter as keeper."), "keeper")


def _refuse_full(house: House, people: int) -> None:
    if house.one("open") is not True:
        raise NotYet(_("This house takes nobody in now. Choose another one."), "shelter")
    if house.free is None:
        raise NotYet(_("Two wrote different numbers of beds for this house. Settle that first."), "shelter")
    if house.free < people:
        free = max(0, house.free)
        said = ngettext(
            "This house has %(count)s free bed: too few.",
            "This house has %(count)s free beds: too few.",
            free,
        )
        raise NotYet(said % {"count": free}, "shelter")


def _refuse_stop(stop: Stop | None) -> None:
    if stop:
        raise NotYet(stopped(stop))
