"""What screening does, each in one function: the only writes of this desk.

Every action takes its `Desk`, says its rule in its first sentence, and raises `NotYet` with words for the page
where the rule is not met. What it returns is durable. An act that was signed and not yet moved on is finished by
whoever sits on the case and comes next.
"""

from collections.abc import Mapping
from typing import Literal

from django.utils.translation import gettext as _

from banyan.cases import casework
from banyan.cases.casework import NotYet, in_words, put
from banyan.cases.desk import Desk
from banyan.cases.folders.conversation import Letter
from banyan.cases.folders.cover import Case, Done, FindingIn
from banyan.cases.folders.finding import Criterion, Finding, Verdict
from banyan.cases.folders.identity import Begun, Evidence, Person
from banyan.cases.stages import Stage
from banyan.desks import frame
from banyan.desks.screening import lists, rules, words
from banyan.desks.screening.rules import Known, WhyNot
from banyan.folders.membership import Member
from banyan.folders.seats import Seat
from banyan.language.names import NameFault, read_name
from banyan.language.pack import load_pack
from banyan.sealing.format import read, write

# Who somebody is


def ask(*, desk: Desk, cover: bytes, kind: Literal["names", "question"], text: str, language: str) -> None:
    """Whoever screens a case may ask the person; the answer drops into the identity, which intake cannot open."""
    case = _screening(desk, cover)
    with desk.store.alone(cover):
        folder = _identity(desk, case)
        letter = Letter(text=text.strip(), language=language)
        casework.write_to_person(desk, cover, kind, letter, answer_to=folder)


def note_person(
    *, desk: Desk, cover: bytes, given: str = "", burmese: str = "", romanised: str = "",
    birth_year: int | None = None, service_number: str = "",
) -> None:  # fmt: skip
    """Whoever screens a case notes who somebody is; what is written here settles what two wrote at once."""
    case = _screening(desk, cover)
    _refuse_names(given, burmese, romanised)
    who = lists.who_is(desk, case)
    wanted = {
        "given": given.strip(), "burmese": burmese.strip(), "romanised": romanised.strip(),
        "birth_year": birth_year, "service_number": service_number.strip(),
    }  # fmt: skip
    changed = {
        key: value for key, value in wanted.items()
        if value not in ("", None) and (who is None or who.one(key) != value)
    }  # fmt: skip
    if changed:
        with desk.store.alone(cover):
            _note(desk, _identity(desk, case), changed)
            for other in who.states[1:] if who else ():
                if desk.holds(other.folder):
                    _note(desk, other.folder, {key: changed[key] for key in changed if key in other.fields})


def _note(desk: Desk, folder: bytes, fields: Mapping[str, object]) -> None:
    if fields:
        put(desk, folder, read(write(Person(**fields)), Person))  # type: ignore[arg-type]


def saw_evidence(
    *, desk: Desk, cover: bytes, kind: str, kept: Literal["returned", "destroyed", "sealed"]
) -> None:
    """Whoever screens a case notes which kind of evidence was looked at and what became of it, never the thing."""
    case = _screening(desk, cover)
    if kind not in {one.code for one in load_pack().evidence_kinds}:
        raise NotYet(_("Choose a kind of evidence."), "kind")
    with desk.store.alone(cover):
        put(desk, _identity(desk, case), Evidence(kind=kind, kept=kept))


def share_identity(*, desk: Desk, cover: bytes) -> None:
    """Who holds the identity opens it to those who screen the case now, and to nobody else."""
    case = _screening(desk, cover)
    folder, who = _identity(desk, case), lists.who_is(desk, case)
    others = [one.folder for one in who.states[1:] if desk.holds(one.folder)] if who else []
    with desk.store.alone(cover), in_words():
        for each in (folder, *others):
            casework.refuse_stranger(desk, each)
            desk.hand_over(each, frame.seated(desk, case, Seat.SCREENING)[:2])


# Findings


def write_finding(
    *, desk: Desk, cover: bytes, answers: tuple[Criterion, ...], verdict: Verdict, force: str = "",
    rank_band: str = "", legal_advice: bool = False, text: str = "",
) -> None:  # fmt: skip
    """Whoever screens a case writes one finding, which the other cannot open before both are in; it stays as it is."""
    case = _screening(desk, cover)
    if desk.keys.id in case.findings:
        raise NotYet(_("You have written your finding. It stays as it is."))
    criteria = load_pack().criteria()
    if rules.stopped(criteria, answers) or rules.is_child(lists.known(desk, case)):
        raise NotYet(_("They are under 18. No finding is written: refer them to child protection."))
    for field, wrong in rules.against(criteria, answers, verdict, force, rank_band, text).items():
        raise NotYet(words.against(wrong), field)
    officers = frame.seated(desk, case, Seat.DECIDING)[:1]
    finding = Finding(
        cover=cover, version=criteria.version, answers=answers, verdict=verdict, force=force, rank_band=rank_band,
        legal_advice=legal_advice, words=text.strip(),
    )  # fmt: skip
    with desk.store.alone(cover), in_words():
        folder = desk.found("finding", [member.keys for member in officers])
        name = put(desk, folder, finding)
        put(desk, cover, FindingIn(folder=folder, finding=name))


def open_finding(*, desk: Desk, cover: bytes) -> None:
    """Once both findings are in, each screener opens their own to the other and to the deciding officer."""
    case = _screening(desk, cover)
    mine = rules.findings_in(case).get(desk.keys.id)
    if mine is None or not rules.both_in(case):
        raise NotYet(_("Both findings are to be in first. Until then each stays closed to the other."))
    with in_words():
        casework.refuse_stranger(desk, mine.folder)
        desk.hand_over(mine.folder, lists.readers(desk, case))


# Signing


def propose(*, desk: Desk, cover: bytes, act: str, reason: str = "") -> None:
    """One of the two signs first, resting on both findings; a decline says why, by a reason of the pack."""
    known = _may_sign(desk, cover, act)
    if act == "decline" and reason not in {one.code for one in load_pack().decline_reasons}:
        raise NotYet(_("Choose a reason."), "reason")
    if any(one.statement.act == act for one in rules.waiting(known)):
        raise NotYet(_("Somebody proposed this already. Go back: it can be signed there."))
    casework.propose(desk, cover, act, rules.rests(known.case), reason if act == "decline" else "")


def sign(*, desk: Desk, cover: bytes, proposal: bytes) -> None:
    """Another one signs what waits, and with that it is done: the case moves on, and those who screened leave it."""
    known = lists.known(desk, _judging(desk, cover))
    waits = next((one for one in rules.waiting(known) if one.name == proposal), None)
    if waits is None:
        raise NotYet(
            _("This cannot be signed any more: it lapsed, or it was signed. Look at the case again.")
        )
    _may_sign(desk, cover, waits.statement.act)
    casework.second(desk, cover, waits)
    finish(desk=desk, cover=cover)


def finish(*, desk: Desk, cover: bytes) -> None:
    """Whoever sits on a case moves on what two have signed, and gives an admission to those who plan; then all who
    screened it leave it. Where nobody plans, they stay until somebody does.
    """
    case = _judging(desk, cover)
    if case.stage is Stage.SCREENING:
        done = rules.signed(case)
        if done is None:
            raise NotYet(_("Two have not signed yet."))
        if done.statement.act == "admit" and rules.is_child(lists.known(desk, case)):
            raise NotYet(words.why_not(WhyNot.CHILD))
        _move(desk, case, done)
        case = casework.case_of(desk, cover)
    if not rules.may_leave(case):
        raise NotYet(_("The case is not in screening now. Look at it again."))
    come: list[tuple[Member, Seat]] = []
    if case.stage is Stage.PASSAGE and not frame.seated(desk, case, Seat.PLANNING):
        come = [(member, Seat.PLANNING) for member in casework.choose(desk, case, Seat.PLANNING, 2)]
        if not come:
            return
    leave = [ident for seat in rules.JUDGES for ident in case.seated(seat)]
    casework.give_seats(desk, cover, come, leave)


def _move(desk: Desk, case: Case, done: Done) -> None:
    """The move and its count are one: neither is on disk without the other."""
    known = lists.known(desk, case)
    signed = [known.found[who] for who in sorted(done.signers) if who in known.found]
    force, rank_band = rules.counted(signed)
    to, event = rules.LEADS_TO[done.statement.act]
    with desk.store.alone(case.folder):
        casework.go_to(desk, case.folder, to, reason=done.statement.reason, act=done)
        casework.count(desk, case.folder, event, act=done, force=force, rank_band=rank_band)


# What the actions share


def _judging(desk: Desk, cover: bytes, *seats: Seat) -> Case:
    """The case, where this member sits on it and has that seat still."""
    case, me = casework.case_of(desk, cover), desk.me
    on = me is not None and any(me in frame.seated(desk, case, seat) for seat in seats or rules.JUDGES)
    if not on or not desk.holds(cover):
        raise NotYet(_("You do not sit on this case any more, so nothing was written."))
    return case


def _screening(desk: Desk, cover: bytes) -> Case:
    case = _judging(desk, cover, Seat.SCREENING)
    if case.stage is not Stage.SCREENING:
        raise NotYet(_("The case is not in screening now. Look at it again."))
    return case


def _may_sign(desk: Desk, cover: bytes, act: str) -> Known:
    known = lists.known(desk, _judging(desk, cover))
    why = rules.why_not(known, act)
    if why is not None:
        raise NotYet(words.why_not(why))
    return known


def _identity(desk: Desk, case: Case) -> bytes:
    """The identity of the case, founded for those who screen it where there is none yet."""
    who = lists.who_is(desk, case)
    if who is not None:
        return who.folder
    if case.part("identity") is not None:
        raise NotYet(words.identity_elsewhere())
    others = [one for one in frame.seated(desk, case, Seat.SCREENING) if one.id != desk.keys.id]
    return casework.found_part(desk, case.folder, "identity", others[:1], Begun(cover=case.folder))


def _refuse_names(given: str, burmese: str, romanised: str) -> None:
    tries = {"given": (given, "", ""), "burmese": ("က", burmese, ""), "romanised": ("က", "", romanised)}
    for field, (whole, own, roman) in tries.items():
        if not (whole if field == "given" else own or roman).strip():
            continue
        try:
            read_name(whole, burmese=own, romanised=roman)
        except NameFault:
            raise NotYet(words.name_fault(field), field) from None
