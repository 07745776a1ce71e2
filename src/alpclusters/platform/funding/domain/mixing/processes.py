"""The parent of the process that computes a mix: hands the case over, listens, cancels, collects.

No Django here: the command line computes with the same function as the site.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Final

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.case_files import read_case, refuse_large
from alpclusters.platform.funding.domain.mixing.folders import CANCEL, CASE, RESULT, Asked
from alpclusters.platform.funding.domain.territory import territory

type Progress = Callable[[Mapping[str, Any]], object]
LISTENS_S: Final = 0.2
ENDS_WITHIN_S: Final = 20.0
# One thread each: the pools of the numerical libraries would take address space and no time off.
_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
_START: Final = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from alpclusters.platform.funding.domain.mixing.worker import main; main(sys.argv[1])"
)


class WorkerEndedError(AlpClustersError):
    """The process ended without a mix: killed, or above its limits of memory or time."""


def compute_mix(
    case_data: Mapping[str, Any],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    rejected: tuple[str, ...] = (),
    with_extras: bool = True,
    is_thorough: bool = False,
) -> dict[str, Any]:
    """Compute the best mix of a case in a process of its own.

    Parameters
    ----------
    case_data : mapping
        A case of the format ``alpclusters-case/1``; its ``solver.seed`` is the seed.
    progress : callable, optional
        Gets ``{phase, round, objective, bound, gap}`` (cents), at most four times a second.
    cancelled : callable, optional
        Asked some times a second; once it says yes the best mix so far is returned, its status
        ``cancelled``.
    rejected : tuple of str
        Offers that were refused (a scenario).
    with_extras : bool, default True
        Also alternatives and the scenarios without each large offer.
    is_thorough : bool, default False
        All of them, even where each takes long.

    Returns
    -------
    dict
        A mix of the format ``alpclusters-mix/1``.

    Raises
    ------
    CaseError
        The case is not one; nothing was started.
    WorkerEndedError
        The process was killed or came to a limit; there is no mix.
    """
    refuse_large(read_case(case_data, territory=territory()))
    asked = Asked(dict(case_data), rejected, with_extras=with_extras, is_thorough=is_thorough)
    return compute_asked(asked, progress=progress, cancelled=cancelled)


def compute_chances(case_data: Mapping[str, Any], mix: Mapping[str, Any]) -> dict[str, Any]:
    """Weigh the chances of a mix in a process of its own.

    Parameters
    ----------
    case_data : mapping
        The case of the mix.
    mix : mapping
        A mix of the format ``alpclusters-mix/1`` with something to apply for.

    Returns
    -------
    dict
        What `analysis.funding.chances` found, as JSON has it.

    Raises
    ------
    WorkerEndedError
        The process was killed or came to a limit.
    """
    return compute_asked(Asked(dict(case_data), weighed=tuple(mix["allocation"])))


def compute_joint(
    asked: Mapping[str, Any],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Weigh several cases together in a process of its own.

    Parameters
    ----------
    asked : mapping
        ``cases`` (``key``, ``data``) and ``same``: lists of (key, undertaking) that are one.
    progress, cancelled : callable, optional
        As for `compute_mix`.

    Returns
    -------
    dict
        An answer of the format ``alpclusters-joint/1``.

    Raises
    ------
    CaseError
        One of them is no case; nothing was started.
    StateError
        They cannot be weighed together.
    WorkerEndedError
        The process was killed or came to a limit.
    """
    # The solver is loaded only where something is computed.
    from alpclusters.analysis.funding.joint import refuse_together  # noqa: PLC0415

    place = territory()
    cases = [read_case(one["data"], territory=place) for one in asked["cases"]]
    for case in cases:
        refuse_large(case)
    refuse_together(cases)
    return compute_asked(Asked({}, joint=dict(asked)), progress=progress, cancelled=cancelled)


def compute_asked(
    asked: Asked,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Run what is asked in a process of its own: a mix, or reasons.

    Raises
    ------
    WorkerEndedError
        The process was killed or came to a limit.
    """
    with tempfile.TemporaryDirectory(prefix="mix-") as name:
        folder = Path(name)
        (folder / CASE).write_text(asked.text(), encoding="utf-8")
        _run(folder, progress or _unheard, cancelled or _never)
        return _result(folder)


def _run(folder: Path, progress: Progress, cancelled: Callable[[], bool]) -> None:
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own program
        _command(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**_ENVIRONMENT, **_windows_needs()},
        start_new_session=True,
    ) as child:
        try:
            _listen(child, folder, progress, cancelled)
        finally:
            _end(child)
    if child.returncode:
        raise WorkerEndedError("mix.worker_ended", values={"reason": _reason(child.returncode)})


def _listen(
    child: "subprocess.Popen[bytes]",
    folder: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> None:
    """Pass messages on until the process closes its end; ask meanwhile whether to cancel."""
    said: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    assert child.stdout is not None  # noqa: S101 - made with a pipe above
    threading.Thread(target=_drain, args=(child.stdout, said), daemon=True).start()
    while True:
        if cancelled():
            (folder / CANCEL).touch()
        try:
            line = said.get(timeout=LISTENS_S)
        except queue.Empty:
            continue
        if line is None:
            return
        progress(json.loads(line))


def _drain(pipe: IO[bytes], said: "queue.SimpleQueue[bytes | None]") -> None:
    for line in pipe:
        if line.strip():
            said.put(line)
    said.put(None)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Wait for its end; one that was left in the middle (Ctrl-C, an error of ours) is killed."""
    try:
        child.wait(timeout=ENDS_WITHIN_S if sys.exc_info()[0] is None else 0)
    except subprocess.TimeoutExpired:
        child.kill()


def _result(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / RESULT).read_text(encoding="utf-8"))
    except OSError as error:
        raise WorkerEndedError("mix.worker_ended", values={"reason": "no_result"}) from error
    return found


def _reason(status: int) -> str:
    """Say why it ended, as a word that a sentence can be made of."""
    from alpclusters.platform.funding.domain.mixing.worker import NO_MEMORY  # noqa: PLC0415 - small

    if status == NO_MEMORY:
        return "memory"
    if status == -getattr(signal, "SIGXCPU", 0):
        return "time"
    return "killed" if status < 0 else "error"


def _command(folder: Path) -> list[str]:
    root = str(Path(__file__).resolve().parents[5])
    return [sys.executable, "-I", "-c", _START.format(root=root), str(folder)]


def _windows_needs() -> dict[str, str]:
    """Windows does not start a process without this variable."""
    root = os.environ.get("SYSTEMROOT")
    return {"SYSTEMROOT": root} if root else {}


def _unheard(_message: Mapping[str, Any]) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False
