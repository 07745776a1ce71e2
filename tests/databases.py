"""The empty database of the tests, migrated once and copied for every other worker and step.

Migrations are three seconds of processor time; a copy of the file is none. Whoever comes first
migrates as Django does and leaves the copy where tests/homes.py keeps its own.
"""

import fcntl
import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:  # noqa: ARG001 - comes first
    """Let pytest-django create the database our way; it asks for this fixture just before."""
    creation = connection.creation
    if connection.vendor == "sqlite" and not isinstance(creation.create_test_db, partial):
        creation.create_test_db = partial(create_or_copy, creation.create_test_db)


def create_or_copy(create: Any, **options: Any) -> str:
    """Migrate a new database and keep a copy, or take the copy there is; return its name."""
    original = Path(os.environ["ALPCLUSTERS_TEST_HOMES"]) / "empty.sqlite3"
    original.parent.mkdir(exist_ok=True)
    with original.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            name = create(**options)
            keep(original)
            return name
    return take(original, **options)


def keep(original: Path) -> None:
    """Write the database of this process into a file."""
    connection.ensure_connection()
    fresh = original.with_suffix(".new")
    with closing(sqlite3.connect(fresh)) as file:
        connection.connection.backup(file)
    fresh.rename(original)


def take(original: Path, *, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
    """Do what Django does, with a copy instead of migrations."""
    name = connection.creation._create_test_db(verbosity, autoclobber, keepdb)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(original)) as file:
        file.backup(connection.connection)
    return name
