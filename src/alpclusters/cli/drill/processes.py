"""What the system says of a process: its children, its memory, its processor time. Linux only."""

import contextlib
import os
from pathlib import Path

_MODULE = b"alpclusters.live"


def children_of(process: int) -> dict[str, int]:
    """Return the numbers of a supervisor's processes by what they are: ``live``, ``site`` ..."""
    found = {}
    for number in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        words = _command_line(number)
        if _MODULE in words[:-1]:
            found[words[words.index(_MODULE) + 1].decode()] = int(number)
    return found


def _command_line(number: str) -> list[bytes]:
    # A process can end between the list of children and this look at it.
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    return []


def memory_mb(process: int) -> float:
    """Return the resident memory of a process of this machine, in MiB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def worked_s(process: int) -> float:
    """Return the processor time a process of this machine has used, in seconds."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
