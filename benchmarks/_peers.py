"""Other programs for the same figures, in an environment of their own under .cache/peers.

``python -m benchmarks._peers`` builds it from a list with hashes. Nothing of it is part of the
program or of its environment; where it is absent, comparisons are skipped and say so.
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any, Final

from benchmarks._programs import BenchmarkError

HERE: Final = Path(__file__).resolve().parent
HOME: Final = HERE.parent / ".cache" / "peers"
WANTED: Final = HERE / "requirements-peers.txt"
ABSENT: Final = "not measured: no environment of the peers (python -m benchmarks._peers)"
LIMIT_S: Final = 600


def peers_python() -> Path | None:
    """Return the interpreter of the peers if their environment is complete and current."""
    python = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = HOME / "complete"
    is_current = mark.is_file() and mark.read_text(encoding="ascii") == _digest()
    return python if is_current and python.exists() else None


def build_peers() -> Path | None:
    """Build the environment unless it is there; None if the packages cannot be had."""
    if found := peers_python():
        return found
    venv.create(HOME, with_pip=True, clear=True)
    python = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # Of thousands of files few are imported: those are translated when they are.
    options = ["--quiet", "--no-compile", "--require-hashes"]
    command = [python, "-m", "pip", "install", *options, "-r", WANTED]
    try:
        subprocess.run(command, check=True, timeout=LIMIT_S, stdout=sys.stderr)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    (HOME / "complete").write_text(_digest(), encoding="ascii")
    return python


def run_script(python: Path | str, script: str, *arguments: str) -> dict[str, Any]:
    """Run one of our scripts on one thread and return the JSON object it prints.

    Raises
    ------
    BenchmarkError
        The script did not end with status 0.
    """
    one_thread = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    sources = {"PYTHONPATH": str(HERE.parent / "src")}
    done = subprocess.run(  # noqa: S603 - our own script
        [str(python), "-W", "ignore", str(HERE / script), *arguments],
        env=os.environ | one_thread | sources,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        message = f"{script}: status {done.returncode}: {done.stderr[-2000:]}"
        raise BenchmarkError(message)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _digest() -> str:
    return hashlib.sha256(WANTED.read_bytes()).hexdigest()


if __name__ == "__main__":
    raise SystemExit(0 if build_peers() else 1)
