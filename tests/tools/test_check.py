"""`./check` before it runs anything: its steps and its answer to a wrong name."""

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(ROOT / "check"), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_every_step_is_written() -> None:
    script = (ROOT / "check").read_text()
    steps = check("list").stdout.split()

    assert [s for s in steps if f"step_{s.replace('-', '_')}()" not in script] == []
    assert {"lint", "layers", "types", "tests", "browser", "postgres-tests"} <= set(steps)


def test_unknown_step_runs_nothing_and_names_the_steps() -> None:
    done = check("lint", "nonsense")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("unknown step: nonsense. Steps: tools scripts format lint")
