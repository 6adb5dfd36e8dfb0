"""Jobs that are done at once, each in a process of its own; what they tell is heard as it comes.

A process is started anew on every system alike, so a job is a function of a module and plain arguments. Whatever
ends the work ends all of it: nobody plays on alone.
"""

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from banyan.house.cli.refused import Refused

SETTINGS = "banyan.house.settings_desk"
Tell = Callable[[Any], None]


@dataclass(frozen=True)
class Job:
    """A function that takes `tell` first, and what else it is given."""

    function: Callable[..., None]
    arguments: tuple[Any, ...]


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def set_up(folder: Path) -> None:
    """One process stands at the door and at the desks here, with a desk's settings."""
    os.environ["BANYAN_DESK_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


def do(jobs: Sequence[Job], heard: Tell, folder: Path) -> None:
    """Do all jobs and return when the last has ended. A single one is done in this process. `folder` is where the
    settings lie. Refused where a process ends by itself.
    """
    if len(jobs) == 1:
        jobs[0].function(heard, *jobs[0].arguments)
        return
    workers: dict[Connection, BaseProcess] = {}
    try:
        for job in jobs:
            pipe, process = _start(job, folder)
            workers[pipe] = process
        _hear(dict(workers), heard)
    finally:
        for pipe, process in workers.items():
            process.terminate()
            process.join()
            pipe.close()


def _start(job: Job, folder: Path) -> tuple[Connection, BaseProcess]:
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, job, folder), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _hear(working: dict[Connection, BaseProcess], heard: Tell) -> None:
    while working:
        for pipe in wait(list(working)):
            assert isinstance(pipe, Connection)  # noqa: S101 - nothing else was given to wait
            try:
                heard(pipe.recv())
            except EOFError:
                process = working.pop(pipe)
                process.join()
                if process.exitcode:
                    raise Refused(
                        f"A part of the play ended by itself (exit code {process.exitcode})."
                    ) from None


def _child(pipe: Connection, job: Job, folder: Path) -> None:
    """Ctrl-C is the parent's to hear; where the parent is gone there is nobody to work for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS  # a founding in the parent named the hub's
    set_up(folder)
    with suppress(BrokenPipeError):
        job.function(pipe.send, *job.arguments)
    pipe.close()
