"""An account for a court: the warning first, then what the person agrees to, then their words.

Only those who keep testimony read it; those who answer here do not, and help never depends on it. It is not shown at
the door again: a code that was forced out of somebody must not tell what they saw.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from banyan.cases.allowance import why_not
from banyan.cases.asked import DoorRequest
from banyan.cases.folders.testimony import PURPOSES
from banyan.cases.visit import Visit
from banyan.doors.front import actions
from banyan.doors.front.forms import AccountForm
from banyan.doors.front.posted import NOT_KEPT, carry_on, exact, nonce_in, show, show_first, with_code

CHANGES = {f"{use} {answer}": (use, answer == "yes") for use in PURPOSES for answer in ("yes", "no")}


@with_code
def testimony(request: DoorRequest, code: bytes) -> HttpResponse:
    """What it is and what it may cost; whoever left one before finds when, and can change or erase it."""
    conversation = request.door.visit(code).conversation
    if conversation is None:
        return only_erase(request, code) or show_first(request)
    if conversation.adult is False:
        under_age = show(request, "under_age", here="front:testimony", carry=carry_on(code))
        return only_erase(request, code, beside=True) or under_age
    step = request.POST.get("step", "")
    if step == "write" and request.door.keeps_testimony():
        return _write(request, code)
    if step == "erase" or "change" in request.POST:
        return _change(request, code)
    return _first(request, code)


def only_erase(request: DoorRequest, code: bytes, *, beside: bool = False) -> HttpResponse | None:
    """What was left can be erased, and nothing else: for who is under 18, and where no conversation is `beside` it any
    more. None where nothing was left.
    """
    visit = request.door.testimony(code)
    if visit.left is None:
        return None
    if request.POST.get("step") != "erase" or "sure" not in request.POST:
        return _sure(request, code, alone=not beside)
    try:
        actions.erase_testimony(visit=visit)
    except NOT_KEPT:
        return _sure(request, code, alone=not beside, failed=True)
    return _first(request, code, told="erased") if beside else render(request, "front/erased.html")


def _sure(request: DoorRequest, code: bytes, *, alone: bool = False, failed: bool = False) -> HttpResponse:
    return show(
        request, "testimony_erase", here="front:testimony", carry=carry_on(code) | {"step": "erase"}, alone=alone,
        failed=failed, status=503 if failed else 200,
    )  # fmt: skip


def _first(request: DoorRequest, code: bytes, *, told: str = "", failed: bool = False) -> HttpResponse:
    left = request.door.testimony(code).left
    return show(
        request, "testimony", here="front:testimony", carry=carry_on(code), told=told, failed=failed,
        court=request.door.keeps_testimony(), left=exact(request, left.began) if left and left.began else "",
        uses=[(purpose, left.agreed(purpose)) for purpose in PURPOSES] if left and left.agreements else [],
        status=503 if failed else 200,
    )  # fmt: skip


def _write(request: DoorRequest, code: bytes) -> HttpResponse:
    carry = carry_on(code) | {"nonce": nonce_in(request).hex(), "step": "write"}
    if "send" not in request.POST:
        return show(request, "account", here="front:testimony", carry=carry, form=AccountForm())
    form = AccountForm(request.POST)
    if not form.is_valid():
        return show(request, "account", here="front:testimony", carry=carry, form=form, status=422)
    try:
        actions.leave_account(
            door=request.door, code=code, nonce=nonce_in(request), text=form.cleaned_data["account"],
            uses=form.uses(), language=get_language() or "en",
        )  # fmt: skip
    except NOT_KEPT as fault:
        why = why_not(fault)
        return show(
            request, "account", here="front:testimony", carry=carry, form=form, not_kept=why, status=503
        )
    return _first(request, code, told="left")


def _change(request: DoorRequest, code: bytes) -> HttpResponse:
    visit = request.door.testimony(code)
    if visit.left is None:
        return _first(request, code)
    try:
        return _done(request, code, visit)
    except NOT_KEPT:
        return _first(request, code, failed=True)


def _done(request: DoorRequest, code: bytes, visit: Visit) -> HttpResponse:
    """A use is agreed to or taken back; or, once the person is sure, all of it is erased."""
    change = CHANGES.get(request.POST.get("change", ""))
    if change is not None:
        actions.agree_to_use(visit=visit, use=change[0], given=change[1])
        return _first(request, code, told="changed")
    if "sure" not in request.POST:
        return _sure(request, code)
    actions.erase_testimony(visit=visit)
    return _first(request, code, told="erased")
