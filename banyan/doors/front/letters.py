"""Letters of other desks: each opened by one tap, answered where only those who asked can read it."""

import secrets
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import get_language

from banyan.cases.asked import DoorRequest
from banyan.cases.visit import NoSuchLetter, Opened, Posted, Visit
from banyan.doors.front import actions, rules, waiting
from banyan.doors.front.forms import MoneyWord, Names, OwnWords
from banyan.doors.front.inside import room
from banyan.doors.front.posted import NOT_KEPT, ago, carry_on, exact, nonce_in, show, show_first, with_code
from banyan.language import times
from banyan.language.money import MoneyFault, format_amount

FORMS: dict[str, type[Form]] = {"names": Names, "question": OwnWords, "money": MoneyWord}
Send = Callable[[Visit, bytes], Posted]


@with_code
def letters(request: DoorRequest, code: bytes) -> HttpResponse:
    """All letters, by whom and when; each is opened by itself."""
    visit = request.door.visit(code)
    conversation = visit.conversation
    if conversation is None:
        return show_first(request)
    found = visit.letters()
    lines = [(one.name.hex(), waiting.LINES[one.kind], exact(request, one.time)) for one in reversed(found)]
    return show(
        request, "letters", here="front:letters", carry=carry_on(code), lines=lines,
        unopened=waiting.unopened(found, conversation), money=any(one.kind == "money" for one in found),
    )  # fmt: skip


@with_code
def money(request: DoorRequest, code: bytes) -> HttpResponse:
    """All money as a table: for which month, how much, and whether the person said that they have it."""
    visit = request.door.visit(code)
    conversation = visit.conversation
    if conversation is None:
        return show_first(request)
    rows = [
        (_month(one), _amount(one), waiting.said_to(one, conversation) is not None)
        for one in visit.letters() if one.kind == "money"
    ]  # fmt: skip
    return show(
        request,
        "money",
        here="front:money",
        carry=carry_on(code),
        rows=rows,
        now=exact(request, request.door.now),
    )


@with_code
def letter(request: DoorRequest, code: bytes) -> HttpResponse:
    """One letter; with `send` its answer is kept, and the page says so."""
    visit = request.door.visit(code)
    one = waiting.find(visit.letters(), request.POST.get("letter", ""))
    if visit.conversation is None:
        return show_first(request)
    if one is None:
        return room(request, code, visit, told="no_letter")
    if "send" in request.POST and waiting.takes(one):
        return _answer(request, code, visit, one)
    form = FORMS[one.kind](initial=request.POST.dict()) if one.kind in FORMS else None
    page = _page(request, code, visit, one, form=form)
    if one.name not in visit.conversation.opened:
        try:
            actions.mark_opened(visit=visit, letter=one.name)
        except NOT_KEPT:
            return page  # it stays new: a line too many is better than none
    return page


def _answer(request: DoorRequest, code: bytes, visit: Visit, one: Opened) -> HttpResponse:
    form = FORMS[one.kind](request.POST) if one.kind in FORMS else None
    if form is not None and not form.is_valid():
        return _page(request, code, visit, one, form=form, status=422)
    send = _sending(request, visit, one, form)
    if send is None:
        return _page(request, code, visit, one, form=form)
    try:
        send(visit, nonce_in(request))
    except NoSuchLetter:
        return room(request, code, request.door.visit(code), told="no_letter")
    except NOT_KEPT:
        return _page(request, code, request.door.visit(code), one, form=form, failed=True, status=503)
    return _page(request, code, visit, one, form=form, told=request.POST["send"])


def _sending(request: DoorRequest, visit: Visit, one: Opened, form: Form | None) -> Send | None:
    """How this answer is kept, or None for one that this letter does not take."""
    said = request.POST["send"]
    if isinstance(form, OwnWords):
        name, words = getattr(form, "name", None), form.cleaned_data["words"]
        return lambda visit, nonce: actions.tell(visit=visit, nonce=nonce, letter=one, name=name, words=words)
    if isinstance(form, MoneyWord):
        word = form.cleaned_data["word"]
        return lambda visit, nonce: actions.say_received(visit=visit, nonce=nonce, letter=one, word=word)
    if one.kind == "way":
        return _yes_or_no(visit, one, said)
    if one.kind == "word" and said in waiting.WORDS:
        anew = rules.said_anew(nonce_in(request), request.door.now)
        return lambda visit, _nonce: actions.give_word(visit=visit, nonce=anew, letter=one, how=said)  # type: ignore[arg-type]
    return None


def _yes_or_no(visit: Visit, one: Opened, said: str) -> Send | None:
    """A yes only to the plan that stands now. A no is always heard, also from an old page; twice it is the same."""
    conversation = visit.conversation
    if conversation is None:
        return None
    if said == "yes" and waiting.holds(visit.letters(), one):
        return lambda visit, nonce: actions.answer_plan(visit=visit, nonce=nonce, letter=one, yes=True)
    if said == "no" and waiting.last_yes_or_no(conversation) != "no":
        anew = secrets.token_bytes(16)
        return lambda visit, _nonce: actions.answer_plan(visit=visit, nonce=anew, letter=one, yes=False)
    return None


def _page(
    request: DoorRequest, code: bytes, visit: Visit, one: Opened, *, form: Form | None, told: str = "",
    failed: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The letter with its text, what was last answered, and what can be answered now."""
    conversation, found = visit.conversation, visit.letters()
    if conversation is None:
        return show_first(request)
    said = waiting.said_to(one, conversation)
    writes = not told and (said is None or "anew" in request.POST or status != 200)
    carry = (
        carry_on(code) | {"letter": one.name.hex()} | ({"anew": "1"} if writes and said is not None else {})
    )
    context: dict[str, Any] = {
        "one": one.letter, "when": ago(request, one.time), "takes": waiting.takes(one), "said": said,
        "form": form if writes else None, "told": told, "failed": failed, "holds": waiting.holds(found, one),
        "newest": [each.name.hex() for each in found if each.kind == one.kind][-1],
        "month": _month(one), "amount": _amount(one),
    }  # fmt: skip
    if one.kind == "word":
        due, last = waiting.next_word(one.letter, conversation), waiting.last_word(conversation)
        context |= {
            "due": exact(request, due) if due is not None else "",
            "missed": due is not None and due < request.door.now,
            "last": last and last[1], "last_when": ago(request, last[0]) if last else "",
        }  # fmt: skip
    name = f"letter_{one.kind}"
    return show(request, name, here="front:letter", carry=carry, status=status, **context)


def _month(one: Opened) -> str:
    try:
        return times.month(one.letter.month)
    except ValueError:
        return ""


def _amount(one: Opened) -> str:
    """The amount as it is read; nothing where the letter names none that can be meant."""
    if one.letter.amount is None:
        return ""
    try:
        return format_amount(one.letter.amount, one.letter.currency, get_language() or "en")
    except MoneyFault:
        return ""
