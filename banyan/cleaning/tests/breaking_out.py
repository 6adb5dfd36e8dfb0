"""A worker that locks itself in as the real one does, and then tries to get out. Only tests start it."""

import ctypes
import mmap
import os
import resource
import signal
import socket
import threading
from collections.abc import Callable

from banyan.cleaning.frame import MARK, frame
from banyan.cleaning.limits import limits_of
from banyan.cleaning.worker import locks, start

OUT = frame("text/plain; charset=utf-8", b"out")
REFUSED = frame("too_large")


def _forever():
    while True:
        pass


def _flood():
    while True:
        os.write(1, bytes(1 << 16))


def _thread():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


ATTEMPTS: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "open": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "write a file": lambda: os.open("/tmp/escaped", os.O_WRONLY | os.O_CREAT),
    "look": lambda: os.lstat("/"),
    "list": lambda: os.scandir("/"),
    "socket": socket.socket,
    "pair": socket.socketpair,
    "fork": os.fork,
    "thread": _thread,
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "kill": lambda: os.kill(os.getppid(), signal.SIGTERM),
    "trace": lambda: ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0),
    "code": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC),
    "another pipe": os.pipe,
    "read elsewhere": lambda: os.read(1, 1),
    "write elsewhere": lambda: os.write(0, b"a"),
    "sleep": lambda: __import__("time").sleep(1),
    "limits": lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
    "memory": lambda: bytearray(3 << 30),
    "forever": _forever,
    "flood": _flood,
    "longer than said": lambda: start.say(MARK + b"\6" + (9).to_bytes(8, "big") + b"short"),
    "nonsense": lambda: start.say(b"nonsense"),
    "unknown answer": lambda: start.say(MARK + b"\xff" + bytes(8)),
    "silence": lambda: os._exit(0),
}


def main(said):
    """`kind:attempt`; reads the file first unless the attempt is not to listen."""
    kind, _, attempt = said.partition(":")
    if attempt == "no library":
        locks.LIBRARY = "libnothing.so.0"
        start.main(kind)
    if attempt == "not listening":
        signal.pause()
    locks.alone()
    _thread()  # as a library that is tried once before the lock does
    locks.lock(limits_of(kind)._replace(processor=1))
    start.read()
    try:
        ATTEMPTS[attempt]()
    except MemoryError:
        start.say(frame("too_many_pixels"))
    except OSError:
        start.say(REFUSED)
    start.say(OUT)
