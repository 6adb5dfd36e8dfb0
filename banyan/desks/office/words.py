"""What the pages of the office say: seats in plain words, acts in a sentence, and why something cannot be done."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from banyan.cases.reference import reference_of
from banyan.desks.frame import Text, in_words
from banyan.desks.office import rules
from banyan.folders.acts import Pending, Told, Why
from banyan.folders.membership import Member, Roster, Standing
from banyan.folders.published import Publish
from banyan.folders.roster import Act, Add, Bury, Change, Founding, Mend
from banyan.folders.seats import Seat
from banyan.language import counts

SEATS: dict[Seat, tuple[Text, Text, Text]] = {  # its name, what it does, what a programme lacks without it
    Seat.INTAKE: (
        _("Intake"), _("hears people at the door and answers them"),
        _("With one alone nobody answers while they are away. With none the door is shut."),
    ),
    Seat.SCREENING: (
        _("Screening"), _("checks who somebody is, each of two for themselves"),
        _("Nobody can be admitted: that takes two findings that do not know of each other."),
    ),
    Seat.DECIDING: (
        _("Deciding"), _("decides where two screeners disagree"),
        _("Where two findings disagree, nobody can decide."),
    ),
    Seat.PLANNING: (
        _("Planning"), _("plans a safe way out with the person"), _("No safe way out can be planned."),
    ),
    Seat.GUIDE: (
        _("Guide"), _("sees one leg of one way, and nothing else"), _("No leg of a way has a guide of its own."),
    ),
    Seat.SHELTER: (
        _("Shelter"), _("finds a house and looks after those in it"),
        _("Nobody can be housed, or not while one is away."),
    ),
    Seat.ENTERING: (_("Entering"), _("writes down what is to be paid"), _("No payment can be entered.")),
    Seat.APPROVING: (_("Approving"), _("says yes or no to a payment"), _("No payment can be approved.")),
    Seat.PAYING: (_("Paying"), _("hands over the money"), _("No payment can be made.")),
    Seat.TESTIMONY: (
        _("Testimony"), _("keeps what a person wants kept for a court"), _("Nothing can be kept for a court."),
    ),
    Seat.FIGURES: (_("Figures"), _("counts, without names"), _("Nothing can be counted.")),
    Seat.OFFICE: (
        _("Office"), _("looks after the members and their keys, and reads no case"),
        _("With fewer than two, members are added or removed only with help from oversight."),
    ),
    Seat.OVERSIGHT: (
        _("Oversight"), _("looks over the work from outside it, and has no other seat"),
        _("Nobody looks over the work from outside it."),
    ),
}  # fmt: skip
APART: tuple[Text, ...] = (  # in the order of the table of seats
    _("who somebody is and where they are never meet in one member"),
    _("who enters a payment never approves one"),
    _("who enters a payment never makes one"),
    _("who approves a payment never makes one"),
    _("who gives a finding never decides between findings"),
    _("case workers never check who somebody is"),
    _("intake reads free text that may name anybody, so it never learns where people are"),
    _("the work and its oversight never meet in one member"),
)
STANDING: dict[Standing, tuple[Text, str]] = {
    Standing.ACTIVE: (_("Active"), "leaf"),
    Standing.FROZEN: (_("Frozen"), "sun"),
    Standing.REMOVED: (_("Removed"), "quiet"),
}
WHY: dict[Why, Text] = {
    Why.NOT_A_MEMBER: _("You are not an active member now, so you cannot sign."),
    Why.NOT_OFFICE: _("Only members of the office or of oversight propose this. Ask one of them."),
    Why.OWN: _("Nobody signs what is to happen to themselves. Ask two colleagues."),
    Why.NOBODY_THERE: _("There is no such member any more."),
    Why.NO_CHANGE: _("That is so already. Nothing would change."),
    Why.NO_SEAT: _("Choose at least one seat."),
    Why.CARD: _("This card was not signed by its own keys. Do not use it: ask for a new one."),
    Why.KNOWN_KEYS: _("These keys are or were on the roster. Ask for a card with new keys."),
    Why.KNOWN_NAME: _("Somebody has this pseudonym already. Ask for a card with another one."),
    Why.TOO_FEW_LEFT: _(
        "Then fewer than two would be left who can change the roster. Add somebody else to the office first."
    ),
    Why.FORKED: _("The roster shows two histories. Mend that first; nothing else holds before."),
    Why.NOT_FORKED: _("The roster shows one history. There is nothing to mend."),
    Why.WAITS_ALREADY: _(
        "The same waits for a signature already. Open it on the page of today and sign there."
    ),
    Why.SIGNED_ALREADY: _("You have signed this. Now somebody else has to."),
    Why.NOT_NEXT: _("Other figures were published meanwhile, so these do not follow them any more."),
    Why.NO_FIGURES: _(
        "This table must not be published: it shows too few people, or a quarter that is not over."
    ),
    Why.ERASED: _("All of this was erased already, by two others."),
    Why.NEEDS_OFFICE: _("The other signature is given by somebody of the office or of oversight."),
    Why.GONE: _("This does not wait any more: it was done, it has lapsed, or it does not hold now."),
}


def seat(one: Seat) -> str:
    """A seat's name."""
    return str(SEATS[one][0])


def seats(many: Iterable[Seat]) -> str:
    """Seats by name, in the order of the table."""
    held = frozenset(many)
    return ", ".join(seat(one) for one in Seat if one in held)


def seat_row(one: rules.Filled) -> tuple[tuple[Text, ...], rules.Filled, str, str]:
    """A seat's words, who sits on it, their names, and what is lacking with so few."""
    held = ", ".join(member.name for member in one.members)
    without = str(SEATS[one.seat][2])
    return SEATS[one.seat], one, held, f"{held} · {without}" if held else without


def choices() -> list[tuple[str, str]]:
    """Every seat with what it does, to tick."""
    return [(one.value, f"{name} – {does}") for one, (name, does, _without) in SEATS.items()]


def why(reason: Why) -> str:
    """Why something cannot be done, and what to do instead."""
    return str(WHY[reason])


def clash(many: Iterable[Seat]) -> str:
    """Why these seats do not go together."""
    found = rules.clash_of(many)
    if found is None:
        return ""
    said = {"one": seat(found.one), "other": seat(found.other), "reason": APART[found.row]}
    return gettext("%(one)s and %(other)s do not go together: %(reason)s. Untick one of them.") % said


def not_the_same() -> str:
    """What was heard is not what the card says."""
    return gettext(
        "These are not the last four digits of this card, so nothing was signed. Listen once more. If they read "
        "something else, somebody may have exchanged the card on its way: ask for it again by another way."
    )


def title(count: int) -> str:
    """How many things wait, in a sentence."""
    if count == 0:
        return gettext("Nothing waits for you")
    said = ngettext("One thing waits for your signature", "%(count)s things wait for your signature", count)
    return said % {"count": in_words(count)}


def act(one: Act, roster: Roster) -> str:
    """What an act does, in a few words."""
    if isinstance(one, Founding):
        return gettext("The programme was founded")
    if isinstance(one, Add):
        said = {"name": one.card.name, "seats": seats(one.seats), "old": name(roster, one.replaces)}
        if one.replaces is not None:
            return gettext("New keys for %(old)s") % said
        return gettext("Add %(name)s: %(seats)s") % said
    if isinstance(one, Mend):
        return gettext("Mend the roster")
    if isinstance(one, Bury):
        erases = ngettext(
            "Erase %(reference)s for good: one folder",
            "Erase %(reference)s for good: %(count)s folders", len(one.graves),
        )  # fmt: skip
        return erases % {"reference": erased(one), "count": counts.number_words(len(one.graves))}
    if isinstance(one, Publish):
        said = {"serial": counts.number_words(one.serial), "quarter": counts.until(one.through)}
        return gettext("Publish figures no. %(serial)s, up to %(quarter)s") % said
    return _change(one, roster)


def _change(one: Change, roster: Roster) -> str:
    said = {
        "freeze": gettext("Freeze %(name)s"),
        "thaw": gettext("Let %(name)s work again"),
        "remove": gettext("Remove %(name)s"),
        "seats": gettext("Other seats for %(name)s: %(seats)s"),
    }
    return said[one.what] % {"name": name(roster, one.member), "seats": seats(one.seats)}


def effect(one: Act) -> list[str]:
    """What happens when an act holds, in sentences."""
    if isinstance(one, Add):
        return list(map(str, ADDED if one.replaces is None else REPLACED))
    if isinstance(one, Change):
        return consequences(one.what)
    if isinstance(one, Mend):
        return list(map(str, MENDED))
    if isinstance(one, Publish):
        return list(map(str, PUBLISHED if one.held_back else PUBLISHED[:-1]))
    if isinstance(one, Bury):
        asked = gettext(
            "Hear from whoever signed, by voice, what they erase. They must say the same words: %(reference)s."
        )
        return [
            gettext("The reason given: %(reason)s") % {"reason": REASONS[one.reason]},
            asked % {"reference": erased(one)},
            *map(str, BURIED),
        ]
    return []


def erased(one: Bury) -> str:
    """What those who know the folders call what is erased."""
    return reference_of(one.graves[0].folder)


def consequences(what: str) -> list[str]:
    """What happens to a member who is frozen, thawed, removed or given other seats."""
    return list(map(str, CHANGED[what]))


ADDED: list[Text] = [
    _("They can sync, and work on what is given to them from then on."),
    _("They read nothing that was written before, unless a colleague hands it over."),
]
REPLACED: list[Text] = [
    _("The old keys are removed. Whoever finds the old laptop or the old phrase gets nothing new."),
    _("The new keys take the same seats. Colleagues' desks hand the shared folders over when they sync."),
    _("What only this member could open stays shut. It opens again only with three of the five trustees."),
]
MENDED: list[Text] = [
    _("Removals and freezes of both histories hold."),
    _("Whoever was added in either history has to be added again, with two signatures."),
]
REASONS: dict[str, Text] = {  # of an erasure
    "asked": _("they asked at the door to be erased"),
    "told": _("they asked by another way to be erased"),
    "mistake": _("it was opened by mistake"),
    "law": _("a law, or a rule of the programme, says that the time is over"),
    "case": _("the case to which it belonged was erased"),
}
BURIED: list[Text] = [
    _(
        "The folders are gone for good: on the hub, and on each desk when it syncs. No pouch brings them back."
    ),
    _(
        "You cannot open them, so you see how many they are and not what they say. If the number surprises you, ask."
    ),
    _("What was counted without a name stays, and so does what is on paper or remembered."),
]
PUBLISHED: list[Text] = [
    _("Everybody can read this table on the public page, and it is never taken back."),
    _(
        "You see the table alone. That it is true, only those who count can see: ask them how they checked it."
    ),
    _("Look at each line: would somebody who knows a unit recognise a person in it? Then do not sign."),
    _("Some people are held back, for they are too few to be shown. They come with later figures."),
]
CHANGED: dict[str, list[Text]] = {
    "freeze": [
        _("They can no longer sync or sign. What is written from then on does not reach their laptop."),
        _("What is on their laptop already stays there, and they stay named in their folders."),
        _("Two signatures let them work again."),
    ],
    "thaw": [_("They sync and work again as before, with the same seats.")],
    "remove": [
        _("Their folders close to them at what had been seen of their work. What they wrote later has no effect."),
        _("Their colleagues' desks do this by themselves when they sync, and put somebody else in their place."),
        _("The office cannot see which folders they held: it holds no key to any of them. Ask their colleagues."),
        _("What is on their laptop already stays there. It cannot be undone: to come back, they join anew."),
    ],
    "seats": [
        _("New seats count from the next sync on. What they hold from an old seat they go on reading until a "
          "colleague takes it over."),
    ],
}  # fmt: skip


def figures(one: Act) -> tuple[list[str], list[list[object]]]:
    """The table of figures that wait: its heads, and its groups in words."""
    return counts.table(one.rows) if isinstance(one, Publish) else ([], [])


def name(roster: Roster, ident: bytes | None) -> str:
    """A member's pseudonym."""
    member = roster.members.get(ident) if ident is not None else None
    return member.name if member else gettext("somebody unknown")


def names(roster: Roster, many: Iterable[bytes]) -> str:
    """Pseudonyms in the order of the alphabet."""
    return ", ".join(sorted(name(roster, one) for one in many))


def since(when: datetime) -> str:
    """From which day on somebody is a member."""
    return gettext("since %(day)s") % {"day": date_format(when, gettext("j F Y"))}


def state(pending: Pending, roster: Roster) -> str:
    """Who signed an act, and what it waits for."""
    signed = gettext("Signed by %(names)s.") % {"names": names(roster, pending.signers)}
    if pending.missing:
        waits = ngettext("One signature is missing.", "%(n)s signatures are missing.", pending.missing)
        said = f"{signed} {waits % {'n': pending.missing}}"
        return f"{said} {WHY[Why.NEEDS_OFFICE]}" if isinstance(pending.act, Bury) else said
    return f"{signed} " + gettext("It takes effect with the next sync of a signer.")


def event(one: Told, roster: Roster) -> str:
    """Who signed a link."""
    return gettext("Signed by %(names)s.") % {"names": names(roster, one.signers)}


def left(roster: Roster, member: Member) -> str:
    """What a programme is left with when a member is gone."""
    stay, hands = rules.left_after(roster, member)
    said = {"stay": stay, "hands": hands}
    if stay < 2 or hands < 1:
        return gettext(
            "Then %(stay)s active members are left, %(hands)s of them of the office or oversight. That is too few "
            "to change the roster: nobody could undo this."
        ) % said  # fmt: skip
    return gettext("%(stay)s active members are left, %(hands)s of them of the office or oversight.") % said
