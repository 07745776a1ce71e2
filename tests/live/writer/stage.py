"""A database with two AlpCafés, as the live process finds it: no Django, a connection of its own.

The rows are made once: on SQLite in a file, on PostgreSQL in a database. Each test has a copy.
"""

import asyncio
import secrets
import shutil
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from alpclusters.live.intake import Intake
from alpclusters.live.open_store import open_store
from alpclusters.live.postgres_store import PostgresStore
from alpclusters.platform.cafe.domain.keys import ensure_key
from alpclusters.platform.cafe.models import AlpCafe, Guest, Phase, Seat, Table
from alpclusters.platform.database_address import Database
from tests.factories.cafe import make_open_cafe
from tests.factories.territory import make_region

# Django makes its test database, of which the stage is a copy, when a test says so.
ON_STAGE = pytest.mark.django_db


@dataclass(frozen=True)
class Numbers:
    """The rows of the stage."""

    rating: int
    hall: int
    code: str
    measures: tuple[int, ...]
    criteria: tuple[int, ...]


@dataclass(frozen=True)
class Stage:
    """Where the live process of one test lives."""

    home: Path
    database: Database
    rows: Numbers

    @asynccontextmanager
    async def open(self, **options):
        intake = await Intake.open(self.home, self.database, **{"window_ms": 0, **options})
        try:
            yield intake
        finally:
            await intake.close()

    def fetch(self, sql: str, values: tuple = ()) -> list[tuple]:
        """Read with a connection of its own, as nobody of the product does."""
        store = open_store(self.database)
        try:
            return store.fetch(sql, values)
        finally:
            store.close()

    def run(self, sql: str, values: tuple = ()) -> None:
        store = open_store(self.database)
        try:
            with store.transaction():
                store.run(sql, values)
        finally:
            store.close()

    def journal(self) -> Path:
        return self.home / "journal"


def make_rows() -> Numbers:
    """An AlpCafé that only rates, and one with a hall in the talk of its first round."""
    make_region("SI042")
    rating = make_open_cafe(title="Rating")
    hall = make_open_cafe(title="Hall", project=rating.project, region=rating.region)
    AlpCafe.objects.filter(pk=hall.pk).update(in_hall=True, phase=Phase.TALK, round_index=1)
    for number in (1, 2):
        Table.objects.create(
            cafe=hall, number=number, topic={"de": "Strom"}, host_name="Maria", languages=["de"]
        )
    for number in (1, 2, 3):
        Guest.objects.create(cafe=hall, number=number, languages=["de"])
    return Numbers(
        rating=rating.pk,
        hall=hall.pk,
        code=rating.code,
        measures=tuple(rating.cafe_measures.values_list("measure_id", flat=True)),
        criteria=tuple(rating.cafe_criteria.values_list("criterion_id", flat=True)),
    )


@dataclass(frozen=True)
class Template:
    """What each test has a copy of: a file, or a database of PostgreSQL."""

    path: Path
    rows: Numbers
    name: str = ""


def write_template(path: Path) -> Template:
    """Make the rows; nothing of them stays in Django's test database."""
    if connection.vendor == "postgresql":
        return _write_database(path)
    with transaction.atomic():
        rows = make_rows()
        path.write_bytes(connection.connection.serialize())
        transaction.set_rollback(True)
    return Template(path, rows)


def _write_database(path: Path) -> Template:
    """Copy the test database and make the rows in the copy."""
    original = connection.settings_dict["NAME"]
    _let_go()
    # A connection that the pool was just making may still stand; nobody needs it any more.
    others = f"pg_stat_activity WHERE datname = '{original}'"
    _maintain(f"SELECT pg_terminate_backend(pid) FROM {others}")
    _maintain(f"CREATE DATABASE {original}_stage TEMPLATE {original}")
    connection.settings_dict["NAME"] = f"{original}_stage"
    try:
        rows = make_rows()
    finally:
        _let_go()
        connection.settings_dict["NAME"] = original
    return Template(path, rows, f"{original}_stage")


def drop_template(template: Template) -> None:
    """Leave no database behind."""
    if template.name:
        _maintain(f"DROP DATABASE {template.name} WITH (FORCE)")


def _let_go() -> None:
    connection.close()
    connection.close_pool()


def _maintain(sql: str) -> None:
    """Make or drop a database, from the one the tests were started with."""
    store = PostgresStore.open(settings.CONFIGURATION.database)
    try:
        store.run(sql)
    finally:
        store.close()


def make_stage(folder: Path, template: Template) -> Stage:
    """Give a test a data directory and a database of its own."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    for event in (template.rows.rating, template.rows.hall):
        ensure_key(home, event)
    return Stage(home, _database(home, template), template.rows)


def _database(home: Path, template: Template) -> Database:
    if not template.name:
        target = home / "alpclusters.sqlite3"
        shutil.copy(template.path, target)
        return Database("django.db.backends.sqlite3", str(target))
    name = f"stage_{secrets.token_hex(6)}"
    _maintain(f"CREATE DATABASE {name} TEMPLATE {template.name}")
    return replace(settings.CONFIGURATION.database, name=name)


def drop_stage(stage: Stage) -> None:
    """Drop the database of one test."""
    if not stage.database.is_sqlite:
        _maintain(f"DROP DATABASE {stage.database.name} WITH (FORCE)")


def live[T](coroutine: Callable[[], Coroutine[None, None, T]]) -> T:
    """Run a test that talks to the writer."""
    return asyncio.run(coroutine())


def key() -> str:
    """Make a key as a phone does."""
    return secrets.token_urlsafe(16)


def rate(rows: Numbers, value: int | None, *, m: int = 0, c: int = 0, k: str = "", r: int = 1):
    """One choice on a phone."""
    body = {"m": rows.measures[m], "c": rows.criteria[c], "r": r, "v": value}
    return {"k": k or key(), "t": "rate", "n": 1, "at": 0, "b": body}


def command(kind: str, body: dict, k: str = ""):
    """Any command of a phone."""
    return {"k": k or key(), "t": kind, "n": 1, "at": 0, "b": body}


async def join(intake: Intake, event: int, language: str = "de"):
    """Let one more phone in."""
    return await intake.join(event, language=language, consent="2026-1", key=key())


def seat(stage: Stage, participant: int, *, number: int = 1, table: int = 1) -> None:
    """Let a person sit at a table of the hall in the first round, as the site does."""
    hall = stage.rows.hall
    by_number = "SELECT id FROM {} WHERE cafe_id = %s AND number = %s"
    guest = stage.fetch(by_number.format("cafe_guest"), (hall, number))
    place = stage.fetch(by_number.format("cafe_table"), (hall, table))
    stage.run("UPDATE cafe_guest SET participant_id = %s WHERE id = %s", (participant, guest[0][0]))
    stage.run(
        "INSERT INTO cafe_seat (guest_id, round_index, table_id, planned_table_id, state) "
        "VALUES (%s, 1, %s, %s, %s)",
        (guest[0][0], place[0][0], place[0][0], Seat.State.EXPECTED.value),
    )
    stage.run("UPDATE cafe_alpcafe SET revision = revision + 1 WHERE id = %s", (hall,))


async def take(intake, event, person, *commands, **how):
    """Have commands of somebody taken."""
    return await intake.take(event, person, commands, language="de", **how)


def phase(stage, event, name, **columns):
    """Change an AlpCafé as the site does."""
    values = {"phase": name, **columns}
    named = ", ".join(f"{column} = %s" for column in values)
    stage.run(
        f"UPDATE cafe_alpcafe SET {named}, revision = revision + 1 WHERE id = %s",
        (*values.values(), event),
    )
