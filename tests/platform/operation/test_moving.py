"""From a file to a server and back: every row of every table stays what it was."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db import models

from alpclusters.platform.operation.moving import _BY_TYPE as KNOWN
from alpclusters.platform.operation.moving import (
    _digests,
    _from_sqlite,
    _tables,
    comparable,
    kind_of_field,
    parse_line,
)
from tests.homes import copy_home
from tests.postgres_homes import address_of, drop, maintain, run_program

pytestmark = pytest.mark.integration

VALUES = [
    (models.BooleanField(), 1, "t", True),
    (models.BooleanField(), 0, "f", False),
    (models.IntegerField(), 7, "7", 7),
    (models.FloatField(), 2, "2", 2.0),
    (models.DecimalField(max_digits=9, decimal_places=2), 12.5, "12.50", Decimal("12.50")),
    (models.DecimalField(max_digits=9, decimal_places=2), 3, "3.00", Decimal("3.00")),
    (models.DateField(), "2026-11-30", "2026-11-30", date(2026, 11, 30)),
    (
        models.DateTimeField(),
        "2026-11-30 08:15:00.120000",
        "2026-11-30 09:15:00.12+01",
        datetime(2026, 11, 30, 8, 15, 0, 120_000, tzinfo=UTC),
    ),
    (
        models.DateTimeField(),
        "2026-11-30 08:15:00",
        "2026-11-30 08:15:00+00",
        datetime(2026, 11, 30, 8, 15, tzinfo=UTC),
    ),
    (
        models.UUIDField(),
        "12345678123456781234567812345678",
        "12345678-1234-5678-1234-567812345678",
        UUID(int=0x12345678123456781234567812345678),
    ),
    (
        models.JSONField(),
        '{"b": [1, "\\u00e4"], "a": null}',
        '{"a": null, "b": [1, "ä"]}',
        {"a": None, "b": [1, "ä"]},
    ),
    (models.BinaryField(), b"\x00\xff", r"\\x00ff", b"\x00\xff"),
    (models.DurationField(), 90_061_000_001, "1 day 01:01:01.000001", timedelta(1, 3661, 1)),
    (models.TextField(), "a\tb\nc\\d", r"a\tb\nc\\d", "a\tb\nc\\d"),
    (models.TextField(), r"\N", r"\\N", r"\N"),
]


@pytest.mark.parametrize(("field", "in_file", "in_dump", "value"), VALUES)
def test_a_value_is_the_same_read_from_either_kind_and_written_back(field, in_file, in_dump, value):
    kind = kind_of_field(field)

    assert kind.from_sqlite(in_file) == value
    assert parse_line(in_dump, [kind]) == [value]
    assert kind.from_sqlite(kind.to_sqlite(value)) == value


def test_nothing_stays_nothing_and_an_empty_text_stays_empty():
    kind = kind_of_field(models.TextField())

    assert parse_line("\\N\t", [kind, kind]) == [None, ""]


def test_equal_json_is_equal_whatever_its_order_and_numbers():
    assert comparable({"a": 1.0, "b": [2]}) == comparable({"b": [2.0], "a": 1})
    assert comparable({"a": 1}) != comparable({"a": "1"})


def test_the_type_of_every_column_of_ours_is_known():
    known = {*KNOWN, "CharField", "TextField", "EmailField", "SlugField", "URLField", "FileField"}
    known |= {"DecimalField", "ImageField", "GenericIPAddressField"}
    plain = {
        field.get_internal_type()
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if not field.is_relation
    }
    assert plain - known == set()


# --- the whole installation -----------------------------------------------------------------------


@pytest.fixture
def server():
    """The address of an empty database."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("needs a PostgreSQL server (DATABASE_URL)")
    name = f"moving_{os.getpid()}"
    drop(name)
    maintain("CREATE DATABASE {}", name)
    yield address_of(name)
    drop(name)


def content(home):
    """Number of rows and their digest by table."""
    models_by_table = {
        model._meta.db_table: model for model in apps.get_models(include_auto_created=True)
    }
    with closing(sqlite3.connect(home / "alpclusters.sqlite3")) as database:
        tables = _tables(database, models_by_table)
        return _digests(_from_sqlite(database, tables))


@pytest.mark.database
def test_an_installation_moves_from_a_file_to_a_server_and_back(server, tmp_path):
    home = copy_home("demonstration", tmp_path / "old")
    grown, back = tmp_path / "grown.zip", tmp_path / "back.zip"

    def run(place, address, *arguments):
        done = run_program(tmp_path / place, address, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("old", "", "backup", str(grown))
    assert "Restored and compared" in run("new", server, "restore", str(grown))
    with closing(psycopg.connect(server, autocommit=True)) as database:
        highest = database.execute("SELECT max(id) FROM measures_measure").fetchone()[0]
        counter = "SELECT nextval(pg_get_serial_sequence('measures_measure', 'id'))"
        assert database.execute(counter).fetchone()[0] == highest + 1
        disabled = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'D'"
        assert database.execute(disabled).fetchall() == []
    assert '"state": "error"' not in run("new", server, "doctor", "--json")
    run("new", server, "backup", str(back))
    run("last", "", "restore", str(back))

    before, after = content(home), content(tmp_path / "last")
    # The search notes what it has read; its words are made anew.
    differing = {name for name in before | after if before.get(name) != after.get(name)}
    assert {n for n in differing if not n.startswith(("actors_index", "evidence_search"))} == set()
    assert len(before) > 50
