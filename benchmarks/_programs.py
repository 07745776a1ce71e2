"""Run the program as its users do and see what it needs."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


class BenchmarkError(Exception):
    """The measured program failed; the text ends with what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program: seconds by the clock and of the processor, peak memory in MB."""

    wall: float
    cpu: float
    peak_mb: float

    def as_figures(self) -> dict[str, float]:
        """Round to what the measurement can tell."""
        return {
            "wall_s": round(self.wall, 2),
            "cpu_s": round(self.cpu, 2),
            "peak_mb": round(self.peak_mb),
        }


def run_program(*arguments: str, home: Path) -> Run:
    """Run ``alpclusters ARGUMENTS`` in a process of its own and measure it.

    Raises
    ------
    BenchmarkError
        The program did not end with status 0.
    """
    environment = os.environ | {"ALPCLUSTERS_HOME": str(home)}
    command = [sys.executable, "-P", "-m", "alpclusters", *arguments]
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        said = log.read().decode(errors="replace")
    if process.returncode:
        message = f"alpclusters {' '.join(arguments)}: status {process.returncode}: {said[-2000:]}"
        raise BenchmarkError(message)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _units_per_mb())


def _units_per_mb() -> int:
    return 2**20 if sys.platform == "darwin" else 2**10
