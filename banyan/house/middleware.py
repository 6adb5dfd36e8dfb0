"""What every request passes: headers, the address it was sent to, its size, its language.

All are functions; none reads a body, sets a cookie or logs.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port, validate_host
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from banyan.house import pages, wording
from banyan.house.parts import assets
from banyan.house.serving import even

Answer = Callable[[HttpRequest], HttpResponseBase]

# `same-origin` and not `no-referrer`: with the latter browsers post `Origin: null`, which is refused.
STRICT = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Where there are scripts. A page without any can ask for none of these.
OF_SCRIPTS = {"Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()"}
FENCE = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
DESK_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    f"connect-src 'self'; {FENCE}"
)


def door_headers(get_response: Answer) -> Answer:
    """Strict headers at the hub: no script, one style known by its hash, nothing kept."""
    # `data:` for the empty icon in the page: without one every browser asks for /favicon.ico, a request more.
    door_csp = f"default-src 'none'; style-src '{assets.door_style_hash()}'; img-src data:; {FENCE}"
    return _headers(get_response, {**STRICT, "Content-Security-Policy": door_csp})


def desk_headers(get_response: Answer) -> Answer:
    """Strict headers at a desk: script and style from the desk's own address only, nothing kept."""
    return _headers(get_response, {**STRICT, **OF_SCRIPTS, "Content-Security-Policy": DESK_CSP})


def _headers(get_response: Answer, headers: dict[str, str]) -> Answer:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)  # a page may be stricter
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def door_even(get_response: Answer) -> Answer:
    """Every page leaves in one of few lengths, and no two answers to posts differ up to the second of them.

    A page that was asked for by its bare address repeats nothing of its request and holds nothing that
    only some may read: it is compressed whole. All others are compressed where they are the same for
    everybody. Sync has its own measure.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and not request.path_info.startswith("/sync/"):
            _make_even(request, response)
        return response

    return answer


def _make_even(request: HttpRequest, response: HttpResponse) -> None:
    body, kind = response.content, response.headers.get("Content-Type", "")
    if not kind.startswith(("text/html", "text/plain", "application/json")):
        return  # a file of the public figures, the same for everybody
    public = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    least = 0 if request.method in ("GET", "HEAD") else even.OF_A_POST
    if _takes_gzip(request):
        response.content = even.gzipped([(True, body)] if public else even.parts(body), least)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = even.filled(body, 2 * least)
    response.headers["Content-Length"] = str(len(response.content))


def _takes_gzip(request: HttpRequest) -> bool:
    taken = request.headers.get("Accept-Encoding", "").replace(" ", "").split(",")
    return any(one.partition(";")[0] == "gzip" and not one.endswith(("q=0", "q=0.0")) for one in taken)


def known_host(get_response: Answer) -> Answer:
    """Answer to the hub's own names only, at whatever port: another gets one line that says nothing."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        host, _port = split_domain_port(request.headers.get("Host", ""))
        if not host or not validate_host(host, settings.ALLOWED_HOSTS):
            return HttpResponse("Not here.", status=421, content_type="text/plain")
        return get_response(request)

    return answer


def door_language(get_response: Answer) -> Answer:
    """The language of the address; at the bare address the first one that the browser asks for."""
    wording.put_on()

    def answer(request: HttpRequest) -> HttpResponseBase:
        first = request.path_info.lstrip("/").partition("/")[0]
        spoken = first if first in dict(settings.LANGUAGES) else _asked_for(request)
        with translation.override(spoken):
            return get_response(request)

    return answer


def _asked_for(request: HttpRequest) -> str:
    for asked, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(asked)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def body_limit(get_response: Answer) -> Answer:
    """Refuse with 413 a body that is longer than its path takes, before reading any of it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        fitting = [prefix for prefix in settings.BODY_LIMITS if request.path_info.startswith(prefix)]
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return pages.error(request, _side(), 400)
        if int(length) > settings.BODY_LIMITS[max(fitting, key=len)]:
            return pages.error(request, _side(), 413)
        return get_response(request)

    return answer


def _side() -> str:
    return "desk" if settings.ROOT_URLCONF.endswith("desk") else "door"


def own_posts_only(get_response: Answer) -> Answer:
    """Refuse a form that another site's page sends to the door.

    It could not read anything, but it could bring a person into a conversation whose code the
    other site holds, and they would write there. Programs (sync) send neither header and pass.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        said = (request.headers.get(name) for name in ("Sec-Fetch-Site", "Origin", "Host"))
        if request.method not in ("GET", "HEAD") and is_from_elsewhere(*said):
            return pages.error(request, "door", 403)
        return get_response(request)

    return answer


def is_from_elsewhere(site: str | None, origin: str | None, host: str | None) -> bool:
    """Whether another site's page sent this, by what a browser says of it in `Sec-Fetch-Site` or `Origin`."""
    if site is not None:
        return site not in ("same-origin", "none")
    try:
        return origin is not None and urlsplit(origin).netloc != host
    except ValueError:  # no address at all
        return True


def desk_address(get_response: Answer) -> Answer:
    """Answer only to the desk's own names and port, and to pages that came from there.

    Any page in the same browser can send requests to loopback, and a name that somebody points at
    127.0.0.1 would let it read the answers (rebinding). 421: not this address; 403: not your form.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        host = request.headers.get("Host", "")
        if host not in _own_hosts(request):
            return HttpResponse(
                "This desk does not answer to that address.", status=421, content_type="text/plain"
            )
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{host}":
            return HttpResponse(
                "This desk takes forms only from its own pages.", status=403, content_type="text/plain"
            )
        return get_response(request)

    return answer


def _own_hosts(request: HttpRequest) -> set[str]:
    port = request.META["SERVER_PORT"]
    bare = set(settings.DESK_HOSTS) if port == "80" else set()
    return bare | {f"{name}:{port}" for name in settings.DESK_HOSTS}
