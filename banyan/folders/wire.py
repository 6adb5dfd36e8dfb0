"""What travels between a desk and the hub: records in padded bodies, each request signed by its member.

Requests carry an HTTP message signature (RFC 9421) by the member's Ed25519 key over method, authority, path,
digest and type of the body, with the time, the member's id, a nonce and a tag. Bodies are multiples of 16 KiB,
so that a length says little. There is one spelling of everything, and verification raises.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
)
from http_message_signatures.algorithms import ED25519

from banyan.folders.given import PREFIXES
from banyan.folders.peers import MOST_ASKED, MOST_PUSHED, Words
from banyan.sealing.faults import Damaged, Forged, SealingFault
from banyan.sealing.format import Bytes32, Count, R, Record, read, write
from banyan.sealing.keys import Keys, PublicKeys
from banyan.sealing.padding import CLASSES, pad, unpad

TAG = "banyan-sync"
TYPE = "application/octet-stream"  # a stranger who knocks is not told whose protocol this is
COVERED = ("@method", "@authority", "@path", "content-digest", "content-type")
PARAMETERS = {"created", "keyid", "nonce", "tag"}
WINDOW = timedelta(minutes=15)
LATEST = 2**35  # a year that a date can still hold
STEP = 16 * 1024
LARGEST_BODY = CLASSES[-1] + 64 * STEP  # one item of the largest class, or any batch


class ClockOff(SealingFault):
    """A request whose signature holds and whose time is too far from the hub's."""


class AskSummary(Record, frozen=True):
    """For the fingerprints of all that the member is given."""


class AskIds(Record, frozen=True):
    """For the ids under some first bytes."""

    prefixes: Annotated[bytes, msgspec.Meta(max_length=PREFIXES)]


class AskFetch(Record, frozen=True):
    """For items by their ids."""

    ids: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=MOST_ASKED)]


class Items(Record, frozen=True):
    """Some items: what a fetch brings, and what a push carries."""

    items: Annotated[tuple[bytes, ...], msgspec.Meta(max_length=MOST_ASKED)]


class AskPush(Record, frozen=True):
    """Items to be taken in."""

    items: Annotated[tuple[bytes, ...], msgspec.Meta(max_length=MOST_PUSHED)]


class AskPlace(Record, frozen=True):
    """A link to be put at the head of the roster."""

    link: bytes


class AskDuty(Record, frozen=True):
    """Whether the member is on duty."""

    on: bool


class AskAside(Record, frozen=True):
    """Conversations that the member put aside as junk, or, with `back`, took back."""

    folders: Annotated[tuple[Bytes32, ...], msgspec.Meta(max_length=MOST_ASKED)]
    back: bool


class Done(Record, frozen=True):
    """That something was done and there is nothing to say of it."""


What = Literal["who", "clock", "again", "shape", "size", "seat"]


class Refusal(Record, frozen=True):
    """Why a request was refused, and the hub's time in milliseconds since 1970."""

    what: What
    words: Words
    time: Count


@dataclass
class Request:
    """What is signed of a request, on either side."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who signed a request, when and with which nonce."""

    member: bytes
    created: datetime
    nonce: bytes


def pack(record: Record) -> bytes:
    """A body: the record, padded to a multiple of 16 KiB."""
    data = write(record)
    return pad(data, _padded(len(data)))


def unpack(body: bytes, kind: type[R]) -> R:
    """The record of a body. Raises `Damaged` for anything else than its one spelling."""
    if not body or len(body) > LARGEST_BODY:
        raise Damaged("a body of a length that bodies do not have")
    data = unpad(body)
    if len(body) != _padded(len(data)):
        raise Damaged("a body padded otherwise than bodies are")
    return read(data, kind)


def _padded(length: int) -> int:
    return -(-(length + 4) // STEP) * STEP


def sign_request(keys: Keys, url: str, body: bytes, *, created: datetime) -> Request:
    """A POST of `body` to `url`, signed by `keys`: its headers are those to be sent."""
    request = Request("POST", url, {"Content-Type": TYPE})
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_Own(keys))
    signer.sign(
        request,
        key_id=keys.id.hex(),
        created=created,
        nonce=secrets.token_hex(16),
        label="member",
        tag=TAG,
        include_alg=False,
        covered_component_ids=COVERED,
        body=body,
    )
    return request


def check_request(
    request: Request, body: bytes, find: Callable[[bytes], PublicKeys | None], now: datetime
) -> Asked:
    """Who signed the request. Raises `Forged` unless all of it is signed by keys that `find` knows (by their
    16-byte id), and `ClockOff` where it was signed more than 15 minutes from `now`.
    """
    asked = who_signed(request, find, body)
    if abs(now - asked.created) > WINDOW:
        raise ClockOff("the clocks of desk and hub are too far apart")
    return asked


def who_signed(
    request: Request, find: Callable[[bytes], PublicKeys | None], body: bytes | None = None
) -> Asked:
    """Who signed the headers of a request, whenever they did; with a body, also that it is the one they signed. Raises
    `Forged`.
    """
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=_Known(find))
    try:
        results = verifier.verify(
            request, max_age=None, expect_tag=TAG, require_components=COVERED, body=body
        )
    except InvalidSignature:
        raise Forged("the request is not signed by a member, or was changed on its way") from None
    if (
        len(results) != 1
        or set(results[0].parameters) != PARAMETERS
        or len(results[0].covered_components) != 6
    ):
        raise Forged("a request signed otherwise than requests are")
    said = results[0].parameters
    created = datetime.fromtimestamp(min(int(said["created"]), LATEST), UTC)
    return Asked(_hex(said["keyid"], 16), created, _hex(said["nonce"], 16))


def _hex(text: int | str, length: int) -> bytes:
    try:
        data = bytes.fromhex(str(text))
    except ValueError:
        data = b""
    if len(data) != length or data.hex() != text:
        raise Forged("a request signed otherwise than requests are")
    return data


class _Verifier(HTTPMessageVerifier):
    """Leaves the time to `check_request`, which has a clock of its own and asks only of a signature that holds."""

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        created = sig_input.params.get("created")
        if type(created) is not int or created < 0:
            raise InvalidSignature("no time of signing")


class _Own(HTTPSignatureKeyResolver):
    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self.keys.signing_key


class _Known(HTTPSignatureKeyResolver):
    def __init__(self, find: Callable[[bytes], PublicKeys | None]) -> None:
        self.find = find

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        keys = self.find(_hex(key_id, 16))
        return Ed25519PublicKey.from_public_bytes(keys.signing) if keys else None
