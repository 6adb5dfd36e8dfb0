"""Pure decisions of screening: what a case needs of me, what speaks against a verdict, who may sign what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, IntEnum

from banyan.cases.folders.cover import Case, Done, FindingIn, Waiting
from banyan.cases.folders.finding import Criterion, Finding, Verdict
from banyan.cases.folders.tally import Event
from banyan.cases.stages import Stage
from banyan.folders.seats import Seat
from banyan.language import criteria as pack

JUDGES = (Seat.SCREENING, Seat.DECIDING)
ACT_OF: dict[str, str] = {"eligible": "admit", "not_eligible": "decline"}
LEADS_TO: dict[str, tuple[Stage, Event]] = {
    "admit": (Stage.PASSAGE, "admitted"),
    "decline": (Stage.DECLINED, "declined"),
}
OF_AGE = 18
# Here a case waits for intake, and who screened it stays; from every other stage they go.
STAYS = (Stage.SCREENING, Stage.INTAKE, Stage.WAITING)


@dataclass(frozen=True)
class Known:
    """What one member knows of a case: `seats` are theirs on the roster, `readers` who is to read both findings,
    `found` the findings that open here, of those who screen it now, `open_to` the holders of this member's own
    finding, `birth_years` what was noted; times in milliseconds.
    """

    case: Case
    me: bytes
    now: int
    year: int
    seats: frozenset[Seat] = frozenset(JUDGES)
    readers: frozenset[bytes] = frozenset()
    found: Mapping[bytes, Finding] = field(default_factory=dict)
    open_to: frozenset[bytes] = frozenset()
    asked: bool = False
    told: int = 0
    birth_years: tuple[int, ...] = ()

    @property
    def seat(self) -> Seat | None:
        """This member's seat here, which they have on the roster still."""
        return next((seat for seat in JUDGES if seat in self.seats and self.case.sits(self.me, seat)), None)

    @property
    def mine(self) -> Finding | None:
        """This member's own finding."""
        return self.found.get(self.me)


class Need(IntEnum):
    """Why a case stands on today's list; the lower, the sooner."""

    CHILD = 0
    FINISH = 1
    SIGN = 2
    DECIDE = 3
    PROPOSE = 4
    COMPARE = 5
    TOLD = 6
    BEGIN = 7
    FIND = 8


class Waits(Enum):
    """For whom or what a case waits that needs nothing of me now."""

    FINDINGS = "the findings"
    OTHER_FINDING = "the other's finding"
    OPENING = "the other has not opened theirs"
    SIGNATURE = "another signature"
    OFFICER = "the deciding officer"
    INTAKE = "intake"
    NOBODY = "I sit on it no more"


# Findings


def findings_in(case: Case) -> dict[bytes, FindingIn]:
    """The findings of those who screen the case now; once it went on, those by which it did."""
    if case.stage not in STAYS:
        return dict(case.findings)
    return {who: one for who, one in case.findings.items() if case.sits(who, Seat.SCREENING)}


def both_in(case: Case) -> bool:
    """Whether the two findings are in on which an act may rest."""
    return len(findings_in(case)) == 2


def rests(case: Case) -> tuple[bytes, ...]:
    """What an act rests on: the names of the two findings."""
    return tuple(sorted(one.finding for one in findings_in(case).values()))


def to_open(known: Known) -> frozenset[bytes]:
    """To whom my finding is to be opened: nobody before both are in, for each of us finds blind."""
    if known.me not in findings_in(known.case) or not both_in(known.case):
        return frozenset()
    return known.readers - known.open_to


def verdicts(known: Known) -> tuple[Verdict, ...]:
    """The two verdicts, where both are in and both open here; else nothing."""
    in_ = findings_in(known.case)
    if not both_in(known.case) or not all(who in known.found for who in in_):
        return ()
    return tuple(known.found[who].verdict for who in sorted(in_))


def counted(findings: Iterable[Finding]) -> tuple[str, str]:
    """Force and rank band for the figures: what the signed findings agree on, else not known."""
    found = list(findings)
    forces, bands = {one.force for one in found}, {one.rank_band for one in found}
    return forces.pop() if len(forces) == 1 else "", bands.pop() if len(bands) == 1 else ""


# Writing a finding


class Against(Enum):
    """What is wrong with a finding that was not written yet."""

    UNANSWERED = "not answered"
    EVIDENCE = "no kind of evidence"
    NOT_MET = "an admission needs it met"
    NOT_KNOWN = "an admission needs it known and met"
    NEEDED = "an admission needs this"
    SAY_WHY = "the answers do not carry the verdict"


def against(
    criteria: pack.Criteria,
    answers: Sequence[Criterion],
    verdict: str,
    force: str,
    rank_band: str,
    words: str,
) -> dict[str, Against]:
    """What is wrong, by the field where it is said; a verdict that its answers do not carry needs words."""
    given, wrong, doubts = {one.criterion: one for one in answers}, dict[str, Against](), False
    for item in criteria.items:
        one = given.get(item.code)
        if one is None:
            wrong[f"answer_{item.code}"] = Against.UNANSWERED
            continue
        if one.answer != "unknown" and one.evidence not in item.evidence:
            wrong[f"evidence_{item.code}"] = Against.EVIDENCE
        if verdict == "eligible" and item.rule in ("must", "stop") and one.answer != "met":
            unknown = one.answer == "unknown"
            wrong[f"answer_{item.code}"] = Against.NOT_KNOWN if unknown else Against.NOT_MET
        speaks_against = one.answer == "not_met" and item.rule != "flag"
        doubts = doubts or speaks_against or (item.rule in ("must", "stop") and one.answer == "unknown")
    if verdict == "eligible":
        wrong |= {
            key: Against.NEEDED for key, code in (("force", force), ("rank_band", rank_band)) if not code
        }
    if (verdict == "eligible") == doubts and not words.strip():
        wrong["text"] = Against.SAY_WHY
    return wrong


def stopped(criteria: pack.Criteria, answers: Iterable[Criterion]) -> bool:
    """Whether an answer ends the screening at once: somebody under 18 is a child."""
    stops = {item.code for item in criteria.items if item.rule == "stop"}
    return any(one.criterion in stops and one.answer == "not_met" for one in answers)


def is_child(known: Known) -> bool:
    """Whether a birth year was noted by which they cannot be 18 yet. Of two years that were noted either is enough."""
    return any(known.year - year < OF_AGE for year in known.birth_years)


# Signing


class WhyNot(Enum):
    """Why this member does not sign an act."""

    SEAT = "no seat here"
    STAGE = "not in screening"
    SIGNED = "two have signed"
    CHILD = "under 18"
    NOT_BOTH = "not both in"
    CLOSED = "not both open here"
    AGREED = "the two agree"
    FOUND_OTHERWISE = "I found otherwise"


def why_not(known: Known, act: str) -> WhyNot | None:
    """A screener signs what they found. The deciding officer signs only where the two disagree, and so with one of
    them: two who agree sign themselves.
    """
    if known.seat is None:
        return WhyNot.SEAT
    if known.case.stage is not Stage.SCREENING:
        return WhyNot.STAGE
    if signed(known.case):
        return WhyNot.SIGNED
    if is_child(known) and act == "admit":
        return WhyNot.CHILD
    if not both_in(known.case):
        return WhyNot.NOT_BOTH
    found = verdicts(known)
    if not found:
        return WhyNot.CLOSED
    if known.seat is Seat.DECIDING:
        return WhyNot.AGREED if len(set(found)) == 1 else None
    return None if known.mine and ACT_OF[known.mine.verdict] == act else WhyNot.FOUND_OTHERWISE


def waiting(known: Known) -> list[Waiting]:
    """The proposals that can still be signed: not lapsed, and resting on the two findings that are in. A decline first,
    for it wins.
    """
    live = [
        one for one in known.case.waiting(known.now)
        if one.statement.act in ACT_OF.values() and set(one.statement.rests) == set(rests(known.case))
    ]  # fmt: skip
    return sorted(live, key=lambda one: (one.statement.act != "decline", one.time))


def to_sign(known: Known) -> list[Waiting]:
    """The proposals that wait for this member's signature."""
    others = (one for one in waiting(known) if one.signature.member != known.me)
    return [one for one in others if why_not(known, one.statement.act) is None]


def lapsed(known: Known) -> list[Waiting]:
    """Proposals on these findings that nobody signed in time and that nobody made again."""
    again = {one.statement.act for one in waiting(known)}
    signed_ = known.case.stopped | {one.statement.nonce for one in known.case.done}
    return [
        one for one in known.case.proposals
        if one.statement.expires < known.now and one.statement.nonce not in signed_
        and one.statement.act not in again and set(one.statement.rests) == set(rests(known.case))
    ]  # fmt: skip


def may_propose(known: Known) -> list[str]:
    """The acts that this member may sign first; none that waits already, whoever signed it."""
    there = {one.statement.act for one in waiting(known)}
    return [act for act in ACT_OF.values() if act not in there and why_not(known, act) is None]


def signed(case: Case) -> Done | None:
    """What two have signed here. Where an admission and a decline were signed at once, the decline wins."""
    return case.standing("decline") or case.standing("admit")


def may_leave(case: Case) -> bool:
    """Whether those who screened have nothing left to do here."""
    return case.stage is not None and case.stage not in STAYS


# The order of work


def need_of(known: Known) -> Need | None:
    """Why this member is needed, or None."""
    case = known.case
    if known.seat is None:
        return None
    if may_leave(case):
        return Need.FINISH
    if case.stage is not Stage.SCREENING:
        return None
    done = signed(case)
    if is_child(known) and not (done and done.statement.act == "decline"):
        return Need.CHILD
    if done:
        return Need.FINISH
    if to_sign(known):
        return Need.SIGN
    if known.seat is Seat.SCREENING and known.me not in case.findings:
        return Need.TOLD if known.told else Need.FIND if known.asked else Need.BEGIN
    if to_open(known):
        return Need.COMPARE
    if any(one.signature.member == known.me for one in waiting(known)) or not may_propose(known):
        return None
    if known.seat is Seat.DECIDING:
        return Need.DECIDE
    return Need.PROPOSE if len(set(verdicts(known))) == 1 else None


def waits_for(known: Known) -> Waits:
    """For whom a case waits that needs nothing of this member."""
    if known.seat is None:
        return Waits.NOBODY
    if known.case.stage is not Stage.SCREENING:
        return Waits.INTAKE
    if not both_in(known.case):
        return Waits.OTHER_FINDING if known.mine else Waits.FINDINGS
    found = verdicts(known)
    if not found:
        return Waits.OPENING
    mine = any(one.signature.member == known.me for one in waiting(known))
    return Waits.SIGNATURE if mine or len(set(found)) == 1 else Waits.OFFICER


def differences(codes: Sequence[str], one: Finding, other: Finding) -> Collection[str]:
    """The criteria that two findings answer differently."""
    left, right = ({a.criterion: a.answer for a in found.answers} for found in (one, other))
    return [code for code in codes if left.get(code) != right.get(code)]
