"""A hall that votes without a pause, for the drill with backups: what it was acknowledged."""

import http.client
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from alpclusters.live import tables
from alpclusters.live.journal_scan import read_journal
from alpclusters.live.replay import Replayed, replay
from alpclusters.live.stores import open_store
from alpclusters.platform.cafe.domain.consent_text import CONSENT_VERSION
from alpclusters.platform.configuration import Configuration, load_configuration
from tests.e2e.serving import Server

PAUSE_S = 0.05
OK = 200


def make_hall(home: Path, environment: dict[str, str]) -> dict:
    """Make an AlpCafé in its rating phase; return what phones need to know."""
    answer = home / "hall.json"
    settings = {
        "ALPCLUSTERS_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
    }
    subprocess.run(
        [sys.executable, "-m", "benchmarks._live_hall", str(answer)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": "src:.", **settings, **environment},
    )
    return json.loads(answer.read_text())


class Phone:
    """Somebody who joined."""

    def __init__(self, server: Server, hall: dict) -> None:
        self.server, self.hall = server, hall
        body = {"link": hall["link"], "language": "de", "consent": CONSENT_VERSION, "k": new_key()}
        status, headers, _ = self.ask("POST", "/live/join", body)
        assert status == OK
        self.cookie = headers["set-cookie"].partition(";")[0]

    def ask(self, method: str, path: str, body: dict | None = None, cookie: str = ""):
        """Ask once, on a connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
        try:
            line.request(method, path, json.dumps(body or {}), {**headers, "Cookie": cookie})
            found = line.getresponse()
            return found.status, found.headers, found.read()
        finally:
            line.close()

    def rate(self, n: int) -> str | None:
        """Rate something; return the key of the answer if it was acknowledged."""
        measures, criteria = self.hall["measures"], self.hall["criteria"]
        key = new_key()
        body = {"k": key, "t": "rate", "n": n, "at": int(time.time() * 1000)}
        body["b"] = {"m": measures[n % len(measures)], "c": criteria[0], "r": 1, "v": 1 + n % 5}
        path = f"/live/{self.hall['event']}/command"
        status, _, _ = self.ask("POST", path, body, self.cookie)
        return key if status == OK else None

    def is_known(self, server: Server) -> bool:
        """Say whether a server takes this phone for the same person."""
        self.server = server
        return self.ask("GET", f"/live/{self.hall['event']}/me", cookie=self.cookie)[0] == OK


class Voting:
    """Phones that rate until they are told to stop."""

    def __init__(self, phones: list[Phone]) -> None:
        self.acknowledged: set[str] = set()
        self.n_refused = 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._vote, args=[phone]) for phone in phones]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _vote(self, phone: Phone) -> None:
        n = 0
        while not self._stop.wait(PAUSE_S):
            key = phone.rate(n := n + 1)
            if key is None:
                self.n_refused += 1
            else:
                self.acknowledged.add(key)


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


def new_key() -> str:
    """Draw the key of a command."""
    return secrets.token_urlsafe(16)[:22]
