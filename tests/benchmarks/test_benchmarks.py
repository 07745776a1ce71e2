"""Each benchmark runs small and prints one JSON object that says where it was taken."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import names

pytestmark = pytest.mark.load  # up to 40 s each: not in ./check fast

ROOT = Path(__file__).resolve().parents[2]
AT_MOST = 40  # seconds for a small run; the bar
HANGS_AFTER_S = 240


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("ALPCLUSTERS_")}
    environ |= {k: os.environ[k] for k in ("ALPCLUSTERS_SHARED",) if k in os.environ}
    environ.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=HANGS_AFTER_S,
    )


@pytest.mark.parametrize("name", names())
def test_small_run_prints_figures_and_machine(name: str) -> None:
    done = run(name, "--small")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)

    assert (result["benchmark"], result["small"]) == (name, True)
    assert set(result["machine"]) >= {"processor", "cores", "memory_gib", "python", "load_before"}
    assert result["seconds"] < AT_MOST
    assert done.stderr != ""


def test_without_a_name_the_benchmarks_are_listed() -> None:
    assert run().stdout.split() == names()
