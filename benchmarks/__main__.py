"""Run one benchmark and print one JSON object; progress goes to standard error."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks._installation import use_prepared
from benchmarks._machine import describe_commit, describe_machine, load_average, versions

Say = Callable[[str], None]


def names() -> list[str]:
    """Return the benchmarks: each file of this folder without a leading underscore."""
    return sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))


def run(name: str, *, small: bool, say: Say, **options: int) -> dict[str, Any]:
    """Run one benchmark and surround its figures with where and when they were taken."""
    before, started = load_average(), time.perf_counter()
    figures = import_module(f"benchmarks.{name}").run(small, say, **options)
    return {
        "benchmark": name,
        "small": small,
        "seconds": round(time.perf_counter() - started, 2),
        **figures,
        "versions": versions(),
        "commit": describe_commit(),
        "machine": {**describe_machine(), "load_before": before, "load_after": load_average()},
    }


def main() -> int:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", choices=names())
    parser.add_argument("--small", action="store_true", help="end within 40 seconds")
    parser.add_argument(
        "--prepared",
        type=Path,
        metavar="FOLDER",
        help="with --small: begin with copies of the data directories in it (plain, demonstration)",
    )
    parser.add_argument("--cases", type=int, metavar="N", help="fuzz: how many requests")
    parser.add_argument("--seed", type=int, metavar="N", help="fuzz: which requests")
    wanted = parser.parse_args()
    options = {k: v for k in ("cases", "seed") if (v := getattr(wanted, k)) is not None}
    if options and wanted.name != "fuzz":
        parser.error("--cases and --seed: only fuzz takes them")
    if wanted.prepared:
        if not wanted.small:
            parser.error("--prepared: full runs set up their own installation")
        use_prepared(wanted.prepared)
    if wanted.name is None:
        print(*names(), sep="\n")
        return 0
    result = run(wanted.name, small=wanted.small, say=_say, **options)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
