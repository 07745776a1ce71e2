"""A hall for the drill with backups, and what a database holds of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from alpclusters.live import tables
from alpclusters.live.journal_scan import read_journal
from alpclusters.live.open_store import open_store
from alpclusters.live.replay import Replayed, replay
from alpclusters.platform.configuration import Configuration, load_configuration


def make_hall(home: Path, environment: dict[str, str]) -> dict:
    """Make an AlpCafé in its rating phase; return what phones need to know."""
    answer = home / "hall.json"
    settings = {
        "ALPCLUSTERS_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }
    subprocess.run(
        [sys.executable, "-m", "alpclusters.cli.drill.hall", str(answer)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": "src", **settings, **environment},
    )
    return json.loads(answer.read_text())


def stored_keys(configuration: Configuration, event: int) -> set[str]:
    """Return the keys of all answers to an AlpCafé in a database."""
    store = open_store(configuration.database)
    try:
        return tables.known_keys(store, event)
    finally:
        store.close()


def replay_into(configuration: Configuration, journal: Path) -> Replayed:
    """Complete a database from a journal."""
    store = open_store(configuration.database)
    try:
        return replay(store, read_journal(journal))
    finally:
        store.close()


def settings_of(home: Path, environment: dict[str, str]) -> Configuration:
    """Return the settings of an installation."""
    return load_configuration({"ALPCLUSTERS_HOME": str(home), **environment})
