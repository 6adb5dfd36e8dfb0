"""What is written about a leg: by the planner who gives it, and by its guide, who is told of no case."""

from typing import Literal, cast

from django.utils.translation import gettext as _

from banyan.cases.casework import NotYet, in_words, put
from banyan.cases.desk import Desk
from banyan.cases.folders import leg as documents
from banyan.cases.folders.cover import Case
from banyan.cases.folders.leg import CalledOff, LegState, Said, Way
from banyan.cases.folders.passage import Leg, Passage
from banyan.cases.stages import Stage
from banyan.desks.passage import lists, rules
from banyan.folders.membership import Member
from banyan.folders.seats import Seat

MOST = 40
MOST_KNOWN = 16
How = Literal["accepted", "declined", "met", "done", "trouble"]


def add_leg(
    *, desk: Desk, cover: bytes, guide: bytes, meet: str, end: str, means: str, starts: int, people: int, sign: str
) -> bytes:  # fmt: skip
    """A planner gives a leg of the way to one guide, in a folder of its own; the folder's id."""
    way = Way(
        meet=meet.strip(), end=end.strip(), means=means, starts=starts, people=people, sign=sign.strip()
    )
    case, passage = _passage(desk, cover)
    nth = max(passage.legs, default=0) + 1
    if nth > MOST:
        raise NotYet(_("A way has forty legs at most."))
    return _found(desk, case, passage, nth, guide, way)


def give_leg(
    *, desk: Desk, leg: bytes, guide: bytes, meet: str, end: str, means: str, starts: int, people: int, sign: str
) -> bytes:  # fmt: skip
    """A leg is asked for anew, of another guide or of the same: the old folder is called off, and a new one is
    founded with the same number; its id.
    """
    way = Way(
        meet=meet.strip(), end=end.strip(), means=means, starts=starts, people=people, sign=sign.strip()
    )
    found = lists.leg_of(desk, leg)
    if found is None or found[2].state == "done":
        raise NotYet(_("This leg has ended, or somebody else has it now."))
    case, passage = _passage(desk, found[0].case.folder)
    with desk.store.alone(passage.folder), in_words():
        if not found[2].off:
            put(desk, leg, CalledOff())
        return _found(desk, case, passage, found[1].nth, guide, way)


def _found(desk: Desk, case: Case, passage: Passage, nth: int, guide: bytes, way: Way) -> bytes:
    member = next((one for one in lists.guides(desk) if one.id == guide), None)
    if member is None:
        raise NotYet(_("Choose an active guide."), "guide")
    if way.starts is None or way.starts <= desk.now:
        raise NotYet(_("That time has passed. Choose a later one."), "starts")
    with desk.store.alone(passage.folder), in_words():
        readers = [
            one.keys for one in desk.holders(passage.folder) if one.active and Seat.PLANNING in one.seats
        ]
        folder = desk.found("leg", [*readers[:2], member.keys])
        put(desk, folder, documents.Begun(passage=passage.folder, nth=nth))
        put(desk, folder, way)
        knows = rules.against(case)[-MOST_KNOWN:]
        put(desk, passage.folder, Leg(nth=nth, folder=folder, guide=member.id, knows=knows))
    return folder


def call_off_leg(*, desk: Desk, leg: bytes) -> None:
    """A planner calls a leg off, whatever its guide says at once; its guide reads that."""
    found = lists.leg_of(desk, leg)
    if found is None or found[2].state in rules.ENDED or not rules.plans(found[0].case, desk.keys.id):
        raise NotYet(_("This leg has ended, or was called off already."))
    put(desk, leg, CalledOff())


def say(*, desk: Desk, leg: bytes, how: str, words: str = "") -> None:
    """A guide says how their own leg goes, in the order in which a leg goes."""
    state, me = desk.state(leg, LegState), desk.me
    if state is None or not guides(me) or not desk.holds(leg):
        raise NotYet(_("This leg is not yours."))
    if state.state == "off":
        raise NotYet(_("This leg was called off. Do not go; nothing more is asked of you."))
    if how not in rules.GUIDE_MAY.get(state.state, ()):
        raise NotYet(_("That was said already, or something comes before it. Look at the leg again."))
    put(desk, leg, Said(how=cast(How, how), words=words.strip()))


def guides(me: Member | None) -> bool:
    """Whether a member is an active guide."""
    return me is not None and me.active and Seat.GUIDE in me.seats


def _passage(desk: Desk, cover: bytes) -> tuple[Case, Passage]:
    """A case in passage whose way this member plans, and its passage."""
    case = desk.case(cover)
    passage = lists.way_of(desk, case).passage if case else None
    if case is None or passage is None or not rules.plans(case, desk.keys.id):
        raise NotYet(_("There is no plan on this desk yet. Write it first."))
    if case.stage is not Stage.PASSAGE:
        raise NotYet(_("This case is not in passage now."))
    return case, passage
