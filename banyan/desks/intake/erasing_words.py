"""What the pages of intake say of erasing: by when, what goes from whose desk, what stays. Nothing decides here."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banyan.cases import burials
from banyan.cases.deadlines import ERASE
from banyan.cases.folders.conversation import Conversation
from banyan.cases.models import ConversationRow
from banyan.desks import frame
from banyan.desks.frame import Line, Text, slug_of
from banyan.desks.intake import erasing
from banyan.desks.intake.erasing import Whole
from banyan.folders.acts import Pending
from banyan.folders.membership import Roster
from banyan.folders.roster import Bury
from banyan.language import times

REASONS: dict[str, Text] = {
    "asked": _("They asked for it at the door"),
    "told": _("They asked for it by another way"),
    "mistake": _("It was opened by mistake"),
    "law": _("A law, or a rule of the programme, says that the time is over"),
    "case": _("The case was erased"),
}
GOES: dict[str, tuple[Text, Text]] = {  # by the kind of folder: what it is, who loses it
    "conversation": (
        _("The conversation"),
        _("All messages, answers and files. You, your colleague, and the person with their words."),
    ),
    "cover": (
        _("The cover of the case"),
        _("Its reference, where it stood, who signed, the notes. Everybody who works on the case."),
    ),
    "identity": (_("Who they are"), _("Names and papers seen. Screening.")),
    "finding": (_("The findings"), _("What the screeners found. Screening and deciding.")),
    "passage": (_("The plan of the way"), _("The safety plan and their yes to it. Planning.")),
    "placement": (_("Where they live"), _("Which house. Shelter. The keeper frees the beds by hand.")),
    "support": (
        _("Their support"), _("Payments and receipts, also those that are still to be made. Those who see to money."),
    ),
}  # fmt: skip
STAYS: tuple[Text, ...] = (
    _("What was counted or published without a name. Nothing there leads to them."),
    _(
        "The legs of a way: only planning knows them. Planning is asked to erase them as soon as this is done."
    ),
    _("An account for a court. It is theirs alone: they erase it at the door."),
    _("What is on paper, and what people remember."),
    _(
        "What is on a laptop that has not synced since. It gives it up when it next syncs; nothing comes back from it."
    ),
    _(
        "That something was erased: how many folders, when, by whom and for which reason. All members see that."
    ),
)


@dataclass(frozen=True)
class Asked:
    """What the page of a conversation says of erasing; `tone` is sun, or alarm where two should have signed already;
    `whole`: what waits names all of it, so there is nothing left to sign here.
    """

    title: str
    tone: str
    sentences: list[str]
    action: bool
    whole: bool = False


def asked(
    state: Conversation, pending: Pending | None, all_of_it: Whole, roster: Roster, me: bytes, now: datetime
) -> Asked | None:
    """What the page of a conversation says; None where nobody asked and nothing waits."""
    due, said = erasing.due(state), []
    late = due is not None and frame.moment(due) < now
    if pending is None and due is None:
        return None
    again = erasing.wrote_since(state)
    if again is not None:
        said.append(_again(again, now))
    if pending is not None:
        said += _state(pending, roster, me, now)
        named = burials.names_all(pending, all_of_it.folders)
        return Asked(_since(pending, now), "alarm" if late else "sun", said, not named, named)
    said.append(
        gettext(
            "Their own words are gone already. The rest goes when you and somebody of the office have signed."
        )
    )
    return Asked(_by(due or 0, now, late=late), "alarm" if late else "sun", said, not all_of_it.unknown)


def _again(when: int, now: datetime) -> str:
    return gettext(
        "They wrote again after asking, last %(time)s. Read it: perhaps they want to stay. You decide, with them."
    ) % {"time": times.ago(frame.moment(when), now)}  # fmt: skip


def _by(due: int, now: datetime, *, late: bool) -> str:
    said = (
        gettext("They asked to be erased: two should have signed by %(time)s")
        if late
        else gettext("They asked to be erased: two sign by %(time)s")
    )
    return said % {"time": frame.exact(due, now)}


def _since(pending: Pending, now: datetime) -> str:
    if not pending.missing:
        return gettext("Two have signed: it is erased with the next sync of one of them")
    return gettext("Waits for the office since %(time)s") % {"time": frame.exact(pending.made * 1000, now)}


def _state(pending: Pending, roster: Roster, me: bytes, now: datetime) -> list[str]:
    reason = REASONS[pending.act.reason] if isinstance(pending.act, Bury) else ""
    said = {
        "names": frame.who(roster, me, *pending.signers), "reason": reason,
        "time": frame.exact(pending.expires * 1000, now),
    }  # fmt: skip
    sentences = [gettext("Signed by: %(names)s. The reason: %(reason)s.") % said]
    if pending.missing:
        sentences.append(
            gettext("Tell somebody of the office, by voice, the reference of this conversation. If you do not agree,"
                    " tell them that. Without their signature it lapses: %(time)s.") % said
        )  # fmt: skip
    return sentences


def line(row: ConversationRow, pending: Pending | None, again: bool, now: datetime) -> Line:
    """A conversation that is to be erased, as a row: by when, or since when it waits for the office."""
    slug, asked_at = slug_of(bytes(row.folder)), row.erase_asked
    due = asked_at + ERASE if asked_at is not None else None
    late = due is not None and frame.moment(due) < now
    facts = [gettext("they wrote again after asking")] if again else []
    if pending is not None and due is not None:
        facts.append(_by(due, now, late=late))
    read_first = pending is not None or again
    return Line(
        reference=row.reference, what=_since(pending, now) if pending else _by(due or 0, now, late=late),
        detail=" · ".join(facts), tone="alarm" if late else "sun", main=late,
        tag=times.due(frame.moment(due), now) if due is not None else gettext("To be erased"),
        action=gettext("Open") if read_first else gettext("Erase it all"),
        url=reverse("intake:conversation" if read_first else "intake:erase", args=[slug]),
    )  # fmt: skip


def goes(all_of_it: Whole) -> list[tuple[str, str]]:
    """What is erased, and who loses it; with how many where there are several."""
    return [
        (f"{name} ({frame.number(many)})" if many > 1 else str(name), str(lost))
        for kind, (name, lost) in GOES.items()
        if (many := all_of_it.kinds.get(kind, 0))
    ]


def reasons(state: Conversation) -> list[tuple[str, str]]:
    """The reasons to choose from: what they asked at the door only where they did."""
    left_out = {"case"} | (set() if state.erase_asked is not None else {"asked"})
    return [(code, str(said)) for code, said in REASONS.items() if code not in left_out]
