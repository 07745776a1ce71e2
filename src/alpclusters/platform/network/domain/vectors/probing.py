"""Whether the model runs on this machine: tried once in a process of its own, then remembered."""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from alpclusters.platform.network.domain.vectors.encoding import ModelError, run_model
from alpclusters.platform.network.domain.vectors.model import Dense, installed_version

PROBE_S: Final = 30
NAME: Final = "text-model.json"
# The second says the same as the first, the third something else: numbers of length 1 that
# mean nothing are found too.
TEXTS: Final = ("Wir bauen Häuser aus Holz.", "Gradimo hiše iz lesa.", "Rasoio elettrico")

type Try = Callable[[], Dense]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the model runs here.

    Attributes
    ----------
    runs : bool
    reason : str
        ``ok``, ``not_installed``, ``model_died``, ``model_late``, ``model_wrong``.
    machine : str
        For which version and machine this was found.
    """

    runs: bool
    reason: str
    machine: str


def probe_model(folder: Path) -> Verdict:
    """Return the verdict for this machine, tried only if none is remembered.

    Parameters
    ----------
    folder : Path
        Where the verdict lies, such as ``caches/`` of the data directory; made if needed.
    """
    installed = installed_version()
    if installed is None:
        return Verdict(runs=False, reason="not_installed", machine="")
    machine = _machine(installed)
    known = _read(folder / NAME)
    if known is not None and known.machine == machine:
        return known
    verdict = try_model(_answer, machine=machine)
    # Too late may mean a busy machine: the next one asks again.
    if verdict.reason != "model_late":
        _write(folder / NAME, verdict)
    return verdict


def try_model(answer: Try, *, machine: str) -> Verdict:
    """Judge the answer to the three texts of the probe."""
    try:
        rows = answer()
    except ModelError as error:
        return Verdict(runs=False, reason=error.code.removeprefix("network."), machine=machine)
    cosines = rows @ rows.T
    is_sensible = bool(cosines[0, 1] > max(cosines[0, 2], cosines[1, 2]))
    return Verdict(is_sensible, "ok" if is_sensible else "model_wrong", machine)


def _answer() -> Dense:
    return run_model(TEXTS, is_query=False, wall_clock_s=PROBE_S)


def _machine(installed: str) -> str:
    """Return what decides whether the engine runs: its version, the system, the processor."""
    told = (installed, sys.platform, platform.machine(), platform.libc_ver()[1], _processor())
    return blake2b("\n".join(told).encode(), digest_size=16).hexdigest()


def _processor() -> str:
    """Return its abilities where the system tells them: a data directory may move."""
    information = Path("/proc/cpuinfo")
    if not information.exists():
        return platform.processor()
    lines = information.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(sorted({line for line in lines if line.startswith(("flags", "Features"))}))


def _read(path: Path) -> Verdict | None:
    try:
        return Verdict(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, verdict: Verdict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(verdict), file)
    Path(name).replace(path)
