"""The door before somebody is known: the first page, guidance, the code, the first message, coming back."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from banyan.cases.allowance import why_not
from banyan.cases.asked import DoorRequest
from banyan.doors.front import actions, rules
from banyan.doors.front.codewords import tried
from banyan.doors.front.forms import FirstLetter, Letter, Tried, Words
from banyan.doors.front.inside import enter
from banyan.doors.front.line import line, ticket_in
from banyan.doors.front.posted import NOT_KEPT, by_post, nonce_in, number, show, show_first, with_code
from banyan.language.pack import load_pack
from banyan.sealing import codes
from banyan.sealing.faults import WrongCode

# The pages of guidance, each its template and its address, in the order in which they are read.
GUIDES = {
    "next": _("What happens next?"),
    "who": _("Who reads it?"),
    "can": _("What can we do?"),
    "never": _("What do we never ask?"),
    "reach": _("How do you reach us safely?"),
    "phone": _("What stays on this phone?"),
    "clear": _("How do you clear this phone?"),
    "young": _("Are you under 18?"),
}
# Chromium keeps a page as it was left, with all that was typed, and gives it back to Back; but never one that was
# answered to a post, nor one with another status than 200. Browsers show 203 as they show 200 (docs/decisions/0014).
NOT_HELD = 203


def first(request: HttpRequest) -> HttpResponse:
    """What this is, in three steps."""
    return show_first(request)


def guide(request: HttpRequest, topic: str) -> HttpResponse:
    """One quiet page of guidance, which leads to the next."""
    order = [*GUIDES, ""]
    following = order[order.index(topic) + 1]
    said = {"following": following and reverse(f"front:{following}"), "title": GUIDES.get(following, "")}
    return render(request, f"front/{topic}.html", said)


@by_post
def words(request: DoorRequest) -> HttpResponse:
    """The code, made now and shown before anything is written: a lost answer must not lose it."""
    try:
        code = rules.uncarried(request.POST.get("code", ""))
    except WrongCode:
        code = codes.new_code()
    carry, digits = _of_the_code(request, code), _in_digits(request)
    said = [number(group) for group in codes.to_digits(code)] if digits else _spelt(code)
    return show(request, "words", here="front:words", carry=carry, words=said, digits=digits)


@with_code
def practise(request: DoorRequest, code: bytes) -> HttpResponse:
    """The code asked back once, from memory: says which are right by their place; nothing is sent on or kept."""
    typed = request.POST.get("words", "")
    right = tried(typed, code) if "check" in request.POST and typed.strip() else ()
    return show(
        request, "practise", here="front:practise", carry=_of_the_code(request, code), right=right,
        known=bool(right) and all(right), digits=_in_digits(request), form=Tried(initial={"words": typed}),
        empty="check" in request.POST and not typed.strip(),
    )  # fmt: skip


def _of_the_code(request: DoorRequest, code: bytes) -> dict[str, str]:
    shown = {"shown": "digits"} if _in_digits(request) else {}
    return {"code": rules.carried(code), **ticket_in(request), **shown}


def _in_digits(request: DoorRequest) -> bool:
    return request.POST.get("show", request.POST.get("shown")) == "digits"


def _spelt(code: bytes) -> Sequence[str]:
    """The words of the list that the pack names for the page's language."""
    return codes.to_words(code, load_pack().code_words(get_language() or "en"))


@with_code
def write(request: DoorRequest, code: bytes) -> HttpResponse:
    """The form, empty or as it was typed; with `send` what was typed is sent."""
    again = request.POST.get("again", "")
    made = Letter if again else FirstLetter
    nonce = nonce_in(request)
    carry = {"code": rules.carried(code), "nonce": nonce.hex(), "again": again and "1"}
    carry |= {} if again else ticket_in(request)
    if "send" not in request.POST:
        return show(request, "write", here="front:write", carry=carry, form=made(initial=request.POST.dict()))
    form = made(request.POST)
    if not form.is_valid():
        return show(request, "write", here="front:write", carry=carry, form=form, status=422)
    return _send(request, code, nonce, form, carry)


def _send(
    request: DoorRequest, code: bytes, nonce: bytes, form: Letter, carry: dict[str, str]
) -> HttpResponse:
    answers, language = form.answers(), get_language() or "en"
    try:
        posted = actions.send(door=request.door, code=code, nonce=nonce, answers=answers, language=language)
    except NOT_KEPT as fault:
        why = why_not(fault)
        return show(request, "write", here="front:write", carry=carry, form=form, not_kept=why, status=503)
    line().spend(request.POST.get("ticket", ""))
    return _sent(request, code, danger=answers.about.get("danger") is True, twice=not posted.new)


@with_code
def sent(request: DoorRequest, code: bytes) -> HttpResponse:
    """What happens next, once more (in another language)."""
    return _sent(request, code, danger="danger" in request.POST, twice=False)


def _sent(request: DoorRequest, code: bytes, *, danger: bool, twice: bool) -> HttpResponse:
    carry = {"code": rules.carried(code), "again": "1"} | ({"danger": "yes"} if danger else {})
    return show(request, "sent", here="front:sent", carry=carry, danger=danger, twice=twice)


def back(request: DoorRequest) -> HttpResponse:
    """The words in, and then inside. Wrong, unknown and erased words are answered alike; what is plainly no code
    is told so before the store is asked, and one slip of the hand is offered to be put right.
    """
    if request.method != "POST":
        return _back(request, Words(), status=NOT_HELD)
    form = Words(request.POST)
    if not {"open", "mean"} & set(request.POST):
        return _back(request, Words(initial=request.POST.dict()))
    if "mean" in request.POST and not form.is_valid() and form.typed.better:
        form = Words({"words": form.typed.better})
    if not form.is_valid() or form.typed.code is None:
        return _back(request, form)
    return enter(request, form.typed.code) or _back(request, form, wrong=True)


def _back(request: DoorRequest, form: Words, *, wrong: bool = False, status: int = 200) -> HttpResponse:
    return show(request, "back", here="front:back", carry={}, form=form, wrong=wrong, status=status)
