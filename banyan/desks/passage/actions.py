"""What planners do, each in one function: with `leg_actions.py` the only writes of this desk.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` with words for the
page where the rule is not met. What it returns is durable.
"""

from django.utils.translation import gettext as _

from banyan.cases import casework
from banyan.cases.casework import NotYet, in_words, put
from banyan.cases.deadlines import HOUR
from banyan.cases.desk import Desk
from banyan.cases.folders import passage as documents
from banyan.cases.folders.conversation import Letter
from banyan.cases.folders.cover import Case
from banyan.cases.folders.leg import CalledOff
from banyan.cases.folders.passage import Passage, Reporting, SafetyPlan
from banyan.cases.folders.placement import Arriving
from banyan.cases.stages import Stage
from banyan.desks.frame import STAYS
from banyan.desks.passage import codes, lists, rules
from banyan.desks.passage.rules import Stop, Way
from banyan.folders.membership import Member
from banyan.folders.seats import Seat
from banyan.sealing.format import read, write

# The plan


def begin(*, desk: Desk, cover: bytes) -> bytes:
    """A planner of a case in passage founds its passage, once; the other planner of the case reads it too."""
    case = _planned(desk, cover)
    _refuse_unless(case, Stage.PASSAGE)
    others = [member for member in _planners(desk, case) if member.id != desk.keys.id]
    folder = casework.found_part(desk, cover, "passage", others[:1], documents.Begun(cover=cover))
    if desk.state(folder, Passage) is None:
        raise NotYet(_("A colleague began this plan. Ask them to open it to you."))
    return folder


def plan(
    *, desk: Desk, cover: bytes, seen: str | None = None, threats: tuple[str, ...] = (), stays_behind: int = 0,
    first_step: str = "", if_silent: str = "", call_off: str = "", region: str = "",
) -> None:  # fmt: skip
    """What is written here settles what two wrote at once: only fields that differ are written again. `seen` is the
    mark of the plan that the writer had before them, so that nobody writes over what they never saw.
    """
    with desk.store.alone(cover), in_words():
        folder = begin(desk=desk, cover=cover)
        passage = _passage(desk, cover)
        if seen is not None and seen != mark_of(passage):
            raise NotYet(_("A colleague changed the plan while you wrote. What stands now is shown above; what you "
                           "typed is below. Put both together and keep it again."))  # fmt: skip
        wanted = {
            "threats": threats, "stays_behind": stays_behind, "first_step": first_step.strip(),
            "if_silent": if_silent.strip(), "call_off": call_off.strip(), "region": region,
        }  # fmt: skip
        changed = {key: value for key, value in wanted.items() if _differs(passage, key, value)}
        if not changed and not passage.plans.values:
            raise NotYet(_("The plan is empty. Write at least the first step."), "first_step")
        if changed:
            put(desk, folder, read(write(SafetyPlan(**changed)), SafetyPlan))  # type: ignore[arg-type]


def mark_of(passage: Passage | None) -> str:
    """What stands for the plan as somebody saw it; changes with every change."""
    return "".join(name.hex()[:16] for name in sorted(passage.plans.values)) if passage else ""


def _differs(passage: Passage, key: str, value: object) -> bool:
    if key not in passage.fields:
        return bool(value)
    return passage.one(key) != value


def open_to_colleague(*, desk: Desk, cover: bytes) -> None:
    """A planner who came to the case later is given the plan and its legs by the one who has them."""
    case, passage = _planned(desk, cover), _passage(desk, cover)
    planners = _planners(desk, case)
    with desk.store.alone(passage.folder), in_words():
        for folder in (passage.folder, *passage.beside):
            desk.hand_over(folder, planners[:2])
        for one in lists.way_of(desk, case).legs:
            guide = desk.roster.members.get(one.leg.guide)
            if one.state and guide and desk.holds(one.leg.folder):
                desk.hand_over(one.leg.folder, [*planners[:2], *([guide] if guide.active else [])])


# The person


def ask(*, desk: Desk, cover: bytes, text: str, language: str) -> None:
    """The person alone reads what is planned for them, and answers yes or no; they may be asked again."""
    passage = _passage(desk, cover)
    _refuse_unless(casework.case_of(desk, cover), Stage.PASSAGE)
    if not passage.plans.values:
        raise NotYet(_("There is no plan to ask about yet. Write it first."))
    letter = Letter(text=text.strip(), language=language)
    casework.write_to_person(desk, cover, "way", letter, answer_to=cover)
    desk.view.note(asked_key(cover), desk.now.to_bytes(8, "big"))


def asked_key(cover: bytes) -> str:
    """Under which name this desk keeps when it asked last."""
    return f"asked {cover[:8].hex()}"


def agree_words(
    *, desk: Desk, cover: bytes, next_due: int, every_hours: int, text: str = "", language: str = ""
) -> None:
    """When the person gives word is agreed for times to come (milliseconds, hours), and they are told in a letter."""
    passage = _passage(desk, cover)
    _refuse_unless(casework.case_of(desk, cover), Stage.PASSAGE)
    if next_due <= desk.now:
        raise NotYet(_("That time has passed. Choose a later one."), "next_due")
    if every_hours not in codes.EVERY:
        raise NotYet(_("Choose how often they give word."), "every_hours")
    with desk.store.alone(cover), in_words():
        _agree(desk, passage, Reporting(next_due=next_due, every_hours=every_hours))
        letter = Letter(text=text.strip(), language=language, due=next_due, every_hours=every_hours)
        casework.write_to_person(desk, cover, "word", letter, answer_to=passage.folder)


def _agree(desk: Desk, passage: Passage, agreed: Reporting) -> None:
    """In all passages that were begun at once, so that none goes on by what was agreed before."""
    for folder in (passage.folder, *passage.beside):
        if desk.holds(folder):
            put(desk, folder, agreed)


# Go and no go


def propose_go(*, desk: Desk, cover: bytes) -> None:
    """A go is proposed on an admission, a whole plan and the person's own yes; intake signs it too."""
    way = _way(desk, cover)
    stop, admitted = rules.stop_before_go(way, desk.now), way.case.standing("admit")
    if stop or admitted is None or way.passage is None:
        raise NotYet(words_of(stop or Stop.NOT_ADMITTED))
    casework.propose(desk, cover, "go", (admitted.name, *way.passage.plans.values))


def halt(*, desk: Desk, cover: bytes, reason: str, legs: bool = True) -> None:
    """One planner is always enough to halt; to go on, two sign again. With `legs` the guides are called off too."""
    way = _way(desk, cover)
    if reason not in codes.HALTS:
        raise NotYet(_("Choose why it is halted."), "reason")
    with desk.store.alone(cover), in_words():
        casework.halt(desk, cover, reason)
        if legs:
            _call_off(desk, way)


def call_off_legs(*, desk: Desk, cover: bytes) -> None:
    """A planner calls off every leg that goes on, wherever the case stands; each guide reads it."""
    way = _way(desk, cover)
    if not any(one.state for one in way.going):
        raise NotYet(_("No leg goes on here any more."))
    with desk.store.alone(cover), in_words():
        _call_off(desk, way)


def _call_off(desk: Desk, way: Way) -> None:
    for one in way.going:
        if one.state and desk.holds(one.leg.folder):
            put(desk, one.leg.folder, CalledOff())


def stay_inside(*, desk: Desk, cover: bytes, reason: str) -> None:
    """The person stays inside for now: whatever was agreed of the way ends, and intake has the case again."""
    way = _way(desk, cover)
    _refuse_unless(way.case, Stage.PASSAGE)
    if reason not in STAYS:
        raise NotYet(_("Choose why they stay."), "reason")
    with desk.store.alone(cover), in_words():
        if way.case.standing("go") or rules.waiting_go(way.case, desk.now):
            casework.halt(desk, cover, "other")
        _call_off(desk, way)
        if way.passage and way.passage.due is not None:
            _agree(desk, way.passage, Reporting(next_due=desk.now // HOUR * HOUR, every_hours=0))
        casework.go_to(desk, cover, Stage.WAITING, reason=reason)


def take_up(*, desk: Desk, cover: bytes) -> None:
    """Somebody who stayed inside may be helped out again: the plan is there, the go is asked for anew."""
    _refuse_unless(_planned(desk, cover), Stage.WAITING)
    casework.go_to(desk, cover, Stage.PASSAGE)


def settle(*, desk: Desk, cover: bytes, stage: str) -> None:
    """Of two stages that were set at once a planner of the case chooses one."""
    case = _planned(desk, cover)
    if len(case.stages) < 2 or stage not in case.stages:
        raise NotYet(_("There is nothing to choose between any more."))
    casework.go_to(desk, cover, Stage(stage))


# Arrival


def call_shelter(*, desk: Desk, cover: bytes) -> None:
    """As soon as a go stands, shelter may be called to the case, so that a bed waits."""
    case = _planned(desk, cover)
    if case.may_go is None:
        raise NotYet(_("Shelter is called when a go stands."))
    if _shelter(desk, case):
        raise NotYet(_("Shelter is on this case already."))
    casework.give_seats(desk, cover, [(member, Seat.SHELTER) for member in _chosen(desk, case)])


def expect(*, desk: Desk, cover: bytes, due: int, region: str, words: str = "") -> None:
    """Shelter is told who comes when and roughly where to, and nothing of the way."""
    case = _planned(desk, cover)
    slot = case.part("placement")
    if slot is None:
        raise NotYet(_("Shelter has not begun to look for a place yet. Call them, or wait for them."))
    if case.may_go is None:
        raise NotYet(_("Shelter is told when a go stands."))
    if not region:
        raise NotYet(_("Choose where they will arrive."), "region")
    with in_words():
        desk.drop(slot, "placement", Arriving(due=due, region=region, words=words.strip()))
    desk.view.note(told_key(cover), desk.now.to_bytes(8, "big"))


def told_key(cover: bytes) -> str:
    """Under which name this desk keeps when it told shelter last."""
    return f"told {cover[:8].hex()}"


def arrive(*, desk: Desk, cover: bytes) -> None:
    """An arrival is confirmed where a go stands: shelter comes to the case and its planners leave it. What was left
    half done is finished, and nothing is counted twice.
    """
    case = _planned(desk, cover)
    if case.stage is not Stage.RECEPTION:
        _refuse_unless(case, Stage.PASSAGE)
    go = case.may_go
    if go is None:
        raise NotYet(_("No go stands. Two sign a go first; then the arrival can be confirmed."))
    come = [] if _shelter(desk, case) else _chosen(desk, case)
    with desk.store.alone(cover), in_words():
        if case.stage is Stage.PASSAGE:
            casework.go_to(desk, cover, Stage.RECEPTION)
            casework.count(desk, cover, "arrived", act=go)
        leave = case.seated(Seat.PLANNING)
        casework.give_seats(desk, cover, [(member, Seat.SHELTER) for member in come], leave)


def _shelter(desk: Desk, case: Case) -> list[Member]:
    members = (desk.roster.members.get(ident) for ident in case.seated(Seat.SHELTER))
    return [member for member in members if member and member.active]


def _chosen(desk: Desk, case: Case) -> list[Member]:
    found = casework.choose(desk, case, Seat.SHELTER, 2)
    if not found:
        raise NotYet(_("Nobody who could shelter them is on the roster now. Nothing was changed. Ask your office to "
                       "add a member with the seat shelter, sync, and press again."))  # fmt: skip
    return found


# What the actions share


def words_of(stop: Stop) -> str:
    """Why no go may be proposed, for the page."""
    return {
        Stop.STAGE: _("This case is not in passage now."),
        Stop.NOT_ADMITTED: _("No admission stands. Two screeners admit first."),
        Stop.NO_PLAN: _("There is no safety plan yet. Write it first."),
        Stop.LACKS: _("The safety plan is not whole yet. Write what is missing."),
        Stop.CONFLICT: _("Two wrote different plans at once. Settle them first."),
        Stop.NO_ANSWER: _("The person has not answered yet. Nobody goes without their own yes."),
        Stop.SAID_NO: _("The person said no. There is no go while it stands; only they can change it."),
        Stop.WAITS: _("A go was proposed and waits for intake to sign it too."),
        Stop.STANDS: _("A go stands already."),
    }[stop]


def _planned(desk: Desk, cover: bytes) -> Case:
    case = casework.case_of(desk, cover)
    if not rules.plans(case, desk.keys.id) or not desk.holds(cover):
        raise NotYet(_("You do not plan the way of this case now, so nothing was written."))
    return case


def _way(desk: Desk, cover: bytes) -> Way:
    return lists.way_of(desk, _planned(desk, cover))


def _passage(desk: Desk, cover: bytes) -> Passage:
    passage = _way(desk, cover).passage
    if passage is None:
        raise NotYet(_("There is no plan on this desk yet. Write it first."))
    return passage


def _planners(desk: Desk, case: Case) -> list[Member]:
    """The active planners of a case, this one first."""
    members = (desk.roster.members.get(ident) for ident in case.seated(Seat.PLANNING))
    found = [member for member in members if member and member.active]
    return sorted(found, key=lambda member: member.id != desk.keys.id)


def _refuse_unless(case: Case, stage: Stage) -> None:
    if case.stage is not stage:
        raise NotYet(_("This case is not at that stage now. Look at it again."))
