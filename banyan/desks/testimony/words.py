"""What the pages of testimony say of a state: titles, rows, uses, files, custody. Nothing here decides or writes."""

from hashlib import sha256

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from banyan.cases.attached import missing
from banyan.cases.desk import Desk
from banyan.cases.folders.testimony import PURPOSES, Custody, Part, Testimony
from banyan.cases.reference import reference_of
from banyan.desks import frame
from banyan.desks.frame import Event, Line, number, slug_of
from banyan.desks.frame.files import is_picture
from banyan.desks.testimony import codes, rules


def title(count: int) -> str:
    """The state of the world in a sentence."""
    if not count:
        return gettext("No account is new")
    said = ngettext("One account is new", "%(count)s accounts are new", count)
    return said % {"count": frame.in_words(count)}


def kept(count: int) -> str:
    """How many there are in all."""
    said = ngettext("One is kept here in all.", "%(count)s are kept here in all.", count)
    return said % {"count": number(count)} if count else gettext("Nothing is kept here yet.")


def headline(desk: Desk, state: Testimony) -> str:
    """An account's state in a sentence."""
    ref = {"ref": reference_of(state.folder)}
    if not state.unopened(desk.keys.id):
        return gettext("%(ref)s: what was left for a court") % ref
    if state.opened.get(desk.keys.id):
        return gettext("%(ref)s: something came that you have not opened") % ref
    return gettext("%(ref)s is not opened yet") % ref


def parts(state: Testimony) -> str:
    """Of how many parts it is: "2 accounts, 1 file"."""
    accounts, files = len(state.accounts), len(state.files)
    told = ngettext("%(count)s account", "%(count)s accounts", accounts) % {"count": number(accounts)}
    sent = ngettext("%(count)s file", "%(count)s files", files) % {"count": number(files)}
    said = [one for one, count in ((told, accounts), (sent, files)) if count]
    return ", ".join(said) or gettext("nothing yet")


def line(desk: Desk, state: Testimony) -> Line:
    """An account as one row."""
    mine, new = state.unopened(desk.keys.id), state.unopened()
    tag, tone = (gettext("New"), "sky") if new else (gettext("Not opened by you"), "quiet")
    if not mine:
        tag, tone = gettext("Opened"), "quiet"
    if rules.taken_back(state):
        tag, tone = gettext("Taken back"), "alarm"
    agreed = [str(codes.USES[use][0]) for use in PURPOSES if rules.says(state, use) is rules.Says.YES]
    others = ", ".join(one.name for one in desk.holders(state.folder) if one.id != desk.keys.id)
    detail = (
        parts(state),
        gettext("yes to: %(uses)s") % {"uses": ", ".join(agreed)} if agreed else gettext("yes to nothing"),
        gettext("also with %(names)s") % {"names": others} if others else gettext("with nobody else"),
    )
    when = gettext("came on %(time)s") % {"time": frame.exact(state.began, desk.clock())}
    return Line(
        reference=reference_of(state.folder), what=when if state.began else "", detail=" · ".join(detail), tag=tag,
        tone=tone, url=reverse("testimony:account", args=[slug_of(state.folder)]), action=gettext("Open"),
        main=bool(new),
    )  # fmt: skip


def uses(state: Testimony) -> list[tuple[str, str, str]]:
    """What the person says to each use: a word, a tone, a sentence."""
    said = [(use, rules.says(state, use)) for use in PURPOSES]
    return [(str(codes.TAGS[one]), codes.TONES[one], str(codes.USES[use][1][one])) for use, one in said]


def told_back(state: Testimony) -> list[str]:
    """Whom to tell that the person does not agree any more, in sentences."""
    said = gettext("The person does not agree to this any more: %(use)s. It was given to %(to)s: tell them.")
    return [said % {"use": codes.USES[one.use][0], "to": one.to} for one in rules.taken_back(state)
            if one.use in codes.USES]  # fmt: skip


def accounts(state: Testimony) -> list[dict[str, object]]:
    """What they wrote, in causal order."""
    languages = dict(frame.LANGUAGES)
    return [
        {"when": frame.moment(one.time), "text": one.document.text, "typed": one.document.typed,
         "code": one.document.language, "language": languages.get(one.document.language, one.document.language)}
        for one in state.accounts
    ]  # fmt: skip


def files(desk: Desk, state: Testimony, every: Testimony) -> list[dict[str, object]]:
    """The files that this keeper opened, each with what may be done with it; numbered among all."""
    found = []
    for part in state.files:
        file = part.document
        lacks = missing(desk, file)
        found.append({
            "number": number(rules.number_of(every, part.name)), "slug": slug_of(part.name), "kind": codes.kind(file),
            "size": codes.size(file.size), "made": codes.made(file), "sha256": codes.hex_groups(file.sha256),
            "when": frame.moment(part.time), "lacks": bool(lacks), "asked": bool(lacks) and set(lacks) <= desk.wanted,
            "may_show": is_picture(file) and not lacks,
        })  # fmt: skip
    return found


# Custody


def happened(state: Testimony, part: Part[Custody]) -> tuple[str, str]:
    """What a note of custody says: a title and a detail."""
    done, on = part.document, rules.given(part.document)
    what = str(codes.CUSTODY[done.what])
    if done.what == "copy" and done.of:
        at = rules.number_of(state, done.of)
        which = number(at) if at else codes.hex_groups(done.of[:8])
        what = gettext("Saved a copy of file %(number)s") % {"number": which}
    if on is None:
        return what, done.words
    said = gettext("To: %(to)s. %(use)s. Legal basis: %(basis)s")
    return what, said % {"to": on.to, "use": dict(codes.GIVEN_FOR).get(on.use, on.use), "basis": on.basis}


def custody(desk: Desk, state: Testimony) -> list[Event]:
    """Who did what with it, as the part `timeline` shows it."""
    tones = {"given": "sun", "copy": "leaf"}
    return [
        Event(frame.moment(part.time), title, frame.who(desk.roster, desk.keys.id, part.author), detail,
              tones.get(part.document.what, "quiet"))
        for part in state.custody for title, detail in [happened(state, part)]
    ]  # fmt: skip


# The sheet for a court


def sheet_parts(state: Testimony) -> list[list[object]]:
    """Each part with what it is, when it came, its size in bytes and its SHA-256; no word of what it says."""
    told = [
        [gettext("Account %(number)s") % {"number": number(at)}, frame.exact(one.time),
         len(one.document.text.encode()), codes.hex_groups(sha256(one.document.text.encode()).digest())]
        for at, one in enumerate(state.accounts, 1)
    ]  # fmt: skip
    sent = [
        [gettext("File %(number)s: %(kind)s") % {"number": number(at), "kind": codes.kind(one.document)},
         frame.exact(one.time), one.document.size, codes.hex_groups(one.document.sha256)]
        for at, one in enumerate(state.files, 1)
    ]  # fmt: skip
    return [*told, *sent]


def sheet_custody(desk: Desk, state: Testimony) -> list[list[object]]:
    """Who did what and when, each under their pseudonym."""
    return [
        [frame.exact(part.time), frame.who(desk.roster, b"", part.author), " · ".join(filter(None, (what, said)))]
        for part in state.custody for what, said in [happened(state, part)]
    ]  # fmt: skip
