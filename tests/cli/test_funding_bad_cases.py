"""Bad cases on the command line: a sentence with the place in the file, and nothing written."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from alpclusters.cli import main
from tests.factories.bad_cases import BAD_CASES, bad_case

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "funding"


@pytest.fixture
def file(tmp_path):
    def write(name):
        path = tmp_path / "case.json"
        path.write_text(json.dumps(bad_case(name)), encoding="utf-8")
        return path

    return write


def left(tmp_path):
    return [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("name", BAD_CASES)
def test_fund_names_the_place_and_writes_nothing(name, file, tmp_path, capsys):
    pointer, words = BAD_CASES[name]

    assert main(["fund", str(file(name)), "--out", str(tmp_path / "mix")]) == 2

    told = capsys.readouterr()
    assert f"{pointer}: {words}" in told.err
    assert "Traceback" not in told.err
    assert told.out == ""
    assert left(tmp_path) == ["case.json"]


@pytest.mark.parametrize("name", [name for name in BAD_CASES if name != "thousand_offers"])
def test_eligible_names_the_place(name, file, capsys):
    pointer, words = BAD_CASES[name]

    assert main(["eligible", str(file(name)), "--json"]) == 2

    told = capsys.readouterr()
    assert told.err.startswith(f"{pointer}: {words}")
    assert told.out == ""


def test_wishes_that_contradict_are_explained_in_all_documents(tmp_path, capsys):
    data = json.loads((EXAMPLES / "tiny.json").read_text("utf-8"))
    data["wishes"] = [{"type": "use", "offer": "X"}, {"type": "avoid", "offer": "X"}]
    file = tmp_path / "case.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    assert main(["fund", str(file), "--out", str(tmp_path / "mix")]) == 1

    assert json.loads(capsys.readouterr().out)["status"] == "infeasible"
    mix = json.loads((tmp_path / "mix" / "mix.json").read_text("utf-8"))
    assert {one["subject"] for one in mix["infeasible"]["reason"]} == {"wish:0", "wish:1"}
    # A wish that is no amount falls short by no amount.
    assert [one["missing_ct"] for one in mix["infeasible"]["missing"]] == [None]
    assert mix["solver"]["work"] >= 0
    assert len(left(tmp_path / "mix")) == 5


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker in /proc")
def test_killed_worker_is_told_and_leaves_nothing(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ALPCLUSTERS_HOME": str(tmp_path)}
    target = tmp_path / "out" / "mix"
    command = [sys.executable, "-m", "alpclusters", "fund", str(EXAMPLES / "partnership.json")]
    with subprocess.Popen(
        [*command, "--out", str(target)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        # The second line comes from the worker: it is there.
        assert [process.stderr.readline()[:2] for _ in range(2)] == ["· ", "· "]
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
        os.kill(int(children.split()[0]), signal.SIGKILL)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out) == (1, "")
    assert "ended (killed); there is no mix" in err
    assert "Traceback" not in err
    assert not target.exists()
    assert not target.parent.exists() or left(target.parent) == []
