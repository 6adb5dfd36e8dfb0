"""Who asks: from a request to an active member of the roster, or a refusal."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from django.http import HttpRequest

from banyan.doors.sync import rules
from banyan.doors.sync.nonces import Nonces
from banyan.folders import wire
from banyan.folders.items import Item, Sort
from banyan.folders.membership import Member, Roster, fold
from banyan.folders.store import Store
from banyan.sealing.faults import SealingFault
from banyan.sealing.keys import Keys, PublicKeys

STRANGER = "This hub does not know the sender as an active member."
LONGEST_SIGNATURE = 1000  # signs of the two headers together; they have some 350
_nonces = Nonces()


@dataclass
class Refused(Exception):
    """A request that gets no answer but this: the status, and why in a word and in a sentence."""

    status: int
    what: wire.What
    words: str


@lru_cache(maxsize=4)
def _folded(links: tuple[Item, ...]) -> Roster:
    """A hundred links take some thirty milliseconds to check: once is enough for the same links."""
    return fold(links)


def roster_of(store: Store) -> Roster:
    """The roster at this hub. Raises a `SealingFault` where no programme was founded here."""
    return _folded(tuple(sorted(store.public(Sort.LINK), key=lambda item: item.id)))


def caller(request: HttpRequest, body: bytes, store: Store, now: datetime) -> Member:
    """The member who signed this request. Raises `Refused`."""
    try:
        roster = roster_of(store)
        asked = wire.check_request(_signed(request), body, lambda ident: _keys(roster, ident), now)
    except wire.ClockOff:
        raise Refused(403, "clock", "The clocks of desk and hub are more than 15 minutes apart.") from None
    except SealingFault:
        raise Refused(403, "who", STRANGER) from None
    if not _nonces.take(asked, now):
        raise Refused(409, "again", "This request was seen before.")
    return roster.members[asked.member]


def signer(request: wire.Request, roster: Roster) -> wire.Asked | None:
    """By whom a request says that it is, if the signature over its headers is that active member's: asked before it has
    a place, and long before its body is looked at. A member whom nobody knows takes as long as one who did not sign.
    """
    said = [value for name, value in request.headers.items() if name.startswith("Signature")]
    if sum(map(len, said)) > LONGEST_SIGNATURE:
        return None
    try:
        return wire.who_signed(request, lambda ident: _keys(roster, ident) or _nobody())
    except SealingFault:
        return None


@cache
def _nobody() -> PublicKeys:
    return Keys.generate().public


def _keys(roster: Roster, ident: bytes) -> PublicKeys | None:
    member = roster.members.get(ident)
    return member.keys if member is not None and rules.may_sync(member) else None


def _signed(request: HttpRequest) -> wire.Request:
    """What the caller signed: the authority is the host that they meant, whatever stands between."""
    path = request.get_full_path()
    return wire.Request(request.method or "", f"https://{request.get_host()}{path}", dict(request.headers))
