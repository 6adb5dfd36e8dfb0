"""How much memory this process needed."""

import sys


def memory_mb() -> int:
    """The most memory that this process ever had, in MB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource  # not on every system

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)
