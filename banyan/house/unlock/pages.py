"""The pages of unlocking, locking, drafts and sync."""

import time
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banyan.cases.desk import Desk
from banyan.house.cli import places
from banyan.house.cli.refused import Refused
from banyan.house.rooms import rooms_of
from banyan.house.unlock import locking, opening
from banyan.house.unlock.drafts import Drafts
from banyan.house.unlock.forms import Unlock
from banyan.house.unlock.sitting import Sitting, here
from banyan.sealing import phrases
from banyan.sealing.faults import SealingFault, WrongPhrase
from banyan.sealing.keys import Keys

AFTER_A_WRONG_PHRASE = 1.0  # seconds
NO_FIELDS = ("csrfmiddlewaretoken", "key", "whole")
LONGEST_KEY = 200


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """The first address: unlock, wait while the desk opens, or today's work."""
    sitting = here()
    if sitting is None or sitting.open:
        return _to_work(request, sitting)
    if sitting.opening:
        return _opening(request, sitting)
    if sitting.spent:
        return _say_and_end(request, sitting)
    return _ask(request, sitting, _form(sitting))


def _to_work(request: HttpRequest, sitting: Sitting | None) -> HttpResponse:
    held = sitting.hand_back() if sitting is not None else []
    if held:
        return render(request, "unlock/held.html", {"held": held, "onward": _first_desk(request)})
    return HttpResponseRedirect(_first_desk(request))


def _first_desk(request: HttpRequest) -> str:
    desk: Desk | None = getattr(request, "desk", None)
    me = desk.me if desk else None
    return rooms_of(me.seats if me else ())[0].url


def _opening(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    done, total = sitting.step
    response = render(request, "unlock/opening.html", {"done": done, "total": total, "name": sitting.name})
    response.headers["Refresh"] = "1"
    return response


def _say_and_end(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Say why a desk did not open, and end: whoever unlocks next gets a process that never saw these keys."""
    response = _ask(request, sitting, _form(sitting))
    locking.lock(sitting)
    return response


def _form(sitting: Sitting, data: object = None) -> Unlock:
    members = places.desks(sitting.home)
    chosen = sitting.name or sitting.wanted or (members[0] if len(members) == 1 else "")
    form = Unlock(data, members=members, initial={"member": chosen})
    if len(members) > 1 and not chosen:
        form.fields["phrase"].widget.attrs.pop("autofocus", None)
    return form


def _ask(request: HttpRequest, sitting: Sitting, form: BaseForm, status: int = 200) -> HttpResponse:
    members = places.desks(sitting.home)
    context = {"form": form, "members": members, "problem": sitting.problem, "held": len(sitting.held)}
    return render(request, "unlock/unlock.html", context, status=status)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Take a phrase. A wrong one is answered in words, a second later, and never shown again."""
    sitting = here()
    if request.method != "POST" or sitting is None or sitting.open or sitting.opening or sitting.spent:
        return HttpResponseRedirect("/")
    form = _form(sitting, request.POST)
    if form.is_valid():
        name, sitting.problem = form.cleaned_data["member"], ""
        keys = _keys(sitting, name, form.cleaned_data["phrase"])
        if keys is not None:
            opening.begin(sitting, name, keys)
            return HttpResponseRedirect("/")
        sitting.name = name
        form = _form(sitting, {"member": name})
        form.errors.clear()
        if not sitting.problem:
            words = _("These words do not open this desk. Look at each word and type them again.")
            form.add_error("phrase", words)
        time.sleep(AFTER_A_WRONG_PHRASE)
    return _ask(request, sitting, form, status=422)


def _keys(sitting: Sitting, name: str, phrase: str) -> Keys | None:
    try:
        data = places.read_file(places.desk_dir(sitting.home, name) / places.KEYS, "The member's keys")
        return phrases.unlock(data, phrase)
    except WrongPhrase:
        return None
    except (Refused, SealingFault):
        sitting.problem = _("The file with this member's keys is damaged. Bring it back from a copy.")
        return None


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock: the process ends, and a fresh one that knows nothing asks for a phrase."""
    sitting = here()
    if sitting is not None:
        locking.lock(sitting)
    return HttpResponseRedirect("/")


@require_POST
def sync_now(request: HttpRequest) -> HttpResponse:
    """Sync at once, beside this page, and go back to where one was."""
    sitting = here()
    if sitting is not None and sitting.open:
        sitting.sync.busy = sitting.sync.busy or bool(sitting.hub)
        sitting.wake.set()
    return HttpResponseRedirect(_back(request))


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed, sealed: `key` names the form, `text` is what it holds; with `whole` all its fields are kept.
    With `next` go there.
    """
    drafts: Drafts | None = getattr(request, "drafts", None)
    key, text = request.POST.get("key", ""), request.POST.get("text", "")
    if "whole" in request.POST:
        text = urlencode([one for one in request.POST.lists() if one[0] not in NO_FIELDS], doseq=True)
    if drafts is None or not key or len(key) > LONGEST_KEY:
        return HttpResponseBadRequest()
    try:
        drafts.save(key, text)
    except OSError:
        return HttpResponse(status=507)
    return HttpResponseRedirect(_back(request)) if "next" in request.POST else HttpResponse(status=204)


def _back(request: HttpRequest) -> str:
    onward = request.POST.get("next", "/")
    safe = onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return onward if safe else "/"
