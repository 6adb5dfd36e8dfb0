"""Which of the hub's addresses answers what: the door's everything but the sync, the staff's the sync alone.

Whatever is asked at the wrong address is asked for a page that does not exist, and gets the answer of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from banyan.house.serving.lanes import Ready, Spot
    from banyan.house.serving.quick import Quick

Application = Callable[..., Iterable[bytes]]
SYNC = "/sync/"
NOWHERE = "/nowhere"


def door_only(application: Application, host: str) -> Application:
    """What the door's socket answers, at this host."""
    return _gate(application, host, lambda path: not path.startswith(SYNC))


def sync_only(application: Application, host: str) -> Application:
    """What the staff's socket answers, at this host."""
    return _gate(application, host, lambda path: path.startswith(SYNC))


def _gate(application: Application, host: str, answered: Callable[[str], bool]) -> Application:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = str(environ.get("HTTP_HOST", "")).lower().removesuffix(":80")
        if asked != host or not answered(str(environ.get("PATH_INFO", ""))):
            environ = {**environ, "PATH_INFO": NOWHERE, "HTTP_HOST": host}
        return application(environ, start_response)

    return answer


class DoorFront:
    """The door's front without the sync: whoever asks for it waits where all wait who ask for no page, and gets the
    very answer of those, and no more of what they send is read than of any other.
    """

    takes_sync = False

    def __init__(self, front: Quick) -> None:
        self.front = front
        self.at_once, self.no_place, self.crowded = front.at_once, front.no_place, front.crowded

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """What has its turn."""
        return self.front(environ, start_response)

    def sort(self, request: Any) -> Ready | Spot:
        """A cheap answer, or where the request waits."""
        if request.path.startswith(SYNC):
            request.path = NOWHERE
        return self.front.sort(request)
