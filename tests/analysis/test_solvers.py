"""The solver greets nobody: neither JSON on the output nor the messages of a server."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.unit

MAKE_TWO = """
from alpclusters.analysis.solvers import silent_solver
silent_solver(), silent_solver()
print("{}")
"""


def test_the_first_solver_of_a_process_says_nothing_at_all():
    done = subprocess.run(
        [sys.executable, "-c", MAKE_TWO], capture_output=True, text=True, check=True
    )

    assert (done.stdout, done.stderr) == ("{}\n", "")
