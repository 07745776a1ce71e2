"""The copy of the empty database is what migrations make."""

import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection

from tests.databases import original, sequences_in
from tests.factories.evaluation import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TABLES = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql"


def test_there_is_nothing_to_migrate_in_it():
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_copy_has_the_tables_of_this_database():
    if connection.vendor != "sqlite":
        pytest.skip("only files are copied")

    with closing(sqlite3.connect(original())) as file, connection.cursor() as cursor:
        assert file.execute(TABLES).fetchall() == cursor.execute(TABLES).fetchall()


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_test_that_commits_leaves_no_trace_for_the_next(time):  # noqa: ARG001 - one after the other
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts on, whatever is deleted")
    connection.ensure_connection()
    with closing(sqlite3.connect(original())) as file:
        assert sequences_in(connection.connection) == sequences_in(file)

    make_region("AT32")
