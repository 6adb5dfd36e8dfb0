"""What happened in a conversation or a case, as the part `timeline` shows it. Nothing here decides or writes."""

from collections.abc import Callable

from django.template.defaultfilters import filesizeformat, linebreaksbr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import (
    About,
    Agreement,
    Answered,
    CaseOpened,
    CheckIn,
    Consent,
    ConsentAsked,
    Conversation,
    EraseAsked,
    ForPerson,
    Message,
    Said,
    Triage,
)
from banyan.cases.folders.cover import Case
from banyan.cases.folders.file import File
from banyan.desks import frame
from banyan.desks.frame import Event
from banyan.desks.intake import codes
from banyan.desks.intake.handed import Handed, HandOvers
from banyan.desks.intake.rules import may_let_count
from banyan.folders.history import COUNTERSIGN, HANDED_OVER
from banyan.folders.membership import Roster


def events(desk: Desk, state: Conversation) -> list[Event]:
    """All that happened in a conversation, in causal order, with who handed it over to whom."""
    history = desk.history(state.folder)
    if history is None:
        return []
    said, holds = {one.name: one for one in state.said}, desk.holds(state.folder)
    handed = HandOvers(desk.view.ring(state.folder), history)
    shown = [_handed_over(one, desk) for one in handed.after(None)]
    for told in history.told:
        if told.name in said:
            may = holds and may_let_count(told, desk.keys.id)
            slug = frame.slug_of(state.folder)
            shown.append(event(said[told.name], desk.roster, desk.keys.id, late_may_count=may, slug=slug))
        elif told.opened.kind == HANDED_OVER:
            shown += [_handed_over(one, desk) for one in handed.told(told)]
        elif told.opened.kind == COUNTERSIGN and told.counts:
            author = frame.who(desk.roster, desk.keys.id, told.opened.author)
            shown.append(
                Event(frame.moment(told.opened.entry.time), gettext("Let a late entry count"), author)
            )
        shown += [_handed_over(one, desk) for one in handed.after(told.name)]
    return shown


def event(said: Said, roster: Roster, me: bytes, *, late_may_count: bool = False, slug: str = "") -> Event:
    """One thing that happened; what does not count says why."""
    name, detail, tone = _happened(said)
    if isinstance(said.document, ForPerson):
        author = roster.members.get(said.author)
        name = codes.letter_from(author.as_ever.seats if author else ())
    text = _in_its_language(said.document) if isinstance(said.document, Message) else detail
    if isinstance(said.document, File) and slug:
        text = _file(said, said.document, slug)
    if not said.counts:
        text = _without_effect(text, said.name if late_may_count else None)
    return Event(frame.moment(said.time), name, who(said, roster, me), text, tone, not said.counts)


def _without_effect(text: str, name: bytes | None) -> str:
    """Why it does not count, and where this member may let it count a button of the form `let-count`."""
    why = gettext("Written after its author had been shut out: it has no effect.")
    text = format_html("{}{}<strong>{}</strong>", text, mark_safe("<br>") if text else "", why)
    if name is None:
        return text
    button = '{} <button class="button quiet" form="let-count" name="name" value="{}">{}</button>'
    return format_html(button, text, name.hex(), gettext("Let it count"))


def _handed_over(handed: Handed, desk: Desk) -> Event:
    """A hand-over in a sentence, by pseudonyms."""
    roster, me = desk.roster, desk.keys.id
    come, go = (
        frame.who(roster, me, *(one for one in ids if one in roster.members))
        for ids in (handed.come, handed.go)
    )
    name, mine = frame.who(roster, me, handed.author), handed.author == me
    if come:
        said = gettext("You handed over to %(to)s") if mine else gettext("%(name)s handed over to %(to)s")
    else:
        said = gettext("You go on without %(left)s") if mine else gettext("%(name)s goes on without %(left)s")
    detail = "" if handed.counts else _without_effect("", None)
    title = said % {"name": name, "to": come, "left": go or gettext("you")}
    return Event(frame.moment(handed.time), title, "", detail, late=not handed.counts)


def who(said: Said, roster: Roster, me: bytes) -> str:
    """The person, you, or a colleague's pseudonym."""
    if said.by_person:
        return gettext("the person")
    return frame.who(roster, me, said.author)


def _in_its_language(message: Message) -> str:
    said = format_html('<span lang="{}">{}</span>', message.language, linebreaksbr(message.text))
    if not message.typed:
        return said
    fold = '{}<details><summary>{}</summary><span lang="{}">{}</span></details>'
    return format_html(fold, said, gettext("As it was typed"), message.language, linebreaksbr(message.typed))


def _happened(said: Said) -> tuple[str, str, str]:
    """A title, a detail and a tone."""
    match said.document:
        case Message():
            return (gettext("Message"), "", "leaf") if said.by_person else (gettext("Answered"), "", "quiet")
        case CheckIn(how=how):
            return str(codes.HOW[how]), "", "alarm" if how == "not_ok" else "leaf"
        case Consent(purpose=purpose, given=given, adult=adult):
            return codes.answered(given), _consented(purpose, adult), "leaf" if given else "sun"
        case ConsentAsked(purposes=asked):
            return gettext("Asked for consent"), ", ".join(str(codes.PURPOSES[p]) for p in asked), "quiet"
        case Agreement(next_due=due, every_hours=hours):
            return (gettext("Check-in agreed"), codes.agreed(due, hours), "quiet") if hours else (
                gettext("Check-ins ended"), "", "quiet"
            )  # fmt: skip
        case ForPerson():
            return gettext("A letter, sealed for them alone"), "", "sky"
        case Answered(said=answer):
            return str(codes.ANSWERS[answer]), "", "alarm" if answer in ("no", "not_ok") else "leaf"
        case File():
            return codes.file_name(said.document), "", "sky" if said.document.cleaned else "sun"
        case EraseAsked():
            return gettext("Asks to be erased"), "", "alarm"
        case CaseOpened():
            return gettext("Case opened"), "", "leaf"
        case About() | Triage():
            title = (
                gettext("What they chose") if isinstance(said.document, About) else gettext("Noted by intake")
            )
            return title, _fields(said.document), "alarm" if said.document.danger else "quiet"
        case _:
            return gettext("Has read what was here"), "", "quiet"


def _file(said: Said, file: File, slug: str) -> str:
    """How large it is, what was done to it, and the way to it."""
    done = (
        gettext("made anew when it came") if file.cleaned else gettext("as it was sent: never open it here")
    )
    way = reverse("intake:file", args=[slug, said.name[:8].hex()])
    return format_html(
        '{} · {} · <a href="{}">{}</a>', filesizeformat(file.size), done, way, gettext("See it")
    )


def _consented(purpose: str, adult: bool | None) -> str:
    ages = {True: gettext("18 or older"), False: gettext("under 18")}
    return " · ".join(filter(None, (str(codes.PURPOSES[purpose]), ages[adult] if adult is not None else "")))


def _fields(document: About | Triage) -> str:
    facts = []
    for key in document.__struct_fields__:
        value = getattr(document, key)
        if key == "state" and value:
            facts.append(str(codes.STATES[value]))
        elif key == "later" and value:
            facts.append(gettext("put off until %(time)s") % {"time": frame.exact(value)})
        elif key == "lead" and value:
            facts.append(gettext("took the lead"))
        elif value is not None and key in codes.FIELDS:
            facts.append(f"{codes.FIELDS[key]}: {codes.coded(key, value)}")
    return " · ".join(facts)


def of_case(
    case: Case, roster: Roster, me: bytes, *, says: Callable[[str], str], acts: dict[str, str]
) -> list[Event]:
    """What happened to a case, oldest first: its moves and who made them, what two signed, stops, notes. `says` gives
    a reason in words, `acts` what an act is called.
    """
    found = []
    for done in case.done:
        names = frame.who(roster, me, *done.signers)
        what, why = acts[done.statement.act], says(done.statement.reason)
        found.append(Event(frame.moment(done.time), what, names, why))
    found += frame.moves(case, roster, me, says)
    for _entry, time, reason in case.halted:
        found.append(
            Event(frame.moment(time), gettext("The way was stopped"), "", frame.halted_for(reason), "alarm")
        )
    for _entry, time, author, text in case.notes:
        name = frame.who(roster, me, author)
        found.append(Event(frame.moment(time), gettext("Note"), name, linebreaksbr(text)))
    return sorted(found, key=lambda one: one.when)
