"""Pure decisions about a case: where it may go, who may sign what, what stands against it. No words for pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from banyan.cases.folders.conversation import Conversation
from banyan.cases.folders.cover import Case, Done, Waiting
from banyan.cases.stages import ACTS, MOVES, Stage, move
from banyan.folders.seats import Seat

UNASKED_AFTER = 3 * 24 * 3_600_000  # screening is asked for within three days
LEADS_TO = {"close": Stage.CLOSED, "refer": Stage.REFERRED, "reopen": Stage.INTAKE}
JUDGES = (Seat.SCREENING, Seat.DECIDING)
# Who must sit on a case where it stands, and how many; intake chooses where somebody is missing.
NEEDED = {
    Stage.SCREENING: ((Seat.SCREENING, 2), (Seat.DECIDING, 1)),
    Stage.PASSAGE: ((Seat.PLANNING, 1),),
    Stage.RECEPTION: ((Seat.SHELTER, 2),),
    Stage.SUPPORT: ((Seat.SHELTER, 1), (Seat.ENTERING, 1), (Seat.APPROVING, 1), (Seat.PAYING, 1)),
}
FIRST = (
    Stage.SCREENING, Stage.PASSAGE, Stage.REINTEGRATION, Stage.FOLLOW_UP, Stage.WAITING, Stage.INTAKE, Stage.REFERRED,
    Stage.CLOSED, Stage.WITHDRAWN,
)  # fmt: skip


# Where it may go


@dataclass(frozen=True)
class Way:
    """A move that intake may make from where the case stands, or sign; `signed` once two did, `waits` once one did."""

    to: Stage
    act: str = ""
    signed: Done | None = None
    waits: bool = False


def ways(case: Case, now: int) -> list[Way]:
    """What intake may do next, the usual first. While two stages stand at once only a withdrawal is open."""
    if case.stage is None:
        return [Way(Stage.WITHDRAWN)] if may_withdraw(case) else []
    waits = {one.statement.act for one in case.waiting(now)}
    found = []
    for one in MOVES:
        if one.come_from is not case.stage:
            continue
        if one.act and Seat.INTAKE in ACTS[one.act].first | ACTS[one.act].second:
            found.append(Way(one.to, one.act, case.standing(one.act), one.act in waits))
        elif Seat.INTAKE in one.by and all(case.standing(act) for act in one.needs):
            found.append(Way(one.to))
    return sorted(found, key=lambda way: FIRST.index(way.to))


def may_withdraw(case: Case) -> bool:
    """Whether the table has a withdrawal from where the case stands."""
    return any(move(stage, Stage.WITHDRAWN) for stage in case.stages)


def may_stop(case: Case, now: int) -> bool:
    """Whether a way was agreed that can be stopped, or waits for a signature. Who has arrived is stopped no more."""
    agreed = case.standing("go") is not None or any(one.statement.act == "go" for one in case.waiting(now))
    return agreed and Stage.PASSAGE in case.stages


def moved(case: Case) -> int:
    """When the case came where it stands (milliseconds)."""
    return max((time for stage, time, _, _ in case.moves if stage in case.stages), default=case.opened)


def missing(case: Case) -> list[tuple[Seat, int]]:
    """The seats that the stage needs and that nobody sits on, with how many are missing."""
    wanted = NEEDED.get(case.stage, ()) if case.stage else ()
    return [(seat, many - len(case.seated(seat))) for seat, many in wanted if len(case.seated(seat)) < many]


def seats_of(case: Case, member: bytes) -> list[Seat]:
    """The seats that a member has on the case."""
    return [seat for seat in Seat if case.sits(member, seat)]


# Acts of two


class Against(Enum):
    """What stands against signing, or against going on."""

    UNKNOWN = "their conversation is not here"
    UNDER_18 = "under 18"
    DANGER = "in danger now"
    SERVICE = "no consent to be served"
    SHARE = "no consent to share"
    SAID_NO = "their last answer is no"
    NO_ANSWER = "no answer yet"
    PLACE = "not where the case stands"


def may_second(case: Case, waiting: Waiting, me: bytes) -> bool:
    """Whether this member is the other one of the two; nobody is both, and who signed first must still sit there."""
    act, other = ACTS[waiting.statement.act], waiting.signature.member
    pairs = ((act.first, act.second), (act.second, act.first))
    return me != other and any(
        Seat.INTAKE in mine and case.sits(me, Seat.INTAKE) and case.sits(other, *theirs)
        for mine, theirs in pairs
    )


def against(act: str, case: Case, talk: Conversation | None) -> list[Against]:
    """All that stands against an act as far as intake knows."""
    place = act in LEADS_TO and not any(move(stage, LEADS_TO[act]) for stage in case.stages)
    wrong_place = place or (act == "go" and case.stage is not Stage.PASSAGE)
    found = [Against.PLACE] if wrong_place else []
    if act == "close":
        return found
    if talk is None:
        return [*found, Against.UNKNOWN]
    found += against_going_on(talk)
    if act == "refer":
        found += [] if talk.agreed("share") else [Against.SHARE]
        return [one for one in found if one is not Against.SERVICE]
    if act != "go":
        return found
    answer = last_answer(talk)
    wrong = {None: [Against.NO_ANSWER], "no": [Against.SAID_NO]}.get(answer, [])
    return [*found, *([Against.DANGER] if talk.danger else []), *wrong]


def against_going_on(talk: Conversation | None) -> list[Against]:
    """What stands against going on with a case at all: a consent that was taken back, or somebody under 18."""
    if talk is None:
        return [Against.UNKNOWN]
    young = [Against.UNDER_18] if talk.adult is False else []
    return [*young, *([] if talk.agreed("service") else [Against.SERVICE])]


def answers(talk: Conversation) -> list[tuple[int, str]]:
    """The person's yes and no to letters about the way, oldest first. A letter that has not arrived may be one."""
    others = {name for name, _, _, letter in talk.letters if letter.kind != "way"}
    said = [(time, one) for time, one in talk.answered if one.letter not in others]
    return [(time, one.said) for time, one in said if one.said in ("yes", "no")]


def last_answer(talk: Conversation) -> str | None:
    """Their last word about the way: yes, no, or None."""
    found = answers(talk)
    return found[-1][1] if found else None


def asked_again(talk: Conversation) -> bool:
    """Whether a letter about the way came after their last answer."""
    last = max((time for time, _ in answers(talk)), default=0)
    return any(one.kind == "way" and one.slot and time > last for _, time, _, one in talk.letters)


# What a case needs of intake


class Why(Enum):
    """Why a case stands on today's list, the most urgent first."""

    CONSENT = "consent taken back"
    SAID_NO = "said no to a way that was signed"
    ARRIVED = "arrived while the way was stopped"
    SIGN = "waits for my signature"
    STAGES = "two stages at once"
    TOLD = "declined, and not told"
    COUNT = "counted otherwise than agreed"
    UNASKED = "no screening asked for"


def why(case: Case, talk: Conversation | None, me: bytes, now: int) -> Why | None:
    """Why intake is needed on a case now, or None."""
    if took_back(case, talk):
        return Why.CONSENT
    if said_no_since(case, talk):
        return Why.SAID_NO
    if case.stopped_unheard:
        return Why.ARRIVED
    if any(may_second(case, one, me) for one in case.waiting(now)):
        return Why.SIGN
    if case.stage is None:
        return Why.STAGES
    if case.stage is Stage.DECLINED and talk is not None and not told_since(talk, moved(case)):
        return Why.TOLD
    if counts_otherwise(case, talk):
        return Why.COUNT
    unasked = case.stage is Stage.INTAKE and moved(case) < now - UNASKED_AFTER
    return Why.UNASKED if unasked else None


def took_back(case: Case, talk: Conversation | None) -> bool:
    """Whether the person took their consent to be served back while the case goes on."""
    return talk is not None and may_withdraw(case) and not talk.agreed("service")


def said_no_since(case: Case, talk: Conversation | None) -> bool:
    """Whether two signed that the person may go, and their last answer is no."""
    goes = case.stage is Stage.PASSAGE and case.standing("go") is not None
    return goes and talk is not None and last_answer(talk) == "no"


def counts_otherwise(case: Case, talk: Conversation | None) -> bool:
    """Whether the cover says otherwise than the person about being counted."""
    return talk is not None and case.one("counted") is not talk.agreed("figures")


def told_since(talk: Conversation, time: int) -> bool:
    """Whether somebody wrote to the person since then: intake, or another desk in a letter."""
    said: Iterable[int] = (one.time for one in talk.messages if not one.by_person and one.counts)
    return any(one >= time for one in (*said, *(sent for _, sent, _, _ in talk.letters)))
