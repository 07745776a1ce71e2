"""Time `alpclusters evaluate` from start to written reports, on growing conversations.

Everything is in it: reading, ranking, agreement, opinion groups with 50 resamples, tables, HTML,
DOCX and PDF.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks._polis import Size, write_export
from benchmarks._programs import run_program

ROOT: Final = Path(__file__).resolve().parents[1]
SMALL: Final = (Size(100, 30),)
FULL: Final = (*SMALL, Size(400, 100), Size(2_000, 300), Size(10_000, 500))
REAL: Final = "data/ratings/klimarat-produktion-konsum"
REAL_LIMIT_S: Final = 6.0  # with ranking and 50 resamples of the opinion groups

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return wall time, processor time and peak memory for each conversation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [_synthetic(size, folder, say) for size in (SMALL if small else FULL)]
        return {"synthetic": rows, "real": _real(folder, say)}


def _synthetic(size: Size, folder: Path, say: Say) -> dict[str, Any]:
    name = f"{size.participants}x{size.statements}"
    say(f"simulated conversation, {size.participants:,} people, {size.statements} statements")
    cast = write_export(folder / name, size)
    figures = _measure(folder / name, folder)
    say(f"  {cast:,} votes: {figures['wall_s']} s")
    return {
        "participants": size.participants,
        "statements": size.statements,
        "cast": cast,
        **figures,
    }


def _real(folder: Path, say: Say) -> dict[str, Any] | str:
    source = Path(os.environ.get("ALPCLUSTERS_SHARED") or ROOT.parent / "shared") / REAL
    if not source.is_dir():
        return "not measured: ALPCLUSTERS_SHARED names no folder with the conversation"
    say("Klimarat, Produktion und Konsum (Polis, CC BY 4.0, The Computational Democracy Project)")
    figures = _measure(source, folder)
    say(f"  {figures['cpu_s']} s of work, {figures['wall_s']} s on the clock")
    is_within = figures["cpu_s"] < REAL_LIMIT_S
    return {"name": source.name, **figures, "limit_cpu_s": REAL_LIMIT_S, "is_within": is_within}


def _measure(source: Path, folder: Path) -> dict[str, float]:
    target = folder / f"out-{source.name}"
    done = run_program("evaluate", str(source), "--out", str(target), home=folder / "home")
    size = sum(p.stat().st_size for p in target.rglob("*") if p.is_file())
    return {**done.as_figures(), "written_mb": round(size / 2**20, 2)}
