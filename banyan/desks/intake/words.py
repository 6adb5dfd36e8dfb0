"""What the pages of intake say of a state: titles, rows, facts, warnings. Nothing here decides or writes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.conversation import Conversation
from banyan.cases.folders.cover import Case
from banyan.cases.models import ConversationRow
from banyan.desks.intake import codes
from banyan.desks.intake.rules import Arrival, Need, is_new, may_become_case, silence
from banyan.language import times

NUMBERS = (
    _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine"), _("Ten"),
)  # fmt: skip


def title(count: int) -> str:
    """The state of the world in a sentence."""
    if count == 0:
        return gettext("Nothing is due before tomorrow")
    said = NUMBERS[count - 1] if count <= len(NUMBERS) else codes.number(count)
    return ngettext("One person needs you now", "%(count)s people need you now", count) % {"count": said}


@dataclass(frozen=True)
class Line:
    """A row as the part `row` takes it."""

    reference: str
    what: str
    detail: str
    tag: str
    tone: str
    action: str
    slug: str
    main: bool
    page: str = "intake:conversation"


TONES = {
    Need.DANGER: "alarm", Need.LONG_SILENT: "alarm", Need.SILENT: "sun", Need.LATE: "sun", Need.NEW: "sky",
    Need.TODAY: "leaf",
}  # fmt: skip
ALARMS = (Need.DANGER, Need.LONG_SILENT)
SILENCES = (Need.LONG_SILENT, Need.SILENT)


def line(
    row: ConversationRow, need: Need | None, now: datetime, *, missed: int = 0, under_18: bool = False
) -> Line:
    """A conversation as one row: its state in a word, what happened, when it is due, one thing to do."""
    opens = may_become_case(row) and need is Need.TODAY and row.waiting_since is None and not under_18
    waits = row.waiting_since is not None and need not in SILENCES
    action = gettext("Open case") if opens else gettext("Answer") if waits else gettext("Open")
    what = (
        gettext("is under 18: refer them to child protection") if under_18 else _what(row, need, now, missed)
    )
    return Line(
        reference=row.reference, what=what, detail=_detail(row, now), tag=_tag(row, need, now),
        tone=TONES[need] if need is not None else "quiet", action=action, slug=bytes(row.folder)[:8].hex(),
        main=need in ALARMS, page="intake:open_case" if opens else "intake:conversation",
    )  # fmt: skip


def _tag(row: ConversationRow, need: Need | None, now: datetime) -> str:
    if need is Need.LATE and row.due is not None:
        return times.due(codes.moment(row.due), now)
    said = {
        Need.DANGER: _("In danger now"),
        Need.LONG_SILENT: _("Silent"),
        Need.SILENT: _("Silent"),
        Need.NEW: _("New"),
        Need.TODAY: _("Today"),
    }
    return str(said[need]) if need in said else str(codes.STATES[row.state])


def silent_tone(missed: int) -> str:
    """The tone of a silence: in alarm from the second check-in missed on."""
    return TONES[silence(missed)]


def _missed(row: ConversationRow, missed: int, now: datetime) -> str:
    """How many check-ins were missed, and since when."""
    due = codes.exact(row.check_in_due or 0, now)
    if missed < 2:
        return gettext("missed the check-in of %(time)s") % {"time": due}
    return gettext("missed %(count)s check-ins since %(time)s") % {"count": codes.number(missed), "time": due}


def _what(row: ConversationRow, need: Need | None, now: datetime, missed: int) -> str:
    if need in SILENCES:
        return _missed(row, missed, now)
    if row.waiting_since is None and may_become_case(row):
        return gettext("agreed to a case")
    if row.waiting_since is None:
        return gettext("wrote last %(time)s") % {"time": times.ago(codes.moment(row.last_word), now)}
    return gettext("wrote %(time)s") % {"time": times.ago(codes.moment(row.waiting_since), now)}


def _detail(row: ConversationRow, now: datetime) -> str:
    """The coded answers, when an answer is due, and the first words of the last message."""
    facts = [
        codes.coded(field, one)
        for field in ("concern", "force")
        for one in getattr(row, field).split(" / ")
        if one
    ]
    if row.due is not None:
        first, later = gettext("first answer %(due)s"), gettext("answer %(due)s")
        facts.append((first if is_new(row) else later) % {"due": times.due(codes.moment(row.due), now)})
    if row.preview:
        facts.append(f"“{row.preview[:90]}{'…' if len(row.preview) > 90 else ''}”")
    return " · ".join(facts)


def waiting_line(row: ConversationRow, missed: int, now: datetime) -> Line:
    """Somebody with an agreed check-in: when the next is due, or how many were missed."""
    due = row.check_in_due or 0
    return Line(
        reference=row.reference, what=_missed(row, missed, now) if missed else codes.exact(due, now),
        detail=_detail(row, now),
        tag=gettext("Silent") if missed else times.due(codes.moment(due), now),
        tone=silent_tone(missed) if missed else "quiet", action=gettext("Open"),
        slug=bytes(row.folder)[:8].hex(), main=missed > 1,
    )  # fmt: skip


def headline(reference: str, need: Need | None, state: Conversation, missed: int) -> str:
    """A conversation's state in a sentence."""
    said = {
        Need.DANGER: gettext("%(ref)s is in danger now"),
        Need.LONG_SILENT: gettext("%(ref)s missed %(count)s check-ins"),
        Need.SILENT: gettext("%(ref)s missed a check-in"),
        Need.LATE: gettext("%(ref)s has waited too long for an answer"),
        Need.NEW: gettext("%(ref)s wrote for the first time"),
        Need.TODAY: gettext("%(ref)s needs you today"),
    }
    rest = {
        "open": gettext("%(ref)s needs nothing from you now"),
        "case": gettext("%(ref)s has a case"),
        "enquiry": gettext("%(ref)s was advised and closed"),
        "set_aside": gettext("%(ref)s was set aside"),
    }
    waits = gettext("%(ref)s waits for an answer")
    quiet = waits if state.waiting_since is not None else rest[state.state]
    return (said[need] if need is not None else quiet) % {"ref": reference, "count": codes.number(missed)}


def arrival(found: Arrival) -> list[tuple[str, str]]:
    """What is wrong or still to come, as notices: a tone and a sentence."""
    sentences = (
        ("sun", found.missing, ngettext(
            "%(count)s entry has not arrived yet. What you see may not be all.",
            "%(count)s entries have not arrived yet. What you see may not be all.", found.missing)),
        ("alarm", found.refused, ngettext(
            "%(count)s item was refused, for it did not hold. Tell your office.",
            "%(count)s items were refused, for they did not hold. Tell your office.", found.refused)),
        ("alarm", found.two_histories, ngettext(
            "Somebody wrote two histories here. Trust neither until you have spoken. Tell your office.",
            "Somebody wrote two histories here %(count)s times. Trust neither until you have spoken."
            " Tell your office.", found.two_histories)),
        ("sun", found.not_counting, ngettext(
            "%(count)s entry came late and has no effect. It is shown below.",
            "%(count)s entries came late and have no effect. They are shown below.", found.not_counting)),
        ("sun", found.unreadable, ngettext(
            "%(count)s entry could not be read by this program.",
            "%(count)s entries could not be read by this program.", found.unreadable)),
    )  # fmt: skip
    return [(tone, words % {"count": codes.number(count)}) for tone, count, words in sentences if count]


def facts(state: Conversation) -> list[tuple[str, str, bool]]:
    """The coded answers: name, value, and whether two stand at once."""
    return [
        (
            str(name),
            " / ".join(codes.coded(key, value) for value in state.values(key)),
            len(state.values(key)) > 1,
        )
        for key, name in codes.FIELDS.items()
        if state.values(key)
    ]


def case_facts(case: Case) -> list[tuple[str, str, bool]]:
    """The same of a case."""
    return [
        (
            str(codes.FIELDS[key]),
            " / ".join(codes.coded(key, value) for value in register.values),
            register.conflict,
        )
        for key, register in case.fields.items()
        if key in codes.FIELDS
    ]


def consents(state: Conversation) -> list[tuple[str, str]]:
    """Each purpose that was asked or answered, and what the person said."""
    said = [
        (purpose, state.consent[purpose].values if purpose in state.consent else ())
        for purpose in codes.PURPOSES
    ]
    return [
        (
            str(codes.PURPOSES[purpose]),
            codes.answered(all(values)) if values else gettext("Asked, no answer yet"),
        )
        for purpose, values in said
        if values or purpose in state.asked
    ]


def check_in(state: Conversation) -> str:
    """The next check-in, or nothing."""
    if state.next_check_in is None:
        return ""
    return codes.agreed(state.next_check_in, min(value[1] for value in state.agreement.values if value[1]))


def who_sees(others: list[str], *, holds: bool, person: bool) -> str:
    """Who can open this, by pseudonym; of a conversation the person too."""
    names = ", ".join(others)
    if not holds:
        return gettext("Now: %(names)s. You handed this over and read nothing new.") % {"names": names}
    if not person:
        return (
            gettext("You and %(names)s. Not the person.") % {"names": names}
            if others
            else gettext("Only you.")
        )
    if not others:
        return gettext("Only you, and the person with their words.")
    return gettext("You and %(names)s, and the person with their words.") % {"names": names}


def waiting_title(count: int, missed: int) -> str:
    """The state of those inside in a sentence."""
    if missed:
        return ngettext("One person is silent", "%(count)s people are silent", missed) % {
            "count": codes.number(missed)
        }
    if count:
        return gettext("Everybody has checked in")
    return gettext("Nobody has agreed to check in")


def found_title(count: int) -> str:
    """How many conversations are listed."""
    return ngettext("%(count)s conversation", "%(count)s conversations", count) % {
        "count": codes.number(count)
    }


def more(count: int) -> str:
    """How many stand on another page."""
    said = ngettext("%(count)s more needs you.", "%(count)s more need you.", count)
    return said % {"count": codes.number(count)} if count else ""


def later(count: int) -> str:
    """How many can wait."""
    said = ngettext(
        "%(count)s conversation has nothing due before tomorrow.",
        "%(count)s conversations have nothing due before tomorrow.",
        count,
    )
    return said % {"count": codes.number(count)} if count else gettext("Nothing waits for another day.")
