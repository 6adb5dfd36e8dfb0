"""What intake does with a case, each in one function: seats, moves, signatures, counting.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` with words for the page where
the rule is not met. What it returns is durable.
"""

from django.utils.translation import gettext as _

from banyan.cases import casework
from banyan.cases.casework import NotYet, in_words, put
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Conversation
from banyan.cases.folders.cover import Assigned, Case, Cover, Done, Need, Note
from banyan.cases.folders.tally import Event
from banyan.cases.stages import Stage
from banyan.desks.intake import case_rules, case_words, lists
from banyan.desks.intake.case_rules import Against, Way
from banyan.folders.membership import Member
from banyan.folders.seats import Seat


def write_note(*, desk: Desk, folder: bytes, text: str) -> None:
    """A note on the cover is for those assigned; the person does not read it."""
    _mine(desk, folder)
    put(desk, folder, Note(text=text.strip()))


def change_household(
    *, desk: Desk, folder: bytes, adults: int, children: int, needs: tuple[Need, ...]
) -> None:
    """Intake says for whom the case is."""
    _mine(desk, folder)
    casework.change_household(desk, folder, adults=adults, children=children, needs=needs)


# Moves


def settle_stage(*, desk: Desk, folder: bytes, stage: str) -> None:
    """Of stages that two set at once one is chosen, by anybody of intake on the case."""
    case = _mine(desk, folder)
    if len(case.stages) < 2 or stage not in case.stages:
        raise NotYet(_("There is nothing to choose any more. Look at the case again."))
    casework.go_to(desk, folder, Stage(stage))


def ask_screening(
    *, desk: Desk, folder: bytes, screeners: tuple[str, ...], deciding: str, different: str | None = None
) -> None:
    """Two screeners and a deciding officer come to the case; after a decline somebody says what is different now."""
    case = _on_way(desk, folder, Stage.SCREENING)
    _refuse_against(case_rules.against_going_on(_talk(desk, case)))
    again = case.stage is Stage.DECLINED
    if again and not (different or "").strip():
        raise NotYet(_("Say what is different now, so that they know what to look at."), "different")
    if len(set(screeners)) != 2:
        raise NotYet(_("Choose two screeners."), "screeners")
    wanted = [(ident, Seat.SCREENING, "screeners") for ident in screeners]
    wanted.append((deciding, Seat.DECIDING, "deciding"))
    chosen = [(_one_who_may(desk, case, seat, ident, field), seat) for ident, seat, field in wanted]
    ids = {member.id for member, _seat in chosen}
    leave = [one for seat in case_rules.JUDGES for one in case.seated(seat) if one not in ids]
    with desk.store.alone(folder):
        if again and different:
            words = _("Screening again. What is different: %(text)s") % {"text": different.strip()}
            put(desk, folder, Note(text=words))
        come = [(member, seat) for member, seat in chosen if not case.sits(member.id, seat)]
        casework.give_seats(desk, folder, come, leave)
        casework.go_to(desk, folder, Stage.SCREENING, reason="again" if again else "")


def go_on(*, desk: Desk, folder: bytes, stage: str) -> None:
    """A move that the table gives to intake alone, or that two have signed already."""
    to = Stage(stage)
    case = _on_way(desk, folder, to)
    way = _way(desk, case, to)
    if to in (Stage.SCREENING, Stage.WITHDRAWN) or (way.act and way.signed is None):
        raise NotYet(_("The case cannot go there from where it stands."))
    if to is not Stage.WAITING and not way.act:
        _refuse_against(case_rules.against_going_on(_talk(desk, case)))
    with desk.store.alone(folder):
        if case.stage is Stage.PASSAGE and to is Stage.WAITING and case.standing("go"):
            casework.halt(desk, folder, "waiting")  # to set out later, two sign again
        reason = way.signed.statement.reason if way.signed else ""
        casework.go_to(desk, folder, to, reason=reason, act=way.signed)
        if to is Stage.WAITING:
            _count(desk, case, "waiting")
        elif to is Stage.CLOSED:
            _count(desk, case, "closed", way.signed)


def withdraw(*, desk: Desk, folder: bytes, reason: str, said: bool = False) -> None:
    """A case is withdrawn on the person's own word, or because they took their consent back."""
    case = _mine(desk, folder)
    if not case_rules.may_withdraw(case):
        raise NotYet(_("The case cannot go there from where it stands."))
    if not said and not case_rules.took_back(case, _talk(desk, case)):
        raise NotYet(_("Only the person can say this. Ask them first."), "said")
    if reason not in case_words.WITHDRAWN:
        raise NotYet(_("Choose a reason."), "reason")
    with desk.store.alone(folder):
        casework.go_to(desk, folder, Stage.WITHDRAWN, reason=reason)
        _count(desk, case, "withdrawn")


def stop_way(*, desk: Desk, folder: bytes, reason: str) -> None:
    """One member is enough to stop a way; to go on, two sign again."""
    case = _mine(desk, folder)
    if not case_rules.may_stop(case, desk.now):
        raise NotYet(_("There is no way to stop here now."))
    if reason not in case_words.STOPPED:
        raise NotYet(_("Choose a reason."), "reason")
    casework.halt(desk, folder, reason)


# Acts of two


def propose(*, desk: Desk, folder: bytes, act: str, reason: str) -> None:
    """Somebody of intake signs first to close, refer or open again; another signs after them."""
    case = _mine(desk, folder)
    _refuse_two_stages(case)
    if act not in case_rules.LEADS_TO:
        raise NotYet(_("Your seat on this case cannot sign this."))
    _refuse_against(case_rules.against(act, case, _talk(desk, case)))
    if reason not in dict(case_words.reasons(act)):
        raise NotYet(_("Choose a reason."), "reason")
    casework.propose(desk, folder, act, (), reason)


def second(*, desk: Desk, folder: bytes, name: bytes) -> None:
    """The other one of two signs what waits, while nothing stands against it; with that it is done."""
    case = _mine(desk, folder)
    waiting = next((one for one in case.waiting(desk.now) if one.name == name), None)
    if waiting is None:
        raise NotYet(_("This does not wait any more: it was signed or stopped, or its time is over."))
    if waiting.signature.member == desk.keys.id:
        raise NotYet(_("You have signed this. Somebody else signs it too."))
    if not case_rules.may_second(case, waiting, desk.keys.id):
        raise NotYet(_("Who signed first has left this case, so it is signed anew by two who are on it."))
    _refuse_two_stages(case)
    statement = waiting.statement
    _refuse_against(case_rules.against(statement.act, case, _talk(desk, case)))
    with desk.store.alone(folder):
        done = casework.second(desk, folder, waiting)
        if statement.act in case_rules.LEADS_TO:
            to = case_rules.LEADS_TO[statement.act]
            casework.go_to(desk, folder, to, reason=statement.reason, act=done)
        if statement.act == "close":
            _count(desk, case, "closed", done)


# Who sits on the case


def give_seat(*, desk: Desk, folder: bytes, seat: Seat, to: str, leaves: bytes | None = None) -> None:
    """Intake gives a seat, also in a colleague's place, or ends a colleague's part; of intake somebody always comes."""
    case = _mine(desk, folder)
    if leaves is not None and not case.sits(leaves, seat):
        raise NotYet(_("They do not sit on this case any more. Look at the case again."))
    if leaves == desk.keys.id:
        raise NotYet(_("Hand your conversation over: then a colleague comes in your place here too."))
    if not to and (leaves is None or seat is Seat.INTAKE):
        raise NotYet(_("Choose who comes."), "to")
    come = [(_one_who_may(desk, case, seat, to, "to"), seat)] if to else []
    stays = leaves is not None and len(case_rules.seats_of(case, leaves)) > 1
    with desk.store.alone(folder):
        if seat is Seat.INTAKE and come:
            _read_in_place(desk, case.conversation, leaves, come[0][0])
        if stays and leaves is not None:
            put(desk, folder, Assigned(member=leaves, seat=seat, on=False))
        casework.give_seats(desk, folder, come, [] if leaves is None or stays else [leaves])


def _read_in_place(desk: Desk, conversation: bytes, leaves: bytes | None, come: Member) -> None:
    readers = [one for one in desk.holders(conversation) if one.id not in (leaves, come.id) and one.active]
    with in_words():
        casework.refuse_stranger(desk, conversation)
        desk.hand_over(conversation, [*readers, come])


# Counting


def count_as_agreed(*, desk: Desk, folder: bytes) -> None:
    """Whether a case is counted follows what the person agrees to, each time they change it."""
    case = _mine(desk, folder)
    talk = _talk(desk, case)
    if talk is None:
        raise NotYet(str(case_words.AGAINST[Against.UNKNOWN]))
    if not case_rules.counts_otherwise(case, talk):
        raise NotYet(_("This was done already."))
    counted = talk.agreed("figures")
    with desk.store.alone(folder):
        put(desk, folder, Cover(counted=counted))
        if counted:
            casework.count(
                desk, folder, "asked",
                force=talk.one("force"), rank_band=talk.one("rank_band"), region=talk.one("region"),
            )  # fmt: skip
        else:
            casework.count(desk, folder, "uncounted")


# What the actions share


def _count(desk: Desk, case: Case, event: Event, act: Done | None = None) -> None:
    """Nothing is counted of somebody who took that back, also before the cover says so."""
    talk = _talk(desk, case)
    if talk is None or talk.agreed("figures"):
        casework.count(desk, case.folder, event, act=act)


def _mine(desk: Desk, folder: bytes) -> Case:
    case = casework.case_of(desk, folder)
    if not case.sits(desk.keys.id, Seat.INTAKE) or not desk.holds(folder):
        raise NotYet(_("You do not work on this case any more, so nothing was written."))
    return case


def _talk(desk: Desk, case: Case) -> Conversation | None:
    return desk.conversation(case.conversation) if case.conversation else None


def _refuse_two_stages(case: Case) -> None:
    if case.stage is None:
        raise NotYet(_("Two set different stages at once. Choose one of them first."))


def _on_way(desk: Desk, folder: bytes, to: Stage) -> Case:
    case = _mine(desk, folder)
    _refuse_two_stages(case)
    _way(desk, case, to)
    return case


def _way(desk: Desk, case: Case, to: Stage) -> Way:
    found = next((way for way in case_rules.ways(case, desk.now) if way.to is to), None)
    if found is None:
        raise NotYet(_("The case cannot go there from where it stands."))
    return found


def _refuse_against(found: list[Against]) -> None:
    if found:
        raise NotYet(" ".join(str(case_words.AGAINST[one]) for one in found))


def _one_who_may(desk: Desk, case: Case, seat: Seat, ident: str, field: str) -> Member:
    found = {member.id.hex(): member for member in lists.candidates(desk, case, seat)}
    if ident not in found:
        raise NotYet(_("They cannot take this seat on this case now. Choose somebody else."), field)
    return found[ident]
