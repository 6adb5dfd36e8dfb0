"""What tor is told. Every line stands here with its reason."""

from __future__ import annotations

from collections.abc import Collection

from banyan.house.onion.place import OnionPlace

# Visitors that are let in a second, those who worked most for it first: two processors serve some 23 who come, take
# their words, write and send.
POW_RATE, POW_BURST = 20, 200
# What an introduction point passes on to us. With proof of work it only bounds a flood that pays nothing: a low limit
# would drop honest people and junk alike. Without it, it is all there is, and these are tor's own numbers.
INTRO_WITH_POW, INTRO_ALONE = (200, 1000), (25, 200)
STAFF_BEGINS, STAFF_ENDS = "# The staff begins", "# The staff ends"
STREAMS = 16  # connections of one visitor at a time


def text(
    place: OnionPlace, *, modules: Collection[str], online: bool, owner: int, extra: Collection[str] = ()
) -> str:
    """The configuration. `modules` are those of this tor; `owner` is the process without which tor ends. `extra` lines
    are for test networks alone.
    """
    lines = [
        "# Written by `banyan hub --onion` at each start: changes are lost.",
        f"DataDirectory {_quoted(place.folder / 'data')}",
        f"DisableNetwork {int(not online)}",
        f"__OwningControllerProcess {owner}",
        f"ControlPort unix:{_quoted(place.control)}",
        "CookieAuthentication 1",
        f"CookieAuthFile {_quoted(place.cookie)}",
        # it serves and does nothing else: no proxy for others, no relay
        "SocksPort 0",
        "ClientOnly 1",
        # what tor says goes to the hub, without addresses
        "SafeLogging 1",
        "Log notice stdout",
        # never the fast ways that show where the hub is
        "HiddenServiceNonAnonymousMode 0",
        "HiddenServiceSingleHopMode 0",
        "VanguardsLiteEnabled 1",
        *_service(place, "door"),
        *_against_floods("pow" in modules),
        STAFF_BEGINS,
        *_service(place, "staff"),
        *_limit(*INTRO_ALONE),
        STAFF_ENDS,
        *extra,
    ]
    return "\n".join(lines) + "\n"


def without_staff(told: str) -> str:
    """The same configuration without the staff's service."""
    before, begins, rest = told.partition(STAFF_BEGINS)
    _, ends, after = rest.partition(STAFF_ENDS)
    if not (begins and ends):
        raise ValueError("no configuration of ours")
    return before + after


def _service(place: OnionPlace, name: str) -> list[str]:
    return [
        f"HiddenServiceDir {_quoted(place.service(name))}",
        f"HiddenServicePort 80 unix:{_quoted(place.socket_of(name))}",
        f"HiddenServiceMaxStreams {STREAMS}",
    ]


def _against_floods(has_pow: bool) -> list[str]:
    if not has_pow:
        return _limit(*INTRO_ALONE)
    return [
        "HiddenServicePoWDefensesEnabled 1",
        f"HiddenServicePoWQueueRate {POW_RATE}",
        f"HiddenServicePoWQueueBurst {POW_BURST}",
        *_limit(*INTRO_WITH_POW),
    ]


def _limit(rate: int, burst: int) -> list[str]:
    return [
        "HiddenServiceEnableIntroDoSDefense 1",
        f"HiddenServiceEnableIntroDoSRatePerSec {rate}",
        f"HiddenServiceEnableIntroDoSBurstPerSec {burst}",
    ]


def _quoted(path: object) -> str:
    return f'"{path}"'
