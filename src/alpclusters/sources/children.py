"""A child process with limits: one module of ours, bytes or a file in, bytes out.

What comes from outside is decoded there: a crash, a loop or a greedy file ends the child alone.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any, Final

WALL_CLOCK_S: Final = 10
# The child imports a few small modules of ours, nothing else.
_START: Final = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from alpclusters.sources.{module} import main; main(*sys.argv[1:])"
)
# A program with threads takes one: a pool for many processors would not fit the address space.
_ENVIRONMENT: Final = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "RAYON_NUM_THREADS": "1"}


def run_child(module: str, data: bytes) -> bytes:
    """Hand bytes to ``main`` of a module in `alpclusters.sources` and return what it writes.

    Parameters
    ----------
    module : str
        Its name; its ``main`` sets limits, reads standard input and writes standard output.
    data : bytes

    Returns
    -------
    bytes
        Nothing if the child died, failed or took longer than 10 seconds.
    """
    try:
        with tempfile.TemporaryDirectory() as empty:
            done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
                _command(module),
                input=data,
                capture_output=True,
                timeout=WALL_CLOCK_S,
                check=False,
                **_alone(empty),
            )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""


class ChildError(Exception):
    """A child gave no answer.

    Attributes
    ----------
    is_late : bool
        It took longer than it may; else it died or failed.
    """

    def __init__(self, *, is_late: bool) -> None:
        super().__init__(is_late)
        self.is_late = is_late


def read_with_child(module: str, path: Path, *arguments: str, wall_clock_s: float) -> bytes:
    """Hand an open file to ``main`` of a module and return what it writes.

    The answer goes through a file, not a pipe, so that the limit of the child for the size of
    files holds for it as well.

    Parameters
    ----------
    module : str
        As in `run_child`.
    path : Path
    *arguments : str
        Of its ``main``.
    wall_clock_s : float

    Raises
    ------
    ChildError
    """
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryFile() as answer:
        with path.open("rb") as file:
            _wait_for([*_command(module), *arguments], file, answer, empty, wall_clock_s)
        answer.seek(0)
        return answer.read()


def _wait_for(
    command: list[str], file: IO[bytes], answer: IO[bytes], empty: str, wall_clock_s: float
) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
            command,
            stdin=file,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=wall_clock_s,
            check=False,
            **_alone(empty),
        )
    except subprocess.TimeoutExpired as error:
        raise ChildError(is_late=True) from error
    if done.returncode:
        # The system ends a child by this signal when its processor time is used up.
        raise ChildError(is_late=done.returncode == -getattr(signal, "SIGXCPU", 0))


def _command(module: str) -> list[str]:
    root = str(Path(__file__).resolve().parents[2])
    return [sys.executable, "-I", "-c", _START.format(root=root, module=module)]


def _alone(empty: str) -> dict[str, Any]:
    """Where and how a child runs: in an empty folder, without our environment and our files."""
    return {
        "cwd": empty,
        "env": {**_ENVIRONMENT, **_windows_needs()},
        "close_fds": True,
        "start_new_session": True,
    }


def _windows_needs() -> dict[str, str]:
    """Windows does not start a process without this variable."""
    root = os.environ.get("SYSTEMROOT")
    return {"SYSTEMROOT": root} if root else {}
