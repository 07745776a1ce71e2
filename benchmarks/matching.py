"""Matching: nearest of 100,000 vectors, closeness in large networks, splits in time."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.matching import (
    METHODS,
    evaluate,
    index_vectors,
    nearest,
    proximity,
    standard_methods,
)
from alpclusters.analysis.network import Ties, make_ties
from alpclusters.cli.matching_split import split_in_time
from alpclusters.cli.network_windows import parse_window
from alpclusters.sources.participations import read_participations
from benchmarks._memory import peak_mb

ROOT: Final = Path(__file__).resolve().parents[1]
REAL: Final = "data/network/h2020_participations.csv.gz"
ALPINE: Final = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")
SPLITS: Final = (("2014-2017", "2018-2019"), ("2014-2016", "2017-2019"), ("2014-2015", "2016-2017"))
DIMENSIONS: Final = 384
TOP: Final = 20
BAR_MS: Final = 20.0

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return milliseconds and recall per query, CPU seconds per row, and the real splits."""
    return {
        "threads": os.environ.get("OPENBLAS_NUM_THREADS", "as many as there are"),
        "nearest": [
            _nearest(name, 4_000 if small else 100_000, 20 if small else 60, say)
            for name in ("like texts", "isotropic")
        ],
        "proximity": [_proximity(*size, say) for size in _sizes(small=small)],
        "evaluation": _real(SPLITS[-1:] if small else SPLITS, small, say),
        "peak_mb": round(peak_mb()),
    }


def _sizes(*, small: bool) -> tuple[tuple[int, int], ...]:
    return ((2_000, 20_000),) if small else ((10_000, 100_000), (100_000, 1_000_000))


# --- vectors ----------------------------------------------------------------------------------


def _vectors(name: str, n: int) -> np.ndarray:
    """Simulate rows of length 1; "like texts": 400 subjects, variance that falls by axis."""
    rng = np.random.default_rng(7)
    rows = rng.standard_normal((n, DIMENSIONS), dtype=np.float32)
    if name == "like texts":
        scale = np.arange(1, DIMENSIONS + 1, dtype=np.float32) ** -0.5
        subjects = rng.standard_normal((400, DIMENSIONS), dtype=np.float32)
        rows = (rows + subjects[rng.integers(0, 400, n)]) * scale
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _nearest(name: str, n: int, n_queries: int, say: Say) -> dict[str, Any]:
    say(f"nearest {TOP} of {n:,} x {DIMENSIONS}, {name} (simulated)")
    rows = _vectors(name, n)
    started = time.process_time()
    index = index_vectors(rows)
    built = time.process_time() - started
    queries = rows[np.random.default_rng(1).integers(0, n, n_queries)]
    plain, exact = _timed(lambda query: nearest(rows, query, TOP), queries)
    quick, found = _timed(lambda query: nearest(index, query, TOP), queries)
    shared = [len(set(a.rows) & set(b.rows)) / TOP for a, b in zip(exact, found, strict=True)]
    row = {
        "vectors": name,
        "simulated": True,
        "n": n,
        "queries": n_queries,
        "all_compared_ms": plain,
        "index_ms": quick,
        "bar_ms": BAR_MS,
        "recall_at_20": {"mean": round(float(np.mean(shared)), 4), "least": min(shared)},
        "certain_share": round(float(np.mean([one.is_certain for one in found])), 3),
        "index_built_cpu_s": round(built, 2),
        "index_mb": round((index.first.nbytes + index.rest.nbytes) / 2**20),
    }
    say(f"  {row}")
    return row


def _timed(search: Callable[[np.ndarray], Any], queries: np.ndarray) -> tuple[dict[str, Any], list]:
    search(queries[0])
    wall, cpu, found = [], [], []
    for query in queries:
        starts = time.perf_counter(), time.process_time()
        found.append(search(query))
        wall.append(1000 * (time.perf_counter() - starts[0]))
        cpu.append(1000 * (time.process_time() - starts[1]))
    return {
        "median": round(statistics.median(wall), 2),
        "p95": round(float(np.quantile(wall, 0.95)), 2),
        "fastest": round(min(wall), 2),
        "cpu_median": round(statistics.median(cpu), 2),
    }, found


# --- closeness --------------------------------------------------------------------------------


def _random_ties(n: int, m: int) -> Ties:
    rng = np.random.default_rng(7)
    pairs = rng.integers(0, n, (2, int(1.1 * m)))
    low, high = np.sort(pairs[:, pairs[0] != pairs[1]], axis=0)
    low, high = np.divmod(np.unique(low * n + high)[:m], n)
    ends = np.concatenate([low, high]), np.concatenate([high, low])
    matrix = csr_array((np.ones(len(ends[0])), ends), shape=(n, n))
    return make_ties(matrix, range(n), np.arange(n) % 50, [str(g) for g in range(50)])


def _proximity(n: int, m: int, say: Say) -> dict[str, Any]:
    say(f"closeness of one organisation: {n:,} organisations, {m:,} ties, G(n, m)")
    ties = _random_ties(n, m)
    row: dict[str, Any] = {"organisations": n, "ties": ties.matrix.nnz // 2, "cpu_s": {}}
    for method in METHODS:
        proximity(ties, [0], method=method)
        cpu = []
        for place in range(1, 6):
            started = time.process_time()
            proximity(ties, [place], method=method)
            cpu.append(time.process_time() - started)
        row["cpu_s"][method] = round(statistics.median(cpu), 4)
    say(f"  {row}")
    return row


# --- the real splits --------------------------------------------------------------------------


def _real(
    splits: tuple[tuple[str, str], ...],
    small: bool,  # noqa: FBT001 - passed through
    say: Say,
) -> list[dict[str, Any]] | str:
    path = Path(os.environ.get("ALPCLUSTERS_SHARED") or ROOT.parent / "shared") / REAL
    if not path.exists():
        return "not measured: ALPCLUSTERS_SHARED names no folder with the participations"
    read = read_participations(path)
    found = []
    for train, test in splits:
        say(f"Horizon 2020 (CORDIS), seven Alpine countries: train {train}, test {test}")
        started = time.process_time()
        windows = {
            "train": parse_window(train, "started"),
            "test": parse_window(test, "started"),
        }
        split = split_in_time(read, ALPINE, **windows, max_size=100)
        methods = standard_methods(
            split.train,
            fractional=split.fractional,
            wide=split.wide,
            names=["blend"] if small else None,
        )
        record = evaluate(split.train, split.test, methods).as_record()
        cpu = round(time.process_time() - started, 1)
        found.append({"train": train, "test": test, "cpu_s": cpu, **record})
        say(f"  {cpu} CPU s")
    return found
