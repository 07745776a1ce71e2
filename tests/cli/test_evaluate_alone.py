"""The command `evaluate` needs no database: it runs where Django was never set up."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.integration


def test_the_program_evaluates_a_file_without_a_database(tmp_path):
    path, out = tmp_path / "ratings.csv", tmp_path / "out"
    rows = [f"p{who},Trains,{3 + who % 3}" for who in range(20)]
    path.write_text("participant,item,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    alone = {name: one for name, one in os.environ.items() if not name.startswith("DJANGO_")}

    command = [sys.executable, "-m", "alpclusters", "evaluate", str(path), "--out", str(out)]
    done = subprocess.run(command, env=alone, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert (out / "report.pdf").exists()
