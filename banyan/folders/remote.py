"""The hub as a peer, over HTTPS or Tor. It never logs, follows no redirect, keeps no cookie, and reads no more
than an answer may have.
"""

import ipaddress
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from time import monotonic
from urllib.parse import urlsplit

import requests
import urllib3
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from banyan.folders import wire
from banyan.folders.given import Ids, Summary
from banyan.folders.peers import Placed, Pushed
from banyan.sealing.faults import SealingFault
from banyan.sealing.format import R, Record
from banyan.sealing.keys import Keys

CONNECT, ONION_CONNECT, SILENCE, LONGEST = 10, 60, 30, 300  # seconds
PIECE = 64 * 1024
REFUSED = {
    "who": _("The hub does not take these keys. They may be frozen or replaced: ask somebody of the office."),
    "clock": _("The clocks of this laptop and of the hub are too far apart."),
    "again": _("The hub has seen this very request before."),
    "shape": _("The hub does not understand this desk: one of the two needs a newer version."),
    "size": _("The hub takes less at once than this desk sent."),
    "seat": _("The hub takes this only from members with another seat."),
}


class PeerFault(Exception):
    """The hub could not be united with. The words are made for the person at the desk."""

    def __init__(self, words: "str | Promise") -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)


class Unreachable(PeerFault):
    """No answer, or none that can be read. Trying again later is right."""


class RefusedByHub(PeerFault):
    """The hub answered no. `what` is one of `wire.Refusal.what`."""

    def __init__(self, what: str) -> None:
        super().__init__(REFUSED[what])
        self.what = what


class HttpPeer:
    """The hub at `url` (such as https://hub.example or http://....onion), for the member who holds `keys`.

    `proxy` is a `socks5h://` address, needed for an onion. Raises `Unreachable` where the address may not be
    used: plain HTTP leaves no machine but through Tor.
    """

    def __init__(self, url: str, keys: Keys, clock: Callable[[], datetime], proxy: str | None = None) -> None:
        self.url = _checked(url, proxy)
        self.keys = keys
        self.clock = clock
        self.offset = timedelta()
        onion = (urlsplit(self.url).hostname or "").endswith(".onion")
        self._timeout = (ONION_CONNECT if onion else CONNECT, SILENCE)
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.clear()
        self.session.headers["Accept-Encoding"] = "identity"
        self.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        if proxy:
            self.session.proxies = {"http": proxy, "https": proxy}

    def summary(self) -> Summary:
        """The fingerprints of all that this member is given."""
        return self._ask("summary", wire.AskSummary(), Summary)

    def ids(self, prefixes: bytes) -> Ids:
        """The ids under these first bytes."""
        return self._ask("ids", wire.AskIds(prefixes=prefixes), Ids)

    def fetch(self, ids: Sequence[bytes]) -> tuple[bytes, ...]:
        """The items with these ids, as many as the hub gives at once."""
        return self._ask("fetch", wire.AskFetch(ids=tuple(ids)), wire.Items).items

    def push(self, datas: Sequence[bytes]) -> Pushed:
        """Hand items over."""
        return self._ask("push", wire.AskPush(items=tuple(datas)), Pushed)

    def place(self, link: bytes) -> Placed:
        """Put a link at the head of the roster, if it follows."""
        return self._ask("place", wire.AskPlace(link=link), Placed)

    def duty(self, on: bool) -> None:
        """Say whether this member is on duty."""
        self._ask("duty", wire.AskDuty(on=on), wire.Done)

    def aside(self, folders: Sequence[bytes], *, back: bool = False) -> None:
        """Say which conversations were put aside as junk, or taken back; at most 1024 at once."""
        self._ask("aside", wire.AskAside(folders=tuple(folders), back=back), wire.Done)

    def _ask(self, path: str, question: Record, kind: type[R]) -> R:
        """The hub's answer. A clock that is off is allowed for once, by the time that the hub told."""
        body = wire.pack(question)
        status, answer = self._post(path, body)
        if status != 200:
            refusal = _unpacked(answer, wire.Refusal)
            if refusal.what != "clock":
                raise RefusedByHub(refusal.what)
            self.offset = _time(refusal.time) - self.clock()
            status, answer = self._post(path, body)
            if status != 200:
                raise RefusedByHub(_unpacked(answer, wire.Refusal).what)
        return _unpacked(answer, kind)

    def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        url = f"{self.url}/sync/{path}"
        signed = wire.sign_request(self.keys, url, body, created=self.clock() + self.offset)
        try:
            with self.session.post(
                url,
                data=body,
                headers=signed.headers,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                return response.status_code, _read(response)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
            raise Unreachable(_("The hub does not answer. What you write is kept on this laptop.")) from None


def clock_words(offset: timedelta) -> str:
    """What to tell somebody whose clock is `offset` behind the hub's; empty within two minutes."""
    minutes = round(abs(offset.total_seconds()) / 60)
    if minutes < 2:
        return ""
    many, hours = minutes, round(minutes / 60)
    if minutes < 90:
        slow = ngettext(
            "This laptop's clock is %(n)d minute slow.", "This laptop's clock is %(n)d minutes slow.", many
        )
        fast = ngettext(
            "This laptop's clock is %(n)d minute fast.", "This laptop's clock is %(n)d minutes fast.", many
        )
    else:
        many = hours
        slow = ngettext(
            "This laptop's clock is %(n)d hour slow.", "This laptop's clock is %(n)d hours slow.", many
        )
        fast = ngettext(
            "This laptop's clock is %(n)d hour fast.", "This laptop's clock is %(n)d hours fast.", many
        )
    return (slow if offset > timedelta() else fast) % {"n": many}


def _checked(url: str, proxy: str | None) -> str:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    if not host or parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/"):
        raise Unreachable(_("This is not the address of a hub."))
    onion = host.endswith(".onion")
    if proxy is not None and not proxy.startswith("socks5h://"):
        raise Unreachable(_("Tor is reached by an address that begins with socks5h://"))
    if onion and proxy is None:
        raise Unreachable(_("An onion address needs Tor, and this desk was not told where Tor is."))
    if parts.scheme != "https" and not (parts.scheme == "http" and (onion or _loopback(host))):
        raise Unreachable(_("The hub's address must begin with https:// or be an onion address."))
    return f"{parts.scheme}://{parts.netloc}"


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _read(response: requests.Response) -> bytes:
    """The whole body, in pieces, within a size and a time. Nothing is unpacked: a small answer stays small."""
    pieces, size, end = [], 0, monotonic() + LONGEST
    while piece := response.raw.read(PIECE, decode_content=False):
        size += len(piece)
        if size > wire.LARGEST_BODY or monotonic() > end:
            raise Unreachable(_("The hub's answer is longer than answers are."))
        pieces.append(piece)
    return b"".join(pieces)


def _unpacked(body: bytes, kind: type[R]) -> R:
    try:
        return wire.unpack(body, kind)
    except SealingFault:
        raise Unreachable(
            _("What answered is no hub of this programme, or its answer was damaged.")
        ) from None


def _time(milliseconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise Unreachable(
            _("What answered is no hub of this programme, or its answer was damaged.")
        ) from None
