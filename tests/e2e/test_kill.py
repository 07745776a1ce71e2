"""Kill -9 in the middle of rating: every acknowledged rating is there after the restart.

Twice the live process alone dies, which its supervisor starts again while it holds the port, then
everything at once, as in a power cut.
"""

import itertools
import os
import signal
import sqlite3
import threading
import urllib.error
from http.client import HTTPException

import pytest

from tests.e2e.phones import Phone
from tests.e2e.serving import Server, free_port
from tests.homes import copy_home
from tests.live.hall_server import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.load]

N_PHONES = 12
ROUNDS = 10
# So many come before the kill: everybody is at it then.
RATINGS_BEFORE = 8 * N_PHONES


@pytest.fixture
def own_server(tmp_path):
    server = Server(copy_home("demonstration", tmp_path), free_port(), {"DATABASE_URL": ""})
    server.start()
    yield server
    server.stop()


def open_code(server: Server) -> str:
    with sqlite3.connect(server.home / "alpclusters.sqlite3") as database:
        row = database.execute("SELECT code FROM cafe_alpcafe WHERE state = 'open'").fetchone()
    database.close()
    return row[0]


def stored_keys(server: Server) -> list[str]:
    with sqlite3.connect(server.home / "alpclusters.sqlite3") as database:
        rows = database.execute("SELECT key FROM cafe_rating").fetchall()
    database.close()
    return [key for (key,) in rows]


def rate_until_dead(
    phone: Phone, acknowledged: list[str], start: int, killed: threading.Event
) -> None:
    """Rate as fast as the server answers; a key counts once its answer was read to the end.

    Who asked nothing at the moment of the kill notices none of it, and ends because it is told.
    """
    for step in itertools.takewhile(lambda _: not killed.is_set(), itertools.count(start)):
        measure = phone.measures[step % len(phone.measures)]
        criterion = phone.criteria[step % len(phone.criteria)]
        try:
            acknowledged.append(phone.rate(measure, criterion, 1 + step % 5))
        except (urllib.error.URLError, HTTPException, OSError):
            return


def kill(server: Server, number: int) -> None:
    """Kill the live process, or every third time all three and start them again."""
    if number % 3 == 2:
        server.kill()
        server.start()
    else:
        os.kill(server.children()["live"], signal.SIGKILL)


def rate_and_die(server: Server, phones: list[Phone], acknowledged: list[str], number: int) -> None:
    killed, before = threading.Event(), len(acknowledged)
    work = [
        threading.Thread(target=rate_until_dead, args=(p, acknowledged, number * 1000 + i, killed))
        for i, p in enumerate(phones)
    ]
    for thread in work:
        thread.start()
    wait_until(lambda: len(acknowledged) >= before + RATINGS_BEFORE)
    kill(server, number)
    killed.set()
    for thread in work:
        thread.join()


def test_no_acknowledged_rating_is_lost_when_the_server_is_killed(own_server):
    phones = [Phone(own_server.address) for _ in range(N_PHONES)]
    code = open_code(own_server)
    for phone in phones:
        phone.join(code)
    acknowledged: list[str] = []

    for number in range(ROUNDS):
        rate_and_die(own_server, phones, acknowledged, number)
    again = [phone.rate(phone.measures[0], phone.criteria[0], 1) for phone in phones]

    kept = stored_keys(own_server)
    assert len(acknowledged) >= RATINGS_BEFORE * ROUNDS
    assert set(acknowledged + again) - set(kept) == set()
    assert len(kept) == len(set(kept))
