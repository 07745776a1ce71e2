"""Time ranking: the fit as it grows, the whole with tiers and simulated ranks, real votes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from alpclusters.analysis.ranking import rank_measures, rating_columns
from alpclusters.sources.polis import read_polis
from benchmarks._memory import peak_mb

ROOT: Final = Path(__file__).resolve().parents[1]
SMALL: Final = ((80, 26), (400, 60))
FULL: Final = (*SMALL, (2_000, 100), (2_000, 500), (7_000, 500))
LARGE: Final = ((33_547, 200, 0.1), (100_000, 200, 0.1), (2_500, 900, 0.3))
FILLED: Final = 0.3
REAL: Final = "data/ratings/klimarat-produktion-konsum"

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return processor time, evaluations and tiers for each size, and for the Klimarat votes."""
    rank_measures(*_simulated(20, 5), scale=(1, 5))  # imports are not what is measured
    rows = [_measured(*size, say) for size in (SMALL if small else FULL)]
    found = {"simulated": rows, "regions": _with_regions(say), "real": _real(say)}
    return found if small else {**found, "large": [_large(*size, say) for size in LARGE]}


def _large(n_raters: int, n_measures: int, filled: float, say: Say) -> dict[str, Any]:
    """Rank in a process of its own, so that the peak of memory is that of this table."""
    say(f"simulated: {n_raters:,} raters, {n_measures} measures, in a process of its own")
    command = [sys.executable, "-m", __name__, str(n_raters), str(n_measures), str(filled)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - own module
    found: dict[str, Any] = json.loads(answer.stdout)
    say(f"  {found['cpu_s']:.2f} CPU s, {found['peak_mb']:.0f} MB")
    return found


def _simulated(n_raters: int, n_measures: int, filled: float = FILLED) -> tuple[Any, Any, Any]:
    g = np.random.default_rng(7)
    rater, measure = np.nonzero(g.random((n_raters, n_measures)) < filled)
    latent = 3.3 + g.normal(0, 0.4, n_measures)[measure] + g.normal(0, 0.5, n_raters)[rater]
    return np.clip(np.rint(latent + g.normal(0, 0.8, rater.size)), 1, 5), rater, measure


def _measured(n_raters: int, n_measures: int, say: Say) -> dict[str, Any]:
    columns = _simulated(n_raters, n_measures)
    say(f"simulated: {n_raters:,} raters, {n_measures} measures, {columns[0].size:,} ratings")
    return {"raters": n_raters, "measures": n_measures, **_timed(columns, say, scale=(1, 5))}


def _with_regions(say: Say) -> dict[str, Any]:
    columns = _simulated(140, 26)
    say("simulated: 140 raters in 7 regions, 26 measures, with interaction")
    region = {rater: rater % 7 for rater in range(140)}
    return {
        "raters": 140,
        "measures": 26,
        "regions": 7,
        **_timed(columns, say, scale=(1, 5), region=region),
    }


def _real(say: Say) -> dict[str, Any] | str:
    source = Path(os.environ.get("ALPCLUSTERS_SHARED") or ROOT.parent / "shared") / REAL
    if not source.is_dir():
        return "not measured: ALPCLUSTERS_SHARED names no folder with the conversation"
    say("Klimarat, Produktion und Konsum (Polis, CC BY 4.0, The Computational Democracy Project)")
    columns = rating_columns(read_polis(source).ratings())
    return {"name": source.name, **_timed(columns, say, scale=(-1, 1))}


def _timed(columns: tuple[Any, Any, Any], say: Say, **arguments: Any) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = rank_measures(*columns, **arguments)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    say(f"  {cpu:.2f} CPU s, {len(found.tiers)} tiers")
    return {
        "ratings": found.n_ratings,
        "cpu_s": round(cpu, 3),
        "wall_s": round(wall, 3),
        "evaluations": found.evaluations,
        "tiers": len(found.tiers),
    }


def _measure_large(n_raters: int, n_measures: int, filled: float) -> dict[str, Any]:
    columns = _simulated(n_raters, n_measures, filled)
    size = {"raters": n_raters, "measures": n_measures, "ratings": columns[0].size}
    found = _timed(columns, lambda _: None, scale=(1, 5))
    return {**size, **found, "peak_mb": round(peak_mb())}


if __name__ == "__main__":
    print(json.dumps(_measure_large(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))))
