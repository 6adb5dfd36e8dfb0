"""The door before somebody is known: the first page, guidance, the code, the first message, coming back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from banyan.cases.asked import DoorRequest
from banyan.doors.front import actions, rules
from banyan.doors.front.forms import FirstLetter, Letter, Words
from banyan.doors.front.inside import enter
from banyan.doors.front.line import line, ticket_in
from banyan.doors.front.posted import NOT_KEPT, by_post, nonce_in, show, show_first, with_code
from banyan.language.pack import load_pack
from banyan.sealing import codes
from banyan.sealing.faults import WrongCode


def first(request: HttpRequest) -> HttpResponse:
    """What this is, in three steps."""
    return show_first(request)


def guide(request: HttpRequest, topic: str) -> HttpResponse:
    """One quiet page of guidance."""
    return render(request, f"front/{topic}.html")


@by_post
def words(request: DoorRequest) -> HttpResponse:
    """The code, made now and shown before anything is written: a lost answer must not lose it."""
    try:
        code = rules.uncarried(request.POST.get("code", ""))
    except WrongCode:
        code = codes.new_code()
    said = codes.to_words(code, load_pack().code_words(get_language() or "en"))
    carry = {"code": rules.carried(code), **ticket_in(request)}
    return show(request, "words", here="front:words", carry=carry, words=said)


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
    except NOT_KEPT:
        return show(request, "write", here="front:write", carry=carry, form=form, not_kept=True, status=503)
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
    """The words in, and then inside. Wrong, unknown and erased words are answered alike."""
    if request.method != "POST":
        return _back(request, Words())
    form = Words(request.POST)
    if "open" not in request.POST:
        return _back(request, Words(initial=request.POST.dict()))
    if not form.is_valid():
        return _back(request, form)
    try:
        entered = enter(request, rules.typed_code(form.cleaned_data["words"]))
    except WrongCode:
        entered = None
    return entered or _back(request, form, wrong=True)


def _back(request: DoorRequest, form: Words, *, wrong: bool = False) -> HttpResponse:
    return show(request, "back", here="front:back", carry={}, form=form, wrong=wrong)
