"""What is read of a request before the application is asked: a few hidden fields, its language, whether it takes gzip.

No address, cookie or name of a browser is looked at: over Tor they say nothing, and elsewhere they must not be known.
"""

import binascii
import re
from functools import lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from banyan.doors.front import rules
from banyan.doors.front.codewords import plain_code
from banyan.folders.wire import Request
from banyan.house.middleware import is_from_elsewhere
from banyan.house.settings_shared import KIB
from banyan.sealing.faults import WrongCode

LOOKED_AT = 16 * KIB  # of a body: hidden fields come first
MOST_LOOKED_AT, MOST_FIELDS = 12, 200  # fields, to sort a form and to give it back
MOST_KEPT_TEXT = 128 * KIB  # a longer form is longer than a message can be

_FIELD = re.compile(rb"(?:^|&)(code|ticket|words|again)=([^&]*)")
_PART = re.compile(rb'name="(code|ticket|again)"\r\n\r\n([^\r]{0,200})\r\n')


def language_of(request: Any) -> str:
    """The language of the address, else the first one that the browser asks for."""
    first = request.path.lstrip("/").partition("/")[0]
    if first in dict(settings.LANGUAGES):
        return str(first)
    return _asked_for(request.headers.get("ACCEPT_LANGUAGE", "")[:100])


@lru_cache(maxsize=512)
def _asked_for(header: str) -> str:
    for asked, _ in parse_accept_lang_header(header):
        try:
            return get_supported_language_variant(asked)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def takes_gzip(request: Any) -> bool:
    """Whether the browser takes a compressed answer."""
    taken = request.headers.get("ACCEPT_ENCODING", "").replace(" ", "").split(",")
    return any(one.partition(";")[0] == "gzip" and not one.endswith(("q=0", "q=0.0")) for one in taken)


@lru_cache(maxsize=64)
def is_one_of(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether the name that was asked for is one of the hub's own."""
    name, _port = split_domain_port(host)
    return bool(name) and validate_host(name, hosts)


def from_elsewhere(request: Any) -> bool:
    """Whether another site's page sent this form."""
    return is_from_elsewhere(*(request.headers.get(name) for name in ("SEC_FETCH_SITE", "ORIGIN", "HOST")))


def signed(request: Any) -> Request:
    """What a member signs of a request, as far as its header says it."""
    headers = {name.replace("_", "-").title(): value for name, value in request.headers.items()}
    return Request(request.command, f"https://{headers.get('Host', '')}{request.path}", headers)


def _beginning(request: Any, most: int) -> bytes:
    stream = request.get_body_stream()
    stream.seek(0)
    data: bytes = stream.read(most)
    stream.seek(0)
    return data


def fields_of(request: Any) -> dict[str, str]:
    """What is needed of a form to sort it."""
    found = _PART if is_parts(request) else _FIELD
    said = islice(found.finditer(_beginning(request, LOOKED_AT)), MOST_LOOKED_AT)
    return {one[1].decode(): _decoded(one[2]) for one in said}


def is_parts(request: Any) -> bool:
    """Whether a form may carry files."""
    return str(request.headers.get("CONTENT_TYPE", "")).startswith("multipart/form-data")


def all_fields(request: Any) -> list[tuple[str, str]] | None:
    """All of a form, to give it back; None for one that is too long, or that carries files."""
    data = _beginning(request, MOST_KEPT_TEXT + 1)
    if len(data) > MOST_KEPT_TEXT or is_parts(request):
        return None
    if data.count(b"&") >= MOST_FIELDS:
        return []
    pairs = (pair.partition(b"=") for pair in data.split(b"&") if pair)
    return [(_decoded(name), _decoded(value)) for name, _, value in pairs]


def _decoded(data: bytes) -> str:
    """What a browser encoded, as `unquote_plus` reads it, at the speed of quoted-printable, which is the same but for
    its sign: whoever sends a long text must not hold up the one thread that sorts.
    """
    quoted = data.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")
    return binascii.a2b_qp(quoted).decode(errors="replace")


def code_in(fields: dict[str, str]) -> bytes:
    """The code that a form carries or that was typed; nothing where it is none."""
    try:
        if "code" in fields:
            return rules.uncarried(fields["code"])
    except WrongCode:
        return b""
    return plain_code(fields.get("words", "")) or b""
