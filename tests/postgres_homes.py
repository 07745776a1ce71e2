"""An installation on PostgreSQL, set up once like those of tests/homes.py: who needs one copies it.

`alpclusters serve` makes it in an empty database: it is the first start on PostgreSQL, with the
demonstration. The server copies the database, and the data directory belongs to it.
"""

import os
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from tests.e2e.serving import Server, free_port
from tests.homes import STAMP, copy_home

NAME: Final = "demonstration-postgresql"
# What the project of the demonstration is called.
DEMONSTRATION: Final = "AlpExempla"


def address_of(name: str) -> str:
    """Return the address of another database on the server of DATABASE_URL."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return f"{parts.scheme}://{parts.netloc}/{name}?{parts.query}"


def copy_installation(into: Path, name: str) -> str:
    """Fill a folder and make a database of that name, both ready; return its address."""
    copy_home(NAME, into, _set_up)
    maintain("CREATE DATABASE {} TEMPLATE {}", name, template())
    stamp = into / STAMP
    stamp.write_text(stamp.read_text(encoding="utf-8").replace(template(), name), encoding="utf-8")
    return address_of(name)


def drop(name: str) -> None:
    """Drop a database, whoever is still in it."""
    maintain("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def leave_no_work(address: str) -> None:
    """Take what waits out of the queue: a worker would compute it anew beside every copy."""
    with closing(psycopg.connect(address, autocommit=True)) as database:
        database.execute("DELETE FROM django_tasks_database_dbtaskresult")


def leave_nobody(name: str) -> None:
    """End who is still connected, as a worker that was just killed: nobody may be in a template."""
    with closing(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) as database:
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )


def template() -> str:
    """Return its name: it is that of one run, as the folder is (tests/databases.py)."""
    run = sha256(os.environ["ALPCLUSTERS_TEST_HOMES"].encode()).hexdigest()
    return f"demonstration_{run[:12]}"


def maintain(sql: str, *names: str) -> None:
    """Make or drop a database, from the one the tests were started with."""
    with closing(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) as database:
        database.execute(SQL(sql).format(*map(Identifier, names)))


def run_program(home: Path, address: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run a command as a user does, with a database of its own."""
    environment = {**os.environ, "ALPCLUSTERS_HOME": str(home), "DATABASE_URL": address}
    environment |= {"ALPCLUSTERS_STATIC": "finders", "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "alpclusters", "--language", "en", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


def _set_up(home: Path) -> None:
    drop(template())
    maintain("CREATE DATABASE {}", template())
    settings = {"DATABASE_URL": address_of(template()), "ALPCLUSTERS_STATIC": "finders"}
    first = Server(home, free_port(), settings)
    first.start()
    try:
        assert "/administrator/" in first.administrator_link()
        assert DEMONSTRATION in first.page("/en/projects/")
    finally:
        first.stop()
    leave_nobody(template())
    leave_no_work(address_of(template()))
