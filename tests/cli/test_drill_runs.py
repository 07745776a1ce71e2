"""``alpclusters drill`` as an operator runs it: real processes, faults that are sown, Ctrl+C."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from alpclusters.cli.drill.exercises import NAMES
from tests.live.hall_server import wait_until

pytestmark = [pytest.mark.load, pytest.mark.integration]

# A drill needs the installation of an operator for nothing.
UNREACHABLE = "postgresql://nobody@127.0.0.1:9/none"
# A program that calls itself ready whatever happens, as the server of an earlier day did.
LIAR = """
import sys

if "alpclusters.live" in sys.orig_argv and "live" in sys.orig_argv:
    from alpclusters.live.health import Health

    async def missing(self):
        return []

    Health.missing = missing
"""


@pytest.fixture
def place(tmp_path):
    """A folder for the drill, beside one that is the data directory of somebody."""
    (tmp_path / "real").mkdir()
    found = tmp_path / "place"
    found.mkdir()
    return found


@pytest.fixture
def scratch():
    """A folder for temporary files with a short name, as it has on a machine of an operator."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def begin(place: Path, scratch: Path, *words: str, path: str = "src") -> subprocess.Popen:
    """Start a drill in an environment that names the installation of somebody."""
    settings = {
        "ALPCLUSTERS_HOME": str(place.parent / "real"),
        "TMPDIR": str(scratch),
        "DATABASE_URL": UNREACHABLE,
        "ALPCLUSTERS_BIND": "192.0.2.1",
        "PYTHONPATH": path,
        "LANG": "de_AT.UTF-8",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "alpclusters", "drill", "--in", str(place), *words],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # As from a terminal: Ctrl+C reaches the drill, and what it started is its own matter.
        start_new_session=True,
    )


def processes_of(place: Path) -> list[int]:
    """Return the processes that were started with a folder below this one."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            settings = (entry / "environ").read_bytes()
        except OSError:
            continue
        if f"ALPCLUSTERS_HOME={place}/".encode() in settings:
            found.append(int(entry.name))
    return found


def left_behind(place: Path, scratch: Path) -> list:
    folders = (place, scratch, place.parent / "real")
    return [*(path for one in folders for path in one.iterdir()), *processes_of(place)]


def test_a_drill_that_passes_says_so_writes_both_reports_and_leaves_nothing(
    place, scratch, tmp_path
):
    report = tmp_path / "report"
    names = ["second-start", "full-disk"]

    drill = begin(place, scratch, "--report", str(report), "--json", "--only", *names)
    out, err = drill.communicate()

    assert drill.returncode == 0, err
    record = json.loads(out)
    assert record == json.loads((report / "drill.json").read_text())
    assert [(one["name"], one["held"]) for one in record["exercises"]] == [
        (name, True) for name in names
    ]
    text = (report / "drill.md").read_text()
    assert "Übungen: 2. Alle bestanden." in text
    assert "Ein voller Datenträger" in text
    assert "2/2 Ein voller Datenträger" in err
    votes = [check["values"] for one in record["exercises"] for check in one["checks"]]
    assert [one["lost"] for one in votes if "acknowledged" in one] == [0, 0]
    assert left_behind(place, scratch) == []


def test_a_program_that_calls_itself_ready_on_a_damaged_journal_fails_and_is_named(
    place, scratch, tmp_path
):
    sown = tmp_path / "sown"
    sown.mkdir()
    (sown / "sitecustomize.py").write_text(LIAR)
    report = tmp_path / "report"

    words = ["--report", str(report), "--only", "damaged-journal"]
    drill = begin(place, scratch, *words, path=os.pathsep.join([str(sown), "src"]))
    out, err = drill.communicate()

    assert drill.returncode == 1, err
    [exercise] = json.loads((report / "drill.json").read_text())["exercises"]
    assert [one["name"] for one in exercise["checks"] if not one["held"]] == ["told"]
    assert "Nicht bestanden: 1 (Ein beschädigtes Journal)" in out
    assert left_behind(place, scratch) == []


@pytest.mark.parametrize(
    "sign", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.full)]
)
def test_who_breaks_a_drill_off_finds_no_process_and_no_folder(sign, place, scratch):
    drill = begin(place, scratch, "--only", "kills")
    # The supervisor, the live process and the site.
    wait_until(lambda: len(processes_of(place)) >= 3 or drill.poll() is not None, pause_s=0.2)

    drill.send_signal(sign)
    time.sleep(0.05)
    drill.send_signal(sign)  # who is impatient presses it again
    _, err = drill.communicate()

    assert drill.returncode == 130, err
    assert "Traceback" not in err
    wait_until(lambda: left_behind(place, scratch) == [], pause_s=0.2)


@pytest.mark.full
def test_every_exercise_passes(place, scratch):
    drill = begin(place, scratch, "--attack", "--json")
    out, err = drill.communicate()

    record = json.loads(out)
    assert [one["name"] for one in record["exercises"]] == list(NAMES)
    checks = [check for one in record["exercises"] for check in one["checks"]]
    # How long others wait depends on what else this machine does; that nobody is refused does not.
    beside = [check for check in checks if check["name"].endswith("_beside")]
    assert [check for check in checks if not check["held"] and check not in beside] == [], err
    assert [check["values"]["refused"] for check in beside] == [0] * 6
    assert left_behind(place, scratch) == []
