"""The door for somebody who came back with their code: what is new, and what they can do."""

import secrets
from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from banyan.cases.asked import DoorRequest
from banyan.cases.deadlines import ERASE
from banyan.cases.folders.conversation import PURPOSES, Conversation, Message, Said
from banyan.cases.visit import NothingHere, Visit
from banyan.doors.front import actions, rules, waiting
from banyan.doors.front.posted import (
    NOT_KEPT,
    ago,
    carry_on,
    day,
    exact,
    nonce_in,
    number,
    show,
    show_first,
    with_code,
)
from banyan.doors.front.testimony import only_erase

YES_OR_NO = ("yes", "no")
HOWS = ("ok", "not_ok", "call_off")


def enter(request: DoorRequest, code: bytes) -> HttpResponse | None:
    """The page inside; the page that erases what was left for a court, where only that is there (any more); None where
    this code opens nothing.
    """
    visit = request.door.visit(code)
    return room(request, code, visit) if visit.conversation else only_erase(request, code)


@with_code
def inside(request: DoorRequest, code: bytes) -> HttpResponse:
    """What is new since the last visit, and no more."""
    return enter(request, code) or show_first(request)


def room(
    request: DoorRequest, code: bytes, visit: Visit, *, told: str = "", failed: bool = False
) -> HttpResponse:
    """By whom something is new, and what intake answered; a letter's text is one step further."""
    history, conversation = visit.history, visit.conversation
    if history is None or conversation is None:
        return show_first(request)
    now, letters = request.door.now, visit.letters()
    news, lines = rules.news(history, conversation, now), waiting.waiting(letters, conversation, now)
    shown, cut = rules.begun([text_of(said) for said in news.fresh])
    first = lines[: rules.MOST_LETTERS_AT_FIRST]
    page = show(
        request, "inside", here="front:inside", carry=carry_on(code), status=503 if failed else 200, told=told,
        failed=failed, erase_by=erase_by(request, conversation),
        erase_late=conversation.erase_asked is not None and conversation.erase_asked + ERASE < now,
        lines=[(one, exact(request, one.due) if one.due else "") for one in first],
        waits=_waits(sum(one.new for one in lines)), more_letters=len(lines) > len(first), cut=cut,
        news=_told_when(request, list(zip(news.fresh, shown, strict=False))),
        older=bool(news.older), next_check_in=_next(request, conversation),
        missed=rules.missed_check_in(conversation, now), every=_every(conversation),
        last_word=ago(request, conversation.last_check_in[0]) if conversation.last_check_in else "",
        wrote=any(said.by_person for said in rules.thread(conversation)),
        called_off=rules.called_off(conversation), asked=_has_questions(conversation),
    )  # fmt: skip
    return page if cut or not news.mark_read else _marked(page, visit)


def _told_when(request: DoorRequest, said: list[tuple[Said, str]]) -> list[tuple[str, str, str]]:
    """What was said: how long ago, its text, its language."""
    return [(ago(request, one.time), text, getattr(one.document, "language", "")) for one, text in said]


def text_of(said: Said) -> str:
    """The text of a message."""
    return said.document.text if isinstance(said.document, Message) else ""


def _marked(page: HttpResponse, visit: Visit) -> HttpResponse:
    """The page, once it is noted that all that is new was shown."""
    # It stays new (shown once more is better than not at all), or all of it was erased meanwhile.
    with suppress(NothingHere, *NOT_KEPT):
        actions.mark_read(visit=visit)
    return page


@with_code
def news(request: DoorRequest, code: bytes) -> HttpResponse:
    """All that is new, where it was too long for the page inside."""
    visit = request.door.visit(code)
    history, conversation = visit.history, visit.conversation
    if history is None or conversation is None:
        return show_first(request)
    found = rules.news(history, conversation, request.door.now)
    said = _told_when(request, [(one, text_of(one)) for one in found.fresh])
    page = show(request, "news", here="front:news", carry=carry_on(code), news=said)
    return _marked(page, visit) if found.mark_read else page


@with_code
def more(request: DoorRequest, code: bytes) -> HttpResponse:
    """What lies a step further: a code forced out of somebody must not show at once that it is there."""
    conversation = request.door.visit(code).conversation
    if conversation is None:
        return show_first(request)
    return show(
        request, "more", here="front:more", carry=carry_on(code), letters=bool(conversation.letters),
        written=bool(rules.thread(conversation)), answered=bool(conversation.consent),
        erase_by=erase_by(request, conversation),
    )  # fmt: skip


def erase_by(request: DoorRequest, conversation: Conversation) -> str:
    """Until which day all is erased; nothing where it was not asked for."""
    asked = conversation.erase_asked
    return day(request, asked + ERASE) if asked is not None else ""


def _has_questions(conversation: Conversation) -> bool:
    return bool(rules.unanswered(conversation)) and conversation.adult is not False


def _next(request: DoorRequest, conversation: Conversation) -> str:
    due = conversation.next_check_in
    return exact(request, due) if due is not None else ""


def _waits(count: int) -> str:
    """How many letters wait, in words; nothing where none does."""
    said = ngettext("%(count)s letter waits for you", "%(count)s letters wait for you", count)
    return said % {"count": number(count)} if count else ""


def _every(conversation: Conversation) -> str:
    hours = rules.every_hours(conversation)
    said = ngettext("After that, every hour.", "After that, every %(count)s hours.", hours)
    return said % {"count": number(hours)} if hours else ""


@with_code
def older(request: DoorRequest, code: bytes) -> HttpResponse:
    """The whole thread: a further step, for a code forced out of somebody must not show it at once."""
    conversation = request.door.visit(code).conversation
    if conversation is None:
        return show_first(request)
    said = [(one.by_person, exact(request, one.time), one.document) for one in rules.thread(conversation)]
    return show(request, "older", here="front:older", carry=carry_on(code), thread=said)


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
        return room(request, code, visit, failed=True)
    return room(request, code, request.door.visit(code), told=how)


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
        return room(request, code, visit, failed=True)
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
    carry = carry_on(code)
    if conversation.adult is False:
        return show(request, "under_age", here="front:agree", carry=carry)
    if not left:
        return room(request, code, visit, told="agreed" if told else "")
    carry["purpose"] = left[0]
    if not rules.may_agree(conversation, adult):
        return show(request, "age", here="front:agree", carry=carry)
    return show(request, "agree", here="front:agree", carry=carry | {"adult": "yes"}, purpose=left[0])


@with_code
def agreed(request: DoorRequest, code: bytes) -> HttpResponse:
    """What was agreed to, each purpose by itself, and each to be taken back or answered again."""
    conversation = request.door.visit(code).conversation
    return _agreed(request, code, conversation) if conversation else show_first(request)


@with_code
def withdraw(request: DoorRequest, code: bytes) -> HttpResponse:
    """A yes to one purpose is taken back; the others stand."""
    visit = request.door.visit(code)
    conversation, purpose = visit.conversation, request.POST.get("purpose", "")
    if conversation is None:
        return show_first(request)
    if not conversation.agreed(purpose):
        return _agreed(request, code, conversation)
    nonce = secrets.token_bytes(16)
    try:
        actions.answer_consent(
            door=request.door, code=code, nonce=nonce, purpose=purpose, given=False, adult=None
        )
    except NOT_KEPT:
        return room(request, code, visit, failed=True)
    return _agreed(request, code, request.door.visit(code).conversation or conversation, taken_back=True)


def _agreed(
    request: DoorRequest, code: bytes, conversation: Conversation, *, taken_back: bool = False
) -> HttpResponse:
    names = {
        "service": _("You keep what I write, to help me."),
        "figures": _("You count me, without my name."),
        "share": _("You ask others to help me."),
    }
    said = [(purpose, names[purpose], given) for purpose, given in rules.answered(conversation)]
    return show(
        request, "agreed", here="front:agreed", carry=carry_on(code), answers=said,
        under_age=conversation.adult is False, taken_back=taken_back,
    )  # fmt: skip


@with_code
def forget(request: DoorRequest, code: bytes) -> HttpResponse:
    """Forget what I wrote: first the consequence in words, then done."""
    visit = request.door.visit(code)
    if visit.conversation is None:
        return show_first(request)
    if "sure" not in request.POST:
        return show(request, "forget", here="front:forget", carry=carry_on(code))
    try:
        count = actions.forget_words(door=request.door, code=code)
    except NOT_KEPT:
        return room(request, code, visit, failed=True)
    return show(request, "forgotten", here="front:inside", carry=carry_on(code), count=count)


@with_code
def erase(request: DoorRequest, code: bytes) -> HttpResponse:
    """Erase everything: first the consequence in words, then done. Without a case all goes at once; with one the
    person's words go now, and the rest waits for two people.
    """
    visit = request.door.visit(code)
    conversation = visit.conversation
    if conversation is None:
        return only_erase(request, code) or show_first(request)
    has_case = conversation.cover is not None
    if "sure" not in request.POST:
        by = day(request, request.door.now + ERASE) if has_case else ""
        left = request.door.testimony(code).left is not None
        return show(request, "erase", here="front:erase", carry=carry_on(code), erase_by=by, left=left)
    try:
        if has_case:
            actions.ask_erasure(door=request.door, code=code)
            return room(request, code, request.door.visit(code), told="erasing")
        actions.erase(door=request.door, code=code)
    except NOT_KEPT:
        return room(request, code, visit, failed=True)
    return render(request, "front/erased.html")
