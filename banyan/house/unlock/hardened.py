"""What the system offers against reading this process: no core dump, and no other program attached to it.

Linux has both, macOS the first, Windows neither; where there is nothing the desk works all the same. An
administrator of the machine can always read it: see docs/PROMISES.md.
"""

import ctypes
import sys

PR_SET_DUMPABLE = 4


def harden() -> None:
    """Ask for what there is. Never raises."""
    _no_core_dump()
    if sys.platform.startswith("linux"):
        try:
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        except (OSError, AttributeError):
            return


def _no_core_dump() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return
