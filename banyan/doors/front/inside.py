"""The door for somebody who came back with their code: what is new, and what they can do."""

import secrets
from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from banyan.cases.asked import DoorRequest
from banyan.cases.folders.conversation import PURPOSES, Conversation
from banyan.cases.visit import Visit
from banyan.doors.front import actions, rules
from banyan.doors.front.posted import NOT_KEPT, nonce_in, show, show_first, with_code
from banyan.language import times

YES_OR_NO = ("yes", "no")
HOWS = ("ok", "not_ok", "call_off")


def enter(request: DoorRequest, code: bytes) -> HttpResponse | None:
    """The page inside, or None where this code opens nothing."""
    visit = request.door.visit(code)
    return _room(request, code, visit) if visit.conversation else None


@with_code
def inside(request: DoorRequest, code: bytes) -> HttpResponse:
    """What is new since the last visit, and no more."""
    return enter(request, code) or show_first(request)


def _room(
    request: DoorRequest, code: bytes, visit: Visit, *, told: str = "", failed: bool = False
) -> HttpResponse:
    history, conversation = visit.history, visit.conversation
    if history is None or conversation is None:
        return show_first(request)
    now = request.door.now
    news = rules.news(history, conversation, now)
    page = show(
        request, "inside", here="front:inside", carry=_carried(code), status=503 if failed else 200, told=told,
        failed=failed, news=[(_ago(request, said.time), said.document) for said in news.fresh],
        older=bool(news.older), next_check_in=_next(request, conversation),
        missed=rules.missed_check_in(conversation, now),
        wrote=any(said.by_person for said in rules.thread(conversation)),
        called_off=rules.called_off(conversation), asked=_has_questions(conversation),
        answered=bool(conversation.consent),
    )  # fmt: skip
    if news.mark_read:
        try:
            actions.mark_read(visit=visit)
        except NOT_KEPT:
            return page  # it stays new: shown once more is better than not at all
    return page


def _has_questions(conversation: Conversation) -> bool:
    return bool(rules.unanswered(conversation)) and conversation.adult is not False


def _carried(code: bytes) -> dict[str, str]:
    return {"code": rules.carried(code), "nonce": secrets.token_hex(16), "again": "1"}


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _ago(request: DoorRequest, milliseconds: int) -> str:
    return times.ago(_moment(milliseconds), request.door.clock())


def _exact(request: DoorRequest, milliseconds: int) -> str:
    return times.exact(_moment(milliseconds), request.door.clock())


def _next(request: DoorRequest, conversation: Conversation) -> str:
    due = conversation.next_check_in
    return _exact(request, due) if due is not None else ""


@with_code
def older(request: DoorRequest, code: bytes) -> HttpResponse:
    """The whole thread: a further step, for a code forced out of somebody must not show it at once."""
    conversation = request.door.visit(code).conversation
    if conversation is None:
        return show_first(request)
    said = [(one.by_person, _exact(request, one.time), one.document) for one in rules.thread(conversation)]
    return show(request, "older", here="front:older", carry=_carried(code), thread=said)


@with_code
def check(request: DoorRequest, code: bytes) -> HttpResponse:
    """I am well, I am not, or stop asking me."""
    visit, how = request.door.visit(code), request.POST.get("how", "")
    if visit.conversation is None or how not in HOWS:
        return inside(request)
    nonce = rules.said_anew(nonce_in(request), request.door.now)
    try:
        actions.check_in(door=request.door, code=code, nonce=nonce, how=how)
    except NOT_KEPT:
        return _room(request, code, visit, failed=True)
    return _room(request, code, request.door.visit(code), told=how)


@with_code
def agree(request: DoorRequest, code: bytes) -> HttpResponse:
    """One question a page: first the age, then each purpose by itself. Under 18 nobody is asked further."""
    visit = request.door.visit(code)
    conversation = visit.conversation
    if conversation is None:
        return show_first(request)
    adult = {"yes": True, "no": False}.get(request.POST.get("adult", ""))
    try:
        told = _answer(request, code, conversation, adult)
    except NOT_KEPT:
        return _room(request, code, visit, failed=True)
    if told:
        visit = request.door.visit(code)
    return _next_question(request, code, visit, adult, told)


def _answer(request: DoorRequest, code: bytes, conversation: Conversation, adult: bool | None) -> bool:
    """Keep what was answered; whether anything was."""
    purpose, answer = request.POST.get("purpose", ""), request.POST.get("answer", "")
    nonce = nonce_in(request)
    if adult is False:
        purposes = tuple(p for p in PURPOSES if p in conversation.asked)
        actions.say_under_age(door=request.door, code=code, nonce=nonce, purposes=purposes)
        return True
    if purpose not in conversation.asked or answer not in YES_OR_NO:
        return False
    given = answer == "yes"
    if given and not rules.may_agree(conversation, adult):
        return False
    # A yes said twice by an old page changes nothing; a no is always heard.
    nonce = nonce if given else secrets.token_bytes(16)
    actions.answer_consent(
        door=request.door, code=code, nonce=nonce, purpose=purpose, given=given,
        adult=rules.may_agree(conversation, adult) or None,
    )  # fmt: skip
    return True


def _next_question(
    request: DoorRequest, code: bytes, visit: Visit, adult: bool | None, told: bool
) -> HttpResponse:
    conversation = visit.conversation
    if conversation is None:
        return show_first(request)
    purpose = "" if told else request.POST.get("purpose", "")
    left = (purpose,) if purpose in conversation.asked else rules.unanswered(conversation)
    carry = _carried(code)
    if conversation.adult is False:
        return show(request, "under_age", here="front:agree", carry=carry)
    if not left:
        return _room(request, code, visit, told="agreed" if told else "")
    carry["purpose"] = left[0]
    if not rules.may_agree(conversation, adult):
        return show(request, "age", here="front:agree", carry=carry)
    return show(request, "agree", here="front:agree", carry=carry | {"adult": "yes"}, purpose=left[0])


@with_code
def agreed(request: DoorRequest, code: bytes) -> HttpResponse:
    """What was agreed to, each purpose by itself, and each to be changed."""
    conversation = request.door.visit(code).conversation
    if conversation is None:
        return show_first(request)
    names = {
        "service": _("You keep what I write, to help me."),
        "figures": _("You count me, without my name."),
        "share": _("You ask others to help me."),
    }
    said = [(purpose, names[purpose], given) for purpose, given in rules.answered(conversation)]
    return show(
        request, "agreed", here="front:agreed", carry=_carried(code), answers=said,
        under_age=conversation.adult is False,
    )  # fmt: skip


@with_code
def forget(request: DoorRequest, code: bytes) -> HttpResponse:
    """Forget what I wrote: first the consequence in words, then done."""
    visit = request.door.visit(code)
    if visit.conversation is None:
        return show_first(request)
    if "sure" not in request.POST:
        return show(request, "forget", here="front:forget", carry=_carried(code))
    try:
        count = actions.forget_words(door=request.door, code=code)
    except NOT_KEPT:
        return _room(request, code, visit, failed=True)
    return show(request, "forgotten", here="front:inside", carry=_carried(code), count=count)


@with_code
def erase(request: DoorRequest, code: bytes) -> HttpResponse:
    """Erase everything: first the consequence in words, then done."""
    visit = request.door.visit(code)
    conversation = visit.conversation
    if conversation is None:
        return show_first(request)
    if "sure" not in request.POST:
        has_case = conversation.cover is not None
        return show(request, "erase", here="front:erase", carry=_carried(code), has_case=has_case)
    try:
        actions.erase(door=request.door, code=code)
    except NOT_KEPT:
        return _room(request, code, visit, failed=True)
    return render(request, "front/erased.html")
