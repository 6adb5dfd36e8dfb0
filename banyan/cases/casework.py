"""What every desk does with a case in the same way: give seats, sign in twos, move it on, write to the person, count.

Each says its rule first and raises `NotYet` with words for the page where the rule is not met. What returns is
durable. Only the desks' actions call these.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from msgspec.structs import replace

from banyan.cases import acts
from banyan.cases.desk import Desk
from banyan.cases.folders import tally
from banyan.cases.folders.conversation import ForPerson, Letter, LetterKind
from banyan.cases.folders.cover import (
    Acted,
    Assigned,
    Case,
    Cover,
    Done,
    Halted,
    Moved,
    Need,
    Part,
    Proposed,
    TakenBack,
    Waiting,
)
from banyan.cases.models import ConversationRow
from banyan.cases.stages import ACTS, Stage, move
from banyan.cases.table import TABLE
from banyan.folders.compose import NotHeld
from banyan.folders.membership import Member
from banyan.folders.seats import Seat, fits_in_case
from banyan.sealing import boxes
from banyan.sealing.faults import Damaged
from banyan.sealing.format import Record, read, write


class NotYet(Exception):
    """What cannot be done now; its text is plain words for the page, and `field` says where on a form they stand."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@contextmanager
def in_words() -> Iterator[None]:
    """Say in plain words what a folder refuses."""
    try:
        yield
    except NotHeld as held:
        raise NotYet(
            _(
                "You do not hold this any more, so nothing was written. Your text is below: copy it to a colleague."
            )
        ) from held
    except Damaged as damaged:
        raise NotYet(_("This is empty or too long, so nothing was written.")) from damaged


def refuse_stranger(desk: Desk, folder: bytes) -> None:
    """Raise `NotHeld` for whoever is no active member, or holds the folder no more."""
    if desk.me is None or not desk.me.active or not desk.holds(folder):
        raise NotHeld("no active member, or no reader any more")


def put(desk: Desk, folder: bytes, document: Record) -> bytes:
    """An active holder writes into a folder; the entry's name."""
    with in_words():
        refuse_stranger(desk, folder)
        return desk.write(folder, read(write(document), type(document)))


def case_of(desk: Desk, cover: bytes) -> Case:
    """The case of a cover that this desk holds."""
    case = desk.case(cover)
    if case is None:
        raise NotYet(_("This case is not on this desk."))
    return case


def put_aside(desk: Desk) -> set[bytes]:
    """The conversations of this member that were put aside as a flood of junk, and not taken back since."""
    rows = (
        ConversationRow.objects.using(desk.view.alias).filter(mine=True, state="set_aside").exclude(batch=b"")
    )
    return {bytes(folder) for folder in rows.values_list("folder", flat=True)}


def change_household(
    desk: Desk, cover: bytes, *, adults: int, children: int, needs: tuple[Need, ...]
) -> None:
    """What is written here settles what two wrote at once: only fields that differ are written again."""
    case = case_of(desk, cover)
    if adults < 1:
        raise NotYet(_("A household has at least one adult."), "adults")
    wanted = {"adults": adults, "children": children, "needs": needs}
    changed = {key: value for key, value in wanted.items() if case.one(key) != value}
    if changed:
        put(desk, cover, read(write(Cover(**changed)), Cover))  # type: ignore[arg-type]


# Who sits on a case


def give_seats(
    desk: Desk, cover: bytes, come: Iterable[tuple[Member, Seat]], leave: Iterable[bytes] = ()
) -> None:
    """Members come to a case and others leave it: the cover says so, and is sealed to those who are left."""
    come, gone = list(come), set(leave)
    case = case_of(desk, cover)
    for member, seat in come:
        _refuse_seat(case, member, seat)
    with desk.store.alone(cover), in_words():
        for member, seat in come:
            put(desk, cover, Assigned(member=member.id, seat=seat))
        for ident, seat in sorted(case.seats_, key=lambda held: (held[0] == desk.keys.id, held)):
            if ident in gone and case.sits(ident, seat):
                put(desk, cover, Assigned(member=ident, seat=seat, on=False))
        stay = {one.id: one for one in (*desk.holders(cover), *(member for member, _ in come))}
        desk.hand_over(cover, [one for ident, one in stay.items() if ident not in gone and one.active])


def _refuse_seat(case: Case, member: Member, seat: Seat) -> None:
    if not member.active or seat not in member.seats:
        raise NotYet(_("This member has no such seat now. Choose somebody else."))
    if not fits_in_case((*(held for ident, held in case.seats_ if ident == member.id), seat)):
        raise NotYet(_("This member sat on this case with a seat that never meets this one."))


def choose(desk: Desk, case: Case, seat: Seat, number: int) -> list[Member]:
    """The active members who have least to do and may take this seat on this case."""
    found = []
    for member in desk.least_loaded(seat, len(desk.roster.members)):
        try:
            _refuse_seat(case, member, seat)
        except NotYet:
            continue
        found.append(member)
    return found[:number]


# Acts of two


def propose(desk: Desk, cover: bytes, act: str, rests: tuple[bytes, ...], reason: str = "") -> bytes:
    """Whoever may be one of the two signs first; the act waits fourteen days for the other."""
    case = case_of(desk, cover)
    if not case.sits(desk.keys.id, *(ACTS[act].first | ACTS[act].second)):
        raise NotYet(_("Your seat on this case cannot sign this."))
    waits = (one for one in case.waiting(desk.now) if one.statement.act == act)
    if act == "go":
        rests = (*rests, *case.halts.values)  # whoever signs knows of these halts; any other ends the go
    if any(set(one.statement.rests) == set(rests) and one.statement.reason == reason for one in waits):
        raise NotYet(_("This waits for a signature already."))
    statement = acts.new_statement(
        programme=desk.roster.programme,
        act=act,
        number=case.number,
        rests=rests,
        time=desk.now,
        reason=reason,
    )
    name = put(desk, cover, Proposed(statement=statement, signature=acts.sign(desk.keys, statement)))
    if not any(one.name == name for one in case_of(desk, cover).proposals):
        raise NotYet(_("This does not hold: something it rests on is missing. Look at the case again."))
    return name


def take_back(desk: Desk, cover: bytes, proposal: bytes) -> None:
    """Whoever signed first takes it back while nobody has signed after them; nobody can then."""
    if proposal not in {one.name for one in case_of(desk, cover).signed_first(desk.keys.id, desk.now)}:
        raise NotYet(_("There is nothing to take back any more: it was signed, stopped or has lapsed."))
    put(desk, cover, TakenBack(proposal=proposal))


def second(desk: Desk, cover: bytes, waiting: Waiting) -> Done:
    """Another member signs what waits, and with that it is done; nobody signs twice."""
    if waiting.signature.member == desk.keys.id:
        raise NotYet(_("You have signed this. Somebody else signs it too."))
    if not any(one.name == waiting.name for one in case_of(desk, cover).waiting(desk.now)):
        raise NotYet(_("This waits no more: it was signed, stopped or has lapsed. Look at the case again."))
    _refuse_unasked(case_of(desk, cover), waiting.statement.act)
    signatures = (waiting.signature, acts.sign(desk.keys, waiting.statement))
    name = put(desk, cover, Acted(statement=waiting.statement, signatures=signatures))
    done = next((one for one in case_of(desk, cover).done if one.name == name), None)
    if done is None:
        raise NotYet(_("This does not hold: something it rests on has changed. Look at the case again."))
    return done


def _refuse_unasked(case: Case, *needed: str) -> None:
    if any(ACTS[act].asks for act in needed) and not case.says:
        raise NotYet(
            _("The person has not said yes to the way, or said no since. Nobody goes against their own word.")
        )


def go_to(desk: Desk, cover: bytes, stage: Stage, *, reason: str = "", act: Done | None = None) -> None:
    """The case moves to another stage, by a move that the table has; of several set at once one is chosen so too."""
    case = case_of(desk, cover)
    settles = len(case.stages) > 1 and stage in case.stages
    moves = [one for come_from in case.stages if (one := move(come_from, stage))]
    if not settles and not moves:
        raise NotYet(_("The case cannot go there from where it stands."))
    if stage is Stage.RECEPTION:  # who has arrived has gone: a no after that leaves nobody without a bed
        _refuse_unasked(case, *(act for one in moves for act in one.needs))
    name = put(desk, cover, Moved(to=stage, reason=reason, act=act.name if act else None))
    if any(refused == name for refused, _why in case_of(desk, cover).refused):
        raise NotYet(_("This does not hold: something it rests on is missing. Look at the case again."))


def halt(desk: Desk, cover: bytes, reason: str) -> None:
    """One member is enough to stop a way; to go on, two sign again."""
    put(desk, cover, Halted(reason=reason))


def found_part(desk: Desk, cover: bytes, kind: str, readers: Iterable[Member], begun: Record) -> bytes:
    """Another folder of the case, for these members and this one; the cover says how to drop into it."""
    case = case_of(desk, cover)
    there = case.part(kind)
    if there is not None:
        return there.folder
    if case.opening is None:
        raise NotYet(_("This case is not on this desk."))
    if not all(case.standing(act) for act in TABLE[kind].after):
        raise NotYet(_("This does not hold: something it rests on is missing. Look at the case again."))
    with desk.store.alone(cover), in_words():
        folder = desk.found(kind, [member.keys for member in readers], hears=case.opening.person)
        put(desk, folder, begun)
        put(desk, cover, read(write(Part(kind=kind, slot=desk.slot(folder))), Part))  # type: ignore[arg-type]
    return folder


# To the person


def write_to_person(
    desk: Desk, cover: bytes, kind: LetterKind, letter: Letter, answer_to: bytes | None = None
) -> None:
    """A desk leaves a letter in the conversation that the person alone opens; `answer_to`: where they may answer."""
    case = case_of(desk, cover)
    if case.opening is None:
        raise NotYet(_("This case is not on this desk."))
    slot = case.opening.slot
    with in_words():
        if answer_to:
            letter = replace(letter, readers=tuple(sorted(member.id for member in desk.holders(answer_to))))
        sealed = boxes.seal_drop(
            case.opening.person, folder=slot.folder, epoch=slot.epoch, plaintext=write(letter)
        )
        answer = desk.slot(answer_to) if answer_to else None
        desk.drop(slot, "conversation", ForPerson(kind=kind, slot=answer, sealed=sealed))


# For the figures


def month_of(time: int) -> str:
    """The month of a moment (milliseconds), "2026-03"."""
    return datetime.fromtimestamp(time / 1000, UTC).strftime("%Y-%m")


def count(
    desk: Desk, cover: bytes, event: tally.Event, *, act: Done | None = None,
    force: str = "", rank_band: str = "", region: str = "",
) -> bool:  # fmt: skip
    """What happened is dropped for the figures, where the person agreed to be counted. False where it is not."""
    case, slot = case_of(desk, cover), desk.tally_slot()
    if slot is None or (case.one("counted") is not True and event != "uncounted"):
        return False
    adults, children = case.one("adults"), case.one("children")
    desk.drop(
        slot, "tally",
        tally.Counted(
            number=case.number, event=event, month=month_of(desk.now), force=force, rank_band=rank_band,
            region=region, adults=adults if isinstance(adults, int) else 0,
            children=children if isinstance(children, int) else 0,
            statement=act.statement if act else None, signatures=act.signatures if act else (),
        ),
    )  # fmt: skip
    return True
