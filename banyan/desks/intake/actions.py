"""What intake does, each in one function: the only writes of this desk.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` with words for the
page where the rule is not met. What it returns is durable.
"""

import secrets

from django.utils.translation import gettext as _

from banyan.cases import casework
from banyan.cases.casework import NotYet, in_words, put
from banyan.cases.deadlines import HOUR
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import (
    Agreement,
    CaseOpened,
    ConsentAsked,
    Conversation,
    Message,
    Triage,
)
from banyan.cases.folders.cover import Assigned, Need, Opening
from banyan.cases.folders.notebook import SavedReply
from banyan.cases.reference import reference_of
from banyan.desks.intake.flood import BY_HAND, NO_BATCH
from banyan.desks.intake.rules import (
    TOPICS,
    Stop,
    after_handing_over,
    colleagues,
    may_let_count,
    stop_before_case,
)
from banyan.folders.seats import Seat
from banyan.sealing.keys import derive

# Answering


def answer(*, desk: Desk, folder: bytes, text: str, language: str) -> None:
    """Whoever reads a conversation may answer in it, and the person reads the answer."""
    put(desk, folder, Message(text=text.strip(), language=language))


def keep_reply(*, desk: Desk, title: str, text: str, language: str, key: bytes | None = None) -> None:
    """A member keeps replies in a notebook of their own; a key changes the reply that has it."""
    reply = SavedReply(key=key or secrets.token_bytes(16), title=title, text=text, language=language)
    put(desk, _notebook(desk), reply)


def remove_reply(*, desk: Desk, key: bytes) -> None:
    """A member takes a saved reply away; one that is already gone stays gone."""
    notebook = desk.notebook()
    for reply in notebook.replies if notebook else ():
        if notebook and reply.key == key:
            gone = SavedReply(key=key, title=reply.title, text=reply.text, language=reply.language, gone=True)
            put(desk, notebook.folder, gone)
            return


# The order of work


def say_danger(*, desk: Desk, folder: bytes, danger: bool) -> None:
    """Any reader may say that somebody is in danger now, or that they no longer are."""
    put(desk, folder, Triage(danger=danger))


def take_lead(*, desk: Desk, folder: bytes) -> None:
    """A reader takes the lead: the other sees who answers first."""
    put(desk, folder, Triage(lead=desk.keys.id))


def put_off(*, desk: Desk, folder: bytes, until: int) -> None:
    """A conversation may be put off to a later time (milliseconds), but never while somebody is in danger."""
    if _conversation(desk, folder).danger:
        raise NotYet(_("Somebody is in danger here, so it stays on the list of today."))
    if until <= desk.now:
        raise NotYet(_("That time has passed. Choose a later one."), "until")
    put(desk, folder, Triage(later=until))


def close_as_enquiry(*, desk: Desk, folder: bytes, topic: str, advice: str, language: str) -> None:
    """An enquiry is closed with advice: what is written here is sent first, or an answer was sent before."""
    state = _conversation(desk, folder)
    _refuse_case(state)
    if topic not in TOPICS:
        raise NotYet(_("Choose what the enquiry was about."), "topic")
    if not advice.strip() and not any(not said.by_person and said.counts for said in state.messages):
        raise NotYet(_("They have no answer yet. Write what you advise them, then close it."), "advice")
    with desk.store.alone(folder):
        if advice.strip():
            answer(desk=desk, folder=folder, text=advice, language=language)
        put(desk, folder, Triage(state="enquiry", topic=topic))


def set_aside(*, desk: Desk, folder: bytes, may_drop: bool = False) -> None:
    """What is plainly junk is set aside, and whatever the person writes brings it back; it is kept, or with `may_drop`
    the hub may drop it when it is full.
    """
    state = _conversation(desk, folder)
    _refuse_case(state)
    # By hand it belongs to no flood, and is not taken back with one.
    kept = NO_BATCH if state.values("batch") else None
    put(desk, folder, Triage(state="set_aside", batch=BY_HAND if may_drop else kept))


def take_back(*, desk: Desk, folder: bytes) -> None:
    """What was closed or set aside may be opened again by any reader."""
    put(desk, folder, Triage(state="open"))


def let_count(*, desk: Desk, folder: bytes, name: bytes) -> None:
    """A holder may let a late entry of somebody else count, who had been shut out before it arrived."""
    history = desk.history(folder)
    late = {told.name for told in history.told if may_let_count(told, desk.keys.id)} if history else set()
    if name not in late:
        raise NotYet(_("This entry counts already, or it is not for you to let it count."))
    with in_words():
        casework.refuse_stranger(desk, folder)
        desk.countersign(folder, name)


# What is agreed with the person


def ask_consent(*, desk: Desk, folder: bytes, purposes: tuple[str, ...]) -> None:
    """Intake asks purpose by purpose; nobody answers but the person."""
    chosen = tuple(purpose for purpose in ("service", "figures", "share") if purpose in purposes)
    if not chosen:
        raise NotYet(_("Choose at least one thing to ask for."), "purposes")
    put(desk, folder, ConsentAsked(purposes=chosen))


def agree_check_in(*, desk: Desk, folder: bytes, next_due: int, every_hours: int) -> None:
    """A check-in is agreed for a time to come (milliseconds), and again every so many hours."""
    if next_due <= desk.now:
        raise NotYet(_("That time has passed. Choose a later one."), "next_due")
    if not 1 <= every_hours <= 24 * 60:
        raise NotYet(_("Choose between one hour and sixty days."), "every_hours")
    put(desk, folder, Agreement(next_due=next_due, every_hours=every_hours))


def end_check_ins(*, desk: Desk, folder: bytes) -> None:
    """No more check-ins are expected, and nobody is called silent here."""
    put(desk, folder, Agreement(next_due=desk.now // HOUR * HOUR, every_hours=0))


# Colleagues and cases


def hand_over(*, desk: Desk, folder: bytes, to: bytes) -> None:
    """A reader gives their place to an active colleague of intake, with the covers, and then reads nothing new."""
    state, readers = _conversation(desk, folder), desk.holders(folder)
    heirs = {member.id: member for member in colleagues(desk.roster.active(), readers)}
    if desk.keys.id not in {member.id for member in readers}:
        raise NotYet(_("You do not hold this any more, so there is nothing to hand over."))
    if to not in heirs:
        raise NotYet(_("Choose an active member of intake who does not read it yet."), "to")
    covers = [cover for cover in state.covers.values if desk.holds(cover)]
    with desk.store.alone(folder), in_words():
        for cover in covers:
            casework.give_seats(desk, cover, [(heirs[to], Seat.INTAKE)], [desk.keys.id])
        desk.hand_over(folder, after_handing_over(readers, desk.keys.id, heirs[to]))


def open_case(
    *, desk: Desk, folder: bytes, adults: int, children: int, needs: tuple[Need, ...] = ()
) -> bytes:
    """A case is opened with the person's consent to be served, for somebody of 18 or older; its cover's id."""
    _refuse_stop(stop_before_case(_conversation(desk, folder)))
    if adults < 1:
        raise NotYet(_("A household has at least one adult."), "adults")
    state, person = _conversation(desk, folder), desk.person(folder)
    if person is None:
        raise NotYet(_("This conversation is not on this desk."))
    with desk.store.alone(folder), in_words():
        readers = [member for member in desk.holders(folder) if member.active]
        cover = desk.found("cover", [member.keys for member in readers], hears=person)
        # two desks at once open two covers, but the figures count one person; only who reads either knows these keys
        number = derive(person.signing, "number of a case", salt=folder, length=16)
        opening = Opening(
            reference=reference_of(cover), conversation=folder, number=number, person=person,
            slot=desk.slot(folder), adults=adults, children=children, needs=needs, counted=state.agreed("figures"),
        )  # fmt: skip
        put(desk, cover, opening)
        for member in readers:
            if member.id != desk.keys.id:
                put(desk, cover, Assigned(member=member.id, seat=Seat.INTAKE))
        put(desk, folder, CaseOpened(cover=cover))
        casework.count(
            desk, cover, "asked",
            force=state.one("force"), rank_band=state.one("rank_band"), region=state.one("region"),
        )  # fmt: skip
    return cover


# What the actions share


def _conversation(desk: Desk, folder: bytes) -> Conversation:
    state = desk.conversation(folder)
    if state is None:
        raise NotYet(_("This conversation is not on this desk."))
    return state


def _notebook(desk: Desk) -> bytes:
    notebook = desk.notebook()
    return notebook.folder if notebook else desk.found("notebook", [])


def _refuse_case(state: Conversation) -> None:
    if state.cover:
        raise NotYet(_("There is a case on this conversation. Close the case first."))


def _refuse_stop(stop: Stop | None) -> None:
    words = {
        Stop.UNDER_18: _("They are under 18. No case is opened here: refer them to child protection."),
        Stop.NO_CONSENT: _("They have not agreed yet. Ask for their consent first."),
        Stop.AGE_UNKNOWN: _("They have not said whether they are 18 or older. Ask for their consent again."),
        Stop.OPEN_ALREADY: _("There is a case on this conversation already."),
    }
    if stop:
        raise NotYet(words[stop])
