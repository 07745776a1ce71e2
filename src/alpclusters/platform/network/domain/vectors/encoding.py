"""The model in a process of its own: a batch of texts in, their vectors out, or an error."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.network.domain.vectors.model import (
    E5,
    Dense,
    Encoder,
    Letters,
    Strings,
    Text,
    installed_version,
)

WALL_CLOCK_S: Final = 120
# Some three seconds of work, so that stopping is quick and starting a process hardly counts.
BATCH_TEXTS: Final = 64
BATCH_LETTERS: Final = 10_000
LENGTH_TOLERANCE: Final = 1e-3
_ROOT: Final = Path(__file__).resolve().parents[5]
_START: Final = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
    "from alpclusters.platform.network.domain.vectors.child import main; main()"
)
# One thread of each library; the same order of additions each time gives the same digits.
_ENVIRONMENT: Final = {
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class ModelError(AlpClustersError):
    """The model gave no usable answer: ``network.model_died``, ``_late`` or ``_wrong``."""


class ChildE5(E5):
    """The model as `E5`, each call in a process of its own with limits of memory and time."""

    def encode_passages(self, texts: Strings) -> Dense:
        """Encode texts that are to be found."""
        return run_model(texts, is_query=False)

    def encode_queries(self, texts: Strings) -> Dense:
        """Encode texts that ask."""
        return run_model(texts, is_query=True)


def run_model(texts: Strings, *, is_query: bool, wall_clock_s: float = WALL_CLOCK_S) -> Dense:
    """Encode texts in a child process.

    Parameters
    ----------
    texts : sequence of str
        Cleaned and not empty.
    is_query : bool
    wall_clock_s : float, default 120

    Returns
    -------
    array of shape (n_texts, 384), float32
        Rows of length 1.

    Raises
    ------
    ModelError
        It died, took too long, or answered with something else.
    """
    if not texts:
        return np.zeros((0, E5.dim), np.float32)
    asked = json.dumps({"is_query": is_query, "texts": list(texts)}).encode()
    answer = _answer_of(asked, wall_clock_s)
    rows = _rows(answer, len(texts))
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))
    # Written so that a length that is no number is wrong too.
    if not np.all(np.abs(lengths - 1) < LENGTH_TOLERANCE):
        raise ModelError("network.model_wrong", found="length")
    return rows


def batches_of(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Part texts into batches of a few seconds each, questions and others apart, in their order."""
    batch: list[Text] = []
    for text in texts:
        if batch and not _fits(batch, text):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _fits(batch: list[Text], text: Text) -> bool:
    n_letters = sum(len(other.cleaned) for other in batch) + len(text.cleaned)
    is_small = len(batch) < BATCH_TEXTS and n_letters <= BATCH_LETTERS
    return is_small and batch[0].kind.is_asked == text.kind.is_asked


def _answer_of(asked: bytes, wall_clock_s: float) -> bytes:
    try:
        with tempfile.TemporaryDirectory() as empty:
            done = subprocess.run(  # noqa: S603 - our own interpreter and our own program
                [sys.executable, "-I", "-c", _START],
                input=asked,
                capture_output=True,
                timeout=wall_clock_s,
                check=False,
                cwd=empty,
                env=_ENVIRONMENT | _windows_needs(),
                start_new_session=True,
            )
    except subprocess.TimeoutExpired as error:
        raise ModelError("network.model_late", expected=f"{wall_clock_s:g} s") from error
    if done.returncode:
        raise ModelError("network.model_died", found=str(done.returncode))
    return done.stdout


def _windows_needs() -> dict[str, str]:
    """Windows does not start a process without this variable."""
    root = os.environ.get("SYSTEMROOT")
    return {"SYSTEMROOT": root} if root else {}


def _rows(answer: bytes, n_texts: int) -> Dense:
    if len(answer) != n_texts * E5.dim * 4:
        raise ModelError("network.model_wrong", found=f"{len(answer)} bytes")
    return np.frombuffer(answer, "<f4").reshape(n_texts, E5.dim).astype(np.float32)


# --- Whether the model runs on this machine: tried once in a process of its own, then remembered


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


# --- Which encoder this machine gets, and what the pages say about it -----------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """The encoders of this machine.

    Attributes
    ----------
    verdict : Verdict
        Whether the model runs, and why not.
    for_many : Encoder
        Of a background task: each batch in a process of its own.
    for_one : Encoder
        Of a question that somebody waits for: in this process.
    """

    verdict: Verdict
    for_many: Encoder
    for_one: Encoder

    @property
    def has_model(self) -> bool:
        """Say whether meaning is compared; else only words are."""
        return self.verdict.runs


def choose_encoder(folder: Path) -> Choice:
    """Choose the model where it runs, else letters.

    Parameters
    ----------
    folder : Path
        Where the verdict of the probe lies, such as ``caches/`` of the data directory.
    """
    verdict = probe_model(folder)
    if not verdict.runs:
        return Choice(verdict, Letters(), Letters())
    return Choice(verdict, ChildE5(), E5())
