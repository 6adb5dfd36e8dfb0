"""What the pages of intake say of a state: titles, rows, facts, warnings. Nothing here decides or writes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.conversation import Conversation
from banyan.cases.folders.cover import Case
from banyan.cases.models import ConversationRow
from banyan.desks import frame
from banyan.desks.frame import Line, slug_of
from banyan.desks.intake import codes
from banyan.desks.intake.rules import Need, is_new, may_become_case, silence
from banyan.language import times


def title(count: int) -> str:
    """The state of the world in a sentence."""
    if count == 0:
        return gettext("Nothing is due before tomorrow")
    said = ngettext("One person needs you now", "%(count)s people need you now", count)
    return said % {"count": frame.in_words(count)}


TONES = {
    Need.DANGER: "alarm", Need.ERASE: "sun", Need.LONG_SILENT: "alarm", Need.SILENT: "sun", Need.LATE: "sun",
    Need.NEW: "sky", Need.TODAY: "leaf",
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
        tone=TONES[need] if need is not None else "quiet", action=action, main=need in ALARMS,
        url=reverse("intake:open_case" if opens else "intake:conversation", args=[slug_of(bytes(row.folder))]),
    )  # fmt: skip


def _tag(row: ConversationRow, need: Need | None, now: datetime) -> str:
    if need is Need.LATE and row.due is not None:
        return times.due(frame.moment(row.due), now)
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
    due = frame.exact(row.check_in_due or 0, now)
    if missed < 2:
        return gettext("missed the check-in of %(time)s") % {"time": due}
    return gettext("missed %(count)s check-ins since %(time)s") % {"count": frame.number(missed), "time": due}


def _what(row: ConversationRow, need: Need | None, now: datetime, missed: int) -> str:
    if need in SILENCES:
        return _missed(row, missed, now)
    if row.waiting_since is None and may_become_case(row):
        return gettext("agreed to a case")
    if row.waiting_since is None:
        return gettext("wrote last %(time)s") % {"time": times.ago(frame.moment(row.last_word), now)}
    return gettext("wrote %(time)s") % {"time": times.ago(frame.moment(row.waiting_since), now)}


def _detail(row: ConversationRow, now: datetime) -> str:
    """The coded answers, when an answer is due, and the first words of the last message."""
    facts = [
        codes.coded(field, one)
        for field in ("concern", "force")
        for one in getattr(row, field).split(" / ")
        if one
    ]
    if row.erase_asked is not None:
        facts.append(gettext("asked to be erased"))
    if row.due is not None:
        first, later = gettext("first answer %(due)s"), gettext("answer %(due)s")
        facts.append((first if is_new(row) else later) % {"due": times.due(frame.moment(row.due), now)})
    if row.preview:
        facts.append(f"“{row.preview[:90]}{'…' if len(row.preview) > 90 else ''}”")
    return " · ".join(facts)


def waiting_line(row: ConversationRow, missed: int, now: datetime) -> Line:
    """Somebody with an agreed check-in: when the next is due, or how many were missed."""
    due = row.check_in_due or 0
    return Line(
        reference=row.reference, what=_missed(row, missed, now) if missed else frame.exact(due, now),
        detail=_detail(row, now),
        tag=gettext("Silent") if missed else times.due(frame.moment(due), now),
        tone=silent_tone(missed) if missed else "quiet", action=gettext("Open"),
        url=reverse("intake:conversation", args=[slug_of(bytes(row.folder))]), main=missed > 1,
    )  # fmt: skip


def headline(reference: str, need: Need | None, state: Conversation, missed: int) -> str:
    """A conversation's state in a sentence."""
    said = {
        Need.DANGER: gettext("%(ref)s is in danger now"),
        Need.ERASE: gettext("%(ref)s asked to be erased"),
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
    return (said[need] if need is not None else quiet) % {"ref": reference, "count": frame.number(missed)}


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
            "count": frame.number(missed)
        }
    if count:
        return gettext("Everybody has checked in")
    return gettext("Nobody has agreed to check in")


def found_title(count: int) -> str:
    """How many conversations are listed."""
    return ngettext("%(count)s conversation", "%(count)s conversations", count) % {
        "count": frame.number(count)
    }


def later(count: int) -> str:
    """How many can wait."""
    said = ngettext(
        "%(count)s conversation has nothing due before tomorrow.",
        "%(count)s conversations have nothing due before tomorrow.",
        count,
    )
    return said % {"count": frame.number(count)} if count else gettext("Nothing waits for another day.")
