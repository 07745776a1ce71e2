"""The copy of the empty database is what migrations make."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TABLES = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql"


def test_there_is_nothing_to_migrate_in_it():
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_copy_has_the_tables_of_this_database():
    if connection.vendor != "sqlite":
        pytest.skip("only files are copied")
    original = Path(os.environ["ALPCLUSTERS_TEST_HOMES"], "empty.sqlite3")

    with closing(sqlite3.connect(original)) as file, connection.cursor() as cursor:
        assert file.execute(TABLES).fetchall() == cursor.execute(TABLES).fetchall()
