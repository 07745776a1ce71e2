"""What a facilitator would do in a hall, without a browser: rows are changed, screens are woken."""

import json
import socket
import sqlite3
import time
from contextlib import closing
from typing import Any

from alpclusters.platform.sockets import CONTROL, socket_path
from tests.e2e.hall import Hall

TAKES_NOTHING = {"closed", "sealed"}


def steer(hall: Hall, **values: Any) -> None:
    """Set columns of the AlpCafé of a hall and tell the live process, as the site does.

    ``minutes`` starts the timer; ``phase="closed"`` closes.
    """
    minutes = values.pop("minutes", None)
    if minutes is not None:
        at = time.gmtime(time.time() + 60 * minutes)
        values["ends_at"] = time.strftime("%Y-%m-%d %H:%M:%S", at)
    if "phase" in values:
        is_over = values["phase"] in TAKES_NOTHING
        values["state"] = "closed" if is_over else "open"
        values["closed_at"] = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()) if is_over else None
    assignments = "".join(f", {name} = ?" for name in values)
    query = f"UPDATE cafe_alpcafe SET revision = revision + 1{assignments} WHERE id = ?"
    with closing(database_of(hall)) as database, database:
        database.execute(query, [*values.values(), hall.number])
    wake(hall)


def database_of(hall: Hall) -> sqlite3.Connection:
    """Open the database beside the server."""
    return sqlite3.connect(hall.home / "alpclusters.sqlite3", timeout=20)


def wake(hall: Hall) -> None:
    """Let the live process read the AlpCafé again; without one there is nobody to tell."""
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(socket_path(hall.home, CONTROL)))
        except OSError:
            return
        line.sendall(json.dumps({"op": "reload", "event": hall.number}).encode() + b"\n")
        answer = json.loads(line.makefile().readline())
        assert answer["ok"], answer


def seat_everybody(hall: Hall) -> None:
    """Give each phone that joined a place at one of the tables, in every round."""
    with closing(database_of(hall)) as database, database:
        here = [hall.number]
        people = database.execute(
            "SELECT id FROM cafe_participant WHERE cafe_id = ? ORDER BY id", here
        ).fetchall()
        guests = database.execute(
            "SELECT id FROM cafe_guest WHERE cafe_id = ? ORDER BY number", here
        ).fetchall()
        for (person,), (guest,) in zip(people, guests, strict=False):
            database.execute(
                "UPDATE cafe_guest SET participant_id = ? WHERE id = ?", (person, guest)
            )
    wake(hall)
