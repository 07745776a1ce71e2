"""The model in a process of its own: a batch of texts in, their vectors out, or an error."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.network.domain.vectors.model import E5, Dense, Strings
from alpclusters.platform.network.domain.vectors.texts import Text

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
