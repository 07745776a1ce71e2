"""Each benchmark runs small and prints one JSON object that says where it was taken."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import names
from tests.homes import originals

pytestmark = pytest.mark.load  # up to 40 s each: not in ./check fast

ROOT = Path(__file__).resolve().parents[2]
AT_MOST = 40  # seconds for a small run; the bar
HANGS_AFTER_S = 240
# Sets up its own installation here too, as all do in full size.
FRESH = "imports"
N_VOTES = 6_000


@pytest.fixture(scope="session")
def prepared() -> Path:
    return originals("plain", "demonstration")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("ALPCLUSTERS_")}
    environ |= {k: os.environ[k] for k in ("ALPCLUSTERS_SHARED",) if k in os.environ}
    environ.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *map(str, arguments)],
        cwd=ROOT,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=HANGS_AFTER_S,
    )


@pytest.mark.parametrize("name", names())
def test_small_run_prints_figures_and_machine(name: str, prepared: Path) -> None:
    done = run(name, "--small", *(() if name == FRESH else ("--prepared", prepared)))
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)

    assert (result["benchmark"], result["small"]) == (name, True)
    assert set(result["machine"]) >= {"processor", "cores", "memory_gib", "python", "load_before"}
    assert result["seconds"] < AT_MOST
    assert done.stderr != ""
    if name == "live":
        assert N_VOTES == result["sent"] == result["acknowledged"] == result["stored"]
        assert (result["lost"], result["doubled"], result["errors"]) == (0, 0, 0)


def test_a_full_run_sets_up_its_own_installation(tmp_path: Path) -> None:
    refused = run("plans", "--prepared", tmp_path)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--prepared" in refused.stderr


def test_without_a_name_the_benchmarks_are_listed() -> None:
    assert run().stdout.split() == names()
