"""How much memory a process took at most."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path


def most_memory() -> int:
    """Of this process so far, in KiB. What ``resource`` tells of a process begins with what the one
    before its ``exec`` had taken, and that is pytest."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return taken >> 10 if sys.platform == "darwin" else taken
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1])
