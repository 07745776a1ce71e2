"""The empty database of the tests, migrated once and copied for every other worker and step.

Migrations are three seconds of processor time on SQLite and more on PostgreSQL; a copy is next to
none. Whoever comes first migrates as Django does and leaves the copy: on SQLite a file where
tests/homes.py keeps its own, on PostgreSQL a database beside the others that the server copies.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.db import connection

COMMITTING: Final = {"transactional_db", "live_server"}


def commits(item: pytest.Item) -> bool:
    """Say whether a test is not taken back at its end, but what it left is deleted."""
    mark = item.get_closest_marker("django_db")
    is_marked = mark is not None and mark.kwargs.get("transaction")
    return bool(is_marked) or not COMMITTING.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:  # noqa: ARG001 - comes first
    """Let pytest-django create the database our way; it asks for this fixture just before."""
    creation = connection.creation
    if connection.vendor in WAYS and not isinstance(creation.create_test_db, partial):
        creation.create_test_db = partial(create_or_copy, creation.create_test_db)
        if connection.vendor == "sqlite":
            plain = connection.ops.execute_sql_flush
            connection.ops.execute_sql_flush = partial(flush_past_triggers, plain)
        else:
            creation._destroy_test_db = partial(drop, creation._destroy_test_db)


def flush_past_triggers(flush: Callable[[list[str]], None], statements: list[str]) -> None:
    """Empty all tables, also those of which SQLite deletes no row; PostgreSQL truncates them."""
    triggers = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%no_delete'"
    )
    with connection.cursor() as cursor:
        kept = cursor.execute(triggers).fetchall()
        for name, _ in kept:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            flush(statements)
        finally:
            for _, sql in kept:
                cursor.execute(sql)


def create_or_copy(create: Callable[..., str], **options: Any) -> str:
    """Migrate a new database and keep a copy, or take the copy there is; return its name."""
    is_there, keep, fill = WAYS[connection.vendor]
    lock = Path(os.environ["ALPCLUSTERS_TEST_HOMES"], f"empty.{connection.vendor}.lock")
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if is_there():
            return take(fill, **options)
        name = create(**options)
        keep()
        return name


def take(
    fill: Callable[[], None], *, verbosity: int, autoclobber: bool, keepdb: bool = False
) -> str:
    """Do what Django does, with a copy instead of migrations."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template()
    name = connection.creation._create_test_db(verbosity, autoclobber, keepdb)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    fill()
    return name


# --- a file -----------------------------------------------------------------------------------


def original() -> Path:
    """Return where the copy of a database of SQLite lies."""
    return Path(os.environ["ALPCLUSTERS_TEST_HOMES"], "empty.sqlite3")


def keep_file() -> None:
    """Write the database of this process into the file."""
    connection.ensure_connection()
    fresh = original().with_suffix(".new")
    with closing(sqlite3.connect(fresh)) as file:
        connection.connection.backup(file)
    fresh.rename(original())


def fill_from_file() -> None:
    """Read the file into the database of this process."""
    with closing(sqlite3.connect(original())) as file:
        file.backup(connection.connection)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Give the next test the database as it was made: deleted rows leave their numbers behind."""
    done = yield
    if commits(item) and connection.vendor == "sqlite" and original().exists():
        fill_from_file()
    return done


def sequences_in(database: sqlite3.Connection) -> frozenset[tuple[str, int]]:
    """Return how many rows each table has ever had: the same only where nothing was added."""
    return frozenset(database.execute("SELECT name, seq FROM sqlite_sequence"))


# --- a database beside the others -------------------------------------------------------------


def template() -> str:
    """Return its name: the place of the copies is that of one run, and so is the name."""
    run = sha256(os.environ["ALPCLUSTERS_TEST_HOMES"].encode()).hexdigest()
    return f"empty_{run[:12]}"


def is_template_there() -> bool:
    """Say whether somebody has made it."""
    with connection.creation._nodb_cursor() as cursor:
        return connection.creation._database_exists(cursor, template())


def keep_template() -> None:
    """Copy the database of this process, which nobody may use meanwhile."""
    name = connection.settings_dict["NAME"]
    leave(name)
    with connection.creation._nodb_cursor() as cursor:
        quote = connection.ops.quote_name
        cursor.execute(f"CREATE DATABASE {quote(template())} TEMPLATE {quote(name)}")


def drop(plain: Callable[..., None], name: str, verbosity: int) -> None:
    """Remove a database that nobody uses any more."""
    leave(name)
    plain(name, verbosity)


def leave(name: str) -> None:
    """End all connections to a database; of a pool that was closed one may still be there."""
    connection.close()
    connection.close_pool()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )


# Who copies how: whether there is one, how it is made, how a new database is filled from it.
WAYS = {
    "sqlite": (lambda: original().exists(), keep_file, fill_from_file),
    "postgresql": (is_template_there, keep_template, lambda: None),
}
