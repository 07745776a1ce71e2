"""Opinion groups side by side with red-dwarf on the same arrays, in one run, on one thread."""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from alpclusters.analysis.opinion import adjusted_rand_index
from benchmarks._peers import ABSENT, build_peers, peers_python, run_script
from benchmarks._programs import run_program

ROOT: Final = Path(__file__).resolve().parents[1]
REAL: Final = "data/ratings/klimarat-produktion-konsum"
STATEMENTS: Final = 500
PEOPLE: Final = (2_000, 20_000)
WORLDS: Final = ("three_camps", "two_camps", "gradient")
LARGE: Final = ((33_547, 200, 0.1), (100_000, 200, 0.1))
WHOLE: Final = {"cpu_s": 6.0, "peak_mb": 500}
WITH_RANKING: Final = {"cpu_s": 20.0, "peak_mb": 800}
EVALUATION: Final = {"evaluation_cpu_s": 4.0, "with_documents_cpu_s": 8.0}

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return CPU seconds, peak memory and ratios for 2,000 and 20,000 people.

    Small: the environment of the peers is used only if it is there, and only on 2,000.
    """
    peer = peers_python() if small else build_peers()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [_compared(WORLDS[0], PEOPLE[0], folder, peer, small, say)]
        many = WORLDS[:1] if small else WORLDS
        rows += [
            _compared(world, PEOPLE[1], folder, None if small else peer, small, say)
            for world in many
        ]
        found = {
            "threads": 1,
            "statements": STATEMENTS,
            "filled_share": 0.3,
            "simulated": rows,
            "growth_2000_to_20000": {who: _growth(rows[:2], who) for who in ("cut", "peer")},
            "real": _real(folder, small, say),
        }
    return found if small else {**found, "large": [_large(size, say) for size in LARGE]}


def _compared(
    world: str,
    n_people: int,
    folder: Path,
    peer: Path | None,
    small: bool,  # noqa: FBT001 - passed through
    say: Say,
) -> dict[str, Any]:
    votes, truth = _simulated(world, n_people)
    path, nothing = folder / f"{world}-{n_people}.npy", folder / "rejected.json"
    np.save(path, votes)
    nothing.write_text("[]", encoding="ascii")
    say(f"{world}, {n_people:,} x {STATEMENTS}: own and red-dwarf in turn")
    why = "not measured in a small run" if small and n_people > PEOPLE[0] else ABSENT
    found: dict[str, dict[str, Any]] = {}
    for kind in ("cut",) if small else ("cut", "whole"):
        found[kind] = run_script(sys.executable, "_opinion_own.py", str(path), kind)
    if peer:
        found["peer"] = run_script(peer, "_opinion_peer.py", str(path), str(nothing))
    row: dict[str, Any] = {"world": world, "people": n_people}
    row |= {kind: _summary(figures, truth) for kind, figures in found.items()}
    if "whole" in row:
        row["whole"] |= {"bar": WHOLE, "is_within": _is_within(row["whole"], WHOLE)}
    if peer:
        row["cpu_ratio"] = round(row["peer"]["cpu_s"] / row["cut"]["cpu_s"], 1)
        row["memory_ratio"] = round(row["peer"]["peak_mb"] / row["cut"]["peak_mb"], 1)
    else:
        row["peer"] = why
    say(f"  {json.dumps(row)}")
    return row


def _simulated(world: str, n_people: int) -> tuple[np.ndarray, np.ndarray | None]:
    """Three camps that differ on every statement, two, or a line; every value is simulated."""
    rng = np.random.default_rng(7)
    camp = rng.integers(0, 3 if world == "three_camps" else 2, n_people)
    seen = rng.random((n_people, STATEMENTS), np.float32) < 0.3  # noqa: PLR2004 - filled
    person, statement = np.nonzero(seen)
    if world == "three_camps":
        leaning = rng.normal(0, 1, (3, STATEMENTS))[camp[person], statement]
    else:
        spread = 0.3 if world == "two_camps" else 1.0
        place = spread * rng.standard_normal(n_people)
        place += 0.954 * (2 * camp - 1) * (world == "two_camps")
        leaning = place[person] * rng.normal(0, 0.7, STATEMENTS)[statement]
    leaning = leaning + rng.normal(0, 1, person.size)
    votes = np.full(seen.shape, np.nan, np.float32)
    votes[seen] = np.where(np.abs(leaning) <= 0.3, 0, np.sign(leaning))  # noqa: PLR2004 - pass
    return votes, None if world == "gradient" else camp


def _summary(found: dict[str, Any], truth: np.ndarray | None) -> dict[str, Any]:
    labels = np.array(found["labels"])
    kept = ("version", "verdict", "stability")
    return {
        "cpu_s": round(found["cpu_s"], 3),
        "peak_mb": round(found["peak_mb"]),
        "input_mb": round(found["before_mb"]),
        "k": int(labels.max()) + 1,
        "ari_with_truth": None if truth is None else round(adjusted_rand_index(labels, truth), 4),
        **{name: found[name] for name in kept if name in found},
    }


def _is_within(found: dict[str, Any], bar: dict[str, float]) -> bool:
    return all(found[name] <= most for name, most in bar.items())


def _growth(rows: list[dict[str, Any]], who: str) -> dict[str, float] | str:
    few, many = (row[who] for row in rows)
    if isinstance(few, str) or isinstance(many, str):
        return "not measured"
    return {name: round(many[name] / few[name], 1) for name in ("cpu_s", "peak_mb")}


def _large(size: tuple[int, int, float], say: Say) -> dict[str, Any]:
    say("simulated: {:,} people, {} statements, {:.0%} filled, grouped and ranked".format(*size))
    found = run_script(sys.executable, "_opinion_large.py", *map(str, size))
    say(f"  {json.dumps(found)}")
    return {**found, "bar": WITH_RANKING, "is_within": _is_within(found, WITH_RANKING)}


def _real(folder: Path, small: bool, say: Say) -> dict[str, Any] | str:  # noqa: FBT001 - passed through
    source = Path(os.environ.get("ALPCLUSTERS_SHARED") or ROOT.parent / "shared") / REAL
    if not source.is_dir():
        return "not measured: ALPCLUSTERS_SHARED names no folder with the conversation"
    say("Klimarat, Produktion und Konsum (Polis, CC BY 4.0, The Computational Democracy Project)")
    found = {"name": source.name, **run_script(sys.executable, "_opinion_real.py", str(source))}
    if small:
        return found
    arguments = ("evaluate", str(source), "--out", str(folder / "out"))
    with_documents = run_program(*arguments, home=folder / "home")
    found["with_documents_cpu_s"] = round(with_documents.cpu, 2)
    say(f"  {json.dumps(found)}")
    return {**found, "bar": EVALUATION, "is_within": _is_within(found, EVALUATION)}
