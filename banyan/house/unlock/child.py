"""The child of `banyan desk`: it serves the unlock page, becomes one member's desk, and ends with the lock.

Its supervisor tells it one line of JSON on its standard input, then new one-time tokens; when that pipe closes the
supervisor is gone, and the child saves and ends. On its standard output it says `ready`, `used TOKEN`, and
`sat NAME` once somebody has unlocked.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from banyan.house.cli import places
from banyan.house.unlock import hardened

THREADS = 1  # one web thread gives steadier pages than several on one view


def main() -> None:
    """Serve until locked, told to end, or left alone. Ends the process."""
    hardened.harden()
    told = json.loads(sys.stdin.readline())
    taken = _listening(told)
    os.environ.setdefault("BANYAN_VIEW_NAME", f"view-{os.getpid()}")
    places.settle(Path(told["home"]))
    _serve(told, taken)


def _listening(told: dict[str, Any]) -> socket.socket:
    if told["fd"] is not None:
        return socket.socket(fileno=told["fd"])
    return places.listen(told["host"], told["port"], exactly=True)


def _serve(told: dict[str, Any], taken: socket.socket) -> None:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    from banyan.house.unlock import locking
    from banyan.house.unlock.answering import make_server
    from banyan.house.unlock.sitting import Sitting, sit

    sitting = Sitting(
        home=Path(told["home"]),
        cookie=told["cookie"],
        hub=told["hub"],
        wanted=told["name"],
        last=told["last"],
        idle_seconds=settings.IDLE_SECONDS,
        tokens=set(told["tokens"]),
        said=_say,
    )
    sit(sitting)
    server = make_server(get_wsgi_application(), taken, THREADS)
    sitting.stop_accepting = server.stop_accepting
    sitting.leave = partial(locking.leave, server)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    locking.watch(sitting)
    _follow_supervisor(sitting)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    _say("ready")
    server.run()
    locking.lock(sitting)
    locking.leave(server)


def _end(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _say(word: str) -> None:
    try:
        print(word, flush=True)
    except OSError:  # the supervisor is gone; its closed pipe ends us
        return


def _follow_supervisor(sitting: Any, lines: TextIO = sys.stdin) -> None:
    """Take new tokens as they come; when the pipe closes, lock."""
    from banyan.house.unlock import locking

    def follow() -> None:
        for line in lines:
            sitting.tokens.add(json.loads(line)["token"])
        locking.lock(sitting)

    threading.Thread(target=follow, name="following", daemon=True).start()


if __name__ == "__main__":
    main()
