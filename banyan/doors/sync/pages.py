"""The seven addresses of the members' door.

They carry no CSRF token: a request counts by its signature alone, which no browser makes.
"""

from typing import Protocol, TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from banyan.doors.sync import actions
from banyan.doors.sync.callers import Refused, caller
from banyan.folders import wire
from banyan.folders.membership import Member
from banyan.folders.store import Store
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import R, Record

Ask = TypeVar("Ask", bound=Record, contravariant=True)


class Action(Protocol[Ask]):
    """What is done once it is known who asks for what."""

    def __call__(self, *, store: Store, member: Member, ask: Ask) -> Record:
        """The answer. Raises `Refused`."""


@csrf_exempt
def summary(request: HttpRequest) -> HttpResponse:
    """The fingerprints of what the member is given."""
    return _answer(request, wire.AskSummary, actions.tell_summary)


@csrf_exempt
def ids(request: HttpRequest) -> HttpResponse:
    """The ids under some first bytes."""
    return _answer(request, wire.AskIds, actions.tell_ids)


@csrf_exempt
def fetch(request: HttpRequest) -> HttpResponse:
    """Items by their ids."""
    return _answer(request, wire.AskFetch, actions.give)


@csrf_exempt
def push(request: HttpRequest) -> HttpResponse:
    """Items to be kept."""
    return _answer(request, wire.AskPush, actions.take)


@csrf_exempt
def place(request: HttpRequest) -> HttpResponse:
    """A link for the head of the roster."""
    return _answer(request, wire.AskPlace, actions.place)


@csrf_exempt
def duty(request: HttpRequest) -> HttpResponse:
    """Whether the member is on duty."""
    return _answer(request, wire.AskDuty, actions.say_duty)


@csrf_exempt
def aside(request: HttpRequest) -> HttpResponse:
    """Which conversations are junk, and may be dropped when room is short."""
    return _answer(request, wire.AskAside, actions.say_aside)


def _answer(request: HttpRequest, kind: type[Ask], act: Action[Ask]) -> HttpResponse:
    store = Store()
    try:
        body = _body(request)
        member = caller(request, body, store, store.clock())
        answer, status = act(store=store, member=member, ask=_read(body, kind)), 200
    except Refused as refused:
        time = int(store.clock().timestamp() * 1000)
        answer, status = wire.Refusal(what=refused.what, words=refused.words, time=time), refused.status
    return HttpResponse(wire.pack(answer), status=status, content_type=wire.TYPE)


def _body(request: HttpRequest) -> bytes:
    """The body, after its length was looked at."""
    if request.method != "POST" or request.META.get("QUERY_STRING"):
        raise Refused(405, "shape", "Only posts without a query are answered here.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > wire.LARGEST_BODY:
        raise Refused(413, "size", "At most 1 MiB of items at once, or one larger item alone.")
    return request.body


def _read(body: bytes, kind: type[R]) -> R:
    try:
        return wire.unpack(body, kind)
    except SealingFault:
        raise Refused(400, "shape", "This is not a question that this hub knows.") from None
