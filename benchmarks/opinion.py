"""Opinion groups side by side with red-dwarf on the same arrays, in one run, on one thread."""

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from alpclusters.analysis.opinion import adjusted_rand_index
from benchmarks._peers import ABSENT, build_peers, peers_python, run_script

ROOT: Final = Path(__file__).resolve().parents[1]
REAL: Final = "data/ratings/klimarat-produktion-konsum"
STATEMENTS: Final = 500
PEOPLE: Final = (2_000, 20_000)
RESAMPLES: Final = 50

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return CPU seconds, peak memory and ratios for 2,000 and 20,000 people.

    Small: the environment of the peers is used only if it is there, and only on 2,000.
    """
    peer = peers_python() if small else build_peers()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            _compared(n, folder, peer if n == PEOPLE[0] or not small else None, small, say)
            for n in PEOPLE
        ]
        return {
            "threads": 1,
            "statements": STATEMENTS,
            "filled_share": 0.3,
            "simulated": rows,
            "growth_2000_to_20000": {who: _growth(rows, who) for who in ("own", "peer")},
            "real": _real(say),
        }


def _compared(
    n_people: int,
    folder: Path,
    peer: Path | None,
    small: bool,  # noqa: FBT001 - passed through
    say: Say,
) -> dict[str, Any]:
    votes, truth = _simulated(n_people)
    path, nothing = folder / f"{n_people}.npy", folder / "rejected.json"
    np.save(path, votes)
    nothing.write_text("[]", encoding="ascii")
    say(f"{n_people:,} x {STATEMENTS}: own and red-dwarf in turn")
    own, other = [], []
    why = "not measured in a small run" if small and n_people > PEOPLE[0] else ABSENT
    for turn in range(1 if small else 3):
        resamples = RESAMPLES if turn == 0 and not small else 0
        own.append(run_script(sys.executable, "_opinion_own.py", str(path), str(resamples)))
        if peer and turn < 2:  # noqa: PLR2004 - a run of the peer takes long
            other.append(run_script(peer, "_opinion_peer.py", str(path), str(nothing)))
    row: dict[str, Any] = {"people": n_people, "own": _summary(own, truth)}
    row["peer"] = _summary(other, truth) if other else why
    if other:
        row["cpu_ratio"] = round(row["peer"]["cpu_s"] / row["own"]["cpu_s"], 1)
        row["memory_ratio"] = round(row["peer"]["peak_mb"] / row["own"]["peak_mb"], 1)
    say(f"  {json.dumps(row)}")
    return row


def _simulated(n_people: int) -> tuple[np.ndarray, np.ndarray]:
    """Three camps whose opinions differ on every statement; every value is simulated."""
    rng = np.random.default_rng(7)
    camp = rng.integers(0, 3, n_people)
    opinion = rng.normal(0, 1, (3, STATEMENTS))
    seen = rng.random((n_people, STATEMENTS), np.float32) < 0.3  # noqa: PLR2004 - filled
    leaning = opinion[camp][seen] + rng.normal(0, 1, int(seen.sum()))
    votes = np.full(seen.shape, np.nan, np.float32)
    votes[seen] = np.where(np.abs(leaning) <= 0.3, 0, np.sign(leaning))  # noqa: PLR2004 - pass
    return votes, camp


def _summary(runs: list[dict[str, Any]], truth: np.ndarray) -> dict[str, Any]:
    first = runs[0]
    labels = np.array(first["labels"])
    kept = ("version", "with_resamples_cpu_s", "stability")
    return {
        "runs": len(runs),
        "cpu_s": round(statistics.median(run["cpu_s"] for run in runs), 3),
        "cpu_s_all": [round(run["cpu_s"], 3) for run in runs],
        "peak_mb": round(max(run["peak_mb"] for run in runs)),
        "input_mb": round(first["before_mb"]),
        "k": int(labels.max()) + 1,
        "ari_with_truth": round(adjusted_rand_index(labels, truth), 4),
        **{name: first[name] for name in kept if name in first},
    }


def _growth(rows: list[dict[str, Any]], who: str) -> dict[str, float] | str:
    few, many = (row[who] for row in rows)
    if isinstance(few, str) or isinstance(many, str):
        return "not measured"
    return {name: round(many[name] / few[name], 1) for name in ("cpu_s", "peak_mb")}


def _real(say: Say) -> dict[str, Any] | str:
    source = Path(os.environ.get("ALPCLUSTERS_SHARED") or ROOT.parent / "shared") / REAL
    if not source.is_dir():
        return "not measured: ALPCLUSTERS_SHARED names no folder with the conversation"
    say("Klimarat, Produktion und Konsum (Polis, CC BY 4.0, The Computational Democracy Project)")
    return {"name": source.name, **run_script(sys.executable, "_opinion_real.py", str(source))}
