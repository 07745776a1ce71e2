"""A real installation is ready when everything serves, and says what is wrong when not."""

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from alpclusters.live.journal import Journal
from alpclusters.live.records import Record
from tests.e2e.serving import Server, free_port
from tests.homes import PLAIN, copy_home
from tests.live.hall_server import wait_until

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def damage_journal(folder: Path) -> None:
    """Write two groups and flip bytes of the first, as a dying disk does."""
    journal, _ = Journal.open(folder)
    for seq in (1, 2):
        journal.append([Record(seq, "rate", 1, "p", "k", int(time.time()), {"v": seq})])
    journal.close()
    (segment,) = folder.glob("votes-*.aj")
    content = bytearray(segment.read_bytes())
    content[60:68] = bytes(byte ^ 0xFF for byte in content[60:68])
    segment.write_bytes(content)


class Unready(Server):
    """A server that is up and not ready."""

    def _wait(self) -> None:
        wait_until(lambda: answer(self.port)[0] == 503, pause_s=0.2)
        wait_until(lambda: "not ready" in self.said, pause_s=0.2)

    def _wait_for_words(self) -> None:
        """Nothing is printed."""

    @property
    def said(self) -> str:
        return (self.home / "serve.err").read_text(encoding="utf-8")


def answer(port: int) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=20) as found:
            return found.status, found.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def test_a_damaged_journal_is_told_at_once_and_nothing_is_said_to_run(tmp_path):
    home = copy_home("plain", tmp_path / "home")
    damage_journal(home / "journal")
    settings = {**PLAIN, "LANG": "en_GB.UTF-8"}
    server = Unready(home, free_port(), settings, ("--no-demonstration",))
    server.start()
    try:
        wait_until(lambda: answer(server.port) == (503, "journal"), pause_s=0.2)
        assert "alpclusters journal salvage" in server.said
        assert server.printed == ""
    finally:
        server.stop()

    salvage = [sys.executable, "-m", "alpclusters", "journal", "salvage", "--dir"]
    subprocess.run([*salvage, str(home / "journal")], check=True, env={"PYTHONPATH": "src"})
    (home / "journal").rename(home / "journal-damaged")
    (home / "journal-salvaged").rename(home / "journal")
    mended = Server(home, free_port(), settings, ("--no-demonstration",))
    mended.start()
    try:
        assert answer(mended.port) == (200, "ready")
        assert "AlpClusters is running" in mended.printed
    finally:
        mended.stop()


def test_a_database_whose_file_is_gone_is_not_ready(tmp_path):
    home = copy_home("plain", tmp_path / "home")
    server = Server(home, free_port(), PLAIN, ("--no-demonstration",))
    server.start()
    try:
        (home / "alpclusters.sqlite3").rename(home / "elsewhere.sqlite3")
        wait_until(lambda: "database" in answer(server.port)[1], pause_s=0.2)
        request = urllib.request.Request(
            f"{server.address}/readyz", headers={"Accept": "application/json"}
        )
        with pytest.raises(HTTPError) as caught:
            urllib.request.urlopen(request, timeout=20)
        found = json.loads(caught.value.read())
    finally:
        server.stop()

    assert (caught.value.code, found["ready"]) == (503, False)
    assert "database" in {reason["name"] for reason in found["reasons"]}
