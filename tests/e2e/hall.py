"""A hall for browser tests: a server that can be killed, and phones that lose the network."""

import copy
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

from alpclusters.live.announcing import Words, hand_over
from alpclusters.platform.operation.home_lock import lock_home
from tests.e2e.serving import free_port, kill_all
from tests.homes import copy_home

SETUP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from tests.factories.cafe import make_open_cafe
for _ in range(24):
    make_open_cafe(measures=["fair", "pilot", "label"])
"""
ROOT = Path(__file__).resolve().parents[2]


class Hall:
    """A server with open AlpCafés of three measures and two criteria, and one of them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.number = 1
        # The same list in all rooms: who kills the server kills it for all.
        self.running: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "ALPCLUSTERS_HOME": str(home),
            "ALPCLUSTERS_STATIC": "finders",
            "ALPCLUSTERS_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        if not (self.home / "alpclusters.sqlite3").exists():
            copy_home("hall", self.home, self._set_up)
        self.code = self._cafe_code()

    def room(self, number: int) -> "Hall":
        """Return another AlpCafé of the same server: nobody has come yet."""
        room = copy.copy(self)
        room.number = number
        room.code = room._cafe_code()
        return room

    def _cafe_code(self) -> str:
        return self._rows("SELECT code FROM cafe_alpcafe WHERE id = ?")[0][0]

    def _set_up(self, home: Path) -> None:
        subprocess.run(
            [sys.executable, "-c", SETUP],
            env={**self.environment, "ALPCLUSTERS_HOME": str(home)},
            check=True,
            capture_output=True,
            cwd=ROOT,
        )

    def start(self) -> None:
        """Start supervisor, live process and site, and wait until both answer."""
        lock = lock_home(self.home, port=self.port)
        words = hand_over(Words(ready="", not_ready="%(reasons)s", reasons={}))
        with socket.create_server(("127.0.0.1", self.port), backlog=4096) as listener:
            kept = [listener.fileno(), lock, words]
            process = subprocess.Popen(
                [sys.executable, "-m", "alpclusters.live", "supervise", *map(str, kept)],
                env=self.environment,
                cwd=ROOT,
                pass_fds=kept,
            )
            self.running.append(process)
        # The supervisor has them now; the lock ends with the last process that holds it.
        for descriptor in (lock, words):
            os.close(descriptor)
        _wait_for(self._answers)

    def kill(self) -> None:
        """End all processes at once, as a power cut would."""
        while self.running:
            kill_all(self.running.pop())

    def close_cafe(self) -> None:
        """Close the AlpCafé behind the phones' backs."""
        with closing(self._database()) as database, database:
            database.execute("UPDATE cafe_alpcafe SET state = 'closed' WHERE id = ?", [self.number])

    def ratings(self) -> list[tuple[int, int, int | None, int]]:
        """Return what is on the disk: measure, criterion, value, cannot judge; in order."""
        return self._rows(
            "SELECT measure_id, criterion_id, value, cannot_judge FROM cafe_rating"
            " WHERE cafe_id = ? ORDER BY id"
        )

    def comments(self) -> list[tuple[str]]:
        """Return the comments on the disk."""
        return self._rows("SELECT text FROM cafe_comment WHERE cafe_id = ? ORDER BY id")

    def _rows(self, query: str) -> list[tuple]:
        with closing(self._database()) as database:
            return database.execute(query, [self.number]).fetchall()

    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(self.home / "alpclusters.sqlite3", timeout=20)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as response:
                return response.status == 200
        except OSError:
            return False


class Phone:
    """A person's browser in the hall."""

    def __init__(self, page, hall: Hall) -> None:
        self.page, self.hall = page, hall

    def join(self) -> None:
        """Scan the code, consent, skip the profile."""
        self.page.goto(f"{self.hall.url}/cafe/#{self.hall.code}")
        self.page.check("#id_consent")
        self.page.click("#join button[type=submit]")
        self.page.click(".phonefoot a")
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait for the script of the sheet."""
        self.page.wait_for_selector("html[data-sheet=ready]")

    def choose(self, question: int, value: str) -> None:
        """Tap an answer of the first (0) or second (1) question."""
        self.question(question).locator(f"input[value='{value}']").check()

    def question(self, number: int):
        """Return a question of the page that is shown."""
        return self.page.locator("fieldset[data-criterion]").nth(number)

    def chosen(self, question: int) -> str | None:
        """Return the chosen value, or None."""
        found = self.question(question).locator("input:checked")
        return found.get_attribute("value") if found.count() else None

    def go_on(self) -> None:
        """Press the button below."""
        self.page.click(".phonefoot button[value=next]")

    def wait_for(self, selector: str) -> None:
        """Wait until something is shown."""
        self.page.wait_for_selector(selector, timeout=20_000)


def _wait_for(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            message = "the server does not answer"
            raise TimeoutError(message)
        time.sleep(0.1)
