"""The codes of intake and what they are called in the language of the page."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from banyan.cases.folders.file import File
from banyan.desks.frame import NEEDS, Choices, Text, exact, language, needs, number
from banyan.folders.seats import Seat
from banyan.language.pack import Choice, label, load_pack

PURPOSES = {
    "service": _("to be served by the programme, with a case"),
    "figures": _("to be counted in figures, without a name"),
    "share": _("to share what is needed with a partner"),
}
TOPICS: dict[str, Text] = {
    "leaving": _("How to leave"),
    "safety": _("Safety where they are"),
    "family": _("Their family"),
    "papers": _("Papers and rights"),
    "money": _("Money or work"),
    "health": _("Health"),
    "elsewhere": _("For another organisation"),
    "other": _("Something else"),
}
SEATS: dict[Seat, Text] = {
    Seat.INTAKE: _("Intake"),
    Seat.SCREENING: _("Screening"),
    Seat.DECIDING: _("Deciding"),
    Seat.PLANNING: _("Planning"),
    Seat.GUIDE: _("Guide"),
    Seat.SHELTER: _("Shelter"),
    Seat.ENTERING: _("Entering"),
    Seat.APPROVING: _("Approving"),
    Seat.PAYING: _("Paying"),
}
LETTERS = (  # whose letters a member's seats let them write, by the desk that has those seats
    ({Seat.SCREENING}, _("A letter from screening, sealed for them alone")),
    ({Seat.PLANNING}, _("A letter from passage, sealed for them alone")),
    ({Seat.SHELTER}, _("A letter from shelter, sealed for them alone")),
    ({Seat.ENTERING, Seat.PAYING}, _("A letter from support, sealed for them alone")),
)
ANSWERS = {
    "": _("They answered, for that desk alone"),
    "yes": _("They answered: yes"),
    "no": _("They answered: no"),
    "ok": _("They answered: all well"),
    "not_ok": _("They answered: not well"),
    "arrived": _("They answered: arrived"),
}
STATES = {
    "open": pgettext_lazy("a conversation", "Open"),
    "case": _("Case open"),
    "enquiry": _("Closed with advice"),
    "set_aside": _("Set aside"),
}
HOW = {
    "ok": _("Checked in: all well"),
    "not_ok": _("Checked in: not well"),
    "call_off": _("Called the check-ins off"),
}
FIELDS = {
    "danger": _("In danger now"),
    "concern": _("Whom it is about"),
    "force": _("Force"),
    "rank_band": _("Rank"),
    "region": _("Region"),
    "safe_times": _("Safe times to write"),
    "topic": _("Topic"),
    "adults": _("Adults"),
    "children": _("Children"),
    "needs": _("Needs"),
}
EVERY = {
    24: _("every day"), 48: _("every two days"), 72: _("every three days"), 12: _("every twelve hours"),
    168: _("every week"), 336: _("every two weeks"),
}  # fmt: skip


def purposes() -> Choices:
    """What a person may be asked to agree to."""
    return list(PURPOSES.items())


def topics() -> Choices:
    """What an enquiry may have been about."""
    return list(TOPICS.items())


def letter_from(seats: Collection[Seat]) -> str:
    """Which desk a sealed letter came from, by its author's seats on the roster."""
    found = [str(said) for by, said in LETTERS if by & set(seats)]
    return found[0] if len(found) == 1 else gettext("A letter, sealed for them alone")


def every() -> Choices:
    """How often somebody checks in."""
    return [(str(hours), said) for hours, said in EVERY.items()]


def filters() -> Choices:
    """Which conversations to list."""
    return [("", _("All")), *STATES.items()]


def coded(field: str, value: object) -> str:
    """The name of a coded answer in the language of the page; an unknown code as it stands."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int):
        return number(value)
    if isinstance(value, tuple):
        return needs(value) or gettext("none")
    own = {"topic": TOPICS, "needs": NEEDS}.get(field, {})
    names = {choice.code: choice for choice in _choices(field)}
    known = names.get(str(value))
    return label(known, language()) if known else str(own.get(str(value), value))


def _choices(field: str) -> Sequence[Choice]:
    pack = load_pack()
    return {
        "force": pack.forces, "concern": pack.concerns, "rank_band": pack.rank_bands,
        "region": (*pack.regions, *pack.destinations),
    }.get(field, ())  # fmt: skip


def day(start: datetime) -> str:
    """The day on which a week begins, for a chart."""
    return date_format(localtime(start), gettext("j F"))


def answered(given: bool) -> str:
    """A yes or a no."""
    return gettext("Agreed") if given else gettext("Did not agree")


def agreed(due: int, hours: int) -> str:
    """When the next check-in is due and how often they come."""
    often = str(EVERY.get(hours) or gettext("every %(hours)s hours") % {"hours": hours})
    return f"{exact(due)} · {often}"


def named(text: str) -> bytes:
    """The name of an entry as a form carried it; nothing for anything else."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


FILES = {
    **dict.fromkeys(("jpeg", "png", "webp", "gif", "heic"), _("A picture")),
    "pdf": _("A paper (PDF)"), "text": _("A text"), "audio": _("A voice note"), "video": _("A film"),
    "zip": _("A packed file"), "office": _("A document"), "unknown": _("A file of unknown kind"),
}  # fmt: skip
WHY_NOT_CLEANED = {
    "unknown": _("This kind of file cannot be cleaned here."),
    "broken": _("It could not be read, so it could not be cleaned. It may be damaged, or made to do harm."),
    "too_large": _("It is too large to be cleaned."),
    "too_slow": _("Cleaning it took too long. It may be made to do harm."),
    "too_many_pixels": _("The picture is far larger than a phone makes. It may be made to do harm."),
    "no_sandbox": _("The hub cannot clean files on its system, so nothing was opened there."),
}


def file_name(file: File) -> str:
    """What a file is called: by its content, for it has no name."""
    return str(FILES[file.kind])
