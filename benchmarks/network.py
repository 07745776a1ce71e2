"""Time every figure of a network beside networkx and rustworkx, and how cost grows with ties."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks._network_graphs import save_graph
from benchmarks._peers import ABSENT, build_peers, peers_python, run_script

ROOT: Final = Path(__file__).resolve().parents[1]
REAL: Final = "data/network/h2020_participations.csv.gz"
SMALL: Final = (1_000, 10_000)
FIVE: Final = (5_000, 100_000)
HUNDRED: Final = (100_000, 1_000_000)
GROWTH: Final = (10_000, 30_000, 100_000, 300_000, 1_000_000)
SMALL_GROWTH: Final = (2_000, 6_000)
GROUPED: Final = (
    "region matrix",
    "cross-border share",
    "E-I with 999 permutations",
    "integration T",
    "affinity, both nulls",
    "participation",
)
SHAPE: Final = ("components", "k-core", "transitivity and clustering")
PLACES: Final = (
    "roles",
    "roles between two groups",
    "constraint",
    "constraint, weighted",
    "effective size",
    "effective size, weighted",
)
OWN: Final = (*GROUPED, *SHAPE, *PLACES, "small world")
EXACT, SAMPLED = "betweenness, exact", "betweenness"
GROWING: Final = (*(name for name in OWN if name != "small world"), SAMPLED)
GROWTH_PIVOTS: Final = 32
# Seconds of the larger network are scaled from this many sources.
PIVOTS: Final = {"networkx": {FIVE: 250, HUNDRED: 2}, "own": {FIVE: 0, HUNDRED: 1_000}}
NOT_RUN: Final = {
    "networkx": {HUNDRED: {"effective size": "not run: a dense n x n table, about 80 GB"}},
    "rustworkx": {HUNDRED: {EXACT: "not run: 200 times the work of the smaller network"}},
}
PEER_MEASURES: Final = {
    "networkx": (*SHAPE, "constraint", "effective size", SAMPLED),
    "rustworkx": (*SHAPE, EXACT),
}

Say = Callable[[str], None]
Figures = dict[str, Any]


def run(small: bool, say: Say) -> Figures:  # noqa: FBT001 - the form of every benchmark
    """Return CPU seconds and peak memory by program and size, growth, and the real file.

    Small: 1,000 nodes, few sources, growth to 6,000 ties; rustworkx only if it is built.
    """
    peers = {"networkx": Path(sys.executable), "rustworkx": peers_python()}
    if not small:
        peers["rustworkx"] = build_peers()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = (SMALL,) if small else (FIVE, HUNDRED)
        return {
            "threads": "1; rustworkx: all cores, all counted",
            "graph": "simulated G(n, m), seed 7, 50 groups; betweenness by pivots is scaled to all",
            "sizes": [_compared(size, folder, peers, small, say) for size in sizes],
            "growth": [
                _growth(folder, SMALL_GROWTH if small else GROWTH, is_heavy, say)
                for is_heavy in (False, True)
            ],
            "real": _real(say),
        }


def _compared(
    size: tuple[int, int],
    folder: Path,
    peers: dict[str, Path | None],
    small: bool,  # noqa: FBT001 - passed through
    say: Say,
) -> Figures:
    n, m = size
    graph = save_graph(folder / f"{n}.npz", n, m)
    is_exact = size == FIVE and not small
    names = (*OWN, SAMPLED, *([EXACT] if is_exact else []))
    pivots = 64 if small else PIVOTS["own"][size]
    say(f"{n:,} nodes, {m:,} ties: own")
    row: Figures = {"nodes": n, "ties": m}
    out = {"own": folder / "own.npz"}
    arguments = [str(graph), str(pivots), str(out["own"]), *names]
    row["own"] = run_script(sys.executable, "_network_own.py", *arguments)
    _scale(row["own"], n, pivots)
    for peer, python in peers.items():
        out[peer] = folder / f"{peer}.npz"
        row[peer] = _peer(peer, python, graph, size, out[peer], small, say) if python else ABSENT
    row["greatest_difference"] = {
        peer: _differences(out["own"], out[peer]) for peer in peers if out[peer].exists()
    }
    row["cpu_ratio"] = {
        peer: _ratios(row["own"], row[peer]) for peer in peers if out[peer].exists()
    }
    for path in out.values():
        path.unlink(missing_ok=True)
    say(f"  {row['cpu_ratio']}")
    return row


def _peer(
    peer: str,
    python: Path,
    graph: Path,
    size: tuple[int, int],
    out: Path,
    small: bool,  # noqa: FBT001 - passed through
    say: Say,
) -> Figures:
    skipped = dict(NOT_RUN[peer].get(size, {}))
    if small:
        skipped |= {
            EXACT: "not measured in a small run",
            "effective size": "not measured in a small run",
        }
    names = [name for name in PEER_MEASURES[peer] if name not in skipped]
    pivots = 4 if small else PIVOTS["networkx"][size]
    say(f"  {peer}: {', '.join(names)}")
    arguments = [peer, str(graph), str(pivots), str(out), *names]
    found = run_script(python, "_network_peer.py", *arguments)
    _scale(found, size[0], pivots)
    return {**found, "not_run": skipped} if skipped else found


def _scale(found: Figures, n: int, pivots: int) -> None:
    """Say what betweenness from all sources would take, from some."""
    row = found["measures"].get(SAMPLED)
    if row and 0 < pivots < n:
        row |= {"sources": pivots, "all_sources_cpu_s_estimated": round(row["cpu_s"] * n / pivots)}


def _ratios(own: Figures, other: Figures) -> dict[str, float]:
    """Processor time of the peer over ours, where both did the same."""
    ours, theirs = own["measures"], other["measures"]
    found = {
        name: round(theirs[name]["cpu_s"] / max(ours[name]["cpu_s"], 1e-4), 1)
        for name in theirs
        if name in ours and name != SAMPLED
    }
    estimated = [_all_sources(side) for side in (theirs, ours)]
    if SAMPLED in theirs and all(estimated):
        found["betweenness, all sources, estimated"] = round(estimated[0] / estimated[1], 1)
    return found


def _all_sources(measures: Figures) -> float:
    if EXACT in measures:
        return float(measures[EXACT]["cpu_s"])
    return float(measures.get(SAMPLED, {}).get("all_sources_cpu_s_estimated", 0.0))


def _differences(own: Path, other: Path) -> dict[str, float]:
    """Greatest difference of a figure, as a share of its greatest value."""
    with np.load(own) as ours, np.load(other) as theirs:
        return {
            name: float(np.abs(ours[name] - theirs[name]).max() / np.abs(ours[name]).max())
            for name in theirs.files
            if name in ours.files
        }


def _growth(
    folder: Path,
    sizes: tuple[int, ...],
    is_heavy: bool,  # noqa: FBT001 - which of two graphs
    say: Say,
) -> Figures:
    name = "heavy tail (Chung-Lu, exponent 3)" if is_heavy else "G(n, m)"
    seconds: dict[str, list[float]] = {measure: [] for measure in GROWING}
    peaks, degrees = [], []
    for m in sizes:
        say(f"growth, {name}: {m:,} ties")
        graph = save_graph(folder / "growth.npz", m // 10, m, is_heavy=is_heavy)
        with np.load(graph) as table:
            ends = np.concatenate([table["first"], table["second"]])
            degrees.append(int(np.bincount(ends).max()))
        out = str(folder / "growth-out.npz")
        arguments = [str(graph), str(GROWTH_PIVOTS), out, *GROWING]
        found = run_script(sys.executable, "_network_own.py", *arguments)["measures"]
        for measure in GROWING:
            seconds[measure].append(found[measure]["cpu_s"])
        peaks.append(max(row["peak_mb"] for row in found.values()))
    return {
        "graph": name,
        "ties": list(sizes),
        "nodes": [m // 10 for m in sizes],
        "greatest_degree": degrees,
        "betweenness_sources": GROWTH_PIVOTS,
        "cpu_s": seconds,
        "peak_mb": peaks,
        "log_log_slope": {name: _slope(sizes, values) for name, values in seconds.items()},
    }


def _slope(sizes: tuple[int, ...], seconds: list[float]) -> float:
    """Least squares; a step below a tenth of a millisecond counts as one."""
    logs = np.log(np.maximum(seconds, 1e-4))
    return round(float(np.polyfit(np.log(sizes), logs, 1)[0]), 2)


def _real(say: Say) -> Figures | str:
    source = Path(os.environ.get("ALPCLUSTERS_SHARED") or ROOT.parent / "shared") / REAL
    if not source.is_file():
        return "not measured: ALPCLUSTERS_SHARED names no folder with the participations"
    say("Horizon 2020 (Source: CORDIS, European Union; selection by the project)")
    return {"name": source.name, **run_script(sys.executable, "_network_real.py", str(source))}
