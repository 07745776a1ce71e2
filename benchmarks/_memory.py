"""Peak memory of this process; nothing but the standard library, for scripts of peers too."""

import resource
import sys
from pathlib import Path
from typing import Final

STATUS: Final = Path("/proc/self/status")


def peak_mb() -> float:
    """Return the greatest resident memory so far.

    ``ru_maxrss`` may hold the peak of the process that started this one, so Linux is asked
    for the peak of this program alone.
    """
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
