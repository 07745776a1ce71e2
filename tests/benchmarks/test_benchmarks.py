"""Each benchmark runs small and prints one JSON object that says where it was taken.

./check runs those that count what goes wrong; how fast the others are is for ./check full.
"""

import json
import os
import subprocess
import sys
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import names
from tests.homes import originals

pytestmark = pytest.mark.load  # up to 40 s each: not in ./check fast

ROOT = Path(__file__).resolve().parents[2]
AT_MOST = 40  # seconds for a small run; the bar
HANGS_AFTER_S = 600
# They count what is lost and doubled, or fails; the others say how fast something is, and are for
# ./check full.
COUNTING = "live"
ODD = "fuzz"
# Sets up its own installation here too, as all do in full size.
FRESH = "imports"
N_VOTES = 6_000
N_ODD = 2_000


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


@pytest.mark.parametrize("name", [name for name in names() if name != ODD])
@pytest.mark.full
def test_small_run_prints_figures_and_machine(name: str, prepared: Path) -> None:
    result = run_small(name, *(() if name == FRESH else ("--prepared", prepared)))

    assert result["seconds"] < AT_MOST


def test_no_vote_is_lost_or_doubled_under_load(prepared: Path) -> None:
    result = run_small(COUNTING, "--prepared", prepared)

    assert N_VOTES == result["sent"] == result["acknowledged"] == result["stored"]
    assert (result["lost"], result["doubled"], result["errors"]) == (0, 0, 0)


def test_no_odd_request_makes_the_program_fail_or_hang(prepared: Path) -> None:
    result = run_small(ODD, "--prepared", prepared, "--cases", str(N_ODD))

    assert result["failures"] == []
    assert (result["cases"], result["failed"]) == (N_ODD, 0)
    assert (result["tracebacks_in_the_log"], result["rows_without_their_reference"]) == (0, 0)
    # Many were taken: what is refused at the door tries nothing.
    assert result["statuses"]["200"] + result["statuses"]["302"] > N_ODD / 10


def run_small(name: str, *arguments: str | Path) -> dict[str, Any]:
    """Run a benchmark as small as it goes; return what it prints, which is complete."""
    done = run(name, "--small", *arguments)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)

    assert (result["benchmark"], result["small"]) == (name, True)
    assert set(result["machine"]) >= {"processor", "cores", "memory_gib", "python", "load_before"}
    assert done.stderr != ""
    return result


@pytest.mark.parametrize("name", names())
def test_what_a_benchmark_imports_is_there(name: str) -> None:
    taken = signature(import_module(f"benchmarks.{name}").run).parameters.values()

    assert [one.name for one in taken if one.default is one.empty] == ["small", "say"]


def test_a_full_run_sets_up_its_own_installation(tmp_path: Path) -> None:
    refused = run("plans", "--prepared", tmp_path)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--prepared" in refused.stderr


def test_without_a_name_the_benchmarks_are_listed() -> None:
    assert run().stdout.split() == names()
