"""Giving up every right: limits of the kernel, then a list of the few calls that are left.

Whatever is not on the list ends the process at once. Nothing can be opened, connected, started or
made executable afterwards, by whatever code; there is no way back.
"""

from __future__ import annotations

import ctypes
import os
import resource

from banyan.cleaning.limits import Limits

LIBRARY = "libseccomp.so.2"

KILL_PROCESS, ALLOW = 0x80000000, 0x7FFF0000
ENOSYS, EACCES = 0x00050000 | 38, 0x00050000 | 13
ACT_BADARCH, CTL_TSYNC, MASKED_EQ = 2, 4, 7
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, SIGKILL = 1, 4, 38, 9
PROT_EXEC = 4
M_ARENA_MAX = -8

# Memory and its locks, the clock, the end.
FREE = (
    "brk",
    "munmap",
    "mremap",
    "madvise",
    "futex",
    "sched_yield",
    "sched_getaffinity",
    "clock_gettime",
    "gettimeofday",
    "rt_sigreturn",
    "restart_syscall",
    "exit",
    "exit_group",
)
# A call, which of its arguments is looked at, under which mask, and what it must be.
BOUND = (
    ("read", 0, ~0, 0),
    ("write", 0, ~0, 1),
    ("write", 0, ~0, 2),
    ("mmap", 2, PROT_EXEC, 0),
    ("mprotect", 2, PROT_EXEC, 0),
)
# One library cannot do without a thread of its own. A thread is let be made by the flags that make a thread and
# nothing else; the newer call hides its flags from the kernel's filter, so it is said not to exist.
A_THREAD = 0x003D0F00
FREE_WITH_THREADS = ("gettid", "rt_sigprocmask", "set_robust_list", "rseq")
BOUND_WITH_THREADS = (("clone", 0, ~0, A_THREAD),)


class NoSandbox(Exception):
    """The kernel or the library refused: nothing may be decoded here."""


class _Argument(ctypes.Structure):
    _fields_ = [
        ("arg", ctypes.c_uint),
        ("op", ctypes.c_int),
        ("datum_a", ctypes.c_uint64),
        ("datum_b", ctypes.c_uint64),
    ]


def alone() -> None:
    """One processor and one heap, before any library looks how many threads it could start."""
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processors[os.getpid() % len(processors)]})
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def lock(limits: Limits) -> None:
    """Gives up everything but reading 0, writing 1 and 2, and `limits` of memory and time. Raises NoSandbox."""
    try:
        seccomp = _library()
        _limit(limits)
    except (OSError, ValueError, AttributeError) as refused:
        raise NoSandbox from refused
    kernel = ctypes.CDLL(None, use_errno=True)
    for option, value in ((PR_SET_PDEATHSIG, SIGKILL), (PR_SET_DUMPABLE, 0), (PR_SET_NO_NEW_PRIVS, 1)):
        _need(kernel.prctl(option, value, 0, 0, 0))
    _filter(seccomp, limits)


def _limit(limits: Limits) -> None:
    os.nice(5)  # the door comes before files
    if not limits.threads:  # the kernel counts threads of all the user's processes here
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    # At the soft limit the kernel says why it ends a process; at the hard one it only ends it.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.processor, limits.processor + 1))
    for what, value in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (value, value))


def _filter(seccomp: ctypes.CDLL, limits: Limits) -> None:
    """The list, for every thread that is there."""
    rules = seccomp.seccomp_init(KILL_PROCESS)
    if not rules:
        raise NoSandbox
    _need(seccomp.seccomp_attr_set(rules, ACT_BADARCH, KILL_PROCESS))
    _need(seccomp.seccomp_attr_set(rules, CTL_TSYNC, 1))

    def add(action: int, name: str, *arguments: _Argument) -> None:
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:  # a call that this kind of processor does not have needs no rule
            argument = ctypes.byref(arguments[0]) if arguments else None
            _need(seccomp.seccomp_rule_add_array(rules, action, number, len(arguments), argument))

    for name in FREE + (FREE_WITH_THREADS if limits.threads else ()):
        add(ALLOW, name)
    for name, which, mask, value in BOUND + (BOUND_WITH_THREADS if limits.threads else ()):
        add(ALLOW, name, _Argument(which, MASKED_EQ, mask & 0xFFFFFFFFFFFFFFFF, value))
    if limits.threads:
        add(ENOSYS, "clone3")
    if limits.told_no:
        add(EACCES, "openat")
        add(EACCES, "open")
    _need(seccomp.seccomp_load(rules))


def _library() -> ctypes.CDLL:
    seccomp = ctypes.CDLL(LIBRARY)
    seccomp.seccomp_init.argtypes = (ctypes.c_uint32,)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    seccomp.seccomp_attr_set.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32)
    seccomp.seccomp_syscall_resolve_name.argtypes = (ctypes.c_char_p,)
    seccomp.seccomp_rule_add_array.argtypes = (
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_void_p,
    )
    seccomp.seccomp_load.argtypes = (ctypes.c_void_p,)
    return seccomp


def _need(result: int) -> None:
    if result != 0:
        raise NoSandbox
